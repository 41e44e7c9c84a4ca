"""Conflicts by eliminating variables from clauses that remember what they rest on.

A labelled clause is a clause with the set of groups it was derived from. Resolving away one
variable after the other (Davis & Putnam 1960) ends in empty clauses; keeping every clause that no
other subsumes in literals *and* label makes their labels exactly the minimal unsatisfiable sets.
An ATMS (de Kleer 1986) does the same for Horn clauses. Unlike enumeration by hitting sets the work
does not multiply over contradictions that merely share a neighbourhood.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Labelled(NamedTuple):
    """A clause and the groups it rests on."""

    literals: frozenset[int]
    label: frozenset[int]

    def subsumes(self, other: Labelled) -> bool:
        """Tell whether it says as much as the other and needs no more."""
        return self.literals <= other.literals and self.label <= other.label


class _Store:
    """Clauses by literal, none of which another subsumes."""

    def __init__(self, clauses: Iterable[Labelled]) -> None:
        self.empty: dict[Labelled, None] = {}
        self.by_literal: defaultdict[int, dict[Labelled, None]] = defaultdict(dict)
        self.size = 0
        for clause in sorted(set(clauses), key=lambda c: (len(c.literals), len(c.label))):
            self.add(clause)

    def add(self, clause: Labelled) -> None:
        if any(-each in clause.literals for each in clause.literals):
            return
        if any(known.subsumes(clause) for known in self._smaller(clause)):
            return
        for known in [k for k in self._larger(clause) if clause.subsumes(k)]:
            self.remove(known)
        for where in self._homes(clause):
            where[clause] = None
        self.size += 1

    def remove(self, clause: Labelled) -> None:
        for where in self._homes(clause):
            del where[clause]
        self.size -= 1

    def cost(self, variable: int) -> int:
        """Give how many resolvents eliminating the variable makes at most."""
        return len(self.by_literal[variable]) * len(self.by_literal[-variable])

    def _homes(self, clause: Labelled) -> Iterator[dict[Labelled, None]]:
        if not clause.literals:
            yield self.empty
        for literal in clause.literals:
            yield self.by_literal[literal]

    def _smaller(self, clause: Labelled) -> Iterator[Labelled]:
        yield from self.empty
        for literal in clause.literals:
            yield from self.by_literal[literal]

    def _larger(self, clause: Labelled) -> Iterable[Labelled]:
        if not clause.literals:
            every = (c for clauses in self.by_literal.values() for c in clauses)
            return dict.fromkeys((*self.empty, *every))
        return min((self.by_literal[each] for each in clause.literals), key=len)


def eliminate(clauses: Iterable[Labelled], room: int) -> tuple[Labelled, ...]:
    """Give clauses with the same conflicts, with as few variables as fit into the room.

    Args:
        clauses: labelled clauses.
        room: how many clauses may be kept at a time.

    Returns:
        Empty clauses only, when all variables could be eliminated: their labels are the minimal
        unsatisfiable sets. Otherwise the clauses left; the sets are the same.
    """
    store = _Store(clauses)
    names = {abs(literal) for literal in store.by_literal}
    queue = [(store.cost(name), name) for name in sorted(names)]
    heapq.heapify(queue)
    while queue:
        believed, name = heapq.heappop(queue)
        cost = store.cost(name)
        if believed != cost:
            heapq.heappush(queue, (cost, name))
        elif store.size + cost > room:
            break
        else:
            _eliminate(store, name)
    left = {c: None for clauses in store.by_literal.values() for c in clauses}
    return (*store.empty, *left)


def _eliminate(store: _Store, variable: int) -> None:
    positive, negative = tuple(store.by_literal[variable]), tuple(store.by_literal[-variable])
    for clause in (*positive, *negative):
        store.remove(clause)
    pair = {variable, -variable}
    resolvents = {
        Labelled((p.literals | n.literals) - pair, p.label | n.label)
        for p in positive
        for n in negative
    }
    for resolvent in sorted(resolvents, key=lambda c: (len(c.literals), len(c.label))):
        store.add(resolvent)
