"""Which equilibria of single parties coalitions would leave, in every combination of readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict import building
from melian.conflict.coalitions.joint import Coalition
from melian.conflict.coalitions.stability import foremost
from melian.conflict.model import GraphModel, frozen
from melian.conflict.result import Concept
from melian.problems import TooLarge
from melian.readings.profiles import ranking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from melian.case.model import Conflict
    from melian.conflict.model import Graph
    from melian.readings.doubts import Places
    from melian.readings.outcomes import Outcomes

    Truth = NDArray[np.bool_]

MOST_WORK = 2**26
"""Ways of a coalition's members to rank the states, times states: some seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaving:
    """A Nash equilibrium of single parties that a coalition would leave.

    Attributes:
        members: the coalition.
        state: number of the equilibrium.
        to: number of the state it would move to in most of them; all members gain there.
        met: per combination of readings, whether it is an equilibrium that the coalition leaves.
    """

    members: tuple[str, ...]
    state: int
    to: int
    met: Truth


def leavings(conflict: Conflict, outcomes: Outcomes, states: Sequence[int]) -> tuple[Leaving, ...]:
    """Give which of some states the coalitions of a conflict would leave, most often first.

    A coalition leaves a state when a legal sequence of its members' moves leads to one that all of
    them prefer (Kilgour, Hipel, Fang & Peng 2001, under Nash).

    Args:
        conflict: that was solved.
        outcomes: its solution.
        states: numbers of those asked about.

    Raises:
        UsageError: several states count as one.
        TooLarge: there are too many ways to rank too many states.
    """
    on = building.graph(conflict)
    rank_by = {actor: ranking(on, conflict.preferences.get(actor, ())) for actor in on.actors}
    found: list[Leaving] = []
    for coalition in dict.fromkeys(conflict.coalitions):
        members = tuple(actor for actor in on.actors if actor in coalition)
        ways = _ways(outcomes, members)
        if len(ways) * len(on.feasible) > MOST_WORK:
            raise TooLarge(
                f"{' and '.join(members)} rank the states in {len(ways):,} ways together, too many "
                "to ask in each what they would leave."
            )
        models = (
            (_model(on, {m: rank_by[m](p) for m, p in zip(members, places, strict=True)}), profiles)
            for places, profiles in ways.items()
        )
        found += _left(outcomes, members, states, models)
    return tuple(sorted(found, key=lambda each: -outcomes.share(each.met)))


def _ways(outcomes: Outcomes, members: Sequence[str]) -> dict[tuple[Places, ...], list[int]]:
    """Give the profiles, by what the members prefer in them; the others do not matter."""
    found: dict[tuple[Places, ...], list[int]] = {}
    for profile, held in enumerate(outcomes.held):
        found.setdefault(tuple(held[member] for member in members), []).append(profile)
    return found


def _model(on: Graph, ranks: dict[str, NDArray[np.int32]]) -> GraphModel:
    nobody = np.zeros(len(on.feasible), dtype=np.int32)
    return GraphModel(on, np.stack([ranks.get(actor, nobody) for actor in on.actors]))


def _left(
    outcomes: Outcomes,
    members: tuple[str, ...],
    states: Sequence[int],
    models: Iterator[tuple[GraphModel, list[int]]],
) -> Iterator[Leaving]:
    stable = outcomes.equilibria[Concept.NASH]
    mass = np.bincount(outcomes.profile, outcomes.mass, minlength=len(stable))
    left = np.zeros((len(states), len(stable)), dtype=np.bool_)
    ends: list[dict[int, float]] = [{} for _ in states]
    for model, profiles in models:
        coalition = Coalition(model, [model.graph.actors.index(member) for member in members])
        decimals = outcomes.decimals[[number - 1 for number in states]]
        targets = coalition.targets(Concept.NASH, decimals)
        for place, (number, better) in enumerate(zip(states, targets, strict=True)):
            met = [profile for profile in profiles if stable[profile, number - 1]]
            if met and len(better):
                left[place, met] = True
                end = foremost(coalition, int(decimals[place]), better)[0]
                ends[place][end] = ends[place].get(end, 0.0) + float(mass[met].sum())
    for number, where, counts in zip(states, left, ends, strict=True):
        if where.any():
            to = int(np.searchsorted(outcomes.decimals, max(counts, key=counts.__getitem__))) + 1
            yield Leaving(members, number, to, frozen(where[outcomes.profile], np.bool_))
