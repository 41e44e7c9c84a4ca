"""The items of ``sources.yaml``: CSL-JSON, by id or as a list."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast, get_args

from melian.case import model
from melian.case.dates import parse_date
from melian.case.model import Source
from melian.case.place import Place
from melian.case.shapes import Choice
from melian.case.yaml_tree import MappingNode, ScalarNode, SequenceNode, data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.dates import Date
    from melian.case.model import Grade
    from melian.case.notes import Notes
    from melian.case.yaml_tree import Node

GRADE = Choice(tuple(filter(None, get_args(model.Grade))))
_TEXTS = ("title", "publisher", "URL", "type")


def read_sources(root: Node | None, notes: Notes) -> dict[str, Source]:
    """Give the sources by id; a list of items with an ``id`` is read like a mapping."""
    sources: dict[str, Source] = {}
    for name, item in _items(root, notes):
        if name.text.strip() in sources:
            message = f'"{name.text[:60]}" stands here for the second time; the first one counts.'
            notes.error(name, "duplicate-key", message, "Give each source an id of its own.")
        elif isinstance(item, MappingNode):
            sources[name.text.strip()] = _source(name, item, notes)
        elif isinstance(item, ScalarNode):  # the short form: the title only
            title = "" if item.empty else item.text.strip()
            sources[name.text.strip()] = Source(name.text.strip(), title, at=_at(name, (), notes))
        else:
            hint = "Write keys with values, such as title and author."
            notes.error(item, "not-a-mapping", "Here stands a list instead of a source.", hint)
    return sources


def _items(root: Node | None, notes: Notes) -> Iterator[tuple[ScalarNode, Node]]:
    match root:
        case MappingNode():
            yield from root.entries
        case SequenceNode():
            for item in root.items:
                name = item.get("id") if isinstance(item, MappingNode) else None
                if isinstance(name, ScalarNode) and not name.empty:
                    yield name, item
                else:
                    hint = 'Write "id: memo-2008" among its keys.'
                    notes.error(item, "missing-key", "This source has no id.", hint)
        case ScalarNode() if not root.empty:
            hint = "Write an id, a colon, and the fields of the source below it."
            notes.error(root, "not-a-mapping", "The file lists no sources.", hint)
        case _:
            return


def _at(name: ScalarNode, entries: tuple[tuple[ScalarNode, Node], ...], notes: Notes) -> Place:
    parts = {"": (name.start, name.end)} | {k.text: (v.start, v.end) for k, v in entries}
    return Place(notes.file, name.line, name.column, notes.text, name.start, parts)


def _source(name: ScalarNode, item: MappingNode, notes: Notes) -> Source:
    fields = {key.text: value for key, value in item.entries if key.text != "id"}
    texts = {key: _text(fields.pop(key, None), key, notes) for key in _TEXTS}
    texts["URL"] = texts["URL"] or _text(fields.pop("url", None), "URL", notes)
    return Source(
        name.text.strip(),
        title=texts["title"],
        author=_people(fields.pop("author", None)),
        issued=_issued(fields.pop("issued", None), notes),
        publisher=texts["publisher"],
        url=texts["URL"],
        type=texts["type"] or "document",
        grade=_grade(fields.pop("grade", None), notes),
        fields=MappingProxyType({key: data(value) for key, value in fields.items()}),
        at=_at(name, item.entries, notes),
    )


def _grade(node: Node | None, notes: Notes) -> Grade:
    if node is None or (isinstance(node, ScalarNode) and node.empty):
        return ""
    return cast("Grade", GRADE.read(node, notes) or "")


def _text(node: Node | None, key: str, notes: Notes) -> str:
    match node:
        case None:
            return ""
        case ScalarNode():
            return "" if node.empty else node.text.strip()
    notes.error(node, "not-a-text", f'"{key}" is not a text.', f"Write {key}: and a text.")
    return ""


def _people(node: Node | None) -> str:
    """Give authors as one text, whether they come as text or as CSL names.

    The names are joined as a list in English is: "A. Kennan, Charles Kupchan and Robert Kagan".
    """
    if isinstance(node, SequenceNode):
        names = [name for item in node.items if (name := _person(data(item)))]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    return _person(data(node))


def _person(name: Any) -> str:
    if isinstance(name, dict):
        parts = [name.get(key) for key in ("given", "non-dropping-particle", "family", "suffix")]
        literal = name.get("literal")
        words = [literal] if isinstance(literal, str) else parts
        return " ".join(word.strip() for word in words if isinstance(word, str) and word.strip())
    return name.strip() if isinstance(name, str) else ""


def _issued(node: Node | None, notes: Notes) -> Date | None:
    if node is None or (isinstance(node, ScalarNode) and node.empty):
        return None
    text = _date_text(data(node))
    try:
        return parse_date(text)
    except ValueError:
        message = f'"{text[:60]}" is not a date.' if text else "The date cannot be read."
        notes.error(node, "bad-date", message, "Write issued: 2008-06-01, or only 2008-06 or 2008.")
        return None


def _date_text(issued: Any) -> str:
    """Give a CSL date (text, ``date-parts``, ``raw`` or ``literal``) as text."""
    if isinstance(issued, dict):
        dates = issued.get("date-parts")
        first = dates[0] if isinstance(dates, list) and dates else None
        if isinstance(first, list):
            return "-".join(str(part) for part in first if isinstance(part, str))
        issued = issued.get("raw") or issued.get("literal")
    return issued if isinstance(issued, str) else ""
