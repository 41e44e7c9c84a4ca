"""Evidence is something the case has, and is coded once for all explanations it bears on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.uses import Nearest
from melian.case.place import where
from melian.case.rivals import coded_for, rivals
from melian.case.speaking import bare, party_of
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.formula import Signed
    from melian.case.model import Case, Evidence, Hypothesis

    Shown = tuple[str, str, frozenset[Signed]]


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for each unknown name, each gap, and each item that is coded twice."""
    names = [each.name for each in case.evidence]
    items, hypotheses, others = Nearest(records(case)), Nearest(case.hypotheses), Nearest(names)
    groups, seen = rivals(case), set[tuple[str, str]]()
    alike: dict[tuple[str, Shown], Evidence] = {}
    bound = commitments(case) if any(each.actor for each in case.evidence) else {}
    known = records(case)
    for evidence in case.evidence:
        at = evidence.at
        if evidence.item and evidence.item not in known:
            message = f'There is no statement, deed or fact "{evidence.item[:60]}".'
            hint = items.hint(evidence.item, "Name one by its id, or write missing: and words.")
            yield Problem(where(at, "item"), "unknown-item", message, hint)
        for name in evidence.beside:
            if name not in names or name == evidence.name:
                message = f'There is no other evidence "{name[:60]}".'
                hint = others.hint(name, "Name another item of evidence, by its id if it has one.")
                yield Problem(where(at, "with", name), "unknown-item", message, hint)
        for name in evidence.likely:
            if name not in case.hypotheses:
                message = f'There is no hypothesis "{name[:60]}".'
                hint = hypotheses.hint(name, f"Add {name[:40]} under hypotheses.")
                yield Problem(where(at, "likely", name), "unknown-hypothesis", message, hint)
        yield from _not_held(case, evidence, bound)
        yield from _coded(evidence, groups, seen)
        yield from _alike(case, evidence, groups, alike)


def shown(case: Case, evidence: Evidence) -> Shown:
    """Give what an item of evidence is, by which one under two names can be told."""
    claims = frozenset(plain(case, claim) for claim in evidence.claims)
    return evidence.item or f"missing: {evidence.missing}", evidence.actor, claims


def records(case: Case) -> dict[str, None]:
    """Give what an item may be: the ids of statements and deeds, and the heads of facts."""
    named = [*(s.id for s in case.statements), *(d.id for d in case.deeds)]
    return dict.fromkeys([*named, *map(str, case.facts)])


def commitments(case: Case) -> dict[str, set[Signed]]:
    """Give the claims that each party's statements, reasons and deeds commit it to."""
    found: dict[str, set[Signed]] = {}
    for statement in case.statements:
        for party in party_of(case, statement.actor, statement.date):
            found.setdefault(party, set()).update((statement.claim, *statement.because))
    for deed in case.deeds:
        for party in party_of(case, deed.actor, deed.date):
            found.setdefault(party, set()).update(deed.shows)
    return {party: {plain(case, claim) for claim in claims} for party, claims in found.items()}


def plain(case: Case, claim: Signed) -> Signed:
    """Give the claim as a commitment: a principle is held for every instance."""
    return type(claim)(bare(case, claim.atom), claim.positive)


def _not_held(case: Case, evidence: Evidence, bound: dict[str, set[Signed]]) -> Iterator[Problem]:
    if evidence.actor not in case.actors:
        return
    for claim in evidence.claims:
        known = claim.atom.name in case.concepts or claim.atom.name in case.principles
        if known and plain(case, claim) not in bound.get(evidence.actor, ()):
            message = f"{evidence.actor} is not committed to {claim}, so there is no such finding."
            hint = f"See: melian audit CASE --actor {evidence.actor} --json"
            at = where(evidence.at, "finding", claim.atom.name)
            yield Problem(at, "unknown-finding", message, hint)


def _coded(
    evidence: Evidence, groups: dict[str, tuple[Hypothesis, ...]], seen: set[tuple[str, str]]
) -> Iterator[Problem]:
    """Find gaps and repetitions, among the explanations of one actor at a time."""
    for about, group in groups.items():
        coded = coded_for(evidence, group)
        if not coded:
            continue
        if coded < len(group):
            left = [h.id for h in group if h.id not in evidence.likely]
            message = f"It is not said how likely this is if {left[0][:60]} holds; it is left out."
            hint = f"Add under likely: {', '.join(each[:40] for each in left)}."
            yield Problem(where(evidence.at, "likely"), "partly-coded", message, hint)
        if (about, evidence.name) in seen:
            message = f'"{evidence.name[:60]}" is coded as evidence for the second time.'
            hint = "Join the two; evidence counts once, and the first one stands."
            yield Problem(where(evidence.at), "evidence-twice", message, hint)
        seen.add((about, evidence.name))


def _alike(
    case: Case,
    evidence: Evidence,
    groups: dict[str, tuple[Hypothesis, ...]],
    alike: dict[tuple[str, Shown], Evidence],
) -> Iterator[Problem]:
    """Find what is coded again under another name, which is no further evidence."""
    for about, group in groups.items():
        if not coded_for(evidence, group) or evidence.missing:
            continue
        first = alike.setdefault((about, shown(case, evidence)), evidence)
        linked = evidence.name in first.beside or first.name in evidence.beside
        if first.name != evidence.name and not linked:
            message = f'"{evidence.name[:60]}" is the same as "{first.name[:60]}".'
            hint = f"The two count as one; write with: [{first.name[:60]}], or leave one out."
            at = where(evidence.at)
            yield Problem(at, "evidence-alike", message, hint, Severity.WARNING)
