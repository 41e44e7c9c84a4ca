"""The option --coalition of stability as a user types it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

# Two ferries that would both rather keep to the timetable, if the other does; and a port.
CASE = """
title: The timetable
question: Will anybody keep to it?
actors: {aino: Aino, beda: the Beda, port: Port}
conflict:
  options:
    aino: {keep: keep to the timetable}
    beda: {hold: hold to the timetable}
    port: {fine: fine the late}
  preferences:
    aino: [not (not hold and keep), hold, not keep]
    beda: [not (not keep and hold), keep, not hold]
    port: [not fine]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path


def run(*args):
    return CliRunner().invoke(app, ["stability", *map(str, args)])


def data(*args):
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_ferries_keep_to_it_only_together(folder):
    found = data(folder, "--coalition", "beda, aino")
    assert found["alone"]["nash"] == [1]
    assert found["equilibria"]["nash"] == []
    assert found["coalitions"].keys() == {"aino+beda"}
    assert 1 not in found["coalitions"]["aino+beda"]["nash"]
    (upset,) = [each for each in found["upsets"] if each["concept"] == "nash"]
    assert upset == {"coalition": ["aino", "beda"], "concept": "nash", "states": [1],
                     "moves": [{"from": 1, "to": [4]}], "more_moves_from": []}  # fmt: skip
    assert "sim" in found["equilibria"]
    assert "sim" not in found["coalitions"]["aino+beda"]


def test_coalitions_of_the_case_are_looked_at_unless_others_are_named(folder):
    text = CASE + "  coalitions: [[aino, beda]]\n"
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    assert data(folder)["coalitions"].keys() == {"aino+beda"}
    assert data(folder, "--coalition", "aino,port")["coalitions"].keys() == {"aino+port"}
    assert "coalitions" not in data(folder, "--coalition", "none")
    assert data(folder, "--coalition", "all")["coalitions"].keys() == {
        "aino+beda", "aino+port", "beda+port", "aino+beda+port",
    }  # fmt: skip


def test_people_read_who_would_leave_what_and_how(folder):
    result = run(folder, "--coalition", "aino,beda", "--coalition", "aino,port")
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "Aino together with the Beda would leave" in words
    assert "state 1 (nothing), under nash" in words
    assert "Aino takes keep; the Beda takes hold: state 4, which lasts" in words
    assert "No equilibrium of single parties would be left by Aino together with Port." in words
    assert "Under sim, which is not defined for coalitions" in words


def test_numbers_only(folder):
    result = run(folder, "--coalition", "aino,beda", "--count", "--concept", "nash")
    assert json.loads(result.stdout) == {
        "states": 8, "equilibria": {"nash": 0}, "complete": True, "engine": "explicit",
        "alone": {"nash": 1},
        "upsets": {"aino+beda": {"nash": 1}},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("aino,bead", '"bead" decides nothing in this conflict. Did you mean "beda"?'),
        ("aino", "A coalition needs two decision makers or more, and this is aino alone"),
        ("", "this one has nobody"),
    ],
)
def test_a_wrong_coalition_is_told_in_a_sentence(folder, named, sentence):
    result = run(folder, "--coalition", named)
    assert sentence in str(result.exception)


def test_the_built_in_case__a_coalition_takes_equilibria_away():
    found = data("nato-russia-2008", "--coalition", "nato,russia")
    for concept, numbers in found["equilibria"].items():
        stable = found["coalitions"]["nato+russia"].get(concept, found["alone"][concept])
        assert set(numbers) == set(found["alone"][concept]) & set(stable)
    assert any(len(found["equilibria"][c]) < len(found["alone"][c]) for c in found["alone"])
