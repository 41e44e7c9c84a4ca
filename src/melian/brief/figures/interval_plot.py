"""Names with a figure each and its interval, from one pole to the other: positions, or shares."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SMALL, WIDTH, drawing, label, line
from melian.brief.figures.lettering import (
    LINE,
    figure_of,
    in_lines,
    note,
    pointed,
    quiet,
    shortened,
    told,
    widest,
)
from melian.brief.figures.marks import entry, legend, mark, mark_entry
from melian.brief.figures.scales import marks_on
from melian.case.wording import counted, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.brief.figures.marks import Entry

MOST = 50
NAMES = 190.0
FIGURES = 118.0
ROW = 21.0
TOLD = 3


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure of someone, and between what it lies; None where there is too little to tell."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    group: int | None = None


@dataclass(frozen=True, slots=True)
class IntervalTable:
    """What is drawn.

    Attributes:
        title: a headline.
        estimates: the rows.
        name: what the figures are: "position".
        left, right: what the poles mean, or "".
        groups: names of the groups.
        interval: what the lines are: "95% of draws".
        thin: why there is no figure where there is none.
        ranked: whether the rows are put in order of their figures; else they are as given.
        span: the ends of the scale; those of the figures, when left out.
    """

    title: str
    estimates: tuple[Estimate, ...]
    name: str
    left: str = ""
    right: str = ""
    groups: tuple[str, ...] = ()
    interval: str = "95% interval"
    thin: str = "too few statements"
    ranked: bool = True
    span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)


def interval_plot(given: IntervalTable, *, anchor: str = "interval-plot") -> Figure:
    """Give the picture; of more than 50 rows, those with the surest figures are drawn."""
    known = [each for each in given.estimates if each.value is not None]
    rows = _shown(given, known)
    alt, caption = _alt(given, known), _caption(given, known, rows)
    if not rows:
        text, height = note(alt, WIDTH, 4)
        svg = drawing(anchor, given.title, alt, [text], height=height)
        return Figure(anchor, given.title, caption, alt, svg)
    frame = _frame(given, rows)
    heads, top = _poles(given, frame)
    bottom = top + ROW * len(rows) + 4
    parts = [*heads, *_scale(given, frame, top, bottom)]
    for number, each in enumerate(rows):
        parts.append(_row(each, frame, top + ROW * (number + 0.5), _digits(rows)))
    signs, end = legend([*_legend(given, rows)], bottom + 40)
    svg = drawing(anchor, given.title, alt, [*parts, *signs], height=end)
    return Figure(anchor, given.title, caption, alt, svg)


def _shown(given: IntervalTable, known: Sequence[Estimate]) -> list[Estimate]:
    """Give those with the narrowest intervals, in the order to show."""
    places = sorted(range(len(known)), key=lambda n: (_width(known[n]), n))[:MOST]
    rows = [known[n] for n in sorted(places)]
    return sorted(rows, key=_value, reverse=True) if given.ranked else rows


def _width(each: Estimate) -> float:
    return 0.0 if each.low is None or each.high is None else each.high - each.low


def _value(each: Estimate) -> float:
    return each.value or 0.0


def _frame(given: IntervalTable, rows: Sequence[Estimate]) -> _Frame:
    ends = [v for each in rows for v in (each.value, each.low, each.high) if v is not None]
    low, high = given.span or (min(ends), max(ends))
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-6):
        low, high = low - 1, high + 1
    names = widest([shortened(name, NAMES) for name in (*(e.name for e in rows), given.name)])
    figures = widest([_figures(each, _digits(rows)) for each in rows])
    return _Frame(names + 20, WIDTH - max(figures, 30) - 18, low, high)


def _poles(given: IntervalTable, frame: _Frame) -> tuple[list[str], float]:
    """Write what the poles mean above the scale, each in its half."""
    if not given.left and not given.right:
        return [], 8.0
    room = (frame.right - frame.left) / 2 - 10
    sides = (
        (f"← {given.left}" if given.left else "", frame.left, "start"),
        (f"{given.right} →" if given.right else "", frame.right, "end"),
    )
    written = [(in_lines(text, room, 3), x, end) for text, x, end in sides if text]
    tall = max(len(lines) for lines, _, _ in written)
    parts = [
        label(lines, x, SMALL, paint="quiet", size=SMALL, text_anchor=end)
        for lines, x, end in written
    ]
    return parts, tall * LINE + 10


def _scale(given: IntervalTable, frame: _Frame, top: float, bottom: float) -> Iterator[str]:
    for value in marks_on(frame.low, frame.high):
        x = frame.x(value)
        zero = value == 0
        yield line(x, top, x, bottom, "quiet-edge" if zero else "line")
        yield quiet(figure_of(value), x, bottom + 13, text_anchor="middle")
    yield quiet(shortened(given.name, frame.left - 30), 0, bottom + 13)


def _digits(rows: Sequence[Estimate]) -> int:
    """Give so many decimals that a hundredth of the whole scale shows, and no more."""
    ends = [v for each in rows for v in (each.value, each.low, each.high) if v is not None]
    wide = max(ends, default=0.0) - min(ends, default=0.0)
    if all(float(end).is_integer() for end in ends):
        return 0
    return min(max(2 - floor(log10(wide)), 0), 6) if wide > 1e-6 else 2


def _figures(each: Estimate, digits: int) -> str:
    value = _fixed(each.value or 0.0, digits)
    if each.low is None or each.high is None:
        return value
    return f"{value} ({_fixed(each.low, digits)} to {_fixed(each.high, digits)})"


def _fixed(value: float, digits: int) -> str:
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")


def _row(each: Estimate, frame: _Frame, y: float, digits: int) -> str:
    parts = [
        label([shortened(each.name, NAMES)], 0, y + 4, size=SMALL),
        line(frame.left, y, frame.right, y, stroke_dasharray="1 3"),
    ]
    if each.low is not None and each.high is not None:
        low, high = frame.x(each.low), frame.x(each.high)
        parts += [line(low, y, high, y, "edge", stroke_width=1.5)]
        parts += [line(x, y - 3.5, x, y + 3.5, "edge", stroke_width=1.5) for x in (low, high)]
    group = 0 if each.group is None else each.group
    parts.append(mark(group, frame.x(each.value or 0.0), y, 4.5))
    parts.append(quiet(_figures(each, digits), frame.right + 14, y + 4))
    return pointed(f"{each.name}: {_figures(each, digits)}", *parts)


def _legend(given: IntervalTable, rows: Sequence[Estimate]) -> Iterator[Entry]:
    present = {each.group for each in rows}
    for number, name in enumerate(given.groups):
        if number in present:
            yield mark_entry(number, name)
    if any(each.low is not None for each in rows):
        yield entry(_whiskers, 26, given.interval)


def _whiskers(x: float, y: float) -> str:
    ends = (line(at, y - 7.5, at, y - 0.5, "edge", stroke_width=1.5) for at in (x, x + 26))
    return line(x, y - 4, x + 26, y - 4, "edge", stroke_width=1.5) + "".join(ends)


def _caption(given: IntervalTable, known: Sequence[Estimate], rows: Sequence[Estimate]) -> str:
    parts = []
    thin = len(given.estimates) - len(known)
    if thin:
        parts.append(f"{counted(thin, 'other')} without a figure: {given.thin}.")
    cut = len(known) - len(rows)
    if cut:
        verb = "is" if cut == 1 else "are"
        parts.append(f"{counted(cut, 'other')} with wider intervals {verb} not drawn.")
    return " ".join(parts)


def _alt(given: IntervalTable, known: Sequence[Estimate]) -> str:
    """Say who stands at either end, and whose intervals set them apart."""
    if not known:
        return f"{given.name[:1].upper()}{given.name[1:]} cannot be told: {given.thin}."
    ranked, digits = sorted(known, key=_value), _digits(known)
    name = f"{given.name[:1].upper()}{given.name[1:]}"
    if len(ranked) <= 2 * TOLD:
        said = [f"{told(e.name)} {_figures(e, digits)}" for e in reversed(ranked)]
        sentences = [f"{name}: {series(said)}."]
    else:
        high = [f"{told(e.name)} {_figures(e, digits)}" for e in ranked[: -TOLD - 1 : -1]]
        low = [f"{told(e.name)} {_figures(e, digits)}" for e in ranked[:TOLD]]
        sentences = [f"{name} of {len(ranked):,}, highest: {series(high)}; lowest: {series(low)}."]
    ends = (("left", given.left), ("right", given.right))
    poles = [f"{end}: {told(text)}" for end, text in ends if text]
    if poles:
        sentences.append(f"To the {'; to the '.join(poles)}.")
    return " ".join([*sentences, _caption(given, known, known)]).strip()
