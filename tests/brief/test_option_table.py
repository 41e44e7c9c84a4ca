"""The option table against brute force, and its text in other formats against its cells."""

from __future__ import annotations

import csv
import io
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import numpy as np
import pytest
from typer.testing import CliRunner

from melian.brief.figures.option_table import Band, OptionTable, Row, option_table
from melian.brief.figures.option_table_text import ACROSS, writer
from melian.case.formula import parse
from melian.case.model import Actor, Case, Conflict, Option, Preference
from melian.cli.app import app
from melian.conflict.building import model
from melian.conflict.coalitions.stability import coalition_stability
from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.problems import UsageError

sys.path.append(str(Path(__file__).parents[1] / "conflict"))

from random_models import random_model, with_classes
from test_stability_brute_force import BruteForce

CASE = "nato-russia-2008"


def tabled(seed, most=10_000, concepts=tuple(Concept)):
    rnd = Random(f"table/{seed}")
    on = random_model(rnd, rnd.randint(1, 3), rnd.randint(3, 5), shared=0.2 * (seed % 2))
    on = with_classes(rnd, on) if seed % 3 == 2 else on
    graph = on.graph
    owners = [
        tuple(a for a, own in zip(graph.actors, graph.owned, strict=True) if own >> bit & 1)
        for bit in range(len(graph.options))
    ]
    options = {
        o: Option(o, whose, f"do {o}") for o, whose in zip(graph.options, owners, strict=True)
    }
    conflict = Conflict(options)
    case = Case("c", actors={a: Actor(a, a.capitalize()) for a in graph.actors})
    solved = stability(on, tuple(dict.fromkeys((Concept.NASH, *concepts))))
    table = option_table(case, conflict, on, solved, wanted=concepts, most=most)
    return table, on, solved, conflict


def rows(table):
    return {(band.heading, row.label): row.cells for band in table.bands for row in band.rows}


@pytest.mark.parametrize("seed", range(30))
def test_every_cell_is_what_the_definitions_say(seed):
    table, on, _, conflict = tabled(seed)
    truth, found = BruteForce(on), rows(table)
    assert table.states == tuple(range(1, len(truth.states) + 1))
    for bit, option in enumerate(conflict.options.values()):
        owner = " and ".join(", ".join(o.capitalize() for o in option.owners).rsplit(", ", 1))
        cells = found[owner or "Nobody", option.text]
        for cell, state in zip(cells, truth.states, strict=True):
            members = {m >> bit & 1 for m in truth.members[state]}
            assert cell == ("-" if len(members) == 2 else "NY"[members.pop()])
    for i, actor in enumerate(on.graph.actors):
        name = actor.capitalize()
        assert found["Rank", name] == tuple(str(truth.rank[i][s]) for s in truth.states)
        for concept in Concept:
            signs = [
                "r" if truth.nash(i, s) else "s" if getattr(truth, concept)(i, s) else "u"
                for s in truth.states
            ]
            assert found["Nash" if concept == "nash" else concept.upper(), name] == tuple(signs)
    for concept in Concept:
        ends = [
            "E" if all(getattr(truth, concept)(i, s) for i in truth.actors) else ""
            for s in truth.states
        ]
        heading = "Nash" if concept == "nash" else concept.upper()
        assert found[heading, "Equilibrium"] == tuple(ends)


def test_of_many_states_the_equilibria_are_kept():
    shown = 0
    for seed in range(20):
        table, _, solved, _ = tabled(seed, most=4, concepts=(Concept.SEQ,))
        if len(solved.decimals) <= 4:
            continue
        stable = [int(n) + 1 for n in np.flatnonzero(solved.equilibria(Concept.SEQ))]
        assert table.states == tuple(sorted(stable)[:4]), (
            "those under most concepts, then by number"
        )
        assert table.left_out == len(solved.decimals) - len(table.states)
        assert rows(table)["SEQ", "Equilibrium"] == ("E",) * len(table.states)
        shown += len(table.states)
    assert shown > 20


def test_the_status_quo_is_kept_and_named():
    out = CliRunner().invoke(app, ["stability", CASE, "--table", "--concept", "nash"]).stdout
    assert re.search(r"State +73 +78", out)
    assert "State 73 is the status quo." in out
    assert "142 states left out that are no equilibrium." in out


def test_coalitions_have_rows_and_a_say_in_equilibria():
    """Two who would both gain by moving together are stable alone, and not together."""
    options = {o: Option(o, (o,), o) for o in ("one", "other")}
    both, one = parse("one and other"), parse("one <-> other")
    conflict = Conflict(
        options, preferences={o: (Preference(both), Preference(one)) for o in options}
    )
    on = model(conflict)
    solved = coalition_stability(on, [("one", "other")], [Concept.NASH, Concept.SIM])
    table = option_table(
        Case("c"), conflict, on, solved, wanted=[Concept.NASH, Concept.SIM], most=9
    )
    found = rows(table)
    assert found["Nash", "one"] == ("r", "u", "u", "r")
    assert found["Nash", "one and other"] == ("u", "u", "u", "r")
    assert found["Nash", "Equilibrium"] == ("", "", "", "E")
    assert ("SIM", "one and other") not in found, "it is not defined for coalitions"
    assert found["SIM", "Equilibrium"] == ("E",) * 4, "they fear to miss each other"


def test_coalitions_of_the_command():
    args = ["stability", CASE, "--table", "--concept", "gmr", "--coalition", "nato,russia"]
    out = CliRunner().invoke(app, args).stdout
    assert re.search(r"NATO and Russia +[rsu]", out)
    alone = CliRunner().invoke(app, args[:-2]).stdout
    assert alone.count(" E") > out.count(" E")


NASTY = OptionTable(
    states=tuple(range(1, ACROSS + 4)),
    bands=(
        Band("=cmd|' /C calc'!A0", (Row("-1+<b>|*x*", ("Y",) * (ACROSS + 3)),)),
        Band("Rank", (Row('"A", B & C', tuple(map(str, range(ACROSS + 3)))),)),
        Band("SEQ", (Row("Equilibrium", ("E", *[""] * (ACROSS + 2))),)),
    ),
)


def test_csv__every_row_once_and_no_formula():
    lines = list(csv.reader(io.StringIO(writer(".csv")(NASTY, "T"))))
    assert lines[0] == ["", "State", *map(str, NASTY.states)]
    assert [line[:2] for line in lines[1:]] == [
        ["'=cmd|' /C calc'!A0", "'-1+<b>|*x*"],
        ["Rank", '"A", B & C'],
        ["SEQ", "Equilibrium"],
    ]
    cells = [tuple(line[2:]) for line in lines[1:]]
    assert cells == [row.cells for band in NASTY.bands for row in band.rows]
    assert not any(cell.startswith(tuple("=+-@\t")) for line in lines for cell in line)


class Cells(HTMLParser):
    """The rows of all tables of a page, as texts."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.tags, self.within = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, _attrs):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.within = True

    def handle_endtag(self, tag):
        self.within = self.within and tag not in {"td", "th"}

    def handle_data(self, data):
        if self.within:
            self.rows[-1][-1] += data


def expected(table):
    for block in table.blocks(ACROSS):
        yield ["State", *map(str, block.states)]
        for band in block.bands:
            yield [band.heading]
            for row in band.rows:
                yield [row.label, *row.cells]


def test_html__has_the_cells_and_nothing_comes_through():
    page = Cells(writer(".html")(NASTY, "<i>T</i>"))
    assert page.rows == list(expected(NASTY))
    assert page.tags.count("table") == 2
    assert not {"b", "i", "script"} & set(page.tags)


def test_markdown__has_the_cells():
    text = writer(".md")(NASTY, "T")
    lines = [line for line in text.splitlines() if line.startswith("|") and "---" not in line]
    found = [
        [re.sub(r"\\(.)", r"\1", c.strip()).strip("*") for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
    ]
    wanted = [
        [each.strip("*") for each in row] if len(row) > 1 else [row[0], *[""] * 3]
        for row in expected(NASTY)
    ]
    assert [row[0] for row in found] == [row[0] for row in wanted]
    assert [row[1:] for row in found if row[1] in {"Y", "E", "0"}] == [
        row[1:] for row in wanted if row[1] in {"Y", "E", "0"}
    ]


def test_wrong_endings__are_told():
    with pytest.raises(UsageError, match=r'"\.docx"; let the file\'s name end in \.csv'):
        writer(".docx")


def test_files_of_the_command__agree_with_the_terminal(tmp_path):
    run = CliRunner()
    shown = run.invoke(app, ["stability", CASE, "--table", "--concept", "seq"]).stdout
    file = tmp_path / "t.csv"
    assert run.invoke(app, ["stability", CASE, "--concept", "seq", "-o", str(file)]).exit_code == 0
    lines = list(csv.reader(io.StringIO(file.read_text())))
    columns = [lines[0].index(number) for number in ("73", "78")]
    for line in lines[1:]:
        cells = " +".join(re.escape(line[c]) for c in columns if line[c])
        assert re.search(rf"{re.escape(line[1])} +{cells}", shown), line[1]
    assert "SEQ" in {line[0] for line in lines}
    assert "Nash" not in {line[0] for line in lines}


@pytest.mark.parametrize(("name", "words"), [("t.docx", '".docx"'), ("t", "without an ending")])
def test_wrong_files_of_the_command__are_told(name, words):
    result = CliRunner().invoke(app, ["stability", CASE, "-o", name])
    assert words in str(result.exception)
