"""A finding in one sentence, without ids."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from melian.audit.kinds import earlier_first
from melian.audit.result import Kind
from melian.audit.standards import standard_of
from melian.case.dates import ALWAYS
from melian.case.wording import (
    concept_text,
    known_names,
    name_of,
    of_itself,
    rule_text,
    sentence,
    series,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from melian.audit.changes import Course, Held
    from melian.audit.clash import Clash
    from melian.audit.result import Commitment
    from melian.case.dates import Date
    from melian.case.model import Case, Deed, Fact, Statement

    _Subjects = Sequence[Collection[str] | None]


def title(clash: Clash, kind: Kind) -> str:
    """Give the sentence that heads a finding of the kind."""
    party = name_of(clash.case, clash.commitments[0].actor)
    match kind:
        case Kind.WORD_AGAINST_DEED:
            words = _word_against_deed(clash)
        case Kind.DOUBLE_STANDARD:
            words = _double_standard(clash)
        case Kind.DISAVOWAL:
            words = _disavowal(clash)
        case Kind.LEVEL_SPLIT:
            words = _level_split(clash)
        case Kind.REVERSAL:
            words = _reversal(clash)
        case Kind.DISSENT:
            words = _dissent(clash)
        case Kind.EXCLUSIVE_ARGUMENTS:
            words = _exclusive(clash)
    return sentence(f"{party} {words}")


def change_title(clash: Clash, course: Course) -> str:
    """Give the sentence that heads a change of position."""
    earlier = [f"{_held(clash, each)}{_until(clash, each)}" for each in course.ended]
    later = [f"{_held(clash, each)}{_from(clash, each)}" for each in course.since]
    words = series(earlier)
    if course.how == "declared":
        dates = [clash.statements[each].date for each in course.taken_back]
        known = sorted((date for date in dates if date is not None), key=lambda date: date.first)
        what = "that" if len(earlier) == 1 else "some of that"
        words += f", and took {what} back{_in(known[-1]) if known else ''}"
    if later:
        words += f"{'; it ' if earlier else ''}{series(later)}"
    for fact in clash.facts:
        if fact.period != ALWAYS:
            words += f"; it was so {fact.period} that {concept_text(clash.case, fact.claim)}"
    return sentence(f"{name_of(clash.case, clash.commitments[0].actor)} {words}")


def _held(clash: Clash, held: Held) -> str:
    clause = claim_text(clash.case, held.commitment)
    return f"held that {clause}" if clash.backing(held.commitment) else f"acted as though {clause}"


def _until(clash: Clash, held: Held) -> str:
    dates = [record.until for record in _records(clash, held.last)]
    ends = [date for date in dates if date is not None]
    return f" until {max(ends, key=lambda date: date.last).in_words}" if ends else ""


def _from(clash: Clash, held: Held) -> str:
    dates = [record.since or record.date for record in _records(clash, held.first)]
    begins = [date for date in dates if date is not None]
    return f" from {min(begins, key=lambda date: date.first).in_words} on" if begins else ""


def _in(date: Date) -> str:
    return f" {date.preposition} {date.in_words}"


def _records(clash: Clash, ids: Collection[str]) -> tuple[Statement | Deed, ...]:
    deeds = (each for each in clash.case.deeds if each.id in ids)
    return (*(clash.statements[each] for each in ids if each in clash.statements), *deeds)


def claim_text(case: Case, commitment: Commitment, by: Collection[str] | None = None) -> str:
    """Give what a commitment says as a clause to put after "that".

    Args:
        case: whose words it is put in.
        commitment: of a party, which is "it" where the sentence is about it.
        by: whom the sentence is about, by id, if anybody; the party itself, when left out.
    """
    clause = concept_text(case, commitment.claim)
    if by is None or set(by) == {commitment.actor}:
        clause = of_itself(clause, name_of(case, commitment.actor), known_names(case))
    if not commitment.conditions:
        return clause
    conditions = series([concept_text(case, each) for each in commitment.conditions])
    return f"{clause} if {conditions}"


def _clauses(clash: Clash, by: _Subjects = ()) -> dict[Commitment, str]:
    """Give what each commitment says, with its instance where two would read alike.

    Args:
        clash: between the commitments.
        by: per commitment, whom its sentence is about; the party itself, when left out.
    """
    case = clash.case
    pairs = zip(clash.commitments, by or [None] * len(clash.commitments), strict=True)
    clauses = {each: claim_text(case, each, voices) for each, voices in pairs}
    often = Counter(clauses.values())

    def instance(commitment: Commitment) -> str:
        args = commitment.claim.atom.args
        alike = args and often[clauses[commitment]] > 1
        return f" in the case of {_instances(case, [args])}" if alike else ""

    return {each: clause + instance(each) for each, clause in clauses.items()}


def _that(clash: Clash, by: _Subjects = ()) -> list[str]:
    return [f"that {clause}" for clause in _clauses(clash, by).values()]


def _exclusive(clash: Clash) -> str:
    claims = _that(clash)
    both = {1: "", 2: "both "}.get(len(claims), "at once ")
    words = f"holds {both}{series(claims)}"
    if clash.facts:
        facts = [_known(clash.case, fact) for fact in clash.facts]
        return f"{words}, although {series(facts)}"
    return f"{words}, which cannot be" if len(claims) == 1 else words


def _known(case: Case, fact: Fact) -> str:
    """Give a fact as a clause, with who disputes it."""
    clause = concept_text(case, fact.claim)
    if not fact.contested_by:
        return clause
    verb = "disputes" if len(fact.contested_by) == 1 else "dispute"
    return f"{clause} (which {series([name_of(case, a) for a in fact.contested_by])} {verb})"


def _double_standard(clash: Clash) -> str:
    case = clash.case
    found = standard_of(clash)
    says = series([f"that {rule_text(case, rule)}" for rule in found.applied])
    breaks = {
        "refused": "a standard that it refuses",
        "granted": "a standard that it waives for",
        "": "a standard that it does not keep to in the case of",
    }[found.direction]
    there = _instances(case, found.there)
    if not there:
        return f"invokes a standard that it does not keep to: {says}"
    if not found.here:
        return f"invokes {breaks} {there}: {says}"
    return f"applies to {_instances(case, found.here)} {breaks} {there}: {says}"


def _instances(case: Case, instances: Iterable[Sequence[str]]) -> str:
    return series([series([name_of(case, arg) for arg in args]) for args in instances])


def _disavowal(clash: Clash) -> str:
    bound = clash.commitments
    used = next((c for c in bound if c.warrants and not c.statements), None)
    if used is None:
        return f"holds both {series(_that(clash))}"
    return f"gives as a reason that {_clauses(clash)[used]}, and elsewhere holds the opposite"


def _word_against_deed(clash: Clash) -> str:
    pairs = list(zip(_clauses(clash).values(), clash.said, strict=True))
    said = [f"that {clause}" for clause, words in pairs if words]
    shown = [clause for clause, words in pairs if not words]
    acts = f"acts as though {' and as though '.join(shown)}"
    return f"says {series(said)}, but {acts}" if said else acts


def _level_split(clash: Clash) -> str:
    parts = []
    for claim, words in zip(_that(clash), clash.said, strict=True):
        levels = dict.fromkeys(statement.level for statement in words)
        parts.append(f"at the {series(list(levels))} level {claim}")
    return f"holds {', and '.join(parts)}"


def _reversal(clash: Clash) -> str:
    first, second = earlier_first(clash.said) or (0, 1)
    claims = _that(clash)
    since = min((s.date for s in clash.said[second] if s.date), key=lambda date: date.first)
    return f"first held {claims[first]}, and since {since.in_words} {claims[second]}"


def _dissent(clash: Clash) -> str:
    """Name the voices; the party's own words, which nobody is named for, come first."""
    party = clash.commitments[0].actor
    if succession := _succession(clash, party):
        return succession
    official: list[str] = []
    voices: list[str] = []
    each = [dict.fromkeys(statement.actor for statement in words) for words in clash.said]
    subjects = [None if party in speakers else tuple(speakers) for speakers in each]
    for claim, speakers in zip(_that(clash, subjects), each, strict=True):
        if party in speakers:
            official.append(claim)
            continue
        verb = "says" if len(speakers) == 1 else "say"
        named = series([name_of(clash.case, speaker) for speaker in speakers])
        voices.append(f"{named} {verb} {claim}")
    if official:
        return f"officially holds {series(official)}; {'; '.join(voices)}"
    return f"speaks with several voices: {'; '.join(voices)}"


def _succession(clash: Clash, party: str) -> str:
    """Tell of two voices that spoke one after the other: through one first, then another."""
    order = earlier_first(clash.said) if len(clash.commitments) == 2 else None
    if order is None:
        return ""
    words = []
    for place in order:
        speakers = dict.fromkeys(s.actor for s in clash.said[place])
        through = series([name_of(clash.case, each) for each in speakers if each != party])
        words.append(f"{f', through {through},' if through else ''} {_that(clash)[place]}")
    since = min((s.date for s in clash.said[order[1]] if s.date), key=lambda date: date.first)
    return f"first held{words[0]}, and since {since.in_words} holds{words[1]}"
