"""Sweeps over all states at once: what the best or the worst is that a move can lead to.

A sweep takes one number per decimal and gives, for each state, the largest or smallest number
among the states one actor can move to from there, the state itself included. It goes option by
option. Infeasible states take part with the neutral number, and pass on what they are handed: so
an actor changes any of its options in one move, whatever the states in between.

Two moves of one actor in a row are one move, or lead back: its moves are transitive, and so are
its improvements. Hence a sweep done twice changes nothing, and the rule that nobody moves twice in
a row in a legal sequence (Fang, Hipel & Kilgour 1993, section 3.3) needs no bookkeeping.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Values = NDArray[np.int32]
    Sweep = Callable[[Values], Values]

LEAST, MOST = 0, np.iinfo(np.int32).max
"""Below and above all ranks: what an infeasible state counts as."""


def best(graph: Graph, actor: int, values: Values) -> Values:
    """Give, per state, the largest value the actor can move to; ``LEAST`` where infeasible."""
    return _sweep(graph, actor, values, np.maximum, LEAST)


def worst(graph: Graph, actor: int, values: Values) -> Values:
    """Give, per state, the smallest value the actor can move to; ``MOST`` where infeasible."""
    return _sweep(graph, actor, values, np.minimum, MOST)


def _sweep(graph: Graph, actor: int, values: Values, pick: np.ufunc, outside: int) -> Values:
    swept = np.where(graph.feasible, values, np.int32(outside))
    for bit in graph.bits(actor):
        pairs = swept.reshape(-1, 2, 1 << bit)
        picked = pick(pairs[:, 0], pairs[:, 1])
        if graph.irreversible[bit] >= 0:
            pairs[:, 0] = picked
        if graph.irreversible[bit] <= 0:
            pairs[:, 1] = picked
    swept[~graph.feasible] = outside
    return swept


def settle(values: Values, sweeps: Sequence[Sweep]) -> Values:
    """Give what is left when sweeps take turns, in any order, until none changes anything.

    With each opponent's :func:`worst` it is the least that their legal sequences can lead to.
    """
    quiet = 0
    for sweep in cycle(sweeps):
        swept = sweep(values)
        quiet = quiet + 1 if np.array_equal(swept, values) else 1  # a sweep done twice is done
        values = swept
        if quiet >= len(sweeps):
            break
    return values


def permitted(graph: Graph, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which changes from one set of options to another respect irreversibility."""
    only_taken = sum(1 << b for b, way in enumerate(graph.irreversible) if way > 0)
    only_dropped = sum(1 << b for b, way in enumerate(graph.irreversible) if way < 0)
    against = (start & ~end & only_taken) | (end & ~start & only_dropped)
    return np.asarray(against == 0, dtype=np.bool_)


def subsets(mask: int) -> NDArray[np.int64]:
    """Give all decimals with bits of the mask only, ascending.

    >>> subsets(0b101).tolist()
    [0, 1, 4, 5]
    """
    found = np.zeros(1, dtype=np.int64)
    for bit in range(mask.bit_length()):
        if mask >> bit & 1:
            found = np.concatenate([found, found + (1 << bit)])
    return found
