"""Routes: a shortest way from the status quo to an equilibrium, and why each step is taken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.evolution import Moves, evolution
from melian.conflict.model import GraphModel, frozen
from melian.readings.evolution.steps import decisive

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.model import Preference
    from melian.conflict.evolution import Evolution, Step
    from melian.conflict.model import Graph
    from melian.conflict.result import Concept
    from melian.readings.evolution.steps import Ways
    from melian.readings.outcomes import Outcomes

    Truth = NDArray[np.bool_]

_KEPT = 2**24  # states of all evolutions that are kept
_PROFILES = 32  # profiles whose shortest paths are tried as routes to one equilibrium
_PATHS = 64  # paths tried of each


@dataclass(frozen=True, slots=True)
class Decisive:
    """Why a step pays: the most important preference that tells the two states apart.

    Attributes:
        preference: it is met after the step and not before, and none above it changes.
        share: of the combinations of readings in which the step pays and the route is open.
    """

    preference: Preference
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A step of a route.

    Attributes:
        step: who moves, from which state to which.
        takes, drops: the options that change.
        pays: per combination of readings, whether the mover gains by it.
        reasons: why, in the combinations in which the route is open, the most frequent first;
            () where it does not pay in any of them.
    """

    step: Step
    takes: tuple[str, ...]
    drops: tuple[str, ...]
    pays: Truth
    reasons: tuple[Decisive, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A shortest legal sequence from the status quo to an equilibrium.

    Attributes:
        moves: the steps, first to last; none where the status quo is the equilibrium.
        open: per combination of readings, whether it leads to that equilibrium: each step can be
            made there (and pays, unless any moves are followed), and the end is an equilibrium.
    """

    moves: tuple[Move, ...]
    open: Truth


class Routes:
    """Looks for routes from one state to equilibria, under every combination of readings."""

    def __init__(
        self,
        graph: Graph,
        outcomes: Outcomes,
        ways: Mapping[str, Ways],
        *,
        start: int,
        concept: Concept,
        moves: Moves,
    ) -> None:
        """Take what they are looked for in; nothing is worked out yet.

        Args:
            graph: who can move what.
            outcomes: the equilibria under every combination of readings.
            ways: per actor, in the order of the graph, its rankings.
            start: number of the state to begin in.
            concept: what an equilibrium is.
            moves: what sequences are made of.
        """
        self._graph, self._outcomes, self._ways = graph, outcomes, ways
        self._start, self._moves = start, moves
        self._stable = outcomes.equilibria[concept]
        self._stays = moves is Moves.IMPROVEMENTS
        self._evolved = lru_cache(max(_KEPT // len(graph.feasible), 1))(self._evolution)
        self._mass = np.bincount(outcomes.profile, outcomes.mass, minlength=len(outcomes.held))

    def to(self, number: int, comes: Truth) -> Route:
        """Choose the path that is open most often; then the shortest, then the first found.

        Paths are tried that are shortest in one profile, the weightiest of those first in which
        none tried so far is open.

        Args:
            number: of the equilibrium.
            comes: per profile, whether it comes about there; somewhere it must.
        """
        tried: dict[tuple[Step, ...], Truth] = {}
        left = comes.copy()
        for _ in range(_PROFILES):
            if not left.any():
                break
            profile = int(np.argmax(np.where(left, self._mass, -1.0)))
            for path in self._evolved(profile).paths(number, _PATHS):
                tried[path] = self._open(path) & comes
                left &= ~tried[path]
        best = max(tried, key=lambda path: (self._mass @ tried[path], -len(path)))
        return self._told(best, tried[best])

    def _evolution(self, profile: int) -> Evolution:
        ranks = [way.ranks[way.which[profile]] for way in self._ways.values()]
        model = GraphModel(self._graph, np.stack(ranks))
        resting = self._stable[profile] if self._stays else None
        return evolution(model, self._start, self._moves, resting)

    def _open(self, path: Sequence[Step]) -> Truth:
        """Give, per profile, whether all steps pay and none begins where all hold still."""
        found = np.ones(len(self._stable), dtype=np.bool_)
        for step in path if self._stays else ():
            found &= self._pays(step) & ~self._stable[:, step.start - 1]
        return found

    def _pays(self, step: Step) -> Truth:
        before, after = (int(self._outcomes.decimals[n - 1]) for n in (step.start, step.end))
        return self._ways[step.actor].pays(before, after)

    def _told(self, path: Sequence[Step], is_open: Truth) -> Route:
        moves = tuple(self._move(step, is_open) for step in path)
        return Route(moves, self._per_combination(is_open))

    def _move(self, step: Step, is_open: Truth) -> Move:
        before, after = (self._outcomes.lowest(n) for n in (step.start, step.end))
        pays, (takes, drops) = self._pays(step), self._changes(step)
        return Move(
            step,
            takes=takes,
            drops=drops,
            pays=self._per_combination(pays),
            reasons=self._reasons(step, (before, after), is_open & pays),
        )

    def _changes(self, step: Step) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give which of its options a mover takes and drops.

        Where decimals count as one, it is those that are taken, or left, in all that count as the
        end, and were not so before; where there is none, what tells the lowest ones apart.
        """
        graph, solved = self._graph, self._outcomes
        own = [graph.options[bit] for bit in graph.bits(graph.actors.index(step.actor))]
        before, after = solved.taken(step.start), solved.taken(step.end)
        open_ = solved.either(step.end)
        takes = tuple(o for o in own if o in after and o not in before)
        drops = tuple(o for o in own if o in before and o not in (*after, *open_))
        if takes or drops:
            return takes, drops
        before, after = solved.lowest(step.start), solved.lowest(step.end)
        takes = tuple(o for o in after if o not in before)
        return takes, tuple(o for o in before if o not in after)

    def _reasons(
        self, step: Step, states: tuple[Sequence[str], Sequence[str]], where: Truth
    ) -> tuple[Decisive, ...]:
        way = self._ways[step.actor]
        weight = np.bincount(way.which[where], self._mass[where], minlength=len(way.held))
        found: dict[Preference, float] = {}
        for index in np.flatnonzero(weight):
            decides = decisive(way.held[index], *states)
            if decides is not None:
                found[decides] = found.get(decides, 0.0) + float(weight[index])
        ordered = sorted(found.items(), key=lambda pair: -pair[1])
        return tuple(Decisive(p, share / float(weight.sum())) for p, share in ordered)

    def _per_combination(self, per_profile: Truth) -> Truth:
        return frozen(per_profile[self._outcomes.profile], np.bool_)
