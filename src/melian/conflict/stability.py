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

from melian.conflict.memory import guard
from melian.conflict.model import frozen
from melian.conflict.result import Concept, Stability
from melian.conflict.sweeps import coalesced, sequential, simultaneous
from melian.conflict.sweeps.moves import MOST, best, settle, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph, GraphModel
    from melian.conflict.sweeps.sequential import Improvements

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]

ALL = tuple(Concept)

_KEPT = 2**27  # bytes of each kind of result that a solver keeps for the next profile
_RANKS = 4  # bytes of a rank: what a kept result is found by
_TABLE = 8  # bytes per state of rows in order, about


def stability(
    model: GraphModel, concepts: Iterable[Concept] = ALL, limit: int | None = None
) -> Stability:
    """Give who is stable where in a graph model.

    Args:
        model: the graph and everyone's ranks.
        concepts: the stability concepts wanted.
        limit: bytes of memory that it may take; what the machine can spare, when left out.

    Raises:
        TooLarge: it would take more.
    """
    return Solver(model.graph, limit).stability(tuple(model.ranks), concepts)


class Solver:
    """Solves one graph under many preference profiles.

    What depends on one actor's preferences only (Nash, GMR, SMR, its improvements) is worked out
    once for each ranking of that actor, however many profiles it occurs in.
    """

    def __init__(self, graph: Graph, limit: int | None = None) -> None:
        """Take a graph; nothing is worked out yet.

        Args:
            graph: who can move what.
            limit: bytes of memory that it may take; what the machine can spare, when left out.
        """
        self.graph = graph
        self._limit = limit
        self._alone = lru_cache(self._room(1))(partial(_alone, graph))
        self._improvements = lru_cache(self._room(_TABLE))(partial(_improvements, graph))

    def check(self, concepts: Iterable[Concept]) -> None:
        """Refuse concepts that would not fit, before anything is worked out.

        Raises:
            TooLarge: they would take more memory than is allowed.
        """
        on = self.graph
        classes = on.classes is not None
        guard(on.owned, on.irreversible, tuple(concepts), self._limit, classes=classes)

    def stability(self, ranks: Sequence[Values], concepts: Iterable[Concept] = ALL) -> Stability:
        """Give who is stable where when the actors have these ranks.

        Args:
            ranks: per actor (2^k,), as in :class:`melian.conflict.model.GraphModel`.
            concepts: the stability concepts wanted.

        Raises:
            TooLarge: they would take more memory than is allowed.
        """
        wanted = tuple(concepts)
        self.check(wanted)
        keys, states = self._keys(ranks), self.graph.states
        decimals = np.flatnonzero(states)
        found = {}
        for concept in wanted:
            table = np.empty((len(keys), len(decimals)), dtype=np.bool_)
            for actor, row in enumerate(table):
                row[:] = self._solve(concept, actor, keys, states)[states]
            table.flags.writeable = False
            found[concept] = table
        return Stability(
            options=self.graph.options,
            decimals=frozen(decimals, np.int64),
            actors=self.graph.actors,
            stable=MappingProxyType(found),
            varying=self.graph.varying,
        )

    def equilibria(self, ranks: Sequence[Values], concept: Concept) -> Truth:
        """Give, per feasible state, whether it is an equilibrium under a concept.

        It is what :meth:`stability` says, but a state that is not stable for one actor is not
        looked at for the next.

        Args:
            ranks: per actor (2^k,), as in :class:`melian.conflict.model.GraphModel`.
            concept: which.

        Raises:
            TooLarge: it would take more memory than is allowed.
        """
        keys, left = self._keys(ranks), self.graph.states
        for actor in range(len(keys)):
            left = left & self._solve(concept, actor, keys, left)
        return left[self.graph.states]

    def nash(self, actor: int, ranks: Values) -> Truth:
        """Give, per feasible state, whether an actor with these ranks (2^k,) gains by no move."""
        (key,) = self._keys([ranks])
        return self._alone(Concept.NASH, actor, key)[self.graph.states]

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
        classes = self.graph.classes
        found = simultaneous.stable(
            self.graph,
            actor,
            [_ranks(key) for key in keys],
            {j: self._improvements(j, keys[j]) for j in _others(self.graph, actor)},
            asked if classes is None else asked[classes],
        )
        return found if classes is None else coalesced.joined(classes, found, np.logical_and)

    def _solve_seq(self, actor: int, keys: Sequence[bytes]) -> Truth:
        own = _ranks(keys[actor])
        each = [self._improvements(j, keys[j]) for j in _others(self.graph, actor)]
        if self.graph.classes is not None:
            return coalesced.sequential(self.graph, self.graph.classes, actor, own, each)
        start = np.where(self.graph.feasible, own, MOST)
        return _resists(self.graph, actor, own, sequential.settle(start, each))

    def _keys(self, ranks: Iterable[Values]) -> tuple[bytes, ...]:
        """Give ranks as keys; decimals that count as one state have the rank of the lowest."""
        at = slice(None) if self.graph.classes is None else self.graph.classes
        return tuple(np.asarray(row[at], dtype=np.int32).tobytes() for row in ranks)

    def _room(self, per_state: int) -> int:
        """Give how many results of this size to keep: for one profile at least."""
        size = len(self.graph.feasible) * (per_state + _RANKS)
        return max(_KEPT // size, len(self.graph.actors))


# Not methods, so that a solver is gone, with all that it keeps, as soon as nobody needs it.


def _alone(graph: Graph, concept: Concept, actor: int, key: bytes) -> Truth:
    """Solve a concept that depends on the preferences of one actor only."""
    own = _ranks(key)
    if graph.classes is not None:
        return coalesced.alone(graph, graph.classes, concept, actor, own)
    sweeps = [partial(worst, graph, j) for j in _others(graph, actor)]
    match concept:
        case Concept.GMR:
            worth = settle(own, sweeps)
        case Concept.SMR:
            worth = np.minimum(own, settle(best(graph, actor, own), sweeps))
        case _:
            worth = own
    return _resists(graph, actor, own, worth)


def _improvements(graph: Graph, actor: int, key: bytes) -> Improvements:
    return sequential.improvements(graph, actor, _ranks(key))


def _resists(graph: Graph, actor: int, own: Values, worth: Values) -> Truth:
    return np.less_equal(best(graph, actor, worth), own)


def _others(graph: Graph, actor: int) -> list[int]:
    return [j for j in range(len(graph.actors)) if j != actor]


def _ranks(key: bytes) -> Values:
    return np.frombuffer(key, dtype=np.int32)
