"""What is said only if something else is so: what that is, and of whom it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.speaking import party_of
from melian.case.wording import concept_name, concept_text, name_of
from melian.discourse.openings.result import Taker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.formula import Signed
    from melian.case.grounding import GroundRule
    from melian.case.model import Case, Statement


def words(case: Case, claim: Signed) -> str:
    """Give a claim as a clause; a denial for which the case has no words, after "not:"."""
    concept = case.concepts.get(claim.atom.name)
    if not claim.positive and concept is not None and concept.denied:
        return concept_text(case, claim)
    name = concept_name(case, claim.atom)
    return name if claim.positive else f"not: {name}"


def asked_of(case: Case, statement: Statement, party: str) -> tuple[Taker, ...]:
    """Give of whom the conditions of a statement ask something, as far as the case tells.

    It is who owns an option of the condition's name, who has a lever that establishes it, and whom
    it names; not the party itself, which asks.

    Args:
        case: the case.
        statement: has conditions.
        party: the name of whom it binds.
    """
    own = {party, name_of(case, statement.actor)}
    found = (taker for claim in statement.conditions for taker in _asked(case, claim, statement))
    return tuple(dict.fromkeys(taker for taker in found if taker.actor not in own))


def _asked(case: Case, claim: Signed, statement: Statement) -> Iterator[Taker]:
    option = case.conflict.options.get(str(claim.atom)) if case.conflict else None
    if option is not None:
        for owner in option.owners:
            yield Taker(name_of(case, owner), "option", what=option.label or option.text)
    for lever in case.levers.values():
        if claim in lever.establishes:
            yield Taker(name_of(case, lever.by), "lever", what=lever.label or lever.does)
    for argument in claim.atom.args:
        if argument in case.actors:
            for party in party_of(case, argument, statement.date):
                yield Taker(name_of(case, party), "named")


def contrary(rules: Iterable[GroundRule], claims: Iterable[Signed]) -> set[Signed]:
    """Give what is contrary to claims: their denials, and what a rule excludes with one of them.

    Only rules that exclude two claims, whatever else is so, are looked at.
    """
    given = set(claims)
    found = {-claim for claim in given}
    for rule in rules:
        if len(rule.excludes) == 2 and not (rule.conditions or rule.unless):
            one, other = rule.excludes
            found |= {pair[1] for pair in ((one, other), (other, one)) if pair[0] in given}
    return found - given
