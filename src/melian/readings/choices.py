"""The sides of its own contradictions a party may come down on, as far as its preferences notice.

Readings are never multiplied out: each component of a party's contradictions is projected on the
commitments that some preference rests on, and readings that look alike from there are counted
together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from melian.case.formula import atoms, truth
from melian.case.speaking import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from melian.audit.result import Commitment, Standing
    from melian.case.formula import Atom
    from melian.case.model import Case, Preference


@dataclass(frozen=True, slots=True)
class Side:
    """What a party keeps and drops, of the commitments its preferences rest on.

    Attributes:
        keeps, drops: ids of commitments.
        weight: how many readings of the component look like this.
    """

    keeps: frozenset[str]
    drops: frozenset[str]
    weight: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One contradiction of one actor that its preferences notice, with the sides it may take.

    Attributes:
        actor: whose contradiction it is.
        component: its index in the actor's :class:`~melian.audit.result.Standing`.
        sides: those it may take; a single one where no reading keeps what preferences rest on.
    """

    actor: str
    component: int
    sides: tuple[Side, ...]


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
    return -len(side.keeps), sorted(side.keeps)


def combinations(parts: Sequence[Choice]) -> Iterator[tuple[Side, ...]]:
    """Give every combination of sides; one empty combination when there is no choice."""
    return product(*(choice.sides for choice in parts))


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
