"""Stability where several decimals count as one state: a class, with the rank of its lowest.

An actor moves from one class to another when it can from some member to some member. So it may
come to places by two moves in a row, through a class, that one move does not lead to: the rule
that nobody moves twice in a row in a legal sequence (Fang, Hipel & Kilgour 1993, section 3.3) now
matters. A sweep therefore leaves out the state it starts from, and what a sequence can lead to is
kept for each actor that may not move next.

Values are the same for all members of a class throughout.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from melian.conflict.result import Concept
from melian.conflict.sweeps.moves import MOST, best

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph
    from melian.conflict.sweeps.sequential import Improvements

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]
    Step = Callable[[Values], Values]

_Item = TypeVar("_Item", bound=np.generic)


def alone(graph: Graph, classes: Values, concept: Concept, actor: int, own: Values) -> Truth:
    """Tell, per decimal, whether a state is stable under Nash, GMR or SMR.

    Args:
        graph: who can move what.
        classes: per decimal the lowest of its class.
        concept: which.
        actor: for whom.
        own: its ranks, (2^k,).
    """
    others = [j for j, mask in enumerate(graph.owned) if mask and j != actor]
    steps = [partial(least_elsewhere, graph, classes, j) for j in others]
    start = np.where(graph.feasible, own, np.int32(MOST))
    match concept:
        case Concept.GMR:
            worth = _settle(start, steps)
        case Concept.SMR:
            countered = joined(classes, best(graph, actor, own), np.maximum)
            countered[~graph.feasible] = MOST
            worth = np.minimum(own, _settle(countered, steps))
        case _:
            worth = own
    return resists(graph, classes, actor, own, worth)


def sequential(
    graph: Graph, classes: Values, actor: int, own: Values, each: Sequence[Improvements]
) -> Truth:
    """Tell, per decimal, whether a state is stable under SEQ.

    Args:
        graph: who can move what.
        classes: per decimal the lowest of its class.
        actor: for whom.
        own: its ranks, (2^k,).
        each: the improvements of the other actors.
    """
    start = np.where(graph.feasible, own, np.int32(MOST))
    steps = [partial(_least_improved, classes, of) for of in each]
    return resists(graph, classes, actor, own, _settle(start, steps))


def resists(graph: Graph, classes: Values, actor: int, own: Values, worth: Values) -> Truth:
    """Tell where no move of an actor is worth more to it than staying."""
    return np.less_equal(joined(classes, best(graph, actor, worth), np.maximum), own)


def joined(classes: Values, values: NDArray[_Item], pick: np.ufunc) -> NDArray[_Item]:
    """Give all members of a class what is picked among theirs."""
    found = values.copy()
    members = np.flatnonzero(classes != np.arange(len(classes)))
    pick.at(found, classes[members], values[members])
    found[members] = found[classes[members]]
    return found


def _settle(start: Values, steps: Sequence[Step]) -> Values:
    """Give the least that legal sequences of the others lead to, nobody moving twice in a row.

    Args:
        start: what it is worth to stop, per decimal.
        steps: per other actor, the least value to which one move of its leads, from other values.
    """
    barred = [start] * len(steps)  # what is reached when that actor may not move next
    while True:
        moved = [step(values) for step, values in zip(steps, barred, strict=True)]
        after = [np.minimum.reduce([start, *moved[:j], *moved[j + 1 :]]) for j in range(len(steps))]
        if all(map(np.array_equal, after, barred)):
            return np.asarray(np.minimum.reduce([start, *moved]))
        barred = after


def _least_improved(classes: Values, of: Improvements, values: Values) -> Values:
    return joined(classes, of.after(values), np.minimum)


def least_elsewhere(graph: Graph, classes: Values, actor: int, values: Values) -> Values:
    """Give, per state, the smallest value in another state that an actor can move to.

    The two smallest values in different states are carried along, with the state of the smaller.
    """
    first = np.where(graph.feasible, values, np.int32(MOST))
    where, second = classes.copy(), np.full(len(first), MOST, dtype=np.int32)
    for bit in graph.bits(actor):
        sides = [each.reshape(-1, 2, 1 << bit) for each in (first, where, second)]
        merged = _merged(*([each[:, side] for each in sides] for side in (0, 1)))
        way = graph.irreversible[bit]
        for side in [s for s, open_ in ((0, way >= 0), (1, way <= 0)) if open_]:
            for each, new in zip(sides, merged, strict=True):
                each[:, side] = new
    found = np.where(where == classes, second, first)
    found[~graph.feasible] = MOST
    return joined(classes, found, np.minimum)


def _merged(one: Sequence[Values], other: Sequence[Values]) -> tuple[Values, Values, Values]:
    """Give the two smallest values of two such pairs, in different states."""
    swap = other[0] < one[0]
    low, low_at, second = (np.where(swap, b, a) for a, b in zip(one, other, strict=True))
    high, high_at, beyond = (np.where(swap, a, b) for a, b in zip(one, other, strict=True))
    return low, low_at, np.minimum(second, np.where(high_at == low_at, beyond, high))
