"""``melian levers`` as a user types it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

CASE = "nato-russia-2008"
BEGUN = """
title: The ferry
question: Will it run?
actors:
  line: {name: The line}
  isle: {name: The isle}
conflict:
  options:
    line: {run: run the ferry}
    isle: {pay: pay a fare}
  preferences:
    line: [not run or pay, run, not pay]
    isle: [run -> not pay, run]
levers:
  fares:
    by: isle
    does: promise fares
    returns: a ferry in winter
    effect: {isle: [{prefer: pay}]}
  paint:
    by: line
    does: paint the pier
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "case.yaml").write_text(BEGUN, encoding="utf-8")
    return str(tmp_path)


def run(*args):
    return CliRunner().invoke(app, list(args))


def words(*args):
    result = run(*args)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def refusal(*args):
    result = run(*args)
    assert isinstance(result.exception, MelianError)
    return str(result.exception)


def test_levers__has_an_example():
    assert "melian levers nato-russia-2008 --target" in words("levers", "--help")


def test_levers__prints_the_keys_that_others_rely_on():
    found = json.loads(run("levers", CASE, "--json", "--largest", "2").stdout)
    assert found["levers"]
    for each in found["levers"]:
        assert {"set", "concept", "holds_in", "states", "possible", "assured"} <= each.keys()
        assert {"hangs_on", "reciprocal", "outcomes"} <= each.keys()
    sizes = [len(each["set"]) for each in found["levers"] if each["holds_in"] == 1]
    assert sizes == sorted(sizes)
    assert found["searched"] == {"0": 1, "1": 11, "2": 55}
    assert found["complete"] is False
    assert len(found["alone"]) == 11
    assert found["baseline"]["combinations"] > 1


def test_levers__tells_what_suffices_and_that_nothing_smaller_does(folder):
    told = words("levers", folder, "--target", "run and pay")
    assert "Target: run and pay As things stand: sure in 0% and possible in 0%" in told
    assert "Sets that make it sure in every combination" in told
    assert "fares 100% 100%" in told
    assert "Whatever else is pulled, paint changes nothing." in told
    assert "4 sets solved, which make 2 conflicts." in told


def test_levers__tells_that_none_suffices(folder):
    told = words("levers", folder, "--target", "pay and not run")
    assert "No set of levers makes it sure in every combination." in told
    told = words("levers", folder, "--target", "pay and not run", "--largest", "1", "--possible")
    assert "No set of levers of up to 1 makes it possible in every combination." in told
    assert "sets of more than 1 were not looked at" in told


def test_levers__tells_what_a_set_hangs_on_that_does_it_in_some_combinations_only():
    told = words("levers", CASE, "--largest", "1")
    assert "joint-declaration makes it sure if NATO keeps peace-before-entry; or" in told
    assert told.count("makes it sure if") == 3, "of the first few"


def test_levers__tells_that_none_is_needed(folder):
    told = words("levers", folder, "--target", "run or not run")
    assert "It is sure in every combination as things stand; no lever is needed." in told


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq", "sim"])
def test_levers__under_every_concept(folder, concept):
    found = json.loads(
        run("levers", folder, "--target", "run", "--concept", concept, "--json").stdout
    )
    assert found["concept"] == concept
    assert found["complete"] is True


def test_levers__wrong_use_is_a_sentence(folder, tmp_path):
    assert "names no target" in refusal("levers", folder)
    assert "is not a formula over options" in refusal("levers", folder, "--target", "run and (")
    assert 'Did you mean "run"' in refusal("levers", folder, "--target", "runs")
    assert 'Did you mean "nash"' in refusal(
        "levers", folder, "--target", "run", "--concept", "nahs"
    )
    assert "one stability concept" in refusal(
        "levers", folder, "--target", "run", "--concept", "seq,gmr"
    )
    bare = BEGUN.split("levers:", maxsplit=1)[0]
    (tmp_path / "case.yaml").write_text(bare, encoding="utf-8")
    assert "has no levers" in refusal("levers", folder, "--target", "run")
    (tmp_path / "case.yaml").write_text(bare.split("conflict:", maxsplit=1)[0], encoding="utf-8")
    assert "has no conflict" in refusal("levers", folder, "--target", "run")


# In a sample


@pytest.fixture
def wide(tmp_path):
    """Eighteen doubts of the line, which make 262,144 combinations."""
    doubts = "".join(
        f"      - {{prefer: {'run' if n % 2 else 'not run'}, probability: 0.{n % 9 + 1}}}\n"
        for n in range(18)
    )
    text = BEGUN.replace("    line: [not run or pay, run, not pay]\n", f"    line:\n{doubts}")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    return str(tmp_path)


def test_levers__where_combinations_are_too_many_some_are_drawn(wide):
    told = words("levers", wide, "--target", "run and pay")
    assert "Combinations of readings and preferences: 262,144, too many to solve each." in told
    assert "Drawn: 2,000 (seed 0)" in told
    assert "the same for every set of levers" in told
    assert "As things stand: sure in 0.0% (0.0 to 0.2) and possible in 0.0% (0.0 to 0.2)" in told
    assert "No set of levers makes it sure in every combination." in told
    assert "holds for the draws made" in told
    assert "Whatever else is pulled, paint changes nothing." in told
    assert "gains" not in told


def test_levers__what_is_so_in_every_draw_is_told_with_its_lower_end(wide):
    told = words("levers", wide, "--target", "pay")
    assert "Sets that make it sure in every draw" in told
    assert "fares 100.0% (99.8 to 100.0)" in told
    assert "is so in at least 99.8% of the combinations" in told


def test_levers__draws_of_a_case_that_could_be_solved_are_near_it():
    exact = json.loads(run("levers", CASE, "--json", "--largest", "1").stdout)
    args = ("levers", CASE, "--json", "--largest", "1", "--draws", "1500", "--seed", "5")
    found = json.loads(run(*args).stdout)
    assert exact.keys() <= found.keys()
    assert (found["draws"], found["seed"]) == (1500, 5)
    for one, two in zip(exact["alone"], found["alone"], strict=True):
        assert one["lever"] == two["lever"]
        for word in ("possible", "assured"):
            assert abs(one[word] - two[word]) < 0.08  # six standard deviations
            low, high = two["interval"][word]
            assert low <= two[word] <= high
    again = json.loads(run(*args).stdout)
    assert again == found
    assert json.loads(run(*args[:-1], "6").stdout) != found


def test_levers__two_workers_say_the_same(wide):
    args = ("levers", wide, "--target", "run", "--draws", "300", "--json")
    assert run(*args, "--workers", "2").stdout == run(*args).stdout


def test_levers__draws_that_make_no_sense_are_told(folder):
    asked = ("levers", folder, "--target", "run")
    assert "1,000,001 draws cannot be made" in refusal(*asked, "--draws", "1000001")
    assert "is no address of a cluster" in refusal(*asked, "--scheduler", "there")
    assert run(*asked, "--draws", "0").exit_code == 2
    assert run(*asked, "--seed", "-1").exit_code == 2
