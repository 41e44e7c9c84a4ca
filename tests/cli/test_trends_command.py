"""``melian trends``: from a case or a table to what is said when, and what may be claimed."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta

import numpy as np
import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.cli.trends import bars
from melian.problems import MelianError

HEAD = "statement_id,date,organization,concept,agreement"


def run(*words):
    done = CliRunner().invoke(app, ["trends", *map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    return done


def data(*words):
    done = run(*words, "--json", "--draws", "999")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def debate(tmp_path_factory):
    """Give a table: Mar comes to speak against the quay after 10 May, everybody else goes on."""
    rng = np.random.default_rng(11)
    rows = []
    for day in range(100):
        when = date(2021, 4, 1) + timedelta(days=day)
        rows += [(when, f"Bür{rng.integers(3)}", f"Döck {rng.integers(4)}", 1)] * rng.poisson(2)
        rows += [(when, "Mar", "the quay", 0)] * rng.poisson(0.1 if day < 40 else 1.5)
    file = tmp_path_factory.mktemp("debate") / "quay.csv"
    lines = [f"{n},{when},{who},{what},{sign}" for n, (when, who, what, sign) in enumerate(rows)]
    file.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return file


def test_salience_has_every_unit_and_every_statement(debate):
    found = data(debate, "--unit", "days")
    rows = list(csv.DictReader(debate.read_text("utf-8").splitlines()))
    first = date.fromisoformat(rows[0]["date"])
    days = [date.fromisoformat(day) for day in found["units"]]
    assert days == [first + timedelta(days=n) for n in range(len(days))]
    assert sum(found["totals"]) == len(rows) == found["statements"]
    for series in found["salience"]:
        key = "actor" if "actor" in series else "concepts"
        value = series[key] if key == "actor" else series[key][0]
        column = "organization" if key == "actor" else "concept"
        told = [sum(r["date"] == str(d) and r[column] == value for r in rows) for d in days]
        assert series["counts"] == told
    assert {s["label"] for s in found["salience"]} >= {'on "the quay"', "Mar", 'on "Döck 3"'}


def test_the_turn_is_found_as_burst_change_and_claim(debate):
    found = data(debate, "--around", "2021-05-10")
    ids = {r["statement_id"]: r for r in csv.DictReader(debate.read_text("utf-8").splitlines())}
    claim = next(c for c in found["claims"] if c["label"] == 'Mar against "the quay"')
    assert claim["holds"]
    assert not claim["general"]
    assert claim["sentence"].startswith('Mar against "the quay": more often after 10 May 2021: ')
    for side, early in (("before", True), ("after", False)):
        told = [ids[name] for name in claim[side]["statements"]]
        assert len(told) == claim[side]["count"]
        assert all(r["organization"] == "Mar" for r in told)
        assert all((r["date"] < "2021-05-10") is early for r in told)
    assert claim["before"]["days"] == claim["after"]["days"] == 39
    held = [c for c in found["changes"] if c["holds"] and c["measure"] == "count"]
    assert {c["label"] for c in held} == {'on "the quay"', "Mar"}
    assert all("2021-05-05" <= c["date"] <= "2021-05-25" for c in held)
    assert all(c["earliest"] <= c["date"] <= c["latest"] for c in held)
    rates = [c for c in found["claims"] if c["measure"] == "rate" and "Döck" in c["label"]]
    assert len(rates) > 4
    assert not any(c["holds"] for c in rates)
    assert data(debate, "--around", "2021-05-10") == found


def test_several_concepts_of_one_actor_in_one_sense_are_one_question(debate):
    words = ("--actor", "mar", "--concepts", "the*,döck 1", "--sign", "-", "--around", "2021-05-10")
    found = data(debate, *words)
    assert [s["label"] for s in found["salience"]] == ["Mar against the*,döck 1"]
    assert found["salience"][0]["concepts"] == ["the quay", "Döck 1"]
    assert {c["measure"] for c in found["claims"]} == {"rate", "share"}
    rate = next(c for c in found["claims"] if c["measure"] == "rate")
    assert rate["holds"]
    share = next(c for c in found["claims"] if c["measure"] == "share")
    assert not share["holds"]  # all that Mar says is against it
    told = run(debate, *words).stdout
    assert "more often after 10 May 2021" in " ".join(told.split())


def test_the_built_in_case_does_not_claim_what_its_dates_do_not_say():
    found = data("nato-russia-2008")
    assert found["left_out"] == {"undated": 0, "months": 0, "years": 54, "other": 0, "of": 61}
    assert sum(found["totals"]) == 7
    assert [m["id"] for m in found["milestones"]] == ["bucharest-summit"]
    assert found["claims"]
    assert not any(claim["holds"] for claim in found["claims"])
    words = ("--actor", "russia", "--concepts", "should-join*", "--sign", "-")
    (claim,) = data("nato-russia-2008", *words)["claims"]
    assert not claim["holds"]
    assert "0 before and 0 after" in claim["sentence"]
    assert "more may be on either side" in claim["sentence"]
    assert "54 of 61 statements are dated to the year only" in claim["sentence"]
    told = " ".join(run("nato-russia-2008", *words).stdout.split())
    assert "Nothing can be said to rise or fall after it." in told
    assert "The Bucharest summit: 61 days before and 61 after are compared." in told


def test_persons_are_asked_about_as_persons():
    with pytest.raises(MelianError, match="try --rows person"):
        run("nato-russia-2008", "--actor", "putin")
    found = data("nato-russia-2008", "--actor", "putin", "--rows", "person")
    assert found["salience"][0]["label"] == "Vladimir Putin"
    assert found["salience"][0]["statements"] > 0


def test_files_hold_what_is_printed(debate, tmp_path):
    found = data(debate, "--unit", "weeks")
    run(debate, "--unit", "weeks", "--draws", "999", "-o", tmp_path / "t.json")
    assert json.loads((tmp_path / "t.json").read_text("utf-8")) == found
    run(debate, "--unit", "weeks", "--draws", "999", "-o", tmp_path / "t.csv")
    rows = list(csv.DictReader((tmp_path / "t.csv").read_text("utf-8").splitlines()))
    assert len(rows) == len(found["units"]) * len(found["salience"])
    mar = [int(row["statements"]) for row in rows if row["subject"] == "Mar"]
    assert mar == next(s["counts"] for s in found["salience"] if s["label"] == "Mar")
    assert rows[0]["last"] == str(date.fromisoformat(rows[0]["first"]) + timedelta(days=6))


def test_the_terminal_says_it_in_sentences(debate):
    told = run(debate, "--around", "2021-05-10", "--draws", "99").stdout
    assert "statements by day, 2021-04-01 to 2021-07-09." in told
    assert "Döck 3" in told
    assert "10 May 2021: 39 days before and 39 after are compared." in told
    assert "Not said to rise or fall:" in told


def test_bars_are_as_high_as_the_counts():
    assert bars([0, 1, 2, 8]) == "·▁▂█"
    assert bars([1, 1, 2, 2], 2) == "▄█"
    assert bars([]) == ""
    assert bars([0, 0]) == "··"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "No statement is dated"),
        (["1,,Mar,the quay,1"], "1 of 1 statement has no date"),
        (["1,2021-04-01,Mar,the quay,1"], "1 statement by day"),
        (["1,2021,Mar,the quay,1", "2,2022,Mar,the quay,1"], "2 statements by year"),
        (["1,2021,Mar,the quay,1"], "1 statement by year"),
        (["1,2021-04,Mar,the quay,1", "2,2021-06,Mar,the quay,1"], "2 statements by month"),
    ],
)
def test_thin_tables_are_told_as_they_are(tmp_path, rows, told):
    file = tmp_path / "thin.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    done = run(file, "--around", "2021-05-01")
    assert done.exit_code == 0
    assert told in " ".join(done.stdout.split())
    assert json.loads(run(file, "--around", "2021-05-01", "--json").stdout)["bursts"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--unit", "moons"], '--unit does not know "moons"'),
        (["--around", "soon"], '--around: "soon" is not a date'),
        (["--around", "2021-05-01.."], "has no first or no last day"),
        (["--actor", "Marr"], 'Did you mean "Mar"?'),
        (["--actor", "B*"], '--actor: "B*" names several'),
        (["--concepts", "the quai"], 'Did you mean "the quay"?'),
        (["--sign", "±"], "Known are: +, -, 0, 1"),
        (["--penalty", "aic"], "Known are: bic, mbic"),
        (["--scale", "1"], "--scale is above 1"),
        (["--gamma", "-1"], "--gamma is not below 0"),
        (["-o", "t.xlsx"], "its name has to end in .csv, .json or .svg"),
        (["--rows", "organisation"], 'Did you mean "organization"'),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(debate, words, told):
    with pytest.raises(MelianError) as error:
        run(debate, *words)
    assert told in str(error.value)


def test_too_many_units_are_refused_with_what_to_type(tmp_path):
    file = tmp_path / "long.csv"
    file.write_text(f"{HEAD}\n1,1900-01-01,Mar,q,1\n2,2021-01-01,Mar,q,1\n", "utf-8")
    with pytest.raises(MelianError, match="at most 10,000 are looked at"):
        run(file, "--unit", "days")


def test_what_is_said_when_is_drawn_into_a_file(debate, tmp_path):
    file = tmp_path / "trends.svg"
    done = run(debate, "--unit", "weeks", "--draws", "99", "--around", "2021-05-10", "-o", file)
    assert done.exit_code == 0
    text = file.read_text("utf-8")
    found = data(debate, "--unit", "weeks")
    for series in found["salience"]:
        name = series["actor"] if "actor" in series else series["concepts"][0]
        assert f"<title>{name}: {sum(series['counts'])} statements</title>" in text
    assert "10 May 2021" in text
