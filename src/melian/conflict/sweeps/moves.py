"""Sweeps over all states at once: what the best or the worst is that a move can lead to.

A sweep takes one number per decimal and gives, for each state, the largest or smallest number
among the states one actor can move to from there, the state itself included. States that differ in
the actor's options are taken together; an option that is irreversible is dealt with by itself.
Infeasible states take part with the neutral number, and pass on what they are handed: so an actor
changes any of its options in one move, whatever the states in between.

Two moves of one actor in a row are one move, or lead back: its moves are transitive, and so are
its improvements. Hence a sweep done twice changes nothing, and the rule that nobody moves twice in
a row in a legal sequence (Fang, Hipel & Kilgour 1993, section 3.3) needs no bookkeeping. Where
several decimals count as one state, that is not so: see :mod:`melian.conflict.sweeps.coalesced`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import cycle
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Places = NDArray[np.int64]
    Truth = NDArray[np.bool_]
    Values = NDArray[np.int32]
    Sweep = Callable[[Values], Values]

_Whole = TypeVar("_Whole", bound=np.signedinteger[Any])

LEAST, MOST = 0, np.iinfo(np.int32).max
"""Below and above all ranks: what an infeasible state counts as."""


def best(graph: Graph, actor: int, values: Values) -> Values:
    """Give, per state, the largest value the actor can move to; ``LEAST`` where infeasible."""
    return _inside(graph, actor, values, np.maximum, LEAST)


def worst(graph: Graph, actor: int, values: Values) -> Values:
    """Give, per state, the smallest value the actor can move to; ``MOST`` where infeasible."""
    return _inside(graph, actor, values, np.minimum, MOST)


def highest(graph: Graph, actor: int, values: Values) -> Values:
    """Give, per decimal, the largest value the actor's options could lead to, feasible or not."""
    return _sweep(graph, actor, values, np.maximum)


def lowest(graph: Graph, actor: int, values: Values) -> Values:
    """Give, per decimal, the smallest value the actor's options could lead to, feasible or not."""
    return _sweep(graph, actor, values, np.minimum)


def _inside(graph: Graph, actor: int, values: Values, pick: np.ufunc, outside: int) -> Values:
    if graph.feasible.all():
        return _sweep(graph, actor, values, pick)
    swept = _sweep(graph, actor, np.where(graph.feasible, values, np.int32(outside)), pick)
    swept[~graph.feasible] = outside
    return swept


def _sweep(graph: Graph, actor: int, values: Values, pick: np.ufunc) -> Values:
    one_way = [bit for bit in graph.bits(actor) if graph.irreversible[bit]]
    swept = values.copy() if one_way else values
    for bit in one_way:
        pairs = swept.reshape(-1, 2, 1 << bit)
        start = pairs[:, int(graph.irreversible[bit] < 0)]
        pick(pairs[:, 0], pairs[:, 1], out=start)
    return _over(swept, graph.owned[actor] & ~sum(1 << bit for bit in one_way), pick)


def _over(values: Values, mask: int, pick: np.ufunc) -> Values:
    """Give each state what is picked among all that differ from it in bits of the mask only."""
    shape, inside = runs(len(values), mask)
    picked = pick.reduce(values.reshape(shape), axis=inside, keepdims=True)
    return np.array(np.broadcast_to(picked, shape), order="C").reshape(-1)


@lru_cache(maxsize=256)
def runs(states: int, mask: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give one axis to each run of bits that a mask names or leaves out, highest bit first.

    Args:
        states: how many decimals there are, a power of 2.
        mask: some of their bits.

    Returns:
        The lengths of the axes, and which of them the mask names.

    >>> runs(16, 0b0110)
    ((2, 4, 2), (1,))
    """
    shape: list[int] = []
    inside: list[int] = []
    before = None
    for bit in reversed(range(states.bit_length() - 1)):
        here = bool(mask >> bit & 1)
        if here is before:
            shape[-1] *= 2
            continue
        inside += [len(shape)] if here else []
        shape.append(2)
        before = here
    return tuple(shape), tuple(inside)


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


def moves_from(graph: Graph, actor: int, states: Places) -> tuple[Places, Truth]:
    """Give where an actor could bring each of some states, and which of that are moves.

    Args:
        graph: who can move what; that decimals count as one state is left out of account.
        actor: who moves.
        states: places, whose low bits are the decimals of feasible states.

    Returns:
        A row for each state, a column for each change of the actor's options: the place that the
        change leads to, and whether it is feasible and respects irreversibility.
    """
    end = states[:, np.newaxis] ^ subsets(graph.owned[actor])[1:]
    legal = permitted(graph, states[:, np.newaxis], end)
    return end, legal & graph.feasible[end & len(graph.feasible) - 1]


def moves_to(graph: Graph, actor: int, states: Places) -> tuple[Places, Truth]:
    """Give where an actor could have come from to each of some states, as :func:`moves_from`."""
    start = states[:, np.newaxis] ^ subsets(graph.owned[actor])[1:]
    legal = permitted(graph, start, states[:, np.newaxis])
    return start, legal & graph.feasible[start & len(graph.feasible) - 1]


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


def gather(decimals: NDArray[_Whole], mask: int) -> NDArray[_Whole]:
    """Give the bits that a mask names, moved together: where it stands in ``subsets(mask)``.

    >>> gather(np.array([0b110, 0b101]), 0b101).tolist()
    [2, 3]
    """
    found = np.zeros_like(decimals)
    for low, width, place in _pieces(mask):
        found |= (decimals >> low & (1 << width) - 1) << place
    return found


@lru_cache(maxsize=256)
def _pieces(mask: int) -> tuple[tuple[int, int, int], ...]:
    """Give the runs of bits in a mask: the lowest bit, how many, and where they are moved to."""
    found, place = [], 0
    while mask:
        low = (mask & -mask).bit_length() - 1
        width = (~(mask >> low) & (mask >> low) + 1).bit_length() - 1
        found.append((low, width, place))
        place += width
        mask &= ~((1 << width) - 1 << low)
    return tuple(found)
