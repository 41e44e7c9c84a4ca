"""Levers: what they do to preferences, facts and commitments, on cases written out in full."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from melian.audit import audit
from melian.case.formula import Atom, Not, Signed, parse
from melian.case.loading import load_text
from melian.case.model import (
    Actor,
    Case,
    CommitmentChange,
    Conflict,
    Lever,
    Preference,
    PreferenceChange,
    Principle,
    Statement,
    Tie,
)
from melian.conflict.result import Concept
from melian.readings.levers import pull, reach
from melian.readings.outcomes import outcomes

CROWDED = Signed(Atom("crowded"))
CASE = """
title: The harbour
question: Will the harbour open?
actors:
  port: {name: Port}
  master: {name: The harbour master, kind: person, speaks_for: [port]}
  town: {name: Town}
concepts:
  crowded: the harbour is crowded
  idle: the harbour lies idle
  paid: the town pays its dues
  welcome: ships are welcome
rules:
  - {excludes: [crowded, idle], why: A crowded harbour is not idle.}
conflict:
  options:
    port: {close: close the harbour}
    town: {pay: pay its dues}
  preferences:
    port:
      - {prefer: close, because: crowded}
      - {prefer: not close, because: idle}
    town: [not pay, not close]
  target: not close
levers:
  deepen:
    by: town
    does: deepen the harbour
    effect: {port: [{gives_up: crowded}]}
  settle:
    by: town
    does: settle its debts
    establishes: [paid]
    effect: {town: [{drop: not pay}, {prefer: pay, above: not close}]}
  promise:
    by: port
    does: promise berths
    effect: {port: [{asserts: welcome}, {prefer: not close, below: close, because: welcome}]}
"""
STATEMENTS = """id,actor,sign,concept,because
s1,master,+,crowded,
s2,port,+,idle,
s3,master,-,welcome,crowded
"""


@pytest.fixture
def case():
    loaded = load_text(case_yaml=CASE, statements_csv=STATEMENTS)
    assert not [p for p in loaded.problems if p.severity == "error"]
    return loaded.case


def shares(case, held=None):
    found = reach(outcomes(case, audit(case, held=held), (Concept.NASH,)), parse("not close"))
    return found.possible, found.assured


def claims(pulled, party):
    return [commitment.id for commitment in pulled.commitments[party]]


def test_reach__hangs_on_the_side_the_port_takes(case):
    assert shares(case) == (0.5, 0.5)


def test_pull__a_claim_given_up_binds_no_more_as_a_claim_or_as_a_reason(case):
    pulled = pull(case, [case.levers["deepen"]])
    assert claims(pulled, "port") == ["idle", "not welcome"]
    assert pulled.case.statements == case.statements, "what was said stays said"
    assert shares(pulled.case, pulled.commitments) == (1.0, 1.0)


def test_pull__facts_and_preferences(case):
    pulled = pull(case, [case.levers["settle"]]).case
    assert pulled.facts[Atom("paid")].value is True
    assert [w.prefer for w in pulled.conflict.preferences["town"]] == [
        Atom("pay"),
        Not(Atom("close")),
    ]
    assert pulled.conflict.preferences["port"] == case.conflict.preferences["port"]


def test_pull__a_claim_newly_made_meets_its_denial(case):
    pulled = pull(case, [case.levers["promise"]])
    assert claims(pulled, "port") == ["crowded", "idle", "not welcome", "welcome"]
    assert pulled.commitments["port"][-1].statements == ("lever:promise",)
    assert pulled.case.statements[-1].id == "lever:promise"
    found = audit(pulled.case, held=pulled.commitments).findings
    assert {"welcome", "not welcome"} in [{c.id for c in f.commitments} for f in found]


def test_pull__leaves_the_case_it_was_given(case):
    before = repr(case)
    pull(case, case.levers.values())
    assert repr(case) == before


@pytest.mark.parametrize(
    ("order", "bound"), [("give make", True), ("make give", False), ("give", False)]
)
def test_pull__the_last_word_counts(case, order, bound):
    changes = {"give": "gives-up", "make": "asserts"}
    levers = [
        Lever(name, "port", name, effect=(CommitmentChange("port", CROWDED, changes[name]),))
        for name in order.split()
    ]
    assert ("crowded" in claims(pull(case, levers), "port")) == bound


def test_pull__another_party_of_the_same_speaker_stays_bound():
    """An envoy speaks for two; one of them gives up what the envoy says."""
    actors = {a: Actor(a, a) for a in ("port", "town")}
    ties = (Tie("port"), Tie("town"))
    actors["envoy"] = Actor("envoy", "Envoy", "person", speaks_for=ties)
    said = Statement("s", "envoy", CROWDED, because=(Signed(Atom("idle"), positive=False),))
    case = Case("two", actors=actors, statements=(said,))
    lever = Lever("l", "port", "", effect=(CommitmentChange("port", CROWDED, "gives-up"),))
    pulled = pull(case, [lever])
    assert claims(pulled, "port") == ["not idle"]
    assert claims(pulled, "town") == ["crowded", "not idle"]


@pytest.mark.parametrize("named", ["self-rule", "self-rule(harbour)"])
def test_pull__a_principle_is_given_up_whichever_instance_was_named(named):
    """It binds for every instance, so that giving up one of them gives up the principle."""
    rule = Principle("self-rule", ("x",), then=Atom("free", ("x",)))
    reasons = (Signed(Atom("self-rule", ("harbour",))), Signed(Atom("other", ("harbour",))))
    said = (
        Statement("s", "port", CROWDED, because=reasons),
        Statement("t", "port", Signed(Atom("self-rule", ("mole",)))),
    )
    actors = {"port": Actor("port", "Port")}
    case = Case("p", actors=actors, principles={"self-rule": rule}, statements=said)
    change = CommitmentChange("port", Signed(parse(named)), "gives-up")
    pulled = pull(case, [Lever("l", "port", "", effect=(change,))])
    assert claims(pulled, "port") == ["crowded", "other(harbour)"]


PREFERENCES = (
    Preference(Atom("a"), Atom("x"), "first"),
    Preference(Atom("b")),
    Preference(Atom("a"), Atom("y")),
    Preference(Atom("c")),
    Preference(Atom("b"), Atom("z")),
)
A_X, B, A_Y, C, B_Z = PREFERENCES


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"prefer": "a", "above": "c"}, (B, A_X, A_Y, C, B_Z)),
        ({"prefer": "a", "below": "c"}, (B, C, A_X, A_Y, B_Z)),
        ({"prefer": "c", "above": "b"}, (A_X, C, B, A_Y, B_Z)),
        ({"prefer": "c", "below": "b"}, (A_X, B, A_Y, B_Z, C)),
        ({"prefer": "b"}, (B, B_Z, A_X, A_Y, C)),
        ({"prefer": "b", "above": "unheard"}, (A_X, A_Y, C, B, B_Z)),
        ({"prefer": "a", "below": "unheard"}, (B, C, B_Z, A_X, A_Y)),
        ({"prefer": "new", "above": "c"}, (A_X, B, A_Y, Preference(Atom("new")), C, B_Z)),
        (
            {"prefer": "c", "above": "b", "because": "w"},
            (A_X, Preference(Atom("c"), Atom("w")), B, A_Y, B_Z),
        ),
        (
            {"prefer": "a", "above": "c", "why": "said"},
            (B, replace(A_X, why="said"), replace(A_Y, why="said"), C, B_Z),
        ),
        (
            {"prefer": "b", "because": "w"},
            (Preference(Atom("b"), Atom("w")), A_X, A_Y, C),
        ),
        ({"prefer": "a", "action": "drop"}, (B, C, B_Z)),
        ({"prefer": "unheard", "action": "drop"}, PREFERENCES),
    ],
    ids=str,
)
def test_pull__preferences_are_moved_as_they_are(change, expected):
    formulas = {k: parse(v) for k, v in change.items() if k in {"prefer", "above", "below"}}
    because = parse(change["because"]) if "because" in change else None
    change = PreferenceChange("port", **{**change, **formulas, "because": because})
    conflict = Conflict({}, preferences={"port": PREFERENCES})
    pulled = pull(Case("w", conflict=conflict), [Lever("l", "port", "", effect=(change,))])
    assert pulled.case.conflict.preferences["port"] == expected


def test_pull__what_is_moved_stays_as_likely_as_it_was():
    likely = Preference(Atom("a"), probability=Fraction(1, 3))
    unknown = Preference(Atom("b"), uncertain=True)
    conflict = Conflict({}, preferences={"port": (likely, unknown)})
    change = PreferenceChange("port", Atom("b"), above=Atom("a"))
    pulled = pull(Case("w", conflict=conflict), [Lever("l", "port", "", effect=(change,))])
    assert pulled.case.conflict.preferences["port"] == (unknown, likely)


def test_pull__cannot_be_written_to(case):
    pulled = pull(case, case.levers.values())
    changed = (pulled.commitments, pulled.case.facts, pulled.case.conflict.preferences)
    for mapping in changed:
        with pytest.raises(TypeError, match="does not support item assignment"):
            mapping["a"] = ()
