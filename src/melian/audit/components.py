"""What hangs together: conflicts that share commitments, their repairs and their readings."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.audit.base import is_soft, name_of
from melian.audit.result import Component, Reading
from melian.audit.search.hitting import hitting_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.audit.encoding import Element
    from melian.audit.regimes import Conflict
    from melian.effort import Work

MOST_REPAIRS = 10_000
"""How many repairs the findings of a component list between them; each lists all of them."""

MOST_SIDES = 1_000
"""How many readings of a component are worked out; conditions on outcomes rest on them."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Conflicts that share commitments, with what resolves them together.

    Attributes:
        conflicts: the sets, by the numbers of their elements, smallest first.
        repairs: the minimal sets of things to give up that mend all of them, fewest first.
        commitments: ids of the commitments in them.
        readings: the maximal parts of those commitments that can hold together.
        all_repairs, all_readings: whether these are all.
    """

    conflicts: tuple[Conflict, ...]
    repairs: tuple[tuple[str, ...], ...]
    commitments: tuple[str, ...]
    readings: tuple[Reading, ...]
    all_repairs: bool
    all_readings: bool

    def component(self, findings: Sequence[str], unsearched: frozenset[int]) -> Component:
        """Give it as part of a standing.

        Args:
            findings: ids of its findings.
            unsearched: elements in parts that were not searched to the end.
        """
        searched = unsearched.isdisjoint(itertools.chain.from_iterable(self.conflicts))
        return Component(
            tuple(findings), self.commitments, self.readings, self.all_readings and searched
        )


def connected(sets: Sequence[Conflict], commitments: int) -> list[tuple[Conflict, ...]]:
    """Group conflicts that share commitments, which are the elements below that number.

    A conflict of facts and rules alone is nobody's finding and is left out.
    """
    home: dict[int, int] = {}

    def root(member: int) -> int:
        while home.setdefault(member, member) != member:
            home[member] = member = home[home[member]]
        return member

    own = [one for one in sets if min(one) < commitments]
    for one in own:
        for member in one:
            if member < commitments:
                home[root(member)] = root(min(one))
    groups: dict[int, list[Conflict]] = {}
    for one in own:
        groups.setdefault(root(min(one)), []).append(one)
    ordered = sorted(groups.values(), key=lambda group: min(map(min, group)))
    return [tuple(sorted(group, key=lambda s: (len(s), s))) for group in ordered]


def resolved(
    elements: Sequence[Element],
    commitments: int,
    sets: tuple[tuple[int, ...], ...],
    on_readings: Work,
    on_repairs: Work,
) -> Resolved:
    """Find the repairs and readings of conflicts that hang together.

    Args:
        elements: what the conflicts are made of; the first ``commitments`` are commitments.
        commitments: how many they are.
        sets: the conflicts.
        on_readings: what the search for readings may take.
        on_repairs: what the search for repairs may take.
    """
    used = sorted({each for one in sets for each in one})
    soft = list(dict.fromkeys(name_of(elements[n]) for n in used if is_soft(elements[n])))
    given_up = [[name_of(elements[n]) for n in one if is_soft(elements[n])] for one in sets]
    most = max(1, MOST_REPAIRS // len(sets))
    repairs, all_repairs = hitting_sets(given_up, soft, most, on_repairs)
    bound = tuple(name_of(elements[n]) for n in used if n < commitments)
    clashing = [[name_of(elements[n]) for n in one if n < commitments] for one in sets]
    drops, all_readings = hitting_sets(clashing, bound, MOST_SIDES, on_readings)
    readings = tuple(Reading(frozenset(bound) - frozenset(d), frozenset(d)) for d in drops)
    return Resolved(sets, repairs, bound, readings, all_repairs, all_readings)
