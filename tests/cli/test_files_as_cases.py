"""Any command that takes a case takes a file of coded statements: tables and databases of DNA."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from melian.cli.app import app
from melian.problems import MelianError

TABLE = Path(__file__).parents[3] / "shared" / "anchors" / "discourse" / "irps_nuclear.csv"
QUAY = """statement_id,date,person,organization,concept,agreement
1,2021-04-01,Mona,Ships,the quay is full,1
2,2021-04-02,Bela,Port,the quay is full,perhaps
3,2021-05-01,Bela,Port,dues must rise,yes
4,2021-06-01,Nils,Ships,the quay is full,0
5,someday,Tara,Town,dues must rise,1
"""


def run(*words: Any) -> Any:
    done = CliRunner().invoke(app, [*map(str, words)])
    if isinstance(done.exception, MelianError):
        raise done.exception
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


@pytest.fixture
def quay(tmp_path: Path) -> Path:
    file = tmp_path / "quay.csv"
    file.write_text(QUAY, encoding="utf-8")
    return file


def test_check_tells_the_line_of_each_row(quay: Path) -> None:
    done = run("check", quay, "--json")
    assert done.exit_code == 1
    problems = json.loads(done.stdout)["problems"]
    assert [(p["file"], p["line"], p["code"]) for p in problems] == [
        ("quay.csv", 3, "bad-sign"),
        ("quay.csv", 6, "bad-date"),
    ]


def test_commands_go_on_with_the_sound_rows(quay: Path) -> None:
    done = run("audit", quay, "--json")
    assert done.exit_code == 1
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["actor"], finding["kind"]) == ("ships", "dissent")
    assert finding["statements"] == ["quay-1", "quay-4"]
    for command in ("readings", "claims", "brief", "why"):
        assert run(command, quay).exit_code == 1, command
    quay.write_text(QUAY.replace("perhaps", "0").replace("someday", "2021"), encoding="utf-8")
    for command in ("check", "audit", "readings", "claims", "brief", "why"):
        assert run(command, quay).exit_code == 0, command


def test_columns_that_are_called_otherwise_are_named(quay: Path) -> None:
    quay.write_text("Wer,Was,Ja\nIda,Deich,1\n", encoding="utf-8")
    with pytest.raises(
        MelianError, match=r"--names concept=NAME,agreement=NAME,person=NAME .*; or once"
    ):
        run("check", quay)
    names = ("--names", "concept=was,agreement=ja", "--names", "person=wer")
    assert "1 actor, 1 concept, 1 statement" in run("check", quay, *names).stdout
    assert "Ida" in run("brief", quay, *names, "--json").stdout
    with pytest.raises(MelianError, match="not for a case"):
        run("check", "nato-russia-2008", *names)
    with pytest.raises(MelianError, match=r"chosen in a \.dna file"):
        run("check", quay, *names, "--statement-type", "Claim")


def test_a_file_of_a_case_stands_for_the_case(tmp_path: Path) -> None:
    run("new", tmp_path / "harbour")
    table = tmp_path / "harbour" / "statements.csv"
    assert run("check", table).stdout == run("check", tmp_path / "harbour").stdout


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.md", "# a\n", "is not a case"),
        ("a.csv", "", "The file is empty"),
        ("a.csv", "x,y\n1,2\n", "no column for: concept, agreement, person"),
        ("a.csv", "date,source,target,cameo\n2020-01-01,A,B,040\n", "melian import FILE CASE"),
    ],
)
def test_other_files_are_refused(name: str, text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(MelianError, match=words):
        run("check", tmp_path / name)


def test_a_long_debate_is_briefed_as_counted_by_hand() -> None:
    if not TABLE.is_file():
        pytest.skip(f"the table of the debate is not here: {TABLE}")
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        said[row["organization"], row["concept"]].add(row["agreement"])
    both = sum(len(signs) == 2 for signs in said.values())
    done = run("brief", TABLE, "--json")
    assert done.exit_code == 0
    assert "CDU" in done.stdout
    assert "Every record comes from one table, irps_nuclear" in done.stdout
    audit = json.loads(run("audit", TABLE, "--json").stdout)
    assert len(audit["findings"]) == both == 34
    cited = {each for finding in audit["findings"] for each in finding["statements"]}
    assert cited == {
        f"irps-nuclear-{row['statement_id']}"
        for row in rows
        if len(said[row["organization"], row["concept"]]) == 2
    }
