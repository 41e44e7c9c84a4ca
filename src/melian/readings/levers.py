"""What a lever changes: pull it, audit and solve again, and compare.

A lever may change wishes, feasibility and facts, and it may change **commitments**: a claim is
made, or becomes untenable. Changed commitments change the readings, and so the outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.case.model import (
    CommitmentChange,
    Fact,
    Preference,
    PreferenceChange,
    Statement,
)
from melian.case.speaking import party_of
from melian.conflict.result import Concept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from melian.case.formula import Formula, Signed
    from melian.case.model import Case, Conflict, Deed, Lever
    from melian.readings.conditions import HangsOn
    from melian.readings.outcomes import Outcomes


@dataclass(frozen=True, slots=True)
class Reach:
    """In which share of the combinations of readings a target is reached.

    Attributes:
        possible: some Nash equilibrium satisfies it.
        assured: there are Nash equilibria, and all of them satisfy it.
        combinations: how many combinations of readings there are.
        hangs_on: when it is assured.
    """

    possible: float
    assured: float
    combinations: int
    hangs_on: HangsOn


def reach(outcomes: Outcomes, target: Formula) -> Reach:
    """Give the shares of the combinations of readings in which a target is reached.

    Raises:
        UsageError: the target names something that is no option.
    """
    satisfied: NDArray[np.bool_] = outcomes.satisfying(target)
    nash = outcomes.equilibria[Concept.NASH]
    some = (nash & satisfied).any(axis=1)
    every = nash.any(axis=1) & ~(nash & ~satisfied).any(axis=1)

    possible = np.asarray(some)[outcomes.profile]
    assured = np.asarray(every)[outcomes.profile]
    return Reach(
        outcomes.share(possible),
        outcomes.share(assured),
        outcomes.combinations,
        outcomes.hangs_on(assured),
    )


def pull(case: Case, levers: Iterable[Lever]) -> Case:
    """Give the case as it would be after the moves, applied in turn.

    What a lever makes an actor assert is backed by a statement with the id ``lever:ID``.
    """
    for lever in levers:
        case = _pull(case, lever)
    return case


def _pull(case: Case, lever: Lever) -> Case:
    facts = dict(case.facts)
    for claim in lever.establishes:
        facts[claim.atom] = Fact(claim.atom, claim.positive, lever.source, lever.locator)
    changed = replace(case, facts=facts)
    if case.conflict is not None:
        changed = replace(changed, conflict=_conflict(case.conflict, lever))
    for change in lever.effect:
        if isinstance(change, CommitmentChange):
            changed = _commit(changed, lever, change)
    return changed


def _conflict(conflict: Conflict, lever: Lever) -> Conflict:
    wishes = dict(conflict.preferences)
    for change in lever.effect:
        if isinstance(change, PreferenceChange):
            wishes[change.actor] = _wish(wishes.get(change.actor, ()), change)
    kept = tuple(f for f in conflict.infeasible if f not in lever.allows)
    return replace(conflict, preferences=wishes, infeasible=(*kept, *lever.rules_out))


def _wish(wishes: tuple[Preference, ...], change: PreferenceChange) -> tuple[Preference, ...]:
    others = [wish for wish in wishes if wish.prefer != change.prefer]
    if change.action == "drop":
        return tuple(others)
    place = 0
    for index, wish in enumerate(others):
        if wish.prefer == change.above:
            place = index
        elif wish.prefer == change.below:
            place = index + 1
    placed = Preference(change.prefer, change.because, change.why, change.at)
    return (*others[:place], placed, *others[place:])


def _commit(case: Case, lever: Lever, change: CommitmentChange) -> Case:
    if change.action == "asserts":
        statement = Statement(
            f"lever:{lever.id}",
            change.actor,
            change.claim,
            source=lever.source,
            locator=lever.locator,
            note=lever.does,
        )
        return replace(case, statements=(*case.statements, statement))
    statements = (_unsay(case, s, change) for s in case.statements)
    deeds = tuple(_undo(case, deed, change) for deed in case.deeds)
    return replace(case, statements=tuple(s for s in statements if s is not None), deeds=deeds)


def _unsay(case: Case, statement: Statement, change: CommitmentChange) -> Statement | None:
    if change.actor not in party_of(case, statement.actor, statement.date):
        return statement
    if statement.claim == change.claim:
        return None
    return replace(statement, because=_without(statement.because, change.claim))


def _undo(case: Case, deed: Deed, change: CommitmentChange) -> Deed:
    if change.actor not in party_of(case, deed.actor, deed.date):
        return deed
    return replace(deed, shows=_without(deed.shows, change.claim))


def _without(claims: tuple[Signed, ...], gone: Signed) -> tuple[Signed, ...]:
    return tuple(claim for claim in claims if claim != gone)
