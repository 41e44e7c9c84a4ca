"""What the actors' own improvements lead to: the moves that SEQ allows as answers.

States that differ in one actor's options only are a row. Sorted from its best to its worst, what
the actor can improve to from a state is the beginning of its row, and the least value there a
running minimum.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Any

import numpy as np

from melian.conflict.sweeps.moves import MOST, permitted, subsets
from melian.conflict.sweeps.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Values = NDArray[np.int32]
    Decimals = NDArray[np.int64]

_HALF_WORD = 32
_AT_ONCE = 2**17  # states swept in one go: they stay in the cache
_FEW = 2**12  # so few states are swept sooner than it is found out which ones to sweep


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """Rows of states, each sorted from an actor's best to its worst.

    Attributes:
        states: decimals, shape (rows, states of a row), best first.
        better: how many states of its row the actor can improve to from each.
        here: the states that move along the row; None when it is all of them.
    """

    states: NDArray[np.int32]
    better: NDArray[np.int32]
    here: NDArray[np.bool_] | None

    def lower(self, values: Values, rows: Decimals | None) -> Iterator[NDArray[np.int32]]:
        """Do what :meth:`Improvements.lower` does along these rows, some at a time."""
        count = len(self.states) if rows is None else len(rows)
        size = max(_AT_ONCE // self.states.shape[1], 1)
        for start in range(0, count, size):
            part = slice(start, start + size)
            yield self._lower(values, part if rows is None else rows[part])

    def _lower(self, values: Values, rows: Decimals | slice) -> NDArray[np.int32]:
        states = self.states[rows]
        own = values[states]
        found = self._least(own, rows)
        fell = found < own if self.here is None else (found < own) & self.here[rows]
        changed = states[fell]
        values[changed] = found[fell]
        return changed

    def _least(self, own: Values, rows: Decimals | slice) -> Values:
        running = np.full((len(own), own.shape[1] + 1), MOST, dtype=np.int32)
        np.minimum.accumulate(own, axis=1, out=running[:, 1:])
        starts = np.arange(0, running.size, running.shape[1])[:, np.newaxis]
        return np.asarray(running.ravel()[self.better[rows] + starts])

    def after(self, values: Values, into: Values) -> None:
        """Do what :meth:`Improvements.after` does along all rows."""
        found = self._least(values[self.states], slice(None))
        here = slice(None) if self.here is None else self.here
        into[self.states[here]] = found[here]


@dataclass(frozen=True, slots=True, eq=False)
class Improvements:
    """One actor's unilateral improvements.

    Attributes:
        rows: the rows in which the actor moves.
        orders: one where all its options may be taken and dropped; else one for each setting of
            the irreversible ones, with the states that can still be reached from it.
    """

    rows: Rows
    orders: tuple[Order, ...]

    def worst(self, values: Values) -> Values:
        """Give, per state, the smallest value the actor can improve to, its own included."""
        found = values.copy()
        self.lower(found)
        return found

    def after(self, values: Values) -> Values:
        """Give, per state, the smallest value the actor can improve to, ``MOST`` for none."""
        found = np.empty_like(values)
        for each in self.orders:
            each.after(values, found)
        return found

    def lower(self, values: Values, rows: Decimals | None = None) -> NDArray[np.int32]:
        """Put the smallest value that the actor can improve to in place of each state's own.

        Args:
            values: per decimal; changed.
            rows: the numbers of those that are looked at; all, when left out.

        Returns:
            The decimals of the states whose values have changed.
        """
        return np.concatenate([part for each in self.orders for part in each.lower(values, rows)])

    def catch_up(
        self, values: Values, changed: Sequence[NDArray[np.int32]] | None
    ) -> NDArray[np.int32]:
        """Do the same in those rows in which values were changed since it was last done.

        Args:
            values: per decimal; changed.
            changed: the decimals of the states with other values than then; None: all of them.
        """
        if changed is None:
            return self.lower(values)
        if not changed:
            return np.zeros(0, dtype=np.int32)
        if len(values) <= _FEW:
            return self.lower(values)
        due = np.zeros(self.rows.count, dtype=np.bool_)
        for states in changed:
            due[self.rows.row(states)] = True
        return self.lower(values, np.flatnonzero(due))


def settle(values: Values, each: Sequence[Improvements]) -> Values:
    """Give the least that improvements of several actors, one after the other, can lead to.

    Args:
        values: per decimal.
        each: the improvements of those who move.
    """
    values = values.copy()
    due: list[list[NDArray[np.int32]] | None] = [None] * len(each)  # None: everything
    quiet = 0
    for mover in cycle(range(len(each))):
        waiting, due[mover] = due[mover], []
        changed = each[mover].catch_up(values, waiting)
        quiet += 1
        if len(changed):
            quiet = 1  # a mover's improvements are transitive: done twice, they change nothing
            for other, later in enumerate(due):
                if other != mover and later is not None:
                    later.append(changed)
        if quiet >= len(each):
            break
    return values


def improvements(graph: Graph, actor: int, ranks: Values) -> Improvements:
    """Give the improvements of an actor with these ranks (2^k,)."""
    rows = Rows.of(graph, actor)
    arranged = rows.arrange(ranks)
    locked = sum(1 << b for b in graph.bits(actor) if graph.irreversible[b])
    orders = []
    for setting in subsets(locked):
        reached = permitted(graph, setting, rows.settings & locked)
        states, better = _sorted(rows, reached, arranged[:, reached] if locked else arranged)
        better[~graph.feasible[states]] = 0
        here = (states & locked) == setting if locked else None
        orders.append(Order(states, better, here))
    return Improvements(rows, tuple(orders))


def _sorted(rows: Rows, reached: NDArray[np.bool_], ranks: Values) -> tuple[Values, Values]:
    """Sort rows of states by one actor's ranks.

    Args:
        rows: those in which the actor moves.
        reached: the settings that are sorted.
        ranks: shape (rows, settings that are sorted).

    Returns:
        Their decimals, best first, and for each how many of its row are better and not tied.
    """
    count = ranks.shape[1]
    width, top = (count - 1).bit_length(), int(ranks.max(initial=0))
    word = np.uint32 if top.bit_length() + width <= _HALF_WORD else np.uint64
    words: NDArray[np.unsignedinteger[Any]] = (top - ranks).astype(word)
    words <<= width
    words |= np.arange(count, dtype=words.dtype)
    words.sort(axis=1)
    states = rows.settings[reached].astype(np.int32)[words & ((1 << width) - 1)]
    states |= subsets(rows.others).astype(np.int32)[:, np.newaxis]
    words >>= width
    better = np.zeros(words.shape, dtype=np.int32)
    better[:, 1:] = np.arange(1, count)
    better[:, 1:][words[:, 1:] == words[:, :-1]] = 0
    return states, np.maximum.accumulate(better, axis=1)
