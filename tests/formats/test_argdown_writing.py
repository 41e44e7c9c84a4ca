"""A case written as Argdown is read back as it was, as far as Argdown holds it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from melian import verbs
from melian.case.dates import parse_date
from melian.case.formula import parse as formula
from melian.case.formula import signed
from melian.case.model import Case, Concept, Rule, Statement
from melian.formats.argdown import parse, written
from melian.formats.argdown.spelling import braces, escaped

sys.path.append(str(Path(__file__).parents[1] / "case"))
from case_strategies import cases


def claim(text):
    return signed(formula(text))


def claims(*texts):
    return tuple(map(claim, texts))


def held(case):
    """What Argdown holds of a case, with nothing in an order."""
    return {
        "title": case.title,
        "question": case.question,
        "period": case.period,
        "instances": dict(case.instances),
        "concepts": dict(case.concepts),
        "rules": {rule.id: replace(rule, unless=frozenset(rule.unless)) for rule in case.rules},
        "principles": dict(case.principles),
        "facts": dict(case.facts),
        "actors": dict(case.actors),
        "sources": {s.id: replace(s, fields={}) for s in case.sources.values()},
        "statements": {s.id: s for s in case.statements},
    }


@settings(deadline=None, max_examples=60)
@given(cases())
def test_what_is_written_is_read_back(case):
    case = replace(case, conflict=None, levers={}, deeds=())
    back, problems = parse(written(case), "case")
    assert problems == ()
    assert held(back) == held(case)


def test_the_built_in_case_is_read_back():
    case = verbs.open_case("nato-russia-2008").case
    back, problems = parse(written(case), "case")
    assert problems == ()
    assert held(back) == held(case)
    assert len(held(back)["statements"]) > 20


def test_argdown_is_shown_the_words_and_told_the_rest_in_data():
    text = written(
        Case(
            "quay",
            title="The *Quay*",
            concepts={"full": Concept("full", (), "the quay is full #1", denied="it is empty")},
            rules=(
                Rule("r>1", conditions=claims("full"), unless=claims("storm"), then=formula("a")),
                Rule("r2", excludes=claims("full", "not a"), strength="strict"),
            ),
            statements=(Statement("s1", "bela", claim("not full"), parse_date("2021-04")),),
        )
    )
    assert text.split("\n\n") == [
        '===\ntitle: "The *Quay*"\n===',
        '# The \\*Quay\\* {"case": {"title": "The *Quay*"}}',
        "# Claims",
        '[full]: the quay is full \\#1 {"concept": {"name": "full", "denied": "it is empty"}}',
        '[not full]: it is empty {"formula": "not full"}\n  >< [full]',
        '[storm]: storm {"formula": "storm"}',
        '[a]: a {"formula": "a"}',
        '[not a]: it is not the case that a {"formula": "not a"}\n  >< [a]',
        '# bela {"actor": "bela"}',
        '[not full] {"id": "s1", "actor": "bela", "date": "2021-04"}',
        "# Rules",
        '<r 1> {"rule": {"id": "r\\u003e1"}}',
        "(1) [full]\n----\n  <_ [storm]\n(2) [a]",
        (
            '[full] {"rule": {"id": "r2", "strength": "strict", "excludes": ["full", "not a"]}}'
            "\n  >< [not a]\n"
        ),
    ]


@pytest.mark.parametrize("name", ["_r", "+r", "-r", "- _ + r", "<_ r", "><", "__", "_ > r", "r_"])
def test_an_argument_is_no_relation_whatever_its_name(name):
    rule = Rule(name, conditions=claims("full"), then=formula("a"), why="so it goes")
    case = Case("quay", title="Q", rules=(rule, replace(rule, why="")))
    for rules in (case.rules[:1], case.rules[1:]):
        back, problems = parse(written(replace(case, rules=rules)), "case")
        assert problems == ()
        assert back.rules == tuple(replace(found, at=back.rules[0].at) for found in rules)


TEXTS = [
    "a. b.c.d",
    "x :y: z",
    "http://a.b/*c*/",
    "=== a",
    "<!-- b -->",
    "@[c] {d} <e>",
    "\\",
    "-- 1. (2)",
]


@pytest.mark.parametrize("text", TEXTS)
def test_markup_in_texts_and_data_is_read_back_as_text(text):
    case, _ = parse(f"[A]: {escaped(text)} {braces({'note': text, 'actor': 'x'})}")
    assert case.concepts["a"].text == text
    assert case.statements[0].note == text
