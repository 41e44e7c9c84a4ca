"""Where a change of YAML text goes, and which characters it replaces.

These functions trust their arguments; :mod:`melian.case.writing` reads back what they give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.case.emitting import WIDEST, block, fits_one_line, flow, line_of
from melian.case.yaml_tree import MappingNode, ScalarNode, SequenceNode, data

if TYPE_CHECKING:
    from typing import Any

    from melian.case.emitting import Value
    from melian.case.yaml_tree import Node

    Entries = dict[str, Any] | list[Any]

_BREAK = re.compile(r"\r\n|\r|\n")
_COLON = re.compile(r"\s*:")
_SPACES = re.compile(r"[ \t]*")
_SAME_STYLE = {"'", '"'}


@dataclass(frozen=True, slots=True)
class Slot:
    """A value in a text.

    Attributes:
        node: the value.
        key: the key it stands under, nothing for an item of a list and for the whole.
        in_flow: whether it stands within brackets.
    """

    node: Node
    key: ScalarNode | None
    in_flow: bool


def replaced(text: str, slot: Slot, value: Value) -> str:
    """Give the text with another value in the slot."""
    node, end = slot.node, end_of(text, slot.node)
    if node.start == node.end:
        return _filled(text, slot, value)
    start, gap = node.start, ""
    if (colon := _colon_before(text, slot)) is not None:
        start, gap = colon, " "
    if slot.in_flow or _on_one_line(value):
        return text[:start] + gap + _like(node, value, in_flow=slot.in_flow) + text[end:]
    if slot.key is not None and slot.key.line == node.line:
        return text[:start] + _below(text, slot.key.column + 1, value) + text[end:]
    return text[: node.start] + _aligned(text, node.column - 1, block(value)) + text[end:]


def _on_one_line(value: Value) -> bool:
    return fits_one_line(value, WIDEST // 2)


def _like(old: Node, value: Value, *, in_flow: bool) -> str:
    """Give the value on one line, a text in the quotation marks that the old one had."""
    style = old.style if isinstance(old, ScalarNode) else ""
    if style in _SAME_STYLE and isinstance(value, str) and value.isprintable():
        if style == "'":
            return "'" + value.replace("'", "''") + "'"
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return flow(value) if in_flow else line_of(value)


def _colon_before(text: str, slot: Slot) -> int | None:
    """Give the offset behind the colon, where only blanks stand between it and the value."""
    colon = _COLON.match(text, slot.key.end) if slot.key else None
    blank = colon is not None and not text[colon.end() : slot.node.start].strip()
    return colon.end() if colon is not None and blank else None


def _filled(text: str, slot: Slot, value: Value) -> str:
    """Give the text with a value where nothing stands."""
    if slot.key is None:  # an item: the node stands right behind its dash
        lines = [flow(value)] if slot.in_flow or _on_one_line(value) else block(value)
        at, column = slot.node.start, slot.node.column
        return text[:at] + " " + _aligned(text, column, lines) + text[at:]
    colon = _COLON.match(text, slot.key.end)
    at, mark = (colon.end(), "") if colon else (slot.key.end, ":")
    if slot.in_flow or _on_one_line(value):
        written = flow(value) if slot.in_flow else line_of(value)
        return f"{text[:at]}{mark} {written}{text[at:]}"
    at = line_end(text, at)
    return text[:at] + _below(text, slot.key.column + 1, value) + text[at:]


def _below(text: str, indent: int, value: Value) -> str:
    """Give the value in lines of its own below its key."""
    return newline(text) + " " * indent + _aligned(text, indent, block(value))


def _aligned(text: str, indent: int, lines: list[str]) -> str:
    return (newline(text) + " " * indent).join(lines)


def appended(text: str, value: Value) -> str:
    """Give the text with a value at its end, where it has none so far."""
    gap = "" if not text or text.endswith(("\n", "\r")) else newline(text)
    return text + gap + _aligned(text, 0, block(value)) + newline(text)


def extended(text: str, node: MappingNode | SequenceNode, more: Entries) -> str:
    """Give the text with further entries at the end of a collection."""
    if node.flow:
        return _extended_flow(text, node, more)
    at = line_end(text, end_of(text, node))
    indent = parts(node)[0][0].column - 1 if isinstance(node, MappingNode) else node.column - 1
    added = newline(text) + " " * indent + _aligned(text, indent, block(more))
    return text[:at] + added + text[at:]


def _extended_flow(text: str, node: MappingNode | SequenceNode, more: Entries) -> str:
    new = flow(more)[1:-1]
    entries = parts(node)
    if not entries:
        return text[: node.start + 1] + new + text[node.start + 1 :]
    if (
        isinstance(more, dict) and text[node.start] not in "[{"
    ):  # [a: b], a mapping without brackets of its own
        return text[: node.start] + flow({**data(node), **more}) + text[node.end :]
    at = end_of(text, entries[-1][1])
    return f"{text[:at]}, {new}{text[at:]}"


def removed(text: str, node: MappingNode | SequenceNode, index: int) -> str:
    """Give the text without one of at least two entries of a collection."""
    if node.flow:
        return _removed_flow(text, parts(node), index)
    begin = _begin(text, node, index)
    end = line_end(text, end_of(text, parts(node)[index][1]))
    line = line_start(text, begin)
    if not text[line:begin].strip():
        after = _BREAK.match(text, end)
        return text[:line] + text[after.end() if after else end :]
    following = _begin(text, node, index + 1)  # the first entry, behind a dash
    if "#" in text[end:following]:
        return text[:begin] + text[end:]
    return text[:begin] + text[following:]


def _begin(text: str, node: MappingNode | SequenceNode, index: int) -> int:
    """Give where an entry of a block begins: at its key or its dash."""
    if isinstance(node, MappingNode):
        return node.entries[index][0].start
    if index == 0:
        return node.start
    before = end_of(text, node.items[index - 1])
    dash = re.compile(rf"[\r\n] {{{node.column - 1}}}-").search(text, before)
    return dash.end() - 1 if dash else node.items[index].start


def _removed_flow(text: str, entries: list[tuple[Node, Node]], index: int) -> str:
    start = entries[index][0].start
    end = end_of(text, entries[index][1])
    if index + 1 < len(entries):
        comma = _comma(text, end)
        after = _SPACES.match(text, comma + 1)
        return text[:start] + text[end:comma] + text[after.end() if after else comma + 1 :]
    comma = _comma(text, end_of(text, entries[index - 1][1]))
    between = text[comma + 1 : start]
    kept = between if between.strip() or _BREAK.search(between) else ""
    return text[:comma] + kept + text[end:]


def _comma(text: str, start: int) -> int:
    """Give the offset of the next comma that is not in a comment."""
    found = re.compile(r"(?:[^,#]|#[^\r\n]*)*?(?=,)").match(text, start)
    return found.end() if found else start


def parts(node: Node) -> list[tuple[Node, Node]]:
    """Give the entries of a collection: the key and the value, or the item twice."""
    if isinstance(node, MappingNode):
        return list(node.entries)
    return [(each, each) for each in node.items] if isinstance(node, SequenceNode) else []


def end_of(text: str, node: Node) -> int:
    """Give the offset right behind a value, before the blanks and comments that follow."""
    if isinstance(node, ScalarNode):
        return node.start + len(text[node.start : node.end].rstrip())
    if node.flow:
        return node.end
    entries = parts(node)
    return end_of(text, entries[-1][1]) if entries else node.end


def line_start(text: str, offset: int) -> int:
    """Give the offset of the first character of a line."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Give the offset of the next line end."""
    found = _BREAK.search(text, offset)
    return found.start() if found else len(text)


def newline(text: str) -> str:
    """Give the line end that the text uses."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"
