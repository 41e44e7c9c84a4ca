"""The best division into two camps, and the proof that none is better.

What is divided is a symmetric matrix: how much each two gain by standing together, below zero where
they lose. Its best division is a maximum cut, or the ground state of a spin glass, and the actors
whose ties do not fit are its frustration (Aref and Wilson, "Balance and frustration in signed
networks", Journal of Complex Networks 7, 2019).

Actors of whom it can be told beforehand are put together; parts that nothing ties are divided by
themselves; small ones by looking at every division, others by branch and bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.polarisation.branching import Search
from melian.discourse.polarisation.enumerating import MOST_ENUMERATED, enumerated
from melian.discourse.polarisation.reducing import parts_of, reduced
from melian.discourse.polarisation.searching import STARTS, value_of
from melian.effort import Price, Work

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORK = 600_000
"""So many steps a proof may take; a step turns one vector, and 100,000 take about a second."""

PRECISION = 1e-6
"""A division is the best if none has this share of all ties more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Two sides, and how good they are.

    Attributes:
        sides: 1 or -1 of each actor, int8.
        value: the sum over ordered pairs of what those on one side gain, less of what others do.
        bound: no division has more.
        exact: whether none has more, but for :data:`PRECISION`.
        parts: the number of the part that each actor is in, the largest first; two that nothing
            ties, even by way of others, are in different ones.
        optima: how many divisions are as good, all turned parts among them; None if not counted.
        steps: the work that was done.
    """

    sides: NDArray[np.int8]
    value: float
    bound: float
    exact: bool
    parts: NDArray[np.intp]
    optima: int | None
    steps: int


def divided(
    gains: NDArray[np.float64],
    *,
    seed: int,
    scale: float,
    work: int = WORK,
    starts: int = STARTS,
) -> Division:
    """Divide actors into two camps so that those who gain by it stand together.

    Args:
        gains: of each two, symmetric, nothing on the diagonal.
        seed: of the local search and of the vectors.
        scale: what the precision is a share of.
        work: steps; a part for which they do not suffice gets a bound.
        starts: of the local search.
    """
    parts = parts_of(gains)
    sides = np.ones(len(gains), dtype=np.int8)
    bound, optima, left = 0.0, 1, Work(work, Price(1))
    for part in range(int(parts.max(initial=-1)) + 1):
        places = np.flatnonzero(parts == part)
        own = gains[np.ix_(places, places)]
        found = _part(own, seed, PRECISION * scale, left, starts)
        sides[places] = found.sides
        bound += found.bound
        optima *= found.optima or 0
    value = value_of(gains, sides)
    return Division(
        sides=sides,
        value=value,
        bound=max(bound, value),
        exact=bound <= value + PRECISION * scale,
        parts=parts,
        optima=optima * 2 ** max(int(parts.max(initial=0)), 0) or None,
        steps=work - max(left.left, 0),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The division of a part: how often its value comes up is not always counted."""

    sides: NDArray[np.int8]
    bound: float
    optima: int | None


def _part(gains: NDArray[np.float64], seed: int, least: float, work: Work, starts: int) -> _Found:
    """Divide those who are tied to each other."""
    if len(gains) <= MOST_ENUMERATED:
        sides, optima = enumerated(gains)
        return _Found(sides, value_of(gains, sides), optima)
    less = reduced(gains)
    if len(less.gains) <= MOST_ENUMERATED:
        sides, _ = enumerated(less.gains)
        bound = less.constant + value_of(less.gains, sides)
    else:
        search = Search(less.gains, seed, least, work, starts)
        bound = less.constant + search.run()
        sides = search.sides
    return _Found(less.restored(sides), bound, None)
