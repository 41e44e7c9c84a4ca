"""What an export leaves behind is what is not there when the file is read again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from melian.case.loading import load
from melian.cli.app import app
from melian.formats import registry
from melian.formats.losses import FRAMEWORK, LOSSES

if TYPE_CHECKING:
    from pathlib import Path

    from melian.case.model import Case

CASE = """
title: Salt
question: Who yields?
actors: {mar: Mar, lin: Lin}
concepts: {safe: the sea is safe, old: the treaty is old, dry: it is dry}
rules: [{excludes: [safe, old], why: w}]
principles: {"fair(x)": {if: safe, then: old, why: w}}
facts: {dry: {value: true, source: memo, locator: p. 1}}
conflict:
  options: {mar: {stay: stay, sail: sail}, lin: {block: block}}
  preferences: {mar: [stay, not block]}
  coalitions: [[mar, lin]]
  beliefs: {mar: {lin: [block, not sail]}}
  unseen: {lin: [sail and block]}
  indistinguishable: [sail]
levers:
  toll: {by: lin, does: drop the toll, effect: {mar: [{prefer: stay}]}}
hypotheses: {one: {text: it is so, about: mar}, two: {text: it is not, about: mar}}
evidence: [{item: s1, likely: {one: likely, two: unlikely}}]
terms: {peace: {mar: {means: [safe]}, lin: {means: [old]}}}
events:
  names: {mar: Mar}
  rules: [{id: visit, when: cameo in 04, shows: safe}]
"""
STATEMENTS = """id,actor,date,sign,concept,because,if,from,until,retracts,level,source,quote,basis
s1,mar,2008,+,safe,dry;not old,,2009,2010,,high,memo,"Safe, he said",inferred
s2,mar,2009,-,safe,,,,,s1,,memo,,
s3,lin,2009,+,old,,dry,,2011,,,memo,,
"""
DEEDS = "id,actor,action,date,shows\nd1,lin,signs,2008,old\nd2,mar,sails,2009,safe\n"
SOURCES = "memo: {title: A memo, ISBN: '123', pages: 1-2}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "salt"
    made.mkdir()
    texts = {"statements.csv": STATEMENTS, "deeds.csv": DEEDS, "sources.yaml": SOURCES}
    for name, text in {"case.yaml": CASE, **texts}.items():
        (made / name).write_text(text, encoding="utf-8")
    assert [p for p in load(made).problems if p.severity == "error"] == []
    return made


def run(*arguments: object):
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    assert result.exit_code == 0, result.output
    return result


def sizes(case: Case) -> dict[str, int]:
    """Count by hand what a case holds."""
    said, conflict = case.statements, case.conflict
    return {
        "reason": sum(len(s.because) for s in said),
        "statement under conditions": len([s for s in said if s.conditions]),
        "retraction": len([s for s in said if s.retracts]),
        "level": len([s for s in said if s.level]),
        "quote": len([s for s in said if s.quote]),
        "mark of inference": len([s for s in said if s.basis == "inferred"]),
        "period of a statement": len([s for s in said if s.since or s.until]),
        "deed": len(case.deeds),
        "fact": len(case.facts),
        "rule": len(case.rules),
        "principle": len(case.principles),
        "option": len(conflict.options) if conflict else 0,
        "preference": sum(len(p) for p in conflict.preferences.values()) if conflict else 0,
        "coalition": len(conflict.coalitions) if conflict else 0,
        "belief": sum(len(p) for b in conflict.beliefs.values() for p in b.values())
        if conflict
        else 0,
        "formula of unseen states": sum(map(len, conflict.unseen.values())) if conflict else 0,
        "formula of states that count as one": len(conflict.indistinguishable) if conflict else 0,
        "lever": len(case.levers),
        "rule on events": len(case.events.rules) if case.events else 0,
        "explanation": len(case.hypotheses),
        "item of evidence": len(case.evidence),
        "definition": sum(len(each) for each in case.terms.values()),
        "field of sources": sum(len(s.fields) for s in case.sources.values()),
    }


@pytest.mark.parametrize("name", ["statements", "argdown", "aif"])
def test_what_is_left_behind_is_not_there_when_the_file_is_read_again(folder, tmp_path, name):
    file = tmp_path / "file.txt"
    lost = json.loads(run("export", folder, file, "--as", name, "--json").stdout)["left_behind"]
    run("import", file, tmp_path / "again", "--as", name)
    before, after = sizes(load(folder).case), sizes(load(tmp_path / "again").case)
    missing = {kind: n - after[kind] for kind, n in before.items() if n != after[kind]}
    if name == "statements":  # its table is one source, with no fields of its own
        del missing["field of sources"]
        assert lost.pop("source of a statement") == 3
    assert missing == lost


def test_it_is_told_in_a_line_on_stderr_and_stdout_is_the_file_alone(folder):
    result = run("export", folder, "-", "--as", "statements")
    assert (
        "cannot hold, so it leaves out: 2 reasons, 1 statement under conditions, "
        "2 periods of a statement, 1 retraction, 1 level, 3 sources of a statement, 1 quote, "
        "1 mark of inference, 2 deeds, 1 fact, 1 rule, 1 principle, 3 options, 2 preferences, "
        "1 coalition, 2 beliefs, 1 formula of unseen states, "
        "1 formula of states that count as one, "
        "1 lever, 1 rule on events, 2 explanations, 1 item of evidence, 2 definitions."
    ) in result.stderr
    assert "leaves out" not in result.stdout


def test_a_framework_holds_arguments_only(folder, tmp_path):
    told = run("export", folder, tmp_path / "f.apx").stderr
    assert "3 dates of a statement, 2 periods of a statement, 1 retraction" in told
    assert "2 deeds" not in told


def test_nothing_is_told_where_nothing_is_lost(tmp_path):
    (tmp_path / "case.yaml").write_text("title: a\nquestion: b\n", encoding="utf-8")
    assert "leaves out" not in run("export", tmp_path, "-", "--as", "argdown").stderr


def test_each_format_that_is_written_says_what_it_leaves_behind():
    assert set(LOSSES) == {f.name for f in registry.FORMATS if f.writes} | {FRAMEWORK}
