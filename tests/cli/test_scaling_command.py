"""``melian scaling``: from coded statements to positions from left to right."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

SIDES = {"Alpha": 0.05, "Beta": 0.35, "Gamma": 0.65, "Delta": 0.95}


def run(*words):
    done = CliRunner().invoke(app, ["scaling", *map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    return done


def write(file, sides=SIDES, concepts=10, times=4):
    rng = np.random.default_rng(8)
    lines = ["statement_id,date,organization,concept,agreement"]
    for name, side in sides.items():
        for n in range(concepts * times):
            sign = int(rng.random() < side)
            lines.append(f"{name}{n},2021-04-01,{name},c{n % concepts},{sign}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def line(tmp_path):
    return write(tmp_path / "line.csv")


def data(*words):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_positions_are_in_order_with_intervals_and_how_they_were_made(line):
    found = data(line, "--left", "Alpha", "--draws", 100, "--seed", 5)
    assert [each["actor"] for each in found["positions"]] == [*SIDES]
    for each in found["positions"]:
        assert each["intervals"][0]["low"] <= each["coordinates"][0] <= each["intervals"][0]["high"]
        assert each["statements"] == 40
    assert found["intervals"] == {
        "method": "partial bootstrap",
        "unit": "documents",
        "times": 100,
        "seed": 5,
        "level": 0.95,
    }
    assert sum(each["share"] for each in found["dimensions"]) <= 1
    assert found["poles"] == {"left": "Alpha", "right": "Delta", "named": True}
    assert found == data(line, "--left", "Alpha", "--draws", 100, "--seed", 5)
    two = data(line, "--dimensions", 2, "--draws", 0)
    assert {len(each["coordinates"]) for each in two["positions"]} == {2}
    assert two["intervals"] is None


def test_people_are_told_what_is_at_both_ends_and_how_sure_it_is(line):
    text = " ".join(run(line, "--right", "Delta", "--draws", 100).stdout.split())
    assert "Left is the side of Alpha, right that of Delta." in text
    assert "of the inertia" in text
    assert "100 draws of documents (seed 1)" in text
    plain = " ".join(run(line, "--draws", 0, "--dimensions", 2).stdout.split())
    assert "the two that differ most" in plain
    assert "not said how sure" in plain
    assert "the second" in plain


def test_item_response_says_whether_chains_have_converged(line):
    words = ("--method", "item-response", "--left", "Alpha", "--threshold", 0.4)
    found = data(line, *words, "--sweeps", 8000)
    assert found["positions"][0]["actor"] == "Alpha"
    assert found["r_hat"] < 1.05
    assert found["threshold"] == 0.4
    assert found["converged"] == (found["effective_size"] >= 400)
    text = " ".join(run(line, *words, "--sweeps", 120).stdout.split())
    assert "have not come to the same answer" in text
    assert "--sweeps 20000" in text
    assert "Positions" not in text


def test_both_methods_are_the_same_way_round(line):
    found = data(line, "--method", "both", "--threshold", 0.4, "--sweeps", 6000, "--draws", 0)
    assert found["agreement"]["actors"] == 4
    assert found["agreement"]["rank_correlation"] > 0
    assert found["correspondence"]["poles"]["left"] == found["item_response"]["poles"]["left"]
    text = run(line, "--method", "both", "--threshold", 0.4, "--draws", 0).stdout
    assert "Spearman's rho" in text


def test_files_hold_the_positions(line, tmp_path):
    table, whole = tmp_path / "out.csv", tmp_path / "out.json"
    assert run(line, "--draws", 50, "-o", table).exit_code == 0
    assert run(line, "--draws", 50, "-o", whole).exit_code == 0
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    told = json.loads(whole.read_text("utf-8"))["positions"]
    assert [row["actor"] for row in rows] == [each["actor"] for each in told]
    assert [float(row["position"]) for row in rows] == [each["coordinates"][0] for each in told]


def test_camps_that_share_nothing_are_told_and_compared_by_answers(tmp_path):
    camps = dict.fromkeys(("A1", "A2", "A3"), 0.0) | dict.fromkeys(("B1", "B2", "B3"), 1.0)
    file = write(tmp_path / "camps.csv", camps)
    with pytest.raises(MelianError, match=r"A1, A2 and A3 say nothing that B1.*item-response"):
        run(file)
    found = data(file, "--method", "item-response", "--left", "A1", "--sweeps", 4000)
    at = {each["actor"]: each["coordinates"][0] for each in found["positions"]}
    assert max(at[name] for name in ("A1", "A2", "A3")) < min(at[n] for n in ("B1", "B2", "B3"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--method", "corespondence"), 'Did you mean "correspondence"'),
        (("--method", "item-response", "--dimensions", 2), "has one dimension"),
        (("--dimensions", 3), "One or two dimensions"),
        (("--left", "Alpa"), 'Did you mean "Alpha"'),
        (("--least", 41), "It can be done with --least 40"),
        (("--resample", "pages"), '"pages"'),
        (("--method", "item-response", "--threshold", 0.7), "--threshold is a share"),
        (("--method", "item-response", "--sweeps", 5), "--sweeps 20000"),
        (("-o", "positions.txt"), "has to end in .csv, .json or .svg"),
        (("--method", "both", "--draws", 0, "--sweeps", 200, "-o", "both.csv"), "of one method"),
        (("--from", "2030"), "No statement counts"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(line, words, told):
    with pytest.raises(MelianError, match=told):
        run(line, *words)


def test_the_built_in_case_says_that_it_has_too_few():
    with pytest.raises(MelianError, match="too few statements to say"):
        run("nato-russia-2008")


def test_positions_are_drawn_into_a_file(line, tmp_path):
    file = tmp_path / "positions.svg"
    done = run(line, "--draws", 50, "-o", file)
    assert done.exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert all(f">{name}<" in text for name in SIDES)
    with pytest.raises(MelianError, match="picture of the positions of one method"):
        run(line, "--method", "both", "--draws", 50, "--sweeps", 400, "-o", file)
