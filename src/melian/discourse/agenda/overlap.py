"""Whether two actors speak of the same things: how much of their agendas overlaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.agenda.clumps import clumped
from melian.discourse.statistics.correction import holm

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from melian.discourse.agenda.clumps import Clumps
    from melian.discourse.agenda.coding import Coding

LEAST = 10
"""Agendas of fewer statements are not compared."""

PERMUTATIONS = 9999


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two agendas have in common.

    Attributes:
        one, other: whose they are.
        statements: of both.
        overlap: the sum over issues of the smaller share: 1 for the same agendas, 0 where no issue
            is common; None where one says too little. It is 1 less the dissimilarity of Bray &
            Curtis of shares (Schoener 1970).
        expected: what it would be on average if both spoke of the same, as often as they do: even
            then it is below 1.
        p: how often it would be as small, or smaller; None where one says too little.
        clumped: p of a test with the variance that documents show; None where p is large enough,
            or where statements are taken for independent.
        corrected: the larger of both, for the number of pairs (Holm).
        differ: whether the agendas differ; else they are not told apart.
    """

    one: str
    other: str
    statements: tuple[int, int]
    overlap: float | None
    expected: float | None
    p: float | None
    clumped: float | None
    corrected: float | None
    differ: bool


def overlap(one: ArrayLike, other: ArrayLike) -> float:
    """Give how much two agendas overlap, from how often each issue comes up in them."""
    first, second = (np.asarray(each, dtype=np.float64) for each in (one, other))
    return float(np.minimum(first / first.sum(), second / second.sum()).sum())


def permuted(
    one: NDArray[np.int64], other: NDArray[np.int64], seed: int, times: int = PERMUTATIONS
) -> tuple[float, float]:
    """Give the mean overlap if statements are dealt out anew, and the p of the observed one.

    Returns:
        The mean, and how often the overlap is at most that observed, itself included (Phipson &
        Smyth 2010: a permutation p is never zero).
    """
    both = one + other
    some = both > 0
    rng = np.random.default_rng(seed)
    dealt = rng.multivariate_hypergeometric(both[some], int(one.sum()), size=times)
    found = np.minimum(dealt / one.sum(), (both[some] - dealt) / other.sum()).sum(axis=1)
    less = int((found <= overlap(one, other) + 1e-12).sum())
    return float(found.mean()), (less + 1) / (times + 1)


def overlaps(
    coding: Coding, seed: int, alpha: float, together: Clumps | None = None
) -> tuple[Overlap, ...]:
    """Compare the agendas of each two actors of whom issues are coded, the most alike first."""
    counts = coding.counts(coding.issue).sum(axis=1)[:-1, :-1]
    sizes = counts.sum(axis=1).tolist()
    pairs = [p for p in combinations(range(len(counts)), 2) if sizes[p[0]] and sizes[p[1]]]
    asked = {p: permuted(counts[p[0]], counts[p[1]], seed) for p in pairs if _enough(sizes, p)}
    clumps = {
        pair: _clumped(together, pair)
        for pair, (_, p) in asked.items()
        if together is not None and p <= alpha
    }
    larger = [max(p, clumps.get(pair, 0.0)) for pair, (_, p) in asked.items()]
    corrected = dict(zip(asked, holm(larger), strict=True))
    found = []
    for one, other in pairs:
        expected, p = asked.get((one, other), (None, None))
        sure = corrected.get((one, other))
        found.append(
            Overlap(
                coding.actors[one],
                coding.actors[other],
                (sizes[one], sizes[other]),
                None if p is None else overlap(counts[one], counts[other]),
                expected,
                p,
                clumps.get((one, other)),
                sure,
                sure is not None and sure <= alpha,
            )
        )
    return tuple(
        sorted(found, key=lambda each: -1.0 if each.overlap is None else each.overlap, reverse=True)
    )


def _clumped(together: Clumps, pair: tuple[int, int]) -> float:
    coding = together.coding
    one, other = (together.blocks(coding.issue, coding.actor == actor) for actor in pair)
    return clumped(one, other)


def _enough(sizes: list[int], pair: tuple[int, int]) -> bool:
    return min(sizes[pair[0]], sizes[pair[1]]) >= LEAST
