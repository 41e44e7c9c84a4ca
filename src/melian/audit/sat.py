"""All minimal unsatisfiable sets of groups of clauses, each of them certified.

Literals are non-zero integers as in DIMACS, a group is a sequence of clauses that stand or fall
together. The clauses that can take part in a contradiction are split where they share no variable;
each part is worked off by elimination (:mod:`melian.audit.elimination`), and what that cannot hold
by exploration (:mod:`melian.audit.marco`). Every set is then checked again with a solver of its
own: it is unsatisfiable, and satisfiable without any one of its groups.
"""

from __future__ import annotations

import itertools
import math
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pysat.solvers import Minisat22

from melian.audit.elimination import eliminate, matched
from melian.audit.marco import explore
from melian.audit.work import STEPS, OutOfWork, Work
from melian.problems import MelianError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from melian.audit.elimination import Marked

Clause = tuple[int, ...]
Group = tuple[Clause, ...]

ROOM = 3_000


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Minimal unsatisfiable sets of groups, by number, smallest first; whether these are all."""

    sets: tuple[tuple[int, ...], ...]
    complete: bool = True


def conflicts(
    groups: Sequence[Group],
    background: Group = (),
    limit: int = 10_000,
    room: int = ROOM,
    steps: int = STEPS,
) -> Conflicts:
    """Give all minimal unsatisfiable sets of the groups.

    Args:
        groups: clauses by group.
        background: clauses that hold whatever groups do; when they cannot hold by themselves, the
            empty set is the one answer.
        limit: how many sets to give, and how many subsets to explore for a part that elimination
            cannot hold; reaching it makes the answer incomplete, never wrong.
        room: how many clauses elimination may hold at a time; 0 leaves all to exploration.
        steps: what exploring may take, and certifying again (see :mod:`melian.audit.work`); an
            answer cut short by them is incomplete, never wrong.
    """
    every_clause = itertools.chain(background, *groups)
    top = max((abs(literal) for clause in every_clause for literal in clause), default=0)
    clauses = [frozenset(clause) for clause in background]
    clauses += (frozenset((*c, top + 1 + n)) for n, group in enumerate(groups) for c in group)
    live = matched(clauses, top)
    twins = _twins(groups, sorted({mark - top - 1 for c in live for mark in c if mark > top}))
    others = {top + 1 + each for same in twins.values() for each in same[1:]}
    found: list[frozenset[int]] = []
    complete, work = True, Work(steps)
    for part in _parts((clause for clause in live if not clause & others), top):
        sets, all_of_it = _of_part(part, top, limit, room, work)
        found.extend(frozenset(mark - top - 1 for mark in one) for one in sets)
        complete = complete and all_of_it
    candidates = minimal(found)
    certified = _certified(groups, background, candidates, Work(steps), complete=complete)
    complete = complete and len(certified) == len(candidates)
    every = [each for one in certified for each in _expanded(one, twins, limit)]
    complete = complete and len(every) == sum(_count(one, twins) for one in certified)
    ordered = sorted(every, key=lambda one: (len(one), one))
    return Conflicts(tuple(ordered[:limit]), complete and len(ordered) <= limit)


def _twins(groups: Sequence[Group], numbers: Iterable[int]) -> dict[int, list[int]]:
    """Give the groups that say the same, by the first of them."""
    alike: dict[frozenset[Clause], list[int]] = {}
    for number in numbers:
        says = frozenset(tuple(sorted(set(clause))) for clause in groups[number])
        alike.setdefault(says, []).append(number)
    return {same[0]: same for same in alike.values()}


def minimal(sets: Iterable[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """Give the sets that contain no other of them, smallest first, each once."""
    kept: list[frozenset[int]] = []
    by_least: dict[int | None, list[frozenset[int]]] = {}
    for one in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        rivals = itertools.chain.from_iterable(by_least.get(each, ()) for each in (None, *one))
        if not any(len(other) < len(one) and other <= one for other in rivals):
            kept.append(one)
            by_least.setdefault(min(one, default=None), []).append(one)
    return tuple(kept)


def _of_part(
    part: Sequence[Marked], top: int, limit: int, room: int, work: Work
) -> tuple[list[Marked], bool]:
    left = eliminate(part, top, room) if room else tuple(part)
    found: list[Marked] = []
    complete = True
    for smaller in _parts(left, top):
        if all(mark > top for mark in smaller[0]):
            found.extend(smaller)
            continue
        sets, all_of_it = explore(smaller, top, limit, work)
        found.extend(sets)
        complete = complete and all_of_it
    return found, complete


def _parts(clauses: Iterable[Marked], top: int) -> list[list[Marked]]:
    """Split clauses where they share no variable; those without any are a part of their own."""
    parent: dict[int, int] = {}

    def root(name: int) -> int:
        while parent.setdefault(name, name) != name:
            parent[name] = name = parent[parent[name]]
        return name

    placed: list[tuple[int, Marked]] = []
    for clause in clauses:
        first, *others = [abs(mark) for mark in clause if mark <= top] or (0,)
        placed.append((first, clause))
        for other in others:
            parent[root(other)] = root(first)
    parts: dict[int, list[Marked]] = {}
    for first, clause in placed:
        parts.setdefault(root(first), []).append(clause)
    return list(parts.values())


def _certified(
    groups: Sequence[Group],
    background: Group,
    candidates: Sequence[frozenset[int]],
    work: Work,
    *,
    complete: bool,
) -> tuple[frozenset[int], ...]:
    """Check each candidate afresh, as far as the work reaches.

    Where the search was cut short, a candidate is shrunk to a minimal set.
    """
    checked: list[frozenset[int]] = []
    with suppress(OutOfWork):
        for one in candidates:
            checked.append(frozenset(_shrunk(groups, background, one, work)))  # noqa: PERF401 - kept
    if complete and checked != list(candidates[: len(checked)]):
        raise MelianError("A conflict did not pass its re-check; please report the case.")
    return tuple(checked) if complete else minimal(checked)


def _shrunk(
    groups: Sequence[Group], background: Group, candidate: frozenset[int], work: Work
) -> list[int]:
    needed = sorted(candidate)
    used = itertools.chain(background, *(groups[group] for group in needed))
    top = max((abs(literal) for clause in used for literal in clause), default=0)
    selectors = {group: top + number for number, group in enumerate(needed, 1)}
    with Minisat22(bootstrap_with=background) as solver:
        for group in needed:
            for clause in groups[group]:
                solver.add_clause([*clause, -selectors[group]])
        if work.solve(solver, list(selectors.values())):
            raise MelianError("A conflict did not pass its re-check; please report the case.")
        for group in tuple(needed):
            rest = [other for other in needed if other != group]
            if not work.solve(solver, [selectors[other] for other in rest]):
                needed = rest
    return needed


def _count(one: frozenset[int], twins: dict[int, list[int]]) -> int:
    return math.prod(len(twins[each]) for each in one)


def _expanded(
    one: frozenset[int], twins: dict[int, list[int]], limit: int
) -> Iterator[tuple[int, ...]]:
    """Give the set with each of its groups replaced by any group that says the same."""
    choices = itertools.product(*(twins[each] for each in sorted(one)))
    return (tuple(sorted(choice)) for choice in itertools.islice(choices, limit))
