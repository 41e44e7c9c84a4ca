"""YAML text as a tree of nodes that know where they stand; nothing in it is ever executed.

The tree is built from the events of libyaml, so no tag constructs anything, and every scalar stays
the text it is (``no`` is a name like any other). Anchors, aliases, tags and second documents are
noted and passed over. After a syntax error, reading goes on at the next line that looks like a
key of the outermost mapping, so that one slip costs one section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from melian.case.decoding import entry_text, legible
from melian.case.notes import Notes
from melian.problems import Location

if TYPE_CHECKING:
    from melian.problems import Problem

# Where PyYAML came without libyaml its own reader gives the same events, slowly.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 40
MOST_NODES = 500_000
MOST_RESTARTS = 10


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text: ``start`` and ``end`` are offsets, ``style`` is "", ``'``, ``"``, ``|`` or ``>``."""

    text: str
    start: int
    end: int
    line: int
    column: int
    style: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is written: no text at all, ``~`` or ``null``."""
        return not self.style and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list; ``flow`` tells whether it is written in brackets."""

    items: tuple[Node, ...]
    start: int
    end: int
    line: int
    column: int
    flow: bool


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys with values, in the order of the text; no key occurs twice."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    start: int
    end: int
    line: int
    column: int
    flow: bool

    def get(self, key: str) -> Node | None:
        """Give the value of a key, or nothing."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True, slots=True)
class Tree:
    """What a text holds: a node, or nothing when it is empty, and what is wrong with it."""

    root: Node | None
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read yet; ``None`` stands for what was left out."""

    event: Any
    children: list[Node | None] = field(default_factory=list)


class _Stop(Exception):
    """The rest of the text is not read; ``restart`` tells whether a later section may be."""

    def __init__(self, restart: bool) -> None:
        super().__init__()
        self.restart = restart


def read_tree(text: str, file: str = "case.yaml") -> Tree:
    """Give the tree of a YAML text, as far as it can be read.

    Args:
        text: printable text (see :func:`melian.case.decoding.printable`).
        file: its name in the problems.

    >>> tree = read_tree("a: [b, no]")
    >>> data(tree.root)
    {'a': ['b', 'no']}
    """
    notes = Notes(file, text)
    roots: list[Node] = []
    start = 0
    for _ in range(MOST_RESTARTS):
        builder = _Builder(text, notes)
        builder.run(_blank(text, start))
        if builder.root is not None:
            roots.append(builder.root)
        if builder.restart_after is None:
            break
        following = _SECTION.search(text, max(builder.restart_after, start + 1))
        if following is None:
            break
        start = following.start()
    return Tree(_joined(roots, notes), tuple(dict.fromkeys(notes.problems)))


_SECTION = re.compile(r"""^[\w"'][^\n#]*:(?=\s|$)""", re.MULTILINE)
_A_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_NOT_A_BREAK = re.compile(r"[^\r\n\x85\u2028\u2029]")


def _blank(text: str, start: int) -> str:
    return _NOT_A_BREAK.sub(" ", text[:start]) + text[start:] if start else text


def _joined(roots: list[Node], notes: Notes) -> Node | None:
    mappings = [root for root in roots if isinstance(root, MappingNode)]
    if len(roots) < 2 or not mappings:
        return roots[0] if roots else None
    first, last = mappings[0], mappings[-1]
    entries = _unique([entry for each in mappings for entry in each.entries], notes)
    return MappingNode(entries, first.start, last.end, first.line, first.column, first.flow)


class _Builder:
    """Turns the events of one reading into nodes."""

    def __init__(self, text: str, notes: Notes) -> None:
        self.text = text
        self.notes = notes
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.count = 0
        self.documents = 0
        self.restart_after: int | None = None  # an offset, once a syntax error was met

    def run(self, text: str) -> None:
        """Read to the end, or to what stops the reading; what was read is kept."""
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            self._explain(error)
            self._abandon(restart=True)
        except _Stop as stop:
            self._abandon(restart=stop.restart)

    def _take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._decorated(event)
                self._add(_scalar(event, self._place(event.start_mark), self.notes))
            case yaml.CollectionStartEvent():
                self._decorated(event)
                self._count(event)
                self.stack.append(_Open(event))
            case yaml.CollectionEndEvent():
                self._close(event.end_mark.index if event.end_mark else 0)
            case yaml.AliasEvent():
                self._refuse(event, "alias", f'"*{event.anchor}" is left out: write it out again.')
                self._add(None)
            case yaml.DocumentStartEvent():
                self._document(event)
            case _:
                pass

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(event, "second-document", "Only the text before the second --- is read.")
            raise _Stop(restart=False)

    def _decorated(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, "anchor", f'Leave out "&{event.anchor}" and repeat the text.')
        if event.tag is not None:
            tag = legible(event.tag.replace("tag:yaml.org,2002:", "!!")[:60])
            self._refuse(event, "tag", f'Leave out "{tag}": everything is plain text.')

    def _refuse(self, event: Any, code: str, hint: str) -> None:
        name = code.replace("-", " ")
        article = "An" if name[0] in "aeiou" else "A"
        self.notes.error(_at(event.start_mark), code, f"{article} {name} has no place here.", hint)

    def _add(self, node: Node | None) -> None:
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node

    def _count(self, event: Any) -> None:
        at = _at(event.start_mark)
        if len(self.stack) >= DEEPEST:
            message = f"The text is nested more than {DEEPEST} deep."
            self.notes.error(at, "too-deep", message, "Check the brackets and the indentation.")
            raise _Stop(restart=True)
        self.count += 1
        if self.count > MOST_NODES:
            message = f"The file holds more than {MOST_NODES} entries; the rest is not read."
            self.notes.error(at, "too-large", message, "Split the case into several.")
            raise _Stop(restart=False)

    def _close(self, end: int) -> None:
        opened = self.stack.pop()
        start, flow = opened.event.start_mark, bool(opened.event.flow_style)
        place = start.index, end, start.line + 1, start.column + 1, flow
        if isinstance(opened.event, yaml.SequenceStartEvent):
            items = tuple(node for node in opened.children if node is not None)
            self._add(SequenceNode(items, *place))
        else:
            self._add(MappingNode(_unique(self._pairs(opened), self.notes), *place))

    def _pairs(self, opened: _Open) -> list[tuple[ScalarNode, Node]]:
        pairs = []
        children = opened.children
        for key, value in zip(children[::2], children[1::2], strict=False):
            if isinstance(key, SequenceNode | MappingNode):
                hint = 'Put it in quotes, if it is meant as text: "[x]": ...'
                self.notes.error(key, "key-not-text", "A key must be a plain name.", hint)
            elif key is not None and value is not None:
                pairs.append((key, value))
        return pairs

    def _abandon(self, *, restart: bool) -> None:
        """Close what is open; what stood in brackets is only half there and is left out."""
        root = next((o for o in self.stack if not o.event.flow_style), None)
        keys = root.children[::2] if root is not None else []
        last = next((k for k in reversed(keys) if k is not None), None)
        if restart:
            after = last.end if last is not None else 0
            line_end = self.text.find("\n", after)
            self.restart_after = line_end + 1 if line_end >= 0 else len(self.text)
        while self.stack:
            if self.stack[-1].event.flow_style:
                self.stack.pop()
            else:
                self._close(self.stack[-1].event.end_mark.index)

    def _explain(self, error: yaml.MarkedYAMLError) -> None:
        problem = error.problem or ""
        mark = error.problem_mark
        if mark is None or mark.index >= len(self.text.rstrip()):  # what is open began before
            mark = error.context_mark or mark
        unknown = f"The text cannot be read here: {problem}.", "Put texts in quotes."
        message, hint = next((said for part, *said in _SYNTAX if part in problem), unknown)
        self.notes.error(self._within(mark), "syntax", message, hint)

    def _place(self, mark: Any) -> Location:
        """Give the place of a value; an empty one may be said to stand behind the text."""
        return _at(mark) if mark.index < len(self.text) else self._within(mark)

    def _within(self, mark: Any) -> Location:
        """Give the place of a mark; one behind the text is moved to its last line."""
        text = self.text.rstrip()
        if mark is not None and mark.index < len(text):
            return _at(mark)
        breaks = list(_A_BREAK.finditer(text))
        return Location("", len(breaks) + 1, len(text) - (breaks[-1].end() if breaks else 0) + 1)


_SYNTAX = (
    (
        "mapping values are not allowed",
        "A colon followed by a space stands inside a text.",
        'Put the whole text in quotes: "like: this".',
    ),
    (
        "cannot start any token",
        "A text cannot begin with this character.",
        "Indent with spaces instead of tabs, and put a text that begins with @, ` or % in quotes.",
    ),
    (
        "unexpected end of stream",
        "The quotation mark that opens here is never closed.",
        "Close it; inside '...' write '' for an apostrophe.",
    ),
    (
        "did not find expected ',' or",
        "A bracket is open here, and no comma or closing bracket follows.",
        "Close the bracket, or put a comma between the entries.",
    ),
    (
        "could not find expected ':'",
        "The line before is neither a key with a colon nor part of a text.",
        'Write "key: text", or indent the line to make it part of the text above.',
    ),
    (
        "did not find expected node content",
        "A value is missing here, or a bracket is not closed.",
        "Write the value, or close the bracket.",
    ),
    (
        "did not find expected",
        "This line does not fit those above it.",
        "Check its indentation, the brackets and the quotation marks around it.",
    ),
)


def _scalar(event: Any, at: Location, notes: Notes) -> ScalarNode:
    style = event.style or ""
    text = entry_text(event.value, at, notes)
    if style in {"|", ">"}:
        text = text.rstrip("\n")  # how many line ends close a block of text means nothing here
    return ScalarNode(text, event.start_mark.index, event.end_mark.index, at.line, at.column, style)


def _at(mark: Any) -> Location:
    return Location("", mark.line + 1, mark.column + 1)


def _unique(
    pairs: list[tuple[ScalarNode, Node]], notes: Notes
) -> tuple[tuple[ScalarNode, Node], ...]:
    first: dict[str, tuple[ScalarNode, Node]] = {}
    for key, value in pairs:
        known = first.setdefault(key.text, (key, value))[0]
        if known is not key:
            message = f'"{key.text[:60]}" stands here for the second time; the first one counts.'
            hint = f"Join the two; the first is on line {known.line}."
            notes.error(key, "duplicate-key", message, hint)
    return tuple(first.values())


def data(node: Node | None) -> Any:
    """Give a node as plain texts, lists and dicts; what is empty is None."""
    match node:
        case ScalarNode():
            return None if node.empty else node.text
        case SequenceNode():
            return [data(item) for item in node.items]
        case MappingNode():
            return {key.text: data(value) for key, value in node.entries}
    return None
