"""The cheapest way out of conflicts: the fewest records to take back, by branch and bound.

A commitment is given up when all records behind it are taken back, and a record may stand behind
several commitments. A conflict is mended when one of its commitments is given up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.audit.search.work import PRICE, STEPS
from melian.effort import OutOfWork, Work

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    Edge = frozenset[str]
    Records = frozenset[str]


@dataclass(frozen=True, slots=True)
class Cheapest:
    """Records whose loss mends all conflicts.

    Attributes:
        records: the records, sorted.
        exact: whether no fewer would do; otherwise no fewer were found.
    """

    records: tuple[str, ...]
    exact: bool


def cheapest(
    edges: Iterable[Collection[str]], behind: Mapping[str, Records], work: Work | None = None
) -> Cheapest:
    """Give the fewest records that mend all conflicts.

    Args:
        edges: the commitments of each conflict.
        behind: the records behind each commitment, at least one.
        work: what may be done; when it runs out, the best found so far is given.
    """
    work = work or Work(STEPS, PRICE)
    chosen, exact = frozenset[str](), True
    for part in _parts({frozenset(edge) for edge in edges}, behind):
        search = _Search(behind, work)
        search.best = search.greedy(part)
        try:
            search.go(part, frozenset(), frozenset())
        except OutOfWork:
            exact = False
        chosen |= search.best
    return Cheapest(tuple(sorted(chosen)), exact)


def _parts(edges: Collection[Edge], behind: Mapping[str, Records]) -> list[tuple[Edge, ...]]:
    """Group conflicts that share records."""
    groups: list[tuple[Records, list[Edge]]] = []
    for edge in sorted(edges, key=lambda e: (len(e), sorted(e))):
        records, joined = frozenset[str]().union(*(behind[each] for each in edge)), [edge]
        for group in [g for g in groups if g[0] & records]:
            groups.remove(group)
            records |= group[0]
            joined = group[1] + joined
        groups.append((records, joined))
    return [tuple(joined) for _, joined in groups]


class _Search:
    """The best choice of records so far, and what it takes to beat it."""

    def __init__(self, behind: Mapping[str, Records], work: Work) -> None:
        self.behind = behind
        self.work = work
        self.best: Records = frozenset()

    def greedy(self, edges: Sequence[Edge]) -> Records:
        """Give some way out: time and again the commitment that mends most for its records."""
        taken: Records = frozenset()
        while left := self._left(edges, taken):
            count: dict[str, int] = {}
            for edge in left:
                for each in edge:
                    count[each] = count.get(each, 0) + 1
            pick = min(count, key=lambda e: (-count[e] / len(self.behind[e] - taken), e))
            taken |= self.behind[pick]
        return taken

    def go(self, edges: Sequence[Edge], taken: Records, barred: Edge) -> None:
        """Look for fewer records that hold all taken, and give up no commitment that is barred."""
        self.work.spend(1 + len(edges))
        edges = self._left(edges, taken)
        if len(taken) + self._least(edges, taken, barred) >= len(self.best):
            return
        if not edges:
            self.best = taken
            return
        edge = min((e - barred for e in edges), key=lambda e: (len(e), sorted(e)))
        for each in sorted(edge, key=lambda e: (len(self.behind[e] - taken), e)):
            self.go(edges, taken | self.behind[each], barred)
            barred |= {each}

    def _left(self, edges: Iterable[Edge], taken: Records) -> tuple[Edge, ...]:
        return tuple(e for e in edges if not any(self.behind[each] <= taken for each in e))

    def _least(self, edges: Iterable[Edge], taken: Records, barred: Edge) -> float:
        """Give how many more records it takes at the least: conflicts apart, each by itself."""
        used: set[str] = set()
        least: float = 0
        for edge in edges:
            more = [self.behind[each] - taken for each in edge - barred]
            if not more:
                return float("inf")
            every = frozenset[str]().union(*more)
            if used.isdisjoint(every):
                used |= every
                least += min(map(len, more))
        return least
