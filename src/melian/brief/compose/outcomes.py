"""What is stable, and under which readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.coalitions import together
from melian.brief.compose.doubts import doubt, rests
from melian.brief.compose.grid import grid
from melian.brief.compose.wants import wants
from melian.brief.compose.words import capital, joined, number, plural
from melian.brief.document import Items, Paragraph, Section, Table
from melian.brief.drawing import percent
from melian.case.wording import name_of, sentence, series
from melian.conflict.building import counted_with
from melian.conflict.result import Concept
from melian.readings.outlook import outlook
from melian.readings.wording import WEIGHED, combined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material, Solved
    from melian.case.model import Conflict
    from melian.conflict.result import States
    from melian.readings.choices import Choice
    from melian.readings.draws.drawing import Draws
    from melian.readings.outcomes import Outcomes
    from melian.readings.outlook import Outlook

CONDITIONS_SHOWN = 5


def stable(material: Material, speech: Speech) -> Section:
    """Say what is stable under which readings, and what each option hangs on."""
    title = "What is stable, and under which readings"
    solved = material.solved
    if solved is None:
        text = (
            material.unsolved
            or "The case names no options and preferences, so nothing is said of outcomes."
        )
        return Section("outcomes", title, (Paragraph((text,)),))
    outcomes = solved.outcomes
    blocks: list[Block] = [Paragraph((_counted(outcomes, combined(speech.case)),))]
    blocks += merged(speech)
    if outcomes.status_quo is not None:
        blocks.append(Paragraph(_status_quo(solved, speech, outcomes.status_quo)))
    splits = [choice for choice in outcomes.choices if len(choice.sides) > 1]
    if splits:
        items = tuple(split(material, speech, choice) for choice in splits)
        blocks.append(
            Items(items, ("What the parties' preferences rest on, and where it splits:",))
        )
    if outcomes.uncertain:
        blocks.append(Paragraph((WEIGHED,)))
    if outcomes.stable(Concept.NASH):
        blocks.append(grid(solved, speech))
        blocks.append(Paragraph(leading(solved, speech)))
    blocks += together(solved, speech, lambda state: described(outcomes, speech, state))
    blocks += [_options(solved, speech), Paragraph((_wider(solved, speech),)), wants(speech)]
    return Section("outcomes", title, tuple(blocks))


def _counted(outcomes: Outcomes, of: str) -> str:
    open_ = [choice for choice in outcomes.choices if len(choice.sides) > 1]
    states = f"{len(outcomes.decimals):,}"
    if not open_:
        return (
            "No preference of a party rests on anything contradictory, so there is one conflict to "
            f"solve. It has {states} possible states."
        )
    return (
        f"{rests(open_)} The sides they may take make "
        f"{plural(outcomes.combinations, 'combination')} of {of}, and "
        f"{plural(len(outcomes.held), 'different conflict')}, each with {states} possible states. "
        "An equilibrium (after Nash) is a state from which no party gains by moving alone."
    )


def merged(speech: Speech) -> tuple[Paragraph, ...]:
    """Say which states count as one, where some do."""
    formulas = speech.case.conflict.indistinguishable if speech.case.conflict else ()
    told = [f"All states in which {speech.outcome(each)} count as one." for each in formulas]
    return (Paragraph((" ".join(told),)),) if told else ()


def _status_quo(solved: Solved, speech: Speech, state: int) -> Prose:
    outcomes = solved.outcomes
    told = described(outcomes, speech, state)
    met = outcomes.where(state, Concept.NASH)
    lead = f"If things stayed as they are, {told}."
    if met.any():
        share = percent(outcomes.share(met))
        hangs = speech.hangs_on(outcomes.hangs_on(met))
        return (f"{lead} That can last in {share} of the combinations: ", *hangs, ".")
    movers = [name_of(speech.case, actor) for actor in outcomes.movers(state)]
    because = f": {series(movers)} would gain by moving under every one" if movers else ""
    return (f"{lead} That can last under no reading{because}.",)


def split(material: Material, speech: Speech, choice: Choice) -> Prose:
    """Say on which sides a party may come down."""
    if choice.component is None:
        return (doubt(speech, choice),)
    who = name_of(speech.case, choice.actor)
    component = material.audit.actors[choice.actor].components[choice.component]
    noticed = frozenset(choice.marks)
    sides: list[Prose] = []
    for side in choice.sides:
        alike = [r.keeps for r in component.readings if r.keeps & noticed == side.keeps]
        kept = sorted(map(str, side.keeps or frozenset.intersection(*alike)))
        claims: list[Prose] = [
            (speech.that(c), speech.cite(c))
            for c in (speech.commitment(choice.actor, each) for each in kept)
        ]
        sides.append(joined(claims) if claims else ("not",))
    return (f"{who} holds either ", *joined(sides, ", or ", ", or "), ".")


def leading(solved: Solved, speech: Speech) -> Prose:
    """Say in which state the parties most often come to rest, and what that hangs on."""
    outcomes = solved.outcomes
    first = outcomes.stable(Concept.NASH)[0]
    met = outcomes.where(first, Concept.NASH)
    share = outcomes.share(met)
    told = described(outcomes, speech, first)
    if met.all():
        return (_always(outcomes, told),)
    often = f"Most often, in {percent(share)} of the combinations, {told}."
    hangs = outcomes.hangs_on(met)
    if sum(len(conditions) for conditions in hangs.cover) > CONDITIONS_SHOWN:
        return (often,)
    return (f"{often} That is an equilibrium ", *speech.hangs_on(hangs), ".")


def _always(outcomes: Outcomes, told: str) -> str:
    stable = outcomes.stable(Concept.NASH)
    count = sum(bool(outcomes.where(state, Concept.NASH).all()) for state in stable)
    under = "under every reading" if outcomes.combinations > 1 else "here"
    if count == 1:
        return f"One outcome is an equilibrium {under}: {told}."
    return f"{capital(number(count))} outcomes are equilibria {under}; in one of them {told}."


def described(outcomes: States, speech: Speech, state: int) -> str:
    """Give a state in words: what each party does in it."""
    conflict = speech.case.conflict
    if conflict is not None and outcomes.either(state):
        alike = counted_with(conflict, int(outcomes.decimals[state - 1]))
        return f"{' or '.join(map(speech.outcome, alike))}, whatever else is done"
    taken = [speech.option(option) for option in outcomes.taken(state)]
    return speech.would(taken) if taken else "nobody would do anything"


def _options(solved: Solved, speech: Speech) -> Table:
    return Table(
        "What each option hangs on. It is sure where it is part of every Nash equilibrium of a "
        f"combination of {combined(speech.case)}, and ruled out where it is part of none.",
        ("Option", "Sure in", "Ruled out in", "Sure to be taken"),
        tuple(_option(solved.outcomes, speech, view) for view in solved.outlook),
        numeric=frozenset({1, 2}),
    )


def _option(outcomes: Outcomes, speech: Speech, view: Outlook) -> tuple[Prose, ...]:
    option = speech.option(view.option)
    subject = option.owners[0] if len(option.owners) == 1 else ""
    return (
        (f"{speech.owners(option)}: {option.text}",),
        (percent(outcomes.share(view.taken)),),
        (percent(outcomes.share(view.left)),),
        speech.hangs_on(view.hangs_on, subject),
    )


def _wider(solved: Solved, speech: Speech) -> str:
    """Summarise by option the states that are stable once parties fear each other's answers."""
    outcomes = solved.outcomes
    nash, fearful = len(outcomes.stable(Concept.NASH)), len(outcomes.stable(Concept.GMR))
    text = (
        f"Over all combinations {number(nash)} states are Nash equilibria. Where parties also hold "
        f"still for fear of the others' answer, {number(fearful)} can last (general "
        f"metarationality); {number(len(outcomes.stable()))} last under all five concepts at once."
    )
    text = f"{text}{left_out(outcomes)}"
    common = settled(outlook(outcomes, Concept.GMR), solved.conflict, speech)
    if not common:
        return text
    return f"{text} In every state that can last at all, {sentence(common)}"


def left_out(found: Outcomes | Draws) -> str:
    """Say which equilibria do not count as they cannot come about, after a space; "" for none."""
    count = int(found.beyond[Concept.NASH].sum())
    if not count:
        return ""
    more = plural(count, "more Nash equilibrium", "more Nash equilibria")
    verb, it = ("is", "it") if count == 1 else ("are", "them")
    return (
        f" {capital(more)} {verb} left out: no moves, in whatever number, lead to {it} from the "
        "status quo."
    )


def settled(views: Sequence[Outlook], conflict: Conflict, speech: Speech) -> str:
    """Say what is sure: the options taken, and those left, whatever the readings."""
    sure = [
        (conflict.options[view.option], taken)
        for taken in (True, False)
        for view in views
        if view.settled is taken
    ]
    return capital(series(speech.doing(sure)))
