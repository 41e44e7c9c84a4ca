"""The sound part of who acts with whom, what they believe of each other, and what they see."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case.checks.acting import members, sees_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from melian.case.model import Conflict, Preference

    Believed = Mapping[str, tuple[Preference, ...]]


def sound_acting(conflict: Conflict, keep: Callable[[Preference], bool]) -> Conflict:
    """Give a conflict without coalitions, beliefs and unseen states that mean nothing in it.

    A coalition of which one member does not decide goes whole: without it, it is another one.

    Args:
        conflict: sound in all else, with the formulas under unseen that are over its options.
        keep: tells which preferences are sound.
    """
    deciding = set(conflict.actors)
    coalitions = {members(c): None for c in conflict.coalitions if deciding.issuperset(c)}
    beliefs = {
        actor: _beliefs(actor, believed, deciding, keep)
        for actor, believed in conflict.beliefs.items()
        if actor in deciding
    }
    unseen = {
        actor: formulas
        for actor, formulas in conflict.unseen.items()
        if actor in deciding and formulas and not sees_nothing(conflict, actor)
    }
    return replace(
        conflict,
        coalitions=tuple(c for c in coalitions if len(c) > 1),
        beliefs=MappingProxyType({actor: each for actor, each in beliefs.items() if each}),
        unseen=MappingProxyType(unseen),
    )


def _beliefs(
    actor: str, believed: Believed, deciding: set[str], keep: Callable[[Preference], bool]
) -> Believed:
    """Give the sound part of what an actor believes; lists emptied by errors go."""
    kept = {
        other: tuple(preference for preference in preferences if keep(preference))
        for other, preferences in believed.items()
        if other in deciding and other != actor
    }
    return MappingProxyType({o: each for o, each in kept.items() if each or not believed[o]})
