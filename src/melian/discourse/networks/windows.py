"""Windows in time: by the calendar, or by the number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from melian.discourse.networks.building import counted, slice_of
from melian.discourse.statements.selection import DAY, within
from melian.discourse.statements.table import UNDATED
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design, Network
    from melian.discourse.statements.table import Table

Unit = Literal["days", "weeks", "months", "years", "statements"]
UNITS: tuple[Unit, ...] = get_args(Unit)

MOST = 10_000
"""So many windows are looked at, at the most."""

_CODES = {"days": "D", "weeks": "W", "months": "M", "years": "Y"}
_MONDAY = 3  # days: numpy's weeks begin on Thursdays, as 1970 did


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time.

    Attributes:
        first, last: its first and its last day.
        rows: of the statements in it that count, in order.
    """

    first: date
    last: date
    rows: NDArray[np.intp]


def windows(
    table: Table, kept: NDArray[np.intp], unit: Unit, width: int, step: int = 1
) -> Iterator[Window]:
    """Give the windows from the first statement to the last.

    Args:
        table: the statements, in the order of time.
        kept: the rows of those that count; those without a date are passed over.
        unit: what is measured in: days, weeks from Monday on, calendar months or years, or
            statements, however long they take.
        width: how many units each window has.
        step: how many units later the next begins.

    Raises:
        UsageError: the numbers make no sense, or make too many windows.
    """
    if width < 1 or step < 1:
        raise UsageError("A window has at least one unit, and the next begins at least one later.")
    dated = kept[table.seconds[kept] != UNDATED]
    days = table.seconds[dated] // DAY
    if not len(dated):
        return
    places = np.arange(len(dated)) if unit == "statements" else _units(days, unit)
    starts = np.arange(places[0], max(places[-1] - width + 1, places[0]) + 1, step)
    if len(starts) > MOST:
        raise UsageError(
            f"That makes {len(starts):,} windows; at most {MOST:,} are looked at. "
            "Take a longer unit, or let the next window begin later (--step)."
        )
    for start, one, other in zip(
        starts.tolist(),
        np.searchsorted(places, starts).tolist(),
        np.searchsorted(places, starts + width).tolist(),
        strict=True,
    ):
        inside = slice(one, other)
        if unit == "statements":
            span = int(days[one]), int(days[other - 1])
        else:
            span = _first_day(start, unit), _first_day(start + width, unit) - 1
        yield Window(_date(span[0]), _date(span[1]), dated[inside])


def networks(
    table: Table, design: Design, unit: Unit, width: int, step: int = 1
) -> Iterator[tuple[Window, Network]]:
    """Give the network of each window, with the same values throughout if isolates stay.

    What is said again is left out before the windows are cut.
    """
    loaded = np.flatnonzero(within(table, design.start, design.until))
    kept = counted(table, loaded, design)
    for window in windows(table, kept, unit, width, step):
        yield window, slice_of(table, design, loaded, window.rows)


def _units(days: NDArray[np.int64], unit: Unit) -> NDArray[np.int64]:
    """Number the unit that each day is in, without gaps."""
    if unit == "weeks":
        return np.asarray((days + _MONDAY) // 7)
    named = days.astype("datetime64[D]").astype(f"datetime64[{_CODES[unit]}]")
    return np.asarray(named.astype(np.int64))


def _first_day(number: int, unit: Unit) -> int:
    """Give the first day of a unit."""
    if unit == "weeks":
        return number * 7 - _MONDAY
    moment = np.array(number).astype(f"datetime64[{_CODES[unit]}]")
    return int(moment.astype("datetime64[D]").astype(np.int64))


def _date(day: int) -> date:
    return datetime.fromtimestamp(day * DAY, UTC).date()
