"""Every actor that is named is described."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from melian.case.checks.uses import Nearest
from melian.case.place import where
from melian.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case, Conflict, Lever
    from melian.problems import Location

    Named = tuple[str, Location, str]


KEYED = ("options", "preferences", "beliefs", "unseen")
"""Parts of a conflict in which actors are keys."""


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for every unknown actor."""
    nearest = Nearest(case.actors)
    for name, at, part in _named(case):
        if name not in case.actors:
            hint = nearest.hint(name, f"Add {name[:40]} under actors.")
            message = f'There is no actor "{name[:60]}".'
            place = where(at, part, name, key=part in KEYED)
            yield Problem(place, "unknown-actor", message, hint)


def _named(case: Case) -> Iterator[Named]:
    for actor in case.actors.values():
        for tie in (*actor.speaks_for, *actor.member_of):
            yield tie.actor, tie.at, ""
    for fact in case.facts.values():
        for name in fact.contested_by:
            yield name, fact.at, "contested_by"
    if case.conflict is not None:
        yield from _in_conflict(case.conflict)
    for lever in case.levers.values():
        yield from _in_lever(lever)
    yield from _explained(case)
    for statement in case.statements:
        yield statement.actor, statement.at, "actor"
    for deed in case.deeds:
        yield deed.actor, deed.at, "actor"
        if deed.target and deed.target not in case.instances:
            yield deed.target, deed.at, "target"


def _explained(case: Case) -> Iterator[Named]:
    for hypothesis in case.hypotheses.values():
        if hypothesis.about:
            yield hypothesis.about, hypothesis.at, "about"
    for evidence in case.evidence:
        if evidence.actor:
            yield evidence.actor, evidence.at, "finding"
    for definitions in case.terms.values():
        for definition in definitions:
            yield definition.actor, definition.at, ""
    for milestone in case.milestones.values():
        for ask in milestone.asks:
            yield ask.actor, ask.at, "actor"


def _in_conflict(conflict: Conflict) -> Iterator[Named]:
    owners = (owner for option in conflict.options.values() for owner in option.owners)
    for name in dict.fromkeys(owners):
        yield name, conflict.at, "options"
    for name in conflict.preferences:
        yield name, conflict.at, "preferences"
    for name in dict.fromkeys(name for coalition in conflict.coalitions for name in coalition):
        yield name, conflict.at, "coalitions"
    for name in dict.fromkeys([*conflict.beliefs, *chain(*conflict.beliefs.values())]):
        yield name, conflict.at, "beliefs"
    for name in conflict.unseen:
        yield name, conflict.at, "unseen"


def _in_lever(lever: Lever) -> Iterator[Named]:
    yield lever.by, lever.at, "by"
    for name in dict.fromkeys(change.actor for change in lever.effect):
        yield name, lever.at, "effect"
