"""How a conflict could go on from one state: who can get where, and in how many moves.

Status quo analysis (Li, Kilgour & Hipel, "Status quo analysis algorithms in the graph model for
conflict resolution", Journal of the Operational Research Society 56 (2005), 699-707) follows legal
sequences from one state, in which nobody moves twice in a row: of unilateral improvements, or of
any unilateral moves.

Two moves of one actor in a row are one move, or lead back, and so are two improvements (see
:mod:`melian.conflict.sweeps.moves`). A shortest path therefore never lets anybody move twice in
a row, and the fewest moves are found breadth first, without remembering who moved last.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.model import frozen, one_by_one
from melian.conflict.result import States
from melian.conflict.sweeps.moves import MOST, permitted, subsets
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph, GraphModel

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]


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
    """

    model: GraphModel
    start: int
    moves: Moves
    distance: NDArray[np.int32]
    resting: Truth

    def reached(self) -> tuple[int, ...]:
        """Give the numbers of the states reached, the start among them, the nearest first."""
        order = np.argsort(self.distance, kind="stable")
        return tuple(int(place) + 1 for place in order[self.distance[order] >= 0])

    def last_steps(self, number: int) -> tuple[Step, ...]:
        """Give the last steps of all shortest paths to a state, by actor and then by number."""
        moves = int(self.distance[number - 1])
        if moves < 1:
            return ()
        found = []
        for index, actor in enumerate(self.model.graph.actors):
            places = np.searchsorted(self.decimals, self._origins(index, number))
            near = (self.distance[places] == moves - 1) & ~self.resting[places]
            found += [Step(actor, int(place) + 1, number) for place in places[near]]
        return tuple(found)

    def paths(self, number: int, limit: int) -> tuple[tuple[Step, ...], ...]:
        """Give the shortest paths to a state, at most ``limit`` of them; () where none leads there.

        The only path to the start has no steps.
        """
        if self.distance[number - 1] < 0:
            return ()
        return tuple(islice(self._back(number, cache(self.last_steps)), limit))

    def _back(
        self, number: int, last_steps: Callable[[int], tuple[Step, ...]]
    ) -> Iterator[tuple[Step, ...]]:
        if number == self.start:
            yield ()
        for step in last_steps(number):
            yield from ((*path, step) for path in self._back(step.start, last_steps))

    def _origins(self, actor: int, number: int) -> NDArray[np.int64]:
        """Give the decimals from which an actor can, and here would, move to a state."""
        graph, ranks = self.model.graph, self.model.ranks[actor]
        end = self.decimals[number - 1 : number]
        origins = (end & ~graph.owned[actor]) | subsets(graph.owned[actor])
        legal = permitted(graph, origins, end) & graph.feasible[origins] & (origins != end)
        if self.moves is Moves.IMPROVEMENTS:
            legal &= ranks[origins] < ranks[end]
        return np.asarray(origins[legal])


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
        UsageError: there is no state of that number, or several states count as one.
    """
    graph = model.graph
    one_by_one(graph, "A search for the ways out of a state")
    decimals = graph.decimals
    if not 1 <= start <= len(decimals):
        raise UsageError(f"There is no state {start}; states are numbered 1 to {len(decimals)}.")
    still = np.zeros(len(decimals), dtype=np.bool_) if resting is None else resting
    everywhere = np.zeros(len(graph.feasible), dtype=np.bool_)
    everywhere[decimals] = still
    found = distances(graph, tuple(model.ranks), int(decimals[start - 1]), moves, everywhere)
    return Evolution(
        options=graph.options,
        decimals=frozen(decimals, np.int64),
        model=model,
        start=start,
        moves=moves,
        distance=frozen(found[decimals], np.int32),
        resting=frozen(still, np.bool_),
    )


def steps_among(model: GraphModel, numbers: Sequence[int], moves: Moves) -> tuple[Step, ...]:
    """Give all single moves between a few states, by actor, and then by number.

    Args:
        model: the graph and everyone's ranks.
        numbers: of the states; n of them take n^2 comparisons for each actor.
        moves: only those that improve the mover's rank, or all.

    Raises:
        UsageError: several states count as one.
    """
    graph = model.graph
    one_by_one(graph, "A list of moves")
    asked = np.unique(np.array(numbers, dtype=np.int64))
    states = graph.decimals[asked - 1]
    start, end = states[:, np.newaxis], states[np.newaxis]
    found = []
    for actor, own, ranks in zip(graph.actors, graph.owned, model.ranks, strict=True):
        legal = ((start ^ end) & ~own == 0) & permitted(graph, start, end) & (start != end)
        if moves is Moves.IMPROVEMENTS:
            legal &= ranks[end] > ranks[start]
        found += [Step(actor, int(asked[i]), int(asked[j])) for i, j in np.argwhere(legal)]
    return tuple(found)


def distances(
    graph: Graph, ranks: Sequence[Values], start: int, moves: Moves, resting: Truth
) -> Values:
    """Give the fewest moves from a state to every other, under one or many rankings at once.

    Args:
        graph: who can move what.
        ranks: per actor, shape (..., 2^k).
        start: the decimal of a feasible state.
        moves: what sequences are made of.
        resting: where nobody moves on, shape (..., 2^k).

    Returns:
        Shape (..., 2^k); -1 where no sequence leads.
    """
    found = np.full(resting.shape, -1, dtype=np.int32)
    found[..., start] = 0
    flat, still = found.reshape(-1), resting.reshape(-1)
    each = [np.ascontiguousarray(own).reshape(-1) for own in ranks]
    fresh = np.flatnonzero(flat == 0)
    count = 0
    while len(fresh := fresh[~still[fresh]]):
        count += 1
        new = np.zeros(len(flat), dtype=np.bool_)
        for actor, own in enumerate(each):
            _mark(graph, actor, own if moves is Moves.IMPROVEMENTS else None, fresh, new)
        fresh = np.flatnonzero(new & (flat < 0))
        flat[fresh] = count
    return found


# In what follows, profiles stand one after the other in flat arrays: a move changes only the low
# bits of a place, those that are options, and so never leaves its profile.


def _mark(
    graph: Graph, actor: int, own: Values | None, fresh: NDArray[np.int64], new: Truth
) -> None:
    """Mark where an actor can move from fresh states: by lists while they are few, or by sweeps."""
    mask = graph.owned[actor]
    if len(fresh) << mask.bit_count() <= len(new):
        _mark_listed(graph, mask, own, fresh, new)
    else:
        _mark_swept(graph, actor, own, fresh, new)


def _mark_listed(
    graph: Graph, mask: int, own: Values | None, fresh: NDArray[np.int64], new: Truth
) -> None:
    start = fresh[:, np.newaxis]
    end = (start & ~mask) | subsets(mask)
    legal = permitted(graph, start, end) & graph.feasible[end & (len(graph.feasible) - 1)]
    if own is not None:
        legal &= own[end] > own[start]
    new[end[legal]] = True


def _mark_swept(
    graph: Graph, actor: int, own: Values | None, fresh: NDArray[np.int64], new: Truth
) -> None:
    least = np.full(len(new), MOST, dtype=np.int32)
    least[fresh] = 0 if own is None else own[fresh]
    for bit in graph.bits(actor):
        pairs = least.reshape(-1, 2, 1 << bit)
        picked = np.minimum(pairs[:, 0], pairs[:, 1])
        if graph.irreversible[bit] >= 0:
            pairs[:, 1] = picked
        if graph.irreversible[bit] <= 0:
            pairs[:, 0] = picked
    gains = least < (MOST if own is None else own)
    new |= gains & np.tile(graph.feasible, len(new) // len(graph.feasible))
