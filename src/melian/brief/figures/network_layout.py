"""Where the nodes of a network stand: like near like, nothing over anything else, and no dancing.

Stress majorization (E. R. Gansner, Y. Koren and S. North, "Graph drawing by stress majorization",
2004), of the energy of T. Kamada and S. Kawai (1989), from classical scaling. Where places are
given from before, a term holds everyone to them: as the stress does not change when all turn
together, the best turn is then that of least squares to the former places (Procrustes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from melian.brief.drawing import WIDTH
from melian.brief.figures.boxes_apart import apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from melian.brief.figures.boxes_apart import Extent, Place

STEPS = 300
HOLD = 0.35
"""How strongly former places hold, against all that a node's ties ask for."""

LONGEST = 150.0
"""Px between two who are tied, at the most: few nodes do not fill the page."""

AIR = 2.4
"""So many times the area of all boxes, a picture is at least large."""

BETWEEN = 90.0
"""Px between two components that stand beside each other."""

FLAT = 0.3
"""A component that is not as high is a line, and stays one."""

JITTER = 0.02


def placed(
    names: Sequence[str],
    lengths: Mapping[tuple[int, int], float],
    groups: Sequence[int],
    extents: Sequence[Extent],
    previous: Mapping[str, Place] | None = None,
) -> tuple[list[Place], float]:
    """Give where nodes stand, in a frame as wide as the page, and the height of it.

    Args:
        names: a name of its own for each; who keeps the name keeps the place.
        lengths: how far apart two that are tied want to be, about 1, by their numbers, the lower
            first.
        groups: of each; those of one stand somewhat nearer, those of two somewhat apart.
        extents: the room that each takes.
        previous: places from before, by name.
    """
    import numpy as np

    if not names:
        return [], 0.0
    far = _distances(len(names), lengths)
    _near_their_own(far, groups, names)
    before = {name: at for name, at in (previous or {}).items() if name in names}
    if before:
        at = _from_before(far, names, lengths, before)
    else:
        at = _packed(far, _room(extents))
        at[:, 0] += max(extent.left for extent in extents)
    return apart(np.round(at, 1), extents, stay=bool(before))


def _distances(count: int, lengths: Mapping[tuple[int, int], float]) -> NDArray[np.float64]:
    """Give the lengths of the shortest paths (Floyd and Warshall); endless where there is none."""
    import numpy as np

    far = np.full((count, count), np.inf)
    np.fill_diagonal(far, 0)
    for (one, other), length in lengths.items():
        far[one, other] = far[other, one] = length
    for through in range(count):
        np.minimum(far, far[:, through, None] + far[None, through, :], out=far)
    return far


def _near_their_own(far: NDArray[np.float64], groups: Sequence[int], names: Sequence[str]) -> None:
    """Draw those of a group together; and make no two distances quite the same.

    The difference comes from the names, so that it stays when others come and go.
    """
    import numpy as np

    group = np.asarray(groups)
    far *= np.where(group[:, None] == group, 0.85, 1.3)
    grain = np.array([crc32(name.encode("utf-8", "replace")) % 1009 for name in names]) / 1009
    far *= 1 + JITTER * (grain[:, None] + grain)


def _components(far: NDArray[np.float64]) -> list[list[int]]:
    import numpy as np

    seen: set[int] = set()
    found = []
    for start in range(len(far)):
        if start not in seen:
            found.append(np.flatnonzero(np.isfinite(far[start])).tolist())
            seen.update(found[-1])
    return sorted(found, key=lambda members: (-len(members), members))


def _scaled_classically(far: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the start: the two main axes of classical scaling, the first node at the upper left."""
    import numpy as np

    count = len(far)
    if count == 1:
        return np.zeros((1, 2))
    square = far**2
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    values, axes = np.linalg.eigh(-centred / 2)
    at = axes[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 1e-9))
    return np.asarray(at * np.where(at[0] > 0, -1.0, 1.0))


def majorized(
    far: NDArray[np.float64],
    start: NDArray[np.float64],
    held: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Give places whose distances are near to those wished for, each step nearer than the last.

    Args:
        far: wished distances, endless between those that have nothing to do with each other.
        start: places to begin with, of shape (nodes, 2).
        held: how strongly each is held to where it starts.
    """
    import numpy as np

    joined = np.isfinite(far) & (far > 0)
    weight = np.divide(1.0, far**2, out=np.zeros_like(far), where=joined)
    wish = np.where(joined, far, 0.0)
    hold = np.zeros(len(far)) if held is None else held * (weight.sum(axis=1) + 1e-9)
    matrix = np.diag(weight.sum(axis=1) + hold) - weight
    inverse = np.linalg.pinv(matrix, hermitian=True)
    at = start
    for _ in range(STEPS):
        gaps = np.sqrt(((at[:, None] - at) ** 2).sum(axis=2))
        pull = np.divide(weight * wish, gaps, out=np.zeros_like(far), where=gaps > 1e-9)
        now = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ at + hold[:, None] * start)
        moved = float(np.abs(now - at).max())
        at = now
        if moved < 1e-4:
            break
    return at


def _room(extents: Sequence[Extent]) -> Place:
    """Give how wide the places may spread, and how high they should, in px."""
    side = max(max(e.left, e.right) for e in extents)
    height = AIR * sum(e.area for e in extents) / WIDTH
    return WIDTH - 2 * side, height


def _packed(far: NDArray[np.float64], room: Place) -> NDArray[np.float64]:
    """Lay out each component for itself, the largest on top, the others in rows below it."""
    import numpy as np

    wide, high = room
    at = np.zeros((len(far), 2))
    left = top = bottom = 0.0
    for members in _components(far):
        inner = _component(far[np.ix_(members, members)], wide, high * len(members) / len(far))
        span = inner.max(axis=0)
        if left and left + span[0] > wide:
            left, top = 0.0, bottom
        at[members] = inner + np.array([left, top])
        left += span[0] + BETWEEN
        bottom = max(bottom, top + span[1] + BETWEEN / 2)
    at[:, 0] += (wide - at[:, 0].max()) / 2
    return at


def _component(far: NDArray[np.float64], wide: float, high: float) -> NDArray[np.float64]:
    """Lay out those that hang together, as wide as there is room, and at least so high."""
    import numpy as np

    at = majorized(far, _scaled_classically(far))
    at = at - at.min(axis=0)
    span = at.max(axis=0)
    scale = min(LONGEST, wide / max(span[0], 1e-9))
    if span[1] < FLAT:
        return np.asarray(at * scale)
    tall = min(max(span[1] * scale, high), 1.15 * WIDTH)
    return np.asarray(at * np.array([scale, tall / span[1]]))


def _from_before(
    far: NDArray[np.float64],
    names: Sequence[str],
    lengths: Mapping[tuple[int, int], float],
    previous: Mapping[str, Place],
) -> NDArray[np.float64]:
    """Begin where each stood; who is new stands near those he is tied to, or below all."""
    import numpy as np

    known = np.array([name in previous for name in names])
    start = np.array([previous.get(name, (0.0, 0.0)) for name in names], dtype=np.float64)
    below = start[known].max(axis=0)[1] + 60
    for new in np.flatnonzero(~known).tolist():
        near = [
            start[a if b == new else b]
            for a, b in lengths
            if new in {a, b} and known[a if b == new else b]
        ]
        grain = crc32(names[new].encode("utf-8", "replace")) % 97
        beside = np.array([grain - 48, 24.0])
        start[new] = np.mean(near, axis=0) + beside if near else (60 + 6 * grain, below)
    unit = _unit(far, start, known)
    return majorized(far * unit, start, np.where(known, HOLD, 0.02))


def _unit(far: NDArray[np.float64], start: NDArray[np.float64], known: NDArray[np.bool_]) -> float:
    """Give how many px a length of 1 took before."""
    import numpy as np

    both = np.isfinite(far) & (far > 0) & known[:, None] & known
    if not both.any():
        return LONGEST / 1.5
    gaps = np.sqrt(((start[:, None] - start) ** 2).sum(axis=2))
    return float(np.median(gaps[both] / far[both]))
