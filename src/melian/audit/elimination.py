"""Conflicts by eliminating variables from clauses that remember what they rest on.

A clause of a group has one more literal, a variable that says that the group is dropped. Resolving
away all other variables one after the other (Davis & Putnam 1960) leaves clauses of such variables
only, "one of these must be dropped"; those that no other subsumes are exactly the minimal
unsatisfiable sets. An ATMS (de Kleer 1986) does the same for Horn clauses. Unlike enumeration by
hitting sets the work does not multiply over contradictions that merely share a neighbourhood.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Marked = frozenset[int]
"""A clause: literals over the variables up to ``top``, and above it the groups it rests on."""


def matched(clauses: Iterable[Marked], top: int) -> list[Marked]:
    """Give the clauses that can take part in a contradiction, in their order.

    Each literal of such a clause is denied by another of them (the pure literal rule of Davis &
    Putnam, to its end); and no clause of them holds whatever is the case.
    """
    live = [c for c in clauses if not any(-literal in c for literal in c)]
    homes: defaultdict[int, set[int]] = defaultdict(set)
    for number, clause in enumerate(live):
        for literal in clause:
            if literal <= top:
                homes[literal].add(number)
    pure = [literal for literal in homes if -literal not in homes]
    gone: set[int] = set()
    for literal in pure:
        for number in homes[literal] - gone:
            gone.add(number)
            for other in live[number]:
                if other <= top and other != literal:
                    homes[other].discard(number)
                    if not homes[other]:
                        pure.append(-other)
        homes[literal].clear()
    return [clause for number, clause in enumerate(live) if number not in gone]


def eliminate(clauses: Iterable[Marked], top: int, room: int) -> tuple[Marked, ...]:
    """Give clauses with the same conflicts, with as few variables as fit into the room.

    Args:
        clauses: literals over variables up to ``top``, and numbers above it for groups.
        top: the largest variable.
        room: how many clauses may be kept at a time; a variable whose elimination makes no more
            clauses than it removes is eliminated whatever the room.

    Returns:
        Sets of groups only, when all variables could be eliminated: the minimal unsatisfiable
        sets. Otherwise the clauses left; the sets are the same.
    """
    store = _Store(clauses)
    names = {abs(mark) for mark in store.homes if mark <= top}
    queue = [(store.growth(name), name) for name in sorted(names)]
    heapq.heapify(queue)
    while queue:
        believed, name = heapq.heappop(queue)
        growth = store.growth(name)
        if believed != growth:
            heapq.heappush(queue, (growth, name))
        elif growth > 0 and len(store) + growth > room:
            break
        else:
            for other in sorted(_eliminate(store, name)):
                if other <= top and other != name:
                    heapq.heappush(queue, (store.growth(other), other))
    return tuple(store)


def _eliminate(store: _Store, variable: int) -> set[int]:
    """Eliminate a variable; give those whose clauses were touched."""
    positive, negative = tuple(store.homes[variable]), tuple(store.homes[-variable])
    for clause in (*positive, *negative):
        store.remove(clause)
    pair = {variable, -variable}
    resolvents = {(p | n) - pair for p in positive for n in negative}
    for resolvent in sorted(resolvents, key=len):
        store.add(resolvent)
    return {abs(mark) for mark in chain.from_iterable((*positive, *negative))}


class _Store:
    """Clauses, none of which another subsumes.

    A clause at home under each of its marks is watched under the rarest of them: what subsumes a
    clause is watched under a mark of it, and what it subsumes is at home under its rarest.
    """

    def __init__(self, clauses: Iterable[Marked]) -> None:
        self.homes: defaultdict[int, dict[Marked, None]] = defaultdict(dict)
        self._watched: defaultdict[int, dict[Marked, None]] = defaultdict(dict)
        self._mark: dict[Marked, int] = {}
        for clause in sorted(set(clauses), key=len):
            self.add(clause)

    def __len__(self) -> int:
        return len(self._mark)

    def __iter__(self) -> Iterator[Marked]:
        return iter(self._mark)

    def growth(self, variable: int) -> int:
        """Give by how many clauses eliminating the variable lets the store grow at most."""
        positive, negative = len(self.homes[variable]), len(self.homes[-variable])
        return positive * negative - positive - negative

    def add(self, clause: Marked) -> None:
        if clause in self._mark or any(-mark in clause for mark in clause):
            return
        for mark in (_NOTHING, *clause):
            if any(known <= clause for known in self._watched.get(mark, ())):
                return
        rarest = min(clause, key=self._occurrences, default=_NOTHING)
        rivals = self.homes[rarest] if clause else self._mark
        for known in [k for k in rivals if clause <= k]:
            self.remove(known)
        for mark in clause:
            self.homes[mark][clause] = None
        self._watched[rarest][clause] = None
        self._mark[clause] = rarest

    def remove(self, clause: Marked) -> None:
        for mark in clause:
            del self.homes[mark][clause]
        del self._watched[self._mark.pop(clause)][clause]

    def _occurrences(self, mark: int) -> tuple[int, int]:
        return len(self.homes[mark]), mark


_NOTHING = 0
"""What the clause without any mark is watched under."""
