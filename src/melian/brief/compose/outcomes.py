"""What is stable, and under which readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose import pictures
from melian.brief.compose.words import Speech, capital, joined, name, number, percent, plural
from melian.brief.document import Items, Paragraph, Section, Table
from melian.case.wording import sentence, series
from melian.conflict.result import Concept
from melian.readings.outlook import outlook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material
    from melian.case.model import Conflict
    from melian.readings.choices import Choice
    from melian.readings.outcomes import Outcomes
    from melian.readings.outlook import Outlook

CONCEPTS = {
    Concept.NASH: "Nash",
    Concept.GMR: "general metarational",
    Concept.SMR: "symmetric metarational",
    Concept.SEQ: "sequential",
    Concept.SIM: "simultaneous",
}
CONDITIONS_SHOWN = 5


def stable(material: Material, speech: Speech) -> Section:
    """Say what is stable under which readings, and what each move hangs on."""
    title = "What is stable, and under which readings"
    outcomes, conflict = material.outcomes, material.case.conflict
    if outcomes is None or conflict is None:
        text = "The case names no options and wishes, so nothing is said of outcomes."
        return Section("outcomes", title, (Paragraph((text,)),))
    blocks: list[Block] = [Paragraph((_counted(outcomes),))]
    if outcomes.status_quo is not None:
        blocks.append(Paragraph(_status_quo(conflict, speech, outcomes, outcomes.status_quo)))
    splits = [choice for choice in outcomes.choices if len(choice.sides) > 1]
    if splits:
        items = tuple(_choice(material, speech, choice) for choice in splits)
        blocks.append(Items(items, ("What the parties' wishes rest on, and where it splits:",)))
    if outcomes.stable(Concept.NASH):
        blocks.append(pictures.grid(material))
        blocks.append(Paragraph(leading(material, speech)))
    blocks.append(_options(material, speech, outcomes))
    blocks.append(Paragraph((_wider(material, conflict, outcomes),)))
    return Section("outcomes", title, tuple(blocks))


def _counted(outcomes: Outcomes) -> str:
    places = sum(len(choice.sides) > 1 for choice in outcomes.choices)
    states = f"{len(outcomes.decimals):,}"
    if not places:
        return (
            "No wish of a party rests on anything contradictory, so there is one conflict to "
            f"solve. It has {states} possible states."
        )
    return (
        f"The wishes of the parties rest on {plural(places, 'contradiction')} of their own. The "
        f"sides they may take make {plural(outcomes.combinations, 'combination')} of readings and "
        f"{plural(len(outcomes.held), 'different conflict')}, each with {states} possible states. "
        "An equilibrium (after Nash) is a state from which no party gains by moving alone."
    )


def _status_quo(conflict: Conflict, speech: Speech, outcomes: Outcomes, state: int) -> Prose:
    told = described(conflict, speech, outcomes, state)
    met = outcomes.where(state, Concept.NASH)
    lead = f"If things stayed as they are, {told}."
    if met.any():
        share = percent(outcomes.share(met))
        hangs = speech.hangs_on(outcomes.hangs_on(met))
        return (f"{lead} That can last in {share} of the combinations: ", *hangs, ".")
    movers = [name(speech.case, actor) for actor in outcomes.movers(state)]
    because = f": {series(movers)} would gain by moving under every one" if movers else ""
    return (f"{lead} That can last under no reading{because}.",)


def _choice(material: Material, speech: Speech, choice: Choice) -> Prose:
    who = name(speech.case, choice.actor)
    component = material.audit.actors[choice.actor].components[choice.component]
    noticed = frozenset[str]().union(*(side.keeps | side.drops for side in choice.sides))
    sides: list[Prose] = []
    for side in choice.sides:
        alike = [r.keeps for r in component.readings if r.keeps & noticed == side.keeps]
        kept = sorted(side.keeps or frozenset.intersection(*alike))
        claims: list[Prose] = [
            (speech.that(c), speech.cite(c))
            for c in (speech.commitment(choice.actor, each) for each in kept)
        ]
        sides.append(joined(claims) if claims else ("not",))
    return (f"{who} holds either ", *joined(sides, ", or ", ", or "), ".")


def leading(material: Material, speech: Speech) -> Prose:
    """Say in which outcome the parties most often come to rest, and what that hangs on."""
    outcomes, conflict = material.outcomes, material.case.conflict
    assert outcomes is not None and conflict is not None  # noqa: PT018, S101 - the caller's check
    first = outcomes.stable(Concept.NASH)[0]
    met = outcomes.where(first, Concept.NASH)
    share = outcomes.share(met)
    told = described(conflict, speech, outcomes, first)
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


def described(conflict: Conflict, speech: Speech, outcomes: Outcomes, state: int) -> str:
    """Give a state in words: what each party does in it."""
    taken = [conflict.options[option] for option in outcomes.taken(state)]
    return speech.would(taken) if taken else "nobody would do anything"


def _options(material: Material, speech: Speech, outcomes: Outcomes) -> Table:
    rows = tuple(_option(material, speech, outcomes, view) for view in material.outlook)
    return Table(
        "What each option hangs on. It is sure where it is part of every Nash equilibrium of a "
        "combination of readings, and ruled out where it is part of none.",
        ("Option", "Sure in", "Ruled out in", "Sure to be taken"),
        rows,
        numeric=frozenset({1, 2}),
    )


def _option(
    material: Material, speech: Speech, outcomes: Outcomes, view: Outlook
) -> tuple[Prose, ...]:
    conflict = material.case.conflict
    assert conflict is not None  # noqa: S101 - there are outcomes of it
    option = conflict.options[view.option]
    who = series([name(material.case, owner) for owner in option.owners])
    return (
        (f"{who}: {option.text}",),
        (percent(outcomes.share(view.taken)),),
        (percent(outcomes.share(view.left)),),
        speech.hangs_on(view.hangs_on, option.owners[0]),
    )


def _wider(material: Material, conflict: Conflict, outcomes: Outcomes) -> str:
    """Summarise by option the states that are stable once parties fear each other's answers."""
    speech = Speech(material.case, material.audit)
    nash, fearful = len(outcomes.stable(Concept.NASH)), len(outcomes.stable(Concept.GMR))
    robust = len(outcomes.stable())
    text = (
        f"Over all combinations {number(nash)} states are Nash equilibria. Where parties also hold "
        f"still for fear of the others' answer, {number(fearful)} can last (general "
        f"metarationality); {number(robust)} last under all five concepts at once."
    )
    common = settled(outlook(outcomes, Concept.GMR), conflict, speech)
    if not common:
        return text
    return f"{text} In every state that can last at all, {sentence(common)}"


def settled(views: Sequence[Outlook], conflict: Conflict, speech: Speech) -> str:
    """Say what is sure: the options taken, and those left, whatever the readings."""
    clauses = [
        clause
        for taken in (True, False)
        for clause in speech.clauses(
            [conflict.options[v.option] for v in views if v.settled is taken], taken=taken
        )
    ]
    return capital(series(clauses))
