"""``melian polarisation``: from a table of statements to camps, and what to make of them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"


def run(*words):
    done = CliRunner().invoke(app, ["polarisation", *map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    return done


def data(*words):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def plain(*words):
    done = run(*words)
    assert done.exit_code == 0, done.stderr
    return " ".join(done.stdout.split())


SIDES = {"Greens": "1111", "Reds": "1111", "Coal": "0000", "Power": "0000", "Union": "1100"}


@pytest.fixture
def quay(tmp_path):
    """A debate of four weeks: the union goes over to coal and power in the third."""
    lines = ["statement_id,date,person,organization,concept,agreement,document_id"]
    for who, weeks in SIDES.items():
        for week, sign in enumerate(weeks):
            for concept in ("exit", "subsidy", "grid"):
                number = len(lines)
                day = f"2024-01-{1 + 7 * week:02}"
                lines.append(f"{number},{day},P,{who},{concept},{sign},{number}")
    lines.append(f"{len(lines)},2024-01-01,P,Once,exit,1,{len(lines)}")
    file = tmp_path / "quay.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_camps_are_proved_and_told(quay):
    found = data(quay, "--rows", "organization", "--draws", 40)
    assert found["exact"] is True
    assert found["bound"] - found["polarisation"] <= found["precision"]
    assert min(map(sorted, found["camps"].values()), key=len) in (
        ["Coal", "Power"],
        ["Greens", "Reds"],
    )
    assert found["left_out"] == 1
    assert found["free"] == ["Union"]
    assert found["optima"] == 2
    firm = {each["actor"]: each for each in found["firmness"]}
    assert firm["Coal"]["firm"]
    assert not firm["Union"]["firm"]
    assert firm["Coal"]["draws"] == 1 > firm["Union"]["draws"]
    assert found["chance"]["mean"] < found["interval"]["same_camps"][0]
    assert found["windows"] == found["switches"] == []
    assert len(found["reversals"]) == 3
    assert found["measure"] == "opposition"
    told = plain(quay, "--rows", "organization", "--draws", 40)
    assert "the largest of all divisions into two camps, which is proved" in told
    assert "it is more than that" in told
    assert "1 actor with fewer than 2 statements is in no camp." in told
    assert "as much by clash as by agreement, and so on no side: Union." in told


def test_who_goes_over_is_told_with_the_windows(quay, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    words = (quay, "--rows", "organization", "--window", 1, "--least", 3)
    found = data(*words, "--draws", 0)
    assert found["window"] == {"unit": "weeks", "width": 1, "step": 1}
    assert [w["thin"] for w in found["windows"]] == ["fewer than 20 statements"] * 4
    wide = data(*words[:3], "--window", 2, "--step", 2, "--draws", 30)
    assert [w["thin"] for w in wide["windows"]] == ["", ""]
    assert wide["windows"][0]["interval"]["draws"] == 30
    (switch,) = wide["switches"]
    assert switch["actor"] == "Union"
    assert switch["left"] == ["2024-01-01", "2024-01-14"]
    assert switch["joined"] == ["2024-01-15", "2024-01-28"]
    loyalty = {each["actor"]: each["loyalty"] for each in wide["loyalty"]}
    assert loyalty == dict.fromkeys(("Coal", "Greens", "Power", "Reds"), 1) | {"Union": 0.5}
    told = plain(*words[:3], "--window", 2, "--step", 2)
    assert "Union goes from" in told
    assert "turned round on" in told
    assert "Too thin to say, with fewer than 20 statements: 4 of 4 windows." in plain(*words)
    assert switch["between"] == ["2024-01-07", "2024-01-21"]
    assert switch["overlap"] is False
    assert all(window["two_camps"] for window in wide["windows"])


def test_windows_that_overlap_date_a_switch_by_their_middles(quay):
    words = (quay, "--rows", "organization", "--window", 2)
    (switch,) = data(*words, "--draws", 0)["switches"]
    assert switch["overlap"] is (switch["left"][1] >= switch["joined"][0])
    assert switch["between"] == sorted(switch["between"])
    told = plain(*words)
    assert ("that overlap" in told) is switch["overlap"]


def test_a_debate_that_agrees_has_no_camps_in_its_windows(tmp_path):
    """Of 4 weeks, all agree in the second and third; who was alone before has not gone over."""
    lines = ["statement_id,date,person,organization,concept,agreement,document_id"]
    for week, sides in enumerate(("1100", "1111", "1111", "1100")):
        for who, sign in zip(("Greens", "Reds", "Coal", "Power"), sides, strict=True):
            for concept in range(6):
                number = len(lines)
                day = f"2024-01-{1 + 7 * week:02}"
                lines.append(f"{number},{day},P,{who},c{concept},{sign},{number}")
    file = tmp_path / "agree.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = (file, "--rows", "organization", "--window", 1, "--draws", 0)
    found = data(*words)
    assert [window["two_camps"] for window in found["windows"]] == [True, False, False, True]
    assert found["windows"][1]["united"] == "two camps fit no better than one"
    assert found["windows"][1]["stands"] == []
    assert found["switches"] == []
    camps = {each["actor"]: each["camps"] for each in found["loyalty"]}
    assert camps["Coal"] == camps["Power"] == [camps["Coal"][0], None, None, camps["Coal"][0]]
    assert camps["Greens"][0] != camps["Coal"][0]
    told = plain(*words)
    assert "There are not two camps in 2 of 4 windows" in told
    assert "Nobody clearly changes sides." in told
    assert "a dash one that has not two camps" in told


def test_the_same_seed_gives_the_same_and_files_hold_what_is_printed(quay, tmp_path):
    words = (quay, "--rows", "organization", "--draws", 20)
    found = data(*words)
    assert found == data(*words)
    assert run(*words, "-o", tmp_path / "camps.json").exit_code == 0
    assert json.loads((tmp_path / "camps.json").read_text("utf-8")) == found
    assert run(*words, "-o", tmp_path / "camps.csv").exit_code == 0
    rows = list(csv.DictReader((tmp_path / "camps.csv").read_text("utf-8").splitlines()))
    assert [row["actor"] for row in rows] == [each["actor"] for each in found["firmness"]]
    assert [float(row["fit"]) for row in rows] == [each["fit"] for each in found["firmness"]]


def test_a_bound_stands_where_work_does_not_suffice(tmp_path):
    lines = ["statement_id,date,person,organization,concept,agreement,document_id"]
    rng = np.random.default_rng(1)
    for who in range(30):
        for what in range(12):
            sign = rng.integers(2)
            lines.append(f"{len(lines)},2024-01-01,P,o{who},c{what},{sign:d},{len(lines)}")
    file = tmp_path / "many.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    short = data(file, "--rows", "organization", "--work", 30, "--draws", 0)
    long = data(file, "--rows", "organization", "--draws", 0)
    assert short["exact"] is False
    assert short["polarisation"] <= long["polarisation"] + 1e-9 <= short["bound"]
    assert long["exact"] is True
    assert "at most" in plain(file, "--rows", "organization", "--work", 30, "--draws", 0)


def test_what_dna_makes_of_two_camps():
    if not ANCHORS.is_dir():
        pytest.skip("two_camps.dna is not here")
    words = (ANCHORS / "two_camps.dna", "--rows", "organization", "--draws", 0)
    found = data(*words, "--compat", "dna-3.1.2")
    assert found["polarisation"] == pytest.approx(1)
    assert found["dna"]["q"] == pytest.approx(0.25)
    assert found["dna"]["least"] == pytest.approx(0.25)
    assert found["dna"]["most"] == pytest.approx(0.5227, abs=5e-5)
    assert found["dna"]["divisions"] == 924
    assert "q is a misfit" in plain(*words, "--compat", "dna-3.1.2")
    assert "dna" not in data(*words)


def test_what_dna_makes_of_its_windows():
    """Those of DNA's own output: of the first it gave 0.65537 at best, its least is lower."""
    if not ANCHORS.is_dir():
        pytest.skip("small_extra.dna is not here")
    words = (ANCHORS / "small_extra.dna", "--rows", "organization", "--qualifier", "agreement")
    words = (*words, "--duplicates", "include", "--draws", 0, "--compat", "dna-3.1.2")
    words = (*words, "--window", 6, "--unit", "months", "--step", 12)
    found = data(*words)["dna"]["windows"]
    assert len(found) == 26
    assert (found[0]["first"], found[0]["middle"]) == ("2005-02-17", "2005-05-17")
    assert found[-1]["last"] == "2007-09-17"
    with (ANCHORS / "expected" / "polarization.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kind = row["timewindow"], row["normalize"], row["clusters"]
            if kind == ("months", "true", "2"):
                window = found[int(row["index"])]
                assert window["least"] - 1e-9 <= float(row["finalMaxQ"]) <= window["most"] + 1e-9
    assert "These are DNA's windows" in plain(*words)


def test_on_what_camps_differ_is_told_first(quay):
    found = data(quay, "--rows", "organization", "--draws", 0)
    assert {each["concept"] for each in found["issues"]} == {"exit", "subsidy", "grid"}
    assert sum(each["adds"] for each in found["issues"]) == pytest.approx(found["polarisation"])
    first = found["issues"][0]
    cited = {
        side: first[side]["statements_for"] + first[side]["statements_against"] for side in "AB"
    }
    assert cited["A"]
    assert cited["B"]
    assert not set(cited["A"]) & set(cited["B"])
    told = plain(quay, "--rows", "organization", "--draws", 0)
    assert told.index("The camps differ most on") < told.index("Camp A")
    assert "the camps differ on A for A against B for B against adds" in told


def test_that_most_agree_on_most_is_told_before_the_camps(tmp_path):
    lines = ["statement_id,date,person,organization,concept,agreement,document_id"]
    for who in range(8):
        for what in range(6):
            sign = int(who > 0 or what > 0)
            lines.append(f"{len(lines)},2024-01-01,P,o{who},c{what},{sign},{len(lines)}")
    file = tmp_path / "agreed.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = plain(file, "--rows", "organization", "--draws", 0, "--least", 1)
    assert "Polarisation is 0: two camps fit no better than one, which is proved." in told
    assert told.index("add --disputed 0.2") < told.index("Camp A: 8 actors")


def test_it_is_drawn_as_a_map_or_over_time(quay, tmp_path):
    words = (quay, "--rows", "organization", "--draws", 0)
    file = tmp_path / "camps.svg"
    assert run(*words, "-o", file).exit_code == 0
    drawn = file.read_text("utf-8")
    assert drawn.startswith("<?xml")
    assert "Who is in which camp" in drawn
    assert all(who in drawn for who in SIDES)
    assert run(*words, "--window", 2, "--step", 2, "-o", file).exit_code == 0
    drawn = file.read_text("utf-8")
    assert "Polarisation over time" in drawn
    assert "Who stood in which camp" in drawn
    assert drawn.index("Polarisation over time") < drawn.index("Who stood in which camp")


def test_where_there_is_nothing_to_divide_it_is_said(tmp_path):
    told = plain("nato-russia-2008")
    assert "There are no camps" in told
    head = "statement_id,date,person,organization,concept,agreement\n"
    file = tmp_path / "little.csv"
    file.write_text(head, encoding="utf-8")
    assert "There is nobody to put into a camp" in plain(file, "--rows", "organization")
    file.write_text(head + "1,,P,O,c,1\n2,,P,O,d,1\n3,,P,U,e,1\n4,,P,U,f,1\n", "utf-8")
    assert "There is nothing to divide" in plain(file, "--rows", "organization")
    assert "no actor makes 9 statements" in plain(file, "--least", 9)
    with pytest.raises(MelianError, match="No statement has a date"):
        run(file, "--rows", "organization", "--window", 2)


def test_draws_of_coders_are_not_made_where_none_are_named(quay):
    told = plain(quay, "--rows", "organization", "--resample", "coders")
    assert "No statement says who coded it; draw documents instead." in told
    assert "it is more than that" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--measure", "modular"], 'Did you mean "modularity"'),
        (["--normalize", "jaccard"], "Take --normalize average"),
        (["--compat", "dna-2"], "Known is: dna-3.1.2"),
        (["--rows", "organisation"], 'Did you mean "organization"'),
        (["--resample", "weeks"], "documents, coders, days, statements"),
        (["--window", "2", "--unit", "moons"], '--unit does not know "moons"'),
        (["--window", "2", "--step", "0"], "the next begins at least one later"),
        (["-o", "camps.xlsx"], "has to end in .csv, .json or .svg"),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(quay, words, told):
    with pytest.raises(MelianError) as error:
        run(quay, *words)
    assert told in str(error.value)


def test_two_voices_of_one_party_are_no_turn(tmp_path):
    file = tmp_path / "voices.csv"
    lines = ["statement_id,date,person,organization,concept,agreement"]
    for number, (day, who, whom, sign) in enumerate(
        (
            ("2024-01-01", "Ann", "Greens", 0),
            ("2024-01-09", "Bob", "Greens", 1),
            ("2024-01-01", "Reds", "Reds", 1),
            ("2024-01-09", "Reds", "Reds", 0),
        )
    ):
        lines.append(f"{number},{day},{who},{whom},exit,{sign}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = (file, "--rows", "organization", "--least", 1, "--draws", 0)
    found = {each["actor"]: each for each in data(*words)["reversals"]}
    assert found["Greens"]["other_voices"] is True
    assert found["Greens"]["voices_before"] == ["Ann"]
    assert found["Reds"]["other_voices"] is False
