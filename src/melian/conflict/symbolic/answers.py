"""Answers to a move, and proofs that there is none: what the search for them hands back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.conflict.result import Concept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.conflict.symbolic.model import SymbolicModel

Cube = frozenset[int]
"""Options that are taken, counted from 1, and options that are not, as negative numbers."""

TOGETHER = -1
"""In place of an actor: all the others, where nothing they pass through can be infeasible."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move: who sets which options to what.

    Attributes:
        actor: who; or ``TOGETHER``.
        options: the options that are set.
        state: a decimal, from which these options are taken over.
    """

    actor: int
    options: tuple[int, ...]
    state: int

    def apply(self, state: int) -> int:
        """Give the state that the move leads to."""
        mask = mask_of(self.options)
        return (state & ~mask) | (self.state & mask)


@dataclass(frozen=True, slots=True)
class Answer:
    """Moves of the others that leave an actor no better off.

    Attributes:
        steps: the moves; one after the other, but all at once under SIM.
        end: what they end in, as far as it matters: in every such state the actor is no better
            off, under SMR wherever it moves from there.
        rank: what the actor had, preference by preference.
    """

    steps: tuple[Step, ...]
    end: Cube = frozenset()
    rank: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A proof that no moves of the others leave an actor no better off.

    Attributes:
        cubes: the feasible states that are in none of these are closed under the others' moves,
            and the actor is better off in each of them. None, where nothing has to be closed.
    """

    cubes: tuple[Cube, ...] = ()


def movers(model: SymbolicModel, actor: int, concept: Concept) -> Mapping[int, tuple[int, ...]]:
    """Give who may answer an actor, and which options each of them sets.

    Where every state is feasible and the others need not gain, any setting of their options can
    be reached in one sequence, in which each moves once: they count as one.
    """
    others = model.others(actor)
    if concept is Concept.SEQ or model.infeasible:
        return {j: model.owned[j] for j in others}
    return {TOGETHER: tuple(sorted({option for j in others for option in model.owned[j]}))}


def mask_of(options: tuple[int, ...]) -> int:
    """Give the bits of some options."""
    return sum(1 << option for option in options)


def without(cube: Cube, other: Cube) -> tuple[Cube, ...]:
    """Give cubes, no two with a state in common, that hold what of a cube is not in another.

    >>> without(frozenset({1}), frozenset({2, 3})) == (frozenset({1, -2}), frozenset({1, 2, -3}))
    True
    """
    if any(-part in cube for part in other):
        return (cube,)
    found, here = [], cube
    for part in sorted(other - cube, key=abs):
        found.append(here | {-part})
        here |= {part}
    return tuple(found)


def contains(cube: Cube, state: int) -> bool:
    """Tell whether a state, given as its decimal, is in a cube.

    >>> contains(frozenset({1, -3}), 0b011), contains(frozenset({1, -3}), 0b111)
    (True, False)
    """
    return all((state >> abs(part) - 1 & 1) == (part > 0) for part in cube)
