"""One finding in prose: who said what, why that cannot be, and what would mend it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from melian.audit.result import Kind
from melian.brief.compose.defences import contested, defence
from melian.brief.compose.pictures import argument
from melian.brief.compose.sources import act
from melian.brief.compose.words import joined, number
from melian.brief.document import Fold, Group, Items, Paragraph, Refer
from melian.case.spans import in_words
from melian.case.wording import concept_text, name_of, rule_text, sentence, series

if TYPE_CHECKING:
    from collections.abc import Collection

    from melian.audit.result import Commitment, Component, Finding
    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Solved
    from melian.case.grounding import GroundRule
    from melian.case.model import Case, Fact

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


def told(speech: Speech, finding: Finding, *, drawn: bool) -> Group:
    """Give a finding with its evidence, the best defence, its derivation and its argument.

    The argument is drawn in the open, or else, like the derivation, for whoever asks for it.
    """
    said: tuple[Block, ...] = (
        Paragraph(_evidence(speech, finding)),
        Paragraph(_why(speech, finding)),
    )
    if dissolving := defence(speech, finding):
        said = (*said, Paragraph(dissolving))
    picture = argument(speech.case, finding, speech.numbers)
    steps = Items(tuple((each,) for each in speech.steps(finding)), numbered=True)
    anchor = f"steps-{finding.id}"
    if drawn:
        said = (*said, picture, Fold(anchor, "Step by step", (steps,)))
    else:
        said = (*said, Fold(anchor, "Step by step, and drawn", (steps, picture)))
    return Group(f"finding-{finding.id}", finding.title, said, KINDS[finding.kind])


def _evidence(speech: Speech, finding: Finding) -> Prose:
    parts = [_backed(speech, c) for c in finding.commitments]
    parts += [(_known(speech, fact), speech.cite(fact)) for fact in finding.facts]
    return (*joined(parts, ". ", ". "), f".{_ended(finding)}")


def _ended(finding: Finding) -> str:
    """Say on which days all of it was in force, where that has come to an end."""
    if not finding.spans or finding.spans[-1].ends is None:
        return ""
    days = series([in_words(span) for span in finding.spans])
    return f" All of this was in force {days}, and is no more."


def _backed(speech: Speech, commitment: Commitment) -> Prose:
    """Say who is behind a commitment, in words first and then in deeds, each with its records."""
    words = (*commitment.statements, *commitment.warrants)
    if not words or not commitment.deeds:
        return (_voiced(speech, commitment), speech.cite(commitment))
    doers = dict.fromkeys(speech.deeds[d].actor for d in commitment.deeds if d in speech.deeds)
    names = series([name_of(speech.case, doer) for doer in doers])
    acts = f", and {names} act{'s' if len(doers) == 1 else ''} so"
    said = replace(commitment, deeds=())
    done = replace(commitment, statements=(), warrants=())
    return (_voiced(speech, commitment), speech.cite(said), acts, speech.cite(done))


def _known(speech: Speech, fact: Fact) -> str:
    how = "It is a fact"
    if fact.contested_by:
        how = f"It is held, though {contested(speech, fact.contested_by, 'contest')} it,"
    return f"{how} that {concept_text(speech.case, fact.claim)}"


def _voiced(speech: Speech, commitment: Commitment) -> str:
    """Say who is behind a commitment, and in which way."""
    said = [speech.statements[s] for s in commitment.statements if s in speech.statements]
    used = [speech.statements[s] for s in commitment.warrants if s in speech.statements]
    if not said and not used:
        deeds = [speech.deeds[deed] for deed in commitment.deeds]
        acts = [f"{name_of(speech.case, deed.actor)} {act(speech.case, deed)}" for deed in deeds]
        return f"{series(acts)}, which shows {speech.that(commitment, [d.actor for d in deeds])}"
    speakers = dict.fromkeys(statement.actor for statement in (*said, *used))
    names = series([name_of(speech.case, speaker) for speaker in speakers])
    that = speech.that(commitment, speakers)
    s = "s" if len(speakers) == 1 else ""
    if all(statement.basis == "inferred" for statement in (*said, *used)):
        return f"{names} can be read as holding {that}"
    if not said:
        return f"{names} argue{s} from the premise {that}"
    levels = {statement.level for statement in said}
    where = f" (at the {levels.pop()} level)" if len(levels) == 1 and levels != {""} else ""
    return f"{names} say{s} {that}{where}"


def _why(speech: Speech, finding: Finding) -> Prose:
    """Say why the set cannot hold together, with the best that can be said against that."""
    if not finding.rules:
        return (f"The two are each other's plain denial.{_voices(speech, finding)}",)
    reasons = dict.fromkeys(_reason(speech.case, rule) for rule in finding.rules)
    defences = dict.fromkeys(r.origin.defence for r in finding.rules if r.origin.defence)
    text = " ".join(reasons)
    if defences:
        text += f" In its defence: {' '.join(map(sentence, defences))}"
    elif any(rule.origin.strength == "presumptive" for rule in finding.rules):
        text += " Whoever refuses that presumption sees no contradiction here."
    return (text,)


def _reason(case: Case, rule: GroundRule) -> str:
    whose = "" if rule.origin.source else " (The rule is the coder's.)"
    return sentence(rule.origin.why or rule_text(case, rule)) + whose


def _voices(speech: Speech, finding: Finding) -> str:
    """Give the defence of a flat denial: that it was not one and the same who said both."""
    voices = [
        {speech.statements[s].actor for s in (*c.statements, *c.warrants) if s in speech.statements}
        for c in finding.commitments
    ]
    if not all(voices) or set.intersection(*voices):
        return ""
    first, *rest = (series([name_of(speech.case, v) for v in sorted(each)]) for each in voices)
    return f" In its defence: {series([first, *rest])} are different voices."


def mended(speech: Speech, finding: Finding, component: Component) -> str:
    """Say what would have to be given up for a finding's whole component to hold together."""
    who = name_of(speech.case, finding.actor)
    known = set(component.commitments)
    ways = [
        _given_up(speech, [speech.commitment(finding.actor, name) for name in repair])
        for repair in finding.repairs
        if known.issuperset(repair)
    ]
    if not ways:
        return f"Nothing that {who} has said could be given up to mend this."
    more = len(ways) - REPAIRS
    shown = [*ways[:REPAIRS], *([f"go one of {number(more)} longer ways"] if more > 0 else [])]
    count = len(component.findings)
    scope = "To hold together here" if count == 1 else f"To mend these {number(count)} at once"
    return f"{scope}, {who} would have to {'; or else '.join(shown)}."


def _given_up(speech: Speech, commitments: Collection[Commitment]) -> str:
    """Say what is given up: claims, and what deeds alone have shown."""
    said = sorted(speech.that(c) for c in commitments if c.statements or c.warrants)
    done = sorted(speech.clause(c) for c in commitments if not (c.statements or c.warrants))
    claims = f"give up the claim{'s' if len(said) > 1 else ''} {series(said)}"
    acts = f"stop acting as though {series(done)}"
    return series([*([claims] if said else []), *([acts] if done else [])])


def stake(solved: Solved | None, speech: Speech, finding: Finding) -> Prose:
    """Say which options hang on the side an actor takes in a finding's contradiction."""
    if solved is None:
        return ()
    here = {
        index
        for index, choice in enumerate(solved.outcomes.choices)
        if (choice.actor, choice.component) == (finding.actor, finding.component)
    }
    hanging = [
        view.option
        for view in solved.outlook
        if any(c.choice in here for conditions in view.hangs_on.cover for c in conditions)
    ]
    if not hanging:
        return ()
    words = series([f"whether {speech.would([speech.option(option)])}" for option in hanging])
    return (" On the side it takes hangs ", Refer(words, "outcomes"), ".")
