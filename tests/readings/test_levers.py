"""Levers: what they do to wishes, facts and commitments, on cases written out in full."""

from __future__ import annotations

import pytest

from melian.audit import audit
from melian.case.formula import Atom, Not, parse
from melian.case.loading import load_text
from melian.conflict.result import Concept
from melian.readings.levers import pull, reach
from melian.readings.outcomes import outcomes

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


def shares(case):
    found = reach(outcomes(case, audit(case), (Concept.NASH,)), parse("not close"))
    return found.possible, found.assured


def test_reach__hangs_on_the_side_the_port_takes(case):
    assert shares(case) == (0.5, 0.5)


def test_pull__a_claim_given_up_is_gone_as_a_claim_and_as_a_reason(case):
    pulled = pull(case, [case.levers["deepen"]])
    assert [s.id for s in pulled.statements] == ["s2", "s3"]
    assert pulled.statements[1].because == ()
    assert shares(pulled) == (1.0, 1.0)


def test_pull__facts_and_wishes(case):
    pulled = pull(case, [case.levers["settle"]])
    assert pulled.facts[Atom("paid")].value is True
    assert [w.prefer for w in pulled.conflict.preferences["town"]] == [
        Atom("pay"),
        Not(Atom("close")),
    ]
    assert pulled.conflict.preferences["port"] == case.conflict.preferences["port"]


def test_pull__a_claim_newly_made_meets_its_denial(case):
    pulled = pull(case, [case.levers["promise"]])
    assert [w.prefer for w in pulled.conflict.preferences["port"]] == [
        Atom("close"),
        Not(Atom("close")),
    ]
    findings = {frozenset(c.id for c in f.commitments) for f in audit(pulled).findings}
    assert frozenset({"welcome", "not welcome"}) in findings


def test_pull__leaves_the_case_it_was_given(case):
    before = repr(case)
    pull(case, case.levers.values())
    assert repr(case) == before
