"""The cheapest way out of conflicts: a hitting set of least weight, by branch and bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.audit.work import OutOfWork, Work

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    Edge = frozenset[str]


@dataclass(frozen=True, slots=True)
class Cheapest:
    """A set that shares an element with every edge.

    Attributes:
        elements: the set, sorted.
        weight: the sum of its elements' weights.
        exact: whether no set weighs less; otherwise none lighter was found.
    """

    elements: tuple[str, ...]
    weight: int
    exact: bool


def cheapest(
    edges: Iterable[Collection[str]], weights: Mapping[str, int], work: Work | None = None
) -> Cheapest:
    """Give a hitting set of least weight.

    Args:
        edges: the sets to hit, none of them empty.
        weights: of all elements, above 0.
        work: what may be done; when it runs out, the best set so far is given.
    """
    search = _Search(weights, work or Work())
    ordered = sorted({frozenset(edge) for edge in edges}, key=lambda e: (len(e), sorted(e)))
    search.best = search.greedy(ordered)
    exact = True
    try:
        search.go(tuple(ordered), frozenset(), frozenset())
    except OutOfWork:
        exact = False
    return Cheapest(tuple(sorted(search.best)), search.weight(search.best), exact)


class _Search:
    """The best set so far, and what it takes to beat it."""

    def __init__(self, weights: Mapping[str, int], work: Work) -> None:
        self.weights = weights
        self.work = work
        self.best: Edge = frozenset()

    def weight(self, elements: Iterable[str]) -> int:
        return sum(self.weights[each] for each in elements)

    def greedy(self, edges: Sequence[Edge]) -> Edge:
        """Give some hitting set: time and again the element that hits most for its weight."""
        chosen: set[str] = set()
        left = list(edges)
        while left:
            count: dict[str, int] = {}
            for edge in left:
                for each in edge:
                    count[each] = count.get(each, 0) + 1
            pick = min(count, key=lambda each: (-count[each] / self.weights[each], each))
            chosen.add(pick)
            left = [edge for edge in left if pick not in edge]
        return frozenset(chosen)

    def go(self, edges: tuple[Edge, ...], chosen: Edge, barred: Edge) -> None:
        """Look for a lighter set that holds all chosen elements and none that is barred."""
        self.work.spend(1 + len(edges))
        if self.weight(chosen) + self._least(edges, barred) >= self.weight(self.best):
            return
        if not edges:
            self.best = chosen
            return
        edge = min((e - barred for e in edges), key=lambda e: (len(e), sorted(e)))
        for each in sorted(edge, key=lambda e: (-sum(e in o for o in edges), e)):
            left = tuple(other for other in edges if each not in other)
            self.go(left, chosen | {each}, barred)
            barred |= {each}

    def _least(self, edges: Iterable[Edge], barred: Edge) -> float:
        """Give what hitting edges that share nothing weighs at the least."""
        used: set[str] = set()
        least: float = 0
        for edge in edges:
            free = edge - barred
            if not free:
                return float("inf")
            if used.isdisjoint(free):
                used |= free
                least += min(self.weights[each] for each in free)
        return least
