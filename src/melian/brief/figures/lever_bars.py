"""The lever chart: in what share of combinations the target holds, before and after each lever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SIZE, SMALL, WIDTH, drawing, element, label, line, percent, wrap

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
        before, after: share of combinations, 0 to 1, in which the target holds.
    """

    label: str
    before: float
    after: float


def lever_bars(
    rows: Sequence[LeverRow], target: str = "the target", *, anchor: str = "lever-bars"
) -> Figure:
    """Give the chart: an open dot before, a full dot after, an arrow from one to the other.

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
    parts += [*_grid(22, y), *body, line(0, y, WIDTH, y), *_legend(y + 20)]
    title = f"What each lever would do for {target}"
    alt = " ".join(_in_words(row, target) for row in rows) or "There are no levers."
    caption = f"Share of combinations of readings in which {target} holds, before and after."
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
    yield from _move(row, middle)
    change = f"{percent(row.before)} → {percent(row.after)}"
    yield label([change], WIDTH, middle + 4, text_anchor="end")


def _move(row: LeverRow, y: float) -> Iterator[str]:
    before, after = _x(row.before), _x(row.after)
    if row.before != row.after:
        yield line(before, y, after, y, "accent-edge", stroke_width=2)
    yield element("circle", cx=before, cy=y, r=5.0, paint="paper edge", stroke_width=1.5)
    small = 3.0 if row.before == row.after else 5.0  # both dots show where nothing changes
    yield element("circle", cx=after, cy=y, r=small, paint="accent")


def _legend(y: float) -> Iterator[str]:
    yield element("circle", cx=6.0, cy=y - 4, r=5.0, paint="paper edge", stroke_width=1.5)
    yield label(["before"], 16, y, paint="quiet", size=SMALL)
    yield element("circle", cx=76.0, cy=y - 4, r=5.0, paint="accent")
    yield label(["after"], 86, y, paint="quiet", size=SMALL)


def _in_words(row: LeverRow, target: str) -> str:
    before, after = percent(row.before), percent(row.after)
    if row.before == row.after:
        return f"{row.label}: {target} holds in {before} of combinations, as before."
    verb = "rises" if row.after > row.before else "falls"
    return f"{row.label}: the share in which {target} holds {verb} from {before} to {after}."
