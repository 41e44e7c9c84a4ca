"""A figure over time: one line with the band of its interval, broken where data are too thin."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SMALL, WIDTH, drawing, element, line, text_width
from melian.brief.figures.lettering import figure_of, note, quiet, shortened
from melian.brief.figures.marks import entry, legend
from melian.brief.figures.time_axis import TimeScale, axis, span_of, spoken
from melian.brief.figures.timeline import flag_lines, flagged, outside
from melian.case.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from melian.brief.figures.marks import Entry
    from melian.brief.figures.timeline import Milestone

TALL = 180.0
LEFT = 52.0
RIGHT = WIDTH - 24.0
TICKS = 4


@dataclass(frozen=True, slots=True)
class Level:
    """A figure at a time: that of the window around a day; None where data are too thin for one.

    It may be there, and not mean much: then it is not firm, and its dot is hollow.
    """

    day: date
    value: float | None
    low: float | None = None
    high: float | None = None
    firm: bool = True


@dataclass(frozen=True, slots=True)
class LevelLine:
    """What is drawn.

    Attributes:
        title: a headline.
        levels: in order of time.
        name: what the figure is: "polarisation".
        bottom, top: the ends of its scale, and what they mean: (0.0, "one camp").
        milestones: what happened meanwhile.
        interval: what the band is: "95% of draws".
        thin: why there is no figure where there is none: "fewer than 20 statements".
        loose: what it means if a figure is not firm.
    """

    title: str
    levels: tuple[Level, ...]
    name: str
    bottom: tuple[float, str] = (0.0, "")
    top: tuple[float, str] = (1.0, "")
    milestones: tuple[Milestone, ...] = ()
    interval: str = "95% interval"
    thin: str = "too few statements"
    loose: str = "no more than chance"


@dataclass(frozen=True, slots=True)
class _Frame:
    scale: TimeScale
    low: float
    high: float
    upper: float
    lower: float

    def y(self, value: float) -> float:
        """Give how far down a figure is, kept within the picture."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return round(self.lower - min(max(share, 0.0), 1.0) * (self.lower - self.upper), 1)


def level_line(given: LevelLine, *, anchor: str = "level-line") -> Figure:
    """Give the picture: the line, its band, and gaps where there is no figure."""
    alt = _alt(given)
    known = [level for level in given.levels if level.value is not None]
    caption = _caption(given, len(given.levels) - len(known))
    if not known:
        text, height = note(alt, WIDTH, 4)
        svg = drawing(anchor, given.title, alt, [text], height=height)
        return Figure(anchor, given.title, caption, alt, svg)
    first, last = span_of(level.day for level in given.levels)
    scale = TimeScale(first, last, LEFT, RIGHT)
    flags, top = flagged(given.milestones, scale)
    upper = top + 22
    frame = _Frame(scale, given.bottom[0], given.top[0], upper, upper + TALL)
    parts = [*_thin(given.levels, frame), *flag_lines(given.milestones, scale, top, frame.lower)]
    parts += [*flags, *_values(given, frame), *axis(scale, upper, frame.lower)]
    for has, run in groupby(given.levels, key=lambda level: level.value is not None):
        if has:
            parts += _run(list(run), frame)
    signs, end = legend([*_legend(given)], frame.lower + 42)
    svg = drawing(anchor, given.title, alt, [*parts, *signs], height=end)
    return Figure(anchor, given.title, caption, alt, svg)


def _values(given: LevelLine, frame: _Frame) -> Iterator[str]:
    """Draw the scale at the left, and what its ends mean above and below."""
    for step in range(TICKS + 1):
        value = frame.low + (frame.high - frame.low) * step / TICKS
        y = frame.y(value)
        yield line(LEFT, y, RIGHT, y)
        yield quiet(figure_of(round(value, 4)), LEFT - 6, y + 4, text_anchor="end")
    name = f"{given.name}, {given.top[1]}" if given.top[1] else given.name
    yield _grounded(shortened(f"↑ {name}", WIDTH - 8), 1, frame.upper - 10)
    if given.bottom[1]:
        text = shortened(given.bottom[1], RIGHT - LEFT - 12)
        yield _grounded(text, LEFT + 5, frame.lower - 5)


def _grounded(text: str, x: float, y: float) -> str:
    """Write on a ground of its own, so that no line runs through it."""
    wide = text_width(text, SMALL) + 2
    box = {"x": x - 1, "y": y - SMALL, "width": wide, "height": SMALL + 4}
    return element("rect", paint="paper", fill_opacity=0.82, **box) + quiet(text, x, y)


def _thin(levels: Sequence[Level], frame: _Frame) -> Iterator[str]:
    """Shade where there is no figure, half way to its neighbours."""
    for place, level in enumerate(levels):
        if level.value is None:
            before, after = levels[max(place - 1, 0)], levels[min(place + 1, len(levels) - 1)]
            x = (frame.scale.x(before.day) + frame.scale.x(level.day)) / 2
            end = (frame.scale.x(level.day) + frame.scale.x(after.day)) / 2
            yield _shade(x, end, frame.upper, frame.lower - frame.upper)


def _shade(x: float, end: float, y: float, tall: float) -> str:
    return element("rect", x=x, y=y, width=max(end - x, 1.0), height=tall, paint="wash")


def _run(levels: Sequence[Level], frame: _Frame) -> Iterator[str]:
    """Draw what hangs together: the band, the line, and a dot at each figure."""
    banded = [level for level in levels if level.low is not None and level.high is not None]
    if len(banded) == 1:
        x = frame.scale.x(banded[0].day)
        low, high = frame.y(banded[0].low or 0.0), frame.y(banded[0].high or 0.0)
        yield line(x, low, x, high, "mover-1-edge", stroke_width=5.0, stroke_opacity=0.25)
    elif banded:
        upper = [(frame.scale.x(each.day), frame.y(each.high or 0.0)) for each in banded]
        lower = [(frame.scale.x(each.day), frame.y(each.low or 0.0)) for each in banded]
        yield element(
            "path", d=_path([*upper, *lower[::-1]]) + "z", paint="mover-1", fill_opacity=0.2
        )
    points = [(frame.scale.x(each.day), frame.y(each.value or 0.0)) for each in levels]
    yield element("path", d=_path(points), fill="none", paint="mover-1-edge", stroke_width=2.0)
    small = 2.5 if len(points) <= 60 else 1.2
    for (x, y), level in zip(points, levels, strict=True):
        yield _dot(x, y, small, firm=level.firm)


def _dot(x: float, y: float, radius: float, *, firm: bool) -> str:
    """Draw a dot, hollow if its figure does not mean much."""
    if firm:
        return element("circle", cx=x, cy=y, r=radius, paint="mover-1")
    wide = round(radius + 0.7, 1)
    return element("circle", cx=x, cy=y, r=wide, paint="paper mover-1-edge", stroke_width=1.25)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _legend(given: LevelLine) -> Iterator[Entry]:
    yield entry(
        lambda x, y: line(x, y - 4, x + 24, y - 4, "mover-1-edge", stroke_width=2.0), 24, given.name
    )
    if any(level.low is not None for level in given.levels):
        yield entry(_band_sign, 24, given.interval)
    if _loose(given):
        yield entry(lambda x, y: _dot(x + 4, y - 4, 2.5, firm=False), 8, given.loose)
    if any(level.value is None for level in given.levels):
        yield entry(lambda x, y: _shade(x, x + 24, y - 10, 12.0), 24, given.thin)


def _band_sign(x: float, y: float) -> str:
    return element(
        "rect", x=x, y=y - 10, width=24.0, height=12.0, paint="mover-1", fill_opacity=0.2
    )


def _loose(given: LevelLine) -> list[Level]:
    return [level for level in given.levels if level.value is not None and not level.firm]


def _caption(given: LevelLine, gaps: int) -> str:
    parts = []
    if gaps:
        many = f"{counted(gaps, 'window')} of {len(given.levels):,}"
        parts.append(f"{many} without a figure: {given.thin}.")
    if _loose(given):
        many = f"{counted(len(_loose(given)), 'window')} of {len(given.levels):,}"
        parts.append(f"{many}: {given.loose}.")
    if gaps < len(given.levels):
        parts.append(outside(given.milestones, given.levels[0].day, given.levels[-1].day))
    return " ".join(part for part in parts if part)


def _alt(given: LevelLine) -> str:
    """Say where the line begins and ends, and when it is highest and lowest."""
    known = [(level.value, level.day) for level in given.levels if level.value is not None]
    if not known:
        return f"{given.name[:1].upper()}{given.name[1:]} cannot be told: {given.thin}."
    first, last, top, low = known[0], known[-1], max(known), min(known)
    name = f"{given.name[:1].upper()}{given.name[1:]}"
    if len(known) == 1:
        said = f"{name}: {figure_of(first[0])} on {spoken(first[1])}."
    else:
        said = (
            f"{name}: {figure_of(first[0])} on {spoken(first[1])}, {figure_of(last[0])} on "
            f"{spoken(last[1])}; highest on {spoken(top[1])} ({figure_of(top[0])}), lowest on "
            f"{spoken(low[1])} ({figure_of(low[0])})."
        )
    return f"{said} {_caption(given, len(given.levels) - len(known))}".strip()
