"""Where the checks of a conflict point, and what they say of formulas that decide nothing."""

from __future__ import annotations

import re

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


def told_apart(folder, more):
    (folder / "case.yaml").write_text(HEAD + more, encoding="utf-8")
    return [
        (p.location.line, p.message, p.hint)
        for p in verbs.open_case(str(folder)).problems
        if p.code == "told-apart"
    ]


def test_preferences_of_one_actor_that_tell_the_same_states_apart_are_told_once(tmp_path):
    head = HEAD.replace("    a: [x]\n", "    a: [x, not y and x, not y]\n")
    (tmp_path / "case.yaml").write_text(head + "  indistinguishable: [y]\n", encoding="utf-8")
    (found,) = (p for p in verbs.open_case(str(tmp_path)).problems if p.code == "told-apart")
    assert found.location.line == 9
    assert found.message == (
        '"x" is true in some of the states in which "y" is true, and those count as one.'
    )
    several = head.replace("not y and x", "x or not y")
    (tmp_path / "case.yaml").write_text(several + "  indistinguishable: [y]\n", encoding="utf-8")
    (found,) = (p for p in verbs.open_case(str(tmp_path)).problems if p.code == "told-apart")
    assert found.message.endswith("count as one. So does 1 more preference of the same actor.")


def test_what_a_lever_has_preferred_and_a_target_are_said_to_tell_states_apart(tmp_path):
    lever = LEVER.format("").replace("not x", "x and not y")
    more = "  target: x or not y\n  indistinguishable: [y]\n"
    lines = [line for line, *_ in told_apart(tmp_path, more + lever)]
    assert lines == [9, 11]  # and not the lever's, which is false whenever y is true
    lines = [line for line, *_ in told_apart(tmp_path, more + LEVER.format(""))]
    assert lines == [9, 11, 19]


@pytest.mark.parametrize("target", ["x", "x or not y", "x and z", "not (x <-> z)"])
@pytest.mark.parametrize("one", ["[y]", "[y, z]", "[y and z, y and not z]", "[y, not y and z]"])
def test_what_is_proposed_in_place_of_a_target_tells_no_states_apart(tmp_path, target, one):
    def found(target):
        text = f"  indistinguishable: {one}\n  target: {target}\n"
        head = HEAD.replace("{y: do y}", "{y: do y, z: do z}").replace("a: [x]", "a: []")
        text = head.replace("b: [y]", "b: []") + text
        (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
        return [p for p in verbs.open_case(str(tmp_path)).problems if p.code == "told-apart"]

    (problem,) = found(target)
    none, every = re.findall('"([^"]+)"', problem.hint)
    assert found(none) == []
    assert found(every) == []
    assert found(every) == []


def test_levers_say_how_a_target_counts_that_tells_states_apart(tmp_path):
    text = HEAD + "  indistinguishable: [y]\n" + LEVER.format("")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")

    def run(target, *more):
        found = CliRunner().invoke(app, ["levers", str(tmp_path), "--target", target, *more])
        assert found.exit_code == 0
        return " ".join(found.stdout.split()), " ".join(found.stderr.split())

    said = 'Write "not y and x" or "y or x", whichever is meant.'
    assert said in run("x")[0]
    assert said in run("x", "--json")[1]
    assert "whichever is meant" not in run("y or x")[0]


@pytest.mark.parametrize("wrong", ["probability: 70", "probability: no", "uncertain: 3"])
def test_what_could_not_be_read_is_not_said_to_be_missed(tmp_path, wrong):
    head = HEAD.replace("conflict:", "concepts: {full: it is full}\nconflict:").replace(
        "    a: [x]\n", f"    a: [{{prefer: x, because: full, {wrong}}}]\n"
    )
    text = head + LEVER.format("").replace("prefer: not x", "prefer: not x, above: x")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    found = verbs.open_case(str(tmp_path)).problems
    assert len(found) == 1
    assert found[0].location.line == 10


def test_what_no_entry_names_is_missed_all_the_same(tmp_path):
    head = HEAD.replace("    a: [x]\n", "    a: [{prefer: x, probability: 70}]\n")
    text = head + LEVER.format("").replace("prefer: not x", "prefer: not x, above: x and y")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    assert [p.code for p in verbs.open_case(str(tmp_path)).problems] == [
        "bad-probability",
        "unknown-preference",
    ]
