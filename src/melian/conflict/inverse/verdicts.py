"""Whether one state is an equilibrium, for many rankings at once: 64 of them in a word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod
from operator import and_, or_
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.inverse.temptations import MOST_ANSWERS
from melian.conflict.result import Concept
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from melian.conflict.inverse.temptations import Moves

    Words = NDArray[np.uint64]

_WORD = 64


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What rankings of one actor say, a bit for each of them.

    Attributes:
        count: how many rankings there are.
        above: per state, whether it is better than the one asked about, shape (states, words).
        gains: per move of the actor, whether it is an improvement, shape (moves, words).
    """

    count: int
    above: Words
    gains: Words


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """One actor's moves, by place among the feasible states, grouped by what they change.

    Within a group no two moves start in the same state.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    groups: tuple[slice, ...]


class Verdicts:
    """Tells, for many rankings at once, whether one state is an equilibrium."""

    def __init__(self, moves: Moves, state: int) -> None:
        """Take the moves of a graph, and the number of the state asked about."""
        self._moves = moves
        self._decimals = moves.graph.decimals
        self._state = state - 1
        self._steps = [self._grouped(*each) for each in moves.steps]
        self.size = sum(len(s.starts) for s in self._steps) + len(self._decimals)

    def _grouped(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Steps:
        order = np.argsort(starts ^ ends, kind="stable")
        starts, ends = starts[order], ends[order]
        cuts = np.flatnonzero(np.diff(starts ^ ends)) + 1
        bounds = [0, *map(int, cuts), len(starts)]
        return Steps(
            starts=np.searchsorted(self._decimals, starts),
            ends=np.searchsorted(self._decimals, ends),
            groups=tuple(map(slice, bounds[:-1], bounds[1:])) if len(starts) else (),
        )

    def view(self, actor: int, ranks: NDArray[np.int16]) -> View:
        """Give what rankings of an actor say; ranks have the shape (rankings, states)."""
        states = np.ascontiguousarray(ranks.T)
        steps = self._steps[actor]
        above = _packed(states > states[self._state])
        gains = [_packed(states[steps.ends[g]] > states[steps.starts[g]]) for g in steps.groups]
        return View(len(ranks), above, np.concatenate([above[:0], *gains]))

    def equilibria(self, concept: Concept, views: Sequence[View]) -> NDArray[np.bool_]:
        """Tell, per ranking, whether the state is an equilibrium.

        Args:
            concept: of stability.
            views: per actor, what its rankings say; one ranking stands for as many as others have.
        """
        tempted = (self._tempted(concept, actor, views) for actor in range(len(views)))
        words = ~reduce(or_, tempted)
        count = max(view.count for view in views)
        bits = np.unpackbits(words.view(np.uint8), count=count, bitorder="little")
        return bits.astype(np.bool_)

    def _tempted(self, concept: Concept, actor: int, views: Sequence[View]) -> Words:
        """Tell, per ranking, whether the actor has an improvement that nothing answers."""
        above = views[actor].above
        ends = self._out_of(actor, self._state)
        match concept:
            case Concept.NASH:
                answered = np.zeros_like(above)
            case Concept.GMR:
                answered = self._by_moves(actor, ~above, ends)
            case Concept.SMR:
                answered = self._by_moves(actor, self._held_down(actor, ~above), ends)
            case Concept.SEQ:
                answered = self._by_improvements(actor, views)
            case Concept.SIM:
                answered = self._at_once(actor, views, ends)
        nobody = np.zeros(max(above.shape[1], answered.shape[1]), dtype=np.uint64)
        return reduce(or_, (above[end] & ~answered[end] for end in ends), nobody)

    def _out_of(self, actor: int, place: int) -> list[int]:
        ends = self._moves.out_of(actor, int(self._decimals[place]))
        return [int(end) for end in np.searchsorted(self._decimals, ends)]

    def _by_moves(self, actor: int, harm: Words, ends: Sequence[int]) -> Words:
        """Tell whether the others' moves lead from some states to what does the actor harm."""
        found = np.zeros_like(harm)
        for end in ends:
            reached = self._moves.reach(actor, int(self._decimals[end]))
            found[end] = reduce(or_, harm[np.searchsorted(self._decimals, reached)])
        return found

    def _held_down(self, actor: int, harm: Words) -> Words:
        """Tell where the actor is harmed, and has no move to where it is not."""
        found, steps = harm.copy(), self._steps[actor]
        for group in steps.groups:
            found[steps.starts[group]] &= harm[steps.ends[group]]
        return found

    def _by_improvements(self, actor: int, views: Sequence[View]) -> Words:
        """Tell from where the others' improvements lead to what does the actor harm."""
        width = max(view.gains.shape[1] for view in views)
        found = np.repeat(~views[actor].above, width // views[actor].above.shape[1], axis=1)
        before = None
        while before is None or not np.array_equal(before, found):
            before = found.copy()
            for j in self._moves.others(actor):
                steps, gains = self._steps[j], views[j].gains
                for group in steps.groups:
                    found[steps.starts[group]] |= gains[group] & found[steps.ends[group]]
        return found

    def _at_once(self, actor: int, views: Sequence[View], ends: Sequence[int]) -> Words:
        """Tell which improvements are answered by improvements made at the same time."""
        width = max(view.gains.shape[1] for view in views)
        found = np.zeros((len(self._decimals), width), dtype=np.uint64)
        answers = list(self._answers(actor, views))
        here = int(self._decimals[self._state])
        for end in ends:
            own = here ^ int(self._decimals[end])
            for change, made in answers:
                decimal = here ^ (own | change)
                if self._moves.graph.feasible[decimal]:
                    place = int(np.searchsorted(self._decimals, decimal))
                    found[end] |= made & ~views[actor].above[place]
        return found

    def _answers(self, actor: int, views: Sequence[View]) -> Iterator[tuple[int, Words]]:
        """Give what the others can change together from the state, and in which rankings."""
        every = np.full(1, ~np.uint64(0))
        each: list[list[tuple[int, Words]]] = []
        for j in self._moves.others(actor):
            steps = self._steps[j]
            moves = np.flatnonzero(steps.starts == self._state)
            changes = self._decimals[steps.ends[moves]] ^ self._decimals[self._state]
            made = zip(map(int, changes), views[j].gains[moves], strict=True)
            each.append([(0, every), *made])
        if prod(map(len, each)) > MOST_ANSWERS:
            raise TooLarge(
                f"More than {MOST_ANSWERS:,} simultaneous answers to one move are too many to "
                "look at each. Ask under other concepts, such as seq."
            )
        for chosen in product(*each):
            yield (
                reduce(or_, (change for change, _ in chosen), 0),
                reduce(and_, (made for _, made in chosen), every),
            )


def _packed(bits: NDArray[np.bool_]) -> Words:
    """Give rows of bits as rows of words; a single bit, which stands for all, fills its word."""
    if bits.shape[1] == 1:
        return np.where(bits, ~np.uint64(0), np.uint64(0))
    rows = np.packbits(bits, axis=1, bitorder="little")
    padded = np.zeros((len(rows), -(-bits.shape[1] // _WORD) * 8), dtype=np.uint8)
    padded[:, : rows.shape[1]] = rows
    return padded.view(np.uint64)
