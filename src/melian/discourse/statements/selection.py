"""Which statements count: those within a period, with values that are wanted, once in a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from melian.discourse.statements.table import MISSING, UNDATED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.discourse.statements.table import Table

Scope = Literal["include", "document", "day", "week", "month", "year", "range"]
"""Within what a statement that says the same again is not counted again."""

SCOPES: tuple[Scope, ...] = get_args(Scope)

DAY = 86_400
_EPOCH_TO_MONDAY = 3  # 1 January 1970 was a Thursday


def complete(table: Table, names: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which statements have a value of all these variables."""
    found = np.ones(len(table), dtype=np.bool_)
    for name in names:
        found &= table.variable(name).codes != MISSING
    return found


def within(table: Table, start: int | None, until: int | None) -> NDArray[np.bool_]:
    """Tell which statements were made from one second to another, both included.

    One without a date is among them only where neither is given.
    """
    found = np.ones(len(table), dtype=np.bool_)
    if start is not None or until is not None:
        found &= table.seconds != UNDATED
    if start is not None:
        found &= table.seconds >= start
    if until is not None:
        found &= table.seconds <= until
    return found


def without(table: Table, excluded: Mapping[str, Collection[str | int]]) -> NDArray[np.bool_]:
    """Tell which statements have none of some values of variables."""
    found = np.ones(len(table), dtype=np.bool_)
    for name, values in excluded.items():
        variable = table.variable(name)
        codes = [code for code, level in enumerate(variable.levels) if level in values]
        found &= ~np.isin(variable.codes, codes)
    return found


def first_of(
    table: Table, rows: NDArray[np.intp], same: Sequence[str], scope: Scope
) -> NDArray[np.intp]:
    """Give the rows of the first of each group of statements that say the same in a scope.

    Args:
        table: the statements.
        rows: those that are looked at.
        same: the variables in which they have to be alike.
        scope: all statements count under ``include``; else two of one document, day, week (from
            Monday on), calendar month, year, or of all, that are alike count once.

    Returns:
        Their rows, in order.
    """
    if scope == "include":
        return rows
    return first(rows, alike(table, rows, same), scope_of(table, rows, scope))


def alike(table: Table, rows: NDArray[np.intp], same: Sequence[str]) -> NDArray[np.int64]:
    """Give a number for each row: the same where these variables are."""
    found = np.zeros(len(rows), dtype=np.int64)
    for name in same:
        variable = table.variable(name)
        found = found * (len(variable.levels) + 1) + variable.codes[rows] + 1
    return found


def first(
    rows: NDArray[np.intp], said: NDArray[np.int64], scopes: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Give the first row of each pair of two numbers, in order."""
    if not len(rows):
        return rows
    lowest = scopes.min()
    groups = said * (int(scopes.max() - lowest) + 1) + scopes - lowest
    return rows[np.sort(_firsts(groups))]


def _firsts(groups: NDArray[np.int64]) -> NDArray[np.intp]:
    """Give where each number comes up first; sorting them with their places in them is fastest."""
    count = len(groups)
    if int(groups.max()) >= np.iinfo(np.int64).max // count:
        return np.unique(groups, return_index=True)[1]
    packed = np.sort(groups * count + np.arange(count))
    kinds, places = np.divmod(packed, count)
    return np.asarray(places[np.diff(kinds, prepend=-1) != 0])


def scope_of(table: Table, rows: NDArray[np.intp], scope: Scope) -> NDArray[np.int64]:
    """Give a number for each row: the same where two are of the same scope."""
    if scope == "document":
        return table.documents[rows].astype(np.int64)
    if scope == "range":
        return np.zeros(len(rows), dtype=np.int64)
    days = table.seconds[rows] // DAY
    if scope == "day":
        return days
    if scope == "week":
        return (days + _EPOCH_TO_MONDAY) // 7
    unit = "M" if scope == "month" else "Y"
    return days.astype("datetime64[D]").astype(f"datetime64[{unit}]").astype(np.int64)
