"""Clauses of groups, and which of them can take part in a contradiction at all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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
