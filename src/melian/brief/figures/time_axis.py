"""The axis of time: days to the right, and ticks where the calendar has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from melian.brief.drawing import SMALL, line, text_width
from melian.brief.figures.lettering import quiet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TICK_ROOM = 16.0
WEEK = 7
STEPS: tuple[tuple[str, int], ...] = (
    ("days", 1),
    ("days", 2),
    ("weeks", 1),
    ("weeks", 2),
    ("months", 1),
    ("months", 3),
    ("months", 6),
    ("years", 1),
    ("years", 2),
    ("years", 5),
    ("years", 10),
    ("years", 20),
    ("years", 50),
    ("years", 100),
    ("years", 200),
    ("years", 500),
)
"""Calendar units that ticks are apart; the first whose words have room is taken."""


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from left to right; a day is as wide as its share of the whole.

    Attributes:
        first, last: the first and the last day that are drawn, both whole.
        left, right: between which x.
    """

    first: date
    last: date
    left: float
    right: float

    @property
    def days(self) -> int:
        """How many days are drawn."""
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        """Give where a day begins, kept within the picture."""
        share = (day - self.first).days / self.days
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)

    def end(self, day: date) -> float:
        """Give where a day ends."""
        share = ((day - self.first).days + 1) / self.days
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)


def ticks(scale: TimeScale) -> list[tuple[date, str]]:
    """Give days that begin a unit of the calendar, so many as have room, with what to write."""
    for unit, step in STEPS:
        if _far_apart(unit, step) * 0.9 > scale.days:
            continue
        found = _named(unit, list(_begun(unit, step, scale)))
        if _fit([scale.x(day) for day, _ in found], [text for _, text in found]):
            return found
    return []


def _far_apart(unit: str, step: int) -> int:
    """Give about how many days lie between two ticks."""
    return {"days": 1, "weeks": WEEK, "months": 30, "years": 365}[unit] * step


def _begun(unit: str, step: int, scale: TimeScale) -> Iterator[date]:
    if scale.days // _far_apart(unit, step) > 200:
        return  # they would not fit anyhow
    if unit in {"days", "weeks"}:
        apart = _far_apart(unit, step)
        late = (scale.first.toordinal() - 1) % WEEK if unit == "weeks" else 0
        start = scale.first.toordinal() + (-late % WEEK if late else 0)
        for number in range(start, scale.last.toordinal() + 1, apart):
            yield date.fromordinal(number)
        return
    for year in range(scale.first.year, scale.last.year + 1):
        months = range(1, 13, step) if unit == "months" else [1] * (year % step == 0)
        yield from (
            day
            for day in (date(year, month, 1) for month in months)
            if scale.first <= day <= scale.last
        )


def _named(unit: str, days: list[date]) -> list[tuple[date, str]]:
    """Write days, with the year where it is another than before."""
    found = []
    year = 0
    for day in days:
        begun = f"{day:%b}" if unit == "months" else f"{day.day} {day:%b}"
        text = str(day.year) if unit == "years" else begun
        found.append((day, f"{text} {day.year}" if unit != "years" and day.year != year else text))
        year = day.year
    return found


def _fit(places: list[float], texts: list[str]) -> bool:
    ends = [
        (x - text_width(t, SMALL) / 2, x + text_width(t, SMALL) / 2)
        for x, t in zip(places, texts, strict=True)
    ]
    return bool(ends) and all(b[0] - a[1] >= TICK_ROOM for a, b in pairwise(ends))


def axis(scale: TimeScale, top: float, bottom: float) -> Iterator[str]:
    """Draw hairlines at the ticks from ``top`` down, and write below them what they are.

    What is written takes 20 px below ``bottom``; without room for any tick, the first and the last
    day are written.
    """
    found = ticks(scale) or [(scale.first, spoken(scale.first))]
    for day, text in found:
        x = scale.x(day)
        yield line(x, top, x, bottom)
        half = text_width(text, SMALL) / 2
        middle = min(max(x, scale.left - 30 + half), scale.right + 20 - half)
        yield quiet(text, round(middle, 1), bottom + 16, text_anchor="middle")
    yield line(scale.left, bottom, scale.right, bottom, "quiet-edge")


def spoken(day: date) -> str:
    """Write a day in words."""
    return f"{day.day} {day:%B} {day.year}"


def span_of(days: Iterable[date]) -> tuple[date, date]:
    """Give the first and the last of some days; of none, two days of no meaning."""
    found = sorted(days)
    if not found:
        return date(2000, 1, 1), date(2000, 1, 2)
    return found[0], max(found[-1], found[0] + timedelta(days=1))
