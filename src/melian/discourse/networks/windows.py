"""Windows in time: by the calendar, or by the number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from melian.discourse.networks.building import counted, slice_of
from melian.discourse.statements.calendar import dated, first_days, units
from melian.discourse.statements.selection import DAY, within
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


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, both ends included.

    Attributes:
        start, stop: its first and its last second.
        middle: the second between both.
        rows: of the statements in it that count, in order.
    """

    start: datetime
    middle: datetime
    stop: datetime
    rows: NDArray[np.intp]

    @property
    def first(self) -> date:
        """Its first day."""
        return self.start.date()

    @property
    def last(self) -> date:
        """Its last day."""
        return self.stop.date()


def windows(
    table: Table, kept: NDArray[np.intp], unit: Unit, width: int, step: int = 1
) -> Iterator[Window]:
    """Give the windows from the first statement to the last.

    Args:
        table: the statements, in the order of time.
        kept: the rows of those that count; :func:`placed` says which are in no window.
        unit: what is measured in: days, weeks from Monday on, calendar months or years, or
            statements, however long they take.
        width: how many units each window has.
        step: how many units later the next begins.

    Raises:
        UsageError: the numbers make no sense, or make too many windows.
    """
    if width < 1 or step < 1:
        raise UsageError("A window has at least one unit, and the next begins at least one later.")
    inside = kept[placed(table, kept, unit)]
    days = table.seconds[inside] // DAY
    if not len(inside):
        return
    places = np.arange(len(inside)) if unit == "statements" else units(days, unit)
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
        if unit == "statements":
            first, last = int(days[one]), int(days[other - 1])
        else:
            first, after = first_days(np.array([start, start + width]), unit).tolist()
            last = after - 1
        yield _window(first, last, inside[one:other])


def _window(first: int, last: int, rows: NDArray[np.intp]) -> Window:
    """Give the window from one day (counted from 1970) to another."""
    begins, ends = first * DAY, (last + 1) * DAY
    start, middle, stop = (
        datetime.fromtimestamp(second, UTC) for second in (begins, (begins + ends) // 2, ends - 1)
    )
    return Window(start, middle, stop, rows)


def placed(table: Table, rows: NDArray[np.intp], unit: Unit) -> NDArray[np.bool_]:
    """Tell which rows may be in a window: those with a date that is in one unit, as a whole.

    Statements are put in order by their days, so that a month or a year says too little.
    """
    return dated(table, rows, "days" if unit == "statements" else unit)


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
