"""Days, weeks from Monday on, calendar months and years, and which dates fall into one of them.

A date may be a month or a year only. Such a statement was made on some day of it, nobody knows
which: it falls into a unit of time where the whole of its date does, and into none elsewhere.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from melian.discourse.statements.selection import DAY
from melian.discourse.statements.table import UNDATED

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from melian.discourse.statements.table import Table

CalendarUnit = Literal["days", "weeks", "months", "years"]
CALENDAR: tuple[CalendarUnit, ...] = get_args(CalendarUnit)

_CODES = {"days": "D", "weeks": "W", "months": "M", "years": "Y"}
_MONDAY = 3  # days: numpy's weeks begin on Thursdays, as 1970 did


def units(days: NDArray[np.int64], unit: CalendarUnit) -> NDArray[np.int64]:
    """Number the unit that each day (counted from 1970) is in, without gaps."""
    if unit == "weeks":
        return np.asarray((days + _MONDAY) // 7)
    named = days.astype("datetime64[D]").astype(f"datetime64[{_CODES[unit]}]")
    return np.asarray(named.astype(np.int64))


def first_days(numbers: NDArray[np.int64], unit: CalendarUnit) -> NDArray[np.int64]:
    """Give the first day, counted from 1970, of each of these units."""
    if unit == "weeks":
        return np.asarray(numbers * 7 - _MONDAY)
    moments = numbers.astype(f"datetime64[{_CODES[unit]}]")
    return np.asarray(moments.astype("datetime64[D]").astype(np.int64))


def day(number: int) -> date:
    """Give the day of the calendar that is so many days after 1 January 1970."""
    return datetime.fromtimestamp(number * DAY, UTC).date()


def dated(table: Table, rows: NDArray[np.intp], unit: CalendarUnit) -> NDArray[np.bool_]:
    """Tell which rows have a date, all of which is in one unit."""
    first, last = (units(s[rows] // DAY, unit) for s in (table.seconds, table.last))
    return np.asarray((table.seconds[rows] != UNDATED) & (first == last))
