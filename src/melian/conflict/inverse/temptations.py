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
from functools import cached_property, lru_cache, reduce
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.result import Concept
from melian.conflict.sweeps.moves import moves_from
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    States = NDArray[np.int64]
    Values = NDArray[np.int32]
    Steps = tuple[States, States]

MOST_MOVES = 2**23
"""How many moves are looked at one by one: 130 MB of them."""

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
    """The moves of everyone in a graph, one by one.

    Attributes:
        graph: whose they are.
        steps: per actor every move: the states it starts from, ascending, and those it ends in.
    """

    def __init__(self, graph: Graph) -> None:
        """Take a graph.

        Raises:
            TooLarge: it has too many moves to look at each.
        """
        self.graph = graph
        changes = sum((1 << mask.bit_count()) - 1 for mask in graph.owned)
        count = len(graph.decimals) * changes
        if count > MOST_MOVES:
            raise TooLarge(
                f"The conflict has about {count:,} moves. Inverse analysis looks at each, and at "
                f"most {MOST_MOVES:,} are; leave out options that decide little."
            )
        self.steps = [_steps(graph, actor) for actor in range(len(graph.owned))]
        self.reach = lru_cache(2**10)(self._reach)

    def others(self, actor: int) -> list[int]:
        """Give everyone else."""
        return [j for j in range(len(self.steps)) if j != actor]

    def out_of(self, actor: int, state: int) -> States:
        """Give the states that an actor can move to."""
        starts, ends = self.steps[actor]
        first, last = np.searchsorted(starts, [state, state + 1])
        return ends[first:last]

    def _reach(self, actor: int, start: int) -> States:
        """Give where the others' legal sequences lead from a state, which is among it."""
        return self.spread(start, [self.steps[j] for j in self.others(actor)])

    def spread(self, start: int, steps: Sequence[Steps]) -> States:
        """Give all that is reached from a state by steps of these kinds in any order."""
        inside = np.zeros(len(self.graph.feasible), dtype=np.bool_)
        inside[start] = True
        size = 0
        while (count := int(np.count_nonzero(inside))) > size:
            size = count
            for starts, ends in steps:
                inside[ends[inside[starts]]] = True
        return np.flatnonzero(inside).astype(np.int64)


def _steps(graph: Graph, actor: int) -> Steps:
    ends, legal = moves_from(graph, actor, graph.decimals)
    return np.repeat(graph.decimals, np.count_nonzero(legal, axis=1)), ends[legal]


class Standing:
    """A graph under some preferences: who is tempted to leave a state, and by what.

    Attributes:
        moves: of the graph.
        ranks: per actor (2^k,).
    """

    def __init__(self, moves: Moves, ranks: Sequence[Values]) -> None:
        """Take everyone's ranks."""
        self.moves = moves
        self.ranks = ranks

    @cached_property
    def gains(self) -> list[Steps]:
        """Per actor every improvement: where it starts, and where it ends."""
        return [
            (starts[better], ends[better])
            for (starts, ends), own in zip(self.moves.steps, self.ranks, strict=True)
            for better in [own[ends] > own[starts]]
        ]

    def temptations(self, concept: Concept, actor: int, state: int) -> Iterator[Temptation]:
        """Give the improvements of an actor that nothing answers; a stable state has none.

        Args:
            concept: of stability.
            actor: who may be tempted.
            state: to leave, as a decimal.
        """
        own, ends = self.ranks[actor], self.moves.out_of(actor, state)
        for end in map(int, ends[own[ends] > own[state]]):
            escapes = self._escapes(concept, actor, state, end)
            if escapes is not None:
                yield Temptation(actor, end, escapes)

    def _escapes(
        self, concept: Concept, actor: int, state: int, end: int
    ) -> tuple[Escape, ...] | None:
        """Give what would answer an improvement; None where something answers it as it is."""
        match concept:
            case Concept.NASH:
                return (_no_better(actor, state, np.array([[end]])),)
            case Concept.GMR:
                return self._unless_met(self.moves.reach(actor, end), actor, state)
            case Concept.SMR:
                return self._symmetric(actor, state, end, self.moves.reach(actor, end))
            case Concept.SEQ:
                others = self.moves.others(actor)
                reached = self.moves.spread(end, [self.gains[j] for j in others])
                met = self._unless_met(reached, actor, state)
                return None if met is None else (*met, *self._ways_out(actor, reached))
            case Concept.SIM:
                return self._simultaneous(actor, state, end)

    def _unless_met(self, answers: States, actor: int, state: int) -> tuple[Escape, ...] | None:
        if (self.ranks[actor][answers] <= self.ranks[actor][state]).any():
            return None
        return (_no_better(actor, state, answers[:, np.newaxis]),)

    def _symmetric(
        self, actor: int, state: int, end: int, reached: States
    ) -> tuple[Escape, ...] | None:
        """Give that from some state reached no countermove leads to anything better either."""
        counters = [self.moves.out_of(actor, each) for each in map(int, reached)]
        rows = np.full((len(reached), 1 + max(map(len, counters))), state)
        rows[:, 0] = reached  # to stay is no countermove
        for row, ends in zip(rows, counters, strict=True):
            row[1 : len(ends) + 1] = ends
        if (self.ranks[actor][rows] <= self.ranks[actor][state]).all(axis=1).any():
            return None
        # Unlike in GMR, it may be that no improvement, and yet nothing that holds the actor down.
        return (_no_better(actor, state, np.array([[end]])), _no_better(actor, state, rows))

    def _ways_out(self, actor: int, reached: States) -> Iterator[Escape]:
        """Give the others' moves that lead out of some states, each as an improvement."""
        inside = np.zeros(len(self.moves.graph.feasible), dtype=np.bool_)
        inside[reached] = True
        for j in self.moves.others(actor):
            starts, ends = self.moves.steps[j]
            out = inside[starts] & ~inside[ends]
            if out.any():
                yield _improves(j, starts[out], ends[out])

    def _simultaneous(self, actor: int, state: int, end: int) -> tuple[Escape, ...] | None:
        changes, escapes = [], []
        for j in self.moves.others(actor):
            ends = self.moves.out_of(j, state)
            gains = self.ranks[j][ends] > self.ranks[j][state]
            changes.append(np.append(ends[gains] ^ state, 0))
            if not gains.all():
                escapes.append(_improves(j, np.full_like(ends, state)[~gains], ends[~gains]))
        if prod(map(len, changes)) > MOST_ANSWERS:
            raise TooLarge(
                f"More than {MOST_ANSWERS:,} simultaneous answers to one move are too many to "
                "look at each. Ask under another concept, such as seq."
            )
        start = np.array([state ^ end], dtype=np.int64)
        every = reduce(lambda one, two: np.unique(np.bitwise_or.outer(one, two)), changes, start)
        answers = every ^ state
        met = self._unless_met(answers[self.moves.graph.feasible[answers]], actor, state)
        return None if met is None else (*met, *escapes)


def _no_better(actor: int, state: int, others: States) -> Escape:
    """Give that some row of states is, all of it, no better than a state."""
    return Escape(actor, strict=False, first=np.full_like(others, state), second=others)


def _improves(actor: int, starts: States, ends: States) -> Escape:
    """Give that some move is an improvement."""
    return Escape(actor, strict=True, first=ends[:, np.newaxis], second=starts[:, np.newaxis])
