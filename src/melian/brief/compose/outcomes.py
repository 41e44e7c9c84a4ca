"""What is stable, and under which readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

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
        items = tuple(_choice(speech, choice) for choice in splits)
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
        f"{plural(len(outcomes.held), 'different conflict')}, each with {states} possible states."
    )


def _status_quo(conflict: Conflict, speech: Speech, outcomes: Outcomes, state: int) -> Prose:
    told = described(conflict, speech, outcomes, state)
    met = outcomes.where(state, Concept.NASH)
    lead = f"If things stayed as they are, {told}. That is an equilibrium "
    hangs = speech.hangs_on(outcomes.hangs_on(met))
    where = f" ({percent(outcomes.share(met))} of the combinations)" if met.any() else ""
    return (lead, *hangs, f"{where}.")


def _choice(speech: Speech, choice: Choice) -> Prose:
    who = name(speech.case, choice.actor)
    sides: list[Prose] = []
    for side in choice.sides:
        kept = [speech.commitment(choice.actor, c) for c in sorted(side.keeps)]
        claims: list[Prose] = [(speech.that(c), speech.cite(c)) for c in kept]
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
        "What each move hangs on. It is sure where it is part of every Nash equilibrium of a "
        "combination of readings, and ruled out where it is part of none.",
        ("Move", "Sure in", "Ruled out in", "Sure to be made"),
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
    counts = {c: len(outcomes.stable(c)) for c in Concept}
    told = series([f"{CONCEPTS[c]} {count:,}" for c, count in counts.items()])
    robust = len(outcomes.stable())
    text = (
        "Where a party holds still for fear of the answer to its move, other states are stable "
        f"too. Counting every combination, the equilibria number: {told}; {number(robust)} "
        f"{'is' if robust == 1 else 'are'} such under all five concepts at once."
    )
    fixed = [v for v in outlook(outcomes, Concept.SEQ) if v.settled is not None]
    parts = [
        speech.would([conflict.options[v.option] for v in fixed if v.settled is taken], taken=taken)
        for taken in (True, False)
    ]
    common = series([part for part in parts if part])
    return f"{text} {sentence(f'in every sequentially stable one {common}')}" if common else text


def settled(views: Sequence[Outlook], conflict: Conflict, speech: Speech) -> str:
    """Say what is sure: the options taken, and those left, whatever the readings."""
    parts = [
        speech.would([conflict.options[v.option] for v in views if v.settled is taken], taken=taken)
        for taken in (True, False)
    ]
    return capital(series([part for part in parts if part]))


def never_stable(outcomes: Outcomes) -> bool:
    """Tell whether some combination has no Nash equilibrium at all."""
    return bool(np.any(~outcomes.equilibria[Concept.NASH].any(axis=1)))
