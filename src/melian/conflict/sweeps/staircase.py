"""Joint answers where only one other actor has options: all states of a row at a time.

The states of a row differ in the other's options only. Sorted from the other's best to its worst,
its improvements from a state are the beginning of the row. So what one of the actor's settings is
worth at least falls like a staircase along the row, and so does the best of them all: the same
staircase for every state of the row, and it is mostly below all that is asked after a few steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from melian.conflict.sweeps.moves import MOST, highest
from melian.conflict.sweeps.rows import Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.conflict.model import Graph
    from melian.conflict.sweeps.sequential import Order

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]
    Decimals = NDArray[np.int64]

_AT_ONCE = 2**18  # ranks looked at in one go: a megabyte


class _Steps(NamedTuple):
    """Staircases, shape (rows, steps): after so many of the other's states, best first.

    Attributes:
        worth: the most that a setting of the actor is worth at least, no less than it really is.
        setting: which, as a column.
        last: per row the last step that was looked at.
    """

    worth: Values
    setting: Decimals
    last: Decimals


class Staircase:
    """What one other actor can do against improvements, where all options can be changed back."""

    def __init__(self, graph: Graph, actor: int, other: int, own: Values, ends: Values) -> None:
        """Take a model.

        Args:
            graph: in which no option is irreversible, and nobody else has any.
            actor: who improves.
            other: who answers.
            own: the actor's ranks, (2^k,).
            ends: where the actor ends, (2^k,): its ranks, with ``MOST`` where a state is
                infeasible and so answers nothing.
        """
        self._own = own
        self._rows = Rows.of(graph, actor)
        self._ends = self._rows.arrange(ends)
        self._caps = self._rows.arrange(highest(graph, other, own))

    def decide(self, order: Order, asked: Truth) -> tuple[Decimals, Decimals]:
        """Find which states are stable, and which are not, as far as it shows.

        Args:
            order: the other's rows.
            asked: per decimal whether a state is looked at.

        Returns:
            The decimals of those that are stable, and of those that are left: a tie may hide what
            the other can choose, and an infeasible state what the actor can.
        """
        calm, left = [], []
        size = max(_AT_ONCE // len(self._rows.settings), 1)
        for start in range(0, len(order.states), size):
            rows = slice(start, start + size)
            found = self._block(order.states[rows], order.better[rows], asked)
            calm.append(found[0])
            left.append(found[1])
        return np.concatenate(calm), np.concatenate(left)

    def _block(self, states: Values, better: Values, asked: Truth) -> tuple[Decimals, Decimals]:
        now = np.where(asked[states], self._own[states], np.int32(MOST))
        steps = self._descend(states, np.minimum.accumulate(now[:, ::-1], axis=1)[:, ::-1])
        row, place = np.nonzero(now < MOST)
        decimals, now = states[row, place].astype(np.int64), now[row, place]
        ahead, last = better[row, place], steps.last[row]
        # What the other can choose is what is ahead and the state itself: between ties, no more
        # than the beginning of the row through it, and no less than what is ahead.
        known = np.minimum(np.where(ahead == place, place + 1, ahead), last)
        calm = steps.worth[row, known] <= now
        step = np.minimum(place + 1, last)
        moved = self._rows.put(decimals, steps.setting[row, step])
        lost = (steps.worth[row, step] > now) & (self._own[moved] > now)
        return decimals[calm], decimals[~calm & ~lost]

    def _descend(self, states: Values, asked: Values) -> _Steps:
        """Follow the staircases of some rows.

        Args:
            states: decimals, the other's best first.
            asked: the least rank asked about at each place or after it.
        """
        count, length = states.shape
        worth = np.full((count, length + 1), MOST, dtype=np.int32)
        setting = np.zeros((count, length + 1), dtype=np.int64)
        last = np.zeros(count, dtype=np.int64)
        at = self._rows.row(states)
        going = np.flatnonzero(asked[:, 0] < MOST)
        each = self._caps[at[going, 0]]
        for step in range(1, length + 1):
            np.minimum(each, self._ends[at[going, step - 1]], out=each)
            setting[going, step] = column = each.argmax(axis=1)
            worth[going, step] = each[np.arange(len(going)), column]
            last[going] = step
            on = asked[going, min(step, length - 1)] < worth[going, step]
            if not on.all():
                going, each = going[on], each[on]
            if not len(going):
                break
        return _Steps(worth, setting, last)
