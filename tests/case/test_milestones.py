"""Milestones of a case: read, checked at their place, made sound, and written back."""

from __future__ import annotations

import pytest

from melian.case.dates import parse_period
from melian.case.loading import load_text
from melian.case.printing import print_case
from melian.case.sound import sound

CASE = """title: Salt
question: Who yields?
period: 2008-02..2008-07
milestones:
  summit: {name: the summit, date: 2008-04-02/2008-04-04, source: memo, locator: p. 1}
  vote: {name: the vote, date: 2008-06}
"""
SOURCES = "memo: {title: Memo}\n"


def told(text):
    problems = load_text(text, sources_yaml=SOURCES).problems
    return [(p.location.line, p.location.column, p.code, p.severity.value) for p in problems]


def test_milestones_are_read_and_written_back():
    loaded = load_text(CASE, sources_yaml=SOURCES)
    assert loaded.problems == ()
    summit, vote = loaded.case.milestones.values()
    assert (summit.name, summit.source, summit.locator) == ("the summit", "memo", "p. 1")
    assert summit.period == parse_period("2008-04-02..2008-04-04")
    assert (vote.id, vote.period, vote.source) == ("vote", parse_period("2008-06"), "")
    again = load_text(print_case(loaded.case)["case.yaml"], sources_yaml=SOURCES)
    assert again.case.milestones == loaded.case.milestones


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("source: memo", "source: mema", (5, 67, "unknown-source", "error")),
        ("2008-04-02/2008-04-04", "2008-04-02..", (5, 36, "open-milestone", "error")),
        ("date: 2008-06", "date: 2007-06", (6, 32, "outside-period", "warning")),
        ("date: 2008-06", "date: sometime", (6, 32, "bad-period", "error")),
        ("name: the vote, ", "", (6, 3, "missing-key", "error")),
        ("  vote:", "  summit:", (6, 3, "duplicate-key", "error")),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(old, new, problem):
    assert CASE.count(old) == 1
    assert problem in told(CASE.replace(old, new))


def test_an_open_milestone_is_not_sound():
    text = CASE.replace("2008-04-02/2008-04-04", "2008-04-02..")
    assert list(sound(load_text(text, sources_yaml=SOURCES).case).milestones) == ["vote"]


def test_one_that_reaches_into_the_period_is_not_outside_it():
    assert told(CASE.replace("date: 2008-06", "date: 2007-12/2008-02")) == []


ASKING = """title: Salt
question: Who yields?
actors:
  rena: Rena
concepts:
  fair: {text: the dues are fair}
milestones:
  vote:
    name: the vote
    date: 2008-06
    asks:
      - {name: Rena's complaints, actor: rena, claims: [not fair]}
"""


def test_what_is_asked_is_read_and_written_back():
    loaded = load_text(ASKING)
    (ask,) = loaded.case.milestones["vote"].asks
    assert (ask.name, ask.actor, [str(c) for c in ask.claims]) == (
        "Rena's complaints",
        "rena",
        ["not fair"],
    )
    again = load_text(print_case(loaded.case)["case.yaml"])
    assert again.case.milestones == loaded.case.milestones


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("actor: rena", "actor: rene", "unknown-actor"),
        ("[not fair]", "[not unfair]", "unknown-concept"),
        ("name: Rena's complaints, ", "", "missing-key"),
    ],
)
def test_an_ask_that_cannot_be_answered_is_told_and_left_out(old, new, code):
    loaded = load_text(ASKING.replace(old, new))
    assert (12, code) in [(p.location.line, p.code) for p in loaded.problems]
    assert sound(loaded.case).milestones["vote"].asks == ()
