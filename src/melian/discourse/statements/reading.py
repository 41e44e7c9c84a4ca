"""Tables of coded statements as columns, a hundred thousand rows in half a second.

The columns are those of :mod:`melian.formats.statement_tables`, one that says which document a
statement is from, and any others: each is a variable. Two are always there: ``actor`` is the
organisation, or the person where a row names none; ``sign`` is whether it agrees.
"""

from __future__ import annotations

import csv
import gc
import io
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from melian.case import csv_text
from melian.case.dates import parse_date
from melian.discourse.statements.selection import DAY
from melian.discourse.statements.table import UNDATED, distinct, numbers_of, table, texts_of
from melian.formats.statement_tables import SIGN_HINT, SIGNS, places_of
from melian.problems import Location, Problem, Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from melian.case.dates import Date
    from melian.discourse.statements.table import Table, Variable

_NO_VARIABLES = {"statement_id", "date", "agreement", "quote", "note", "locator"}
_LATEST = 253_402_300_799  # the last second of the year 9999
_NONE = np.iinfo(np.int64).min  # what a cell is read as that cannot be read
_INTEGER = re.compile(r"[+-]?\d{1,15}")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)")


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """The different cells of a column, and which of them each row has."""

    cells: Sequence[str]
    places: NDArray[np.int32]

    def read(self, reader: Callable[[str], int | None], otherwise: int) -> NDArray[np.int64]:
        """Give what each row's cell is read as."""
        found = (reader(cell) for cell in self.cells)
        read = np.array([otherwise if each is None else each for each in found], dtype=np.int64)
        return np.asarray(read[self.places])

    @property
    def texts(self) -> list[str]:
        """The different cells, each in one line."""
        return [_text(cell) for cell in self.cells]

    @property
    def empty(self) -> NDArray[np.bool_]:
        """Which rows say nothing in it."""
        return np.array([not text for text in self.texts], dtype=np.bool_)[self.places]


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """A table: what its columns are called and hold, and the lines on which its rows end."""

    names: tuple[str, ...]
    places: Mapping[str, int]
    columns: Sequence[_Column]
    lines: NDArray[np.int64]

    def column(self, role: str) -> _Column:
        """Give what a column holds; empty cells where no column holds it."""
        place = self.places.get(role)
        nothing = _Column([""], np.zeros(len(self.lines), dtype=np.int32))
        return nothing if place is None else self.columns[place]

    def at(self, kept: NDArray[np.bool_]) -> _Sheet:
        """Give some of the rows."""
        columns = [replace(column, places=column.places[kept]) for column in self.columns]
        return replace(self, columns=columns, lines=self.lines[kept])


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
    unsigned = given.column("agreement").read(_sign, _NONE) == _NONE
    speakers = [given.column(role).empty for role in ("organization", "person")]
    nothing, nobody = given.column("concept").empty, speakers[0] & speakers[1]
    sheet = given.at(~(unsigned | nothing | nobody))
    seconds = sheet.column("date").read(_second, _NONE)
    told = [
        *_unsigned(given, unsigned),
        *_lacking("concept", given.lines[~unsigned & nothing]),
        *_lacking("speaker", given.lines[~unsigned & ~nothing & nobody]),
        *_undated(sheet, seconds == _NONE),
    ]
    found = table(
        _ids(sheet),
        np.where(seconds == _NONE, UNDATED, seconds),
        _documents(sheet),
        _variables(sheet),
        last=np.where(seconds == _NONE, UNDATED, sheet.column("date").read(_last_second, _NONE)),
    )
    return found, tuple(
        Problem(Location(file, line, 1), code, message, hint, Severity.ERROR)
        for line, code, message, hint in sorted(told)
    )


def _sheet(text: str, columns: Mapping[str, str]) -> _Sheet:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=csv_text.separator(text))
    with _told():
        header = next((row for row in lines if any(row)), None)
    if header is None:
        raise UsageError("The file is empty. The first line of a table names its columns.")
    names = tuple(cell.strip().lower() for cell in header)
    places = places_of(names, columns)
    with _uncollected(), _told():
        rows = [(row, lines.line_num) for row in lines if row and (row[0] or any(row))]
        cells = _turned([row for row, _ in rows], len(names))
        numbers = np.array([line for _, line in rows], dtype=np.int64)
        del rows
    return _Sheet(names, places, [_Column(*distinct(each)) for each in cells], numbers)


@contextmanager
def _told() -> Iterator[None]:
    """Say what is wrong with a cell that has no end.

    Raises:
        UsageError: the text is no table.
    """
    try:
        yield
    except csv.Error as error:
        raise UsageError(
            f"A cell has more than {csv.field_size_limit():,} characters. Most likely a quotation "
            'mark is never closed: look for a " that stands alone.'
        ) from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking again and again through a great many rows for what can go."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _turned(rows: Sequence[list[str]], width: int) -> Sequence[Sequence[str]]:
    """Give rows by column: empty cells where one is short, and none where it is too long."""
    if {*map(len, rows)} - {width}:
        rows = [[*row, *[""] * (width - len(row))][:width] for row in rows]
    return [*zip(*rows, strict=True)] or [()] * width


_Told = tuple[int, str, str, str]


def _shown(column: _Column, rows: NDArray[np.bool_]) -> Iterator[str]:
    return (column.cells[place][:40] for place in column.places[rows].tolist())


def _unsigned(sheet: _Sheet, rows: NDArray[np.bool_]) -> Iterator[_Told]:
    cells = _shown(sheet.column("agreement"), rows)
    for line, cell in zip(sheet.lines[rows].tolist(), cells, strict=True):
        message = f'"{cell}" does not say whether the speaker agrees; the row is left out.'
        yield line, "bad-sign", message, SIGN_HINT


def _lacking(what: str, lines: NDArray[np.int64]) -> Iterator[_Told]:
    for line in lines.tolist():
        message = f"The row names no {what} and is left out."
        yield line, "missing-cell", message, "Fill the cell in, or delete the row."


def _undated(sheet: _Sheet, rows: NDArray[np.bool_]) -> Iterator[_Told]:
    cells = _shown(sheet.column("date"), rows)
    for line, cell in zip(sheet.lines[rows].tolist(), cells, strict=True):
        message = f'"{cell}" is not a date; the statement is kept without one.'
        yield line, "bad-date", message, "Write 2011-03-11, 2011-03 or 2011."


def _ids(sheet: _Sheet) -> list[str]:
    column = sheet.column("statement_id")
    names = [cell.strip() for cell in column.cells]
    lines = zip(column.places.tolist(), sheet.lines.tolist(), strict=True)
    return [names[place] or f"line {line}" for place, line in lines]


def _documents(sheet: _Sheet) -> NDArray[np.int32]:
    """Number the documents by name; each statement has its own where no column names any."""
    place = sheet.places.get("document")
    if place is None:
        return np.arange(len(sheet.lines), dtype=np.int32)
    column = sheet.columns[place]
    whole = all(map(_INTEGER.fullmatch, column.cells))
    order = sorted(range(len(column.cells)), key=lambda n: (int if whole else str)(column.cells[n]))
    return np.argsort(order).astype(np.int32)[column.places]


def _variables(sheet: _Sheet) -> dict[str, Variable]:
    agreement = sheet.column("agreement")
    sign = numbers_of([_sign(cell) for cell in agreement.cells], agreement.places, "boolean")
    found = {"actor": _actors(sheet), "sign": sign}
    for role in sheet.places:
        if role not in _NO_VARIABLES | {"document"}:
            column = sheet.column(role)
            found[role] = texts_of(column.texts, column.places)
    found["agreement"] = sign
    taken = {place for role, place in sheet.places.items() if role != "document"}
    for place, name in enumerate(sheet.names):
        if name and place not in taken and name not in found:
            found[name] = _guessed(sheet.columns[place])
    return found


def _actors(sheet: _Sheet) -> Variable:
    """Take the organisation, or the person where a row names none."""
    one, other = sheet.column("organization"), sheet.column("person")
    places = np.where(one.empty, other.places + np.int32(len(one.cells)), one.places)
    return texts_of([*one.texts, *other.texts], places.astype(np.int32))


def _guessed(column: _Column) -> Variable:
    """Take a column for numbers where all its cells are whole numbers, else for texts."""
    texts = column.texts
    if any(texts) and all(_INTEGER.fullmatch(text) for text in texts if text):
        numbers = [int(text) if text else None for text in texts]
        return numbers_of(numbers, column.places, "integer")
    return texts_of(texts, column.places)


def _text(cell: str) -> str:
    """Give a cell in one line, without what keeps it from being a spreadsheet's formula."""
    return " ".join(csv_text.unguarded(cell).split())


def _sign(cell: str) -> int | None:
    found = SIGNS.get(_text(cell).lower().lstrip("'"))
    return None if found is None else int(found)


def _second(cell: str) -> int | None:
    """Give the second that a date and time, or the beginning of a day, a month or a year is."""
    return _read(cell, lambda date: date.first)


def _last_second(cell: str) -> int | None:
    """Give the second that a date and time, or the end of a day, a month or a year is."""
    found = _read(cell, lambda date: date.last)
    timed = ":" in cell or "T" in cell
    return found if found in {None, UNDATED} or timed else (found or 0) + DAY - 1


def _read(cell: str, day_of: Callable[[Date], date]) -> int | None:
    text = _DAY_FIRST.sub(r"\3-\2-\1\4", cell.strip())
    if not text:
        return UNDATED
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            day = day_of(parse_date(text.split("T")[0].split(" ")[0]))
        except ValueError:
            return None
        moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    found = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    return found if UNDATED <= found <= _LATEST else None  # a time zone may lead out of all years
