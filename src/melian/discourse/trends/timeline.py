"""A calendar to count statements on, and the statements that it cannot hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from melian.case.wording import counted
from melian.discourse.statements.calendar import CALENDAR, dated, day, first_days, units
from melian.discourse.statements.selection import DAY
from melian.discourse.statements.table import UNDATED
from melian.problems import UsageError

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from melian.discourse.statements.calendar import CalendarUnit
    from melian.discourse.statements.table import Table

MOST = 10_000
"""So many units a timeline has, at the most."""

_DAYS_UP_TO = {"days": 184, "weeks": 1_096, "months": 7_305}  # half a year, three, twenty years
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Coarse:
    """How many statements are left out because of their dates, and of how many.

    Attributes:
        undated: those without a date.
        months, years: those that are dated to a month, or to a year or more, where that is too
            little.
        other: those with a date that reaches over where one unit ends.
        of: all that were looked at.
    """

    undated: int = 0
    months: int = 0
    years: int = 0
    other: int = 0
    of: int = 0

    @property
    def count(self) -> int:
        """How many are left out."""
        return self.undated + self.months + self.years + self.other

    @property
    def told(self) -> str:
        """The same as a sentence, or "".

        >>> Coarse(years=54, of=61).told
        '54 of 61 statements are dated to the year only.'
        """
        parts = {
            ("has", "have", "no date"): self.undated,
            ("is", "are", "dated to the month only"): self.months,
            ("is", "are", "dated to the year only"): self.years,
            ("has", "have", "a date that reaches too far"): self.other,
        }
        told = [
            f"{count:,} {one if count == 1 else many} {what}"
            for (one, many, what), count in sorted(parts.items(), key=_fewer)
            if count
        ]
        if not told:
            return ""
        first, _, rest = told[0].partition(" ")
        some = f"{first} of {counted(self.of, 'statement')} {rest}"
        return ", ".join([some, *told[1:]]) + "."


def _fewer(part: tuple[object, int]) -> int:
    return -part[1]


def coarse(table: Table, rows: NDArray[np.intp], held: NDArray[np.bool_]) -> Coarse:
    """Count what is left out of some rows, by how far the dates reach."""
    out = rows[~held]
    dateless = table.seconds[out] == UNDATED
    reach = (table.last[out] - table.seconds[out]) // DAY + 1
    months = ~dateless & (reach > 1) & (reach <= _LONGEST_MONTH)
    years = ~dateless & (reach > _LONGEST_MONTH)
    other = len(out) - int(dateless.sum() + months.sum() + years.sum())
    return Coarse(int(dateless.sum()), int(months.sum()), int(years.sum()), other, len(rows))


@dataclass(frozen=True, eq=False)
class Timeline:
    """Units of time, one after the other without gaps, and the statements in them.

    Attributes:
        unit: days, weeks from Monday on, calendar months or years.
        starts: the first day of each unit, counted from 1970, and of the one after the last.
        days: how many days of each unit lie between the first and the last day looked at.
        rows: of the table, those of the statements that fall into a unit, in order.
        places: the number of the unit of each.
        left_out: the others.
    """

    unit: CalendarUnit
    starts: NDArray[np.int64]
    days: NDArray[np.int64]
    rows: NDArray[np.intp]
    places: NDArray[np.int64]
    left_out: Coarse

    def __len__(self) -> int:
        """Count the units."""
        return len(self.days)

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """How many statements are in each unit."""
        return np.bincount(self.places, minlength=len(self))

    @cached_property
    def firsts(self) -> tuple[date, ...]:
        """The first day of each unit."""
        return tuple(day(start) for start in self.starts[:-1].tolist())

    def last_of(self, place: int) -> date:
        """Give the last day of a unit."""
        return day(int(self.starts[place + 1]) - 1)


def timeline(
    table: Table,
    rows: NDArray[np.intp],
    unit: CalendarUnit | None = None,
    span: tuple[int | None, int | None] = (None, None),
) -> Timeline:
    """Put statements on a calendar.

    Args:
        table: the statements.
        rows: those that count.
        unit: what is counted in; chosen so that there are some weeks, months or years to tell
            apart, when left out: the shortest that suits the span and that the dates allow.
        span: the first and the last second that are looked at; where one is None, that of the
            statements is taken.

    Raises:
        UsageError: that makes too many units.
    """
    chosen = unit or _suitable(table, rows)
    held = dated(table, rows, chosen)
    inside = rows[held]
    edges = _edges(table, inside, span)
    if not len(inside):
        nothing = np.zeros(0, dtype=np.int64)
        left = coarse(table, rows, held)
        return Timeline(chosen, np.zeros(1, np.int64), nothing, inside, nothing, left)
    numbers = units(table.seconds[inside] // DAY, chosen)
    first, last = units(np.array(edges), chosen).tolist()
    if last - first >= MOST:
        raise UsageError(
            f"That makes {last - first + 1:,} {chosen}; at most {MOST:,} are looked at. "
            "Take a longer unit (--unit), or a shorter time (--from, --until)."
        )
    starts = first_days(np.arange(first, last + 2), chosen)
    clipped = np.clip(starts, edges[0], edges[1] + 1)
    left = coarse(table, rows, held)
    return Timeline(chosen, starts, np.diff(clipped), inside, numbers - first, left)


def _edges(
    table: Table, inside: NDArray[np.intp], span: tuple[int | None, int | None]
) -> tuple[int, int]:
    """Give the first and the last day looked at; no statement lies outside."""
    if not len(inside):
        return 0, 0
    first, last = int(table.seconds[inside].min()), int(table.last[inside].max())
    start, until = span
    return (
        min(first, first if start is None else start) // DAY,
        max(last, last if until is None else until) // DAY,
    )


def _suitable(table: Table, rows: NDArray[np.intp]) -> CalendarUnit:
    """Choose a unit by the span, and take a longer one where the dates are too coarse for it."""
    known = rows[table.seconds[rows] != UNDATED]
    if not len(known):
        return "days"
    reach = int(table.last[known].max() - table.seconds[known].min()) // DAY + 1
    shortest = next((u for u, most in _DAYS_UP_TO.items() if reach <= most), "years")
    longer = CALENDAR[CALENDAR.index(shortest) :] if shortest in CALENDAR else CALENDAR
    held = {unit: dated(table, known, unit) for unit in longer}
    several = [u for u in longer if _several(table, known[held[u]], u)]
    most_held = [u for u in several if held[u].mean() >= 0.5]
    return next(iter(most_held), max(several or longer, key=lambda u: held[u].sum()))


def _several(table: Table, rows: NDArray[np.intp], unit: CalendarUnit) -> bool:
    return len(rows) > 0 and bool(np.ptp(units(table.seconds[rows] // DAY, unit)))
