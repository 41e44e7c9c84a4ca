"""What binds whom: statements, their reasons and deeds."""

from __future__ import annotations

from melian.audit.commitments import commitments
from melian.case.loading import load_text

CASE = """
title: A harbour
question: Who may use it?
period: 2019/2021
actors:
  aria: Aria
  lund: {name: Otto Lund, kind: person, speaks_for: [{aria: 2020..}]}
instances: {north: North Quay}
concepts: {safe: it is safe, open(x): x is open, ready: all is ready}
principles: {who-pays(x): {then: open(x)}}
"""


def held(statements: str, deeds: str = "") -> dict[str, list[tuple[object, ...]]]:
    case = load_text(
        CASE,
        statements_csv=f"id,actor,date,sign,concept,because,if\n{statements}",
        deeds_csv=f"id,actor,action,date,shows\n{deeds}",
    ).case
    return {
        party: [(c.id, c.statements, c.warrants, c.deeds) for c in bound]
        for party, bound in commitments(case).items()
    }


def test_what_is_said_binds_whom_it_is_said_for() -> None:
    assert held("s1,lund,2020,+,safe,,\ns2,lund,2019,-,safe,,\ns3,aria,,+,safe,,\n") == {
        "aria": [("safe", ("s1", "s3"), (), ())],
        "lund": [("not safe", ("s2",), (), ())],
    }


def test_reasons_and_deeds_bind_too() -> None:
    assert held(
        "s1,aria,2020,+,open(north),safe;not ready,\ns2,aria,2020,+,safe,safe,\n",
        "d1,aria,waits,2020,not ready;open(north)\n",
    ) == {
        "aria": [
            ("open(north)", ("s1",), (), ("d1",)),
            ("safe", ("s2",), ("s1", "s2"), ()),
            ("not ready", (), ("s1",), ("d1",)),
        ]
    }


def test_a_principle_binds_whatever_it_was_invoked_for() -> None:
    assert held("s1,aria,2020,+,open(north),who-pays(north),\ns2,aria,2020,-,who-pays,,\n") == {
        "aria": [
            ("open(north)", ("s1",), (), ()),
            ("who-pays", (), ("s1",), ()),
            ("not who-pays", ("s2",), (), ()),
        ]
    }


def test_conditions_are_part_of_a_commitment_in_any_order() -> None:
    words = "s1,aria,,+,safe,,ready;open(north)\ns2,aria,,+,safe,,open(north);ready\n"
    assert held(words + "s3,aria,,+,safe,,\n") == {
        "aria": [
            ("safe if open(north) and ready", ("s1", "s2"), (), ()),
            ("safe", ("s3",), (), ()),
        ]
    }
