"""``melian network``: from a case, a table or a database to who stands with whom."""

from __future__ import annotations

import csv
import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

TABLE = """statement_id,date,person,organization,concept,agreement,mood
1,2021-04-01,Mona,Ships,the quay is full,1,calm
2,2021-04-02 10:30:00,Bela,Port,the quay is full,0,
3,2021-05,Bela,Port,dues must rise,yes,calm
4,02.06.2021,Tara,Town,dues must rise,1,cross
5,2021-06-03,Tara,Town,dues must rise,1,cross
6,2021-06-03,Tara,,the quay is full,1,cross
"""


def run(*words):
    done = CliRunner().invoke(app, ["network", *map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    return done


@pytest.fixture
def quay(tmp_path):
    file = tmp_path / "quay.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def data(*words):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_a_table_gives_a_matrix(quay):
    found = data(quay)
    assert found["rows"] == found["columns"] == ["Port", "Ships", "Tara", "Town"]
    assert found["matrix"] == [[0, 0, 0, 2], [0, 0, 1, 0], [0, 1, 0, 0], [2, 0, 0, 0]]
    assert found["statements"] == 6
    assert found["type"] == "congruence"
    conflict = data(quay, "--type", "conflict")["matrix"]
    assert conflict == [[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]


def test_periods_duplicates_variables_and_the_second_mode(quay):
    assert data(quay, "--until", "2021-04")["rows"] == ["Port", "Ships"]
    once = data(quay, "--duplicates", "range", "--type", "two-mode")
    assert once["columns"] == ["dues must rise", "the quay is full"]
    assert once["matrix"] == [[1, -1], [0, 1], [0, 1], [1, 0]]
    moods = data(quay, "--rows", "person", "--qualifier", "mood")
    assert moods["rows"] == ["Bela", "Mona", "Tara"]
    assert moods["statements"] == 5  # one says nothing of the mood
    assert sum(map(sum, moods["matrix"])) == 0


def test_what_is_written_into_a_file_is_what_is_printed(quay, tmp_path):
    found = data(quay, "--normalize", "average")
    assert run(quay, "--normalize", "average", "-o", tmp_path / "m.json").exit_code == 0
    assert json.loads((tmp_path / "m.json").read_text("utf-8")) == found
    assert run(quay, "--normalize", "average", "-o", tmp_path / "m.csv").exit_code == 0
    head, *lines = csv.reader((tmp_path / "m.csv").read_text("utf-8").splitlines())
    assert head[1:] == found["columns"]
    assert [[float(cell) for cell in line[1:]] for line in lines] == found["matrix"]


def test_the_terminal_shows_the_strongest_ties_first(quay):
    told = run(quay).stdout
    assert told.index("Town") < told.index("Ships")
    assert "6 statements, 2 of 6 pairs tied." in told


def test_windows_in_time(quay, tmp_path):
    found = data(quay, "--window", "2", "--unit", "months", "--step", "1")
    assert [(w["first"], w["last"], w["statements"]) for w in found["windows"]] == [
        ("2021-04-01", "2021-05-31", 3),
        ("2021-05-01", "2021-06-30", 4),
    ]
    assert found["windows"][1]["matrix"] == [[0, 0, 2], [0, 0, 0], [2, 0, 0]]
    assert "2021-05-01 to 2021-06-30" in run(quay, "--window", "2").stdout
    assert run(quay, "--window", "2", "-o", tmp_path / "w.csv").exit_code == 0
    assert (tmp_path / "w.csv").read_text("utf-8").splitlines() == [
        "first,last,statements,row,column,tie",
        "2021-05-01,2021-06-30,4,Port,Town,2",
    ]
    assert run(quay, "--window", "2", "-o", tmp_path / "w.json").exit_code == 0
    assert json.loads((tmp_path / "w.json").read_text("utf-8")) == found


def test_what_is_dated_too_coarsely_for_a_window_is_in_none_and_told(quay):
    done = run(quay, "--window", "1", "--unit", "days", "--json")
    assert sum(w["statements"] for w in json.loads(done.stdout)["windows"]) == 5
    assert "1 of 6 statements are in no window" in done.stderr
    assert "do not say the day" in done.stderr
    done = run("nato-russia-2008", "--window", "1", "--json")
    months = json.loads(done.stdout)["windows"]
    assert [w["statements"] for w in months] == [5, 1, 1]
    assert "54 of 61 statements are in no window" in done.stderr
    assert "one of the months" in done.stderr
    done = run("nato-russia-2008", "--window", "1", "--unit", "years", "--json")
    assert [w["statements"] for w in json.loads(done.stdout)["windows"]] == [61]
    assert done.stderr == ""


def test_a_case_is_taken_for_the_statements_in_it():
    found = data("nato-russia-2008", "--type", "two-mode", "--aggregation", "ignore")
    assert "Russia" in found["rows"]
    assert sum(map(sum, found["matrix"])) == found["statements"] > 50


def test_rows_that_cannot_be_read_are_named_and_left_out(tmp_path):
    file = tmp_path / "quay.csv"
    file.write_text(TABLE + "7,2021,Mona,Ships,the quay is full,perhaps,\n8,soon,,,x,1,\n", "utf-8")
    done = run(file, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["statements"] == 6
    assert 'quay.csv:8:1: "perhaps" does not say whether the speaker agrees' in done.stderr
    assert "quay.csv:9:1: The row names no speaker" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--type", "congruense"], 'Did you mean "congruence"'),
        (["--normalize", "activity"], '--normalize does not know "activity"'),
        (["--duplicates", "hour"], "include, document, day, week, month, year, range"),
        (["--compat", "dna-2"], '--compat does not know "dna-2"'),
        (["--rows", "organisation"], 'Did you mean "organization"'),
        (["--type", "two-mode", "--qualifier", "mood"], "Texts cannot be subtracted"),
        (["--names", "concept"], "Write what it holds: concept=concept"),
        (["--names", "concept=claim"], 'The table has no column "claim"'),
        (
            ["-o", "matrix.xlsx"],
            ".gexf, .svg, .matrix.svg or .events.csv",
        ),
        (["--window", "2", "--unit", "moons"], '--unit does not know "moons"'),
        (["--window", "2", "--step", "0"], "the next begins at least one later"),
        (["--window", "2", "--compat", "dna-3.1.2", "--unit", "statements"], "draws by lot"),
        (["--window", "2", "--compat", "dna-3.1.2", "--step", "2"], "are a unit apart"),
        (["--window", "2", "--kernel", "square"], '--kernel does not know "square"'),
        (["--kernel", "uniform"], "Add --window 3"),
        (["--format", "xml"], '--format does not know "xml"'),
        (["--format", "csv", "--json"], "ask for two formats"),
        (["--statements"], "Add --json"),
        (["-o", "-"], "Say what to print"),
        (["--window", "2", "--format", "graphml"], "GraphML has no time"),
        (["--window", "2", "-o", "a.events.csv"], "has no windows"),
        (["--window", "2", "-o", "a.matrix.svg"], "has no time"),
        (["--type", "two-mode", "--aggregation", "combine", "-o", "a.svg"], "are no amounts"),
        (["--statement-type", "Said"], "is chosen in a .dna file"),
        (["--from", "2022", "--until", "2021"], "ends (2021) before it starts"),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(quay, words, told):
    with pytest.raises(MelianError) as error:
        run(quay, *words)
    assert told in str(error.value)


GERMAN = """Akteur;Amt;Konzept;Zustimmung;Datum;Quelle
Bela;Hafenbehörde;Liegegebührenerhöhung;ja;02.04.2021;SZ 1
Bela;Hafenbehörde;Liegegebührenerhöhung;ja;02.04.2021;SZ 1
Tara;Rat;Liegegebührenerhöhung;ja;03.04.2021;SZ 2
Mona;Reeder;Liegegebührenerhöhung;nein;03.04.2021;SZ 2
"""
SAID = "concept=Konzept,actor=Amt,person=Akteur,sign=Zustimmung,date=Datum,document=Quelle"


def test_a_table_of_other_words_is_read_as_a_spreadsheet_saves_it(tmp_path):
    file = tmp_path / "hafen.csv"
    file.write_bytes(GERMAN.replace("\n", "\r\n").encode("cp1252"))
    with pytest.raises(MelianError, match="--names concept=NAME,agreement=NAME,person=NAME"):
        run(file)
    named = ("--names", SAID)
    found = data(file, *named)
    assert found["rows"] == ["Hafenbehörde", "Rat", "Reeder"]
    assert found["matrix"] == [[0, 2, 0], [2, 0, 0], [0, 0, 0]]
    once = data(file, *named, "--duplicates", "document")["matrix"]
    assert once == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    clash = data(file, *named, "--type", "conflict")["matrix"]
    assert clash == [[0, 0, 2], [0, 0, 1], [2, 1, 0]]
    assert data(file, *named, "--rows", "person")["rows"] == ["Bela", "Mona", "Tara"]


def test_columns_are_named_for_tables_only():
    with pytest.raises(MelianError, match="Columns are named for a table"):
        run("nato-russia-2008", "--names", "concept=claim")


@pytest.mark.parametrize("name", ["ties.svg", "ties.matrix.svg"])
def test_networks_are_drawn_into_files(quay, tmp_path, name):
    file = tmp_path / name
    done = run(quay, "--type", "subtract", "-o", file)
    assert done.exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    found = json.loads(run(quay, "--type", "subtract", "--json").stdout)
    assert all(f"{row}" in text for row in found["rows"])
    assert run(quay, "--type", "subtract", "--format", name.partition(".")[2]).stdout == text


def test_windows_are_drawn_one_below_the_other(quay, tmp_path):
    file = tmp_path / "ties.svg"
    run(quay, "--window", "1", "--unit", "months", "-o", file)
    series = json.loads(run(quay, "--window", "1", "--unit", "months", "--json").stdout)
    text = file.read_text(encoding="utf-8")
    assert text.count("<svg ") == len(series["windows"]) + 1
    with pytest.raises(MelianError, match="Leave out two-mode"):
        run(quay, "--window", "1", "--type", "two-mode", "-o", file)
