"""Acceptance: what is in some extension, and what is in all of them, without listing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.argumentation.core import LINEAR, SEARCHED, WORK, core_of
from melian.argumentation.result import Acceptance, Semantics
from melian.effort import OutOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from melian.argumentation.core import Core
    from melian.argumentation.solver import Members, Solver
    from melian.case.framework import Framework


def acceptance(framework: Framework, semantics: Semantics, work: int = WORK) -> Acceptance:
    """Say which arguments are in some extension, and which in all of them.

    Sets are asked for that hold what no set held yet, or that lack what all held, until there is
    none.

    Args:
        framework: the arguments and attacks.
        semantics: whose extensions.
        work: how much each of the two searches may do (see :data:`WORK`).
    """
    core = core_of(framework)
    given = frozenset(core.given)
    if semantics is Semantics.GROUNDED:
        return Acceptance(semantics, given, given, method=LINEAR)
    from melian.argumentation.solver import Solver

    def solver() -> Solver:
        return Solver(core.attackers, semantics, work)

    some, some_done = _in_some(solver())
    every: frozenset[int] | None = frozenset()
    every_done = True
    if semantics is not Semantics.COMPLETE:  # the least complete set is the grounded one
        every, every_done = _in_all(core, semantics, solver)
    return Acceptance(
        semantics,
        frozenset(core.whole(some)) if every is not None else frozenset(),
        frozenset(range(len(framework.arguments)) if every is None else core.whole(every)),
        some_done and every_done,
        SEARCHED,
    )


def _in_some(solver: Solver) -> tuple[frozenset[int], bool]:
    """Give the arguments that are in some set, and whether they are all."""
    covered: frozenset[int] = frozenset()
    try:
        while (found := solver.one()) is not None:
            covered = covered.union(found)
            solver.more_than(covered)
    except OutOfWork:
        return covered, False
    return covered, True


def _in_all(
    core: Core, semantics: Semantics, solver: Callable[[], Solver]
) -> tuple[frozenset[int] | None, bool]:
    """Give the arguments that are in every set (None without any set), and whether that is sure."""
    search, candidates = solver(), _Candidates()
    try:
        candidates.meet(search.one())
        while candidates.common:
            search.lacking(candidates.common)
            found = search.one(probing=True)
            if found is None:
                break
            if semantics is Semantics.PREFERRED:
                found = search.one(found)
            if not candidates.meet(found):
                _clear_doubts(solver(), core.attackers, candidates, found or ())
                break
    except OutOfWork:
        return candidates.common, False
    return candidates.common, True


class _Candidates:
    """What may be in every set.

    Attributes:
        common: what all sets met so far hold; None before any.
    """

    def __init__(self) -> None:
        self.common: frozenset[int] | None = None

    def meet(self, members: Members | None) -> bool:
        """Keep what a set holds; tell whether that leaves fewer."""
        before = self.common
        if members is not None:
            self.common = frozenset(members) if before is None else before.intersection(members)
        return self.common != before


def _clear_doubts(
    search: Solver, attackers: Sequence[Sequence[int]], candidates: _Candidates, members: Members
) -> None:
    """Take those candidates away that are not in every preferred set.

    One is in all just if no admissible set conflicts with every admissible set that holds it
    (Thimm, Cerutti & Vallati 2021). So a candidate is in doubt while some set attacks each defence
    of it that is known; that set, made as large as can be, lacks it or holds another defence.

    Args:
        search: a solver that has not been asked anything.
        attackers: of each argument.
        candidates: what a preferred set and others have in common.
        members: that set.
    """
    doubted: Collection[int] = candidates.common or ()
    while True:
        for one in doubted:
            if one in members:
                search.doubt(one, defence(attackers, one, frozenset(members)))
        candidates.meet(members)
        if not candidates.common:
            return
        search.doubting(candidates.common)
        found = search.one(probing=True)
        if found is None:
            return
        doubted = candidates.common.intersection(search.doubted())
        members = search.one(found) or found


def defence(
    attackers: Sequence[Sequence[int]], argument: int, members: Collection[int]
) -> frozenset[int]:
    """Give an admissible part of an admissible set that holds an argument of it."""
    kept = {argument}
    queue = [argument]
    for one in queue:
        for attacker in attackers[one]:
            answers = [each for each in attackers[attacker] if each in members]
            if kept.isdisjoint(answers):
                best = min(answers, key=lambda each: len(attackers[each]))
                kept.add(best)
                queue.append(best)
    return frozenset(kept)
