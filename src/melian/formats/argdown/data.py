"""What stands in braces, and in the front matter: YAML, of which texts are read and nothing run."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from melian.case.yaml_tree import MappingNode, data, read_tree
from melian.problems import Location

if TYPE_CHECKING:
    from melian.case.notes import Notes, Placed

_BLOCK = re.compile(r"\{(?=[ \t]*\n)")
_FRONT = re.compile(r"(={3,})(.*?)={3,}\Z", re.DOTALL)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.000)?Z")


def in_braces(image: str, at: Placed, notes: Notes) -> dict[str, Any]:
    """Give the data that stand in braces; braces around whole lines hold a block of YAML."""
    block = _BLOCK.match(image)
    return _mapping(f" {image[1:-1]}" if block else image, at, notes)


def in_front(image: str, at: Placed, notes: Notes) -> dict[str, Any]:
    """Give the data between the two lines of equals signs."""
    found = _FRONT.fullmatch(image)
    return _mapping(" " * len(found[1]) + found[2], at, notes) if found else {}


def _mapping(text: str, at: Placed, notes: Notes) -> dict[str, Any]:
    tree = read_tree(text, notes.file)
    for problem in tree.problems:
        there = problem.location
        shift = at.column - 1 if there.line == 1 else 0
        place = Location(notes.file, at.line + there.line - 1, there.column + shift)
        notes.problems.append(replace(problem, location=place))
    if isinstance(tree.root, MappingNode):
        found: dict[str, Any] = _texts(data(tree.root))
        return found
    if not tree.problems and tree.root is not None:
        notes.error(at, "not-data", "These are no data.", "Write keys with values: {actor: port}.")
    return {}


def from_json(value: Any) -> Any:
    """Give data of Argdown's JSON as they are read from braces: texts, lists and mappings.

    >>> from_json({"date": "2008-04-06T00:00:00.000Z", "uses": [1, 2], "on": True, "no": None})
    {'date': '2008-04-06', 'uses': ['1', '2'], 'on': 'true', 'no': ''}
    """
    match value:
        case dict():
            return {key: from_json(each) for key, each in value.items()}
        case list():
            return [from_json(each) for each in value]
        case bool():
            return "true" if value else "false"
        case None:
            return ""
        case str():
            found = _MIDNIGHT.fullmatch(value)
            return found[1] if found else value
    return str(value)


def _texts(value: Any) -> Any:
    match value:
        case dict():
            return {key: _texts(each) for key, each in value.items()}
        case list():
            return [_texts(each) for each in value]
    return "" if value is None else value
