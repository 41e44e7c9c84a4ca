"""What several decision makers can gain together, and which states that leaves stable.

A coalition H moves by a legal sequence of its members' moves, each of whom keeps its own options
and may move as often as it likes. Its **joint improvement** from s is a state it can so move to
that every member prefers to s. A state is stable for H when each joint improvement is answered
by the others, by a legal sequence that leaves some member no better off than at s (Kilgour, Hipel,
Fang & Peng 2001; Inohara & Hipel 2008):

* Nash: no answer counts, so there must be no joint improvement;
* GMR: the others answer by moves;
* SMR: by moves to a state from which no legal sequence of H leaves every member better off;
* SEQ: by unilateral improvements of single actors, as for one decision maker. (Inohara & Hipel let
  the others' subcoalitions improve jointly, too; one actor alone would then not be a coalition of
  one.)

Every member is better off at every end of an answer exactly when the least value of each member
over those ends is above its rank now. So for all but SMR there is one form: with V_m(t) the least
rank of m that the others can drive it to from t, H gains from s when it can move to some t with
V_m(t) above m's rank at s for every member m. What counters an answer under SMR is better for all
members at once, which no least value says: there each state is asked about, 64 at a time.
"""

from __future__ import annotations

from functools import cache, partial, reduce
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.model import one_by_one
from melian.conflict.result import Concept
from melian.conflict.sweeps.joint import WORD, backwards, bits, movers, packed, reaching
from melian.conflict.sweeps.moves import MOST, best, settle, subsets, worst
from melian.conflict.sweeps.sequential import improvements
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import GraphModel
    from melian.conflict.sweeps.joint import Words

    Values = NDArray[np.int32]
    States = NDArray[np.int64]
    Truth = NDArray[np.bool_]

DEFINED = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ)
"""The concepts that are defined for coalitions; SIM is not."""

MOST_COMPARISONS = 2**33
"""How often two states are compared for one coalition under one concept: half a minute at most."""

_AT_ONCE = 2**17  # states compared with 64 others at once: 8 MB a member


class Coalition:
    """What one coalition can gain in a graph model; one member is a coalition, too.

    States are decimals here, and arrays have one entry per decimal.
    """

    def __init__(
        self, model: GraphModel, members: Sequence[int], limit: int = MOST_COMPARISONS
    ) -> None:
        """Take a model and the indexes of the members; nothing is worked out yet.

        Args:
            model: the graph and everyone's ranks.
            members: who acts together.
            limit: how often two states may be compared under one concept.

        Raises:
            UsageError: several states count as one.
        """
        one_by_one(model.graph, "What coalitions can gain")
        self.model = model
        self.members = tuple(members)
        self._limit = limit
        self._ranks = [model.ranks[i] for i in self.members]
        self._others = [j for j in range(len(model.ranks)) if j not in self.members]
        self._own = movers(model.graph, self.members)
        self._outside = movers(model.graph, self._others)
        self._worth = cache(self._find_worth)
        self._stable = cache(self._find_stable)

    def stable(self, concept: Concept) -> Truth:
        """Give where the coalition is stable; never where a state cannot be.

        Args:
            concept: one of :data:`DEFINED`.

        Raises:
            TooLarge: too many states would have to be compared; the text says how many.
        """
        return self._stable(concept)

    def targets(self, concept: Concept, states: States) -> Iterator[States]:
        """Give, for each of some states, where the coalition can move to and gain.

        Args:
            concept: under which an answer may keep it from that.
            states: decimals of feasible states.

        Yields:
            Decimals, ascending; none where the state is stable for the coalition.
        """
        feasible = self.model.graph.feasible
        for some in _parts(states, WORD):
            start = np.zeros(len(feasible), dtype=np.uint64)
            start[some] = np.uint64(1) << np.arange(len(some), dtype=np.uint64)
            words = reaching(start, feasible, backwards(self._own))
            words &= self._undeterred(concept, some)
            for place in range(len(some)):
                yield np.flatnonzero(bits(words, np.array(place)))

    def _find_stable(self, concept: Concept) -> Truth:
        if concept is not Concept.SMR:
            return self.model.graph.feasible & ~self._gains(concept)
        found = self.stable(Concept.GMR).copy()
        states = np.flatnonzero(found & ~self.stable(Concept.NASH) & self._gains(concept))
        self._guard(len(states) * len(found), concept)
        for some in _parts(states, WORD):
            gained = reaching(self._undeterred(concept, some), self.model.graph.feasible, self._own)
            found[some] = ~bits(gained[some], np.arange(len(some)))
        return found

    def _undeterred(self, concept: Concept, states: States) -> Words:
        """Give, per state, from which of up to 64 states it would be a gain to move there."""
        worth = self._ranks if concept is Concept.SMR else self._worth(concept)
        pairs = zip(worth, self._ranks, strict=True)
        better = reduce(np.bitwise_and, (_above(each, ranks[states]) for each, ranks in pairs))
        if concept is not Concept.SMR:
            return better
        feasible = self.model.graph.feasible
        lasting = ~reaching(better, feasible, self._own)  # what no sequence of theirs counters
        return np.asarray(better & ~reaching(lasting, feasible, self._outside))

    def _gains(self, concept: Concept) -> Truth:
        """Give where some state is in reach that is worth more to every member.

        The coalition changes its own options only: so a state is compared with those that differ
        in them, its row, and no others.
        """
        graph, worth = self.model.graph, self._worth(concept)
        mask = reduce(int.__or__, (graph.owned[i] for i in self.members), 0)
        own, rows = subsets(mask), subsets(len(graph.feasible) - 1 & ~mask)
        moving, hopeful = movers(graph, self.members, mask), self._hopeful(worth)
        blocks = list(_parts(own, WORD))
        asked = [rows[hopeful[rows[:, np.newaxis] | block].any(axis=1)] for block in blocks]
        self._guard(sum(map(len, asked)) * len(own) * WORD, concept)
        found = np.zeros(len(graph.feasible), dtype=np.bool_)
        for first, block, wanted in zip(range(0, len(own), WORD), blocks, asked, strict=True):
            for some in _parts(wanted, max(_AT_ONCE // len(own), 1)):
                states, here = some[:, np.newaxis] | own, some[:, np.newaxis] | block
                now = [_padded(ranks[here]) for ranks in self._ranks]
                words = _all_above([each[states] for each in worth], now)
                words = reaching(words, graph.feasible[states], moving)
                found[here] = bits(words[:, first : first + WORD], np.arange(len(block)))
        return found & graph.feasible

    def _hopeful(self, worth: Sequence[Values]) -> Truth:
        """Give where each member gains by some move of theirs, though perhaps not by the same."""
        found, sweeps = self.model.graph.feasible, self._sweeps(best, self.members)
        for ranks, each in zip(self._ranks, worth, strict=True):
            found = found & (settle(each, sweeps) > ranks)
        return found

    def _find_worth(self, concept: Concept) -> tuple[Values, ...]:
        """Give, per member and state, what it is worth at the least to have moved there.

        Under SMR it is a bound from above: members may counter an answer each for itself. What
        cannot be is worth nothing.
        """
        feasible = self.model.graph.feasible
        each = (self._worth_to(ranks, concept) for ranks in self._ranks)
        return tuple(np.where(feasible, worth, np.int32(0)) for worth in each)

    def _worth_to(self, ranks: Values, concept: Concept) -> Values:
        graph, answers = self.model.graph, self._sweeps(worst, self._others)
        match concept:
            case Concept.GMR:
                return settle(ranks, answers)
            case Concept.SMR:
                countered = settle(ranks, self._sweeps(best, self.members))
                return np.minimum(ranks, settle(countered, answers))
            case Concept.SEQ:
                gains = [improvements(graph, j, self.model.ranks[j]).worst for j in self._others]
                return settle(np.where(graph.feasible, ranks, MOST), gains)
            case _:
                return ranks

    def _sweeps(
        self, sweep: Callable[..., Values], actors: Sequence[int]
    ) -> list[Callable[[Values], Values]]:
        return [partial(sweep, self.model.graph, actor) for actor in actors]

    def _guard(self, comparisons: int, concept: Concept) -> None:
        if comparisons > self._limit:
            names = " and ".join(self.model.graph.actors[i] for i in self.members)
            raise TooLarge(
                f"What {names} can gain together under {concept.value} takes {comparisons:,} "
                f"comparisons of states, and {self._limit:,} are allowed. Leave out that concept "
                "or this coalition, or options that decide little."
            )


def _parts(states: States, size: int) -> Iterator[States]:
    for start in range(0, len(states), size):
        yield states[start : start + size]


def _padded(ranks: Values) -> Values:
    """Give ranks of shape (rows, up to 64) with as many columns as a word has bits."""
    return np.pad(ranks, ((0, 0), (0, WORD - ranks.shape[1])), constant_values=MOST)


def _above(worth: Values, now: Values) -> Words:
    """Give, per state, above which of up to 64 ranks its worth is: looked up by what it is worth.

    >>> _above(np.array([0, 3, 2]), np.array([2, 1])).tolist()
    [0, 3, 2]
    """
    top = int(worth.max())
    above = np.zeros(top + 2, dtype=np.uint64)
    places = np.minimum(now, top) + 1  # the worth from which on it is above
    np.bitwise_or.at(above, places, np.uint64(1) << np.arange(len(now), dtype=np.uint64))
    return np.asarray(np.bitwise_or.accumulate(above)[worth])


def _all_above(worth: Sequence[Values], now: Sequence[Values]) -> Words:
    """Give where what states are worth is above up to 64 ranks of their row, for every member.

    Args:
        worth: per member, shape (rows, states).
        now: per member, shape (rows, 64).

    Returns:
        Shape (rows, states), the bits in the order of the ranks.
    """
    words = np.empty(worth[0].shape, dtype=np.uint64)
    for part in map(slice, *_edges(words.shape)):
        pairs = zip(worth, now, strict=True)
        each = [w[:, part, np.newaxis] > n[:, np.newaxis, :] for w, n in pairs]
        words[:, part] = packed(np.logical_and.reduce(each))
    return words


def _edges(shape: tuple[int, ...]) -> tuple[range, range]:
    rows, states = shape
    step = max(_AT_ONCE // max(rows, 1), 1)
    return range(0, states, step), range(step, states + step, step)
