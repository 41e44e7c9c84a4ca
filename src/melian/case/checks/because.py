"""What a preference is held because of is something its actor is committed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.formula import Atom, atoms
from melian.case.model import CommitmentChange
from melian.case.place import where
from melian.case.speaking import party_of
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case, Preference, PreferenceChange


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for each concept in because that its actor never speaks of."""
    spoken = commitments(case)
    for lever in case.levers.values():
        for change in lever.effect:
            if isinstance(change, CommitmentChange):
                spoken.setdefault(change.actor, set()).add(_unbound(change.claim.atom, case))
    for actor, preference in _preferences(case):
        if preference.because is None:
            continue
        for atom in atoms(preference.because):
            claim = _unbound(atom, case)
            known = claim.name in case.concepts or claim.name in case.principles
            if known and claim not in spoken.get(actor, ()):
                message = f"{actor} is not committed to {atom} at all, so it counts as not held."
                hint = "Add the statement it rests on, or change because."
                at = where(preference.at, "because", atom.name)
                yield Problem(at, "because-not-held", message, hint, Severity.WARNING)


def _unbound(atom: Atom, case: Case) -> Atom:
    """Give a principle without arguments: invoked for one instance, it binds for all."""
    return Atom(atom.name) if atom.name in case.principles else atom


def commitments(case: Case) -> dict[str, set[Atom]]:
    """Give, per party, the concepts that its statements, warrants and deeds commit it to."""
    found: dict[str, set[Atom]] = {}
    for statement in case.statements:
        for party in party_of(case, statement.actor, statement.date):
            claims = (statement.claim, *statement.because)
            found.setdefault(party, set()).update(_unbound(c.atom, case) for c in claims)
    for deed in case.deeds:
        for party in party_of(case, deed.actor, deed.date):
            found.setdefault(party, set()).update(_unbound(c.atom, case) for c in deed.shows)
    return found


def _preferences(case: Case) -> Iterator[tuple[str, Preference | PreferenceChange]]:
    if case.conflict is not None:
        for actor, preferences in case.conflict.preferences.items():
            yield from ((actor, preference) for preference in preferences)
    for lever in case.levers.values():
        for change in lever.effect:
            if not isinstance(change, CommitmentChange):
                yield change.actor, change
