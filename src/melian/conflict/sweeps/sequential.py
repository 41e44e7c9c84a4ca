"""What an actor's own improvements lead to: the moves that SEQ allows as answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.sweeps.moves import MOST, permitted, subsets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Values = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Improvements:
    """One actor's unilateral improvements, arranged so that a sweep over them is two look-ups.

    States that differ in the actor's options only are a row, sorted from its best to its worst:
    what it can improve to is then the beginning of the row, and the least value there a running
    minimum. Where options are irreversible, there is one such arrangement for each setting of
    them, with the states that can still be reached from it.

    Attributes:
        orders: the arrangements, each (rows, states) of decimals, best first.
        ahead: per decimal, where in the running minima its improvements end; 0 for none.
    """

    orders: tuple[NDArray[np.int64], ...]
    ahead: NDArray[np.int64]

    def worst(self, values: Values) -> Values:
        """Give, per state, the smallest value the actor can improve to, its own included."""
        minima = [np.full((len(o), o.shape[1] + 1), MOST, dtype=np.int32) for o in self.orders]
        for running, order in zip(minima, self.orders, strict=True):
            np.minimum.accumulate(values[order], axis=1, out=running[:, 1:])
        found = minima[0].ravel() if len(minima) == 1 else np.concatenate(minima, axis=None)
        return np.minimum(values, found[self.ahead])


def improvements(graph: Graph, actor: int, ranks: Values) -> Improvements:
    """Give the improvements of an actor with these ranks (2^k,)."""
    own = subsets(graph.owned[actor])
    others = subsets(len(ranks) - 1 & ~graph.owned[actor])
    locked = sum(1 << b for b in graph.bits(actor) if graph.irreversible[b])
    ahead = np.zeros(len(ranks), dtype=np.int64)
    orders, offset = [], 0
    for setting in subsets(locked):
        row = own[permitted(graph, setting, own & locked)]
        states = others[:, np.newaxis] | row
        order = np.take_along_axis(states, np.argsort(-ranks[states], axis=1), axis=1)
        ends = (
            _better(ranks[order]) + offset + np.arange(len(others))[:, np.newaxis] * (len(row) + 1)
        )
        here = order & locked == setting
        ahead[order[here]] = ends[here]
        orders.append(order)
        offset += order.size + len(order)
    ahead[~graph.feasible] = 0  # where the first running minimum starts: that of nothing
    return Improvements(tuple(orders), ahead)


def _better(ranks: Values) -> NDArray[np.int64]:
    """Count the states before each in its row, best first, that are better and not tied."""
    run = np.zeros(ranks.shape, dtype=np.int64)
    run[:, 1:] = np.where(ranks[:, 1:] != ranks[:, :-1], np.arange(1, ranks.shape[1]), 0)
    return np.maximum.accumulate(run, axis=1)
