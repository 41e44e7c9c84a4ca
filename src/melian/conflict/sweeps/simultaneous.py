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

from melian.conflict.model import BYTES, memory
from melian.conflict.sweeps.bitsets import levels, together
from melian.conflict.sweeps.moves import permitted, subsets
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    guard(graph, limit)
    shared = _shared(graph)
    context = subsets(shared)
    exclusive = tuple(subsets(mask & ~shared) for mask in graph.owned)
    flips = tuple(np.searchsorted(context, subsets(mask & shared)) for mask in graph.owned)
    states = reduce(np.add.outer, exclusive, context)
    return Layout(graph, context, exclusive, flips, states, np.argsort(states, axis=None))


def _shared(graph: Graph) -> int:
    """Give the bits of the options that several actors own, or none."""
    owners = [sum(o >> b & 1 for o in graph.owned) for b in range(len(graph.options))]
    return sum(1 << b for b, count in enumerate(owners) if count != 1)


def guard(graph: Graph, limit: int = BYTES) -> None:
    """Refuse a graph on which SIM would not fit, before any memory is taken.

    Raises:
        TooLarge: the text says how much it would take, and what to do.
    """
    shared, states = _shared(graph), len(graph.feasible)
    context = 1 << shared.bit_count()
    fewest = min((1 << (mask & ~shared).bit_count() for mask in graph.owned), default=1)
    own = [1 << mask.bit_count() for mask in graph.owned]
    sets = max(states // (fewest * context) // 8, 8)
    # An option of the context is changed by the actor, by others only, or by nobody.
    changes = 3 ** (context.bit_length() - 1)
    needed = states * (sum(own) + 2 * max(own, default=0) + sets * (changes + 4))
    if needed > limit:
        raise TooLarge(
            f"SIM on 2^{len(graph.options)} states takes {memory(needed)} of memory, and "
            f"{memory(limit)} are allowed. Leave sim out of the concepts; the others fit."
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
class Limit:
    """What leaves an actor no better off, once its exclusive options have one setting.

    Attributes:
        column: per context and rank, the column of the set of what the others' exclusive options
            may be so that the actor ends at that rank or lower.
        sets: those sets.
    """

    column: NDArray[np.int64]
    sets: Words


def limits(on: Layout, actor: int, ranks: Values) -> Iterator[Limit]:
    """Give what leaves an actor with these ranks (2^k,) no better off, setting by setting."""
    own, top = len(on.exclusive[actor]), int(ranks.max())
    for reached in np.moveaxis(ranks[on.states], actor + 1, 0).reshape(own, len(on.context), -1):
        yield Limit(*levels(reached, top))


def limits_size(graph: Graph) -> int:
    """Give how many bytes the :func:`limits` of an actor take, all settings together, at most."""
    shared, states = _shared(graph), len(graph.feasible)
    each = [(mask | shared).bit_count() for mask in graph.owned]
    return max((states * (8 * 2**own + states // 2**own // 8 + 8) for own in each), default=0)


def stable(
    on: Layout,
    actor: int,
    ranks: Values,
    asked: NDArray[np.int64],
    *,
    each: Iterable[Limit],
    choice: Sequence[Truth],
) -> Truth:
    """Give, per state asked about, whether every improvement is answered at the same time.

    Args:
        on: the states as SIM arranges them.
        actor: for whom.
        ranks: of that actor, shape (2^k,).
        asked: the states to look at, as decimals.
        each: the :func:`limits` of the actor.
        choice: the :func:`choices` of every actor. To stay is answered by staying.
    """
    now, place = ranks[asked], on.place[asked]
    context = place // (on.states.size // len(on.context))
    answers = _answers(on, actor, choice, place)
    changes = [_changes(int(flip), answers) for flip in on.flips[actor]]
    calm = np.ones(len(asked), dtype=np.bool_)
    for setting, limit in enumerate(each):
        for row, changed in enumerate(changes):
            moves = np.flatnonzero(choice[actor][row, setting, place] & calm)
            answered = np.zeros(len(moves), dtype=np.bool_)
            for change, sets in changed.items():
                there = limit.column[context[moves] ^ change, now[moves]]
                answered |= (sets[:, moves] & limit.sets[:, there]).any(axis=0)
            calm[moves] = answered
    return calm


def _changes(flip: int, answers: Mapping[int, Words]) -> Mapping[int, Words]:
    """Give, per change of the context by everyone, what the others can do besides.

    An option that two of them change is changed once, so that several answers may come to the
    same context.
    """
    found: dict[int, Words] = {}
    for changed, sets in answers.items():
        both = flip | changed
        found[both] = found[both] | sets if both in found else sets
    return found


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
