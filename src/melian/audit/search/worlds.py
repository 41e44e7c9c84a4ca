"""An assignment that suits as much of a position as can be, and what can clash seen from there.

Semantic resolution (Slagle 1967, JACM 14) never resolves two clauses that an assignment satisfies.
So whatever the assignment, a clause takes part in a contradiction only if each of its literals
that the assignment makes true is denied by a clause that takes part before it; it all begins with
clauses that the assignment makes false. Where the assignment suits almost everything, almost
nothing is reached: what a contradiction may rest on is found without looking at the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pysat.solvers import Minisat22

from melian.audit.search.work import PRICE
from melian.effort import OutOfWork, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from melian.audit.search.clauses import Clause

Place = tuple[int, int]
"""A clause by its group and its number in it."""

_STEPS = 2_000_000
"""What finding one assignment may take; all that it costs to stop is a wider search."""


class World(NamedTuple):
    """An assignment.

    Attributes:
        true: the variables that are true; all others are false.
        dropped: the wishes that it was not made to meet.
        sound: whether it meets all other wishes, and the clauses it was made for.
    """

    true: Collection[int]
    dropped: Collection[int] = ()
    sound: bool = True

    def holds(self, literal: int) -> bool:
        """Tell whether a literal is true."""
        return literal in self.true if literal > 0 else -literal not in self.true


class Worlds:
    """Clauses that hold, and assignments that meet as many wishes as possible beside them."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        """Hold the clauses."""
        self._solver = Minisat22(bootstrap_with=clauses)

    def add(self, clause: Clause) -> None:
        """Hold another clause."""
        self._solver.add_clause(clause)

    def nearest(self, wishes: Sequence[int], kept: Collection[int] = frozenset()) -> World:
        """Give an assignment that meets the wishes, all but a few where they clash.

        Args:
            wishes: literals that should be true.
            kept: those among them to drop only where no other can be.
        """
        work = Work(_STEPS, PRICE)
        met, dropped = list(wishes), list[int]()
        try:
            while not work.solve(self._solver, met):
                core = set(self._solver.get_core() or ())
                if not core:
                    return World((), wishes, sound=False)
                gone = {each for each in core if each not in kept} or core
                dropped += (each for each in met if each in gone)
                met = [each for each in met if each not in gone]
        except OutOfWork:
            return World({each for each in wishes if each > 0}, sound=False)
        return self._fuller(met, dropped, work)

    def _fuller(self, met: list[int], dropped: list[int], work: Work) -> World:
        """Take up again what was dropped beside what it does not clash with."""
        left = list[int]()
        try:
            for wish in dropped:
                suits = work.solve(self._solver, [*met, wish])
                (met if suits else left).append(wish)
            work.solve(self._solver, met)
        except OutOfWork:
            return World({each for each in met if each > 0}, sound=False)
        return World({each for each in self._solver.get_model() or () if each > 0}, left)


def reached(
    start: Iterable[tuple[Place, Clause]],
    world: World,
    containing: Callable[[int], Iterable[tuple[Place, Clause]]],
) -> Collection[Place]:
    """Give the clauses that can take part in a contradiction, as seen from an assignment.

    Args:
        start: the clauses that the assignment makes false.
        world: the assignment.
        containing: gives all clauses that a literal is in, each once.
    """
    found = dict(start)
    needs: dict[Place, int] = {}
    possible: dict[int, None] = {}
    queue = list[int]()

    def lead_on(clause: Clause) -> None:
        fresh = {each for each in clause if each not in possible and not world.holds(each)}
        possible.update(dict.fromkeys(fresh))
        queue.extend(fresh)

    for clause in found.values():
        lead_on(clause)
    for literal in queue:
        for key, clause in containing(-literal):
            if key not in needs:
                needs[key] = sum(map(world.holds, set(clause)))
            needs[key] -= 1
            if not needs[key]:
                found[key] = clause
                lead_on(clause)
    return found.keys()
