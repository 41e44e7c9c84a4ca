"""What several actors can reach together by legal sequences, for 64 questions at once.

The questions are bits of a word: a word per state says of which sets the state is a member. One
sweep over the words then carries all 64 sets back along the moves of an actor. As an actor's moves
are transitive, the rule that nobody moves twice in a row needs no bookkeeping here either.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Truth = NDArray[np.bool_]
    Words = NDArray[np.uint64]

WORD = 64

Options = tuple[tuple[int, int], ...]
"""What an actor may change: per option its bit, and the way it may change (0 is both)."""


def movers(graph: Graph, actors: Iterable[int], within: int = -1) -> tuple[Options, ...]:
    """Give what each actor may change, with bits counted among those of a mask only.

    Args:
        graph: who can move what.
        actors: whose options.
        within: the bits that states are numbered by; all of them, when left out.
    """
    place = {b: (within & ((1 << b) - 1)).bit_count() for b in range(len(graph.options))}
    return tuple(
        tuple((place[b], graph.irreversible[b]) for b in graph.bits(actor)) for actor in actors
    )


def backwards(moving: Iterable[Options]) -> tuple[Options, ...]:
    """Give the same with each move undone."""
    return tuple(tuple((bit, -way) for bit, way in options) for options in moving)


def reaching(words: Words, feasible: Truth, moving: Sequence[Options]) -> Words:
    """Give, per state, the sets of which some member can be reached by a legal sequence.

    A state reaches itself. With the moves of :func:`backwards`, it is the sets from a member of
    which the state can be reached.

    Args:
        words: per state, the sets that it is a member of; a whole number of blocks of states.
        feasible: per state whether it can be; the same shape.
        moving: what each actor may change, by the bits of a state's place in its block.
    """
    found, quiet = np.where(feasible, words, np.uint64(0)), 0
    for options in cycle(moving):
        before, found = found, _moved(found, feasible, options)
        quiet = quiet + 1 if np.array_equal(before, found) else 1  # a sweep done twice is done
        if quiet >= len(moving):
            break
    return found


def _moved(words: Words, feasible: Truth, options: Options) -> Words:
    """Carry sets back along one move of an actor, through what is infeasible in between."""
    spread = words.copy()
    for bit, way in options:
        pairs = spread.reshape(-1, 2, 1 << bit)
        either = pairs[:, 0] | pairs[:, 1]
        if way >= 0:
            pairs[:, 0] = either
        if way <= 0:
            pairs[:, 1] = either
    spread[~feasible] = 0
    return spread


def packed(each: Truth) -> Words:
    """Give booleans of shape (..., 64) as words, the first in the lowest bit."""
    return np.packbits(each, axis=-1, bitorder="little").view("<u8")[..., 0].astype(np.uint64)


def bits(words: Words, at: NDArray[np.int64]) -> Truth:
    """Tell which of the given bits are set in words, shape for shape."""
    return (words >> at.astype(np.uint64) & np.uint64(1)).astype(np.bool_)
