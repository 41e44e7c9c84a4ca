"""``melian network`` into files: every format holds the network that is printed."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"
WORDS = {"no": "none", "acrossrange": "range"}
TABLE = """id,date,person,organization,concept,agreement,mood
1,2021-04-01,Mona,Ships,the quay is full,1,calm
2,2021-04-02 10:30:00,Bela,Port,the quay is full,0,
3,2021-05,Bela,Port,dues must rise,yes,calm
4,02.06.2021,Tara,Town,dues must rise,1,cross
5,2021-06-03,Tara,Town,dues must rise,1,cross
6,2021-06-03,Tara,,the quay is full,1,=cross
7,2021,Tara,Town,"the ""quay"", is <full>",0,-1
"""


def run(*words):
    done = CliRunner().invoke(app, ["network", *map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    assert done.exit_code == 0, done.stderr
    return done


@pytest.fixture
def quay(tmp_path):
    file = tmp_path / "quay.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def ties(found):
    """Give the ties of a network that was printed as data, each once."""
    two = found["type"] == "two-mode"
    return {
        (row, column): found["matrix"][i][j]
        for i, row in enumerate(found["rows"])
        for j, column in enumerate(found["columns"])
        if found["matrix"][i][j] and (two or i < j)
    }


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
@pytest.mark.parametrize("kind", ["congruence", "conflict", "subtract", "ignore", "two-mode"])
def test_graphs_hold_the_ties_and_what_stands_behind_them(quay, tmp_path, ending, kind):
    words = (quay, "--type", kind, "--isolates")
    found = json.loads(run(*words, "--json", "--statements").stdout)
    path = tmp_path / f"quay.{ending}"
    run(*words, "-o", path)
    assert path.read_text("utf-8") == run(*words, "--format", ending).stdout
    graph = (nx.read_graphml if ending == "graphml" else nx.read_gexf)(path)
    label = nx.get_node_attributes(graph, "label")
    read = {(label[a], label[b]): of for a, b, of in graph.edges(data=True)}
    assert {tie: of["weight"] for tie, of in read.items()} == ties(found)
    edges = {(edge["row"], edge["column"]): edge for edge in found["edges"]}
    assert edges.keys() == read.keys()
    for tie, of in read.items():
        assert of["statement_ids"].split(";") == edges[tie]["statements"]
        assert of["statements"] == len(edges[tie]["statements"])
        assert of["strength"] * of["sign"] == of["weight"] == edges[tie]["tie"]
        if kind == "subtract":
            assert of["congruence"] - of["conflict"] == of["weight"]
    town = next(of for _, of in graph.nodes(data=True) if of["label"] == "Town")
    assert town["mode"] == "actor"
    assert (town["statements"], town["person"]) == (3, "Tara")
    assert (town["first"], town["last"]) == ("2021-01-01", "2021-12-31")
    if ending == "graphml":
        assert graph.graph["title"] == "quay.csv"
        assert graph.graph["statements"] == 7
        assert graph.graph["creator"].startswith("melian ")


def test_a_hyphen_for_a_file_prints(quay):
    assert run(quay, "-o", "-", "--format", "gexf").stdout.startswith("<?xml")


def test_statements_can_be_left_out(quay):
    assert "statement_ids" not in run(quay, "--format", "graphml", "--no-statements").stdout


def test_too_many_statements_are_left_out_and_told(quay, monkeypatch):
    monkeypatch.setattr("melian.discourse.networks.evidence.MOST", 1)
    done = run(quay, "--format", "graphml")
    assert "statement_ids" not in done.stdout
    assert "weight" in done.stdout
    assert "too many statements stand behind the ties" in done.stderr
    with pytest.raises(MelianError, match="at most 1 are listed"):
        run(quay, "--format", "graphml", "--statements")


def test_the_statements_that_count_are_read_again_as_they_were(quay, tmp_path):
    again = tmp_path / "again.events.csv"
    run(quay, "-o", again)
    assert [row["date"] for row in csv.DictReader(again.read_text("utf-8").splitlines())] == [
        "2021", "2021-04-01", "2021-04-02 10:30:00", "2021-05", "2021-06-02", "2021-06-03",
        "2021-06-03",
    ]  # fmt: skip
    for words in ([], ["--qualifier", "mood"], ["--window", "1"], ["--rows", "person"]):
        asked = (*words, "--json", "--isolates")
        assert json.loads(run(again, *asked).stdout) == json.loads(run(quay, *asked).stdout)
    assert run(again, "--format", "events").stdout == again.read_text("utf-8")


def test_the_statements_of_a_case_are_read_again(tmp_path):
    path = tmp_path / "nato.events.csv"
    run("nato-russia-2008", "-o", path)
    for words in (["--type", "subtract"], ["--qualifier", "level"], ["--rows", "person"]):
        one, other = (
            json.loads(run(s, *words, "--json").stdout) for s in ("nato-russia-2008", path)
        )
        assert one == other


def test_a_timeline_shows_each_day_the_window_that_is_nearest(quay, tmp_path):
    words = (quay, "--window", "2", "--type", "two-mode", "--aggregation", "ignore")
    windows = json.loads(run(*words, "--json").stdout)["windows"]
    path = tmp_path / "quay.gexf"
    run(*words, "-o", path)
    graph = nx.read_gexf(path)
    label = nx.get_node_attributes(graph, "label")
    on = defaultdict(dict)
    for one, other, of in graph.edges(data=True):
        for value, first, last in of["tie"]:
            day = date.fromisoformat(first)
            while day <= date.fromisoformat(last):
                assert (label[one], label[other]) not in on[day]
                on[day][label[one], label[other]] = value
                day += timedelta(days=1)
    assert [(w["first"], w["last"]) for w in windows] == [
        ("2021-04-01", "2021-05-31"),
        ("2021-05-01", "2021-06-30"),
    ]
    assert on[date(2021, 4, 1)] == on[date(2021, 5, 15)] == ties(windows[0])
    assert on[date(2021, 5, 17)] == on[date(2021, 6, 30)] == ties(windows[1])
    assert ties(windows[0]) != ties(windows[1])


def test_windows_of_statements_never_stand_for_the_same_day(quay, tmp_path):
    """Several of them may begin and end on one day."""
    path = tmp_path / "quay.gexf"
    run(quay, "--window", "2", "--unit", "statements", "--type", "two-mode", "-o", path)
    graph = nx.read_gexf(path)
    spells = {(first, last) for *_, of in graph.edges(data=True) for _, first, last in of["tie"]}
    days = sorted(spells)
    assert len(days) > 2
    assert all(one[1] < other[0] for one, other in pairwise(days))
    assert all(first <= last for first, last in days)


def test_nobody_and_nothing_makes_an_empty_graph(quay, tmp_path):
    for ending, reader in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        path = tmp_path / f"none.{ending}"
        run(quay, "--from", "2030", "-o", path)
        assert len(reader(path)) == 0
    run(quay, "--from", "2030", "--window", "2", "-o", tmp_path / "none.gexf")
    assert len(nx.read_gexf(tmp_path / "none.gexf")) == 0


def settings():
    if not ANCHORS.is_dir():
        pytest.skip("the networks that DNA printed are not here")
    with (ANCHORS / "expected" / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["timewindow"] != "no"]
    return [row for row in rows if row["type"] in {"onemode", "twomode"}]


def test_the_command_prints_the_windows_and_kernels_of_dna():
    compared = 0
    for row in settings()[::4]:
        cells, middles = defaultdict(dict), {}
        with gzip.open(ANCHORS / "expected" / row["file"], "rt", encoding="utf-8") as lines:
            for line in csv.DictReader(lines):
                middles[int(line["window"])] = line["mid"]
                if line["row"]:
                    cells[int(line["window"])][line["row"], line["col"]] = float(line["value"])
        word = {key: WORDS.get(value, value) for key, value in row.items()}
        two = row["type"] == "twomode"
        kind = ["--type", "two-mode", "--aggregation"] if two else ["--type"]
        found = json.loads(
            run(
                ANCHORS / "small_extra.csv",
                *(*kind, word["aggregation"]),
                *("--rows", row["variable1"], "--columns", row["variable2"]),
                *("--qualifier", row["qualifier"], "--normalize", word["normalization"]),
                *("--duplicates", word["duplicates"], "--compat", "dna-3.1.2"),
                *(["--isolates"] if row["isolates"] == "true" else []),
                *("--window", row["windowsize"], "--unit", row["timewindow"]),
                *([] if row["kernel"] == "no" else ["--kernel", row["kernel"]]),
                "--json",
            ).stdout
        )["windows"]
        assert [window["middle"] for window in found] == [middles[n] for n in sorted(middles)]
        for number, window in enumerate(found):
            got = {
                (one, other): value
                for one, values in zip(window["rows"], window["matrix"], strict=True)
                for other, value in zip(window["columns"], values, strict=True)
                if value
            }
            for cell in got.keys() | cells[number].keys():
                assert abs(got.get(cell, 0) - cells[number].get(cell, 0)) < 1e-9, (row, cell)
            compared += 1
    assert compared > 2_000
