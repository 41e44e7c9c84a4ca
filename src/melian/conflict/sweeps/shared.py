"""Joint answers where an option has several owners: sets of them as bits, for many states at once.

What the others can do together from a state is a set of settings of their options, and so is what
answers a given move: both are bits in words, and a move is answered where they meet. That takes
4^k / 64 word operations instead of 4^k comparisons.

An option with several owners, or none, belongs to the **context**; the others are exclusive. The
sets above are over exclusive options, one for each way in which the owners change the context. An
option that several of them change at the same time is changed once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.sweeps.bitsets import levels, together
from melian.conflict.sweeps.moves import permitted, subsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]
    Decimals = NDArray[np.int64]
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


def layout(graph: Graph) -> Layout:
    """Give the states of a graph as they are arranged here."""
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


def several_owners(graph: Graph) -> bool:
    """Tell whether some option can be changed by several actors."""
    return (
        sum(mask.bit_count() for mask in graph.owned)
        > reduce(int.__or__, graph.owned, 0).bit_count()
    )


def choices(on: Layout, actor: int, ranks: Values, states: Decimals) -> Truth:
    """Give what an actor can choose in some states: one of its improvements, or to stay.

    Returns:
        Shape (flips of the actor, own settings, states): whether it may change the context so, and
        its exclusive options to that setting.
    """
    own, found = on.exclusive[actor][:, np.newaxis], []
    for flip in on.flips[actor]:
        moved = (states ^ on.context[flip]) & ~own[-1] | own
        gains = (ranks[moved] > ranks[states]) & permitted(on.graph, states, moved)
        found.append(gains | (moved == states))
    return np.stack(found)


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


def stable(on: Layout, actor: int, ranks: Sequence[Values], asked: Decimals) -> Truth:
    """Tell, per state asked about, whether every improvement is answered at the same time.

    Args:
        on: the states as they are arranged here.
        actor: for whom.
        ranks: of every actor, (2^k,).
        asked: the states to look at.
    """
    now, place = ranks[actor][asked], on.place[asked]
    context = place // (on.states.size // len(on.context))
    choice = [choices(on, j, row, asked) for j, row in enumerate(ranks)]
    answers = _answers(on, actor, choice)
    changes = [_changes(int(flip), answers) for flip in on.flips[actor]]
    calm = np.ones(len(asked), dtype=np.bool_)
    for setting, limit in enumerate(limits(on, actor, ranks[actor])):
        for row, changed in enumerate(changes):
            moves = np.flatnonzero(choice[actor][row, setting] & calm)  # to stay is answered by it
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


def _answers(on: Layout, actor: int, choice: Sequence[Truth]) -> Mapping[int, Words]:
    """Give, per change of the context by the others, what else they can do together.

    The sets have shape (words, states asked about); a change by nobody is 0.
    """
    others = [j for j in range(len(choice)) if j != actor]
    found: dict[int, Words] = {}
    for rows in product(*(range(len(on.flips[j])) for j in others)):
        chosen = list(zip(others, rows, strict=True))
        changed = reduce(int.__or__, (int(on.flips[j][row]) for j, row in chosen), 0)
        sets = together([choice[j][row] for j, row in chosen], choice[actor].shape[2])
        found[changed] = found[changed] | sets if changed in found else sets
    return found
