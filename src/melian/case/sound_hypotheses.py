"""The sound part of what a case explains and defines; see :mod:`melian.case.sound`."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case.checks.evidence import commitments, plain, records
from melian.case.checks.terms import meet
from melian.case.rivals import coded_for, rivals, sums_to_one

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from melian.case.formula import Atom
    from melian.case.model import Case, Definition, Evidence, Hypothesis


def sound_hypotheses(case: Case) -> Mapping[str, Hypothesis]:
    """Give the explanations of actors the case has, without priors that do not sum to one."""
    named = {
        each.id: each
        for each in case.hypotheses.values()
        if not each.about or each.about in case.actors
    }
    for group in rivals(replace(case, hypotheses=named)).values():
        if not sums_to_one(group):
            named.update({each.id: replace(each, prior=None) for each in group})
    return MappingProxyType(named)


def sound_evidence(case: Case) -> tuple[Evidence, ...]:
    """Give the evidence that exists, coded once for all rivals that it is coded for.

    Args:
        case: its records, hypotheses and concepts are sound.
    """
    known, bound = records(case), commitments(case)
    groups = rivals(case)
    kept: dict[str, Evidence] = {}
    for evidence in case.evidence:
        claims = {plain(case, claim) for claim in evidence.claims}
        there = (
            evidence.item in known if evidence.item else claims <= bound.get(evidence.actor, set())
        )
        whole = [g for g in groups.values() if coded_for(evidence, g) == len(g)]
        ids = {each.id for group in whole for each in group}
        ids -= set(kept[evidence.name].likely) if evidence.name in kept else set()
        if not (ids and (evidence.missing or there)):
            continue
        likely = {name: each for name, each in evidence.likely.items() if name in ids}
        before = kept.get(evidence.name)
        kept[evidence.name] = replace(
            before or evidence,
            likely=MappingProxyType({**(before.likely if before else {}), **likely}),
        )
    return tuple(
        replace(each, beside=tuple(n for n in each.beside if n in kept and n != each.name))
        for each in kept.values()
    )


def sound_terms(case: Case, known: Callable[[Atom], bool]) -> Mapping[str, tuple[Definition, ...]]:
    """Give the definitions by actors the case has, over concepts it has.

    Args:
        case: its actors are sound.
        known: tells whether the case has a concept or principle.
    """
    return MappingProxyType(
        {term: kept for term, given in case.terms.items() if (kept := _kept(case, given, known))}
    )


def _kept(
    case: Case, given: tuple[Definition, ...], known: Callable[[Atom], bool]
) -> tuple[Definition, ...]:
    kept: list[Definition] = []
    for one in given:
        whole = bool(one.means) and all(known(claim.atom) for claim in one.means)
        alone = not any(o.actor == one.actor and meet(o.period, one.period) for o in kept)
        if one.actor in case.actors and whole and alone:
            kept.append(one)
    return tuple(kept)
