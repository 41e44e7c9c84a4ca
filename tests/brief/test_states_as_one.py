"""A brief of states that count as one: it says which, and tells of them by the formula."""

from __future__ import annotations

import json
import re

from test_compose import CASE, STATEMENTS, brief_of
from typer.testing import CliRunner

from melian.brief.markdown import markdown
from melian.cli.app import app

# Once the harbour is closed, nobody cares who pays.
ONE = CASE.replace("  target: not close\n", "  target: not close\n  indistinguishable: [close]\n")


def told(text=ONE):
    return re.sub(r"\s+", " ", markdown(brief_of(text)).replace("\\", ""))


def test_the_brief_says_once_which_states_count_as_one():
    sentence = "All states in which Portia would close the harbour count as one."
    assert told().count(sentence) == 1
    assert sentence not in told(CASE)


def test_a_state_that_counts_for_several_is_told_by_what_they_share():
    text = told()
    assert "If things stayed as they are, Portia would close the harbour, whatever else is" in text
    # Where the harbour closes, that Bela pays is not settled: sure in the other half only.
    assert "| Bela: pay its dues | 50% | 0% |" in text
    assert "| Bela: pay its dues | 100% | 0% |" in told(CASE)


def test_the_commands_leave_open_what_the_state_does(tmp_path):
    (tmp_path / "case.yaml").write_text(ONE, encoding="utf-8")
    (tmp_path / "statements.csv").write_text(STATEMENTS, encoding="utf-8")

    def run(*args):
        result = CliRunner().invoke(app, [*args, str(tmp_path)], env={"COLUMNS": "120"})
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "close; either way: pay" in run("outcomes")
    states = {each["options"]: each for each in json.loads(run("outcomes", "--json"))["outcomes"]}
    assert (states["YN"]["taken"], states["YN"]["either"]) == (["close"], ["pay"])
    assert "either" not in states["NY"]
    assert re.search(r"\b2\s+Y-\s", run("stability"))
