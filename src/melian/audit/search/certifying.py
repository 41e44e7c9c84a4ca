"""Conflicts checked again, by a solver that took no part in the search for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pysat.solvers import Minisat22

from melian.problems import MelianError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from melian.audit.search.clauses import Group
    from melian.effort import Work


class Certifier:
    """A solver for the groups as they were given, each taken in when it is first asked about."""

    def __init__(self, groups: Sequence[Group], background: Group, work: Work) -> None:
        """Start with the background alone."""
        self._groups = groups
        self._work = work
        self._solver = Minisat22()
        self._names: dict[int, int] = {}
        self._selectors: dict[int, int] = {}
        self._last = 0
        for clause in background:
            self._solver.add_clause(self._renamed(clause))

    def minimal(self, candidate: Iterable[int]) -> frozenset[int]:
        """Give a set within the candidate that cannot hold together, but can without any one.

        It is the candidate itself where that is minimal.

        Raises:
            MelianError: the candidate can hold together.
            OutOfWork: checking it needs more work than is left.
        """
        needed = sorted(candidate)
        if not self._clash(needed):
            raise MelianError("A conflict did not pass its re-check; please report the case.")
        for group in tuple(needed):
            rest = [other for other in needed if other != group]
            if self._clash(rest):
                needed = rest
        return frozenset(needed)

    def _clash(self, groups: Iterable[int]) -> bool:
        return not self._work.solve(self._solver, [self._selector(group) for group in groups])

    def _selector(self, group: int) -> int:
        if group not in self._selectors:
            selector = self._selectors[group] = self._fresh()
            for clause in self._groups[group]:
                self._solver.add_clause([*self._renamed(clause), -selector])
        return self._selectors[group]

    def _renamed(self, clause: Iterable[int]) -> list[int]:
        """Number the variables in use from 1, as a solver keeps room for all below the largest."""
        for literal in clause:
            if abs(literal) not in self._names:
                self._names[abs(literal)] = self._fresh()
        return [self._names[x] if x > 0 else -self._names[-x] for x in clause]

    def _fresh(self) -> int:
        self._last += 1
        return self._last
