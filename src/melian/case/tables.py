"""The records of a case: ``statements.csv`` and ``deeds.csv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from melian.case import csv_text
from melian.case.entries import Entry, Field
from melian.case.formula import Signed
from melian.case.model import Basis, Deed, Statement
from melian.case.shapes import AtomText, Choice, ScalarShape, SignedText, Text, When
from melian.case.yaml_tree import MappingNode, ScalarNode
from melian.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.formula import Atom
    from melian.case.notes import Notes
    from melian.case.shapes import Schema

T = TypeVar("T", Statement, Deed)
TEXT = Text()

# What spreadsheets and word processors make of a minus sign.
_SIGNS = {"+": True, "-": False, "\u2212": False, "\u2013": False, "\u2014": False}


@dataclass(frozen=True, slots=True)
class Sign(ScalarShape[bool]):
    """``+`` for asserts, ``-`` for denies."""

    def of(self, node: ScalarNode, text: str, notes: Notes) -> bool | None:
        """Give whether the concept is asserted."""
        sign = _SIGNS.get(text.lstrip("'"))
        if sign is None:
            hint = "Write + where the actor asserts the concept, - where it denies it."
            notes.error(node, "bad-sign", f'"{text[:20]}" is not a sign.', hint)
        return sign

    def write(self, value: bool) -> str:
        """Give the sign."""
        return "+" if value else "-"

    def schema(self, definitions: dict[str, Schema]) -> Schema:  # noqa: ARG002 - the signature of all shapes
        """Give the schema."""
        return {"enum": ["+", "-"]}


@dataclass(frozen=True, slots=True)
class SignedCell(ScalarShape[tuple[Signed, ...]]):
    """Signed concepts in one cell, ``;`` between them; ``whole`` as in :class:`ListOf`."""

    whole: bool = False

    def of(self, node: ScalarNode, text: str, notes: Notes) -> tuple[Signed, ...] | None:  # noqa: ARG002 - the signature of all shapes
        """Give the signed concepts that can be read."""
        read = [SignedText().read(piece, notes) for piece in self._pieces(node)]
        good = tuple(each for each in read if each is not None)
        return None if self.whole and len(good) < len(read) else good

    def _pieces(self, node: ScalarNode) -> Iterator[ScalarNode]:
        for found in re.finditer(r"[^;]+", node.text):
            piece = found[0].strip()
            shift = found.start() + len(found[0]) - len(found[0].lstrip())
            shift += node.end - node.start > len(node.text)  # the opening quotation mark
            if piece:
                start = node.start + shift
                yield ScalarNode(piece, start, start + len(piece), node.line, node.column + shift)

    def write(self, value: tuple[Signed, ...]) -> str:
        """Give the signed concepts with ``;`` between them."""
        return "; ".join(map(str, value))

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Give the schema."""
        return {"type": "string", "description": SignedText().schema(definitions)["$ref"]}


@dataclass(frozen=True, slots=True)
class IdsCell(ScalarShape[tuple[str, ...]]):
    """Ids of records in one cell, ``;`` between them."""

    def of(self, node: ScalarNode, text: str, notes: Notes) -> tuple[str, ...] | None:  # noqa: ARG002 - the signature of all shapes
        """Give the ids, each once."""
        return tuple(dict.fromkeys(id_ for each in text.split(";") if (id_ := each.strip())))

    def write(self, value: tuple[str, ...]) -> str:
        """Give the ids with ``;`` between them."""
        return "; ".join(value)

    def schema(self, definitions: dict[str, Schema]) -> Schema:  # noqa: ARG002 - the signature of all shapes
        """Give the schema."""
        return {"type": "string"}


def _statement(*, sign: bool, concept: Atom, **values: Any) -> Statement:
    return Statement(claim=Signed(concept, sign), **values)


STATEMENT = Entry(
    "statement",
    "a statement",
    _statement,
    (
        Field("id", TEXT, "An id of its own; s1, s2 ... by row, when not given."),
        Field("actor", TEXT, "Who says it, by id.", required=True),
        Field("date", When(), "When: a day, a month or a year."),
        Field(
            "sign",
            Sign(),
            "+ where the actor asserts the concept, - where it denies it.",
            attr=lambda statement: statement.claim.positive,
            required=True,
        ),
        Field(
            "concept",
            AtomText(),
            "What is asserted or denied.",
            attr=lambda statement: statement.claim.atom,
            required=True,
        ),
        Field("because", SignedCell(), "Its warrants, with ; between them."),
        Field(
            "if",
            SignedCell(whole=True),
            "Conditions, with ; between them.",
            "conditions",
            vital=True,
        ),
        Field("from", When(), "From when it binds, if not from its date on.", "since", vital=True),
        Field("until", When(), "Until when it binds, if it says so.", vital=True),
        Field("retracts", IdsCell(), "Ids of records it takes back, with ; between them."),
        Field("level", TEXT, "Where it was said: operational, political ..."),
        Field("scope", TEXT, "What it is about: regional, global ..."),
        Field("frame", TEXT, "How it is framed."),
        Field("venue", TEXT, "The occasion."),
        Field("source", TEXT, "The id of the source."),
        Field("locator", TEXT, "Where in the source: p. 2."),
        Field("quote", TEXT, "The words themselves."),
        Field("coder", TEXT, "Who coded it."),
        Field(
            "basis",
            Choice(get_args(Basis)),
            "reported, when the source says it (when not given); inferred, when the coder does.",
            usual="reported",
        ),
        Field("note", TEXT, "A remark."),
    ),
)

DEED = Entry(
    "deed",
    "a deed",
    Deed,
    (
        Field("id", TEXT, "An id of its own; d1, d2 ... by row, when not given."),
        Field("actor", TEXT, "Who does it, by id.", required=True),
        Field(
            "action", TEXT, "What it does, as a PLOVER or CAMEO code or in words.", required=True
        ),
        Field("target", TEXT, "To whom."),
        Field("date", When(), "When: a day, a month or a year."),
        Field("shows", SignedCell(), "What it shows to hold or not, with ; between them."),
        Field(
            "from", When(), "From when it goes on, if not from its date on.", "since", vital=True
        ),
        Field("until", When(), "Until when it goes on, if it has ended.", vital=True),
        Field("source", TEXT, "The id of the source."),
        Field("locator", TEXT, "Where in the source: p. 2."),
        Field("note", TEXT, "A remark."),
    ),
)


def read_statements(text: str, notes: Notes) -> tuple[Statement, ...]:
    """Give the statements of ``statements.csv`` that can be read, in the order of the rows."""
    return tuple(_records(text, STATEMENT, "s", notes))


def read_deeds(text: str, notes: Notes) -> tuple[Deed, ...]:
    """Give the deeds of ``deeds.csv`` that can be read, in the order of the rows."""
    return tuple(_records(text, DEED, "d", notes))


def _records(text: str, entry: Entry[T], letter: str, notes: Notes) -> Iterator[T]:
    table = (row for row in csv_text.rows(text, notes) if not row.blank)
    header = next(table, None)
    if header is None or (columns := _columns(header, entry, notes)) is None:
        return
    for number, row in enumerate(table, start=1):
        _surplus(row, header, notes)
        entries = tuple(
            (key, cell) for key, cell in zip(columns, row.cells, strict=False) if key and cell.text
        )
        node = MappingNode(entries, row.start, row.end, row.line, 1, flow=False)
        given = {} if any(key.text == "id" for key, _ in entries) else {"id": f"{letter}{number}"}
        record = entry.read_under(None, given, node, notes)
        if record is not None:
            yield record


def _columns(
    header: csv_text.Row, entry: Entry[Any], notes: Notes
) -> list[ScalarNode | None] | None:
    """Give the header's cells, ``None`` for a column that is passed over."""
    known = tuple(field.key for field in entry.fields)
    columns: list[ScalarNode | None] = []
    seen: set[str] = set()
    for cell in header.cells:
        name = cell.text.lower()
        if name in seen:
            message = f'The column "{name[:60]}" stands here for the second time.'
            notes.warning(cell, "duplicate-column", message, "Delete one; the first one counts.")
        elif name and name not in known:
            hint = did_you_mean(name, known, f"Possible columns: {', '.join(known)}.")
            notes.warning(cell, "unknown-column", f'The column "{name[:60]}" is not known.', hint)
        good = name in known and name not in seen
        columns.append(
            ScalarNode(name, cell.start, cell.end, cell.line, cell.column) if good else None
        )
        seen.add(name)
    missing = [f.key for f in entry.fields if f.required and f.key not in seen]
    for name in missing:
        hint = f"The first line names the columns: {','.join(known)}"
        notes.error(header.cells[0], "missing-column", f'There is no column "{name}".', hint)
    return None if missing else columns


def _surplus(row: csv_text.Row, header: csv_text.Row, notes: Notes) -> None:
    extra = [cell for cell in row.cells[len(header.cells) :] if cell.text]
    if extra:
        message = f"The row has {len(row.cells)} cells, the header only {len(header.cells)}."
        hint = 'Put a text with a separator in quotes: "first, second".'
        notes.warning(extra[0], "extra-cells", message, hint)
