"""Why a state is not stable for an actor, and what would have to change for it to be.

A **temptation** is an improvement of the actor that nothing answers. With it comes all that would
answer it under other preferences: a condition on everyone's preferences that is **necessary** for
the state to be stable, and that the preferences at hand do not meet.

Where the others answer by improvements (SEQ), let U be all they can reach from the temptation. If
no state of U becomes unattractive, and no move that leads out of U becomes an improvement, U stays
closed and the state unstable; so one of these has to happen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.result import Concept
from melian.conflict.sweeps.moves import permitted, subsets
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    States = NDArray[np.int64]
    Values = NDArray[np.int32]

MOST_MOVES = 2**24
"""How many moves, from all states together, are looked at one by one: 400 MB of them."""

MOST_ANSWERS = 2**20
"""How many simultaneous answers to one move are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Escape:
    """What would answer a temptation: one row of comparisons, all of whose columns hold.

    Attributes:
        actor: whose preferences are compared.
        strict: whether the first state has to be better; otherwise, at least as good.
        first, second: the states compared, shape (rows, columns).
    """

    actor: int
    strict: bool
    first: States
    second: States


@dataclass(frozen=True, slots=True, eq=False)
class Temptation:
    """An improvement of an actor that nothing answers, and what would.

    Attributes:
        actor: who is tempted.
        to: the state it improves to, as a decimal.
        escapes: one row of one of them has to hold for the state to be stable.
    """

    actor: int
    to: int
    escapes: tuple[Escape, ...]


class Moves:
    """The moves of everyone in a graph, from some states at a time."""

    def __init__(self, graph: Graph) -> None:
        """Take a graph.

        Raises:
            TooLarge: it has too many moves to look at each.
        """
        self.graph = graph
        self.actors = range(len(graph.actors))
        self._changes = [subsets(mask)[1:] for mask in graph.owned]
        count = int(graph.feasible.sum()) * sum(map(len, self._changes))
        if count > MOST_MOVES:
            raise TooLarge(
                f"The conflict has about {count:,} moves; inverse analysis looks at each, and at "
                f"most {MOST_MOVES:,} are. Leave out options that decide little."
            )

    def out_of(self, actor: int, states: States) -> tuple[States, States]:
        """Give every move of an actor from some states: where from, and where to."""
        starts = np.repeat(states, len(self._changes[actor]))
        ends = (states[:, np.newaxis] ^ self._changes[actor]).ravel()
        there = self.graph.feasible[ends] & permitted(self.graph, starts, ends)
        return starts[there], ends[there]

    def others(self, actor: int) -> list[int]:
        """Give everyone else."""
        return [j for j in self.actors if j != actor]

    def reach(self, actor: int, start: int, ranks: Sequence[Values] | None = None) -> States:
        """Give where the others' legal sequences lead from a state, which is among it.

        Args:
            actor: who waits.
            start: the state, as a decimal.
            ranks: per actor (2^k,), where only improvements count; all moves do, if left out.
        """
        inside = np.zeros(len(self.graph.feasible), dtype=np.bool_)
        inside[start] = True
        frontier = np.array([start], dtype=np.int64)
        while len(frontier):
            found = [self._steps(j, frontier, ranks) for j in self.others(actor)]
            new = np.unique(np.concatenate([frontier[:0], *found]))
            frontier = new[~inside[new]]
            inside[frontier] = True
        return np.flatnonzero(inside).astype(np.int64)

    def _steps(self, actor: int, states: States, ranks: Sequence[Values] | None) -> States:
        starts, ends = self.out_of(actor, states)
        if ranks is None:
            return ends
        return ends[ranks[actor][ends] > ranks[actor][starts]]


def temptations(
    moves: Moves, concept: Concept, actor: int, state: int, ranks: Sequence[Values]
) -> Iterator[Temptation]:
    """Give the improvements that nothing answers; the state is stable when there are none.

    Args:
        moves: of the graph.
        concept: of stability.
        actor: who may be tempted.
        state: to leave, as a decimal.
        ranks: per actor (2^k,).
    """
    own = ranks[actor]
    _, ends = moves.out_of(actor, np.array([state], dtype=np.int64))
    for end in map(int, ends[own[ends] > own[state]]):
        escapes = _escapes(moves, concept, actor, state, end, ranks)
        if escapes is not None:
            yield Temptation(actor, end, escapes)


def _escapes(
    moves: Moves, concept: Concept, actor: int, state: int, end: int, ranks: Sequence[Values]
) -> tuple[Escape, ...] | None:
    """Give what would answer an improvement; None where something answers it as it is."""
    match concept:
        case Concept.NASH:
            return (_no_better(actor, state, np.array([[end]])),)
        case Concept.GMR:
            return _unless_met(moves.reach(actor, end), actor, state, ranks)
        case Concept.SMR:
            return _symmetric(moves, actor, state, moves.reach(actor, end), ranks)
        case Concept.SEQ:
            reached = moves.reach(actor, end, ranks)
            met = _unless_met(reached, actor, state, ranks)
            return None if met is None else (*met, *_ways_out(moves, actor, reached))
        case Concept.SIM:
            return _simultaneous(moves, actor, state, end, ranks)


def _no_better(actor: int, state: int, others: States) -> Escape:
    """Give that some row of states is, all of it, no better than a state."""
    return Escape(actor, strict=False, first=np.full_like(others, state), second=others)


def _unless_met(
    reached: States, actor: int, state: int, ranks: Sequence[Values]
) -> tuple[Escape, ...] | None:
    if (ranks[actor][reached] <= ranks[actor][state]).any():
        return None
    return (_no_better(actor, state, reached[:, np.newaxis]),)


def _symmetric(
    moves: Moves, actor: int, state: int, reached: States, ranks: Sequence[Values]
) -> tuple[Escape, ...] | None:
    """Give that from one of the states reached no countermove leads to anything better either."""
    starts, ends = moves.out_of(actor, reached)
    row = np.searchsorted(reached, starts)
    column = np.arange(len(row)) - np.searchsorted(row, row) + 1
    rows = np.full((len(reached), int(column.max(initial=0)) + 1), state)
    rows[:, 0] = reached  # to stay is no countermove
    rows[row, column] = ends
    if (ranks[actor][rows] <= ranks[actor][state]).all(axis=1).any():
        return None
    return (_no_better(actor, state, rows),)


def _ways_out(moves: Moves, actor: int, reached: States) -> Iterator[Escape]:
    """Give the others' moves that lead out of some states, each as an improvement."""
    inside = np.zeros(len(moves.graph.feasible), dtype=np.bool_)
    inside[reached] = True
    for j in moves.others(actor):
        starts, ends = moves.out_of(j, reached)
        out = ~inside[ends]
        if out.any():
            yield Escape(j, strict=True, first=ends[out, np.newaxis], second=starts[out, np.newaxis])


def _simultaneous(
    moves: Moves, actor: int, state: int, end: int, ranks: Sequence[Values]
) -> tuple[Escape, ...] | None:
    here = np.array([state], dtype=np.int64)
    each, escapes = [], []
    for j in moves.others(actor):
        _, ends = moves.out_of(j, here)
        gains = ranks[j][ends] > ranks[j][state]
        each.append(np.concatenate([here, ends[gains]]) ^ state)
        if not gains.all():
            other = ends[~gains, np.newaxis]
            escapes.append(Escape(j, strict=True, first=other, second=np.full_like(other, state)))
    if prod(map(len, each)) > MOST_ANSWERS:
        raise TooLarge(
            f"More than {MOST_ANSWERS:,} simultaneous answers to one move are too many to look "
            "at each. Ask under another concept, such as seq."
        )
    changed = reduce(lambda one, two: np.unique(np.bitwise_or.outer(one, two)), each, here * 0)
    answers = state ^ (changed | (state ^ end))
    met = _unless_met(answers[moves.graph.feasible[answers]], actor, state, ranks)
    return None if met is None else (*met, *escapes)
