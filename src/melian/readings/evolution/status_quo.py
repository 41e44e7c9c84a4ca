"""How a conflict could come to rest from the status quo, under each combination of readings.

In every combination the parties move as long as that pays them, and stop where no one gains, or,
under another stability concept, where all hold still. An equilibrium **comes about** in a
combination of readings when it is one there and legal sequences of improvements lead to it. Each
is given with a **route**: a shortest sequence of steps that all pay in as many combinations as
possible, and for each step the preference that decides it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict import building
from melian.conflict.evolution import Moves
from melian.conflict.model import frozen
from melian.conflict.result import Concept
from melian.conflict.sweeps.spreading import distances
from melian.problems import UsageError
from melian.readings.evolution.routes import Routes
from melian.readings.evolution.steps import Ways

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.case.model import Conflict
    from melian.readings.evolution.routes import Route
    from melian.readings.outcomes import Outcomes

    Truth = NDArray[np.bool_]

MOST_ROUTED = 100
"""For this many equilibria, those that come about most often, a route is looked for."""

_AT_ONCE = 2**24  # ranks of one actor that are in memory together


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """An equilibrium that can come about from the status quo.

    There may be very many, so what is so in each combination is kept by profile.

    Attributes:
        number: of the state.
        comes: per profile, whether it comes about there.
        lasts: per profile, whether it is an equilibrium there, reached or not.
        profile: which profile each combination of readings induces.
        fewest: moves that lead there, at the least.
        route: None where it was not looked for.
    """

    number: int
    comes: Truth
    lasts: Truth
    profile: NDArray[np.int64]
    fewest: int
    route: Route | None

    @property
    def met(self) -> Truth:
        """Per combination of readings, whether it comes about there."""
        return np.asarray(self.comes[self.profile])

    @property
    def stable(self) -> Truth:
        """Per combination of readings, whether it is an equilibrium there, reached or not."""
        return np.asarray(self.lasts[self.profile])


@dataclass(frozen=True, slots=True, eq=False)
class StatusQuoAnalysis:
    """Where the conflict could go from one state, under every combination of readings.

    Attributes:
        outcomes: the equilibria it is about.
        concept: under which they are equilibria.
        moves: improvements, or any moves.
        start: number of the state it begins in.
        distance: shape (profiles, feasible states): the fewest moves; -1 where none lead there.
        arrivals: the equilibria that come about in some combination, most often first.
        unreached: equilibria of some combination that come about in none, those among them that
            cannot.
        settled: per combination, whether any equilibrium comes about.
    """

    outcomes: Outcomes
    concept: Concept
    moves: Moves
    start: int
    distance: NDArray[np.int32]
    arrivals: tuple[Arrival, ...]
    unreached: tuple[int, ...]
    settled: Truth
    method: str = "status quo analysis (Li, Kilgour & Hipel 2005), breadth first over all states"

    def reached(self) -> NDArray[np.float64]:
        """Give, per feasible state, the share of combinations in which sequences lead there."""
        found = self.outcomes
        each = np.bincount(found.profile, found.mass, minlength=len(self.distance))
        return np.asarray(np.einsum("p,ps->s", each, self.distance >= 0) / found.mass.sum())


def status_quo_analysis(
    conflict: Conflict,
    outcomes: Outcomes,
    start: int | None = None,
    concept: Concept = Concept.NASH,
    moves: Moves = Moves.IMPROVEMENTS,
) -> StatusQuoAnalysis:
    """Follow the moves from a state under every combination of readings.

    Args:
        conflict: that was solved.
        outcomes: its solution; the concept must be among those solved. To begin in a state that
            cannot come about from the status quo, solve the conflict without one.
        start: number of the state; the status quo, when left out.
        concept: what an equilibrium is. Improvements are followed no further from one: there,
            everyone holds still. Any moves are followed through.
        moves: what sequences are made of.

    Raises:
        UsageError: there is no such state, or no status quo, or the concept was not solved, or
            the outcomes leave out what may come about.
    """
    begin = outcomes.status_quo if start is None else start
    if begin is None:
        raise UsageError("The case names no status quo; name the state to begin from.")
    if concept not in outcomes.equilibria:
        raise UsageError(f"The outcomes were not solved under {concept}; ask for it there.")
    if not 1 <= begin <= len(outcomes.decimals):
        last = len(outcomes.decimals)
        raise UsageError(f"There is no state {begin}; states are numbered 1 to {last}.")
    if not outcomes.reach[begin - 1]:
        raise UsageError(
            f"No moves lead to state {begin} from the status quo; to begin there, solve the "
            "conflict without a status quo."
        )
    return _Search(conflict, outcomes, begin, concept, moves).analysis()


class _Search:
    """What the parts of one analysis share."""

    def __init__(
        self, conflict: Conflict, outcomes: Outcomes, start: int, concept: Concept, moves: Moves
    ) -> None:
        self.conflict, self.outcomes = conflict, outcomes
        self.start, self.concept, self.moves = start, concept, moves
        self.graph = building.graph(conflict)
        self.stable = outcomes.equilibria[concept]
        self.stays = moves is Moves.IMPROVEMENTS
        self.ways = {a: Ways(self.graph, conflict, outcomes, a) for a in self.graph.actors}
        self.mass = np.bincount(outcomes.profile, outcomes.mass, minlength=len(outcomes.held))
        self.routes = Routes(
            self.graph, outcomes, self.ways, start=start, concept=concept, moves=moves
        )

    def analysis(self) -> StatusQuoAnalysis:
        distance = self._distances()
        comes = np.asarray(self.stable & (distance >= 0))
        ever = np.asarray(comes.any(axis=0))
        order = np.argsort(-np.einsum("p,ps->s", self.mass, comes), kind="stable")
        found = [int(place) for place in order[ever[order]]]
        arrivals = tuple(
            self._arrival(place, comes[:, place], distance[:, place], routed=index < MOST_ROUTED)
            for index, place in enumerate(found)
        )
        comes.flags.writeable = False
        beyond = self.outcomes.beyond[self.concept]
        never = np.flatnonzero((self.stable.any(axis=0) | beyond) & ~ever)
        return StatusQuoAnalysis(
            self.outcomes,
            self.concept,
            self.moves,
            self.start,
            distance,
            arrivals,
            tuple(int(place) + 1 for place in never),
            self._per_combination(np.asarray(comes.any(axis=1))),
        )

    def _per_combination(self, per_profile: Truth) -> Truth:
        return frozen(per_profile[self.outcomes.profile], np.bool_)

    def _distances(self) -> NDArray[np.int32]:
        """Search many profiles at once, as far as memory goes; all are alike for any moves."""
        decimals, profiles = self.outcomes.decimals, len(self.outcomes.held)
        if not self.stays:
            alone = self._from_start(np.zeros(1, dtype=np.int64))
            return np.broadcast_to(alone, (profiles, len(decimals)))
        step = max(_AT_ONCE // len(self.graph.feasible), 1)
        blocks = [
            self._from_start(np.arange(first, min(first + step, profiles)))
            for first in range(0, profiles, step)
        ]
        return np.concatenate(blocks)

    def _from_start(self, profiles: NDArray[np.int64]) -> NDArray[np.int32]:
        decimals = self.outcomes.decimals
        resting = np.zeros((len(profiles), len(self.graph.feasible)), dtype=np.bool_)
        if self.stays:
            resting[:, decimals] = self.stable[profiles]
        ranks = [way.ranks[way.which[profiles]] for way in self.ways.values()]
        start = int(decimals[self.start - 1])
        found = distances(self.graph, ranks, start, resting, paying=self.stays)
        return found[:, decimals]

    def _arrival(
        self, place: int, comes: Truth, distance: NDArray[np.int32], *, routed: bool
    ) -> Arrival:
        return Arrival(
            number=place + 1,
            comes=comes,
            lasts=self.stable[:, place],
            profile=self.outcomes.profile,
            fewest=int(distance[comes].min()),
            route=self.routes.to(place + 1, comes) if routed else None,
        )
