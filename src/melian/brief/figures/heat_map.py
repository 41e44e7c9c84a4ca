"""The heat map: signed figures of rows by columns, which grey print and any eye can tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import floor, isfinite, log10
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SMALL, WIDTH, drawing, element, label, line, text_width
from melian.brief.figures.lettering import (
    LINE,
    figure_of,
    in_lines,
    note,
    pointed,
    shortened,
    told,
    widest,
)
from melian.brief.figures.marks import entry, legend
from melian.case.wording import counted, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.brief.figures.marks import Entry

MOST_ROWS, MOST_COLUMNS = 40, 28
NARROW, BROAD = 18.0, 46.0
NAMES = 172.0
ROW = 20.0
HEAD = 196.0
STEPS = (0.1, 0.24, 0.42, 0.82, 1.0)
"""How opaque each step of the scale is: below the fourth, ink stands on it; from it on, paper."""

DARK = 3
SKEWED = 6.0
TOLD = 3
ASIDE = 0.01
"""Figures that differ by less than such a share of the largest are one step."""


@dataclass(frozen=True, slots=True)
class HeatName:
    """A row or column: what it is called, and the group it stands in, or ""."""

    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class HeatTable:
    """What is drawn.

    Attributes:
        title: a headline.
        rows, columns: in the order to show; neighbours of one group stand together.
        cells: per row and column its figure; None where there is nothing to compare.
        above, below: what figures above and below zero say: "agreement", "clash".
        unit: what figures count: "pairs of statements".
        left_out: sentences on what was left out before.
    """

    title: str
    rows: tuple[HeatName, ...]
    columns: tuple[HeatName, ...]
    cells: tuple[tuple[float | None, ...], ...]
    above: str = "agreement"
    below: str = "clash"
    unit: str = "pairs of statements"
    left_out: str = ""

    @property
    def square(self) -> bool:
        """Whether rows and columns are the same, so that the diagonal says nothing."""
        return self.rows == self.columns


@dataclass(frozen=True, slots=True)
class _Frame:
    """The measures of the picture."""

    left: float
    top: float
    step: float
    columns: int
    plain: bool  # no numbers, for want of room

    @property
    def right(self) -> float:
        return self.left + self.columns * self.step


def heat_map(given: HeatTable, *, anchor: str = "heat-map") -> Figure:
    """Give the picture; of more than 40 rows or 28 columns, those with the largest figures."""
    table, cut = _cut(given)
    alt = _alt(table, cut)
    if not table.rows or not table.columns:
        text, height = note("There is nothing to compare.", WIDTH, 4)
        return Figure(
            anchor, given.title, "", alt, drawing(anchor, given.title, alt, [text], height=height)
        )
    limits = _limits([abs(cell) for row in table.cells for cell in row if cell])
    frame = _frame(table)
    parts = [*_heads(table, frame)]
    body, bottom = _body(table, frame, limits)
    signs, end = _legends(table, limits, bottom, plain=frame.plain)
    parts += [*body, *signs]
    caption = " ".join(part for part in (f"Figures are {table.unit}.", cut) if part)
    svg = drawing(anchor, given.title, alt, parts, height=end)
    return Figure(anchor, given.title, caption, alt, svg)


def _cut(table: HeatTable) -> tuple[HeatTable, str]:
    """Leave out the rows and columns with the smallest figures, and say how many."""
    wide = _largest([_total(column) for column in zip(*table.cells, strict=True)], MOST_COLUMNS)
    tall = wide if table.square else _largest([_total(row) for row in table.cells], MOST_ROWS)
    if not table.cells:
        tall = wide = []
    kept = HeatTable(
        table.title,
        tuple(table.rows[n] for n in tall),
        tuple(table.columns[n] for n in wide),
        tuple(tuple(_finite(table.cells[n][m]) for m in wide) for n in tall),
        table.above,
        table.below,
        table.unit,
    )
    what = "row and column" if table.square else "row"
    left = [(len(table.rows) - len(tall), what)]
    if not table.square:
        left.append((len(table.columns) - len(wide), "column"))
    parts = [counted(number, what) for number, what in left if number and table.cells]
    parts = [part.replace("row and columns", "rows and columns") for part in parts]
    cut = f"{series(parts)} with smaller figures left out." if parts else ""
    return kept, " ".join(part for part in (cut, table.left_out) if part)


def _finite(cell: float | None) -> float | None:
    return cell if cell is not None and isfinite(cell) else None


def _total(cells: Sequence[float | None]) -> float:
    return sum(abs(cell) for cell in cells if cell is not None and isfinite(cell))


def _largest(totals: Sequence[float], most: int) -> list[int]:
    ranked = sorted(range(len(totals)), key=lambda n: -totals[n])[:most]
    return sorted(ranked)


def _limits(sizes: Sequence[float]) -> list[float]:
    """Give the upper end of each step: even, or by squares where a few figures dwarf the others."""
    if not sizes:
        return []
    most, middle = max(sizes), sorted(sizes)[len(sizes) // 2]
    power = 2 if most > SKEWED * middle else 1
    many = len(STEPS)
    rough = [most * (step / many) ** power for step in range(1, many)]
    whole = all(size.is_integer() for size in map(float, sizes))
    rounded = dict.fromkeys(_round(limit, whole=whole) for limit in rough)
    return [*(limit for limit in rounded if limit < most), most]


def _round(value: float, *, whole: bool) -> float:
    """Round to two digits, and up to whole numbers where all figures are."""
    digits = 1 - floor(log10(value)) if value > 0 else 0
    rounded = round(value, digits)
    return float(max(round(rounded), 1)) if whole else rounded


def _step(cell: float, limits: Sequence[float]) -> int:
    """Give the step of a figure: with fewer limits than steps, the last are taken."""
    place = next((n for n, limit in enumerate(limits) if abs(cell) <= limit), len(limits) - 1)
    return place + (len(STEPS) - len(limits)) if len(limits) > 1 else DARK


def _frame(table: HeatTable) -> _Frame:
    columns = len(table.columns)
    names = widest([shortened(row.label, NAMES) for row in table.rows])
    left = min(names + 10, NAMES)
    step = min(max((WIDTH - left) / columns, NARROW), BROAD)
    cells = [figure_of(cell) for row in table.cells for cell in row if cell]
    plain = widest(cells) > step - 3
    if plain:
        step = min(step, 26.0)
    heads = [in_lines(column.label, HEAD, _lines(step)) for column in table.columns]
    return _Frame(left, max(map(widest, heads)) + 6, step, columns, plain)


def _lines(step: float) -> int:
    return max(int(step // LINE), 1)


def _heads(table: HeatTable, frame: _Frame) -> Iterator[str]:
    """Write the names of the columns upright."""
    for place, column in enumerate(table.columns):
        lines = in_lines(column.label, HEAD, _lines(frame.step))
        x = frame.left + (place + 0.5) * frame.step + 4 - (len(lines) - 1) * LINE / 2
        y = frame.top - 4
        turn = f"rotate(-90 {x:.1f} {y:.1f})"
        yield pointed(
            column.label, label(lines, round(x, 1), round(y, 1), size=SMALL, transform=turn)
        )


def _body(table: HeatTable, frame: _Frame, limits: Sequence[float]) -> tuple[list[str], float]:
    """Draw the rows, a heading before each group, and lines between groups of columns."""
    parts: list[str] = []
    y, group = frame.top, ""
    named = len({row.group for row in table.rows}) > 1
    for number, row in enumerate(table.rows):
        if named and row.group != group:
            parts += [*_heading(row.group, frame, y, first=number == 0)]
            y += LINE + 6
        group = row.group
        parts += [*_row(table, number, frame, limits, y)]
        y += ROW
    for place, (one, other) in enumerate(pairwise(table.columns), start=1):
        if one.group != other.group:
            x = frame.left + place * frame.step
            parts.append(line(x, frame.top, x, y, "edge", stroke_width=1.0))
    return parts, y


def _heading(group: str, frame: _Frame, y: float, *, first: bool) -> Iterator[str]:
    if not first:
        yield line(0, y, frame.right, y, "edge", stroke_width=1.0)
    name = shortened(group or "others", frame.right - 8, bold=True)
    ground = text_width(name, SMALL, bold=True) + 4
    text = label([name], 0, y + SMALL + 3, size=SMALL, font_weight=600)
    # Lines between groups of columns do not run through the name.
    yield pointed(
        group or "others",
        element("rect", x=0, y=y + 1, width=ground, height=LINE + 3, paint="paper"),
        text,
    )


def _row(
    table: HeatTable, number: int, frame: _Frame, limits: Sequence[float], y: float
) -> Iterator[str]:
    row = table.rows[number]
    name = label([shortened(row.label, frame.left - 8)], 0, y + 14, size=SMALL)
    yield pointed(row.label, name)
    for place, cell in enumerate(table.cells[number]):
        x = frame.left + place * frame.step
        if table.square and place == number:
            yield _rect(x, y, frame.step, "wash")
        elif cell is None:
            yield element("circle", cx=x + frame.step / 2, cy=y + ROW / 2, r=1.0, paint="quiet")
        elif cell:
            said = f"{row.label} / {table.columns[place].label}: {figure_of(cell)}"
            yield pointed(said, *_cell(cell, frame, limits, x, y))


def _rect(x: float, y: float, wide: float, paint: str, opacity: float = 1.0) -> str:
    return element(
        "rect",
        x=round(x + 0.5, 2),
        y=y + 0.5,
        width=round(wide - 1, 2),
        height=ROW - 1,
        paint=paint,
        fill_opacity=None if opacity == 1 else opacity,
    )


def _cell(cell: float, frame: _Frame, limits: Sequence[float], x: float, y: float) -> Iterator[str]:
    """Draw a figure: the colour says its sign, and so does a minus, or a stroke across."""
    step = _step(cell, limits)
    yield _rect(x, y, frame.step, "mover-1" if cell > 0 else "mover-2", STEPS[step])
    on = "paper" if step >= DARK else "ink"
    if not frame.plain:
        middle = round(x + frame.step / 2, 2)
        yield label([figure_of(cell)], middle, y + 14, paint=on, size=SMALL, text_anchor="middle")
    elif cell < 0:
        yield _stroke(x, y, frame.step, on)


def _stroke(x: float, y: float, wide: float, on: str) -> str:
    edge = "paper-edge" if on == "paper" else "edge"
    half = min(wide, ROW) / 2 - 4
    mx, my = x + wide / 2, y + ROW / 2
    return line(mx - half, my + half, mx + half, my - half, edge, stroke_width=1.25)


def _legends(
    table: HeatTable, limits: Sequence[float], y: float, *, plain: bool
) -> tuple[list[str], float]:
    """Explain the steps of each sign that comes up, in a line of its own."""
    parts: list[str] = []
    cells = [*_compared(table)]
    for sign, name in ((1, table.above), (-1, table.below)):
        if any(cell and cell * sign > 0 for cell in cells):
            drawn, y = legend([*_steps(sign, name, limits, plain=plain)], y + 20)
            parts += drawn
    if None in cells:
        drawn, y = legend([entry(_dot, 6, "nothing to compare")], y + 18)
        parts += drawn
    return parts, y


def _compared(table: HeatTable) -> Iterator[float | None]:
    """Give all figures but those of the diagonal of what is compared with itself."""
    for number, row in enumerate(table.cells):
        for place, cell in enumerate(row):
            if not (table.square and place == number):
                yield cell


def _steps(sign: int, name: str, limits: Sequence[float], *, plain: bool) -> Iterator[Entry]:
    yield entry(lambda _x, _y: "", -6, f"{name}:")
    for limit in limits:
        up = f"to {figure_of(sign * limit)}" if len(limits) > 1 else figure_of(sign * limit)
        yield entry(partial(_swatch, sign * limit, limits, plain), ROW, up)


def _swatch(cell: float, limits: Sequence[float], plain: bool, x: float, y: float) -> str:
    drawn = [*_cell(cell, _Frame(0, 0, ROW, 1, plain=True), limits, x, y - 14)]
    return "".join(drawn if plain else drawn[:1])


def _dot(x: float, y: float) -> str:
    return element("circle", cx=x + 3, cy=y - 4, r=1.0, paint="quiet")


def _alt(table: HeatTable, cut: str) -> str:
    """Say where the largest figures of each sign are."""
    if not table.rows or not table.columns:
        return "There is nothing to compare."
    size = f"{counted(len(table.rows), 'row')} by {counted(len(table.columns), 'column')}."
    sentences = [size]
    for sign, name in ((1, table.above), (-1, table.below)):
        found = _largest_of(table, sign)
        if found:
            sentences.append(f"Most {name}: {series(found)}.")
        else:
            sentences.append(f"No {name} anywhere.")
    return " ".join([*sentences, cut]).strip()


def _largest_of(table: HeatTable, sign: int) -> list[str]:
    cells = [
        (abs(cell), n, m)
        for n, row in enumerate(table.cells)
        for m, cell in enumerate(row)
        if cell and cell * sign > 0 and not (table.square and m <= n)
    ]
    cells.sort(key=lambda each: (-each[0], each[1:]))
    return [
        f"{told(table.rows[n].label)} and {told(table.columns[m].label)} ({figure_of(size)})"
        for size, n, m in cells[:TOLD]
    ]
