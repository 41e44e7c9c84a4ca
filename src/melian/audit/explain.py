"""A finding explained: its derivation in sentences, and its argument as a picture's data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from melian.audit.derivation import derivation
from melian.audit.result import Commitment
from melian.audit.wording import claim_text
from melian.case.grounding import GroundRule
from melian.case.model import Fact, Principle
from melian.case.wording import concept_text, name_of, rule_text, sentence, series, why_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from melian.audit.derivation import Premise, Step
    from melian.audit.result import Finding
    from melian.case.dates import Date
    from melian.case.formula import Signed
    from melian.case.model import Case, Deed, Statement

    Records = Mapping[str, Deed | Statement]

Role = Literal["said", "shown", "fact", "rule", "derived", "clash"]


@dataclass(frozen=True, slots=True)
class Node:
    """A claim, fact or rule of an argument, or the clash it ends in.

    Attributes:
        id: its name within the argument.
        text: a clause with a capital, without a full stop.
        role: what it is in the argument.
        records: ids of the statements, deeds or facts it rests on.
    """

    id: str
    text: str
    role: Role
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """What leads to what, from the givens to the clash; the clash is the last node."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]


def records_of(case: Case) -> Records:
    """Give the statements and deeds of a case by id."""
    records: tuple[Deed | Statement, ...] = (*case.deeds, *case.statements)
    return {record.id: record for record in records}


def steps(case: Case, finding: Finding, records: Records | None = None) -> tuple[str, ...]:
    """Give the derivation of a finding in sentences: who said what, what follows, what clashes.

    Args:
        case: the case it was found in.
        finding: what to explain.
        records: :func:`records_of` the case, for who explains many findings of it.
    """
    known = records_of(case) if records is None else records
    told: set[Commitment | Fact] = set()
    sentences: list[str] = []
    for step in derivation(finding):
        fresh = [p.given for p in step.premises if p.given is not None and p.given not in told]
        fresh += [c for c in step.by if isinstance(c, Commitment) and c not in told]
        told.update(fresh)
        clauses = [_given_text(case, given, known) for given in fresh]
        clauses += _step_texts(case, step)
        if step.conclusion is None:
            clauses[-1] = f"yet {clauses[-1]}"
        sentences.extend(map(sentence, clauses))
    return tuple(sentences)


def argument(case: Case, finding: Finding) -> Argument:
    """Give a finding as nodes and directed edges that end in the clash."""
    drawn = _Drawing(case)
    for step in derivation(finding):
        drawn.add(step)
    return Argument(tuple(drawn.nodes.values()), tuple(drawn.edges))


def _step_texts(case: Case, step: Step) -> Iterator[str]:
    rules = [rule for rule in step.by if isinstance(rule, GroundRule)]
    if step.conclusion is not None:
        follows = f"it follows that {concept_text(case, step.conclusion)}"
        yield f"{follows}{''.join(_because(case, rule) for rule in rules)}"
    else:
        yield from (_clash_text(case, step, rule) for rule in rules)


def _because(case: Case, rule: GroundRule) -> str:
    if not isinstance(rule.origin, Principle):
        return _reason(case, rule) or f", since {rule_text(case, rule)}"
    where = series([name_of(case, argument) for argument in rule.args])
    return f", if the principle is applied to {where}" if where else ", by that principle"


def _clash_text(case: Case, step: Step, rule: GroundRule) -> str:
    if not rule.excludes:
        return f"{rule_text(case, rule)}{_reason(case, rule)}"
    which = "the two" if len(step.premises) == 2 else "these"
    return f"{which} exclude each other{_reason(case, rule)}"


def _reason(case: Case, rule: GroundRule) -> str:
    """Give why the rule holds as a further sentence, in the words of the case, if it says so."""
    why = why_text(case, rule)
    return f". {sentence(why)}" if why else ""


def _given_text(case: Case, given: Commitment | Fact, records: Records) -> str:
    if isinstance(given, Fact):
        return f"it is taken as a fact that {concept_text(case, given.claim)}{_but(case, given)}"
    principle = given.claim.positive and given.claim.atom.name in case.principles
    that = "the principle that" if principle else "that"
    for verb, ids, how in (
        ("affirmed" if principle else "said", given.statements, that),
        ("invoked" if principle else "gave as a reason", given.warrants, that),
        ("acted", given.deeds, "as though"),
    ):
        known = [records[each] for each in ids if each in records]
        if known:
            actors = tuple(dict.fromkeys(record.actor for record in known))
            who = series([name_of(case, actor) for actor in actors])
            what = f"{how} {claim_text(case, given, actors)}"
            if all(getattr(record, "basis", "") == "inferred" for record in known):
                return f"{who} can be read{_when([r.date for r in known])} as holding {what}"
            return f"{who} {verb}{_when([record.date for record in known])} {what}"
    return f"{name_of(case, given.actor)} holds {that} {claim_text(case, given)}"


def _but(case: Case, fact: Fact) -> str:
    """Give who disputes a fact, as the end of its sentence."""
    if not fact.contested_by:
        return ""
    verb = "disputes" if len(fact.contested_by) == 1 else "dispute"
    return f", which {series([name_of(case, actor) for actor in fact.contested_by])} {verb}"


def _when(dates: list[Date | None]) -> str:
    known = sorted((date for date in dates if date is not None), key=lambda date: date.first)
    if not known:
        return ""
    word = "on" if known[0].day is not None else "in"
    first = f"{word} {known[0].in_words}"
    if len(dates) == 1:
        return f" {first}"
    often = {2: "twice", 3: "three times"}.get(len(dates), f"{len(dates)} times")
    return f" {often}, first {first},"


class _Drawing:
    """Nodes by what they stand for, and edges, in order of the derivation."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.nodes: dict[object, Node] = {}
        self.edges: dict[tuple[str, str], None] = {}

    def add(self, step: Step) -> None:
        """Draw a step: its premises and rules, and arrows from them to what follows."""
        sources = [self._premise(premise) for premise in step.premises]
        sources += [self._rule(rule) for rule in step.by]
        target = self._target(step.conclusion)
        self.edges.update(((source, target), None) for source in sources)

    def _premise(self, premise: Premise) -> str:
        if premise.given is None:
            return self._node(premise.claim, concept_text(self.case, premise.claim), "derived")
        if isinstance(premise.given, Fact):
            text = concept_text(self.case, premise.claim)
            return self._node(premise.given, text, "fact", (str(premise.claim),))
        return self._commitment(premise.given)

    def _rule(self, rule: GroundRule | Commitment) -> str:
        if isinstance(rule, Commitment):
            return self._commitment(rule)
        return self._node(rule.id, rule_text(self.case, rule), "rule")

    def _commitment(self, commitment: Commitment) -> str:
        records = (*commitment.statements, *commitment.warrants, *commitment.deeds)
        said = commitment.statements or commitment.warrants or not commitment.deeds
        text = claim_text(self.case, commitment, by=())
        return self._node(commitment, text, "said" if said else "shown", records)

    def _target(self, conclusion: Signed | None) -> str:
        if conclusion is None:
            return self._node(None, "these cannot hold together", "clash")
        return self._node(conclusion, concept_text(self.case, conclusion), "derived")

    def _node(self, key: object, text: str, role: Role, records: tuple[str, ...] = ()) -> str:
        if key not in self.nodes:
            text = f"{text[:1].upper()}{text[1:]}"
            unique = tuple(dict.fromkeys(records))
            self.nodes[key] = Node(f"n{len(self.nodes) + 1}", text, role, unique)
        return self.nodes[key].id
