"""Branch and bound over divisions: put one more actor with the first one, or against it."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count as numbers
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.polarisation import relaxing
from melian.discourse.polarisation.enumerating import MOST_ENUMERATED, enumerated
from melian.discourse.polarisation.searching import searched, value_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.polarisation.relaxing import Vectors
    from melian.effort import Work

_PLANES = 32


@dataclass(frozen=True, eq=False, slots=True)
class _Node:
    """A problem in which some actors are tied to the first one.

    Attributes:
        gains: of those that are left.
        constant: what those gain that are gone.
        left: who is left; the first stands for all that are gone.
        fixed: who is gone, and whether on the side of the first (1) or not (-1).
        at: vectors to begin with.
    """

    gains: NDArray[np.float64]
    constant: float
    left: NDArray[np.intp]
    fixed: tuple[tuple[int, int], ...]
    at: Vectors

    def child(self, place: int, side: int) -> _Node:
        """Put one more actor with the first, or against it."""
        gains = self.gains.copy()
        constant = self.constant + 2 * side * float(gains[0, place])
        gains[0] += side * gains[place]
        gains[:, 0] += side * gains[:, place]
        gains[0, 0] = 0
        less = np.delete(np.delete(gains, place, axis=0), place, axis=1)
        fixed = (*self.fixed, (int(self.left[place]), side))
        left = np.delete(self.left, place)
        return _Node(less, constant, left, fixed, self.at.without(place))

    def whole(self, sides: NDArray[np.int8]) -> NDArray[np.int8]:
        """Give the sides of all from those of who is left."""
        found = np.ones(len(self.left) + len(self.fixed), dtype=np.int8)
        found[self.left] = sides
        for actor, side in self.fixed:
            found[actor] = side * sides[0]
        return found

    def undecided(self) -> int:
        """Give the actor whose side is least clear, weighed by how much it is tied."""
        products = np.abs(self.at.vectors[1:] @ self.at.vectors[0])
        return 1 + int(np.argmax((1 - products) * np.abs(self.gains[1:]).sum(axis=1)))


class Search:
    """A search in which the problem with the highest bound is split first.

    Attributes:
        sides: the best division so far, 1 or -1 of each actor.
        best: its value.
        closed: the highest bound of what was put aside, since it could not be better.
    """

    def __init__(
        self, gains: NDArray[np.float64], seed: int, least: float, work: Work, starts: int
    ) -> None:
        """Begin with a local search.

        Args:
            gains: what each two gain by standing together, symmetric, nothing on the diagonal.
            seed: of the local search and of the vectors.
            least: what a division has to be better by to be better.
            work: steps: vectors turned.
            starts: of the local search.
        """
        self.gains = gains
        self.seed = seed
        self.least = least
        self.work = work
        self.sides = searched(gains, seed, starts)
        self.best = value_of(gains, self.sides)
        self.closed = -np.inf

    def run(self) -> float:
        """Search until nothing can be better or no work is left, and give what none passes."""
        size = len(self.gains)
        root = _Node(self.gains, 0.0, np.arange(size), (), relaxing.started(size, self.seed))
        order = numbers()
        waiting = [(-float(np.abs(self.gains).sum()), next(order), root)]
        while waiting and -waiting[0][0] > self.best + self.least:
            above, _, node = heappop(waiting)
            bound = self._bound(node, -above)
            if self.work.left < 0:
                return max(bound, self.closed, self.best, *(-each[0] for each in waiting), -np.inf)
            if bound <= self.best + self.least:
                self.closed = max(self.closed, bound)
                continue
            for side in (1, -1):
                heappush(waiting, (-bound, next(order), node.child(node.undecided(), side)))
        return max(self.best, self.closed, *(-each[0] for each in waiting), -np.inf)

    def _bound(self, node: _Node, above: float) -> float:
        """Give what no division of a node passes, at most what is known from above."""
        if len(node.left) <= MOST_ENUMERATED:
            sides, _ = enumerated(node.gains)
            self._improve(node.whole(sides))
            return value_of(node.gains, sides) + node.constant
        best = self.best - node.constant
        found = relaxing.bounded(node.gains, node.at, best, best + self.least, self.work)
        self._round(node)
        return min(above, found + node.constant)

    def _round(self, node: _Node) -> None:
        """Make sides of vectors, by the side of random planes on which they lie."""
        rng = np.random.default_rng(self.seed)
        planes = rng.normal(size=(node.at.vectors.shape[1], _PLANES))
        given = np.where(node.at.vectors @ planes < 0, -1, 1).astype(np.int8).T
        self._improve(node.whole(searched(node.gains, self.seed, 1, given)))

    def _improve(self, sides: NDArray[np.int8]) -> None:
        value = value_of(self.gains, sides)
        if value > self.best:
            self.sides, self.best = sides, value
