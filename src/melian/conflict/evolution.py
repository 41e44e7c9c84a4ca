"""How a conflict could go on from one state: who can get where, and in how many moves.

Status quo analysis (Li, Kilgour & Hipel, "Status quo analysis algorithms in the graph model for
conflict resolution", Journal of the Operational Research Society 56 (2005), 699-707) follows legal
sequences from one state, in which nobody moves twice in a row: of unilateral improvements, or of
any unilateral moves.

The fewest moves are found breadth first (:mod:`melian.conflict.sweeps.spreading`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.model import frozen
from melian.conflict.result import States
from melian.conflict.sweeps.moves import moves_to, permitted
from melian.conflict.sweeps.spreading import by_last_mover, distances, ends, fewest
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph, GraphModel

    Truth = NDArray[np.bool_]
    _Steps = Callable[[int, int], tuple[tuple[int, "Step"], ...]]


class Moves(StrEnum):
    """Which moves a sequence is made of."""

    IMPROVEMENTS = "improvements"
    ALL = "all"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One actor moves from one state to another; states by number, from 1."""

    actor: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Evolution(States):
    """Where legal sequences lead from one state.

    Attributes:
        model: the graph and everyone's ranks.
        start: number of the state they begin in.
        moves: what they are made of.
        distance: per feasible state, the fewest moves that lead there; -1 where none do.
        resting: per feasible state, whether nobody moves on from there.
        by_mover: where several decimals count as one state, per actor the fewest moves of which
            the last is its own; -1 where none are. Elsewhere None: who moved last is no matter.
    """

    model: GraphModel
    start: int
    moves: Moves
    distance: NDArray[np.int32]
    resting: Truth
    by_mover: NDArray[np.int32] | None = None

    def reached(self) -> tuple[int, ...]:
        """Give the numbers of the states reached, the start among them, the nearest first."""
        order = np.argsort(self.distance, kind="stable")
        return tuple(int(place) + 1 for place in order[self.distance[order] >= 0])

    def paths(self, number: int, limit: int) -> tuple[tuple[Step, ...], ...]:
        """Give the shortest paths to a state, at most ``limit`` of them; () where none leads there.

        The only path to the start has no steps.
        """
        if self.distance[number - 1] < 0:
            return ()
        moves = int(self.distance[number - 1])
        return tuple(islice(self._back(number, moves, None, cache(self._last_steps)), limit))

    def _back(
        self, number: int, moves: int, after: int | None, last_steps: _Steps
    ) -> Iterator[tuple[Step, ...]]:
        """Give paths of so many moves to a state, from which a certain actor moves on."""
        if not moves:
            yield ()
            return
        for actor, step in last_steps(number, moves):
            if actor != after:
                before = self._back(step.start, moves - 1, actor, last_steps)
                yield from ((*path, step) for path in before)

    def _last_steps(self, number: int, moves: int) -> tuple[tuple[int, Step], ...]:
        """Give the last steps of all paths of so many moves to a state, by actor and number.

        Those are left out from whose start fewer moves lead to the state.
        """
        found = []
        for index, actor in enumerate(self.model.graph.actors):
            if self.by_mover is None or self.by_mover[index, number - 1] == moves:
                places = np.searchsorted(self.decimals, self._origins(index, number))
                near = places[self._begun(index, places, moves - 1) & ~self.resting[places]]
                found += [(index, Step(actor, int(place) + 1, number)) for place in near]
        return tuple(found)

    def _begun(self, actor: int, places: NDArray[np.int64], moves: int) -> Truth:
        """Tell at which places paths of so many moves can end so that an actor moves on."""
        if self.by_mover is None:
            return np.equal(self.distance[places], moves)
        others = np.delete(self.by_mover[:, places], actor, axis=0)
        first = places == self.start - 1
        return np.asarray((others == moves).any(axis=0) | (first & (moves == 0)))

    def _origins(self, actor: int, number: int) -> NDArray[np.int64]:
        """Give the decimals from which an actor can, and here would, move to a state."""
        graph, ranks = self.model.graph, self.model.ranks[actor]
        here = int(self.decimals[number - 1])
        origins, legal = moves_to(graph, actor, _members(graph, here))
        found = np.unique(_named(graph, origins[legal]))
        found = found[found != here]
        if self.moves is Moves.IMPROVEMENTS:
            found = found[ranks[found] < ranks[here]]
        return np.asarray(found)


def _members(graph: Graph, decimal: int) -> NDArray[np.int64]:
    """Give the feasible decimals that count as a state."""
    if graph.classes is None:
        return np.array([decimal], dtype=np.int64)
    return np.flatnonzero((graph.classes == decimal) & graph.feasible)


def _named(graph: Graph, decimals: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give for each decimal the one that names its state."""
    return decimals if graph.classes is None else graph.classes[decimals].astype(np.int64)


def evolution(
    model: GraphModel,
    start: int,
    moves: Moves = Moves.IMPROVEMENTS,
    resting: Truth | None = None,
) -> Evolution:
    """Follow all legal sequences from a state.

    Args:
        model: the graph and everyone's ranks.
        start: number of the state, from 1.
        moves: whether each step must improve its mover's rank, or may be any move.
        resting: per feasible state, whether nobody moves on from there, as from an equilibrium;
            nowhere, when left out. There is no move from the start either, if it is one.

    Raises:
        UsageError: there is no state of that number.
    """
    graph = model.graph
    decimals = graph.decimals
    if not 1 <= start <= len(decimals):
        raise UsageError(f"There is no state {start}; states are numbered 1 to {len(decimals)}.")
    still = np.zeros(len(decimals), dtype=np.bool_) if resting is None else resting
    everywhere = np.zeros(len(graph.feasible), dtype=np.bool_)
    everywhere[decimals] = still
    origin, paying = int(decimals[start - 1]), moves is Moves.IMPROVEMENTS
    each = None
    if graph.classes is None:
        found = distances(graph, tuple(model.ranks), origin, everywhere, paying=paying)
    else:
        each = by_last_mover(graph, tuple(model.ranks), origin, everywhere, paying=paying)
        found = fewest(each, origin)
    return Evolution(
        options=graph.options,
        decimals=frozen(decimals, np.int64),
        model=model,
        start=start,
        moves=moves,
        distance=frozen(found[decimals], np.int32),
        resting=frozen(still, np.bool_),
        by_mover=None if each is None else frozen(each[:, decimals], np.int32),
    )


def steps_among(model: GraphModel, numbers: Sequence[int], moves: Moves) -> tuple[Step, ...]:
    """Give all single moves between a few states, by actor, and then by number.

    Args:
        model: the graph and everyone's ranks.
        numbers: of the states; n of them take n^2 comparisons for each actor.
        moves: only those that improve the mover's rank, or all.
    """
    asked = np.unique(np.array(numbers, dtype=np.int64))
    states = model.graph.decimals[asked - 1]
    found = []
    for index, actor in enumerate(model.graph.actors):
        own = model.ranks[index] if moves is Moves.IMPROVEMENTS else None
        legal = _legal(model.graph, index, own, states)
        found += [Step(actor, int(asked[i]), int(asked[j])) for i, j in np.argwhere(legal)]
    return tuple(found)


def _legal(
    graph: Graph, actor: int, own: NDArray[np.int32] | None, states: NDArray[np.int64]
) -> Truth:
    """Tell from which of some states (rows) an actor can move to which (columns)."""
    if graph.classes is not None:
        rows = [np.isin(states, ends(graph, actor, own, int(start))) for start in states]
        return np.array(rows, dtype=np.bool_)
    start, end = states[:, np.newaxis], states[np.newaxis]
    legal = ((start ^ end) & ~graph.owned[actor] == 0) & permitted(graph, start, end)
    gains = True if own is None else own[end] > own[start]
    return np.asarray(legal & (start != end) & gains)
