"""What a lever changes in a case.

A lever may change preferences, feasibility and facts, and it may change **commitments**: a claim is
made, or becomes untenable. Changed commitments change the readings, and so the outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.audit.commitments import commitments
from melian.case.formula import Signed
from melian.case.model import (
    CommitmentChange,
    Fact,
    Preference,
    PreferenceChange,
    Statement,
)
from melian.case.spans import EVER
from melian.case.speaking import bare, party_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from melian.audit.result import Commitment
    from melian.case.formula import Atom
    from melian.case.model import Case, Conflict, Lever
    from melian.case.spans import Span


@dataclass(frozen=True, slots=True)
class Pulled:
    """A case as it would be after moves.

    What was said stays said: the records only grow, and what a party is bound to is told apart
    from them. Audit it as ``audit(pulled.case, parties, held=pulled.commitments)``.

    Attributes:
        case: with preferences, feasibility and facts changed. What a lever makes an actor assert
            is a statement with the id ``lever:ID``.
        commitments: what each party is then bound to; nothing, for one that gave up all it was.
    """

    case: Case
    commitments: Mapping[str, tuple[Commitment, ...]]


@dataclass(frozen=True, slots=True)
class Moved:
    """A case after some moves, before anyone works out what its parties are then bound to.

    Attributes:
        case: as in :class:`Pulled`.
        given_up: the parties and the claims that they no longer maintain.
    """

    case: Case
    given_up: frozenset[tuple[str, Signed]] = frozenset()

    def by(self, lever: Lever) -> Moved:
        """Give the case after one more move."""
        case, given_up = _pull(self.case, lever), self.given_up
        for change in lever.effect:
            if isinstance(change, CommitmentChange):
                parties = party_of(case, change.actor, None)
                claim = Signed(bare(case, change.claim.atom), change.claim.positive)
                touched = {(party, claim) for party in parties}
                given_up = given_up - touched if change.action == "asserts" else given_up | touched
        return Moved(case, given_up)

    def bound(self, window: Span = EVER) -> Mapping[str, tuple[Commitment, ...]]:
        """Give what each party is then bound to within the window of days."""
        kept = {
            party: tuple(each for each in bound if (party, each.claim) not in self.given_up)
            for party, bound in commitments(self.case, window).items()
        }
        return MappingProxyType(kept)


def pull(case: Case, levers: Iterable[Lever], window: Span = EVER) -> Pulled:
    """Give the case as it would be after the moves, applied in turn.

    A claim given up binds the party no more, whoever said it, as a claim or as a reason; others
    for whom its speakers speak stay bound. A claim that is asserted later binds it again. What
    is bound at all is looked at within the window of days.
    """
    moved = reduce(Moved.by, levers, Moved(case))
    return Pulled(moved.case, moved.bound(window))


def _pull(case: Case, lever: Lever) -> Case:
    """Give the case after a move, leaving as it is whatever the move does not touch."""
    asserted = tuple(
        Statement(
            f"lever:{lever.id}",
            change.actor,
            change.claim,
            source=lever.source,
            locator=lever.locator,
            note=lever.does,
        )
        for change in lever.effect
        if isinstance(change, CommitmentChange) and change.action == "asserts"
    )
    return replace(
        case,
        facts=_facts(case, lever) if lever.establishes else case.facts,
        conflict=None if case.conflict is None else _conflict(case.conflict, lever),
        statements=(*case.statements, *asserted) if asserted else case.statements,
    )


def _facts(case: Case, lever: Lever) -> Mapping[Atom, Fact]:
    made = {claim.atom: claim for claim in lever.establishes}
    facts = {a: Fact(a, c.positive, lever.source, lever.locator) for a, c in made.items()}
    return MappingProxyType({**case.facts, **facts})


def _conflict(conflict: Conflict, lever: Lever) -> Conflict:
    preferences = dict(conflict.preferences)
    for change in lever.effect:
        if isinstance(change, PreferenceChange):
            preferences[change.actor] = _changed(preferences.get(change.actor, ()), change)
    kept = tuple(f for f in conflict.infeasible if f not in lever.allows)
    return replace(
        conflict,
        preferences=MappingProxyType(preferences),
        infeasible=(*kept, *lever.rules_out),
    )


def _changed(
    preferences: tuple[Preference, ...], change: PreferenceChange
) -> tuple[Preference, ...]:
    others = tuple(preference for preference in preferences if preference.prefer != change.prefer)
    if change.action == "drop":
        return others
    here = [preference for preference in preferences if preference.prefer == change.prefer]
    new = Preference(change.prefer, at=change.at)
    placed = dict.fromkeys(
        replace(
            preference,
            because=preference.because if change.because is None else change.because,
            why=change.why or preference.why,
            group=0,  # its place is known now
        )
        for preference in here or [new]
    )
    place = _place(others, change)
    return (*others[:place], *placed, *others[place:])


def _place(preferences: Sequence[Preference], change: PreferenceChange) -> int:
    """Give where a preference goes: next to the one named, last without it, or else on top.

    Next to one of several in any order is next to all of them.
    """
    if change.above is None and change.below is None:
        return 0
    beside = change.below if change.above is None else change.above
    named = [preference for preference in preferences if preference.prefer == beside]
    groups = {preference.group for preference in named} - {0}
    places = [
        place
        for place, preference in enumerate(preferences)
        if preference.prefer == beside or preference.group in groups
    ]
    if not places:
        return len(preferences)
    return places[0] if change.above is not None else places[-1] + 1
