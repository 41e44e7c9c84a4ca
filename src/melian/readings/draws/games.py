"""A graph with the ways in which its actors may rank the states, to be solved a profile at a time.

A game goes to other processes whole: what it is made of is small, and what is worked out on the
way (ranks, a solver's tables) stays where it was worked out. In one process the same game, however
often it arrives, is the same object, so that chunks of work share what they have in common.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.preferences import evaluate, rank
from melian.conflict.stability import Solver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.conflict.model import Graph
    from melian.conflict.result import Concept

    Truth = NDArray[np.bool_]

Ways = tuple[tuple["Formula", ...], ...]
"""An actor's ways to rank the states: each a list of what it prefers, most important first."""

_KEPT = 2**27  # bytes of ranks, and of states in which formulas are met, that are kept


class Game:
    """A graph, the ways of each of its actors to rank the states, and a solver.

    Attributes:
        graph: who can move what.
        ways: per actor, its ways.
    """

    def __init__(self, graph: Graph, ways: Sequence[Ways], solver: Solver | None = None) -> None:
        """Take what the game is made of; nothing is worked out yet."""
        self.graph, self.ways = graph, tuple(ways)
        self._solver = Solver(graph) if solver is None else solver
        size = len(graph.feasible)
        self._met = lru_cache(_KEPT // size + 1)(self._evaluate)
        self._ranks = lru_cache(max(_KEPT // (4 * size), len(graph.actors)))(self._rank)

    def equilibria(self, profile: Sequence[int], concept: Concept) -> Truth:
        """Give, per feasible state, whether it is an equilibrium.

        Args:
            profile: per actor, the index of its way.
            concept: under which.
        """
        ranks = [self._ranks(actor, way) for actor, way in enumerate(profile)]
        return self._solver.equilibria(ranks, concept)

    @property
    def profiles(self) -> int:
        """How many profiles its ways make."""
        return prod(map(len, self.ways))

    def _rank(self, actor: int, way: int) -> NDArray[np.int32]:
        return rank(map(self._met, self.ways[actor][way]), self.graph.feasible)

    def _evaluate(self, formula: Formula) -> Truth:
        return evaluate(formula, self.graph.options)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as bytes, which tell whether the game is known where it arrives."""
        return _arrived, (pickle.dumps((self.graph, self.ways)),)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Profiles of a game to solve, one after the other as they are numbered.

    Attributes:
        game: the last actor's way is the fastest.
        first, last: numbers of the first profile, and of the one after the last.
        concepts: the stability concepts wanted.
    """

    game: Game
    first: int
    last: int
    concepts: tuple[Concept, ...]


def stretches(game: Game, concepts: tuple[Concept, ...], pieces: int) -> list[Stretch]:
    """Give all profiles of a game in so many pieces, or fewer, in order."""
    size = max(-(-game.profiles // pieces), 1)
    return [
        Stretch(game, first, min(first + size, game.profiles), concepts)
        for first in range(0, game.profiles, size)
    ]


def solved(work: Stretch) -> dict[Concept, Truth]:
    """Give the equilibria of some profiles per concept, shape (profiles, feasible states)."""
    each = product(*(range(len(ways)) for ways in work.game.ways))
    some = list(islice(each, work.first, work.last))
    return {
        concept: np.array([work.game.equilibria(profile, concept) for profile in some])
        for concept in work.concepts
    }


@lru_cache(2)
def _arrived(made_of: bytes) -> Game:
    return Game(*pickle.loads(made_of))  # noqa: S301 - written by __reduce__
