"""What ``melian stability`` says of coalitions that are not asked, and of states that are one."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

# Us would leave at any price; where we have left, nobody can tell whether we fight.
CASE = """
title: The quarrel
question: Will anybody stay?
actors: {us: Us, them: Them}
conflict:
  options:
    us: {fight: fight, leave: leave}
    them: {chase: chase}
  preferences:
    us: [leave, not chase]
    them: [chase]
"""
MERGED = "  indistinguishable: [leave and chase]\n"
TOGETHER = "  coalitions: [[us, them]]\n"


@pytest.fixture
def case(tmp_path):
    def written(*more):
        (tmp_path / "case.yaml").write_text(CASE + "".join(more), encoding="utf-8")
        return str(tmp_path)

    return written


def run(*args):
    return CliRunner().invoke(app, ["stability", *args])


def words(*args):
    result = run(*args)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def data(*args):
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


NOT_ASKED = "Only single parties were asked. Not asked: the coalitions of the case (Us and Them)."


@pytest.mark.parametrize(
    "args", [("--where", "leave"), ("--limit", "5"), ("--symbolic",), ("--state", "leave, chase")]
)
def test_a_search_says_that_it_does_not_ask_the_coalitions_of_the_case(case, args):
    assert NOT_ASKED not in words(case(), *args)
    assert "coalitions" not in data(case(), *args)
    folder = case(TOGETHER)
    assert NOT_ASKED in words(folder, *args)
    assert data(folder, *args)["coalitions"] == "not asked"


def test_that_there_are_no_others_is_said_of_single_parties(case):
    args = ("--where", "leave", "--concept", "nash")
    assert "nash: 2 equilibria. There are no others." in words(case(), *args)
    assert "nash: 2 equilibria of single parties. There are no others." in words(
        case(TOGETHER), *args
    )


def test_a_search_counts_say_it_too(case):
    result = run(case(TOGETHER), "--where", "leave", "--count")
    assert json.loads(result.stdout)["coalitions"] == "not asked"


def test_no_coalitions_go_with_a_search_but_some_do_not(case):
    folder = case(TOGETHER)
    assert run(folder, "--where", "leave", "--coalition", "none").exit_code == 0
    assert "Coalitions are for conflicts" in str(
        run(folder, "--where", "leave", "--coalition", "us,them").exception
    )


@pytest.mark.parametrize(
    ("where", "count"), [("fight", 1), ("not fight", 1), ("leave and chase", 1), ("not leave", 0)]
)
def test_a_state_satisfies_what_one_of_those_that_count_as_it_does(case, where, count):
    """Both ways to leave, fighting or not, are one state: the equilibrium."""
    folder = case(MERGED)
    assert data(folder, "--where", where, "--concept", "nash")["equilibria"]["nash"] == [7][:count]
    assert data(folder, "--where", where)["indistinguishable"] == ["leave and chase"]
    assert (
        'All states in which "leave and chase" is true count as one, shown by the lowest; '
        "it counts where --where is true in one of them."
    ) in words(folder, "--where", where)


@pytest.mark.parametrize("args", [("--symbolic",), ("--state", "leave, chase")])
def test_a_solver_refuses_states_that_count_as_one(case, args):
    assert "several count as one" in str(run(case(MERGED), *args).exception)


def test_coalitions_that_cannot_be_asked_are_left_out_and_that_is_said(case, tmp_path):
    alone = data(case(MERGED))
    folder = case(MERGED, TOGETHER)
    why = "A coalition takes states one by one, and in this conflict several count as one."
    assert f"{NOT_ASKED} {why}" in words(folder)
    assert f"{NOT_ASKED} {why}" in words(folder, "--table")
    assert data(folder) == {**alone, "coalitions": "not asked"}
    assert json.loads(run(folder, "--count").stdout)["coalitions"] == "not asked"
    written = run(folder, "-o", str(tmp_path / "table.md"))
    assert NOT_ASKED in written.stderr
    assert NOT_ASKED in (tmp_path / "table.md").read_text(encoding="utf-8")


def test_coalitions_that_are_named_are_refused_where_they_cannot_be_asked(case):
    folder = case(MERGED, TOGETHER)
    assert "several count as one" in str(run(folder, "--coalition", "us,them").exception)
    assert NOT_ASKED not in words(folder, "--coalition", "none")


def test_formulas_that_make_no_states_one_leave_coalitions_be(case):
    folder = case("  indistinguishable: [leave and not leave]\n", TOGETHER)
    assert "coalitions" in data(folder)
    assert data(folder)["coalitions"] != "not asked"
