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
    """

    graph: Graph
    context: NDArray[np.int64]
    exclusive: tuple[NDArray[np.int64], ...]
    flips: tuple[NDArray[np.int64], ...]
    states: NDArray[np.int64]


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
    return Layout(
        graph,
        context,
        exclusive,
        tuple(np.searchsorted(context, subsets(mask & shared)) for mask in graph.owned),
        reduce(np.add.outer, exclusive, context),
    )


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
        Shape (flips of the actor, own settings, context, exclusive states): whether it may
        change the context so, and its exclusive options to that setting.
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
    return np.stack(found).reshape(len(found), len(own), len(on.context), -1)


def stable(on: Layout, actor: int, ranks: Values, choice: Sequence[Truth]) -> Truth:
    """Give, per decimal, whether every improvement of the actor is answered at the same time.

    Args:
        on: the states as SIM arranges them.
        actor: for whom.
        ranks: of that actor, shape (2^k,).
        choice: the :func:`choices` of every actor. To stay is answered by staying.
    """
    now = ranks[on.states].reshape(len(on.context), -1)
    own, top = len(on.exclusive[actor]), int(now.max())
    ends = np.moveaxis(ranks[on.states], actor + 1, 0).reshape(own, len(on.context), -1)
    answers = _answers(on, actor, choice)
    tempted = np.zeros(now.shape, dtype=np.bool_)
    for setting, reached in enumerate(ends):
        chosen = choice[actor][:, setting]
        answered = np.zeros(chosen.shape, dtype=np.bool_)
        for context, ranked in enumerate(reached):
            column, low = levels(ranked, top)
            for (row, flip), (changed, sets) in product(
                enumerate(on.flips[actor]), answers.items()
            ):
                start = context ^ (int(flip) | changed)
                meet = sets[:, start] & low[:, column[now[start]]]
                answered[row, start] |= meet.any(axis=0)
        tempted |= (chosen & ~answered).any(axis=0)
    found = np.empty(len(ranks), dtype=np.bool_)
    found[on.states.reshape(now.shape)] = ~tempted
    return found


def _answers(on: Layout, actor: int, choice: Sequence[Truth]) -> Mapping[int, Words]:
    """Give, per change of the context by the others, what else they can do together.

    The sets have shape (words, context, exclusive states); a change by nobody is 0.
    """
    rest = on.states.size // len(on.context)
    others = [j for j in range(len(choice)) if j != actor]
    found: dict[int, Words] = {}
    for rows in product(*(range(len(on.flips[j])) for j in others)):
        chosen = list(zip(others, rows, strict=True))
        changed = reduce(int.__or__, (int(on.flips[j][row]) for j, row in chosen), 0)
        each = [choice[j][row].reshape(-1, on.states.size) for j, row in chosen]
        sets = together(each, on.states.size).reshape(-1, len(on.context), rest)
        found[changed] = found[changed] | sets if changed in found else sets
    return found
