"""Preferences that an actor might be brought to: what may be added to its list."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case.formula import Atom, Not
from melian.case.model import PreferenceChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.formula import Formula
    from melian.case.model import Case


def offers(case: Case) -> Mapping[str, tuple[Formula, ...]]:
    """Give, per decision maker, what might be added to its preferences.

    That is what the case's levers would place in its list, and that an option is taken, or left,
    for each option. Any state may be made the best of an actor by one statement that says so;
    such statements are not among them, as they would answer every question in the same way.
    """
    if case.conflict is None:
        return MappingProxyType({})
    atoms = [Atom(option) for option in case.conflict.options]
    single = [formula for atom in atoms for formula in (atom, Not(atom))]
    found = {}
    for actor in case.conflict.actors:
        placed = [
            change.prefer
            for lever in case.levers.values()
            for change in lever.effect
            if isinstance(change, PreferenceChange)
            and change.actor == actor
            and change.action == "place"
        ]
        found[actor] = tuple(dict.fromkeys([*placed, *single]))
    return MappingProxyType(found)
