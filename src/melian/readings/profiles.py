"""Preference profiles: the different ways in which the parties rank the states.

Sides that make an actor hold the same preferences in the same order, or preferences that rank the
states alike, are one way of ranking. A **profile** is one way per actor. Profiles and combinations
of readings are numbered with the last actor's way, or side, as the fastest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import product
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.preferences import evaluate, rank
from melian.problems import TooLarge
from melian.readings.choices import choices, combinations, held, relevant
from melian.readings.doubts import arranged, doubts
from melian.readings.wording import large

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.audit.result import Standing
    from melian.case.model import Case, Preference
    from melian.conflict.model import Graph
    from melian.conflict.result import Concept
    from melian.readings.choices import Choice, Side
    from melian.readings.doubts import Places

MOST_COMBINATIONS = 100_000
MOST_ANSWERS = 2**26
"""How many profiles x states x concepts are solved: a minute or two, and 200 MB."""

LEAST = 2**15
"""So many comparisons take as long as what is done for every profile, however few its states."""

_KEPT = 2**27  # bytes of states in which preferences are met, kept while an actor's are weighed


class TooMany(TooLarge):
    """There are too many combinations to solve each; what can be said is said of a sample."""


@dataclass(frozen=True, slots=True)
class Party:
    """One actor's choices, and what it prefers.

    Attributes:
        case: whose facts decide which conditional commitments count.
        standing: how the actor stands, as far as its preferences notice.
        preferences: its preferences, most important first.
        splits: the contradictions that its preferences rest on.
        doubts: the forks in its preferences, where these are uncertain.
    """

    case: Case
    standing: Standing
    preferences: tuple[Preference, ...]
    splits: tuple[Choice, ...]
    doubts: tuple[Choice, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The contradictions, then what is uncertain."""
        return (*self.splits, *self.doubts)

    def granted(self, sides: Sequence[Side]) -> frozenset[int]:
        """Give the places of the preferences that sides taken in its contradictions allow."""
        flags = held(self.case, self.standing, sides, self.preferences)
        return frozenset(place for place, flag in enumerate(flags) if flag)

    def arranged(self, sides: Sequence[Side]) -> Places:
        """Give the places of its preferences in the order that sides in its doubts make."""
        return arranged(len(self.preferences), sides)


def party(case: Case, standing: Standing, preferences: tuple[Preference, ...]) -> Party:
    """Give an actor's choices, as far as its preferences notice."""
    noticed = relevant(case, standing, preferences)
    few = replace(standing, commitments=tuple(c for c in standing.commitments if c.id in noticed))
    return Party(
        case,
        few,
        preferences,
        choices(case, standing, preferences),
        doubts(standing.actor, preferences),
    )


@dataclass(frozen=True, slots=True)
class View:
    """One actor's combinations of sides, and the preferences it holds in each.

    Attributes:
        actor: who it is.
        preferences: its preferences, most important first.
        choices: the contradictions that its preferences rest on, then what is uncertain.
        combos: every combination of sides, one side per choice.
        held: per combination, the places of the preferences it holds, most important first.
    """

    actor: str
    preferences: tuple[Preference, ...]
    choices: tuple[Choice, ...]
    combos: tuple[tuple[Side, ...], ...]
    held: tuple[Places, ...]


def view(case: Case, standing: Standing, preferences: tuple[Preference, ...]) -> View:
    """Give what an actor holds in each combination of its sides.

    Raises:
        TooMany: there are more than :data:`MOST_COMBINATIONS`.
    """
    of = party(case, standing, preferences)
    guard_combinations([len(choice.sides) for choice in of.choices])
    granted = [of.granted(sides) for sides in combinations(of.splits)]
    orders = [of.arranged(sides) for sides in combinations(of.doubts)]
    held_ = tuple(tuple(p for p in order if p in some) for some, order in product(granted, orders))
    return View(standing.actor, preferences, of.choices, tuple(combinations(of.choices)), held_)


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """The different ways in which one actor ranks the states.

    Attributes:
        ranks: each way, shape (2^k,).
        held: the places of the preferences held in each, where it occurs first.
        which: per combination of the actor's sides, the index of the way.
    """

    ranks: tuple[NDArray[np.int32], ...]
    held: tuple[Places, ...]
    which: NDArray[np.int64]


def ranked(on: Graph, of: View) -> Ranked:
    """Rank the states once for each list of preferences that an actor holds."""
    keys: dict[Places, bytes] = {}
    first: dict[bytes, Places] = {}
    rank_by = ranking(on, of.preferences)
    for places in dict.fromkeys(of.held):
        keys[places] = rank_by(places).tobytes()
        first.setdefault(keys[places], places)
    index = {key: way for way, key in enumerate(first)}
    return Ranked(
        ranks=tuple(np.frombuffer(key, dtype=np.int32) for key in first),
        held=tuple(first.values()),
        which=np.array([index[keys[places]] for places in of.held], dtype=np.int64),
    )


def ranking(on: Graph, preferences: Sequence[Preference]) -> Callable[[Places], NDArray[np.int32]]:
    """Give what ranks the states of a graph by preferences, given their places in order."""
    met = lru_cache(_KEPT // len(on.feasible) + 1)(partial(evaluate, options=on.options))
    return lambda places: rank((met(preferences[p].prefer) for p in places), on.feasible)


def induced(each: Sequence[Ranked]) -> NDArray[np.int64]:
    """Give the number of the profile that each combination of readings induces."""
    profile = np.zeros(1, dtype=np.int64)
    for one in each:
        profile = np.add.outer(profile * len(one.ranks), one.which).ravel()
    return profile


def holding(actors: Sequence[str], each: Sequence[Ranked]) -> tuple[Mapping[str, Places], ...]:
    """Give, per profile, the places of the preferences that each actor holds, in their order."""
    profiles = product(*(one.held for one in each))
    return tuple(MappingProxyType(dict(zip(actors, places, strict=True))) for places in profiles)


def ways(each: Sequence[Ranked]) -> NDArray[np.int64]:
    """Give, per profile, the index of each actor's way, shape (profiles, actors)."""
    sizes = [range(len(one.ranks)) for one in each]
    every = list(product(*sizes))
    return np.array(every, dtype=np.int64).reshape(len(every), len(each))


def guard_combinations(sizes: Sequence[int]) -> None:
    """Refuse more combinations of sides than are solved.

    Raises:
        TooMany: the text says how many, and what to do.
    """
    if prod(sizes) > MOST_COMBINATIONS:
        raise TooMany(
            f"Preferences rest on so much that is contradictory or uncertain that there are "
            f"{large(prod(sizes))} combinations of readings; at most {MOST_COMBINATIONS:,} are "
            "solved. Let fewer preferences rest on contradictory concepts or be uncertain."
        )


def guard_answers(profiles: int, states: int, concepts: int) -> None:
    """Refuse more work than is done; what one profile takes is a matter of the conflict's size.

    Raises:
        TooMany: the text says how much it would be, and what to do.
    """
    if profiles > 1 and profiles * states * concepts > MOST_ANSWERS:
        raise TooMany(
            f"The readings rank the {states:,} states in {profiles:,} ways; under {concepts} "
            f"concepts that makes {profiles * states * concepts:,} answers, and at most "
            f"{MOST_ANSWERS:,} are worked out. Let fewer preferences rest on contradictory "
            "concepts or be uncertain, leave out options that decide little or, from Python, ask "
            "for fewer concepts."
        )


def per_profile(on: Graph, concepts: Sequence[Concept]) -> int:
    """Give how much work a profile is: per state and concept, each actor's moves against each."""
    return len(on.decimals) * len(on.actors) ** 2 * len(concepts)


def guard_work(profiles: int, each: int, work: int | None) -> None:
    """Refuse more work than is wanted.

    Args:
        profiles: how many are to be solved.
        each: the comparisons that one takes; :data:`LEAST` are counted.
        work: how many are wanted at most; any number, when None.

    Raises:
        TooMany: the text says how much it would be.
    """
    if work is not None and profiles > 1 and profiles * max(each, LEAST) > work:
        raise TooMany(
            f"The readings rank the states in {profiles:,} ways, {profiles * max(each, LEAST):,} "
            f"comparisons; at most {work:,} are made here. melian outcomes makes more."
        )
