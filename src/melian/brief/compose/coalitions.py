"""Which equilibria parties of the case would leave together, in the words of a brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.evolution import deeds
from melian.brief.compose.words import capital, plural
from melian.brief.document import Items, Paragraph
from melian.brief.drawing import percent
from melian.case.wording import name_of, series
from melian.conflict.result import Concept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from melian.brief.compose.words import Speech
    from melian.brief.document import Block
    from melian.brief.gathering import Solved
    from melian.readings.coalitions import Leaving

TOLD = 3
ALONE = "Equilibria are told here for parties that each act alone."


def together(solved: Solved, speech: Speech, described: Callable[[int], str]) -> tuple[Block, ...]:
    """Say which equilibria the coalitions of the case would leave; nothing where it names none.

    Args:
        solved: the conflict.
        speech: about the case.
        described: gives a state in words.
    """
    conflict = solved.conflict
    if not conflict.coalitions or not solved.outcomes.stable(Concept.NASH):
        return ()
    if solved.leaving is None:
        why = "it takes more work than a brief does"
        if conflict.indistinguishable:
            why = "that takes states one by one, and here several count as one"
        return (Paragraph((f"{ALONE} What coalitions would leave is not worked out: {why}.",)),)
    if not solved.leaving:
        who = "; or by ".join(_group(speech, each) for each in conflict.coalitions)
        return (
            Paragraph((f"{ALONE} None of those that come up most often would be left by {who}.",)),
        )
    items = [(_left(solved, speech, each, described),) for each in solved.leaving[:TOLD]]
    more = len(solved.leaving) - TOLD
    if more > 0:
        items.append((f"{capital(plural(more, 'more is', 'more are'))} left in this way.",))
    return (Items(tuple(items), (f"{ALONE} Those who may act together would not rest in some:",)),)


def _group(speech: Speech, members: Sequence[str]) -> str:
    first, *others = [name_of(speech.case, member) for member in members]
    return f"{first} together with {series(others)}"


def _left(solved: Solved, speech: Speech, each: Leaving, described: Callable[[int], str]) -> str:
    """Say who would leave which outcome, how often, and by which joint move."""
    outcomes = solved.outcomes
    often = ""
    if outcomes.combinations > 1:
        share = percent(outcomes.share(each.met))
        everywhere = bool((each.met == outcomes.where(each.state, Concept.NASH)).all())
        often = f", in {share} of the combinations"
        often += ", wherever it is an equilibrium" if everywhere else ""
    return (
        f"Where {described(each.state)}, {_group(speech, each.members)} would move on{often}: "
        f"{_moves(solved, speech, each)}."
    )


def _moves(solved: Solved, speech: Speech, each: Leaving) -> str:
    """Say which member takes and gives up what; an option of several is the first one's."""
    before, after = solved.outcomes.taken(each.state), solved.outcomes.taken(each.to)
    told = []
    for member in each.members:
        own = [
            option.id
            for option in solved.conflict.options.values()
            if next((m for m in each.members if m in option.owners), "") == member
        ]
        takes = [o for o in own if o in after and o not in before]
        drops = [o for o in own if o in before and o not in after]
        if takes or drops:
            told.append(f"{name_of(speech.case, member)} would {deeds(speech, takes, drops)}")
    return series(told)
