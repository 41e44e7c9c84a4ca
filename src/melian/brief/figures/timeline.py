"""The timeline: how often each thing was said, unit by unit, one above the other on one axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SMALL, WIDTH, drawing, element, label, line, text_width
from melian.brief.figures.lettering import (
    LINE,
    figure_of,
    in_lines,
    note,
    pointed,
    quiet,
    shortened,
    some,
    told,
)
from melian.brief.figures.marks import entry, legend
from melian.brief.figures.time_axis import TimeScale, axis, span_of, spoken
from melian.case.wording import counted, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from melian.brief.figures.marks import Entry

MOST = 16
NAMES = 168.0
RIGHT = WIDTH - 40.0
RISE = 30.0
ROW = 46.0
FLAG, FLAG_ROW = 190.0, LINE + 2
TOLD = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, both days in it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Change:
    """A day from which on it was otherwise, and between which days that may have been."""

    day: date
    low: date
    high: date


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day that is marked, and what happened."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Counts:
    """A row of the timeline.

    Attributes:
        name: of what is counted.
        counts: one per unit of time.
        bursts: when it was said far more often than else.
        changes: since when it was said more, or less.
    """

    name: str
    counts: tuple[float, ...]
    bursts: tuple[Span, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn.

    Attributes:
        title: a headline.
        units: the stretches that are counted in, in order of time.
        rows: in the order to show, a count for each unit.
        milestones: what happened meanwhile.
        counted: what is counted: "statements".
        unit: what a unit is called: "week".
        left_out: a sentence on what was left out before.
    """

    title: str
    units: tuple[Span, ...]
    rows: tuple[Counts, ...]
    milestones: tuple[Milestone, ...] = ()
    counted: str = "statements"
    unit: str = "unit"
    left_out: str = ""


def timeline(given: Timeline, *, anchor: str = "timeline") -> Figure:
    """Give the picture; of more than 16 rows, the first are drawn, and the others counted."""
    rows = given.rows[:MOST]
    alt, caption = _alt(given, rows), _caption(given, rows)
    if not rows or not given.units:
        text, height = note(alt, WIDTH, 4)
        svg = drawing(anchor, given.title, alt, [text], height=height)
        return Figure(anchor, given.title, caption, alt, svg)
    first, last = span_of(day for unit in given.units for day in (unit.first, unit.last))
    scale = TimeScale(first, last, NAMES + 12, RIGHT)
    flags, top = flagged(given.milestones, scale)
    bottom = top + ROW * len(rows)
    parts = [*axis(scale, top, bottom), *flag_lines(given.milestones, scale, top, bottom), *flags]
    for number, row in enumerate(rows):
        parts += _row(given, row, scale, top + ROW * (number + 1) - 6)
    signs, end = legend([*_legend(given, rows)], bottom + 36)
    svg = drawing(anchor, given.title, alt, [*parts, *signs], height=end)
    return Figure(anchor, given.title, caption, alt, svg)


def flagged(milestones: Sequence[Milestone], scale: TimeScale) -> tuple[list[str], float]:
    """Write milestones in as many rows as it takes that none covers another; give where they end.

    Those before the first day or after the last are not drawn.
    """
    ends: list[float] = []
    stems, texts = [], []
    for each in sorted(within(milestones, scale), key=lambda m: (m.day, m.label)):
        x = scale.x(each.day)
        text = shortened(each.label, FLAG)
        wide = text_width(text, SMALL)
        left = min(x, WIDTH - wide - 4)
        # Below all that reach as far as here, so that no line runs through what they say.
        row = 1 + max((n for n, end in enumerate(ends) if end > left - 10), default=-1)
        ends[row : row + 1] = [left + wide]
        stems.append((x, row * FLAG_ROW + SMALL + 3))
        texts.append(_flag(each, text, left, row * FLAG_ROW))
    foot = len(ends) * FLAG_ROW + 6
    return [*(_stem(x, top, foot) for x, top in stems), *texts], foot


def _stem(x: float, top: float, foot: float) -> str:
    return line(x, top, x, foot, "edge", stroke_width=0.8, stroke_dasharray="1 2")


def _flag(each: Milestone, text: str, x: float, y: float) -> str:
    ground = element(
        "rect", x=x - 1, y=y, width=text_width(text, SMALL) + 2, height=FLAG_ROW, paint="paper"
    )
    said = f"{spoken(each.day)}: {each.label}"
    return pointed(said, ground, label([text], round(x, 1), y + SMALL, size=SMALL))


def flag_lines(
    milestones: Sequence[Milestone], scale: TimeScale, top: float, bottom: float
) -> Iterator[str]:
    """Draw the days of milestones through all rows."""
    for each in within(milestones, scale):
        x = scale.x(each.day)
        yield _stem(x, top, bottom)


def within(milestones: Sequence[Milestone], scale: TimeScale) -> list[Milestone]:
    """Give those that happened while it is drawn."""
    return [each for each in milestones if scale.first <= each.day <= scale.last]


def _row(given: Timeline, row: Counts, scale: TimeScale, base: float) -> Iterator[str]:
    lines = in_lines(row.name, NAMES)
    most = max(row.counts, default=0) or 1.0
    yield pointed(
        f"{row.name}: {figure_of(sum(row.counts))} {given.counted}",
        label(lines, 0, base - 18 - (len(lines) - 1) * LINE / 2, size=SMALL),
    )
    for burst in row.bursts:
        yield _burst(burst, scale, base)
    yield line(scale.left, base, scale.right, base, "line")
    for unit, count in zip(given.units, row.counts, strict=False):
        if count > 0:
            yield _bar(unit, count / most, scale, base)
    for change in row.changes:
        yield _change(scale.x(change.day), scale.x(change.low), scale.end(change.high), base)
    yield quiet(figure_of(most), scale.right + 6, base - RISE + 8)


def _burst(burst: Span, scale: TimeScale, base: float) -> str:
    x, end = scale.x(burst.first), scale.end(burst.last)
    return element(
        "g",
        element("rect", x=x, y=base - RISE - 5, width=end - x, height=RISE + 5, paint="wash"),
        line(x, base - RISE - 5, end, base - RISE - 5, "accent-edge", stroke_width=2.0),
    )


def _bar(unit: Span, share: float, scale: TimeScale, base: float) -> str:
    x, end = scale.x(unit.first), scale.end(unit.last)
    gap = 1.0 if end - x > 4 else 0.0
    tall = round(share * RISE, 1)
    return element(
        "rect",
        x=round(x + gap / 2, 1),
        y=base - tall,
        width=round(max(end - x - gap, 1.0), 1),
        height=tall,
        paint="mover-1",
        fill_opacity=0.85,
    )


def _change(x: float, low: float, high: float, base: float) -> str:
    """Draw a day of change: a diamond below the bars, with whiskers to where it may have been."""
    y = base + 1
    return element(
        "g",
        line(low, y, high, y, "edge", stroke_width=1.25),
        line(low, y - 3, low, y + 3, "edge", stroke_width=1.25),
        line(high, y - 3, high, y + 3, "edge", stroke_width=1.25),
        element("path", d=f"M{x} {y - 5}l5 5l-5 5l-5 -5z", paint="paper edge", stroke_width=1.5),
    )


def _legend(given: Timeline, rows: Sequence[Counts]) -> Iterator[Entry]:
    yield entry(_bar_sign, 16, f"{given.counted} per {given.unit}; at the right, the most")
    if any(row.bursts for row in rows):
        yield entry(_burst_sign, 22, "burst")
    if any(row.changes for row in rows):
        yield entry(_change_sign, 30, "change point, and where it may lie")


def _bar_sign(x: float, y: float) -> str:
    return "".join(
        element(
            "rect", x=x + n * 5, y=y - h, width=4.0, height=h, paint="mover-1", fill_opacity=0.85
        )
        for n, h in enumerate((5.0, 9.0, 7.0))
    )


def _burst_sign(x: float, y: float) -> str:
    ground = element("rect", x=x, y=y - 10, width=22.0, height=11.0, paint="wash")
    return ground + line(x, y - 10, x + 22, y - 10, "accent-edge", stroke_width=2.0)


def _change_sign(x: float, y: float) -> str:
    return _change(x + 15, x + 2, x + 28, y - 5)


def _caption(given: Timeline, rows: Sequence[Counts]) -> str:
    parts = ["Each row has a scale of its own."] if len(rows) > 1 else []
    cut = len(given.rows) - len(rows)
    if cut:
        parts.append(f"{counted(cut, 'other')} {'is' if cut == 1 else 'are'} not drawn.")
    if given.units and rows:
        parts.append(outside(given.milestones, given.units[0].first, given.units[-1].last))
    return " ".join(part for part in (*parts, given.left_out) if part)


def outside(milestones: Sequence[Milestone], first: date, last: date) -> str:
    """Say how many milestones are not drawn, as they are before or after what is."""
    away = sum(not first <= each.day <= last for each in milestones)
    verb = "is" if away == 1 else "are"
    return f"{counted(away, 'milestone')} before or after {verb} not drawn." if away else ""


def _alt(given: Timeline, rows: Sequence[Counts]) -> str:
    """Say of the first rows when each is said most, and what bursts and changes."""
    if not rows or not given.units:
        return f"There are no dated {given.counted}."
    sentences = [_in_words(given, row) for row in rows[:TOLD]]
    if len(rows) > TOLD:
        sentences.append(f"Also drawn: {some([row.name for row in rows[TOLD:]])}.")
    if given.milestones:
        sentences.append(f"Marked: {some([each.label for each in given.milestones], 3)}.")
    return " ".join(sentences)


def _in_words(given: Timeline, row: Counts) -> str:
    most = max(row.counts, default=0)
    if most <= 0:
        return f"{told(row.name)}: never."
    unit = given.units[row.counts.index(most)]
    said = [
        (
            f"{figure_of(sum(row.counts))} {given.counted}, most in the {given.unit} from "
            f"{spoken(unit.first)} ({figure_of(most)})"
        )
    ]
    if row.bursts:
        said.append(f"a burst from {spoken(row.bursts[0].first)}")
    if row.changes:
        said.append(f"a change on {series([spoken(each.day) for each in row.changes[:2]])}")
    return f"{told(row.name)}: {', '.join(said)}."
