"""A lever moves or drops only preferences that its actor has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.uses import preference_changes
from melian.case.formula import atoms
from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.formula import Formula
    from melian.case.model import Case, PreferenceChange


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for each preference that is referred to and that nothing says."""
    known: dict[str, set[Formula]] = {}
    if case.conflict is not None:
        for actor, preferences in case.conflict.preferences.items():
            known.setdefault(actor, set()).update(preference.prefer for preference in preferences)
    changes = [change for lever in case.levers.values() for change in preference_changes(lever)]
    for change in changes:
        if change.action == "place":
            known.setdefault(change.actor, set()).add(change.prefer)
    for change in changes:
        for part, formula in _referred(change):
            if formula not in known.get(change.actor, ()):
                message = f'{change.actor} has no preference "{str(formula)[:60]}".'
                hint = "Write it in the same words as under preferences."
                at, missed = where(change.at, part), frozenset(a.name for a in atoms(formula))
                yield Problem(at, "unknown-preference", message, hint, Severity.WARNING, missed)


def _referred(change: PreferenceChange) -> Iterator[tuple[str, Formula]]:
    if change.action == "drop":
        yield "drop", change.prefer
    if change.above is not None:
        yield "above", change.above
    if change.below is not None:
        yield "below", change.below
