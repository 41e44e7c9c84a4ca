"""Conflicts by deriving them, the smallest first.

Semantic resolution (Slagle 1967, JACM 14) in the form of resolution with selection (Bachmair &
Ganzinger 2001, Handbook of Automated Reasoning, chapter 2): a clause of which an assignment makes
some literal true waits for clauses that deny one such literal; a clause that it makes false all
through is led on at its last literal. What comes of it remembers the groups that it rests on, like
an assumption-based truth maintenance system (de Kleer 1986). What rests on fewer groups comes
first, so that a search that is cut short has found the smallest conflicts.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from melian.effort import OutOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from melian.audit.search.matching import Marked
    from melian.effort import Work

_PRICE = 40  # steps that one more clause takes
_WORD = 8  # sets that are compared in a step


class _Clause(NamedTuple):
    """A clause with the groups that it rests on, as a bit mask."""

    literals: tuple[int, ...]
    rests: int


def derive(
    clauses: Sequence[Marked], top: int, holds: Callable[[int], bool], limit: int, work: Work
) -> Iterator[frozenset[int]]:
    """Give minimal unsatisfiable sets of groups, smallest first; the last is the last there is.

    Args:
        clauses: literals over variables up to ``top``, and numbers above it for groups.
        top: the largest variable.
        holds: tells the literals that are true in some assignment. Any will do; the more clauses
            it makes true, the faster.
        limit: how many sets to give at most.
        work: what the search may take.

    Raises:
        OutOfWork: there may be more sets.
    """
    marks = sorted({mark for clause in clauses for mark in clause if mark > top})
    bit = {mark: 1 << place for place, mark in enumerate(marks)}
    search = _Search(holds, work)
    for clause in clauses:
        literals = tuple(sorted(m for m in clause if m <= top))
        search.push(_Clause(literals, sum(bit[mark] for mark in clause if mark > top)), 1)
    for number, found in enumerate(search.run()):
        if number == limit:
            raise OutOfWork
        yield frozenset(marks[place] for place in _places(found))


class _Search:
    """Clauses in the order of how many groups they rest on, and those that wait for each other."""

    def __init__(self, holds: Callable[[int], bool], work: Work) -> None:
        self._holds = holds
        self._work = work
        self._queue: list[tuple[int, int, _Clause]] = []
        self._pushed = 0
        self._known: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        self._found: defaultdict[int, list[int]] = defaultdict(list)
        self._leading: defaultdict[int, list[_Clause]] = defaultdict(list)
        self._waiting: defaultdict[int, list[_Clause]] = defaultdict(list)

    def push(self, clause: _Clause, price: int = _PRICE) -> None:
        self._work.spend(price)
        self._pushed += 1
        heapq.heappush(self._queue, (clause.rests.bit_count(), self._pushed, clause))

    def run(self) -> Iterator[int]:
        """Give what the empty clauses rest on."""
        while self._queue:
            clause = heapq.heappop(self._queue)[2]
            if self._is_known(clause):
                continue
            if clause.literals:
                self._known[clause.literals].append(clause.rests)
                self._resolve(clause)
            else:
                self._found[clause.rests.bit_length()].append(clause.rests)
                yield clause.rests

    def _is_known(self, clause: _Clause) -> bool:
        """Tell whether a clause that says as much or more rests on as little or less."""
        rests = clause.rests
        homes = [self._known.get(clause.literals, ())]
        if len(clause.literals) > 1:
            homes += (self._known.get((literal,), ()) for literal in clause.literals)
        homes += (self._found.get(place + 1, ()) for place in _places(rests))
        if 0 in self._found:
            return True
        for home in homes:
            self._work.spend(1 + len(home) // _WORD)
            if any(other & rests == other for other in home):
                return True
        return False

    def _resolve(self, clause: _Clause) -> None:
        wanted = next(filter(self._holds, clause.literals), None)
        if wanted is None:
            last = max(clause.literals, key=abs)
            self._leading[last].append(clause)
            self._push_all((clause, other) for other in self._waiting[-last])
        else:
            self._waiting[wanted].append(clause)
            self._push_all((other, clause) for other in self._leading[-wanted])

    def _push_all(self, pairs: Iterable[tuple[_Clause, _Clause]]) -> None:
        """Resolve leading clauses, at their last literal, with clauses that wait for it."""
        for leading, waiting in pairs:
            last = max(leading.literals, key=abs)
            literals = {*leading.literals, *waiting.literals} - {last, -last}
            if not any(-literal in literals for literal in literals):
                rests = leading.rests | waiting.rests
                self.push(_Clause(tuple(sorted(literals)), rests))


def _places(mask: int) -> Iterator[int]:
    while mask:
        place = mask.bit_length() - 1
        yield place
        mask ^= 1 << place
