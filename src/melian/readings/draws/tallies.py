"""Solving many profiles and keeping counts only: a piece of work that any process can do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Self

import numpy as np

from melian.conflict.result import States

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from melian.conflict.result import Concept
    from melian.conflict.satisfying import Satisfying
    from melian.readings.draws.games import Game

    Counts = NDArray[np.int64]
    Truth = NDArray[np.bool_]


_PIECES = 64


@dataclass(frozen=True, slots=True)
class Profiles:
    """Some profiles of a game to solve, each with the number of draws that it came up in.

    Attributes:
        game: the graph and the actors' ways to rank its states.
        profiles: per profile, the index of each actor's way.
        times: per profile, how often it was drawn.
        concepts: the stability concepts wanted; what is sure or sought is a matter of the first.
        sought: per feasible state, whether it may be as sought, and whether it is sure to be.
        reach: per feasible state, whether it can come about; elsewhere there are no equilibria.
    """

    game: Game
    profiles: tuple[tuple[int, ...], ...]
    times: tuple[int, ...]
    concepts: tuple[Concept, ...]
    sought: Satisfying
    reach: Truth

    @classmethod
    def drawn(
        cls,
        game: Game,
        times: Mapping[tuple[int, ...], int],
        concepts: tuple[Concept, ...],
        sought: Satisfying,
        reach: Truth,
    ) -> Self:
        """Take profiles that came up in draws, and how often each did, in ascending order."""
        ordered = sorted(times)
        counts = tuple(times[each] for each in ordered)
        return cls(game, tuple(ordered), counts, concepts, sought, reach)

    def pieces(self) -> Iterator[Self]:
        """Give them in the pieces that they are solved in, wherever that is."""
        size = max(-(-len(self.profiles) // _PIECES), 1)
        for first in range(0, len(self.profiles), size):
            piece = slice(first, first + size)
            yield replace(self, profiles=self.profiles[piece], times=self.times[piece])

    def summed(self, tallies: Iterable[Tally]) -> Tally:
        """Give the counts of all pieces together."""
        graph = self.game.graph
        none = Tally.none(self.concepts, len(graph.decimals), len(graph.options))
        return reduce(add, tallies, none)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """In how many draws something is so.

    Attributes:
        stable: per concept and feasible state, the state is an equilibrium.
        beyond: per concept and feasible state, it would be one if it could come about.
        under_all: per feasible state, it is one under every concept.
        sure: per option, there are equilibria, and it is taken in all of them.
        ruled_out: per option, there are equilibria, and it is taken in none of them.
        possible, assured: some equilibrium is as sought; there are some, and all are.
    """

    stable: dict[Concept, Counts]
    beyond: dict[Concept, Counts]
    under_all: Counts
    sure: Counts
    ruled_out: Counts
    possible: int
    assured: int

    @classmethod
    def none(cls, concepts: Iterable[Concept], states: int, options: int) -> Tally:
        """Give the counts of no draws at all."""
        stable, beyond = ({c: _zeros(states) for c in concepts} for _ in range(2))
        return cls(stable, beyond, _zeros(states), _zeros(options), _zeros(options), 0, 0)

    def __add__(self, other: Tally) -> Tally:
        """Give the counts of two samples together."""
        return Tally(
            {concept: self.stable[concept] + other.stable[concept] for concept in self.stable},
            {concept: self.beyond[concept] + other.beyond[concept] for concept in self.beyond},
            self.under_all + other.under_all,
            self.sure + other.sure,
            self.ruled_out + other.ruled_out,
            self.possible + other.possible,
            self.assured + other.assured,
        )


def _zeros(length: int) -> Counts:
    return np.zeros(length, dtype=np.int64)


def tally(work: Profiles) -> Tally:
    """Solve profiles, and count in how many draws what is so."""
    graph = work.game.graph
    states = States(graph.options, graph.decimals, varying=graph.varying)
    each = [states.having(bit) for bit in range(len(graph.options))]
    always, ever = (np.stack(tables, axis=1) for tables in zip(*each, strict=True))
    found = Tally.none(work.concepts, *always.shape)
    for profile, times in zip(work.profiles, work.times, strict=True):
        solved = {concept: work.game.equilibria(profile, concept) for concept in work.concepts}
        found += _counted(solved, (always, ever), work, times)
    return found


def _counted(
    solved: Mapping[Concept, Truth], having: tuple[Truth, Truth], work: Profiles, times: int
) -> Tally:
    """Give the counts of one profile that came up a number of times."""
    stable = {concept: table & work.reach for concept, table in solved.items()}
    first = next(iter(stable.values()))
    equilibria = np.count_nonzero(first)
    some, every = (np.count_nonzero(first & t) for t in (work.sought.some, work.sought.every))
    always, ever = (table[first] for table in having)
    return Tally(
        {concept: table * np.int64(times) for concept, table in stable.items()},
        {concept: (table & ~work.reach) * np.int64(times) for concept, table in solved.items()},
        np.logical_and.reduce([*stable.values()]) * np.int64(times),
        np.all(always, axis=0).astype(np.int64) * (times if equilibria else 0),
        np.all(~ever, axis=0).astype(np.int64) * (times if equilibria else 0),
        times if some else 0,
        times if 0 < every == equilibria else 0,
    )
