"""Audits of large cases, built so that the findings are known."""

from __future__ import annotations

import itertools

import pytest

from melian.audit import audit, engine
from melian.audit.form import MOST_READINGS, readings_form
from melian.case.formula import And, Atom, Or, Signed
from melian.case.model import Actor, Case, Concept, Rule, Statement

PARTIES = 100
THINGS = 40


def claim(name: str, *args: str, positive: bool = True) -> Signed:
    return Signed(Atom(name, args), positive)


def said(*claims: tuple[str, Signed]) -> tuple[Statement, ...]:
    return tuple(Statement(f"s{n}", actor, each) for n, (actor, each) in enumerate(claims))


def actors(*names: str) -> dict[str, Actor]:
    return {name: Actor(name, name.title()) for name in names}


def test_parties_do_not_pay_for_instances_that_they_do_not_speak_of() -> None:
    """One rule for all pairs, 1,600 instances; each party breaks it for one of them."""
    parties = [f"p{n}" for n in range(PARTIES)]
    things = [f"t{n}" for n in range(THINGS)]
    words = [(p, claim("left", things[n % THINGS])) for n, p in enumerate(parties)]
    words += [(p, claim("right", things[-1 - n % THINGS])) for n, p in enumerate(parties)]
    words += [(p, claim("calm", each)) for p in parties for each in things]
    rule = Rule("r", (claim("left", "x"), claim("right", "y")), variables=("x", "y"))
    case = Case("large", actors=actors(*parties), rules=(rule,), statements=said(*words))
    result = audit(case)
    assert result.complete
    found = {(f.actor, *(rule.id for rule in f.rules)) for f in result.findings}
    assert len(result.findings) == PARTIES
    assert found == {
        (p, f"r(t{n % THINGS}, t{THINGS - 1 - n % THINGS})") for n, p in enumerate(parties)
    }


def test_readings_are_counted_and_not_all_listed() -> None:
    claims = [claim(f"c{n}", positive=positive) for n in range(10) for positive in (True, False)]
    case = Case("sides", actors=actors("it"), statements=said(*(("it", each) for each in claims)))
    data = readings_form(audit(case))
    assert data["counts"] == {"it": 2**10}
    assert not data["complete"]
    listed = data["actors"]["it"]
    assert len(listed) == len({reading["id"] for reading in listed}) == MOST_READINGS == 100
    assert all(len(reading["keeps"]) == len(reading["drops"]) == 10 for reading in listed)
    assert [len(component["readings"]) for component in data["components"]["it"]] == [2] * 10


def test_pairwise_exclusive_claims_have_as_many_readings_as_claims() -> None:
    """Each reading keeps one of them; the audit need not list all repairs."""
    claims = [claim(f"c{n}") for n in range(60)]
    rules = tuple(
        Rule(f"r{n}", pair, strength="presumptive")
        for n, pair in enumerate(itertools.combinations(claims, 2))
    )
    words = said(*(("it", each) for each in claims))
    result = audit(Case("pairs", actors=actors("it"), rules=rules, statements=words))
    assert len(result.findings) == len(rules)
    (component,) = result.actors["it"].components
    assert component.complete
    assert {r.keeps for r in component.readings} == {frozenset({str(c)}) for c in claims}


def test_more_conflicts_than_anybody_can_list_end_openly_incomplete(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One of sixty pairs must hold, and each half is denied: 2^60 minimal conflicts."""
    monkeypatch.setattr(engine, "STEPS", 1_000_000)
    pairs = [(Atom(f"a{n}"), Atom(f"b{n}")) for n in range(60)]
    some = Or(tuple(And(pair) for pair in pairs))
    denied = [Signed(atom, positive=False) for pair in pairs for atom in pair]
    words = said(("it", claim("h")), *(("it", each) for each in denied))
    rule = Rule("r", conditions=(claim("h"),), then=some)
    case = Case("pairs", actors=actors("it"), rules=(rule,), statements=words)
    result = audit(case)
    assert not result.complete
    assert result.findings
    for finding in result.findings:
        names = {commitment.claim.atom.name for commitment in finding.commitments}
        assert "h" in names
        assert len(names) == 61
        assert {name[1:] for name in names - {"h"}} == {str(n) for n in range(60)}
    assert ("h",) in result.findings[0].repairs


def test_claims_that_read_alike_are_told_apart_by_their_instances() -> None:
    rule = Rule("r", (claim("p", "x"), claim("p", "y")), variables=("x", "y"))
    words = said(("it", claim("p", "i")), ("it", claim("p", "j")))
    concepts = {"p": Concept("p", ("x",), "that is so")}
    names = {"i": "the first", "j": "the second"}
    case = Case(
        "alike",
        actors=actors("it"),
        rules=(rule,),
        statements=words,
        concepts=concepts,
        instances=names,
    )
    result = audit(case)
    (finding,) = result.findings
    assert result.actors["it"].readings == 2
    assert "so in the case of the first and that" in finding.title
    assert "so in the case of the second" in finding.title


@pytest.mark.parametrize("steps", [0, 1_000, 10_000])
def test_with_any_amount_of_work_what_is_given_is_true(
    steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten things said, all denied: ten findings, each with two repairs of its own component."""
    monkeypatch.setattr(engine, "STEPS", steps)
    claims = [claim(f"c{n}", positive=positive) for n in range(10) for positive in (True, False)]
    result = audit(Case("work", actors=actors("it"), statements=said(*(("it", c) for c in claims))))
    for finding in result.findings:
        first, second = finding.commitments
        assert first.claim == -second.claim
        assert {len(repair) for repair in finding.repairs} == {1}
    assert result.complete == (len(result.findings) == 10 and result.actors["it"].readings == 2**10)
    assert result.complete == (steps == 10_000)
