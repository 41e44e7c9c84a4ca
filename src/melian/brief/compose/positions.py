"""Where each party's position does not hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.audit.result import Kind
from melian.brief.compose.pictures import argument
from melian.brief.compose.sources import act
from melian.brief.compose.words import Speech, joined, name, number, plural
from melian.brief.document import Group, Paragraph, Refer, Section
from melian.case.speaking import party_of
from melian.case.wording import concept_text, rule_text, sentence, series

if TYPE_CHECKING:
    from collections.abc import Collection

    from melian.audit.result import Commitment, Component, Finding, Standing
    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material
    from melian.case.grounding import GroundRule

KINDS = {
    Kind.EXCLUSIVE_ARGUMENTS: "Arguments that exclude each other",
    Kind.DOUBLE_STANDARD: "A double standard",
    Kind.DISAVOWAL: "A reason disavowed",
    Kind.WORD_AGAINST_DEED: "Word against deed",
    Kind.LEVEL_SPLIT: "One level against another",
    Kind.REVERSAL: "A reversal",
    Kind.DISSENT: "Voices that differ",
}
REPAIRS = 4


def positions(material: Material, speech: Speech) -> Section:
    """Say for each party where its position does not hold together, and what it could give up."""
    gravest = _gravest(material)
    parties = sorted(
        (s for s in material.audit.actors.values() if s.components),
        key=lambda s: -len(material.findings(s.actor)),
    )
    groups = tuple(_party(material, speech, standing, gravest) for standing in parties)
    sound = [name(material.case, a) for a, s in material.audit.actors.items() if not s.components]
    closing = (_sound(sound),) if sound else ()
    return Section("positions", "Where each position does not hold together", (*groups, *closing))


FIGURES = 4


def _gravest(material: Material) -> frozenset[str]:
    """Choose the findings to draw: the gravest that rest on a rule, each of another kind first."""
    argued = [finding for finding in material.audit.findings if finding.rules]
    chosen: dict[Kind, str] = {}
    for finding in argued:
        chosen.setdefault(finding.kind, finding.id)
    ranked = [*chosen.values(), *(finding.id for finding in argued)]
    return frozenset(dict.fromkeys(ranked[:FIGURES]))


def _sound(names: list[str]) -> Paragraph:
    return Paragraph((f"What is coded of {series(names)} holds together.",))


def _party(
    material: Material, speech: Speech, standing: Standing, gravest: Collection[str]
) -> Group:
    findings = {finding.id: finding for finding in material.findings(standing.actor)}
    blocks: list[Block] = [_overview(material, standing, len(findings))]
    order = sorted(
        standing.components, key=lambda c: min(list(findings).index(f) for f in c.findings)
    )
    for component in order:
        members = [f for f in findings.values() if f.id in component.findings]
        blocks += [_finding(material, speech, finding, gravest) for finding in members]
        blocks.append(_repairs(material, speech, members[0], component))
    who = name(material.case, standing.actor)
    return Group(f"position-{standing.actor}", who, tuple(blocks))


def _overview(material: Material, standing: Standing, count: int) -> Paragraph:
    case, who = material.case, name(material.case, standing.actor)
    voices = dict.fromkeys(
        statement.actor
        for statement in case.statements
        if standing.actor in party_of(case, statement.actor, statement.date)
    )
    others = [name(case, voice) for voice in voices if voice != standing.actor]
    through = f", through {series(others)} among others," if others else ""
    reasons = sum(not c.statements and bool(c.warrants) for c in standing.commitments)
    aside = f", {number(reasons)} of them only as reasons for others" if reasons else ""
    text = (
        f"{who} has taken{through} {plural(len(standing.commitments), 'position')}{aside}. They "
        f"{places(count, len(standing.components))}. What is plainest comes first: a flat denial "
        "before a clash that rests on a rule."
    )
    return Paragraph((text,))


def places(findings: int, components: int) -> str:
    """Say how often positions clash: ``clash in 18 places, which form 12 contradictions``."""
    text = f"clash in {plural(findings, 'place')}"
    if components == findings:
        return text
    return f"{text}, which form {plural(components, 'contradiction')}"


def _finding(
    material: Material, speech: Speech, finding: Finding, gravest: Collection[str]
) -> Group:
    blocks: list[Block] = [Paragraph(_evidence(material, speech, finding))]
    blocks.append(Paragraph(_why(material, finding)))
    if finding.id in gravest:
        blocks.append(argument(material.case, finding, speech.numbers))
    return Group(f"finding-{finding.id}", finding.title, tuple(blocks), KINDS[finding.kind])


def _evidence(material: Material, speech: Speech, finding: Finding) -> Prose:
    told = [_voiced(material, speech, commitment) for commitment in finding.commitments]
    for fact in finding.facts:
        clause = concept_text(material.case, fact.claim)
        known = "It is held, though contested," if fact.contested_by else "It is a fact"
        told.append((f"{known} that {clause}", speech.cite(fact)))
    return (*joined(told, ". ", ". "), ".")


def _voiced(material: Material, speech: Speech, commitment: Commitment) -> Prose:
    """Say who is behind a commitment, in which way, citing it."""
    case = material.case
    ids = {*commitment.statements, *commitment.warrants}
    speakers = dict.fromkeys(s.actor for s in case.statements if s.id in ids)
    names = series([name(case, speaker) for speaker in speakers])
    that = speech.that(commitment)
    if commitment.statements:
        verb = "says" if len(speakers) == 1 else "say"
        levels = _levels(material, commitment)
        return (f"{names} {verb} {that}{levels}", speech.cite(commitment))
    if commitment.warrants:
        verb = "argues from the premise" if len(speakers) == 1 else "argue from the premise"
        return (f"{names} {verb} {that}", speech.cite(commitment))
    deeds = [deed for deed in case.deeds if deed.id in commitment.deeds]
    acts = series([f"{name(case, deed.actor)} {act(case, deed)}" for deed in deeds])
    return (f"{acts}, which shows {that}", speech.cite(commitment))


def _levels(material: Material, commitment: Commitment) -> str:
    levels = {s.level for s in material.case.statements if s.id in commitment.statements}
    return f" (at the {next(iter(levels))} level)" if len(levels) == 1 and levels != {""} else ""


def _why(material: Material, finding: Finding) -> Prose:
    if not finding.rules:
        return (f"The two are each other's plain denial.{_voices(material, finding)}",)
    origins = dict.fromkeys(_reason(material, rule) for rule in finding.rules)
    text = " ".join(origins)
    defences = dict.fromkeys(r.origin.defence for r in finding.rules if r.origin.defence)
    if defences:
        text += f" In its defence: {' '.join(sentence(_lower(d)) for d in defences)}"
    elif any(rule.origin.strength == "presumptive" for rule in finding.rules):
        text += " Whoever refuses that presumption sees no contradiction here."
    return (text,)


def _voices(material: Material, finding: Finding) -> str:
    """Give the defence of a flat denial: that it was not one and the same who said both."""
    said = {s.id: s.actor for s in material.case.statements}
    voices = [
        {said[record] for record in (*c.statements, *c.warrants) if record in said}
        for c in finding.commitments
    ]
    if not all(voices) or set.intersection(*voices):
        return ""
    first, second = (series([name(material.case, v) for v in sorted(each)]) for each in voices)
    return f" In its defence: {first} and {second} are different voices."


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in {"A", "An", "The", "One", "Even"} else text


def _reason(material: Material, rule: GroundRule) -> str:
    return sentence(rule.origin.why or rule_text(material.case, rule))


def _repairs(
    material: Material, speech: Speech, finding: Finding, component: Component
) -> Paragraph:
    """Say what would have to be given up for one component to hold together."""
    who = name(speech.case, finding.actor)
    known = set(component.commitments)
    ways = [
        series(sorted(_given_up(speech, speech.commitment(finding.actor, e)) for e in repair))
        for repair in finding.repairs
        if known.issuperset(repair)
    ]
    if not ways:
        return Paragraph((f"Nothing that {who} has said could be given up to mend this.",))
    more = len(ways) - REPAIRS
    shown = [*ways[:REPAIRS], *([f"take one of {number(more)} longer ways"] if more > 0 else [])]
    either = "either " if len(shown) > 1 else ""
    count = len(component.findings)
    scope = "To hold together here" if count == 1 else f"To mend these {number(count)} at once"
    text = f"{scope}, {who} would have to {either}{'; or '.join(shown)}."
    return Paragraph((text, *_stake(material, speech, finding.actor, finding.component)))


def _given_up(speech: Speech, commitment: Commitment) -> str:
    if commitment.statements or commitment.warrants:
        return f"give up the claim {speech.that(commitment)}"
    return f"stop acting as though {speech.clause(commitment)}"


def _stake(material: Material, speech: Speech, actor: str, component: int) -> Prose:
    """Say which options hang on the side an actor takes in one of its contradictions."""
    outcomes, conflict = material.outcomes, material.case.conflict
    if outcomes is None or conflict is None:
        return ()
    open_options = [
        conflict.options[view.option]
        for view in material.outlook
        if any(
            (outcomes.choices[c.choice].actor, outcomes.choices[c.choice].component)
            == (actor, component)
            for conditions in view.hangs_on.cover
            for c in conditions
        )
    ]
    if not open_options:
        return ()
    told = series([f"whether {speech.would([option])}" for option in open_options])
    return (" On the side it takes hangs ", Refer(told, "outcomes"), ".")
