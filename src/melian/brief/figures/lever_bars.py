"""The lever chart: in what share of combinations the target holds, before and after each lever."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import (
    SIZE,
    SMALL,
    WIDTH,
    drawing,
    element,
    label,
    line,
    percent,
    percents,
    wrap,
)
from melian.case.wording import series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEFT = 262.0
RIGHT = 100.0
LEADING = 1.25
PAD = 8.0


@dataclass(frozen=True, slots=True)
class LeverRow:
    """A lever, or levers together.

    Attributes:
        label: what is done, and by whom.
        before, after: share of combinations, 0 to 1, in which the target holds for sure.
        possible: share in which it may hold after, no smaller than ``after``; None to leave that
            out.
    """

    label: str
    before: float
    after: float
    possible: float | None = None


def lever_bars(
    rows: Sequence[LeverRow], target: str = "the target", *, anchor: str = "lever-bars"
) -> Figure:
    """Give the chart: an open dot before, a full dot after, a line from one to the other.

    A pale bar goes on from the full dot to the share in which the target is possible.

    Args:
        rows: the levers, in the order to show.
        target: the outcomes aimed at, to read on after "in which".
        anchor: id of the figure.
    """
    parts = list(_axis_labels())
    y = 26.0
    body: list[str] = []
    for row in rows:
        lines = wrap(row.label, LEFT - 22)
        height = len(lines) * SIZE * LEADING + 2 * PAD
        body += [line(0, y, WIDTH, y), *_row(row, lines, y, height)]
        y += height
    ranges = any(row.possible is not None for row in rows)
    parts += [*_grid(22, y), *body, line(0, y, WIDTH, y), *_legend(y + 20, ranges=ranges)]
    title = f"What each lever would do for {target}"
    alt = " ".join(_in_words(rows, target)) or "There are no levers."
    caption = f"Share of combinations in which {target} holds, before and after."
    if ranges:
        caption = f"Share of combinations in which {target} is sure, before and after."
    return Figure(anchor, title, caption, alt, drawing(anchor, title, alt, parts, height=y + 32))


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _axis_labels() -> Iterator[str]:
    for share in (0, 0.5, 1):
        yield label(
            [percent(share)], _x(share), 14, paint="quiet", size=SMALL, text_anchor="middle"
        )


def _grid(top: float, bottom: float) -> Iterator[str]:
    for share in (0, 0.25, 0.5, 0.75, 1):
        yield line(_x(share), top, _x(share), bottom)


def _row(row: LeverRow, lines: Sequence[str], y: float, height: float) -> Iterator[str]:
    middle = y + height / 2
    yield label(lines, 0, y + PAD + SIZE - 1)
    if row.possible is not None and row.possible > row.after:
        left, width = _x(row.after), _x(row.possible) - _x(row.after)
        yield element("rect", x=left, y=middle - 4, width=width, height=8.0, paint="wash")
        yield line(left + width, middle - 4, left + width, middle + 4, "quiet-edge")
    yield from _move(row, middle)
    change = " → ".join(percents(row.before, row.after))
    yield label([change], WIDTH, middle + 4, text_anchor="end")


def _move(row: LeverRow, y: float) -> Iterator[str]:
    before, after = _x(row.before), _x(row.after)
    if row.before != row.after:
        yield line(before, y, after, y, "accent-edge", stroke_width=2)
    yield element("circle", cx=before, cy=y, r=5.0, paint="paper edge", stroke_width=1.5)
    small = 3.0 if row.before == row.after else 5.0  # both dots show where nothing changes
    yield element("circle", cx=after, cy=y, r=small, paint="accent")


def _legend(y: float, *, ranges: bool) -> Iterator[str]:
    yield element("circle", cx=6.0, cy=y - 4, r=5.0, paint="paper edge", stroke_width=1.5)
    yield label(["before"], 16, y, paint="quiet", size=SMALL)
    yield element("circle", cx=76.0, cy=y - 4, r=5.0, paint="accent")
    yield label(["after"], 86, y, paint="quiet", size=SMALL)
    if ranges:
        yield element("rect", x=130.0, y=y - 8, width=24.0, height=8.0, paint="wash")
        yield line(154, y - 8, 154, y, "quiet-edge")
        yield label(["possible after, though not sure"], 162, y, paint="quiet", size=SMALL)


def _in_words(rows: Sequence[LeverRow], target: str) -> Iterator[str]:
    """Tell of each row, and of rows with the same shares at once."""
    shares = attrgetter("before", "after", "possible")
    for _, alike in groupby(rows, key=shares):
        same = list(alike)
        yield f"{series([row.label for row in same])}: {_told(same[0], target)}"


def _told(row: LeverRow, target: str) -> str:
    before, after = percents(row.before, row.after)
    may = "" if row.possible is None else f", and it is possible in {percent(row.possible)}"
    holds = "holds" if row.possible is None else "is sure"
    if row.before == row.after:
        return f"{target} {holds} in {before} of combinations, as before{may}."
    verb = "rises" if row.after > row.before else "falls"
    return f"the share in which {target} {holds} {verb} from {before} to {after}{may}."
