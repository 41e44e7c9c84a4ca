"""A map from the JSON that ``argdown json`` writes."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from melian.formats.argdown.data import from_json
from melian.formats.argdown.form import (
    ArgumentMap,
    End,
    Inference,
    MapArgument,
    MapStatement,
    Mention,
    Relation,
    Section,
    Span,
    Step,
)
from melian.formats.argdown.syntax import uses
from melian.problems import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from melian.formats.json_tree import Node

_SPANS = ("tag", "statement-mention", "argument-mention")
_RELATIONS = ("support", "attack", "entails", "contrary", "contradictory", "undercut")
_ENDS = ("equivalence-class", "argument", "inference")
_MOST_STEPS = 100_000


def is_map(root: Node) -> bool:
    """Tell whether a JSON file holds an Argdown map."""
    return root.is_object and all(k in root for k in ("statements", "arguments", "relations"))


def convert(root: Node) -> ArgumentMap:
    """Give the map in the JSON that Argdown 1.7 writes.

    Raises:
        OutsideError: it is not shaped as Argdown does it; the sentence says what and where.
    """
    sections = list(_sections(list(root.items("sections"))))
    numbers = {name: number for number, (name, _) in enumerate(sections)}
    statements = {
        title: MapStatement(title, _mentions(node, title, numbers))
        for title, node in _entries(root["statements"])
    }
    arguments = {
        title: MapArgument(title, _mentions(node, title, numbers), _steps(node, statements))
        for title, node in _entries(root["arguments"])
    }
    found = [(node, _relation(node)) for node in root["relations"]]
    for node, relation in found:
        for key, end in (("from", relation.source), ("to", relation.target)):
            if not _exists(end, statements, arguments):
                raise node[key].wrong("a title among the statements or arguments")
    return ArgumentMap(
        statements=MappingProxyType(statements),
        arguments=MappingProxyType(arguments),
        relations=tuple(relation for _, relation in found if not _idle(relation)),
        sections=tuple(section for _, section in sections),
    )


def _exists(
    end: End, statements: Mapping[str, MapStatement], arguments: Mapping[str, MapArgument]
) -> bool:
    if end.kind == "equivalence-class":
        return end.title in statements
    if end.title not in arguments:
        return False
    steps = arguments[end.title].steps
    return end.kind == "argument" or (end.step < len(steps) and bool(steps[end.step].inference))


def _idle(relation: Relation) -> bool:
    return relation.source == relation.target


def _entries(node: Node) -> Iterator[tuple[str, Node]]:
    if not node.is_object:
        raise node.wrong("an object")
    for title in node.value:
        yield title, node[title]


def _sections(roots: list[Node]) -> Iterator[tuple[str, Section]]:
    """Give each heading with the name that mentions refer to it by, parents first."""
    waiting = [(node, -1) for node in reversed(roots)]
    number = 0
    while waiting:
        node, parent = waiting.pop()
        level = node["level"].number(1, 1_000, "the level of a heading")
        title = node["title"].text()
        yield node["id"].text(), Section(title, level, _data(node), parent, Location(node.file))
        waiting += [(child, number) for child in reversed(list(node.items("children")))]
        number += 1


def _mentions(node: Node, title: str, sections: Mapping[str, int]) -> tuple[Mention, ...]:
    return tuple(_mention(member, title, sections) for member in node["members"])


def _mention(node: Node, title: str, sections: Mapping[str, int]) -> Mention:
    section = _text(node, "section")
    if section and section not in sections:
        raise node["section"].wrong("the id of one of the sections")
    text = _text(node, "text")
    return Mention(
        title,
        text,
        tuple(_spans(node, text)),
        "isReference" in node and node["isReference"].truth(),
        _text(node, "role"),
        tuple(tag.text() for tag in node.items("tags")),
        _data(node),
        sections[section] if section else -1,
        Location(node.file),
    )


def _text(node: Node, key: str) -> str:
    return node[key].text() if key in node else ""


def _data(node: Node) -> Mapping[str, Any]:
    found = from_json(node["data"].value) if "data" in node else {}
    return MappingProxyType(found if isinstance(found, dict) else {})


def _spans(node: Node, text: str) -> Iterator[Span]:
    units = text.encode("utf-16-le")  # what JavaScript counts
    for each in node.items("ranges"):
        kind = each["type"].value
        if kind in _SPANS:
            start, stop = (
                each[key].number(0, len(units) // 2, "a character") for key in ("start", "stop")
            )
            start, stop = (
                len(units[: 2 * n].decode("utf-16-le", "ignore")) for n in (start, stop + 1)
            )
            yield Span(kind, start, stop, "" if kind == "tag" else each["title"].text())


def _steps(argument: Node, statements: Mapping[str, MapStatement]) -> tuple[Step, ...]:
    return tuple(_step(node, statements) for node in argument.items("pcs"))


def _step(node: Node, statements: Mapping[str, MapStatement]) -> Step:
    title = node["title"].text()
    if title not in statements:
        raise node["title"].wrong("a title among the statements")
    if "inference" not in node:
        return Step(title)
    inference = node["inference"]
    rules = tuple(rule.text() for rule in inference.items("inferenceRules"))
    return Step(title, Inference(rules, uses(_data(inference))))


def _relation(node: Node) -> Relation:
    kind = node["relationType"].word({kind: kind for kind in _RELATIONS})
    source = End(_end(node["fromType"]), node["from"].text())
    target = End(_end(node["toType"]), node["to"].text())
    if target.kind == "inference":
        step = node["conclusionIndex"].number(0, _MOST_STEPS, "a conclusion")
        target = End("inference", target.title, step)
    return Relation(kind, source, target, Location(node.file))


def _end(node: Node) -> Any:
    return node.word({kind: kind for kind in _ENDS})
