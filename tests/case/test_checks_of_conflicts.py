"""Where the checks of a conflict point, and what they say of formulas that decide nothing."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from melian import verbs
from melian.cli.app import app
from melian.problems import UsageError

HEAD = """title: t
question: q
actors: {a: A, b: B}
conflict:
  options:
    a: {x: do x}
    b: {y: do y}
  preferences:
    a: [x]
    b: [y]
"""


@pytest.fixture
def problems(tmp_path):
    def found(more):
        (tmp_path / "case.yaml").write_text(HEAD + more, encoding="utf-8")
        return [
            (p.code, p.location.line, p.location.column)
            for p in verbs.open_case(str(tmp_path)).problems
        ]

    return found


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ("  unseen: {b: [x], x: [y]}\n", (11, 20)),
        ("  unseen: {a: [x and y],\n    x : [y]}\n", (12, 5)),
        ("  beliefs: {a: {b: [not y, x], y: [x]}}\n", (11, 32)),
        ("  beliefs:\n    a:\n      b: [x]\n    'x':\n      b: [y]\n", (14, 6)),
    ],
)
def test_an_unknown_actor_is_found_where_it_is_a_key(problems, more, place):
    """Options go by the same names, and stand before."""
    assert ("unknown-actor", *place) in problems(more)


def test_a_preference_over_an_unknown_option_is_not_said_to_tell_states_apart(problems):
    found = problems("  indistinguishable: [x]\n  unseen: {}\n".replace("[x]", "[nothing]"))
    assert [code for code, *_ in found] == ["unknown-option"]


LEVER = """levers:
  way:
    by: a
    does: find a way
    effect:
      a:
        - {{prefer: not x}}
    allows: [{}]
"""


@pytest.mark.parametrize(
    ("target", "infeasible", "code"),
    [
        ("x and not x", "", "target-never-true"),
        ("x or not x", "", "target-always-true"),
        ("x and y", "x and y", "target-never-true"),
        ("not x or not y", "x and y", "target-always-true"),
        ("x", "x and y", None),
    ],
)
def test_a_target_that_tells_nothing_apart_is_told(problems, target, infeasible, code):
    more = f"  target: {target}\n  infeasible: [{infeasible}]\n"
    assert problems(more) == ([] if code is None else [(code, 11, 11)])


def test_a_target_that_only_a_lever_makes_possible_is_one(problems):
    more = "  target: x and y\n  infeasible: [x and y]\n"
    assert problems(more + LEVER.format("x and y")) == []


def test_levers_refuse_a_target_that_no_state_satisfies(problems, tmp_path):
    problems("  infeasible: [x and y]\n" + LEVER.format(""))
    refused = CliRunner().invoke(app, ["levers", str(tmp_path), "--target", "x and y"])
    assert isinstance(refused.exception, UsageError)
    assert 'No state that can be satisfies "x and y"' in str(refused.exception)
    every = CliRunner().invoke(app, ["levers", str(tmp_path), "--target", "not x or not y"])
    assert every.exit_code == 0
    assert "it needs no lever" in " ".join(every.stdout.split())
