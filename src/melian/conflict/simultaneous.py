"""SIM: the others answer a move at the same time, each by one improvement of its own or none.

From a state s the actor makes one of its improvements, and each other actor makes one of its own
improvements *from s*, or stays. Every option that somebody changes is changed; the state that
results answers the move when it is feasible and no better for the actor than s (Fang, Hipel &
Kilgour 1993, chapter 3).

What the others can do together from s is a set of settings of their options, and so is what
answers a given move: both are bits in words, and a move is answered where they meet. That takes
4^k / 64 word operations instead of 4^k comparisons.

An option with several owners, or none, belongs to the **context**; the others are exclusive. The
sets above are over exclusive options, one for each way in which the owners change the context.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.bitsets import levels, together
from melian.conflict.model import BYTES
from melian.conflict.moves import permitted, subsets
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]
    Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The states with one axis for the context and one for each actor's exclusive options.

    Attributes:
        graph: who can move what.
        context: the settings of the context, as decimals.
        exclusive: per actor, the settings of its exclusive options, as decimals.
        flips: per actor, the changes of the context it can make, as bits of an index into
            ``context``; the first is none.
        states: the decimals, shape (context, exclusive of actor 0, of actor 1, ...).
        place: per decimal, where it stands among ``states`` read in order.
    """

    graph: Graph
    context: NDArray[np.int64]
    exclusive: tuple[NDArray[np.int64], ...]
    flips: tuple[NDArray[np.int64], ...]
    states: NDArray[np.int64]
    place: NDArray[np.int64]


def layout(graph: Graph, limit: int = BYTES) -> Layout:
    """Give the states of a graph as SIM arranges them.

    Raises:
        TooLarge: the sets of joint answers would not fit.
    """
    owners = [sum(o >> b & 1 for o in graph.owned) for b in range(len(graph.options))]
    alone = sum(1 << b for b, count in enumerate(owners) if count == 1)
    shared = len(graph.feasible) - 1 & ~alone
    context = subsets(shared)
    exclusive = tuple(subsets(mask & alone) for mask in graph.owned)
    _guard(graph, min(map(len, exclusive), default=1), len(context), limit)
    flips = tuple(np.searchsorted(context, subsets(mask & shared)) for mask in graph.owned)
    states = reduce(np.add.outer, exclusive, context)
    return Layout(graph, context, exclusive, flips, states, np.argsort(states, axis=None))


def _guard(graph: Graph, fewest: int, context: int, limit: int) -> None:
    states = len(graph.feasible)
    own = [1 << mask.bit_count() for mask in graph.owned]
    sets = max(states // (fewest * context) // 8, 8)
    needed = states * (sum(own) + 2 * max(own, default=0) + sets * (context + 3))
    if needed > limit:
        raise TooLarge(
            f"SIM on {states:,} states takes about {needed / 2**30:,.0f} GB of memory, and "
            f"{limit / 2**30:,.0f} GB are allowed. Leave sim out of the concepts; the others fit."
        )


def choices(on: Layout, actor: int, ranks: Values) -> Truth:
    """Give what an actor can choose in each state: one of its improvements, or to stay.

    Returns:
        Shape (flips of the actor, own settings, states in the order of the layout): whether it
        may change the context so, and its exclusive options to that setting.
    """
    own, axis = on.exclusive[actor], actor + 1
    shape = [len(own), *[1] * on.states.ndim]
    shape[axis + 1] = len(own)
    moves = permitted(on.graph, own, own[:, np.newaxis]).reshape(shape)
    stays = np.eye(len(own), dtype=np.bool_).reshape(shape)
    now, found = ranks[on.states], []
    for flip in on.flips[actor]:
        flipped = np.arange(len(on.context)) ^ flip
        ways = permitted(on.graph, on.context, on.context[flipped])
        then = np.expand_dims(np.moveaxis(now[flipped], axis, 0), axis + 1)
        gains = (then > now) & moves & ways.reshape(-1, *[1] * (now.ndim - 1))
        found.append(gains | stays if flip == 0 else gains)
    return np.stack(found).reshape(len(found), len(own), -1)


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """What leaves an actor no better off, for each setting of its exclusive options.

    Attributes:
        ranks: of the actor, shape (2^k,).
        column: per own setting, context and rank, the column of the set of what the others'
            exclusive options may be so that the actor ends at that rank or lower.
        sets: per own setting, those sets.
    """

    ranks: Values
    column: tuple[NDArray[np.int64], ...]
    sets: tuple[Words, ...]


def limits(on: Layout, actor: int, ranks: Values) -> Limits:
    """Give what leaves an actor with these ranks (2^k,) no better off."""
    own, top = len(on.exclusive[actor]), int(ranks.max())
    ends = np.moveaxis(ranks[on.states], actor + 1, 0).reshape(own, len(on.context), -1)
    column, sets = zip(*(levels(reached, top) for reached in ends), strict=True)
    return Limits(ranks, column, sets)


def stable(
    on: Layout,
    actor: int,
    asked: NDArray[np.int64],
    limit: Limits,
    choice: Sequence[Truth],
) -> Truth:
    """Give, per state asked about, whether every improvement is answered at the same time.

    Args:
        on: the states as SIM arranges them.
        actor: for whom.
        asked: the states to look at, as decimals.
        limit: the :func:`limits` of the actor.
        choice: the :func:`choices` of every actor. To stay is answered by staying.
    """
    now, place = limit.ranks[asked], on.place[asked]
    context = place // (on.states.size // len(on.context))
    answers = _answers(on, actor, choice, place)
    calm = np.ones(len(asked), dtype=np.bool_)
    for setting, (column, low) in enumerate(zip(limit.column, limit.sets, strict=True)):
        for row, flip in enumerate(on.flips[actor]):
            moves = np.flatnonzero(choice[actor][row, setting, place] & calm)
            answered = np.zeros(len(moves), dtype=np.bool_)
            for changed, sets in answers.items():
                there = column[context[moves] ^ (int(flip) | changed), now[moves]]
                answered |= (sets[:, moves] & low[:, there]).any(axis=0)
            calm[moves] = answered
    return calm


def _answers(
    on: Layout, actor: int, choice: Sequence[Truth], place: NDArray[np.int64]
) -> Mapping[int, Words]:
    """Give, per change of the context by the others, what else they can do together.

    The sets have shape (words, places asked about); a change by nobody is 0.
    """
    others = [j for j in range(len(choice)) if j != actor]
    found: dict[int, Words] = {}
    for rows in product(*(range(len(on.flips[j])) for j in others)):
        chosen = list(zip(others, rows, strict=True))
        changed = reduce(int.__or__, (int(on.flips[j][row]) for j, row in chosen), 0)
        sets = together([choice[j][row][:, place] for j, row in chosen], len(place))
        found[changed] = found[changed] | sets if changed in found else sets
    return found
