"""Tables of coded statements as columns, a hundred thousand rows in half a second.

The columns are those of :mod:`melian.formats.statement_tables`, one that says which document a
statement is from, and any others: each is a variable. Two are always there: ``actor`` is the
organisation, or the person where a row names none; ``sign`` is whether it agrees.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from melian.case import csv_text
from melian.case.dates import parse_date
from melian.discourse.table import UNDATED, number_variable, table, text_variable
from melian.formats.statement_tables import SIGNS, places_of
from melian.problems import Location, Problem, Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.discourse.table import Table, Variable

DOCUMENTS = ("document_id", "document", "source")
"""What a column is called that says which document a statement is from."""

_once = lru_cache(maxsize=2**16)  # the same cells come up again and again
_NO_VARIABLES = {"statement_id", "date", "agreement", "quote", "note", "locator"}
_INTEGER = re.compile(r"[+-]?\d{1,15}")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The columns of a table, and the lines on which its rows end."""

    names: tuple[str, ...]
    places: Mapping[str, int]
    columns: Sequence[Sequence[str]]
    lines: Sequence[int]

    def column(self, role: str) -> Sequence[str]:
        """Give the cells of what a column holds; empty ones where no column holds it."""
        place = self.places.get(role)
        return [""] * len(self.lines) if place is None else self.columns[place]

    def without(self, bad: Collection[int]) -> _Sheet:
        """Give the rows that do not end on some lines."""
        if not bad:
            return self
        kept = [line not in bad for line in self.lines]
        columns = [tuple(compress(cells, kept)) for cells in self.columns]
        return replace(self, columns=columns, lines=[*compress(self.lines, kept)])


def parse(
    text: str, file: str, columns: Mapping[str, str] | None = None
) -> tuple[Table, tuple[Problem, ...]]:
    """Give the statements in the text of a table, and what is wrong with its rows.

    Args:
        text: comma, semicolon or tab between its cells; the first line names the columns.
        file: what it is called, for the problems.
        columns: what it calls its columns, by what they hold.

    Raises:
        UsageError: a column that is needed, or was named, is not there.
    """
    given = _sheet(text, columns or {})
    problems = [*_unsound(given)]
    sheet = given.without({line for line, *_ in problems})
    seconds = [_second(cell) for cell in sheet.column("date")]
    problems += _undated(sheet, seconds)
    found = table(
        _ids(sheet),
        np.array([UNDATED if each is None else each for each in seconds], dtype=np.int64),
        _documents(sheet),
        _variables(sheet),
    )
    return found, tuple(
        Problem(Location(file, line, 1), code, message, hint, Severity.ERROR)
        for line, code, message, hint in problems
    )


def _sheet(text: str, columns: Mapping[str, str]) -> _Sheet:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=csv_text.separator(text))
    header = next((row for row in lines if any(row)), None)
    if header is None:
        raise UsageError("The file is empty. The first line of a table names its columns.")
    names = tuple(cell.strip().lower() for cell in header)
    places = places_of(names, columns)
    rows = [(row, lines.line_num) for row in lines if row and (row[0] or any(row))]
    cells = _turned([row for row, _ in rows], len(names))
    return _Sheet(names, places, cells, [line for _, line in rows])


def _turned(rows: Sequence[list[str]], width: int) -> Sequence[Sequence[str]]:
    """Give rows by column: empty cells where one is short, and none where it is too long."""
    if {*map(len, rows)} - {width}:
        rows = [[*row, *[""] * (width - len(row))][:width] for row in rows]
    return [*zip(*rows, strict=True)] or [()] * width


_Told = tuple[int, str, str, str]


def _unsound(sheet: _Sheet) -> Iterator[_Told]:
    """Tell of the rows that are left out."""
    said = zip(
        sheet.lines,
        sheet.column("agreement"),
        sheet.column("concept"),
        sheet.column("organization"),
        sheet.column("person"),
        strict=True,
    )
    for line, sign, concept, *speakers in said:
        if _sign(sign) is None:
            message = f'"{sign[:40]}" does not say whether the speaker agrees; the row is left out.'
            yield line, "bad-sign", message, "Write 1 or 0."
        elif not _text(concept) or not any(map(_text, speakers)):
            lacks = "speaker" if _text(concept) else "concept"
            message = f"The row names no {lacks} and is left out."
            yield line, "missing-cell", message, "Fill the cell in, or delete the row."


def _undated(sheet: _Sheet, seconds: Sequence[int | None]) -> Iterator[_Told]:
    """Tell of the rows whose date is none."""
    if None not in seconds:
        return
    for line, cell, second in zip(sheet.lines, sheet.column("date"), seconds, strict=True):
        if second is None:
            message = f'"{cell[:40]}" is not a date; the statement is kept without one.'
            yield line, "bad-date", message, "Write 2011-03-11, 2011-03 or 2011."


def _ids(sheet: _Sheet) -> list[str]:
    names = zip(sheet.column("statement_id"), sheet.lines, strict=True)
    return [name.strip() or f"line {line}" for name, line in names]


def _documents(sheet: _Sheet) -> NDArray[np.int32]:
    """Number the documents by name; each statement has its own where no column names any."""
    place = next((sheet.names.index(each) for each in DOCUMENTS if each in sheet.names), None)
    if place is None:
        return np.arange(len(sheet.lines), dtype=np.int32)
    given = sheet.columns[place]
    different = {*given}
    whole = all(map(_INTEGER.fullmatch, different))
    order = {name: n for n, name in enumerate(sorted(different, key=int if whole else None))}
    return np.array([order[name] for name in given], dtype=np.int32)


def _variables(sheet: _Sheet) -> dict[str, Variable]:
    held = [role for role in sheet.places if role not in _NO_VARIABLES]
    texts = {role: [_text(cell) for cell in sheet.column(role)] for role in held}
    speakers = [texts[role] for role in ("organization", "person") if role in texts]
    sign = number_variable([_sign(cell) for cell in sheet.column("agreement")], "boolean")
    found = {"actor": text_variable([*map(_first, zip(*speakers, strict=True))]), "sign": sign}
    found |= {role: text_variable(cells) for role, cells in texts.items()} | {"agreement": sign}
    taken = {*sheet.places.values()}
    others = {n: p for p, n in enumerate(sheet.names) if n and p not in taken and n not in found}
    return found | {name: _guessed(sheet.columns[p]) for name, p in others.items()}


def _first(names: Sequence[str]) -> str:
    return next(filter(None, names))


def _guessed(cells: Sequence[str]) -> Variable:
    """Take a column for numbers where all its cells are whole numbers, else for texts."""
    texts = [_text(cell) for cell in cells]
    different = {*texts} - {""}
    if different and all(map(_INTEGER.fullmatch, different)):
        return number_variable([int(text) if text else None for text in texts], "integer")
    return text_variable(texts)


@_once
def _text(cell: str) -> str:
    """Give a cell in one line, without what keeps it from being a spreadsheet's formula."""
    return " ".join(csv_text.unguarded(cell).split())


@_once
def _sign(cell: str) -> int | None:
    found = SIGNS.get(_text(cell).lower().lstrip("'"))
    return None if found is None else int(found)


@_once
def _second(cell: str) -> int | None:
    """Give the second that a date and time, or the beginning of a day, a month or a year is."""
    text = _DAY_FIRST.sub(r"\3-\2-\1\4", cell.strip())
    if not text:
        return UNDATED
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            first = parse_date(text.split("T")[0].split(" ")[0]).first
        except ValueError:
            return None
        moment = datetime(first.year, first.month, first.day)  # noqa: DTZ001
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
