"""Which line each party takes on each concept, and how it stands to others elsewhere."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.openings.result import LEAST, SHARE, Line, Taker

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.tensor import Tensor


class Lines:
    """How often each party asserts and denies each concept.

    The tie of two parties without one concept is what they share in all less what they share
    there, as agreement less clash is a sum over concepts
    (:mod:`melian.discourse.networks.one_mode`): with v how often a party asserts something less
    how often it denies it, it is the sum of the products of v.
    """

    def __init__(self, counts: Tensor) -> None:
        """Take the counts of statements; the levels of the qualifier are 0 and 1."""
        self.actors = tuple(map(str, counts.rows))
        self.concepts = tuple(map(str, counts.columns))
        whole = counts.counts.astype(np.int64)
        self._against, self._for = whole[:, :, 0], whole[:, :, 1]
        self._ties: dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}

    @cached_property
    def _net(self) -> NDArray[np.int64]:
        return self._for - self._against

    @cached_property
    def _all(self) -> NDArray[np.int64]:
        return self._for + self._against

    def line(self, actor: int, concept: int, *, positive: bool) -> Line:
        """Give how often a party says something, of how often it speaks of it."""
        same = self._for if positive else self._against
        return Line(int(same[actor, concept]), int(self._all[actor, concept]))

    def holders(self, concept: int, *, positive: bool) -> NDArray[np.intp]:
        """Give the parties whose line it is."""
        same = (self._for if positive else self._against)[:, concept]
        every = self._all[:, concept]
        part, whole = SHARE
        return np.flatnonzero((every >= LEAST) & (whole * same >= part * every))

    def tie(self, actor: int, other: int, concept: int) -> tuple[int, int]:
        """Give agreement less clash of two over all other concepts, and of how many pairs."""
        if actor not in self._ties:
            nets, pairs = self._net @ self._net[actor], self._all @ self._all[actor]
            self._ties[actor] = nets, pairs
        nets, pairs = self._ties[actor]
        here = self._net[actor, concept] * self._net[other, concept]
        there = self._all[actor, concept] * self._all[other, concept]
        return int(nets[other] - here), int(pairs[other] - there)

    def takers(self, actor: int, concept: int, *, positive: bool) -> tuple[Taker, ...]:
        """Give the others who say the same more often than not, those whose line it is first."""
        sense = 1 if positive else -1
        others = np.flatnonzero(sense * self._net[:, concept] > 0).tolist()
        found = [self.taker(actor, each, concept, positive=positive) for each in others
                 if each != actor]  # fmt: skip
        return tuple(sorted(found, key=_order))

    def taker(self, actor: int, other: int, concept: int, *, positive: bool) -> Taker:
        """Give another party that says something, with how it stands to the first elsewhere."""
        line = self.line(other, concept, positive=positive)
        tie, _ = self.tie(actor, other, concept)
        return Taker(self.actors[other], "line" if line.clear else "said", line, tie)


def _order(taker: Taker) -> tuple[bool, int, int, str]:
    same = taker.line.same if taker.line else 0
    return taker.why != "line", taker.tie or 0, -same, taker.actor
