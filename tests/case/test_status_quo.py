"""That nothing is done now is a status quo, and not the same as saying none."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.case.loading import load_text
from melian.case.reading_conflict import CONFLICT
from melian.case.sound import sound
from melian.cli.app import app

HEAD = """title: The ferry
question: Does it sail?
actors: {ferry: Ferry, port: Port}
conflict:
  options: {ferry: {sail: sail}, port: {open: open}}
  preferences: {ferry: [sail and open], port: [sail and open]}
"""


def loaded(*lines: str):
    return load_text(HEAD + "".join(f"  {line}\n" for line in lines))


def conflict(*lines: str):
    found = loaded(*lines)
    return found.case.conflict, [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ((), None),
        (("status_quo:",), None),
        (("status_quo: []",), ()),
        (("status_quo: sail",), ("sail",)),
        (("status_quo: [sail, open]",), ("sail", "open")),
    ],
)
def test_it_is_read_and_written_back(typed, meant):
    read, problems = conflict(*typed)
    assert read.status_quo == meant
    assert problems == []
    written = CONFLICT.write(read)
    assert written.get("status_quo") == (None if meant is None else list(meant))


@pytest.mark.parametrize("typed", ["[sial]", "[[sail], open]", "[sail, {open: now}]"])
def test_half_of_one_is_not_taken_for_the_whole(typed):
    found = loaded(f"status_quo: {typed}")
    assert found.problems
    assert sound(found.case).conflict.status_quo is None


@pytest.mark.parametrize(("typed", "flagged"), [((), False), (("status_quo: []",), True)])
def test_whether_it_is_feasible_and_seen_is_asked_only_where_it_is_said(typed, flagged):
    ruled_out = "infeasible-status-quo"
    _, problems = conflict("infeasible: [not (sail or open)]", *typed)
    assert (ruled_out in problems) is flagged
    _, problems = conflict("unseen: {port: not (sail or open)}", *typed)
    assert ("unseen-status-quo" in problems) is flagged


@pytest.mark.parametrize("command", ["outcomes", "hypergame"])
def test_engines_begin_in_the_state_in_which_nothing_is_done(tmp_path, command):
    def status_quo(*lines: str):
        text = HEAD + "".join(f"  {line}\n" for line in (*lines, "beliefs: {port: {ferry: []}}"))
        (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
        result = CliRunner().invoke(app, [command, str(tmp_path), "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)["status_quo"]

    assert status_quo() is None
    assert status_quo("status_quo: []") == 1
    assert status_quo("status_quo: open") == 3


def test_what_could_come_of_nothing(tmp_path):
    (tmp_path / "case.yaml").write_text(HEAD + "  status_quo: []\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["evolution", str(tmp_path), "--moves", "all", "--json"])
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert data["start"]["options"] == "NN"
    assert data["counts"]["reached"] == 4
