"""Explanations: every step follows, all of the finding is used, and it ends in the clash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, settings
from random_cases import EVERYWHERE, Part, cases, consistent, held, parts

from melian.audit import audit
from melian.audit.base import name_of
from melian.audit.derivation import derivation
from melian.audit.explain import argument, records_of, steps
from melian.audit.result import Commitment
from melian.case.loading import load_text

if TYPE_CHECKING:
    from melian.audit.derivation import Step
    from melian.audit.explain import Argument
    from melian.audit.result import Finding
    from melian.case.model import Case

thorough = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def used(step: Step, every: dict[str, Part]) -> list[Part]:
    claims = [Part("claim", "", True, held(premise.claim)) for premise in step.premises]
    return claims + [every[name_of(rule)] for rule in step.by]


@thorough
@given(cases())
def test_findings_are_explained(case: Case) -> None:
    every = {p.name: p for p in parts(case) if p.sort == "rule" or " if " in p.name}
    findings = audit(case).findings
    assume(findings)
    for finding in findings:
        found = derivation(finding)
        check_that_each_step_follows(finding, found, every)
        check_that_all_is_used(finding, found)
        check_that_sentences_are_sentences(steps(case, finding))
        check_that_the_argument_flows_into_one_clash(finding, argument(case, finding))


def check_that_each_step_follows(
    finding: Finding, found: tuple[Step, ...], every: dict[str, Part]
) -> None:
    known = {c.claim for c in finding.commitments if not c.conditions}
    known |= {fact.claim for fact in finding.facts}
    assert [step.conclusion is None for step in found] == [False] * (len(found) - 1) + [True]
    for step in found:
        assert {premise.claim for premise in step.premises} <= known
        if step.conclusion is None:
            assert not consistent(used(step, every))
        else:
            denial = Part("claim", "", True, EVERYWHERE ^ held(step.conclusion))
            assert not consistent([*used(step, every), denial])
            known.add(step.conclusion)


def check_that_all_is_used(finding: Finding, found: tuple[Step, ...]) -> None:
    rested = {p.given for step in found for p in step.premises} - {None}
    rested |= {rule for step in found for rule in step.by}
    assert rested == {*finding.commitments, *finding.facts, *finding.rules}


def check_that_sentences_are_sentences(sentences: tuple[str, ...]) -> None:
    assert all(text[0].isupper() and text[-1] in ".?!" for text in sentences)
    assert [text.startswith("Yet ") for text in sentences].count(True) == 1


def check_that_the_argument_flows_into_one_clash(finding: Finding, drawn: Argument) -> None:
    place = {node.id: number for number, node in enumerate(drawn.nodes)}
    assert len(place) == len(drawn.nodes)
    assert [n.role == "clash" for n in drawn.nodes] == [False] * (len(place) - 1) + [True]
    sources = {source for source, _ in drawn.edges}
    assert sources == set(place) - {drawn.nodes[-1].id}
    assert all(place[source] < place[target] for source, target in drawn.edges)
    assert {r for n in drawn.nodes for r in n.records} == records(finding)


def records(finding: Finding) -> set[str]:
    facts = {str(fact.claim) for fact in finding.facts}
    return facts | set(finding.statements) | set(finding.deeds)


def test_rules_are_used_in_their_direction_where_they_can_be() -> None:
    """A chain ends at the exclusion, although the exclusion stands first among the rules."""
    case = load_text(
        """
        title: t
        question: q
        period: 2008
        actors: {it: It}
        concepts: {a: a is so, b: b is so, c: c is so}
        rules:
          - {excludes: [b, c], why: They differ.}
          - {if: a, then: b, why: It is known.}
        """,
        statements_csv="actor,sign,concept\nit,+,a\nit,+,c\n",
    ).case
    (finding,) = audit(case).findings
    assert steps(case, finding) == (
        "It said that a is so.",
        "It follows that b is so. It is known.",
        "It said that c is so.",
        "Yet the two exclude each other. They differ.",
    )
    assert all(isinstance(c, Commitment) for c in finding.commitments)


def disputed(by: str) -> tuple[str, ...]:
    case = load_text(
        f"""
        title: t
        question: q
        period: 2008
        actors: {{it: It, bela: Bela, cara: Cara}}
        concepts: {{a: a is so}}
        facts: {{a: {{value: false, contested_by: [{by}]}}}}
        """,
        statements_csv="actor,sign,concept\nit,+,a\n",
    ).case
    (finding,) = audit(case).findings
    sentences = steps(case, finding)
    assert sentences == steps(case, finding, records_of(case))
    return sentences


def test_who_disputes_a_fact_is_named() -> None:
    fact = "It is taken as a fact that it is not the case that a is so"
    assert disputed("bela")[0] == f"{fact}, which Bela disputes."
    assert disputed("bela, cara")[0] == f"{fact}, which Bela and Cara dispute."
