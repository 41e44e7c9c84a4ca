"""What a brief says where parties can act together, and what stays where combinations are many."""

from __future__ import annotations

import json
import re

from test_compose import STATEMENTS, brief_of
from test_drawn import WIDE
from typer.testing import CliRunner

from melian.brief.markdown import markdown
from melian.cli.app import app

PACT = """
title: A pact
question: Who opens?
actors: {north: North, south: South, sea: Sea}
conflict:
  options:
    north: {open: open its gate}
    south: {sail: send a ship}
    sea: {storm: storm}
  status_quo: [storm]
  preferences:
    north: [open and sail, not open]
    south: [open and sail, not sail]
    sea: [storm]
  coalitions: [[north, south]]
"""
BELIEFS = "  status_quo: [close]\n  beliefs: {port: {bela: [not pay]}}\n"


NONE = "id,actor,sign,concept\n"
PLEDGE = "  coalitions: [[north, south]]\n"


def told(text, statements=STATEMENTS):
    return re.sub(r"\s+", " ", markdown(brief_of(text, statements)).replace("\\", ""))


def test_what_a_coalition_would_leave_is_told_with_the_joint_move():
    text = told(PACT, NONE)
    assert (
        "Where Sea would storm, North together with South would move on: North would open its gate "
        "and South would send a ship."
    ) in text


def test_that_a_coalition_leaves_nothing_is_told():
    text = told(PACT.replace("south: [open and sail, not sail]", "south: [not sail]"), NONE)
    assert "None of those that come up most often would be left by North together with" in text
    assert "act alone" not in told(PACT.replace(PLEDGE, ""), NONE)


def test_sections_that_are_not_worked_out_say_so():
    one = "  coalitions: [[north, south]]\n  indistinguishable: [storm]\n"
    one += "  beliefs: {north: {south: [sail]}}\n"
    text = told(PACT.replace(PLEDGE, one), NONE)
    assert "What coalitions would leave is not worked out: that takes states one by one" in text
    assert "## What each side believes The case says what parties believe or see." in text
    assert "in this conflict several count as one" in text


def test_what_hangs_on_no_combination_stays_where_they_are_too_many():
    text = told(WIDE.replace("  status_quo: [close]\n", BELIEFS + "  coalitions: [[port, bela]]\n"))
    assert "Portia believes that Bela prefers, the most important first, that Bela would" in text
    assert re.search(r"\| \*\*A\*\* [^|]*\|[^|]*\|[^|]*\|[^|]*\| \d+% \(\d+% to \d+%\) \|", text)
    assert "too many to follow the moves from the status quo in each" in text
    assert "What coalitions would leave is not drawn." in text
    assert "What each side believes" not in told(WIDE)


def test_outcomes_says_that_only_single_parties_are_asked(tmp_path):
    (tmp_path / "case.yaml").write_text(PACT, encoding="utf-8")

    def run(*args):
        result = CliRunner().invoke(app, ["outcomes", *args, str(tmp_path)], env={"COLUMNS": "200"})
        return result.stdout

    note = "Only single parties are asked. The case has coalitions: melian stability says"
    assert note in run()
    assert json.loads(run("--json"))["asked"].startswith(note)
    (tmp_path / "case.yaml").write_text(PACT.replace(PLEDGE, ""), encoding="utf-8")
    assert "Only single" not in run()
    assert "asked" not in json.loads(run("--json"))
