"""How DNA 3.1.2 moves windows and kernels over time, for its figures to be had and compared."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Unit = Literal["days", "weeks", "months", "years"]
Kernel = Literal["uniform", "triangular", "epanechnikov", "gaussian"]

_SHORTEST = {"days": 1, "weeks": 7, "months": 28, "years": 365}


def moved(moment: datetime, unit: Unit, number: int) -> datetime:
    """Give the same hour some units later; a month after 31 January it is the last of February."""
    if unit in {"days", "weeks"}:
        return moment + timedelta(days=number * (7 if unit == "weeks" else 1))
    months = moment.year * 12 + moment.month - 1 + number * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def windows(
    first: datetime, last: datetime, unit: Unit, half: int
) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Give all windows of so many units to both sides of a middle, which is a unit later each.

    All lie between two moments; each is told by its start, its middle and its stop.
    """
    number = half
    longest = (last - first).days // _SHORTEST[unit] + 1
    while number + half <= longest and moved(first, unit, number + half) <= last:
        middle = moved(first, unit, number)
        yield moved(middle, unit, -half), middle, moved(middle, unit, half)
        number += 1


def half_window(width: int) -> int:
    """Give how far a window reaches to both sides; 2 and 3 units reach one."""
    return width // 2


def half_kernel(width: int) -> int:
    """Give how far a kernel reaches to both sides: an odd width is one more."""
    return (width + 1) // 2


def kernel_weights(
    seconds: NDArray[np.int64], middle: datetime, unit: Unit, half: int, kernel: Kernel
) -> NDArray[np.float64]:
    """Give what statements count for around a moment, by how many whole units they are from it.

    The triangle is not one: what comes later counts up to twice.
    """
    u = units_between(seconds, middle, unit) / half
    if kernel == "gaussian":
        return np.asarray(np.exp(-np.square(u) / 2) / np.sqrt(2 * np.pi))
    if kernel == "uniform":
        shape = np.full(len(u), 0.5)
    elif kernel == "triangular":
        shape = np.abs(1 - u)
    else:
        shape = 0.75 * (1 - np.square(u))
    return np.where(np.abs(u) <= 1, shape, 0.0)


def units_between(seconds: NDArray[np.int64], middle: datetime, unit: Unit) -> NDArray[np.int64]:
    """Give how many whole units a moment is later than statements."""
    if unit in {"days", "weeks"}:
        apart = int(middle.timestamp()) - seconds
        days = np.sign(apart) * (np.abs(apart) // 86_400)
        return np.asarray(days if unit == "days" else np.sign(days) * (np.abs(days) // 7))
    return np.array([_months(datetime.fromtimestamp(int(s), UTC), middle) for s in seconds]) // (
        1 if unit == "months" else 12
    )


def _months(one: datetime, other: datetime) -> int:
    """Give the whole months from one day to another, as ``java.time.Period`` has them."""
    total = (other.year - one.year) * 12 + other.month - one.month
    days = other.day - one.day
    if total > 0 and days < 0:
        return total - 1
    return total + 1 if total < 0 < days else total
