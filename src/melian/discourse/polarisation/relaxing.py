"""No division is better than this: bounds by semidefinite programming, with triangles.

Put a unit vector in place of each actor's side. The largest sum of what each two gain times the
product of their vectors is at least that of any division (Goemans and Williamson, "Improved
approximation algorithms for maximum cut", Journal of the ACM 42, 1995). It is found by turning one
vector at a time (Wang, Chang and Kolter, "The mixing method", arXiv:1706.00476), and proved by its
dual (Delorme and Poljak, "Laplacian eigenvalues and the maximum cut problem", Mathematical
Programming 62, 1993), which holds however far the vectors are from the best.

Of three actors, at least two are on the same side; vectors need not obey that. Where they do not,
multipliers make them (Rendl, Rinaldi and Wiegele, "Solving max-cut to optimality by intersecting
semidefinite and polyhedral relaxations", Mathematical Programming 121, 2010).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from melian.effort import OutOfWork

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.effort import Work

ROUNDS = 40
SWEEPS = 8
FIRST_SWEEPS = 40
MOST_NEW = 6
"""So many triangles per actor come in at each round, at the most."""

MOST_TRIANGLES = 260
"""Triangles are looked for among so many actors at the most."""

VIOLATED = 0.02
_SIGNS = np.array([(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)], dtype=np.float64)


@dataclass(eq=False)
class Vectors:
    """Vectors in place of sides, and the triangles that they are made to obey.

    Attributes:
        vectors: a unit vector for each actor, one a row.
        triples: three actors of each triangle.
        kinds: of each, which signs its three products have in the sum that is at least -1.
        weights: the multiplier of each.
    """

    vectors: NDArray[np.float64]
    triples: NDArray[np.intp] = field(default_factory=lambda: np.zeros((0, 3), dtype=np.intp))
    kinds: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    weights: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def without(self, actor: int) -> Vectors:
        """Give those of all actors but one, as a start for a problem that lacks it."""
        kept = (self.triples != actor).all(axis=1)
        triples = self.triples[kept]
        return Vectors(
            np.delete(self.vectors, actor, axis=0),
            triples - (triples > actor),
            self.kinds[kept],
            self.weights[kept],
        )


def started(count: int, seed: int) -> Vectors:
    """Give random vectors, of as many numbers as the best ever need (Pataki 1998)."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(count, int(np.sqrt(2 * count)) + 2))
    return Vectors(vectors / np.linalg.norm(vectors, axis=1)[:, None])


def bounded(
    gains: NDArray[np.float64], at: Vectors, best: float, enough: float, work: Work
) -> float:
    """Give a value that no division passes, as near to the best division as can be had.

    Args:
        gains: what each two gain by standing together.
        at: where to begin; where it ended, afterwards.
        best: a value that a division has, so that steps have the right length.
        enough: a bound that need not be bettered.
        work: a step is one vector turned.

    Returns:
        The bound; the best so far, where there is no work left.
    """
    lowest, stalled, length = float(np.abs(gains).sum()), 0, 0.5
    for turn in range(ROUNDS):
        changed = _priced(gains, at)
        with suppress(OutOfWork):  # the vectors prove a bound all the same
            _mix(changed, at.vectors, FIRST_SWEEPS if turn == 0 else SWEEPS, work)
        found = float(at.weights.sum()) + _dual(changed, at.vectors)
        stalled = 0 if found < lowest - 0.02 * (lowest - enough) else stalled + 1
        lowest = min(lowest, found)
        if lowest <= enough or stalled > 12 or work.left < 0 or len(gains) > MOST_TRIANGLES:
            break
        if stalled % 3 == 2:
            length /= 2
        work.left -= len(gains) ** 2 // 4  # looking at all triangles takes about as long
        _separate(at)
        _step(at, length * (found - best))
    return lowest


def _priced(gains: NDArray[np.float64], at: Vectors) -> NDArray[np.float64]:
    """Add to what each two gain what their triangles charge."""
    if not len(at.weights):
        return gains
    changed = np.zeros_like(gains)
    for one, other, sign in ((0, 1, 0), (0, 2, 1), (1, 2, 2)):
        charge = at.weights * _SIGNS[at.kinds, sign] / 2
        np.add.at(changed, (at.triples[:, one], at.triples[:, other]), charge)
    return np.asarray(gains + changed + changed.T)


def _mix(gains: NDArray[np.float64], vectors: NDArray[np.float64], sweeps: int, work: Work) -> None:
    """Turn each vector to where the others pull it, again and again."""
    count = len(gains)
    for _ in range(sweeps):
        work.spend(count)
        for actor in range(count):
            pull = gains[actor] @ vectors
            length = float(pull @ pull) ** 0.5
            if length > 1e-14:
                vectors[actor] = pull / length


def _dual(gains: NDArray[np.float64], vectors: NDArray[np.float64]) -> float:
    """Give the bound that the vectors prove, whether they are the best or not."""
    lengths = np.linalg.norm(gains @ vectors, axis=1)
    over = float(np.linalg.eigvalsh(gains - np.diag(lengths))[-1])
    return float(lengths.sum()) + len(gains) * max(over, 0.0)


def _slack(at: Vectors) -> NDArray[np.float64]:
    """Give by how much each triangle is obeyed; below zero, by how much it is not."""
    products = at.vectors @ at.vectors.T
    one, other, third = at.triples.T
    three = np.stack([products[one, other], products[one, third], products[other, third]], axis=1)
    return np.asarray(1 + (_SIGNS[at.kinds] * three).sum(axis=1))


def _step(at: Vectors, gap: float) -> None:
    """Change the multipliers by a step of Polyak's length, and drop those that are nothing."""
    slack = _slack(at)
    moving = np.where((at.weights > 0) | (slack < 0), slack, 0)
    size = float(moving @ moving)
    if size > 0:
        at.weights = np.maximum(at.weights - gap / size * moving, 0)
    kept = (at.weights > 0) | (slack < 0)
    at.triples, at.kinds, at.weights = at.triples[kept], at.kinds[kept], at.weights[kept]


def _separate(at: Vectors) -> None:
    """Take in the triangles that are violated most, and are not there yet, at no price."""
    products = at.vectors @ at.vectors.T
    count = len(products)
    found = [
        _worst(products, third, kind) for third in range(2, count) for kind in range(len(_SIGNS))
    ]
    worst = np.concatenate([each[0] for each in found] or [np.zeros(0)])
    triples = np.concatenate([each[1] for each in found] or [at.triples])
    kinds = np.repeat(
        np.tile(np.arange(len(_SIGNS)), max(count - 2, 0)), [len(x) for x, _ in found]
    )
    order = np.argsort(worst, kind="stable")[: MOST_NEW * count]
    new = ~np.isin(_keys(triples[order], kinds[order], count), _keys(at.triples, at.kinds, count))
    order = order[new]
    at.triples = np.vstack([at.triples, triples[order]])
    at.kinds = np.append(at.kinds, kinds[order])
    at.weights = np.append(at.weights, np.zeros(len(order)))


def _worst(
    products: NDArray[np.float64], third: int, kind: int
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Give the triangles of an actor with two before it that are violated most."""
    a, b, c = _SIGNS[kind]
    row = products[third, :third]
    sums = a * products[:third, :third] + b * row[:, None] + c * row[None, :]
    ones, others = np.nonzero(np.triu(sums < -1 - VIOLATED, 1))
    values = sums[ones, others]
    first = np.argsort(values, kind="stable")[:MOST_NEW]
    triples = np.stack([ones[first], others[first], np.full(len(first), third)], axis=1)
    return values[first], triples


def _keys(triples: NDArray[np.intp], kinds: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Give a number for each triangle and kind."""
    one, other, third = triples.T
    return np.asarray(((one * count + other) * count + third) * len(_SIGNS) + kinds)
