"""The moves of the others as clauses, backwards: from where can they reach what?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.conflict.symbolic.answers import Step, movers
from melian.conflict.symbolic.sheet import Sheet, changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from melian.conflict.result import Concept
    from melian.conflict.symbolic.answers import Cube
    from melian.conflict.symbolic.model import SymbolicModel
    from melian.effort import Work


class Reach:
    """What the others can do, for one actor and one concept.

    Under GMR and SMR the others make any moves, under SEQ only improvements. There is one state,
    ``here``, and one more setting of each option: a move takes over those that the mover owns.

    Attributes:
        sheet: the circuit that it is written in.
        here: the state that is asked about; it is feasible.
        anywhere: the same, with the actor's own options set to anything.
        movers: who may answer, and which options each sets.
    """

    def __init__(self, model: SymbolicModel, actor: int, concept: Concept, work: Work) -> None:
        """Write down the moves."""
        self.sheet = Sheet(model, work)
        self.here, self._then = self.sheet.copy(), self.sheet.copy()
        self.movers = movers(model, actor, concept)
        self.anywhere = changed(self.here, model.owned[actor], self.sheet.copy())
        self._after = {j: changed(self.here, own, self._then) for j, own in self.movers.items()}
        self._moves = {
            j: self.sheet.reply(concept, j, self.here, after) for j, after in self._after.items()
        }
        self.sheet.require(self.sheet.feasible(self.here))

    def literals(self, cube: Iterable[int]) -> list[int]:
        """Give the literals that are true when the state is in a cube."""
        return self.sheet.within(self.here, cube)

    def cube(self, literals: Iterable[int]) -> Cube:
        """Give the cube of some literals of the state; others are left out."""
        return self.sheet.cube(self.here, literals)

    def into(self, mover: int, cube: Cube, given: Sequence[int]) -> Step | Cube:
        """Find a move into a cube, from a state of which something is given.

        Returns:
            The move, from the state of the model then found; or a part of the cube that no such
            move leads into.
        """
        there = self.sheet.within(self._after[mover], cube)
        if self.sheet.solve([*given, self._moves[mover], *there]):
            return Step(mover, self.movers[mover], self.sheet.state(self._then))
        return cube & self.sheet.cube(self._after[mover], self.sheet.core())

    def widen(self, step: Step, cube: Cube) -> Cube:
        """Give as much of the state last found as is needed for a move to lead into a cube."""
        now = self.sheet.at(self.here, self.sheet.state(self.here))
        chosen = self.sheet.at(self._then, step.state)
        fails = self.sheet.variable()
        there = (-literal for literal in self.sheet.within(self._after[step.actor], cube))
        self.sheet.require(-fails, -self._moves[step.actor], *there)
        self.sheet.solve([fails, *now, *(chosen[option] for option in step.options)])
        needed = self.cube(self.sheet.core() & set(now))
        self.sheet.require(-fails)
        return needed
