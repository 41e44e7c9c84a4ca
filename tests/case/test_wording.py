"""Concepts, formulas and rules in words."""

from __future__ import annotations

import pytest

from melian.case.formula import parse, signed
from melian.case.grounding import ground
from melian.case.loading import load_text
from melian.case.wording import concept_name, concept_text, formula_text, of_itself, rule_text

CASE = """
title: Islands
question: Whose are they?
period: 2020
actors: {aria: Aria}
instances: {east: the East Island, x: Xanadu}
concepts:
  owned(x, y): The x-ray of x, x's flat and y belong to y.
  calm: {text: NATO is calm, denied: NATO stirs}
  exit: {text: The Exit., label: The Exit.}
  short: {text: it is short, label: short}
principles:
  rule-of-law(x): {text: The law of x rules, then: calm}
  bare: {if: calm, then: calm}
rules:
  - {id: two, excludes: [calm, not calm]}
  - {id: three, excludes: [calm, not calm, calm]}
  - {id: if, if: [calm, not calm], unless: calm, then: calm}
"""


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (
            "owned(east, aria)",
            "the x-ray of the East Island, the East Island's flat and Aria belong to Aria",
        ),
        (
            "owned(x, nowhere)",
            "the x-ray of Xanadu, Xanadu's flat and nowhere belong to nowhere",
        ),
        (
            "not owned(x, aria)",
            "it is not the case that the x-ray of Xanadu, Xanadu's flat and Aria belong to Aria",
        ),
        ("calm", "NATO is calm"),
        ("not calm", "NATO stirs"),
        ("exit", "“The Exit.” is right"),
        ("not exit", "“The Exit.” is wrong"),
        ("not short", "it is not the case that it is short"),
        ("rule-of-law", "for any x, the law of x rules"),
        ("rule-of-law(east)", "the law of the East Island rules"),
        ("not-in-the-case(east)", "not in the case (the East Island)"),
    ],
)
def test_a_claim_reads_on_after_that(claim: str, words: str) -> None:
    found = signed(parse(claim))
    assert found is not None
    assert concept_text(load_text(CASE).case, found) == words


@pytest.mark.parametrize(
    ("claim", "name"), [("exit", "the Exit"), ("short", "it is short"), ("calm", "NATO is calm")]
)
def test_tables_call_a_catchword_by_itself(claim: str, name: str) -> None:
    found = signed(parse(claim))
    assert found is not None
    assert concept_name(load_text(CASE).case, found.atom) == name


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("calm and not calm", "NATO is calm and NATO stirs"),
        ("calm or calm", "either NATO is calm or NATO is calm"),
        ("calm -> not calm", "if NATO is calm, then NATO stirs"),
        ("calm <-> calm", "NATO is calm exactly when NATO is calm"),
        ("not (calm and calm)", "it is not the case that NATO is calm and NATO is calm"),
    ],
)
def test_a_formula_reads_on_after_that(formula: str, words: str) -> None:
    assert formula_text(load_text(CASE).case, parse(formula)) == words


def test_rules_read_on_after_that() -> None:
    case = load_text(CASE).case
    assert {rule.id: rule_text(case, rule) for rule in ground(case).rules} == {
        "two": "it cannot be both that NATO is calm and that NATO stirs",
        "three": "it cannot be all at once that NATO is calm, that NATO stirs "
        "and that NATO is calm",
        "if": "if NATO is calm and NATO stirs, then NATO is calm, unless NATO is calm",
        "bare": "if NATO is calm, then NATO is calm",
    }


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("China is strong", "it is strong"),
        ("China's ports are open", "its ports are open"),
        ("China Mobile is strong", "China Mobile is strong"),
        ("China Mobile's masts are tall", "China Mobile's masts are tall"),
        ("China's friends are many", "China's friends are many"),
        ("China Mobiles are cheap", "it Mobiles are cheap"),
        ("Chinatown is full", "Chinatown is full"),
        ("ships of China may enter", "ships of China may enter"),
    ],
)
def test_a_speaker_is_it_unless_a_longer_name_begins_the_clause(clause: str, words: str) -> None:
    others = ["China", "Chi", "China Mobile", "China's friends", "Aria"]
    assert of_itself(clause, "China", others) == words
