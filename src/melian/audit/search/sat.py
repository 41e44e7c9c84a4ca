"""All minimal unsatisfiable sets of groups of clauses, each of them certified.

Literals are non-zero integers as in DIMACS, a group is a sequence of clauses that stand or fall
together. What can take part in a contradiction (:mod:`melian.audit.search.worlds`) is split where
it shares no variable. Each part is searched by deriving conflicts
(:mod:`melian.audit.search.deriving`); where that does not come to an end with its share of the
work, by exploring subsets as well (:mod:`melian.audit.search.marco`). Every set is then checked
again with a solver that had no part in finding it: it is unsatisfiable, and satisfiable without any
one of its groups. Each way gives the beginning of one and the same sequence, whatever its bounds,
and what is given is ordered by the work that came before. So a larger limit, or more work, gives
all that a smaller one gave, and more.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from melian.audit.search.certifying import Certifier
from melian.audit.search.matching import matched
from melian.audit.search.searching import WAYS, Search
from melian.audit.search.work import PRICE, STEPS, shared
from melian.audit.search.worlds import Worlds, reached
from melian.effort import OutOfWork, Work
from melian.problems import MelianError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from melian.audit.search.clauses import Clause, Group
    from melian.audit.search.matching import Marked
    from melian.audit.search.searching import Searched
    from melian.audit.search.worlds import Place, World


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Minimal unsatisfiable sets of groups, by number, smallest first.

    Attributes:
        sets: the sets.
        unsearched: the parts in which there may be more, as sets of groups.
        spent: the steps it took; all that there were, where there may be more.
    """

    sets: tuple[tuple[int, ...], ...]
    unsearched: tuple[tuple[int, ...], ...] = ()
    spent: int = field(default=0, compare=False)

    @property
    def complete(self) -> bool:
        """Whether these are all sets."""
        return not self.unsearched


def conflicts(
    groups: Sequence[Group],
    background: Group = (),
    *,
    limit: int = 10_000,
    steps: int = STEPS,
    ways: Collection[str] = tuple(WAYS),
) -> Conflicts:
    """Give all minimal unsatisfiable sets of the groups.

    Args:
        groups: clauses by group.
        background: clauses that hold whatever groups do; when they cannot hold by themselves, the
            empty set is the one answer.
        limit: how many sets to give; more make the answer incomplete, never wrong.
        steps: what searching may take, and certifying again (see :mod:`melian.audit.search.work`);
            an answer cut short by them is incomplete, never wrong.
        ways: which of the :data:`melian.audit.search.searching.WAYS` to go.
    """
    clauses, top = _marked(groups, background)
    live = matched(clauses, top)
    twins = _twins(groups, _marks(live, top), top)
    others = {each for same in twins.values() for each in same[1:]}
    live, world = _relevant([clause for clause in live if others.isdisjoint(clause)], top)
    parts = _parts(live, top)
    search = Search(top, world, limit, ways)
    searched = shared([partial(search.part, part) for part in parts], steps)
    hits = _in_order(searched)
    if sum(_count(hit.marks, twins) for hit in hits) > limit:
        search.by_all_ways = True
        hits = _in_order(shared([partial(search.part, part) for part in parts], steps))
    work = Work(steps, PRICE)
    given, cut = _certified(hits, Certifier(groups, background, work), twins, top, limit)
    cut |= {number for number, each in enumerate(searched) if not each.complete}
    if not cut:
        _recheck(hits, given, twins, top)
    unsearched = (
        tuple(sorted(g - top - 1 for mark in _marks(parts[n], top) for g in twins[mark]))
        for n in sorted(cut)
    )
    return Conflicts(
        tuple(sorted(given, key=lambda one: (len(one), one))),
        tuple(unsearched),
        steps if cut else max(sum(each.spent for each in searched), steps - work.left),
    )


def _marked(groups: Sequence[Group], background: Group) -> tuple[list[Marked], int]:
    """Give all clauses, each with a mark for its group, and the largest variable.

    Variables are numbered anew, as solvers keep room for all below the largest.
    """
    every_clause = itertools.chain(background, *groups)
    used = dict.fromkeys(abs(literal) for clause in every_clause for literal in clause)
    number = {name: place for place, name in enumerate(used, 1)}
    number |= {-name: -place for name, place in number.items()}
    top = len(used)
    clauses = [frozenset(number[x] for x in clause) for clause in background]
    for mark, group in enumerate(groups, top + 1):
        clauses += (frozenset((*(number[x] for x in clause), mark)) for clause in group)
    return clauses, top


def _marks(clauses: Iterable[Marked], top: int) -> list[int]:
    return sorted({mark for clause in clauses for mark in clause if mark > top})


def _twins(groups: Sequence[Group], marks: Iterable[int], top: int) -> dict[int, list[int]]:
    """Give the marks of the groups that say the same, by the first of them."""
    alike: dict[frozenset[Clause], list[int]] = {}
    for mark in marks:
        says = frozenset(tuple(sorted(set(clause))) for clause in groups[mark - top - 1])
        alike.setdefault(says, []).append(mark)
    return {same[0]: same for same in alike.values()}


def _relevant(live: Sequence[Marked], top: int) -> tuple[list[Marked], World]:
    """Give the clauses that can take part in a contradiction, and an assignment that suits most."""
    worlds = Worlds([tuple(-m if m > top else m for m in clause) for clause in live])
    world = worlds.nearest(_marks(live, top))
    plain = [((n, 0), tuple(m for m in clause if m <= top)) for n, clause in enumerate(live)]
    homes: defaultdict[int, list[tuple[Place, Clause]]] = defaultdict(list)
    for place, clause in plain:
        for literal in clause:
            homes[literal].append((place, clause))
    false = (each for each in plain if not any(map(world.holds, each[1])))
    found = reached(false, world, lambda literal: homes.get(literal, ()))
    return matched([live[number] for number, _ in sorted(found)], top), world


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


class _Hit(NamedTuple):
    """A set that was found: when, in which part, as the how-manieth."""

    when: int
    part: int
    place: int
    marks: Marked


def _in_order(searched: Iterable[Searched]) -> list[_Hit]:
    """Give what was found in all parts in the order of the work that each took, each once."""
    hits = sorted(
        (when, part, place, sorted(one))
        for part, each in enumerate(searched)
        for place, (when, one) in enumerate(each.sets)
    )
    first: dict[Marked, _Hit] = {}
    for when, part, place, marks in hits:
        one = frozenset(marks)
        first.setdefault(one, _Hit(when, part, place, one))
    return list(first.values())


def _certified(
    hits: Sequence[_Hit],
    certifier: Certifier,
    twins: Mapping[int, Sequence[int]],
    top: int,
    limit: int,
) -> tuple[dict[tuple[int, ...], None], set[int]]:
    """Give the sets that pass, as far as limit and work reach, and the parts where they did not.

    A set that is not minimal, as something that would show it is not found, is made so. Each of
    its groups is also replaced by any other group that says the same.
    """
    given: dict[tuple[int, ...], None] = {}
    for number, hit in enumerate(hits):
        try:
            one = certifier.minimal(mark - top - 1 for mark in hit.marks)
        except OutOfWork:
            return given, {each.part for each in hits[number:]}
        for each in _expanded(one, twins, top):
            if len(given) == limit and each not in given:
                return given, {each.part for each in hits[number:]}
            given[each] = None
    return given, set()


def _count(one: Iterable[int], twins: Mapping[int, Sequence[int]]) -> int:
    return math.prod(len(twins[mark]) for mark in one)


def _expanded(
    one: Iterable[int], twins: Mapping[int, Sequence[int]], top: int
) -> Iterator[tuple[int, ...]]:
    choices = itertools.product(*(twins[group + top + 1] for group in sorted(one)))
    return (tuple(sorted(mark - top - 1 for mark in choice)) for choice in choices)


def _recheck(
    hits: Iterable[_Hit],
    given: Collection[tuple[int, ...]],
    twins: Mapping[int, Sequence[int]],
    top: int,
) -> None:
    """See that a search that came to its end found minimal sets, and nothing else passed."""
    least = minimal(frozenset(mark - top - 1 for mark in hit.marks) for hit in hits)
    if set(given) != {each for one in least for each in _expanded(one, twins, top)}:
        raise MelianError("A conflict did not pass its re-check; please report the case.")


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
