"""The command evolution as a user types it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

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
    by_name = data(CASE, "--from", "adapt, partner,engage, apply")
    assert by_name["start"]["options"] == "NYYNYNNNY"
    assert data(CASE, "--from", "NYYNYNNNY") == by_name
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
        ("YN", "or give a Y or N for each"),
    ],
)
def test_wrong_beginnings__are_told(start, words):
    result = run(CASE, "--from", start)
    assert result.exit_code != 0
    assert words in str(result.exception)


def test_without_a_status_quo__the_sentence_says_what_to_type(tmp_path):
    text = "actors: {a: A, b: B}\nconflict:\n  options:\n    a: {x: go}\n    b: {y: stay}\n"
    (tmp_path / "case.yaml").write_text(f"title: T\n{text}")
    result = run(str(tmp_path))
    assert '--from "x"' in str(result.exception)
    assert "--from NN" in str(result.exception)
