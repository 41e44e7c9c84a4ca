"""Statements as a table, one a line, which is read again as it was."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from melian.case.csv_text import guarded
from melian.discourse.statements.selection import DAY
from melian.discourse.statements.table import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from melian.discourse.statements.table import Table


_FIRST = ("statement_id", "date", "document_id")


def statements_csv(table: Table, rows: NDArray[np.intp]) -> str:
    """Give statements as comma-separated values: id, date, document, and all that was coded.

    A date is as exact as it was given. Who is bound is called the organization where nothing else
    is, and whether it is agreed the agreement, so that :mod:`~melian.discourse.statements.reading`
    gives the same statements again.
    """
    names = _names(table)
    cells = [_cells(table, name, rows) for name in names.values()]
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow([*_FIRST, *names])
    ids = [guarded(table.ids[row]) for row in rows.tolist()]
    lines.writerows(
        zip(ids, _dates(table, rows), table.documents[rows].tolist(), *cells, strict=True)
    )
    return out.getvalue()


def _names(table: Table) -> dict[str, str]:
    """Give the variables by what their columns are called, none of them twice."""
    usual = {"actor": "organization", "sign": "agreement"}
    spoken = "organization" in table.variables
    left_out = {*_FIRST} | ({"actor"} if spoken else set())
    left_out |= {"sign"} if "agreement" in table.variables else set()
    return {usual.get(name, name): name for name in table.variables if name not in left_out}


def _cells(table: Table, name: str, rows: NDArray[np.intp]) -> Iterator[str]:
    variable = table.variable(name)
    texts = [
        guarded(str(level)) if variable.kind == "text" else str(level) for level in variable.levels
    ]
    texts.append("")  # of one that is missing, coded -1
    return (texts[code] for code in variable.codes[rows].tolist())


def _dates(table: Table, rows: NDArray[np.intp]) -> Iterator[str]:
    seconds = np.stack([table.seconds[rows], table.last[rows]], axis=1)
    known: dict[tuple[int, int], str] = {}
    for first, last in seconds.tolist():
        if (first, last) not in known:
            known[first, last] = _date(first, last)
        yield known[first, last]


def _date(first: int, last: int) -> str:
    """Give a moment, or the day, month or year that lasts from one second to another."""
    if first == UNDATED:
        return ""
    moment, after = (datetime.fromtimestamp(second, UTC) for second in (first, last + 1))
    if first == last:
        return moment.strftime("%Y-%m-%d %H:%M:%S")
    if last - first < DAY:
        return str(moment.date())
    return (
        f"{moment.year}"
        if after.year > moment.year and after.month == 1 and moment.month == 1
        else moment.strftime("%Y-%m")
    )
