"""The search of one part for its conflicts: by deriving them, and by exploring subsets as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from melian.audit.search.deriving import derive
from melian.audit.search.marco import explore
from melian.audit.search.work import PRICE
from melian.effort import OutOfWork, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from melian.audit.search.matching import Marked
    from melian.audit.search.worlds import World

    _Way = Callable[[Sequence[Marked], int, World, int, Work], Iterator[Marked]]

WAYS: Mapping[str, _Way] = {
    "derive": lambda part, top, world, limit, work: derive(part, top, world.holds, limit, work),
    "explore": lambda part, top, _, limit, work: explore(part, top, limit, work),
}
"""How a part is searched: the first that comes to its end with its share of the work."""


class Searched(NamedTuple):
    """Minimal sets of a part, each with the work that came before it, and if they are all."""

    sets: Sequence[tuple[int, Marked]]
    complete: bool
    spent: int


@dataclass
class Search:
    """How to search a part.

    Attributes:
        top: the largest variable.
        world: an assignment that suits most clauses.
        limit: how many sets to find in a part at most.
        ways: the ways to go.
        by_all_ways: whether to go on with the other ways after one has come to its end. So it is
            where not all can be given, for those to be given first that come first by any way.
    """

    top: int
    world: World
    limit: int
    ways: Collection[str]
    by_all_ways: bool = False

    def part(self, part: Sequence[Marked], steps: int) -> Searched:
        """Search a part; each way has its share of the steps."""
        found: list[tuple[int, Marked]] = []
        share, spent = steps // max(1, len(self.ways)), list[int]()
        for number, way in enumerate(self.ways):
            work = Work(share, PRICE)
            try:
                for one in WAYS[way](part, self.top, self.world, self.limit, work):
                    found.append((share - work.left, one))  # noqa: PERF401 - kept when cut short
            except OutOfWork:
                continue
            spent.append(share * number + share - work.left)
            if not self.by_all_ways:
                break
        return Searched(found, bool(spent), min(spent, default=steps))
