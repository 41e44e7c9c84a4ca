"""The rows of a table of any size, and what its cells mean.

A row of a table with tabs is a line. In tables with commas a quoted cell may go over several lines;
where that does not give a whole row, a quotation mark was never closed, and each line is read as
a row of its own, so that no mark takes other rows away.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from melian.case.dates import parse_date
from melian.case.decoding import legible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.dates import Date
    from melian.formats.event_layouts import Layout

    Row = tuple[int, list[str]]

LONGEST = 1_000
KEPT = 1 << 15
_NOTHING = frozenset({"", "na", "n/a", "none", "null", "nan", "---"})
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_TIME = re.compile(r"[T ]\d\d?:\d\d.*")
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,12})?")


def rows(lines: Iterable[str], layout: Layout) -> Iterator[Row]:
    """Give the rows that are not blank, each with the line it begins on, the header first."""
    read = _tabbed(lines) if layout.separator == "\t" else _quoted(lines, layout)
    return ((line, cells) for line, cells in read if any(cells))


def _tabbed(lines: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r\n").split("\t")
        yield number, [_unquoted(cell) for cell in cells] if '"' in line else cells


def _unquoted(cell: str) -> str:
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell


def _quoted(lines: Iterable[str], layout: Layout) -> Iterator[Row]:
    taken: list[str] = []  # the lines of the row that is being read

    def watched() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    reader = csv.reader(watched(), delimiter=layout.separator)
    number = 1
    while True:
        try:
            cells = next(reader, None)
            whole = cells is None or len(taken) == 1 or len(cells) == layout.width
        except csv.Error:  # a cell that is too long: its mark was never closed, as a rule
            cells, whole = [], False
        if cells is None:
            return
        if not whole:
            yield from _line_by_line(taken, number, layout)
        else:
            yield number, cells
        number += len(taken)
        taken.clear()


def _line_by_line(taken: list[str], number: int, layout: Layout) -> Iterator[Row]:
    for place, line in enumerate(taken):
        yield number + place, [_unquoted(c) for c in line.rstrip("\r\n").split(layout.separator)]


@lru_cache(maxsize=KEPT)  # names, sectors and codes come again and again
def text_of(cell: str) -> str:
    """Give the text of a cell, "" for the words by which tables say that there is none.

    Bytes that are not UTF-8 are taken for Windows-1252, cell by cell.
    """
    text = cell[:LONGEST]
    if not (text.isascii() and text.isprintable()):
        mended = text.encode("utf-8", "surrogateescape")
        text = text if not is_foreign(text) else mended.decode("cp1252", errors="replace")
        text = legible(text)
    text = " ".join(text.split())
    return "" if text.casefold() in _NOTHING else text


def is_foreign(text: str) -> bool:
    """Tell whether a text holds bytes that were not UTF-8."""
    return not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text)


def date_of(cell: str) -> Date | None:
    """Give the date that a cell says, nothing if it is none that is certain.

    >>> str(date_of("20080806")), str(date_of("2008-08-06T00:00:00")), date_of("8/6/2008")
    ('2008-08-06', '2008-08-06', None)
    """
    text = _TIME.sub("", text_of(cell))
    whole = _DAY.fullmatch(text)
    try:
        return parse_date("-".join(whole.groups()) if whole else text)
    except ValueError:
        return None


def number_of(cell: str) -> float | None:
    """Give the number that a cell says, nothing if it is none."""
    return float(cell) if _NUMBER.fullmatch(cell) else None
