"""Orders of statements as propositional clauses, with what a change of them costs.

A variable for each pair of an actor's statements says which comes first, and clauses for all
triples keep that an order. Variables further say of a statement of the list that it **stays**
(those that stay keep their order) and of one on offer that it is **taken up**; every statement
that does not stay, or is taken up, costs one. A totalizer (Bailleux & Boufkhad 2003) counts them.

Whether one state is better than another depends on which statements tell them apart: one that
favours the first has to come before all that favour the second.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Self

import numpy as np
from pysat.card import ITotalizer
from pysat.solvers import Glucose4

from melian.effort import OutOfWork, Price, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from melian.conflict.inverse.sheets import Order, Sheet
    from melian.conflict.inverse.temptations import Escape, Temptation

    Clause = list[int]
    Telling = tuple[tuple[int, ...], tuple[int, ...]]
    Profile = tuple[Order, ...]

_PRICE = Price(call=10)  # a step is a conflict inside the solver


class Encoding:
    """The orders that are left, after all that was learnt about them.

    Attributes:
        work: what may yet be done: conflicts in the solver, and a few for each call.
    """

    def __init__(self, sheets: Sequence[Sheet], steps: int) -> None:
        """Take everyone's statements; the orders of those who are free may change."""
        self.work = Work(steps, _PRICE)
        self._sheets = sheets
        self._free = [i for i, sheet in enumerate(sheets) if sheet.free]
        self._solver = Glucose4()
        self._top = 0
        self._pair: dict[tuple[int, int, int], int] = {}
        self._mark: dict[tuple[int, int], int] = {}  # stays, of its own; is taken up, on offer
        self._shared: dict[tuple[object, ...], int] = {}
        for actor in self._free:
            self._order(actor)
        costs = [
            -mark if number < sheets[actor].own else mark
            for (actor, number), mark in self._mark.items()
        ]
        self._solver.set_phases([-cost for cost in costs])
        self._at_most = self._count(costs)

    def __enter__(self) -> Self:
        """Go on; the solver is given up at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the solver's memory back."""
        self._solver.delete()

    def _new(self) -> int:
        self._top += 1
        return self._top

    def _add(self, *clauses: Clause) -> None:
        for clause in clauses:
            self._solver.add_clause(clause)

    def _order(self, actor: int) -> None:
        sheet = self._sheets[actor]
        size = len(sheet.formulas)
        for one, two in combinations(range(size), 2):
            self._pair[actor, one, two] = self._new()
        self._solver.set_phases(
            [self._before(actor, a, b) for a, b in combinations(range(size), 2)]
        )
        for number in range(size):
            self._mark[actor, number] = self._new()
        for one, two in combinations(range(sheet.own), 2):
            stay = [-self._mark[actor, one], -self._mark[actor, two]]
            self._add([*stay, self._before(actor, one, two)])
        for a, b, c in combinations(range(size), 3):
            ab, bc, ac = (self._before(actor, *two) for two in ((a, b), (b, c), (a, c)))
            self._add([-ab, -bc, ac], [ab, bc, -ac])

    def _count(self, costs: Sequence[int]) -> list[int]:
        """Give, per number, what has to be assumed for a change to cost no more."""
        if not costs:
            return []
        with ITotalizer(lits=list(costs), ubound=len(costs) - 1, top_id=self._top) as count:
            self._add(*count.cnf.clauses)
            self._top = max(self._top, count.top_id)
            return [-literal for literal in count.rhs]

    def _before(self, actor: int, one: int, two: int) -> int:
        """Give the literal for one statement to come before another."""
        return self._pair[actor, one, two] if one < two else -self._pair[actor, two, one]

    def selector(self) -> int:
        """Give a literal under which clauses may be put, and taken out again."""
        return self._new()

    def learn(self, temptation: Temptation, start: Profile, under: int) -> None:
        """From now on, give only orders under which something may answer a temptation.

        Args:
            temptation: with all that would answer it.
            start: the lists as they are, by which those who are not free decide.
            under: the literal that has to be assumed for it.
        """
        clause = [-under]
        for escape in temptation.escapes:
            clause += self._any_row(escape, start[escape.actor])
        self._add(list(dict.fromkeys(clause)))

    def _any_row(self, escape: Escape, order: Order) -> Iterator[int]:
        """Give literals of which one holds when one row of comparisons does."""
        sheet = self._sheets[escape.actor]
        rows, which = _classes(sheet, escape)
        ways = [self._ways(escape, _telling(row), order) for row in rows]
        for row in np.unique(np.sort(which, axis=1), axis=0):
            needed = [ways[one] for one in dict.fromkeys(row.tolist())]
            open_ = [way for way in needed if way is not None]  # the others hold whatever happens
            if len(open_) == 1:
                yield from open_[0]
            elif all(open_):
                yield self._all_of(tuple(map(self._any_of, map(tuple, open_))))

    def _ways(self, escape: Escape, telling: Telling, order: Order) -> list[int] | None:
        """Give literals of which one holds when a comparison does; None where it always holds."""
        actor, (ours, theirs) = escape.actor, telling
        sheet = self._sheets[actor]
        if not sheet.free:
            better = sheet.decided(order, ours, theirs)
            return None if better or (better is None and not escape.strict) else []
        found = [self._leads(actor, number, theirs) for number in ours]
        if not escape.strict:
            if not theirs:
                return None
            if all(number >= sheet.own for number in theirs):  # none of them need be taken up
                found.append(self._all_of(tuple(-self._mark[actor, n] for n in theirs)))
        return found

    def _leads(self, actor: int, number: int, others: tuple[int, ...]) -> int:
        """Give a literal under which a statement is held, and before all others that are held."""
        key = ("leads", actor, number, others)
        if key not in self._shared:
            own, name = self._sheets[actor].own, self._new()
            if number >= own:
                self._add([-name, self._mark[actor, number]])
            for other in others:
                absent = [-self._mark[actor, other]] if other >= own else []
                self._add([-name, self._before(actor, number, other), *absent])
            self._shared[key] = name
        return self._shared[key]

    def _any_of(self, literals: tuple[int, ...]) -> int:
        key = ("any", *literals)
        if key not in self._shared:
            self._shared[key] = self._new()
            self._add([-self._shared[key], *literals])
        return self._shared[key]

    def _all_of(self, literals: tuple[int, ...]) -> int:
        key = ("all", *literals)
        if key not in self._shared:
            self._shared[key] = self._new()
            self._add(*([-self._shared[key], each] for each in literals))
        return self._shared[key]

    def as_in(self, profile: Profile, actors: Iterable[int]) -> list[int]:
        """Give literals that all hold just when some actors' lists are as in a profile."""
        found = []
        for actor in actors:
            order, sheet = profile[actor], self._sheets[actor]
            found += [self._before(actor, one, two) for one, two in pairwise(order)]
            for number in range(sheet.own, len(sheet.formulas)):
                mark = self._mark[actor, number]
                found.append(mark if number in order else -mark)
        return found

    def exclude(self, profile: Profile, actors: Iterable[int], under: int) -> None:
        """From now on, give other lists of some actors than these.

        Args:
            profile: one order per actor.
            actors: those whose lists are meant.
            under: the literal that has to be assumed for it.
        """
        self._add([-under, *(-each for each in self.as_in(profile, actors))])

    def profile(self, under: Sequence[int], most: int | None = None) -> Profile | None:
        """Give lists that all that was learnt leaves, or None where it leaves none.

        Args:
            under: literals to assume.
            most: what the change may cost; anything, when left out.

        Raises:
            OutOfWork: it would take more than is left.
        """
        bound = [] if most is None else self._at_most[most : most + 1]
        if not self._solve([*under, *bound]):
            return None
        model = self._solver.get_model()
        return tuple(
            self._read(actor, model) if sheet.free else sheet.start
            for actor, sheet in enumerate(self._sheets)
        )

    def core(self, under: Sequence[int]) -> tuple[int, ...]:
        """Give few literals, of some that cannot hold together, that cannot either.

        No one of them can be left out, unless it takes more work than is left to tell.
        """
        needed = [each for each in under if each in set(self._solver.get_core() or ())]
        for each in tuple(needed):
            try:
                if not self._solve(rest := [other for other in needed if other != each]):
                    needed = rest
            except OutOfWork:
                break
        return tuple(needed)

    def _solve(self, assumptions: Sequence[int]) -> bool:
        return self.work.solve(self._solver, assumptions)

    def _read(self, actor: int, model: Sequence[int]) -> Order:
        sheet = self._sheets[actor]
        every = range(len(sheet.formulas))
        held = [n for n in every if n < sheet.own or model[self._mark[actor, n] - 1] > 0]
        later = dict.fromkeys(held, 0)
        for one, two in combinations(held, 2):
            first = model[self._pair[actor, one, two] - 1] > 0
            later[two if first else one] += 1
        return tuple(sorted(held, key=later.__getitem__))


def _classes(sheet: Sheet, escape: Escape) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Give what tells the states of an escape apart, as bits and each once, and which of it where.

    A row says which statements favour the first state, and then which favour the second.
    """
    first, second = sheet.marks[escape.first], sheet.marks[escape.second]
    both = np.concatenate([first & ~second, second & ~first], axis=-1)
    rows, which = np.unique(both.reshape(-1, both.shape[-1]), axis=0, return_inverse=True)
    return rows, which.reshape(escape.first.shape)


@lru_cache(maxsize=4096)
def _numbers(bits: bytes) -> tuple[int, ...]:
    return tuple(map(int, np.flatnonzero(np.unpackbits(np.frombuffer(bits, dtype=np.uint8)))))


def _telling(row: NDArray[np.uint8]) -> Telling:
    middle = len(row) // 2
    return _numbers(row[:middle].tobytes()), _numbers(row[middle:].tobytes())
