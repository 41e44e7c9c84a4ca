"""What would dissolve a finding: the best defence of whoever holds its commitments.

To **establish** a claim is to add it as a fact, in place of a fact that says the contrary, and to
let it count as an exception wherever a rule names it as one. Three kinds of claims, once
established, let the very set of a finding hold together, and no other single claim does:

1. *contested*: the denial of a fact of the set that somebody contests;
2. *exception*: an ``unless`` of one of its rules, for its instance, that does not count yet;
3. *condition*: the denial of any other fact of the set, without which its rules do not apply.

Denying a fact of a minimal set always dissolves it: the others can hold together, and they imply
that denial. An exception may fail to, where the rest of the set speaks against it.

4. *difference*, for a double standard: something said of the instance that the principle was
   invoked for and not of the one it is not kept to for, or the other way round. No exception turns
   on it yet, so that it dissolves nothing by itself: it is where a distinction could be drawn.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from melian.audit.clash import clash_of
from melian.audit.commitments import commitments
from melian.audit.holding import can_hold
from melian.audit.result import Kind
from melian.audit.standards import standard_of
from melian.case.formula import Atom, Signed, atoms
from melian.case.model import Principle
from melian.case.speaking import party_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from melian.audit.clash import Clash
    from melian.audit.encoding import Element
    from melian.audit.result import Audit, Commitment, Finding
    from melian.audit.standards import Instance, Standard
    from melian.case.grounding import GroundRule
    from melian.case.model import Case, Deed, Statement

How = Literal["exception", "condition", "contested", "difference"]
State = Literal["open", "denied", "contested"]


@dataclass(frozen=True, slots=True)
class Distinction:
    """A claim that would dissolve a finding, or that could be argued to.

    Attributes:
        claim: what would have to be established; for a difference, what is said of one side.
        how: in which way it bears on the finding.
        standing: ``open``, when the case says nothing against it; ``denied``, when a fact or
            somebody says the contrary and nobody claims it; ``contested``, when some do.
        by: for what is contested, who contests the fact or makes the claim; for what is denied,
            the parties that deny it; for an open difference, the party if these are its words.
        rule: id of the rule of the finding it bears on; "" when there is none.
    """

    claim: Signed
    how: How
    standing: State
    by: tuple[str, ...] = ()
    rule: str = ""


def distinctions(case: Case, finding: Finding) -> tuple[Distinction, ...]:
    """Give what would dissolve a finding: contested facts, exceptions, conditions, differences.

    For many findings of one case, make one :class:`Defence` and ask that.
    """
    return Defence(case).distinctions(finding)


class Defence:
    """A case indexed by who claims what, to look for distinctions in."""

    def __init__(self, case: Case, audit: Audit | None = None) -> None:
        """Index the records of a case.

        Args:
            case: the case.
            audit: that the findings come from, which spares working out who is bound to what.
        """
        self._case = case
        self._audit = audit
        self._statements = {statement.id: statement for statement in case.statements}
        self._said: dict[str, _Said] = {}

    def distinctions(self, finding: Finding) -> tuple[Distinction, ...]:
        """Give what would dissolve a finding, each claim once."""
        found: dict[Signed, Distinction] = {}
        for each in (
            *self._facts(finding, contested=True),
            *self._exceptions(finding),
            *self._facts(finding, contested=False),
            *self._differences(finding),
        ):
            found.setdefault(each.claim, each)
        return tuple(found.values())

    def standard(self, finding: Finding) -> Standard:
        """Give what a double standard turns on."""
        return standard_of(self._clash(finding))

    def commitment(self, party: str, claim: Signed) -> Commitment | None:
        """Give the commitment of a party to a claim under no conditions, if it has one."""
        plain = (c for c in self._own(party) if not c.conditions)
        return next((c for c in plain if c.claim == claim), None)

    def _own(self, party: str) -> tuple[Commitment, ...]:
        if self._audit is not None and party in self._audit.actors:
            return self._audit.actors[party].commitments
        return self._bound.get(party, ())

    @cached_property
    def _bound(self) -> Mapping[str, tuple[Commitment, ...]]:
        return commitments(self._case)

    @cached_property
    def _records(self) -> Mapping[Signed, list[Statement | Deed]]:
        """The records of each claim that is made under no conditions."""
        found: defaultdict[Signed, list[Statement | Deed]] = defaultdict(list)
        for statement in self._case.statements:
            said = () if statement.conditions else (statement.claim,)
            for claim in (*said, *statement.because):
                found[claim].append(statement)
        for deed in self._case.deeds:
            for claim in deed.shows:
                found[claim].append(deed)
        return found

    def _holders(self, claim: Signed) -> tuple[str, ...]:
        """Give the parties that are bound to a claim, in the order of their records."""
        records = self._records.get(claim, ())
        parties = (p for each in records for p in party_of(self._case, each.actor, each.date))
        return tuple(dict.fromkeys(parties))

    def _facts(self, finding: Finding, *, contested: bool) -> Iterator[Distinction]:
        how: How = "contested" if contested else "condition"
        for fact in finding.facts:
            if bool(fact.contested_by) is contested:
                rule = next((r.id for r in finding.rules if fact.atom in _atoms(r)), "")
                yield self._told(-fact.claim, how, rule)

    def _exceptions(self, finding: Finding) -> Iterator[Distinction]:
        for rule in finding.rules:
            for claim in _exceptions(rule):
                if claim not in rule.unless and can_hold(_established(finding, claim), [claim]):
                    yield self._told(claim, "exception", rule.id)

    def _told(self, claim: Signed, how: How, rule: str) -> Distinction:
        """Give a distinction with its standing in the case."""
        fact = self._case.facts.get(claim.atom)
        if fact is not None and fact.contested_by:
            return Distinction(claim, how, "contested", fact.contested_by, rule)
        holders, deniers = self._holders(claim), self._holders(-claim)
        if holders:
            return Distinction(claim, how, "contested", holders, rule)
        standing: State = "denied" if fact is not None or deniers else "open"
        return Distinction(claim, how, standing, deniers, rule)

    def _differences(self, finding: Finding) -> Iterator[Distinction]:
        if finding.kind is not Kind.DOUBLE_STANDARD:
            return
        clash = self._clash(finding)
        standard = standard_of(clash)
        if not standard.here or not standard.there:
            return
        if finding.actor not in self._said:
            self._said[finding.actor] = _Said(self._case, self._own(finding.actor))
        said = self._said[finding.actor]
        turned_on = _names(clash) | self._case.principles.keys()
        reasons = (claim for words in clash.said for each in words for claim in each.because)
        about = said.about({*standard.here[0], *standard.there[0]})
        for claim in dict.fromkeys((*(each for each in reasons if each in said.place), *about)):
            if claim.atom.name not in turned_on and _differs(claim, standard, said.place):
                yield self._difference(finding, claim, standard)

    def _difference(self, finding: Finding, claim: Signed, standard: Standard) -> Distinction:
        rule = standard.applied[0].id
        fact = self._case.facts.get(claim.atom)
        if fact is None or fact.claim != claim:
            against = self._holders(-claim)
            if fact is None and not against:
                return Distinction(claim, "difference", "open", (finding.actor,), rule)
            return Distinction(claim, "difference", "contested", against, rule)
        standing: State = "contested" if fact.contested_by else "open"
        return Distinction(claim, "difference", standing, fact.contested_by, rule)

    def _clash(self, finding: Finding) -> Clash:
        elements: Iterable[Element] = (*finding.commitments, *finding.facts, *finding.rules)
        return clash_of(self._case, self._statements, elements)


class _Said:
    """The facts of a case and what one party says, each with its place, and by what it is about."""

    def __init__(self, case: Case, own: Iterable[Commitment]) -> None:
        facts = (fact.claim for fact in case.facts.values())
        claims = dict.fromkeys((*facts, *(c.claim for c in own if not c.conditions)))
        self.place = {claim: place for place, claim in enumerate(claims)}
        self._about: dict[str, list[Signed]] = {}
        for claim in claims:
            for arg in claim.atom.args:
                self._about.setdefault(arg, []).append(claim)

    def about(self, instances: Iterable[str]) -> list[Signed]:
        """Give the claims about any of the instances, in their order."""
        found = {claim for each in instances for claim in self._about.get(each, ())}
        return sorted(found, key=self.place.__getitem__)


def _exceptions(rule: GroundRule) -> Iterator[Signed]:
    """Give all exceptions that a rule has for its instance, whether they count or not."""
    origin = rule.origin
    variables = origin.params if isinstance(origin, Principle) else origin.variables
    binding = dict(zip(variables, rule.args, strict=True))
    yield from (_bound(claim, binding) for claim in origin.unless)


def _bound(claim: Signed, binding: dict[str, str]) -> Signed:
    args = tuple(binding.get(arg, arg) for arg in claim.atom.args)
    return Signed(Atom(claim.atom.name, args), claim.positive)


def _established(finding: Finding, claim: Signed) -> Iterator[Element]:
    """Give the set of a finding, as it is once a claim counts as an exception."""
    yield from finding.commitments
    yield from finding.facts
    for rule in finding.rules:
        excepted = claim in _exceptions(rule)
        yield replace(rule, unless=(*rule.unless, claim)) if excepted else rule


def _atoms(rule: GroundRule) -> frozenset[Atom]:
    claims = (*rule.conditions, *rule.excludes)
    then = () if rule.then is None else atoms(rule.then)
    return frozenset((*(claim.atom for claim in claims), *then))


def _names(clash: Clash) -> frozenset[str]:
    """Give the concepts that a conflict or its rules' exceptions turn on already."""
    found = {commitment.claim.atom.name for commitment in clash.commitments}
    found |= {fact.atom.name for fact in clash.facts}
    for rule in clash.rules:
        found |= {atom.name for atom in _atoms(rule)}
        found |= {claim.atom.name for claim in rule.origin.unless}
    return frozenset(found)


def _differs(claim: Signed, standard: Standard, said: Collection[Signed]) -> bool:
    """Tell whether a claim sets all instances on one side apart from all on the other."""
    sides = (standard.here, standard.there)
    return any(
        all(other in said for other in _moved(claim, ours[0], ours[1:]))
        and not any(other in said for other in _moved(claim, ours[0], theirs))
        for ours, theirs in (sides, sides[::-1])
        if set(ours[0]).intersection(claim.atom.args)
    )


def _moved(claim: Signed, here: Instance, there: Iterable[Instance]) -> Iterator[Signed]:
    """Give what is said of one instance, said of others."""
    for instance in there:
        yield _bound(claim, dict(zip(here, instance, strict=False)))
