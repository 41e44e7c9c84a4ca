"""SIM: the others answer a move at once, each by one improvement of its own or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.conflict.symbolic.answers import Answer, NoAnswer, Step
from melian.conflict.symbolic.chains import Move, no_better, together
from melian.conflict.symbolic.sheet import Sheet, changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.conflict.symbolic.model import SymbolicModel
    from melian.conflict.symbolic.sheet import Copy
    from melian.effort import Work


def joint(sheet: Sheet, move: Move) -> tuple[int, Mapping[int, Copy]]:
    """Write what the others can do at once when an actor moves.

    Returns:
        A literal that is true when it leaves the actor no better off, and what each of the others
        moves to from where the actor does, for itself.
    """
    model, before = sheet.model, move.before
    moves = {j: changed(before, model.owned[j], sheet.copy()) for j in model.others(move.actor)}
    legal = []
    for mover, to in moves.items():
        stays = sheet.all_of(map(sheet.same, before, to))
        legal.append(sheet.any_of((stays, sheet.improvement(mover, before, to))))
    end = together(sheet, before, [move.after, *moves.values()])
    return sheet.all_of([*legal, sheet.feasible(end), no_better(sheet, move, end)]), moves


class JointReplies:
    """Finds how the others can answer one actor's moves at once."""

    def __init__(self, model: SymbolicModel, actor: int, work: Work) -> None:
        """Write down what the others can do."""
        self._model = model
        self._sheet = Sheet(model, work)
        before = self._sheet.copy()
        after = changed(before, model.owned[actor], self._sheet.copy())
        self._move = Move(actor, before, after)
        self._hurts, self._moves = joint(self._sheet, self._move)

    def answer(self, before: int, after: int) -> Answer | NoAnswer:
        """Find what the others can do at once that leaves the actor no better off.

        Args:
            before: where everyone moves from, as a decimal.
            after: where the actor moves to, and is better off.

        Raises:
            OutOfWork: that needs more steps than are left.
        """
        sheet = self._sheet
        given = [*sheet.at(self._move.before, before), *sheet.at(self._move.after, after)]
        if not sheet.solve([*dict.fromkeys(given), self._hurts]):
            return NoAnswer()
        to = {mover: sheet.state(copy) for mover, copy in self._moves.items()}
        steps = (Step(j, self._model.owned[j], s) for j, s in to.items() if s != before)
        return Answer(tuple(steps))
