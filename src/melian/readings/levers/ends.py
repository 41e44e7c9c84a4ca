"""What an actor may end in: the worst and the best of the equilibria, profile by profile."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.conflict.result import Concept
    from melian.readings.outcomes import Outcomes

    Numbers = NDArray[np.int64]
    Ranks = Sequence[NDArray[np.int32]]

NOWHERE = 0
"""Stands for a rank where there is no equilibrium; ranks begin at 1."""


class Ends:
    """The equilibria of a conflict by profile."""

    def __init__(self, outcomes: Outcomes, concept: Concept) -> None:
        """Take a conflict that is solved, and whose equilibria are looked at."""
        stable = outcomes.equilibria[concept]
        profile, place = np.nonzero(stable)
        self._counts = np.bincount(profile, minlength=len(stable))
        self._starts = np.cumsum(self._counts) - self._counts
        self._states = outcomes.decimals[place]

    def worst_and_best(self, ranks: Ranks, seen: Numbers, profiles: Numbers) -> Numbers:
        """Give how high the lowest and the highest equilibrium ranks, in several eyes.

        Args:
            ranks: ways to rank all states, each (2^k,).
            seen: in which of these ways one looks, shape (n,).
            profiles: at the equilibria of which profile, shape (n,).

        Returns:
            The lowest and the highest, shape (2, n); :data:`NOWHERE` where there is none.
        """
        found = np.empty((2, len(seen)), dtype=np.int64)
        order = np.argsort(seen, kind="stable")
        firsts = np.searchsorted(seen[order], np.arange(len(ranks) + 1))
        for each, (first, end) in zip(ranks, pairwise(firsts), strict=True):
            some = order[first:end]
            which, back = np.unique(profiles[some], return_inverse=True)
            found[:, some] = self._of(which, each)[:, back]
        return found

    def _of(self, which: Numbers, ranks: NDArray[np.int32]) -> Numbers:
        counts = self._counts[which]
        some = counts > 0
        firsts = np.cumsum(counts) - counts
        places = np.arange(counts.sum()) + np.repeat(self._starts[which] - firsts, counts)
        values = ranks[self._states[places]]
        found = np.full((2, len(which)), NOWHERE, dtype=np.int64)
        if len(values):
            found[0, some] = np.minimum.reduceat(values, firsts[some])
            found[1, some] = np.maximum.reduceat(values, firsts[some])
        return found
