"""What a move asks of any state: that the actor does not gain by it, or that somebody answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.conflict.result import Concept
from melian.conflict.symbolic.answers import movers
from melian.conflict.symbolic.chains import Move, no_better
from melian.conflict.symbolic.circuit import FALSE
from melian.conflict.symbolic.joint import joint
from melian.conflict.symbolic.sheet import changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.conflict.symbolic.critic import Objection
    from melian.conflict.symbolic.sheet import Copy, Sheet

    Movers = Mapping[int, tuple[int, ...]]

_ROUNDS = 2  # how often each of several others may move in a sequence that is written out


@dataclass(frozen=True, slots=True)
class Demand:
    """What one move of an actor asks of a copy of a state.

    Attributes:
        gains: a literal that is true when the actor gains by the move.
        end: what answers lead to.
    """

    gains: int
    end: Copy


class Demands:
    """Writes what moves ask of one copy of a state, under one concept.

    Attributes:
        longer: a literal. While it is false, sequences of several of the others under SEQ have
            to be as short as they are written out; when it is true, they may end in a jump.
    """

    def __init__(self, sheet: Sheet, here: Copy, concept: Concept) -> None:
        """Take the copy that demands are made of."""
        self._sheet, self._here, self._concept = sheet, here, concept
        self.longer = sheet.variable()

    def answer_to(self, actor: int, to: int) -> Demand:
        """Ask for an answer to a move to where the actor's options are as in a state."""
        sheet = self._sheet
        after = changed(self._here, sheet.model.owned[actor], sheet.fixed(to))
        gains = sheet.improvement(actor, self._here, after)
        met, end = self._answered(Move(actor, self._here, after))
        sheet.require(-gains, met)
        return Demand(gains, end)

    def _answered(self, move: Move) -> tuple[int, Copy]:
        """Give a literal that is true only if a move is answered, and where that ends.

        Where several of the others take turns, and what they pass through matters, this asks for
        less than an answer: that they could jump to where the actor is no better off.
        """
        who = movers(self._sheet.model, move.actor, self._concept)
        if self._concept is Concept.NASH or not who:
            return FALSE, move.after
        if self._concept is Concept.SIM:
            return joint(self._sheet, move)[0], move.after
        if len(who) == 1:
            return self._one_reply(move, who)
        if self._concept is Concept.SEQ:
            return self._turns(move, who)
        return self._jump(move, who, move.after)

    def _one_reply(self, move: Move, who: Movers) -> tuple[int, Copy]:
        ((mover, own),) = who.items()
        end = changed(move.after, own, self._sheet.copy())
        legal = self._sheet.reply(self._concept, mover, move.after, end)
        return self._sheet.all_of((legal, no_better(self._sheet, move, end))), end

    def _turns(self, move: Move, who: Movers) -> tuple[int, Copy]:
        """Let the others take turns, each moving or not, a few times; then, perhaps, jump."""
        sheet, here, legal = self._sheet, move.after, []
        for mover, own in [*who.items()] * _ROUNDS:
            there = changed(here, own, sheet.copy())
            stays = sheet.all_of(map(sheet.same, here, there))
            replies = sheet.reply(self._concept, mover, here, there)
            legal.append(sheet.any_of((stays, replies)))
            here = there
        jump, end = self._jump(move, who, here)
        hurt = no_better(sheet, move, here), sheet.all_of((self.longer, jump))
        return sheet.all_of([*legal, sheet.any_of(hurt)]), end

    def _jump(self, move: Move, who: Movers, start: Copy) -> tuple[int, Copy]:
        theirs = {option for own in who.values() for option in own}
        end = changed(start, theirs, self._sheet.copy())
        jumps = self._sheet.move(start, end), no_better(self._sheet, move, end)
        return self._sheet.all_of(jumps), end

    def safe_from(self, actor: int, demand: Demand, escape: int) -> None:
        """Ask that an actor cannot escape from where an answer ends, by a move as to a state."""
        sheet = self._sheet
        out = changed(demand.end, sheet.model.owned[actor], sheet.fixed(escape))
        better = -no_better(sheet, Move(actor, self._here, self._here), out)
        sheet.require(-demand.gains, -sheet.all_of((sheet.move(demand.end, out), better)))

    def forbid(self, actor: int, state: int, objection: Objection) -> None:
        """Rule out all states to which the proof of an objection applies.

        It is that the others cannot leave certain states, in which the actor is better off than
        it was: so it objects wherever it can move into them, and has no more than it had.
        """
        sheet = self._sheet
        after = changed(self._here, sheet.model.owned[actor], sheet.fixed(objection.state))
        trap = [-sheet.all_of(sheet.within(after, cube)) for cube in objection.proof.cubes]
        had = sheet.constants(sheet.model.rank(actor, state))
        more = sheet.above(sheet.rank(actor, self._here), had)
        sheet.require(more, -sheet.all_of([sheet.move(self._here, after), *trap]))
