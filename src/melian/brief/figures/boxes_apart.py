"""Boxes that overlap are pushed apart along the shorter way, within the width of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.brief.drawing import WIDTH, Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

Place = tuple[float, float]

PUSHES = 400
GAP = 4.0


@dataclass(frozen=True, slots=True)
class Extent:
    """How much room a node and its name take around its place, in px."""

    left: float
    right: float
    above: float
    below: float

    def at(self, place: Place) -> Box:
        """Give the box of a node that stands there."""
        x, y = place
        return Box(x - self.left, y - self.above, self.left + self.right, self.above + self.below)

    @property
    def area(self) -> float:
        """The px it covers."""
        return (self.left + self.right) * (self.above + self.below)


def apart(
    at: NDArray[np.float64], extents: Sequence[Extent], *, stay: bool = False
) -> tuple[list[Place], float]:
    """Push boxes apart and into the frame; what still overlaps in the end goes further down.

    Args:
        at: where they are, of shape (boxes, 2).
        extents: the room that each takes.
        stay: whether they stay at the height where they are, if that is in the picture.
    """
    import numpy as np

    left, right = (np.array([getattr(e, side) for e in extents]) for side in ("left", "right"))
    above, below = (np.array([getattr(e, side) for e in extents]) for side in ("above", "below"))
    x, y = at[:, 0].copy(), at[:, 1].copy()
    order = np.arange(len(at))
    for _ in range(PUSHES):
        x = np.clip(x, left, WIDTH - right)
        middle_x, middle_y = x + (right - left) / 2, y + (below - above) / 2
        dx, dy = middle_x[:, None] - middle_x, middle_y[:, None] - middle_y
        over_x = (left + right)[:, None] / 2 + (left + right) / 2 + GAP - np.abs(dx)
        over_y = (above + below)[:, None] / 2 + (above + below) / 2 + GAP - np.abs(dy)
        overlap = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(overlap, val=False)
        if not overlap.any():
            break
        before = np.where(order[:, None] < order, -1.0, 1.0)
        sideways = overlap & (over_x < over_y)
        upright = overlap & ~sideways
        x = x + _push(sideways, over_x, dx, before)
        y = y + _push(upright, over_y, dy, before)
    x = np.clip(x, left, WIDTH - right)
    return _settled(np.round(x, 1).tolist(), y.tolist(), extents, stay=stay)


def _push(
    where: NDArray[np.bool_],
    over: NDArray[np.float64],
    gap: NDArray[np.float64],
    before: NDArray[np.float64],
) -> NDArray[np.float64]:
    import numpy as np

    ways = np.where(gap == 0, before, np.sign(gap))
    return np.asarray((np.where(where, over * ways, 0.0)).sum(axis=1) * 0.3)


def _settled(
    x: Sequence[float], y: Sequence[float], extents: Sequence[Extent], *, stay: bool
) -> tuple[list[Place], float]:
    """Set the boxes from the top down, each where it is or below those that it would cover."""
    found: dict[int, Box] = {}
    places: list[Place] = [(0.0, 0.0)] * len(x)
    top = min(level - extent.above for level, extent in zip(y, extents, strict=True))
    if stay:
        top = min(top, 0.0)
    for node in sorted(range(len(x)), key=lambda n: (y[n], n)):
        extent = extents[node]
        level = round(y[node] - top, 1)
        box = extent.at((x[node], level))
        while covered := [other for other in found.values() if box.overlaps(other)]:
            level = round(max(o.y + o.height for o in covered) + extent.above + 0.1, 1)
            box = extent.at((x[node], level))
        found[node], places[node] = box, (x[node], level)
    return places, max(box.y + box.height for box in found.values())
