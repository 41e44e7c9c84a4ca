"""Choices: the sides a party may come down on, as far as its preferences notice.

They are the sides of its own contradictions; those of its uncertain preferences are in
:mod:`melian.readings.doubts`. Readings are never multiplied out: each component of a party's
contradictions is projected on the commitments that some preference rests on, and readings that look
alike from there are counted together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from melian.case.formula import atoms, truth
from melian.case.speaking import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from melian.audit.result import Commitment, Standing
    from melian.case.formula import Atom
    from melian.case.model import Case, Preference
    from melian.readings.marks import Mark


@dataclass(frozen=True, slots=True)
class Side:
    """What is so, and what is not so, of a party that comes down on this side.

    Attributes:
        keeps, drops: marks: of a contradiction, commitments that preferences rest on; of an
            uncertain preference, whether it is held; of preferences in any order, which of two
            stands above the other.
        weight: how much it counts beside the other sides of its choice: of a contradiction, how
            many readings of the component look like this.
    """

    keeps: frozenset[Mark]
    drops: frozenset[Mark]
    weight: int

    @property
    def readings(self) -> int:
        """How many readings it stands for; a side in preferences is one of its own."""
        named = any(isinstance(mark, str) for marks in (self.keeps, self.drops) for mark in marks)
        return self.weight if named else 1


@dataclass(frozen=True, slots=True)
class Choice:
    """Where one actor may come down on several sides.

    Attributes:
        actor: whose choice it is.
        component: of a contradiction, its index in the actor's
            :class:`~melian.audit.result.Standing`; None where its preferences are uncertain.
        sides: those it may take; a single one where no reading keeps what preferences rest on,
            or where a preference is sure not to be held.
    """

    actor: str
    component: int | None
    sides: tuple[Side, ...]

    @property
    def weight(self) -> int:
        """What all sides weigh together."""
        return sum(side.weight for side in self.sides)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All that tells its sides apart, in the order of the words for it."""
        found = {mark for side in self.sides for mark in side.keeps | side.drops}
        return tuple(sorted(found, key=str))


def relevant(case: Case, standing: Standing, preferences: Iterable[Preference]) -> frozenset[str]:
    """Give the ids of the commitments that preferences rest on, directly or through a condition."""
    reasons = (preference.because for preference in preferences if preference.because is not None)
    wanted = {bare(case, atom) for reason in reasons for atom in atoms(reason)}
    while True:
        conditions = {
            condition.atom
            for commitment in standing.commitments
            if commitment.claim.atom in wanted
            for condition in commitment.conditions
        }
        if conditions <= wanted:
            return frozenset(c.id for c in standing.commitments if c.claim.atom in wanted)
        wanted |= conditions


def choices(
    case: Case, standing: Standing, preferences: Sequence[Preference]
) -> tuple[Choice, ...]:
    """Give the contradictions that an actor's preferences notice, in the order of components."""
    noticed = relevant(case, standing, preferences)
    found = []
    for index, component in enumerate(standing.components):
        weights = Counter(reading.keeps & noticed for reading in component.readings)
        here = noticed.intersection(component.commitments)
        sides = tuple(Side(keeps, here - keeps, weight) for keeps, weight in weights.items())
        if len(sides) > 1 or sides[0].drops:
            found.append(Choice(standing.actor, index, tuple(sorted(sides, key=_side_order))))
    return tuple(found)


def _side_order(side: Side) -> tuple[int, list[str]]:
    return -len(side.keeps), sorted(map(str, side.keeps))


def combinations(parts: Sequence[Choice]) -> Iterator[tuple[Side, ...]]:
    """Give every combination of sides; one empty combination when there is no choice."""
    return product(*(choice.sides for choice in parts))


def places(parts: Sequence[Choice], combos: Sequence[tuple[Side, ...]]) -> NDArray[np.int64]:
    """Give which side each combination takes, as indexes, shape (combinations, choices).

    Args:
        parts: the choices.
        combos: combinations of their very sides, one side per choice.
    """
    index = {id(side): place for choice in parts for place, side in enumerate(choice.sides)}
    found = (index[id(side)] for combo in combos for side in combo)
    size = len(combos) * len(parts)
    return np.fromiter(found, np.int64, size).reshape(len(combos), len(parts))


def counted(parts: Iterable[Choice]) -> int:
    """Give how many combinations of readings choices make, listed or not."""
    return prod(sum(side.readings for side in choice.sides) for choice in parts)


def uncertain(parts: Iterable[Choice]) -> bool:
    """Tell whether preferences are uncertain, so that combinations differ in weight."""
    return any(each.component is None and len(each.sides) > 1 for each in parts)


def held(
    case: Case, standing: Standing, sides: Sequence[Side], preferences: Sequence[Preference]
) -> tuple[bool, ...]:
    """Tell for each preference whether it is held when the actor comes down on these sides.

    A preference is held when its ``because`` is true of the commitments kept; a concept that the
    actor is not committed to is neither true nor false, so that nothing rests on it. A principle
    is held for every instance, whichever a preference names. A conditional commitment counts once
    its conditions do, by other commitments or by fact.
    """
    dropped = frozenset[str]().union(*(side.drops for side in sides))
    values = _values(case, [c for c in standing.commitments if c.id not in dropped])

    def value(atom: Atom) -> bool | None:
        return values.get(bare(case, atom))

    return tuple(w.because is None or truth(w.because, value) is True for w in preferences)


def _values(case: Case, kept: Sequence[Commitment]) -> dict[Atom, bool]:
    facts = {atom: fact.value for atom, fact in case.facts.items()}
    values = {c.claim.atom: c.claim.positive for c in kept if not c.conditions}
    waiting = [c for c in kept if c.conditions]
    while waiting:
        known = facts | values
        due = [c for c in waiting if all(known.get(g.atom) is g.positive for g in c.conditions)]
        if not due:
            break
        waiting = [c for c in waiting if c not in due]
        for commitment in due:
            values.setdefault(commitment.claim.atom, commitment.claim.positive)
    return values
