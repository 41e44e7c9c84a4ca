"""Tables of coded statements: who, speaking for whom, agrees or disagrees with what, and when.

It is what discourse network analysis works with (Leifeld 2017): one row a statement, with the
columns ``statement_id, date, person, organization, concept, agreement``. Tables that name them
otherwise are read with other names for the columns. A column that names the document of each
statement makes sources of them; else the table is the one source.
:mod:`melian.formats.coded_rows` makes the case.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case import csv_text
from melian.case.dates import parse_date
from melian.case.decoding import legible
from melian.case.model import Source
from melian.case.notes import Notes
from melian.case.speaking import party_of
from melian.case.wording import concept_name
from melian.formats.coded_rows import DATASET, KEPT, Row, case_of, stem_of, told
from melian.formats.file_text import text_of
from melian.formats.naming import Names
from melian.problems import Location, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from melian.case.dates import Date
    from melian.case.model import Case, Statement
    from melian.case.yaml_tree import ScalarNode
    from melian.problems import Problem

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "statement_id": ("statement_id", "id"),
        "date": ("date", "time"),
        "person": ("person", "speaker", "actor"),
        "organization": ("organization", "organisation", "org"),
        "concept": ("concept", "claim"),
        "agreement": ("agreement", "agree", "sign"),
        "locator": ("locator", "page"),
        "quote": ("quote", "text"),
        "note": ("note", "notes"),
        "document": ("document_id", "document", "source"),
    }
)
"""What the columns hold, and what they are called in a header; the document is what a statement is
from."""

_ALSO = MappingProxyType({name: role for role, names in COLUMNS.items() for name in names})

SIGNS: Mapping[str, bool] = {
    **dict.fromkeys(("1", "yes", "true", "+", "agree", "agrees", "y", "t", "1.0"), True),
    **dict.fromkeys(("0", "no", "false", "-", "disagree", "disagrees", "n", "f", "-1"), False),
    **dict.fromkeys(("0.0", "\u2212", "\u2013", "\u2014"), False),
    **dict.fromkeys(("for", "pro", "support", "supports", "ja", "oui", "wahr", "vrai"), True),
    **dict.fromkeys(("against", "contra", "oppose", "opposes", "nein", "non"), False),
    **dict.fromkeys(("falsch", "faux"), False),
}
"""What a cell says that tells whether a speaker agrees, in small letters."""

SIGN_HINT = "Write 1 or 0, yes or no, + or -."

_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}.*")


def read(
    path: Path, columns: Mapping[str, str] | None = None
) -> tuple[Case, tuple[Problem, ...], str]:
    """Give the case in a table, what is wrong with its rows, and a sentence on what it holds.

    Args:
        path: of the table: comma, semicolon or tab between its cells.
        columns: what it calls its columns, by what they hold (:data:`COLUMNS`).

    Raises:
        UsageError: a column that is needed, or was named, is not there.
        OutsideError: the file cannot be read.
    """
    notes = Notes(legible(path.name))
    return parse(text_of(path, notes), legible(path.stem), notes, columns)


def parse(
    text: str, name: str, notes: Notes, columns: Mapping[str, str] | None = None
) -> tuple[Case, tuple[Problem, ...], str]:
    """Give what the text of a table says, as :func:`read` does for a file."""
    documents = _Documents(name)
    rows = tuple(_rows(text, notes, columns or {}, documents))
    return case_of(rows, name, documents.sources(), notes), tuple(notes.problems), told(rows)


class _Documents:
    """The documents that a table names, each a source; the table itself, where it names none."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._names = Names("document")
        self._ids: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """Give the id of the source that a row names; "" for the table."""
        if name not in self._ids:
            stem = stem_of(self._table)
            numbered = f"{stem} {name}" if name.isdigit() else name
            self._ids[name] = self._names.new(numbered if name else stem)
        return self._ids[name]

    def sources(self) -> Iterator[Source]:
        """Give all of them, in the order in which they came up."""
        if not self._ids:
            _ = self[""]
        for name, id_ in self._ids.items():
            if name:
                title = f"{self._table}, document {name}" if name.isdigit() else name
                yield Source(id_, title)
            else:
                yield Source(id_, self._table, type=DATASET)


# Rows


def _rows(
    text: str, notes: Notes, columns: Mapping[str, str], documents: _Documents
) -> Iterator[Row]:
    table = (row for row in csv_text.rows(text, notes) if not row.blank)
    header = next(table, None)
    if header is None:
        raise UsageError("The file is empty. The first line of a table names its columns.")
    names = [cell.text.lower() for cell in header.cells]
    places = _all_places(names, places_of(names, columns))
    for number, row in enumerate(table, start=1):
        cells = dict(enumerate(row.cells))
        found = {role: cells[place] for role, place in places.items() if place in cells}
        read = _row(number, found, row.cells[0], notes, documents)
        if read is not None:
            yield read


def _all_places(names: Sequence[str], places: Mapping[str, int]) -> dict[str, int]:
    """Add the columns that only a case has a place for: what else was coded."""
    free = {name: place for place, name in enumerate(names) if place not in places.values()}
    return {**places, **{name: free[name] for name in KEPT if name in free}}


def places_of(names: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Give the number of the column that holds each thing.

    Raises:
        UsageError: a column that is needed, or was named, is not there.
    """
    places: dict[str, int] = {}
    for given, name in columns.items():
        role = _role(given, columns)
        if role not in COLUMNS:
            hint = did_you_mean(role, COLUMNS, f"They are: {', '.join(COLUMNS)}.")
            raise UsageError(f'"{role[:40]}" is nothing that a column can hold. {hint}')
        if name.lower() not in names:
            hint = did_you_mean(name.lower(), names, f"It has: {', '.join(names)[:200]}.")
            raise UsageError(f'The table has no column "{name[:40]}". {hint}')
        places[role] = names.index(name.lower())
    for role, known in COLUMNS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None and place not in places.values():
            places.setdefault(role, place)
    missing = [role for role in ("concept", "agreement") if role not in places]
    missing += [] if {"person", "organization"} & places.keys() else ["person"]
    if missing:
        which = f"--names {','.join(f'{role}=NAME' for role in missing)}"
        raise UsageError(
            f"The table has no column for: {', '.join(missing)}. Its columns are: "
            f"{', '.join(names)[:200]}. Say which is which: {which} (its own name for each; also "
            "date=NAME, document=NAME where it has them); or once and for all: "
            f"melian import FILE CASE {which}."
        )
    return places


def _role(given: str, columns: Mapping[str, str]) -> str:
    """Give what is meant by a name for what a column holds: "sign" is the agreement, say.

    An actor is the organisation, where another column is named for the person.
    """
    if given == "actor" and {"person", "speaker"} & columns.keys():
        return "organization"
    return given if given in COLUMNS else _ALSO.get(given.lower(), given)


def _row(
    number: int,
    cells: Mapping[str, ScalarNode],
    first: ScalarNode,
    notes: Notes,
    documents: _Documents,
) -> Row | None:
    def text(role: str) -> str:
        return " ".join(csv_text.unguarded(cells[role].text).split()) if role in cells else ""

    positive = SIGNS.get(text("agreement").lower().lstrip("'"))
    if positive is None:
        shown = text("agreement")[:40]
        message = f'"{shown}" does not say whether the speaker agrees; the row is left out.'
        notes.error(cells.get("agreement", first), "bad-sign", message, SIGN_HINT)
        return None
    lacks = "concept" if not text("concept") else "speaker"
    if not text("concept") or not (text("person") or text("organization")):
        hint = "Fill the cell in, or delete the row."
        notes.error(first, "missing-cell", f"The row names no {lacks} and is left out.", hint)
        return None
    return Row(
        number=number,
        at=Location(notes.file, first.line, first.column),
        id=text("statement_id"),
        date=_date(cells["date"], notes) if text("date") else None,
        person=text("person"),
        organisation=text("organization"),
        concept=text("concept"),
        positive=positive,
        source=documents[text("document")],
        locator=text("locator"),
        quote=csv_text.unguarded(cells["quote"].text) if "quote" in cells else "",
        note=csv_text.unguarded(cells["note"].text) if "note" in cells else "",
        kept={role: text(role) for role in KEPT if role in cells},
    )


def _date(cell: ScalarNode, notes: Notes) -> Date | None:
    """Give a date as tables write it: 2011-03-11, with the time of day, or 11.03.2011."""
    text = _CLOCK.sub("", cell.text)
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        text = f"{day_first[3]}-{day_first[2]}-{day_first[1]}"
    try:
        return parse_date(text)
    except ValueError:
        message = f'"{cell.text[:40]}" is not a date; the statement is kept without one.'
        notes.error(cell, "bad-date", message, "Write 2011-03-11, 2011-03 or 2011.")
        return None


# A case as a table


def written(case: Case) -> str:
    """Give the statements of a case as a table: one row for each party that a statement binds.

    Reasons, levels, quotes and sources are not part of such a table and stay behind; so does what
    is said under conditions only, which would be said outright there.
    """
    head = ["statement_id", "date", "person", "organization", "concept", "agreement"]
    rows = [
        _cells(case, statement, party)
        for statement in case.statements
        if not statement.conditions
        for party in party_of(case, statement.actor, statement.date)
    ]
    return "".join(f"{csv_text.written(row, ',')}\n" for row in (head, *rows))


def _cells(case: Case, statement: Statement, party: str) -> list[str]:
    cells = [
        statement.id,
        str(statement.date or ""),
        _name(case, statement.actor),
        _name(case, party),
        concept_name(case, statement.claim.atom),
        "1" if statement.claim.positive else "0",
    ]
    return [csv_text.guarded(cell) for cell in cells]


def _name(case: Case, actor: str) -> str:
    return case.actors[actor].name if actor in case.actors else actor
