"""Arguments and disputes in words: who says what, what follows by which rule, what it attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.argumentation import Label
from melian.audit.arguing.grounds import Ground
from melian.audit.arguing.survival import survival
from melian.case.framework import Framework
from melian.case.grounding import GroundRule
from melian.case.model import Fact, Principle
from melian.case.spans import EVER
from melian.case.speaking import party_of
from melian.case.wording import (
    concept_text,
    known_names,
    name_of,
    of_itself,
    rule_text,
    sentence,
    series,
    why_text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from melian.argumentation.chaining import Inference
    from melian.argumentation.disputes import Move
    from melian.audit.arguing.claims import Claim, Survival
    from melian.case.formula import Signed
    from melian.case.model import Case, Deed, Statement
    from melian.case.spans import Span


def argument_text(case: Case, found: Survival, argument: int) -> str:
    """Give an argument as clauses with semicolons between them, from premises to conclusion."""
    clauses = list(dict.fromkeys(_clauses(case, found, found.steps(argument))))
    return "; ".join(clauses)


def claim_words(case: Case, claim: Claim) -> str:
    """Give a claim as a clause to put after "that"; its party is "it"."""
    clause = _of(case, claim.party, claim.claim)
    if not claim.conditions:
        return clause
    conditions = series([concept_text(case, each) for each in claim.conditions])
    return f"{clause} if {conditions}"


def move_text(case: Case, found: Survival, move: Move) -> str:
    """Give a move of a dispute as a sentence; what was said before is referred to."""
    if move.before:
        return f"Move {move.before} answers this."
    return sentence(argument_text(case, found, move.argument))


def records_of_argument(found: Survival, argument: int) -> tuple[str, ...]:
    """Give the ids of the records that an argument rests on; a fact is ``fact:NAME``."""
    records: dict[str, None] = {}
    for step in found.steps(argument):
        if isinstance(step.by, Ground):
            records.update(dict.fromkeys(step.by.records))
        elif isinstance(step.by, Fact):
            records[f"fact:{step.by.atom}"] = None
    return tuple(records)


def parties_of_argument(found: Survival, argument: int) -> tuple[str, ...]:
    """Give the parties whose claims an argument rests on."""
    grounds = (step.by for step in found.steps(argument) if isinstance(step.by, Ground))
    return tuple(dict.fromkeys(party for each in grounds for party in each.parties))


def outcome_text(claim: Claim) -> str:
    """Say how a claim fares, as the end of a sentence about it."""
    if claim.grounded is Label.IN:
        return "holds whatever else does"
    if claim.grounded is Label.OUT:
        return "is defeated"
    return {
        "every": "is open to attack, but holds in every position that can be maintained",
        "some": "is contested: it holds in some of the positions that can be maintained",
        "none": "holds in no position that can be maintained, although nothing defeats it",
        "unknown": "is open to attack; in which positions it holds was not settled",
    }[claim.preferred]


def framework_of(
    case: Case, party: str | None = None, moment: Span = EVER
) -> tuple[Framework, dict[str, str]]:
    """Give the arguments of a case as a framework, and what each of them says, by its name.

    The names are ``a1``, ``a2`` and so on; the arguments are those of
    :func:`melian.audit.arguing.survival.survival`.
    """
    found = survival(case, party, moment)
    names = tuple(f"a{number}" for number in found.argued.framework.arguments)
    texts = {name: argument_text(case, found, number) for number, name in enumerate(names)}
    return Framework(names, found.argued.framework.attacks), texts


def _clauses(case: Case, found: Survival, steps: tuple[Inference, ...]) -> Iterator[str]:
    deeds = {deed.id for deed in case.deeds}
    for step in steps:
        match step.by:
            case Ground() if step.conclusion in found.basis.stands:
                yield _said(case, deeds, step.by)
            case Fact():
                held = "it is held, though contested," if step.by.contested_by else "it is a fact"
                yield f"{held} that {concept_text(case, step.by.claim)}"
            case GroundRule():
                claim = found.basis.claim(step.conclusion)
                if claim is not None:
                    yield f"so {concept_text(case, claim)}{_by(case, step.by)}"


def _said(case: Case, deeds: Collection[str], ground: Ground) -> str:
    who = _names(case, ground.parties)
    one = len(ground.parties) == 1
    only = ground.parties[0] if one else ""
    clause = _of(case, only, ground.claim)
    if ground.conditions:
        conditions = series([concept_text(case, each) for each in ground.conditions])
        clause += f" if {conditions}"
    if ground.claim.positive and ground.claim.atom.name in case.principles:
        return f"{who} invoke{'s' if one else ''} the principle that {clause}"
    if ground.reasons:
        return f"so, {who} argue{'s' if one else ''}, {clause}"
    if all(record in deeds for record in ground.records):
        return f"{who} act{'s' if one else ''} as though {clause}"
    if all(record.startswith("fact:") for record in ground.records):
        return f"{who} dispute{'s' if one else ''} it and hold{'s' if one else ''} that {clause}"
    if 0 < len(doers := _doers(case, deeds, ground)) < len(ground.parties):
        sayers = [party for party in ground.parties if party not in doers]
        does = f"{_names(case, doers)} act{'s' if len(doers) == 1 else ''} as though it were so"
        says = f"{_names(case, sayers)} hold{'s' if len(sayers) == 1 else ''} that {clause}"
        return f"{says}, and {does}"
    return f"{who} hold{'s' if one else ''} that {clause}"


def _names(case: Case, parties: Sequence[str]) -> str:
    return series([name_of(case, party) for party in parties])


def _doers(case: Case, deeds: Collection[str], ground: Ground) -> list[str]:
    """Give the parties of a ground that only show it by what they do."""
    records: dict[str, Statement | Deed] = {each.id: each for each in case.statements}
    records |= {each.id: each for each in case.deeds}
    by_deeds: dict[str, bool] = {}
    for name in ground.records:
        if name in records:
            record = records[name]
            for party in party_of(case, record.actor, record.date):
                by_deeds[party] = by_deeds.get(party, True) and name in deeds
    return [party for party in ground.parties if by_deeds.get(party, False)]


def _of(case: Case, party: str, claim: Signed) -> str:
    clause = concept_text(case, claim)
    return of_itself(clause, name_of(case, party), known_names(case)) if party else clause


def _by(case: Case, rule: GroundRule) -> str:
    """Give what licenses a step, in the words of the case where it has some."""
    if isinstance(rule.origin, Principle):
        return ", by that principle"
    why = why_text(case, rule)
    return f" ({why})" if why else f", since {rule_text(case, rule)}"
