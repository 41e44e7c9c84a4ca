"""Files of statements that are broken or meant to do harm, and draws that would not end."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from melian import verbs
from melian.cli.app import app
from melian.discourse.agenda.result import agendas
from melian.discourse.networks.building import Design
from melian.discourse.resampling import Resampling
from melian.discourse.statements.reading import parse
from melian.discourse.statements.table import UNDATED
from melian.problems import TooLarge, UsageError

HEAD = "date,organization,concept,agreement\n"
SHARED = Path(__file__).parents[2].parent / "shared" / "anchors" / "discourse"


@pytest.fixture
def quay(tmp_path):
    file = tmp_path / "quay.csv"
    lines = [f"2011-03-{n % 28 + 1:02d},o{n % 5},c{n % 4},{n * 7 % 3 % 2}" for n in range(60)]
    file.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return file


def test_a_cell_without_an_end_is_told() -> None:
    for text in (HEAD + f'2011-01-01,"{"x" * 140_000}', f'"{"x" * 140_000}'):
        with pytest.raises(UsageError, match="quotation mark is never closed"):
            parse(text, "quay.csv")


def test_a_time_zone_does_not_lead_out_of_the_calendar() -> None:
    text = HEAD + "0001-01-01T00:00:00+14:00,a,b,1\n9999-12-31T23:59:59-14:00,a,b,0\n"
    found, problems = parse(text, "quay.csv")
    assert found.seconds.tolist() == [UNDATED, UNDATED]
    assert [each.code for each in problems] == ["bad-date", "bad-date"]


@pytest.mark.parametrize("seconds", [-99_999_999_999_999, 253_402_300_800, 2**62])
def test_a_date_in_no_year_is_none(tmp_path, seconds) -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared databases are not there")
    file = tmp_path / "quay.dna"
    shutil.copy(SHARED / "two_camps.dna", file)
    with sqlite3.connect(file) as base:
        base.execute("UPDATE DOCUMENTS SET Date = ? WHERE ID % 2 = 0", (seconds,))
    base.close()
    table = verbs.statements(str(file)).table
    undated = table.seconds == UNDATED
    assert 0 < int(undated.sum()) < len(table)
    assert (table.seconds[~undated] > 0).all()
    for command in ("network --window 3 --unit months", "polarisation --draws 3"):
        name, *options = command.split()
        result = CliRunner().invoke(app, [name, str(file), *options])
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize("command", ["coalitions", "polarisation", "agenda", "scaling", "trends"])
def test_draws_without_an_end_are_refused(quay, command) -> None:
    result = CliRunner().invoke(app, [command, str(quay), "--draws", "1000000000"])
    assert result.exit_code == 2
    assert "100000" in result.output


def test_draws_that_would_not_fit_are_refused(tmp_path) -> None:
    file = tmp_path / "papers.csv"  # 30 papers of two statements: documents are drawn
    head = HEAD.replace("agreement", "agreement,document_id")
    lines = [f"2011-03-{n % 28 + 1:02d},o{n % 5},c{n % 9},1,{n // 2}" for n in range(60)]
    file.write_text(head + "\n".join(lines), encoding="utf-8")
    said = verbs.statements(str(file)).table
    design = Design(rows="actor", qualifier="sign")
    with pytest.raises(TooLarge, match="fewer draws"):
        agendas(said, design, unit="days", by=Resampling(times=200_000))
    assert agendas(said, design, unit="days", by=Resampling(times=2)).resampling.times == 2
