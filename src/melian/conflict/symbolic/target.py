"""The states in which an actor is no better off than it was: what answers to its moves aim at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.conflict.result import Concept
from melian.conflict.symbolic.circuit import FALSE
from melian.conflict.symbolic.sheet import changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.conflict.symbolic.answers import Cube
    from melian.conflict.symbolic.reach import Reach
    from melian.conflict.symbolic.sheet import Copy


class Target:
    """Where an actor is no better off; under SMR, wherever it moves from there.

    What it could escape to is looked for when a state seems to be such, and what was found is
    kept: from then on, a state must also be safe from that.
    """

    def __init__(
        self, reach: Reach, actor: int, concept: Concept, rank: Sequence[bool], escapes: list[int]
    ) -> None:
        """Say what the actor had.

        Args:
            reach: the circuit to write in.
            actor: who must be no better off.
            concept: whether it may move once more.
            rank: what it had, preference by preference.
            escapes: settings of its options that are known to help it somewhere; what is found
                is added.
        """
        self._reach, self._sheet, self._actor = reach, reach.sheet, actor
        self._rank = reach.sheet.constants(rank)
        self._own = reach.sheet.model.owned[actor]
        self._escapes = escapes
        self._hurt = [-self._better(reach.here)]
        self._escape = FALSE
        if concept is Concept.SMR:
            self._anywhere = reach.anywhere
            self._escape = self._better(self._anywhere)
            self._hurt += [-self._better(self._to(setting)) for setting in escapes]

    def _better(self, copy: Copy) -> int:
        """Give a literal that is true when the actor can be at a copy, and is better off."""
        sheet, here = self._sheet, self._reach.here
        gains = sheet.above(sheet.rank(self._actor, copy), self._rank)
        return gains if copy == here else sheet.all_of((sheet.move(here, copy), gains))

    def _to(self, setting: int) -> Copy:
        return changed(self._reach.here, self._own, self._sheet.fixed(setting))

    def hit(self, given: Sequence[int]) -> Cube | None:
        """Find a cube of such states, of one of which something is given; None for no such state.

        Raises:
            OutOfWork: that needs more steps than are left.
        """
        sheet, here = self._sheet, self._reach.here
        while sheet.solve([*given, *self._hurt]):
            now = sheet.at(here, sheet.state(here))
            tempted = self._escape if self._escape != FALSE else -self._hurt[0]
            if not sheet.solve([*now, tempted]):
                return self._reach.cube(sheet.core() & set(now))
            self._escapes.append(sheet.state(self._anywhere))
            self._hurt.append(-self._better(self._to(self._escapes[-1])))
        return None
