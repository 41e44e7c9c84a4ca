"""``melian backbone``: which concepts the structure of the network hangs on."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

TABLE = """id,date,organization,concept,agreement
1,2021-04-01,Ships,the quay is full,1
2,2021-04-02,Port,the quay is full,1
3,2021-04-03,Town,the quay is full,1
4,2021-05-02,Port,dues must rise,1
5,2021-06-02,Town,dues must rise,1
6,2021-06-03,Town,a bridge is needed,1
7,2021-06-03,Ships,a tunnel is needed,1
"""


def run(*words):
    done = CliRunner().invoke(app, ["backbone", *map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    assert done.exit_code == 0, done.stderr
    return done


@pytest.fixture
def quay(tmp_path):
    file = tmp_path / "quay.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_what_ties_most_is_spared_last(quay):
    found = json.loads(run(quay, "--json").stdout)
    assert [(s["concepts"], s["left"], s["statements"]) for s in found["steps"]] == [
        (["a bridge is needed", "a tunnel is needed"], 2, 5),
        (["dues must rise"], 1, 3),
        (["the quay is full"], 0, 0),
    ]
    assert (found["actors"], found["statements"]) == (3, 7)
    assert found["steps"][0]["loss"] == 0
    told = run(quay).stdout
    assert told.index("the quay is full") < told.index("dues must rise")
    assert "100.0%" in told
    assert "Nothing changes without 2 more values" in told
    assert "Only 3 of 3 actors are tied to anybody: too few" in told


def test_dna_compares_shares_of_ties(quay):
    found = json.loads(run(quay, "--json", "--compat", "dna-3.1.2").stdout)
    assert found["rules"] == "dna-3.1.2"
    # ties: ships-port 1, ships-town 1, port-town 2; their shares with the dues and without them
    whole, rest = [2 / 8, 3 / 8, 3 / 8], [1 / 3] * 3
    apart = sum(abs(one - other) for one, other in zip(whole, rest, strict=True))
    assert abs(found["steps"][1]["loss"] - apart) < 1e-12
    assert found["steps"][2]["loss"] == 1


def test_without_ties_there_is_no_structure(quay):
    assert "No two actors are tied" in run(quay, "--type", "conflict").stdout
    assert "No two actors are tied" in run(quay, "--from", "2030").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--type", "two-mode"], "one-mode network"),
        (["--type", "congruense"], 'Did you mean "congruence"'),
        (["--columns", "claim"], 'Nothing called "claim"'),
    ],
)
def test_wrong_words_are_answered(quay, words, told):
    with pytest.raises(MelianError) as error:
        run(quay, *words)
    assert told in str(error.value)
