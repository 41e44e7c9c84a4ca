"""What moves come to, written for any state: one after the other, or all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.conflict.result import Concept
from melian.conflict.symbolic.sheet import changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.conflict.symbolic.answers import Answer, Step
    from melian.conflict.symbolic.sheet import Copy, Sheet


@dataclass(frozen=True, slots=True)
class Move:
    """A move of an actor from one copy to another."""

    actor: int
    before: Copy
    after: Copy


def answered(sheet: Sheet, concept: Concept, move: Move, answer: Answer) -> int:
    """Give a literal that is true when an answer to one move of an actor answers this one too.

    Under SMR it must besides lead where it led, and the actor must have had no less.

    Args:
        sheet: where to write it.
        concept: GMR, SMR, SEQ or SIM.
        move: which.
        answer: what the others do.
    """
    if concept is Concept.SIM:
        return _answered_at_once(sheet, move, answer)
    legal, end = _follow(sheet, concept, move.after, answer.steps)
    if concept is Concept.SMR:
        had = sheet.constants(answer.rank)
        least = -sheet.above(had, sheet.rank(move.actor, move.before))
        return sheet.all_of([*legal, least, *sheet.within(end, answer.end)])
    return sheet.all_of([*legal, no_better(sheet, move, end)])


def _answered_at_once(sheet: Sheet, move: Move, answer: Answer) -> int:
    each = {s.actor: changed(move.before, s.options, sheet.fixed(s.state)) for s in answer.steps}
    legal = [sheet.improvement(mover, move.before, to) for mover, to in each.items()]
    end = together(sheet, move.before, [move.after, *each.values()])
    return sheet.all_of([*legal, sheet.feasible(end), no_better(sheet, move, end)])


def _follow(
    sheet: Sheet, concept: Concept, start: Copy, steps: Sequence[Step]
) -> tuple[list[int], Copy]:
    legal, here = [], start
    for step in steps:
        there = changed(here, step.options, sheet.fixed(step.state))
        legal.append(sheet.reply(concept, step.actor, here, there))
        here = there
    return legal, here


def no_better(sheet: Sheet, move: Move, end: Copy) -> int:
    """Give a literal that is true when the actor ends no better off than before its move."""
    return -sheet.above(sheet.rank(move.actor, end), sheet.rank(move.actor, move.before))


def together(sheet: Sheet, before: Copy, after: Sequence[Copy]) -> Copy:
    """Give what comes of moves made at once: every option that somebody changes is changed."""
    return tuple(
        _together(sheet, now, {copy[option] for copy in after} - {now})
        for option, now in enumerate(before)
    )


def _together(sheet: Sheet, now: int, then: set[int]) -> int:
    if len(then) < 2:
        return next(iter(then), now)
    stays = sheet.all_of(sheet.same(now, to) for to in sorted(then))
    return sheet.same(now, stays)
