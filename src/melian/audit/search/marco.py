"""Conflicts by exploring the map of subsets.

MARCO (Liffiton, Previti, Malik & Marques-Silva 2016, Constraints 21): a solver hands out maximal
subsets not yet explained; a satisfiable one rules out its subsets, an unsatisfiable one is shrunk
to a minimal set, which rules out its supersets. The map is empty when all sets are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pysat.solvers import Minisat22

from melian.effort import OutOfWork

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from melian.audit.search.matching import Marked
    from melian.effort import Work


_FIRST = 100  # steps that a group takes before there is anything to give


class _Subsets:
    """Which sets of groups can hold together; a group's number in the solver is its selector."""

    def __init__(self, clauses: Sequence[Marked], top: int, work: Work) -> None:
        self.groups = tuple(sorted({m for clause in clauses for m in clause if m > top}))
        self.work = work
        work.spend(_FIRST * len(self.groups))
        self.selector = {group: number for number, group in enumerate(self.groups, 1)}
        self.group = {number: group for group, number in self.selector.items()}
        names: dict[int, int] = {}
        self.solver = Minisat22()
        for clause in clauses:
            literals = [-self.selector[mark] for mark in sorted(clause) if mark > top]
            for mark in sorted(clause):
                if mark <= top:
                    name = len(self.groups) + names.setdefault(abs(mark), len(names) + 1)
                    literals.append(name if mark > 0 else -name)
            self.solver.add_clause(literals)

    def core(self, subset: Iterable[int]) -> frozenset[int] | None:
        """Give some conflicting part of the subset, or nothing when it can hold together."""
        chosen = [self.selector[group] for group in sorted(subset)]
        if self.work.solve(self.solver, chosen):
            return None
        return frozenset(self.group[each] for each in self.solver.get_core() or ())

    def shrunk(self, conflict: frozenset[int]) -> frozenset[int]:
        """Give a minimal conflict inside the conflict."""
        needed = conflict
        for group in sorted(conflict):
            smaller = self.core(needed - {group}) if group in needed else None
            needed = needed if smaller is None else smaller
        return needed

    def grown(self, subset: frozenset[int]) -> frozenset[int]:
        """Give a maximal subset that holds together around one that does."""
        for group in self.groups:
            if group not in subset and self.core(subset | {group}) is None:
                subset |= {group}
        return subset


def explore(
    clauses: Sequence[Marked], top: int, limit: int, work: Work
) -> Iterator[frozenset[int]]:
    """Give minimal unsatisfiable sets of groups; the last is the last there is.

    Args:
        clauses: literals over variables up to ``top``, and numbers above it for groups.
        top: the largest variable.
        limit: how many sets to give at most.
        work: what the search may take.

    Raises:
        OutOfWork: there may be more sets.
    """
    subsets = _Subsets(clauses, top, work)
    with subsets.solver, Minisat22() as seeds:
        seeds.set_phases(list(subsets.selector.values()))
        number = 0
        while work.solve(seeds):
            work.spend(len(subsets.groups))
            absent = {-literal for literal in seeds.get_model() or () if literal < 0}
            seed = frozenset(g for g in subsets.groups if subsets.selector[g] not in absent)
            conflict = subsets.core(seed)
            if conflict is None:
                outside = set(subsets.groups) - subsets.grown(seed)
                seeds.add_clause([subsets.selector[g] for g in sorted(outside)])
                continue
            if number == limit:
                raise OutOfWork
            number += 1
            found = subsets.shrunk(conflict)
            yield found
            seeds.add_clause([-subsets.selector[g] for g in sorted(found)])
