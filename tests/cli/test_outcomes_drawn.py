"""``melian outcomes`` on cases with more combinations than can be solved, and on demand."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

CASE = "nato-russia-2008"
HEAD = """title: Salt
question: Who pays?
actors: {lin: Lin, bay: Bay}
conflict:
  options: {lin: {sail: sail, pay: pay}, bay: {dig: dig}}
  target: sail and dig
  preferences:
    bay: [dig]
    lin:
"""


def run(*args):
    return CliRunner().invoke(app, ["outcomes", *map(str, args)], env={"COLUMNS": "120"})


def data(*args):
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def wide(tmp_path):
    """Seventeen doubts, which make 131,072 combinations."""
    wishes = "".join(f"      - {{prefer: {w}, probability: 0.3}}\n" for w in ["sail", "pay"] * 8)
    text = f"{HEAD}{wishes}      - {{prefer: not sail, uncertain: true}}\n"
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_what_is_too_much_is_drawn_and_said_to_be(wide):
    told = " ".join(run(wide).output.split())
    assert (
        "Combinations of readings and preferences: 131,072, too many to solve each. Drawn: 2,000"
        in told
    )
    assert "with their 95% intervals" in told
    assert "that is a convention and not a finding" in told
    assert "The target, sail and dig, is sure in" in told
    assert "hangs on" not in told


def test_the_data_of_a_sample_have_the_keys_of_the_exact_ones(wide):
    exact, found = data(CASE), data(wide, "--draws", 300, "--seed", 4)
    assert exact.keys() - found.keys() == set()
    assert (found["draws"], found["seed"], found["complete"]) == (300, 4, False)
    assert (found["combinations"], found["combos"]) == (2**17, [])
    assert "Philox, seed 4" in found["method"]
    for outcome in found["outcomes"]:
        for name, (low, high) in outcome["interval"].items():
            assert low <= outcome["share"][name] <= high
    # Lin sails when one of eight wishes for it is held: 1 - 0.7^8, or by choice of neither
    low, high = found["options_sure"]["sail"]["interval"]
    assert low - 0.05 < 1 - 0.7**8 < high + 0.05
    assert found["target"]["assured"] == found["options_sure"]["sail"]
    assert found["options_ruled_out"]["dig"]["share"] == 0


def test_the_seed_decides(wide):
    assert data(wide, "--draws", 200) == data(wide, "--draws", 200, "--seed", 0)
    assert data(wide, "--draws", 200) != data(wide, "--draws", 200, "--seed", 1)


def test_draws_of_a_case_that_could_be_solved_are_near_it():
    exact, found = data(CASE), data(CASE, "--draws", 3000, "--seed", 1)
    shares = {outcome["number"]: outcome["share"] for outcome in exact["outcomes"]}
    for outcome in found["outcomes"]:
        for name, share in outcome["share"].items():
            assert abs(share - shares[outcome["number"]][name]) < 0.06  # six standard deviations
    told = run(CASE, "--draws", 100).output
    assert "too many" not in told
    assert "convention" not in told


def test_two_workers_say_the_same(wide):
    for more in (["--draws", "100"], []):
        case = wide if more else CASE
        assert data(case, *more, "--workers", 2) == data(case, *more)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--draws", "1000001"], "1,000,001 draws cannot be made"),
        (["--workers", "1000"], "1000 workers cannot be started; give a number from 1 to 256"),
        (["--scheduler", "there"], '"there" is no address of a cluster'),
        (["--workers", "2", "--scheduler", "tcp://a:1"], "not both"),
    ],
)
def test_what_makes_no_sense_is_told(args, words):
    result = run(CASE, *args)
    assert isinstance(result.exception, MelianError)
    assert words in str(result.exception)


@pytest.mark.parametrize("args", [["--draws", "0"], ["--draws", "many"], ["--seed", "-1"]])
def test_what_is_no_number_of_draws_is_wrong_use(args):
    assert run(CASE, *args).exit_code == 2
