"""Joint answers state by state, where no option has several owners.

From a state, the joint answers of the others are a product: each of them puts its own options to
one of a set of settings. Against one improvement they are tried in this order, until one is
harmful enough or none can be:

* the others choose what is most harmful in turn, each given what the ones before it chose;
* one of them chooses among its improvements, the others among all their settings: when not even
  that is harmful enough, nothing is;
* the whole product.

An answer to the best improvement that is left is kept against all the others, so that few of them
are looked at (they are what a double oracle method would call responses).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.sweeps.moves import MOST, lowest, permitted
from melian.conflict.sweeps.rows import Rows, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]
    Decimals = NDArray[np.int64]
    Barred = Mapping[int, Values]

_AT_ONCE = 2**19  # ranks looked at in one go: two megabytes


class Answers:
    """What the others can do at the same time against one actor's improvements."""

    def __init__(
        self, graph: Graph, actor: int, ranks: Sequence[Values], ends: Values, most: Values
    ) -> None:
        """Take a model; nothing is worked out yet.

        Args:
            graph: in which no option has several owners.
            actor: who improves.
            ranks: of every actor, (2^k,).
            ends: where the actor ends, (2^k,): its ranks, with ``MOST`` where a state is
                infeasible and so answers nothing.
            most: the largest of them that its options could lead to, (2^k,).
        """
        self._graph, self._actor, self._ranks = graph, actor, ranks
        movers = [j for j, mask in enumerate(graph.owned) if mask and j != actor]
        self._others = sorted(movers, key=lambda j: graph.owned[j].bit_count())
        self._rows = {j: Rows.of(graph, j) for j in (actor, *movers)}
        self._ends_by_decimal, self._most_by_decimal = ends, most

    def stable(self, asked: Decimals) -> Truth:
        """Tell, per state asked about, whether every improvement is answered."""
        self._arrange(len(asked))
        calm = np.zeros(len(asked), dtype=np.bool_)
        widest = max(len(rows.settings) for rows in self._rows.values())
        size = max(_AT_ONCE // widest, 1)
        for start in range(0, len(asked), size):
            calm[start : start + size] = self._decide(asked[start : start + size])
        return calm

    def _arrange(self, looks: int) -> None:
        ends, most = self._ends_by_decimal, self._most_by_decimal
        rows = self._rows
        self._own = {j: Table(at, self._ranks[j], looks) for j, at in rows.items()}
        self._ends = {j: Table(at, ends, looks) for j, at in rows.items()}
        self._most = {j: Table(rows[j], most, looks) for j in self._others}
        self._least = {}
        if len(self._others) > 1:
            self._least = {j: Table(rows[j], self._without(j), looks) for j in self._others}

    def _without(self, other: int) -> Values:
        """Give the least that all the others but one could lead to."""
        least = self._ends_by_decimal
        for j in self._others:
            least = least if j == other else lowest(self._graph, j, least)
        return least

    def _decide(self, states: Decimals) -> Truth:
        now = self._ranks[self._actor][states]
        barred = {j: self._barred(j, states) for j in self._others}
        left = np.arange(len(states))
        least, end = self._in_turn(self._most, states, barred, left, now)
        calm = least <= now  # one answer is harmful enough against everything
        left = left[~calm]
        gains = np.minimum(self._gains(states[left], now[left]), self._answered(end[left]))
        while len(left):
            setting = gains.argmax(axis=1)
            pays = gains[np.arange(len(left)), setting] > now[left]
            calm[left[~pays]] = True
            left, gains = left[pays], gains[pays]
            moved = self._rows[self._actor].put(states[left], setting[pays])
            found, end = self._answer(moved, barred, left, now[left])
            left, gains = left[found], gains[found]
            np.minimum(gains, self._answered(end[found]), out=gains)
        return calm

    def _gains(self, states: Decimals, now: Values) -> Values:
        """Give, per state and own setting, what it improves the actor to; 0 where it does not."""
        ranks = self._own[self._actor].at(states)
        may = (ranks > now[:, np.newaxis]) & self._permitted(self._actor, states)
        return np.where(may, ranks, np.int32(0))

    def _answered(self, end: Decimals) -> Values:
        """Give, per own setting, where the actor ends with the others' options as in a state."""
        return self._ends[self._actor].at(end)

    def _barred(self, other: int, states: Decimals) -> Values:
        """Give, per state and setting of another's options, ``MOST`` where it cannot choose it."""
        may = self._own[other].at(states) > self._ranks[other][states][:, np.newaxis]
        may &= self._permitted(other, states)
        may[np.arange(len(states)), self._rows[other].column(states)] = True
        return np.where(may, np.int32(0), np.int32(MOST))

    def _permitted(self, actor: int, states: Decimals) -> Truth:
        """Tell, per state and setting of an actor, whether irreversible options let it change."""
        rows = self._rows[actor]
        if not any(self._graph.irreversible[bit] for bit in self._graph.bits(actor)):
            return np.ones((1, 1), dtype=np.bool_)
        return permitted(self._graph, (states & rows.mask)[:, np.newaxis], rows.settings)

    def _answer(
        self, moved: Decimals, barred: Barred, left: Decimals, now: Values
    ) -> tuple[Truth, Decimals]:
        """Find an answer to one improvement each.

        Args:
            moved: the states improved to.
            barred: per other actor what it cannot choose, one row per state of the block.
            left: which of those rows belongs to each.
            now: the actor's rank before it moved.

        Returns:
            Whether there is one, and the states that result.
        """
        found, end = np.zeros(len(moved), dtype=np.bool_), moved.copy()
        todo = np.arange(len(moved))
        for j, table in self._least.items():
            values = np.maximum(table.at(moved[todo]), barred[j][left[todo]])
            todo = todo[values.min(axis=1) <= now[todo]]
        least, end[todo] = self._in_turn(self._ends, moved[todo], barred, left[todo], now[todo])
        found[todo] = least <= now[todo]
        todo = todo[least > now[todo]]
        if len(self._others) > 1 and len(todo):
            least, end[todo] = self._in_full(moved[todo], barred, left[todo])
            found[todo] = least <= now[todo]
        return found, end

    def _in_turn(
        self,
        tables: Mapping[int, Table],
        states: Decimals,
        barred: Barred,
        left: Decimals,
        now: Values,
    ) -> tuple[Values, Decimals]:
        """Let the others choose what is least in turn, until it is harmful enough."""
        end, least = states.copy(), np.full(len(states), MOST, dtype=np.int32)
        todo = np.arange(len(states))
        for other in (*self._others, *self._others[:-1]):
            values = np.maximum(tables[other].at(end[todo]), barred[other][left[todo]])
            choice = values.argmin(axis=1)
            least[todo] = values[np.arange(len(todo)), choice]
            may = least[todo] < MOST  # otherwise what is chosen may be barred
            end[todo[may]] = self._rows[other].put(end[todo[may]], choice[may])
            todo = todo[least[todo] > now[todo]]
        return least, end

    def _in_full(self, states: Decimals, barred: Barred, left: Decimals) -> tuple[Values, Decimals]:
        """Give the least that any joint answer leads to, so many states at a time as fit."""
        *some, last = self._others
        widths = [np.count_nonzero(barred[j][left] == 0, axis=1) for j in some]
        total = np.prod(widths, axis=0).cumsum() * len(self._rows[last].settings)
        cuts = np.searchsorted(total, np.arange(_AT_ONCE, total[-1], _AT_ONCE))
        least, end = np.empty(len(states), dtype=np.int32), states.copy()
        for part in np.split(np.arange(len(states)), np.unique(cuts)):
            if len(part):
                least[part], end[part] = self._product(states[part], barred, left[part])
        return least, end

    def _product(self, states: Decimals, barred: Barred, left: Decimals) -> tuple[Values, Decimals]:
        """Go through all joint answers; the last actor's settings lie side by side."""
        *some, last = self._others
        whose = np.arange(len(states))
        for other in some:
            place, setting = np.nonzero(barred[other][left[whose]] == 0)
            states, whose = self._rows[other].put(states[place], setting), whose[place]
        values = np.maximum(self._ends[last].at(states), barred[last][left[whose]])
        lows = values.min(axis=1)
        starts = np.flatnonzero(np.diff(whose, prepend=-1))
        least = np.minimum.reduceat(lows, starts)
        hits = np.flatnonzero(lows == least[whose])
        first = hits[np.flatnonzero(np.diff(whose[hits], prepend=-1))]
        return least, self._rows[last].put(states[first], values[first].argmin(axis=1))
