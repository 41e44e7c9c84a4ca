"""The command hypergame as a user types it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

# The port believes that Bela would rather pay than protest. It would not.
CASE = """
title: Dues
question: Who pays?
actors: {port: the port, bela: Bela}
conflict:
  options:
    port: {close: close the harbour}
    bela: {pay: pay its dues, protest: protest}
  status_quo: [close]
  preferences:
    port: [pay, not protest, not close]
    bela: [protest, not pay]
  beliefs:
    port: {bela: [pay, not protest]}
  unseen:
    bela: [close and pay and protest]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path


def run(*args):
    return CliRunner().invoke(app, ["hypergame", *map(str, args)])


def test_the_data_say_what_each_expects_and_what_lasts(folder):
    result = run(folder, "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    letters = {state["number"]: state["options"] for state in data["states"]}
    port, bela = data["views"]["port"], data["views"]["bela"]
    assert port["believes"] == {"bela": ["pay", "not protest"]}
    assert port["mistaken_about"] == ["bela"]
    assert (bela["believes"], bela["mistaken_about"]) == ({}, [])
    assert [letters[n] for n in bela["unseen"]] == ["YYY"]
    assert [letters[n] for n in port["expects"]["nash"]] == ["NYN"]
    assert port["imagined"]["nash"] == port["expects"]["nash"]
    assert [letters[n] for n in data["equilibria"]["nash"]] == ["NNY"]
    assert port["surprises"]["nash"] == data["equilibria"]["nash"] == data["truth"]["nash"]
    assert bela["surprises"]["nash"] == []
    assert data["equilibria"].keys() == {"nash", "gmr", "smr", "seq", "sim"}
    told = {(each["concept"], letters[each["state"]]): each["actors"] for each in data["prospects"]}
    moves = told["nash", "YNN"]["bela"]
    assert (moves["stays"], [letters[n] for n in moves["to"]]) == (False, ["YNY"])
    assert (moves["sees"], told["nash", "YNN"]["port"]["sees"]) == (True, True)
    expected = moves["expected"]["port"]
    assert (expected["stays"], [letters[n] for n in expected["to"]]) == (False, ["YYN"])


def test_people_read_who_is_wrong_about_what(folder):
    words = " ".join(run(folder).stdout.split())
    assert "The port believes that Bela prefers: pay; not protest. As coded, Bela ranks" in words
    assert 'Bela does not reckon with 1 of 8 states: those with "' in words
    assert "What is expected to last, and what does (nash)" in words
    assert "What is expected to last, and what does (seq)" not in words
    assert "Bela would take protest (state 6); the port expects it to take pay (state 4)." in words
    assert "State 3 does not last: Bela would take protest and drop pay (state 5)" in words
    assert "What is expected to last, and what does (seq)" in " ".join(
        run(folder, "--concept", "seq").stdout.split()
    )


def test_beliefs_that_change_nothing_are_told_to_be_so(folder):
    text = CASE.replace("port: {bela: [pay, not protest]}", "port: {bela: [protest, not pay]}")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    assert "prefers: protest; not pay. As coded, it does." in " ".join(run(folder).stdout.split())


def test_a_case_without_beliefs_is_told_how_to_add_them():
    message = str(run("nato-russia-2008").exception)
    assert 'The case "nato-russia-2008" does not say what parties believe of each other' in message
    assert "beliefs: {nato: {russia: [adapt]}}" in message


def test_a_case_without_a_conflict_has_no_hypergame(tmp_path):
    (tmp_path / "case.yaml").write_text("title: a\nquestion: b\n", encoding="utf-8")
    assert "has no conflict" in str(run(tmp_path).exception)
