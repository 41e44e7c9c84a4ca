"""What speaks against a state: a move by which an actor gains, and that nobody answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.conflict.result import Concept
from melian.conflict.symbolic.answers import NoAnswer
from melian.conflict.symbolic.chains import Move, answered
from melian.conflict.symbolic.joint import JointReplies
from melian.conflict.symbolic.pursuit import Replies
from melian.conflict.symbolic.sheet import Sheet, changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.conflict.symbolic.answers import Answer, Cube
    from melian.conflict.symbolic.model import SymbolicModel
    from melian.effort import Work


@dataclass(frozen=True, slots=True)
class Objection:
    """An actor gains by moving to a state, and nobody answers.

    Attributes:
        state: where it moves to, as a decimal.
        proof: why nobody answers.
    """

    state: int
    proof: NoAnswer


@dataclass(frozen=True, slots=True)
class Exchange:
    """An actor would gain by moving to a state, and the others answer it."""

    state: int
    answer: Answer


class Critic:
    """Finds what one actor has against states, under one concept.

    An answer once found is kept for all states and moves: from then on, only improvements that
    it does not answer are looked for.
    """

    def __init__(self, model: SymbolicModel, actor: int, concept: Concept, work: Work) -> None:
        """Write down what the actor can do."""
        self._model, self._actor, self._concept = model, actor, concept
        self._sheet = Sheet(model, work)
        self._before = self._sheet.copy()
        self._after = changed(self._before, model.owned[actor], self._sheet.copy())
        self._move = Move(actor, self._before, self._after)
        self._gains = self._sheet.improvement(actor, self._before, self._after)
        self._unanswered = self._sheet.variable()
        self._sheet.require(-self._unanswered, self._gains)
        self._rank = self._sheet.rank(actor, self._after)
        self._replies: Replies | JointReplies | None = None
        if concept is Concept.SIM:
            self._replies = JointReplies(model, actor, work)
        elif concept is not Concept.NASH:
            self._replies = Replies(model, actor, concept, work)
        self.exchanges: list[Exchange] = []

    def objection(self, state: int) -> Objection | None:
        """Find an improvement from a feasible state that nobody answers; None when there is none.

        Raises:
            OutOfWork: that needs more steps than are left.
        """
        while (move := self._improvement(state)) is not None:
            found = self._replies.answer(state, move) if self._replies else NoAnswer()
            if isinstance(found, NoAnswer):
                return Objection(move, found)
            self.exchanges.append(Exchange(move, found))
            met = answered(self._sheet, self._concept, self._move, found)
            self._sheet.require(-self._unanswered, -met)
        return None

    def calm(self) -> Cube:
        """Give what of the state last asked about is needed for there to be no objection.

        To be called right after :meth:`objection` has found none: there is none to any feasible
        state of the cube.
        """
        return self._sheet.cube(self._before, self._sheet.core())

    def _improvement(self, state: int) -> int | None:
        """Find the improvement that the actor likes best, of those without a known answer."""
        given = [*self._sheet.at(self._before, state), self._unanswered]
        if not self._sheet.solve(given):
            return None
        best = self._sheet.state(self._after)
        for preference in self._rank:
            given.append(preference)
            if not self._sheet.value(preference):
                if self._sheet.solve(given):
                    best = self._sheet.state(self._after)
                else:
                    given[-1] = -preference
        return best

    def escape(self, state: int, rank: Sequence[bool]) -> int | None:
        """Find a move of the actor from a state to one that is better than what it had."""
        sheet = self._sheet
        gains = sheet.above(self._rank, sheet.constants(rank))
        given = [*sheet.at(self._before, state), sheet.move(self._before, self._after), gains]
        return sheet.state(self._after) if sheet.solve(given) else None
