"""What survives as plain data: what ``melian claims --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from melian.audit.arguing.pleading import (
    argument_text,
    claim_words,
    move_text,
    parties_of_argument,
    records_of_argument,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from melian.argumentation import Extensions
    from melian.audit.arguing.claims import Claim, Survival
    from melian.case.framework import Framework
    from melian.case.model import Case


def survival_form(
    case: Case, found: Survival, claims: Iterable[Claim], disputed: Collection[Claim] = ()
) -> dict[str, Any]:
    """Give claims and what attacks them, as JSON-ready data; of some, the dispute too."""
    return {
        "scope": "dispute" if found.party is None else "alone",
        "claims": [_claim(case, found, claim, told=claim in disputed) for claim in claims],
        "complete": found.complete,
        "method": found.method,
    }


def framework_form(framework: Framework, found: Iterable[Extensions]) -> dict[str, Any]:
    """Give the extensions of a framework by name, as JSON-ready data."""
    every = {each.semantics.value: each for each in found}
    lists = {name: [framework.names(one) for one in each.sets] for name, each in every.items()}
    return {
        "grounded": lists["grounded"][0],
        "preferred": lists["preferred"],
        "stable": lists["stable"],
        "complete": all(each.complete for each in every.values()),
    }


def _claim(case: Case, found: Survival, claim: Claim, *, told: bool) -> dict[str, Any]:
    form: dict[str, Any] = {
        "party": claim.party,
        "claim": claim.id,
        "text": claim_words(case, claim),
        "grounded": claim.grounded.value,
        "preferred": claim.preferred,
        "stable": claim.stable,
        "records": list(claim.records),
        "attackers": [_attacker(case, found, claim, each) for each in claim.attackers],
    }
    if told:
        form["dispute"] = _moves(case, found, claim)
    return form


def _argument(case: Case, found: Survival, argument: int) -> dict[str, Any]:
    return {
        "argument": argument + 1,
        "text": argument_text(case, found, argument),
        "parties": list(parties_of_argument(found, argument)),
        "records": list(records_of_argument(found, argument)),
        "grounded": found.fares(argument).value,
    }


def _attacker(case: Case, found: Survival, claim: Claim, attacker: int) -> dict[str, Any]:
    ways = {found.how(attacker, each) for each in claim.arguments}
    return {**_argument(case, found, attacker), "how": sorted(way for way in ways if way)}


def _moves(case: Case, found: Survival, claim: Claim) -> list[dict[str, Any]]:
    moves = found.dispute(claim)
    return [
        {
            **_argument(case, found, move.argument),
            "number": move.number,
            "side": move.side,
            "answers": move.answers,
            "before": move.before,
            "how": found.how(move.argument, moves[move.answers - 1].argument)
            if move.answers
            else "",
            "text": move_text(case, found, move),
        }
        for move in moves
    ]
