"""Who is stable where: Nash, GMR, SMR, SEQ and SIM for any number of decision makers.

The definitions are those of Fang, Hipel & Kilgour (1993), chapters 3 and 4. For the first four
there is one form. Let V(x) be what a move to x is worth to the actor in the end:

* Nash: its rank there;
* GMR: the least rank the others can drive it to from x, by legal sequences of moves;
* SMR: the same with the best the actor can still move to in place of its rank, but no more than
  its rank at x, so that only improvements tempt it;
* SEQ: as GMR, but the others only make improvements of their own.

A state is stable for the actor when it can move to no x with V(x) above its rank now.
"""

from __future__ import annotations

from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.model import frozen
from melian.conflict.result import Concept, Stability
from melian.conflict.sweeps import simultaneous
from melian.conflict.sweeps.moves import MOST, best, settle, worst
from melian.conflict.sweeps.sequential import improvements

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph, GraphModel
    from melian.conflict.sweeps.sequential import Improvements
    from melian.conflict.sweeps.simultaneous import Limit

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]

ALL = tuple(Concept)

_KEPT = 2**27  # bytes of each kind of result that a solver keeps for the next profile
_RANKS = 4  # bytes of a rank: what a kept result is found by
_TABLE = 24  # bytes per state of an improvement table, about


def stability(model: GraphModel, concepts: Iterable[Concept] = ALL) -> Stability:
    """Give who is stable where in a graph model.

    Args:
        model: the graph and everyone's ranks.
        concepts: the stability concepts wanted.

    Raises:
        TooLarge: SIM is wanted, and would not fit.
    """
    return Solver(model.graph).stability(tuple(model.ranks), concepts)


class Solver:
    """Solves one graph under many preference profiles.

    What depends on one actor's preferences only (Nash, GMR, SMR, its improvements) is worked out
    once for each ranking of that actor, however many profiles it occurs in.
    """

    def __init__(self, graph: Graph) -> None:
        """Take a graph; nothing is worked out yet."""
        self.graph = graph
        settings = max((1 << mask.bit_count() for mask in graph.owned), default=1)
        self._alone = lru_cache(self._room(1))(self._solve_alone)
        self._improvements = lru_cache(self._room(_TABLE))(self._find_improvements)
        self._choices = lru_cache(self._room(settings))(self._find_choices)
        self._keeps = _KEPT // max(simultaneous.limits_size(graph), 1)  # limits, of how many actors
        self._kept_limits = lru_cache(self._keeps)(self._find_kept_limits)
        self._layout = lru_cache(1)(partial(simultaneous.layout, graph))

    def check(self, concepts: Iterable[Concept]) -> None:
        """Refuse concepts that would not fit, before anything is worked out.

        Raises:
            TooLarge: SIM is wanted, and would not fit.
        """
        if Concept.SIM in concepts:
            simultaneous.guard(self.graph)

    def stability(self, ranks: Sequence[Values], concepts: Iterable[Concept] = ALL) -> Stability:
        """Give who is stable where when the actors have these ranks.

        Args:
            ranks: per actor (2^k,), as in :class:`melian.conflict.model.GraphModel`.
            concepts: the stability concepts wanted.

        Raises:
            TooLarge: SIM is wanted, and would not fit.
        """
        wanted = tuple(concepts)
        self.check(wanted)
        keys, decimals = _keys(ranks), self.graph.decimals
        everywhere = np.ones(len(self.graph.feasible), dtype=np.bool_)
        found = {}
        for concept in wanted:
            each = [self._solve(concept, i, keys, everywhere)[decimals] for i in range(len(keys))]
            table = np.array(each, dtype=np.bool_).reshape(len(keys), len(decimals))
            found[concept] = frozen(table, np.bool_)
        return Stability(
            options=self.graph.options,
            decimals=frozen(decimals, np.int64),
            actors=self.graph.actors,
            stable=MappingProxyType(found),
        )

    def equilibria(self, ranks: Sequence[Values], concept: Concept) -> Truth:
        """Give, per feasible state, whether it is an equilibrium under a concept.

        It is what :meth:`stability` says, but a state that is not stable for one actor is not
        looked at for the next.

        Args:
            ranks: per actor (2^k,), as in :class:`melian.conflict.model.GraphModel`.
            concept: which.

        Raises:
            TooLarge: the concept is SIM, and would not fit.
        """
        keys, left = _keys(ranks), self.graph.feasible
        for actor in range(len(keys)):
            left = left & self._solve(concept, actor, keys, left)
        return left[self.graph.decimals]

    def nash(self, actor: int, ranks: Values) -> Truth:
        """Give, per feasible state, whether an actor with these ranks (2^k,) gains by no move."""
        (key,) = _keys([ranks])
        return self._alone(Concept.NASH, actor, key)[self.graph.decimals]

    def _solve(self, concept: Concept, actor: int, keys: Sequence[bytes], asked: Truth) -> Truth:
        """Give, per decimal, whether a state is stable; what is not asked may be left False."""
        match concept:
            case Concept.SEQ:
                return self._solve_seq(actor, keys)
            case Concept.SIM:
                return self._solve_sim(actor, keys, asked)
            case _:
                return self._alone(concept, actor, keys[actor])

    def _solve_sim(self, actor: int, keys: Sequence[bytes], asked: Truth) -> Truth:
        """Ask for answers only where the actor has an improvement."""
        found = self._alone(Concept.NASH, actor, keys[actor]).copy()
        states = np.flatnonzero(asked & self.graph.feasible & ~found)
        found[states] = simultaneous.stable(
            self._layout(),
            actor,
            _ranks(keys[actor]),
            states,
            each=self._limits(actor, keys[actor]),
            choice=[self._choices(j, key) for j, key in enumerate(keys)],
        )
        return found

    def _solve_alone(self, concept: Concept, actor: int, key: bytes) -> Truth:
        own = _ranks(key)
        sweeps = [partial(worst, self.graph, j) for j in self._others(actor)]
        match concept:
            case Concept.GMR:
                worth = settle(own, sweeps)
            case Concept.SMR:
                worth = np.minimum(own, settle(best(self.graph, actor, own), sweeps))
            case _:
                worth = own
        return self._resists(actor, own, worth)

    def _solve_seq(self, actor: int, keys: Sequence[bytes]) -> Truth:
        own = _ranks(keys[actor])
        sweeps = [self._improvements(j, keys[j]).worst for j in self._others(actor)]
        start = np.where(self.graph.feasible, own, MOST)
        return self._resists(actor, own, settle(start, sweeps))

    def _resists(self, actor: int, own: Values, worth: Values) -> Truth:
        return np.less_equal(best(self.graph, actor, worth), own)

    def _find_improvements(self, actor: int, key: bytes) -> Improvements:
        return improvements(self.graph, actor, _ranks(key))

    def _find_choices(self, actor: int, key: bytes) -> Truth:
        return simultaneous.choices(self._layout(), actor, _ranks(key))

    def _limits(self, actor: int, key: bytes) -> Iterable[Limit]:
        """Give the limits kept, or one after the other where those of one profile do not fit."""
        if self._keeps >= len(self.graph.actors):
            return self._kept_limits(actor, key)
        return simultaneous.limits(self._layout(), actor, _ranks(key))

    def _find_kept_limits(self, actor: int, key: bytes) -> tuple[Limit, ...]:
        return tuple(simultaneous.limits(self._layout(), actor, _ranks(key)))

    def _room(self, per_state: int) -> int:
        """Give how many results of this size to keep: for one profile at least."""
        size = len(self.graph.feasible) * (per_state + _RANKS)
        return max(_KEPT // size, len(self.graph.actors))

    def _others(self, actor: int) -> list[int]:
        return [j for j in range(len(self.graph.actors)) if j != actor]


def _keys(ranks: Iterable[Values]) -> tuple[bytes, ...]:
    return tuple(np.asarray(row, dtype=np.int32).tobytes() for row in ranks)


def _ranks(key: bytes) -> Values:
    return np.frombuffer(key, dtype=np.int32)
