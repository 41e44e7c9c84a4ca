"""What happened, and the days before and after it that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.statements.calendar import dated, day
from melian.discourse.statements.selection import DAY
from melian.discourse.statements.table import UNDATED
from melian.discourse.trends.timeline import coarse

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from melian.discourse.statements.calendar import CalendarUnit
    from melian.discourse.statements.table import Table
    from melian.discourse.trends.subject import Subject
    from melian.discourse.trends.timeline import Coarse


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; ``name`` reads on after "after".

    Attributes:
        id: what a case calls it, or its date.
        first, last: its first and its last day, counted from 1970.
        asks: what is asked about it besides all else.
    """

    id: str
    name: str
    first: int
    last: int
    asks: tuple[Subject, ...] = ()


@dataclass(frozen=True, eq=False)
class Sides:
    """The statements before an event, and those after it.

    Attributes:
        event: what happened; what was said on its days is on neither side.
        days: how many days there are before, and how many after.
        rows: the statements that were made in them, as rows of the table, in order.
        unsure: those whose dates do not say on which side they are, likewise.
        left_out: how many these are.
        unit: the shortest of days, months and years that the dates on both sides say.
    """

    event: Event
    days: tuple[int, int]
    rows: tuple[NDArray[np.intp], NDArray[np.intp]]
    unsure: NDArray[np.intp]
    left_out: Coarse
    unit: CalendarUnit = "days"

    @property
    def dates(self) -> tuple[date, date, date, date]:
        """The first and last day before, and the first and last day after."""
        first, last = self.event.first, self.event.last
        return day(first - self.days[0]), day(first - 1), day(last + 1), day(last + self.days[1])

    @property
    def all_rows(self) -> NDArray[np.intp]:
        """Those of both sides, in order."""
        return np.concatenate(self.rows)


def sides(
    table: Table,
    rows: NDArray[np.intp],
    event: Event,
    within: tuple[int, int],
    most: int | None = None,
) -> Sides:
    """Give the statements on both sides of an event.

    A statement is on a side where all that its date may mean is. There are as many days on one side
    as on the other: as many as there are, where that is not said.

    Args:
        table: the statements.
        rows: those that count.
        event: what happened.
        within: the first and the last day that are looked at, counted from 1970.
        most: how many days a side has; as many as lie within on either, at the most.
    """
    room = (max(event.first - within[0], 0), max(within[1] - event.last, 0))
    width = min(room) if most is None else most
    days = (min(room[0], width), min(room[1], width))
    first, last = (s[rows] // DAY for s in (table.seconds, table.last))
    dated = table.seconds[rows] != UNDATED
    before = dated & (first >= event.first - days[0]) & (last < event.first)
    after = dated & (first > event.last) & (last <= event.last + days[1])
    out = dated & ((last < event.first - days[0]) | (first > event.last + days[1]))
    out |= dated & (first >= event.first) & (last <= event.last)
    held = before | after
    left = coarse(table, rows[~out], held[~out])
    unit = _finest(table, rows[held])
    return Sides(event, days, (rows[before], rows[after]), rows[~out & ~held], left, unit)


def _finest(table: Table, rows: NDArray[np.intp]) -> CalendarUnit:
    tried: tuple[CalendarUnit, ...] = ("days", "months")
    fine = [unit for unit in tried if dated(table, rows, unit).all()]
    return fine[0] if fine else "years"
