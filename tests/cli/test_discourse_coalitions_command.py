"""``melian coalitions``: from a table, a case or a database to who stands together."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"
CREEDS = {"Port": (1, 0, 1), "Ships": (1, 0, 1), "Cranes": (1, 0, 1)} | {
    "Town": (0, 1, 0),
    "Birds": (0, 1, 0),
    "Inns": (0, 1, 0),
}


def run(*words):
    done = CliRunner().invoke(app, ["coalitions", *map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    return done


def data(*words):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def quay(tmp_path):
    lines = ["statement_id,document_id,date,person,concept,agreement,coder"]
    number = 0
    for document in range(4):
        for who, creed in CREEDS.items():
            for concept, sign in zip(("the quay", "dues", "dredging"), creed, strict=True):
                number += 1
                lines.append(
                    f"{number},d{document},2021-04-0{document + 1},{who},{concept},{sign},x"
                )
    lines.append("99,d9,2021-05-01,Passer-by,dues,1,x")
    file = tmp_path / "quay.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_two_camps_are_two_coalitions_and_survive(quay):
    found = data(quay, "--draws", 30)
    members = [set(each["members"]) for each in found["coalitions"]]
    assert sorted(map(sorted, members)) == [["Birds", "Inns", "Town"], ["Cranes", "Port", "Ships"]]
    assert found["left_out"] == {"least": 2, "few": ["Passer-by"], "untied": []}
    assert len(found["methods"]) == 8
    assert found["consensus"]["differing"] == []
    for each in found["coalitions"]:
        assert each["stability"] == each["recovered"] == 1
        assert set(each["core"]) == set(each["members"])
        assert {stand["difference"] for stand in each["stands_for"]} == {1}
        assert all(len(stand["statements"]) == 12 for stand in each["stands_for"])
    assert found["resampling"] | {"together": None} == {
        "unit": "documents",
        "draws": 30,
        "seed": 1,
        "method": found["consensus"]["method"],
        "together": None,
    }
    assert sorted(found["dendrogram"]["order"]) == [0, 1, 2, 3, 4, 5]
    assert found["dendrogram"]["cophenetic"] == pytest.approx(1)
    assert "All 8 methods agree on these coalitions." in " ".join(found["sentences"])


def test_the_terminal_says_it_in_sentences(quay):
    told = " ".join(run(quay, "--draws", 30, "--ties").stdout.split())
    assert "1 actor has fewer than 2 statements: left out." in told
    assert "Of 2 coalitions, 2 survive when documents are drawn again 30 times" in told
    assert "deny dues 3 of 3 0 of 3 12" in told
    assert "15 of 15 ties are firm" in told  # agreement within camps, clash between them


def test_ties_have_intervals_if_asked(quay):
    assert data(quay, "--draws", 30)["ties"] is None
    ties = data(quay, "--draws", 30, "--ties")["ties"]
    assert len(ties["pairs"]) == 15
    assert all(pair["low"] <= pair["tie"] <= pair["high"] for pair in ties["pairs"])
    assert all(pair["firm"] for pair in ties["pairs"])
    against = [pair for pair in ties["pairs"] if pair["tie"] < 0]
    assert len(against) == 9
    alike = data(quay, "--draws", 30, "--ties", "--type", "congruence")["ties"]
    assert alike["type"] == "agreement"
    assert sum(pair["tie"] > 0 for pair in alike["pairs"]) == 6


def test_one_coder_is_not_drawn_again_and_that_is_said(quay):
    told = " ".join(run(quay, "--resample", "coders").stdout.split())
    assert "How sure this is cannot be said." in told
    assert "1 coder only" in told
    assert data(quay, "--draws", 0)["resampling"] is None
    assert data(quay, "--ties", "--resample", "coders")["ties"] is None


def test_tables_without_much_in_them_are_told_in_a_sentence(tmp_path):
    file = tmp_path / "thin.csv"
    head = "statement_id,person,concept,agreement\n"
    for rows, told in (
        ("", "Nobody is left to be grouped."),
        ("1,A,x,1\n2,A,y,1\n", "1 actor with enough stands with nobody: left out."),
        ("1,A,x,1\n2,A,y,1\n3,B,x,1\n4,B,y,1\n", "2 actors are left, too few to group."),
        ("".join(f"{n}{v},{v},{n},1\n" for n in "xy" for v in "ABC"), "3 actors in one group"),
    ):
        file.write_text(head + rows, encoding="utf-8")
        done = run(file, "--draws", 5)
        assert done.exit_code == 0
        assert told in " ".join(done.stdout.split())
        assert not done.stdout.startswith(".")


def test_who_says_one_thing_only_is_too_little_to_be_sure_of(tmp_path):
    file = tmp_path / "once.csv"
    rows = [f"{who},{who},{'xy'[who > 'C']},1" for who in "ABCDEF"]
    file.write_text("statement_id,person,concept,agreement\n" + "\n".join(rows), "utf-8")
    found = data(file, "--least", 1, "--resample", "statements")
    assert [each["stability"] for each in found["coalitions"]] == [None, None]
    assert "2 are too thin to say" in " ".join(found["sentences"])


def test_the_case_that_comes_along_is_too_thin_and_that_is_said():
    done = run("nato-russia-2008")
    assert done.exit_code == 0
    assert "Nobody is left to be grouped." in done.stdout
    found = data("nato-russia-2008")
    assert found["coalitions"] == found["brokers"] == found["methods"] == []
    assert found["agreement"] is found["dendrogram"] is None


@pytest.mark.parametrize("picture", ["map", "tree", "together", "ties"])
def test_pictures_show_everybody_who_is_grouped(quay, tmp_path, picture):
    file = tmp_path / "picture.svg"
    done = run(quay, "--draws", 10, "-o", file, "--picture", picture)
    assert done.exit_code == 0
    assert "wrote" in done.stderr
    drawn = ET.parse(file).getroot()  # noqa: S314 - our own file
    told = " ".join("".join(drawn.itertext()).split())
    assert all(name in told for name in CREEDS)
    assert "Passer-by" not in told
    if picture in {"map", "tree"}:  # coalitions are told in the legend
        assert "1: " in told
        assert "2: " in told


def test_the_tree_of_a_picture_is_that_of_the_data(quay, tmp_path):
    file = tmp_path / "tree.svg"
    run(quay, "--draws", 0, "-o", file, "--picture", "tree")
    drawn = ET.parse(file).getroot()  # noqa: S314 - our own file
    names = [text for each in drawn.iter() if (text := (each.text or "").strip()) in CREEDS]
    tree = data(quay, "--draws", 0)["dendrogram"]
    order = [tree["actors"][leaf] for leaf in tree["order"]]
    assert [*dict.fromkeys(names)] in (order, order[::-1])


def test_where_nobody_is_grouped_a_picture_says_so(tmp_path):
    for picture in ("map", "tree"):
        file = tmp_path / f"{picture}.svg"
        assert run("nato-russia-2008", "-o", file, "--picture", picture).exit_code == 0
        assert ET.parse(file).getroot().tag.endswith("svg")  # noqa: S314 - our own file


def test_a_method_and_a_number_of_groups(quay):
    found = data(quay, "--method", "ward", "--draws", 0)
    assert found["consensus"]["method"] == "ward"
    assert found["resampling"] is None
    three = data(quay, "--groups", 3, "--draws", 0)
    assert {each["method"] for each in three["methods"]} == {
        "greedy",
        "edge-betweenness",
        "leading-eigenvector",
        "average-linkage",
        "ward",
    }
    assert len(three["coalitions"]) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--type", "conflict"], "--type does not know"),
        (["--method", "luvain"], 'Did you mean "louvain"'),
        (["--method", "louvain", "--groups", "3"], "finds its own number of groups"),
        (["--groups", "1"], "--groups 2"),
        (["--least", "0"], "--least 1"),
        (["--resample", "document"], 'Did you mean "documents"'),
        (["--ties", "--draws", "0"], "leave out --draws 0"),
        (["-o", "map.png"], "let the file's name end in .svg"),
        (["-o", "map.svg", "--picture", "mapp"], 'Did you mean "map"'),
        (["-o", "map.svg", "--picture", "ties", "--draws", "0"], "no draws to make a picture of"),
        (["-o", "map.svg", "--picture", "together", "--resample", "coders"], "1 coder only"),
        (["--rows", "nobody"], 'Nothing called "nobody" was coded'),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(quay, words, told):
    with pytest.raises(MelianError) as error:
        run(quay, *words)
    assert told in str(error.value)


def test_the_nuclear_debate_is_read_as_its_students_do():
    """Utilities stand with industry, and all parties but one with the government of the phase-out.

    What is known of the spring of 2011: after Fukushima the coalition of CDU, CSU and FDP came
    round to the phase-out that SPD and Greens asked for; operators and industry held out.
    """
    if not ANCHORS.is_dir():
        pytest.skip("the coded debate is not here")
    words = ("--rows", "organization", "--least", 5, "--draws", 20)
    found = data(ANCHORS / "irps_nuclear.csv", *words)
    of = {name: each["number"] for each in found["coalitions"] for name in each["members"]}
    assert len({of[name] for name in ("CDU", "SPD", "Grüne", "FDP", "Bundesregierung")}) == 1
    assert len({of[name] for name in ("Eon", "RWE", "EnBW", "Vattenfall", "BDI")}) == 1
    assert of["Eon"] != of["CDU"] != of["BUND"] != of["Eon"]
    assert len(found["left_out"]["few"]) == 159
