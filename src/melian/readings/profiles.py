"""Preference profiles: the different ways in which the parties rank the states.

Readings that make an actor hold the same preferences, or preferences that rank the states alike,
are one way of ranking. A **profile** is one way per actor. Profiles and combinations of readings
are numbered with the last actor's way, or side, as the fastest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import compress, product
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.preferences import evaluate, rank
from melian.problems import TooLarge
from melian.readings.choices import choices, combinations, held, relevant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from melian.audit.result import Standing
    from melian.case.model import Case, Preference
    from melian.conflict.model import Graph
    from melian.readings.choices import Choice, Side

MOST_COMBINATIONS = 100_000
MOST_ANSWERS = 2**26
"""How many profiles x states x concepts are solved: a minute or two, and 200 MB."""

_KEPT = 2**27  # bytes of states in which preferences are met, kept while an actor's are weighed

Held = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One actor's combinations of sides, and the preferences it holds in each.

    Attributes:
        actor: who it is.
        preferences: its preferences, most important first.
        choices: the contradictions that its preferences rest on.
        combos: every combination of sides, one side per choice.
        held: per combination, which of the preferences it holds.
    """

    actor: str
    preferences: tuple[Preference, ...]
    choices: tuple[Choice, ...]
    combos: tuple[tuple[Side, ...], ...]
    held: tuple[Held, ...]


def view(case: Case, standing: Standing, preferences: tuple[Preference, ...]) -> View:
    """Give what an actor holds in each combination of its sides.

    Raises:
        TooLarge: there are more than :data:`MOST_COMBINATIONS`.
    """
    parts = choices(case, standing, preferences)
    guard_combinations([len(choice.sides) for choice in parts])
    combos = tuple(combinations(parts))
    noticed = relevant(case, standing, preferences)
    few = replace(standing, commitments=tuple(c for c in standing.commitments if c.id in noticed))
    flags = tuple(held(case, few, combo, preferences) for combo in combos)
    return View(standing.actor, preferences, parts, combos, flags)


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """The different ways in which one actor ranks the states.

    Attributes:
        ranks: each way, shape (2^k,).
        held: the preferences held in each, where it occurs first.
        which: per combination of the actor's sides, the index of the way.
    """

    ranks: tuple[NDArray[np.int32], ...]
    held: tuple[Held, ...]
    which: NDArray[np.int64]


def ranked(on: Graph, of: View) -> Ranked:
    """Rank the states once for each set of preferences that an actor holds."""
    keys, first = dict[Held, bytes](), dict[bytes, Held]()
    met = lru_cache(_KEPT // len(on.feasible) + 1)(partial(evaluate, options=on.options))
    for flags in dict.fromkeys(of.held):
        keys[flags] = rank(
            (met(p.prefer) for p in compress(of.preferences, flags)), on.feasible
        ).tobytes()
        first.setdefault(keys[flags], flags)
    index = {key: way for way, key in enumerate(first)}
    return Ranked(
        ranks=tuple(np.frombuffer(key, dtype=np.int32) for key in first),
        held=tuple(first.values()),
        which=np.array([index[keys[flags]] for flags in of.held], dtype=np.int64),
    )


def induced(each: Sequence[Ranked]) -> NDArray[np.int64]:
    """Give the number of the profile that each combination of readings induces."""
    profile = np.zeros(1, dtype=np.int64)
    for one in each:
        profile = np.add.outer(profile * len(one.ranks), one.which).ravel()
    return profile


def holding(actors: Sequence[str], each: Sequence[Ranked]) -> tuple[Mapping[str, Held], ...]:
    """Give, per profile, the preferences that each actor holds."""
    profiles = product(*(one.held for one in each))
    return tuple(MappingProxyType(dict(zip(actors, flags, strict=True))) for flags in profiles)


def ways(each: Sequence[Ranked]) -> NDArray[np.int64]:
    """Give, per profile, the index of each actor's way, shape (profiles, actors)."""
    sizes = [range(len(one.ranks)) for one in each]
    every = list(product(*sizes))
    return np.array(every, dtype=np.int64).reshape(len(every), len(each))


def guard_combinations(sizes: Sequence[int]) -> None:
    """Refuse more combinations of sides than are solved.

    Raises:
        TooLarge: the text says how many, and what to do.
    """
    if prod(sizes) > MOST_COMBINATIONS:
        raise TooLarge(
            f"Preferences rest on so many contradictions that there are {prod(sizes):,} "
            f"combinations of readings; at most {MOST_COMBINATIONS:,} are solved. Let fewer "
            "preferences rest on contradictory concepts."
        )


def guard_answers(profiles: int, states: int, concepts: int) -> None:
    """Refuse more work than is done; what one profile takes is a matter of the conflict's size.

    Raises:
        TooLarge: the text says how much it would be, and what to do.
    """
    if profiles > 1 and profiles * states * concepts > MOST_ANSWERS:
        raise TooLarge(
            f"The readings rank the {states:,} states in {profiles:,} ways; under {concepts} "
            f"concepts that makes {profiles * states * concepts:,} answers, and at most "
            f"{MOST_ANSWERS:,} are worked out. Let fewer preferences rest on contradictory "
            "concepts, leave out options that decide little or, from Python, ask for fewer "
            "concepts."
        )
