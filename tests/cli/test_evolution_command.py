"""The commands evolution and draw as a user types them."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.cli.evolution import _moves
from melian.conflict.evolution import Step
from melian.readings.evolution.routes import Move, Route
from melian.readings.evolution.status_quo import Arrival

CASE = "nato-russia-2008"


def run(*args):
    return CliRunner().invoke(app, ["evolution", *args])


def data(*args):
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_built_in_case__improvements_reach_less_than_moves():
    paying, all_ = data(CASE), data(CASE, "--moves", "all")
    assert paying["counts"]["reached"] < all_["counts"]["reached"] == 144
    within = {each["number"]: each["share"] for each in all_["equilibria"]}
    assert paying["equilibria"]
    for each in paying["equilibria"]:
        assert each["share"] <= within[each["number"]] == each["stable"]


def test_another_beginning__by_options_or_by_letters():
    by_name = data(CASE, "--start", "adapt, partner,engage, apply")
    assert by_name["start"]["options"] == "NYYNYNNNY"
    assert data(CASE, "--start", "NYYNYNNNY") == by_name
    assert by_name["equilibria"][0]["moves"] == 0


def test_people_read_who_moves_and_why():
    result = run(CASE)
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "From state 73: confront, back-breakaways, apply." in words
    assert '2. NATO takes partner, engage (pays in 100%): it prefers "partner".' in words
    assert "Allies with common interests can be partners." in words


def test_under_another_concept_parties_stop_earlier():
    assert data(CASE, "--concept", "gmr")["concept"] == "gmr"


def test_a_case_without_readings_tells_no_shares(tmp_path):
    text = """
title: The ferry
question: Will it sail?
actors: {ferry: Ferry, port: Port}
conflict:
  options:
    ferry: {sail: sail at night}
    port: {pay: pay for it}
  status_quo: [sail]
  preferences:
    ferry: [pay, not sail]
    port: [not pay]
"""
    (tmp_path / "case.yaml").write_text(text)
    words = " ".join(run(str(tmp_path)).stdout.split())
    assert "%" not in words
    assert '1. Ferry drops sail: it prefers "not sail".' in words


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("join, adapt", 'is infeasible: the case rules out "adapt and join"'),
        ("NNNNNNNNN", "The state in which nothing is done is infeasible"),
        ("adpt", '"adpt" is not an option of the conflict. Did you mean "adapt"?'),
        ("YN", "by a Y or N for each, as in YNNNNNNNN"),
    ],
)
def test_wrong_beginnings__are_told(start, words):
    result = run(CASE, "--start", start)
    assert result.exit_code != 0
    assert words in str(result.exception)


def test_without_a_status_quo__the_sentence_says_what_to_type(tmp_path):
    text = "actors: {a: A, b: B}\nconflict:\n  options:\n    a: {x: go}\n    b: {y: stay}\n"
    (tmp_path / "case.yaml").write_text(f"title: T\nquestion: Q\n{text}")
    result = run(str(tmp_path))
    assert '--start "x"' in str(result.exception)
    assert "--start YN" in str(result.exception)


SVG = "{http://www.w3.org/2000/svg}"


def draw(tmp_path, *args):
    """Draw into a file, and give the numbers of its states, its words, and what was said."""
    file = tmp_path / "states.svg"
    result = CliRunner().invoke(app, ["draw", *args, "-o", str(file)])
    assert result.exit_code == 0, result.output
    root = ET.fromstring(file.read_text())  # noqa: S314 - we wrote it
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    return {int(t) for t in texts if t.isdigit()}, root.find(f"{SVG}desc").text, result.stderr


def test_draw__the_states_nearest_to_the_status_quo(tmp_path):
    states, words, said = draw(tmp_path, CASE)
    assert len(states) == 24
    assert 73 in states
    assert said.strip().endswith("; 120 other states left out")
    assert "120 other states are not drawn" in words


def test_draw__only_states_in_which_a_formula_is_true(tmp_path):
    states, words, _ = draw(tmp_path, CASE, "--where", "adapt and partner and engage")
    every = CliRunner().invoke(app, ["stability", CASE, "--json", "--concept", "nash"]).stdout
    known = json.loads(every)
    places = [known["options"].index(o) for o in ("adapt", "partner", "engage")]
    wanted = {s["number"] for s in known["states"] if all(s["options"][p] == "Y" for p in places)}
    assert states == wanted
    assert "(status quo)" not in words


def test_draw__more_moves_than_improvements(tmp_path):
    where = ("--where", "adapt and partner and engage")
    _, paying, _ = draw(tmp_path, CASE, *where)
    _, all_, _ = draw(tmp_path, CASE, *where, "--moves", "all")
    count = [int(words.split(" states and ")[1].split()[0]) for words in (paying, all_)]
    assert 0 < count[0] < count[1]


def test_evolution__draws_the_ways_to_equilibria(tmp_path):
    file = tmp_path / "ways.svg"
    result = run(CASE, "-o", str(file))
    assert result.exit_code == 0
    assert result.stdout == run(CASE).stdout  # it is told as well
    words = ET.parse(file).getroot().find(f"{SVG}desc").text  # noqa: S314 - we wrote it
    assert "From state 73, NATO moves to state 77 (joint tasks), which pays in 100%." in words
    assert "3 more equilibria come about and are not drawn." in words


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((CASE, "-o", "x.png"), "let the file's name end in .svg"),
        ((CASE, "-o", "x"), "as a file without an ending"),
        ((CASE, "-o", "x.svg", "--where", "partner and ("), "is not a formula over options"),
        ((CASE, "-o", "x.svg", "--where", "partnr"), 'Did you mean "partner"?'),
        ((CASE, "-o", "x.svg", "--where", "adapt and confront"), "In no feasible state"),
        ((CASE, "-o", "nowhere/x.svg"), "cannot be written"),
    ],
)
def test_draw__wrong_use_is_a_sentence(args, words):
    result = CliRunner().invoke(app, ["draw", *args])
    assert words in str(result.exception)


def test_draw__too_many_states_and_no_status_quo(tmp_path):
    options = ", ".join(f"o{n}: do {n}" for n in range(5))
    text = f"title: T\nquestion: Q\nactors: {{a: A}}\nconflict:\n  options:\n    a: {{{options}}}\n"
    (tmp_path / "case.yaml").write_text(text)
    args = ["draw", str(tmp_path), "-o", str(tmp_path / "x.svg")]
    result = CliRunner().invoke(app, args)
    assert "There are 32 states, and a picture of more than 24 cannot be read." in str(
        result.exception
    )
    assert CliRunner().invoke(app, [*args, "--start", "NNNNN"]).exit_code == 0


def test_moves_are_counted_on_the_way_told_and_at_the_least():
    for each in data(CASE)["equilibria"]:
        assert each["route"]["moves"] == len(each["route"]["steps"]) >= each["moves"]
    one = np.array([True])
    step = Move(Step("a", 1, 2), ("p",), (), one, ())
    way = Route((step,) * 4, one)
    assert _moves(Arrival(1, one, one, np.array([0]), 3, way)) == "4 moves (3 at the least)"
    assert _moves(Arrival(1, one, one, np.array([0]), 4, way)) == "4 moves"
    assert _moves(Arrival(1, one, one, np.array([0]), 0, None)) == "without a move"


def test_letters_of_many_options_break_by_decision_maker(tmp_path):
    path = tmp_path / "states.svg"
    args = ["draw", CASE, "-o", str(path), "--where", "partner"]
    assert CliRunner().invoke(app, args).exit_code == 0
    text = path.read_text("utf-8")
    assert "Letters, a line for each decision maker: " in text
