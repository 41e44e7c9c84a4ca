"""How inconsistent each party was from day to day: one step line a party, over one time axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SIZE, SMALL, WIDTH, drawing, element, label, line, wrap
from melian.case.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEFT = 150.0
RIGHT = 168.0
ROW = 58.0
RISE = 34.0
TICKS = 6
MOST_TOLD = 12
DAYS_OF_A_MONTH = 31


@dataclass(frozen=True, slots=True)
class Step:
    """From a day on, how inconsistent a party was, and what would have mended it."""

    day: date
    value: float
    records: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """A party with its steps, in order of their days; the first is on the first day drawn."""

    name: str
    steps: tuple[Step, ...]


def inconsistency_steps(
    rows: Sequence[StepRow], until: date, *, anchor: str = "inconsistency"
) -> Figure:
    """Give the chart.

    Args:
        rows: the parties, in the order to show, each with at least one step.
        until: the last day drawn.
        anchor: id of the figure.
    """
    first = min(row.steps[0].day for row in rows)
    scale = _Scale(first, until, max(step.value for row in rows for step in row.steps) or 1.0)
    parts: list[str] = [*_ticks(scale, 24 + ROW * len(rows))]
    for number, row in enumerate(rows):
        parts += _row(row, scale, 24 + ROW * number)
    title = "How far each position did not hold together, and since when"
    alt = " ".join(_in_words(row) for row in rows)
    caption = (
        "The line is the sum, over the findings in force on a day, of one over the number of "
        "commitments in each; it falls only where something was taken back or had ended."
    )
    height = 24 + ROW * len(rows) + 8
    return Figure(anchor, title, caption, alt, drawing(anchor, title, alt, parts, height=height))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to the right, values upwards."""

    first: date
    last: date
    most: float

    def x(self, day: date) -> float:
        whole = max((self.last - self.first).days, 1)
        return LEFT + (day - self.first).days / whole * (WIDTH - LEFT - RIGHT)

    def y(self, value: float, base: float) -> float:
        return base - value / self.most * RISE


def _ticks(scale: _Scale, bottom: float) -> Iterator[str]:
    days = _tick_days(scale.first, scale.last)
    by_month = len({day.year for day in days}) < len(days)
    for day in days:
        x = scale.x(day)
        text = f"{day:%b %Y}" if by_month else str(day.year)
        yield line(x, 20, x, bottom)
        yield label([text], x, 14, paint="quiet", size=SMALL, text_anchor="middle")


def _tick_days(first: date, last: date) -> list[date]:
    """Give first days of months or years between two days, a handful of them."""
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    if len(months) > 2 * 12:
        months = [day for day in months if day.month == 1]
    step = -(-len(months) // TICKS) or 1
    return months[::step]


def _row(row: StepRow, scale: _Scale, top: float) -> Iterator[str]:
    base = top + ROW - 12
    last = row.steps[-1]
    yield line(0, base, WIDTH, base)
    yield label(wrap(row.name, LEFT - 16), 0, base - RISE + SIZE)
    yield element(
        "path", d=_path(row, scale, base), paint="accent-edge", fill="none", stroke_width=2.0
    )
    yield label(
        [f"{last.value:.2f}", f"{counted(last.records, 'record')} to take back"],
        WIDTH - RIGHT + 10,
        min(scale.y(last.value, base) + 4, base - 18),
        paint="quiet",
        size=SMALL,
    )


def _path(row: StepRow, scale: _Scale, base: float) -> str:
    start = row.steps[0]
    parts = [f"M{scale.x(start.day):.1f} {scale.y(start.value, base):.1f}"]
    for _, step in pairwise(row.steps):
        parts.append(f"H{scale.x(step.day):.1f}V{scale.y(step.value, base):.1f}")
    return "".join([*parts, f"H{scale.x(scale.last):.1f}"])


def _in_words(row: StepRow) -> str:
    """Tell every step, or of very many the first, the highest and the last."""
    first, last = row.steps[0], row.steps[-1]
    mended = f"{counted(last.records, 'record')} to take back"
    if len(row.steps) == 1:
        return f"{row.name}: {first.value:.2f} throughout, {mended}."
    told = row.steps[1:]
    if len(told) > MOST_TOLD:
        told = (told[0], max(told, key=lambda step: step.value), last)
    begins = f"{first.value:.2f} at first" if first.value else "nothing at first"
    steps = ", ".join(f"{step.value:.2f} from {_day(step.day)}" for step in told)
    return f"{row.name}: {begins}, {steps} on, {mended}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
