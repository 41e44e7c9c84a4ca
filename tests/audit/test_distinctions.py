"""What would dissolve a finding, against trying every claim on random cases, and by example."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from random_cases import GROUND, Part, cases, consistent, held, parts

from melian.audit import audit
from melian.audit.base import name_of
from melian.audit.distinctions import Defence, distinctions
from melian.audit.form import audit_form
from melian.audit.result import Kind
from melian.case.formula import Atom, Signed
from melian.case.loading import load_text
from melian.case.model import Statement

if TYPE_CHECKING:
    from melian.audit.distinctions import Distinction
    from melian.audit.result import Finding
    from melian.case.model import Case

thorough = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
EVERY_CLAIM = [Signed(a, sign) for a in [*GROUND, Atom("w")] for sign in (True, False)]


def once_established(case: Case, finding: Finding, claim: Signed) -> list[Part]:
    """Give the set of a finding when a claim is a fact and counts as an exception."""
    every = {(p.sort, p.name): p for p in parts(case, also=(claim,))}
    kept = [every["commitment", c.id] for c in finding.commitments]
    kept += [every["fact", name_of(f)] for f in finding.facts if f.claim != -claim]
    kept += [every["rule", r.id] for r in finding.rules]
    return [*kept, Part("fact", str(claim), False, held(claim))]


@thorough
@given(cases())
def test_exactly_what_dissolves_a_finding_is_listed(case: Case) -> None:
    """Every claim there is is tried on every finding, by truth tables."""
    findings = audit(case).findings
    assume(findings)
    defence = Defence(case)
    for finding in findings:
        listed = [d for d in defence.distinctions(finding) if d.how != "difference"]
        dissolving = {
            claim for claim in EVERY_CLAIM if consistent(once_established(case, finding, claim))
        }
        assert {each.claim for each in listed} == dissolving
        assert len(listed) == len(dissolving)
        check_how(case, finding, listed)


def check_how(case: Case, finding: Finding, listed: list[Distinction]) -> None:
    facts = {fact.claim: fact for fact in finding.facts}
    order = ["contested", "exception", "condition"]
    assert [d.how for d in listed] == sorted((d.how for d in listed), key=order.index)
    for each in listed:
        if -each.claim in facts:
            contested = facts[-each.claim].contested_by
            assert each.how == ("contested" if contested else "condition")
            assert not contested or (each.standing, each.by) == ("contested", contested)
        else:
            assert each.how == "exception"
            assert each.rule in {rule.id for rule in finding.rules}
            assert each.claim not in {f.claim for f in case.facts.values() if not f.contested_by}


@thorough
@given(cases())
def test_a_difference_is_said_of_one_side_only(case: Case) -> None:
    """What is said of k and not of m, or the other way round, where w is used for k."""
    use = Statement("use", "it", Signed(Atom("q", ("k",))), because=(Signed(Atom("w")),))
    case = replace(case, statements=(*case.statements, use))
    said = {f.claim for f in case.facts.values()}
    said |= {s.claim for s in case.statements if not s.conditions}
    said |= {c for s in case.statements for c in s.because} | {
        c for d in case.deeds for c in d.shows
    }
    for finding in audit(case).findings:
        for each in distinctions(case, finding):
            if each.how == "difference":
                (instance,) = each.claim.atom.args
                other = Atom(each.claim.atom.name, ("m" if instance == "k" else "k",))
                assert finding.kind is Kind.DOUBLE_STANDARD
                assert each.claim in said
                assert Signed(other, each.claim.positive) not in said


CASE = """
title: Two quays
question: Who may moor?
period: 2020/2021
actors: {aria: Aria, bela: Bela, cara: Cara}
instances: {north: North Quay, south: South Quay}
concepts:
  pays(x): {text: x pays its dues, denied: x does not pay its dues}
  may-moor(x): ships may moor at x
  sick(x): there is fever at x
  guarded(x): x is guarded
  deep(x): x is deep
principles:
  dues-decide(x):
    text: whoever pays may moor
    if: pays(x)
    unless: [sick(x), not guarded(x)]
    then: may-moor(x)
facts:
  pays(north): true
  pays(south): {value: true, contested_by: [bela]}
  deep(north): true
"""
HEADER = "id,actor,date,sign,concept,because\n"
USED = "s1,aria,2020,+,may-moor(north),dues-decide\n"
REFUSED = "s2,aria,2020,-,may-moor(south),\n"


def the_case(words: str, text: str = CASE) -> Case:
    loaded = load_text(text, statements_csv=HEADER + words)
    assert not [p for p in loaded.problems if p.severity == "error"]
    return loaded.case


def told(words: str, text: str = CASE) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    case = the_case(words, text)
    (finding,) = audit(case).findings
    return {str(d.claim): (d.how, d.standing, d.by) for d in distinctions(case, finding)}


def test_the_best_defence_comes_in_order() -> None:
    assert list(told(USED + REFUSED).items()) == [
        ("not pays(south)", ("contested", "contested", ("bela",))),
        ("sick(south)", ("exception", "open", ())),
        ("not guarded(south)", ("exception", "open", ())),
        ("deep(north)", ("difference", "open", ())),
    ]


def test_what_others_say_is_the_standing_of_a_distinction() -> None:
    others = "s3,cara,2020,+,sick(south),\ns4,bela,2020,-,sick(south),\n"
    assert told(USED + REFUSED + others)["sick(south)"] == ("exception", "contested", ("cara",))
    denied = "s3,bela,2020,-,sick(south),\n"
    assert told(USED + REFUSED + denied)["sick(south)"] == ("exception", "denied", ("bela",))
    text = CASE + "  guarded(south): true\n"
    assert told(USED + REFUSED, text)["not guarded(south)"] == ("exception", "denied", ())
    plain = CASE.replace("{value: true, contested_by: [bela]}", "true")
    assert told(USED + REFUSED, plain)["not pays(south)"] == ("condition", "denied", ())


def test_an_exception_that_the_party_denies_in_the_very_set_dissolves_nothing() -> None:
    """Established, it would clash with the words of the party itself."""
    text = CASE.replace("unless: [sick(x), not guarded(x)]", "unless: [not pays(x)]")
    text = text.replace("pays(south): {value: true, contested_by: [bela]}", "deep(south): true")
    words = USED + REFUSED + "s3,aria,2020,+,pays(south),\n"
    assert told(words, text) == {}


def test_reasons_of_the_party_come_first_among_differences() -> None:
    words = USED + "s2,aria,2020,-,may-moor(south),new(south)\n"
    shown = "s0,aria,2019,+,closed(south),\n"
    text = CASE.replace("concepts:\n", "concepts:\n  closed(x): x is closed\n  new(x): x is new\n")
    found = [claim for claim, (how, *_) in told(shown + words, text).items() if how == "difference"]
    assert found == ["new(south)", "deep(north)", "closed(south)"]


def test_what_is_said_of_both_sides_is_no_difference() -> None:
    assert "deep(north)" not in told(USED + REFUSED, CASE + "  deep(south): true\n")
    assert "deep(north)" in told(USED + REFUSED, CASE + "  deep(south): false\n")


def test_json_names_what_is_contested_and_by_whom() -> None:
    case = the_case(USED + REFUSED)
    (form,) = audit_form(audit(case), defence=Defence(case))["findings"]
    assert form["contested"] == {"pays(south)": ["bela"]}
    assert form["direction"] == "refused"
    assert form["distinctions"][0] == {
        "claim": "not pays(south)",
        "how": "contested",
        "standing": "contested",
        "by": ["bela"],
        "rule": "dues-decide(south)",
    }


@pytest.mark.parametrize(
    ("then", "words", "title", "direction"),
    [
        (
            "may-moor(x)",
            "s1,aria,2020,+,may-moor(north),dues-decide\ns2,aria,2020,-,may-moor(south),\n",
            "Aria applies to North Quay a standard that it refuses South Quay: ",
            "refused",
        ),
        (  # the converse side: south does not pay
            "may-moor(x) <-> deep(x)",
            "s1,aria,2020,-,may-moor(north),dues-decide\ns2,aria,2020,+,may-moor(south),\n",
            "Aria applies to North Quay a standard that it waives for South Quay: ",
            "granted",
        ),
        (
            "deep(x) <-> may-moor(x)",
            "s1,aria,2020,-,may-moor(north),dues-decide\ns2,aria,2020,+,may-moor(south),\n",
            "Aria applies to North Quay a standard that it waives for South Quay: ",
            "granted",
        ),
        (
            "not guarded(x)",
            "s1,aria,2020,+,dues-decide,\ns2,aria,2020,+,guarded(south),\n",
            "Aria invokes a standard that it waives for South Quay: ",
            "granted",
        ),
        (
            "may-moor(x)",
            "s1,aria,2020,+,dues-decide,\ns2,aria,2020,-,may-moor(south),\n",
            "Aria invokes a standard that it refuses South Quay: ",
            "refused",
        ),
        (  # not clear which of the two it denies: it says that they exclude each other
            "may-moor(x) and guarded(x)",
            "s1,aria,2020,+,may-moor(north),dues-decide\ns2,aria,2020,+,watch,\n",
            "Aria applies to North Quay a standard that it does not keep to in the case of South",
            "",
        ),
    ],
)
def test_both_directions_of_a_double_standard(
    then: str, words: str, title: str, direction: str
) -> None:
    text = CASE.replace("then: may-moor(x)", f"then: {then}")
    text = text.replace("unless: [sick(x), not guarded(x)]", "")
    text = text.replace("facts:\n", "facts:\n  deep(south): false\n")
    text = text.replace("concepts:\n", "concepts:\n  watch: there is one watch\n")
    text += "rules:\n  - {id: one, if: watch, then: not (may-moor(south) and guarded(south))}\n"
    (finding,) = (
        f for f in audit(the_case(words, text)).findings if "south" in f.id or not direction
    )
    assert finding.kind is Kind.DOUBLE_STANDARD
    assert finding.direction == direction
    assert finding.title.startswith(title)


@pytest.mark.parametrize(
    ("facts", "words", "title"),
    [
        (  # nobody refuses anything: the facts are against the principle
            "  may-moor(south): false\n",
            "s1,aria,2020,+,dues-decide,\n",
            "Aria holds that whoever pays may moor, although South Quay pays its dues",
        ),
        (  # two principles that pull apart
            "",
            "s1,aria,2020,+,dues-decide,\ns2,aria,2020,+,fever-decides,\n",
            "Aria holds both that whoever pays may moor and that where there is fever",
        ),
    ],
)
def test_principles_against_the_facts_or_each_other_are_no_double_standard(
    facts: str, words: str, title: str
) -> None:
    second = """principles:
  fever-decides(x):
    text: where there is fever nobody may moor
    if: deep(x)
    then: not may-moor(x)
"""
    text = CASE.replace("principles:\n", second).replace(
        "  deep(north): true\n", "  deep(south): true\n"
    )
    (finding,) = audit(the_case(words, text + facts)).findings
    assert finding.kind is Kind.EXCLUSIVE_ARGUMENTS
    assert finding.direction == ""
    assert finding.title.startswith(title)


def test_principles_that_lead_to_each_other_are_one_standard() -> None:
    second = """principles:
  moored-guarded(x): {text: where ships moor there is a guard, if: may-moor(x), then: guarded(x)}
"""
    text = CASE.replace("principles:\n", second).replace("unless: [sick(x), not guarded(x)]", "")
    words = USED + "s2,aria,2020,+,moored-guarded,\ns3,aria,2020,-,guarded(south),\n"
    (finding,) = audit(the_case(words, text)).findings
    assert (finding.kind, finding.direction) == (Kind.DOUBLE_STANDARD, "refused")
