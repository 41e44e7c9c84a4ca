"""``melian agenda``: what actors speak of, and what may be said of it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError


def run(*words):
    done = CliRunner().invoke(app, ["agenda", *map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    return done


def data(*words):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def told(*words):
    return " ".join(run(*words).stdout.split())


@pytest.fixture
def quay(tmp_path):
    """Port speaks of dues, Town of noise; in May all turn to the bridge."""
    said = [("Port", "dues", 4)] * 14 + [("Port", "noise", 4)] * 3 + [("Town", "noise", 4)] * 15
    said += [("Town", "dues", 4)] * 2 + [("Port", "bridge", 5)] * 16 + [("Town", "bridge", 5)] * 14
    lines = ["statement_id,date,organization,concept,agreement"]
    lines += [f"{n},2021-0{m}-03,{a},{c},1" for n, (a, c, m) in enumerate(said)]
    file = tmp_path / "quay.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_the_built_in_case_tells_regional_from_global_and_what_cannot_be_said():
    found = data("nato-russia-2008")
    russia = next(each for each in found["actors"] if each["actor"] == "Russia")
    aspects = {each["aspect"]: each for each in russia["aspects"]}
    shares = {each["value"]: each for each in aspects["scope"]["shares"]}
    assert shares["regional"]["share"] > 0.7
    assert shares["regional"]["interval"]["low"] > 0.5
    assert aspects["level"]["uncoded"] > 0.5
    nato = next(each for each in found["actors"] if each["actor"] == "NATO")
    assert not any(each["enough"] for each in nato["aspects"])
    assert not any(each["holds"] for each in found["differences"])
    assert found["resampling"]["unit"] == "statements"
    text = told("nato-russia-2008")
    assert "too few documents to be drawn" in text
    assert "--columns frame" in text
    assert "Too few statements to say who differs in scope: Russia and NATO" in text


def test_frames_as_issues_are_few_enough_for_a_breadth():
    found = data("nato-russia-2008", "--columns", "frame")
    russia = found["actors"][0]
    assert russia["broad_enough"]
    assert 5 < russia["breadth"]["effective"] < russia["breadth"]["issues"] <= 12
    assert russia["unnamed"] + russia["breadth"]["statements"] == russia["statements"]
    text = told("nato-russia-2008", "--columns", "frame")
    assert "economy" in text
    assert "By frame" not in text


def test_claims_that_hold_are_worded_and_lead_to_statements(quay):
    found = data(quay, "--by", "month", "--draws", 200)
    claims = [each for each in found["differences"] if each["holds"]]
    assert {(each["more"]["actor"], each["value"]) for each in claims} >= {("Port", "dues")}
    dues = next(each for each in claims if each["value"] == "dues")
    assert dues["statements"] == [str(n) for n in range(14)]
    assert dues["corrected"] <= 0.05
    changes = {(each["more"]["actor"], each["value"]) for each in found["changes"] if each["holds"]}
    assert ("", "bridge") in changes
    assert [each["period"]["first"] for each in found["periods"]] == ["2021-04-01", "2021-05-01"]
    text = told(quay, "--by", "month", "--draws", 200)
    assert 'Port speaks of "dues" more than all others (42%, 14 of 33, against 6%, 2 of 31' in text
    assert 'all together speak of "bridge" more in 2021-05 than in 2021-04' in text
    assert "200 draws of documents (seed 1)" in text


def test_the_same_seed_gives_the_same_and_few_actors_are_asked_one_by_one(quay):
    words = (quay, "--draws", 50, "--seed", 7, "--most", 1)
    assert data(*words) == data(*words)
    found = data(*words)
    assert ([each["actor"] for each in found["actors"]], found["others"]) == (["Port"], 1)
    assert "1 more actor" in told(*words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--by", "moth"), 'Did you mean "months"'),
        (("--columns", "conept"), 'Did you mean "concept"'),
        (("--resample", "pages"), "--resample"),
        (("--most", 0), "--most 12"),
        (("--from", "2030"), "No statement counts"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(quay, words, sentence):
    with pytest.raises(MelianError, match=sentence):
        run(quay, *words)


def test_coders_that_nobody_named_are_told(quay):
    with pytest.raises(MelianError, match="who coded it"):
        run(quay, "--resample", "coders")


def test_an_empty_table_and_one_statement_are_answered(tmp_path):
    file = tmp_path / "one.csv"
    head = "statement_id,date,organization,concept,agreement\n"
    file.write_text(head, encoding="utf-8")
    with pytest.raises(MelianError, match="No statement counts"):
        run(file)
    file.write_text(f"{head}1,,Port,dues,1\n", encoding="utf-8")
    text = told(file, "--by", "year")
    assert "too few to say" in text
    assert "no difference is sure" not in text


def test_breadth_has_intervals_and_a_broader_agenda_is_told_or_refused(tmp_path):
    head = "statement_id,date,organization,concept,agreement\n"
    wide = [("Wide", f"c{n % 16}", 4 + n // 48) for n in range(96)]
    narrow = [("Narrow", "c0" if n % 6 else f"c{n % 4}", 4 + n // 30) for n in range(60)]
    file = tmp_path / "breadth.csv"
    rows = [f"{n},2021-0{m}-03,{a},{c},1\n" for n, (a, c, m) in enumerate(wide + narrow)]
    file.write_text(head + "".join(rows), encoding="utf-8")
    found = data(file, "--by", "month", "--draws", 200)
    claim = found["broader_actors"][0]
    assert claim["holds"]
    assert (claim["broader"]["actor"], claim["narrower"]["actor"]) == ("Wide", "Narrow")
    assert claim["interval"]["low"] > 1
    breadth = found["actors"][0]["breadth"]
    low, high = breadth["effective_estimate_interval"].values()
    assert low < breadth["effective_estimate"] < high
    assert found["broader_periods"][0]["broader"]["period"]["first"].startswith("2021-0")
    text = told(file, "--by", "month", "--draws", 200)
    assert "Wide has a broader agenda than Narrow (" in text
    assert (
        "Between periods, no agenda is surely broader than another, given that 3 comparisons"
        in text
    )
    assert "no intervals were drawn" in told(file, "--draws", 0)


def test_an_agenda_that_narrows_is_told_so(tmp_path):
    rows = [f"{n},2021-04-03,Port,c{n % 16},1\n" for n in range(64)]
    rows += [f"{n},2021-05-03,Port,c{0 if n % 8 else n % 3},1\n" for n in range(64, 128)]
    file = tmp_path / "narrows.csv"
    head = "statement_id,date,organization,concept,agreement\n"
    file.write_text(head + "".join(rows), encoding="utf-8")
    text = told(file, "--by", "month", "--draws", 200)
    assert "Port has a narrower agenda in 2021-05 than in 2021-04 (" in text
    assert "times as many before; corrected p" in text
