"""The section of a brief on claims that survive attack, on a small case written out in full."""

from __future__ import annotations

from melian.brief.citations import words
from melian.brief.compose import compose
from melian.brief.document import Cite, Items
from melian.brief.gathering import gather
from melian.brief.html import html
from melian.case.loading import load_text

CASE = """
title: The harbour
question: Who may moor?
actors:
  port: {name: the port}
  bela: {name: Bela}
  iris: {name: Iris}
concepts:
  full: {text: the harbour is full, denied: the harbour has room}
  pays: {text: Bela pays its dues, denied: Bela pays nothing}
  calm: {text: the sea is calm, denied: the sea is rough}
  safe: {text: the quay is safe, denied: the quay is unsafe}
  moors: {text: Bela may moor, denied: Bela may not moor}
rules:
  - {if: pays, then: moors, why: Who pays may moor.}
facts:
  pays: true
"""
STATEMENTS = """id,actor,date,sign,concept,because,quote
s1,port,2021,-,moors,not pays,
s2,port,2021,+,full,,
s3,bela,2021,-,full,,
s4,port,2021,+,calm,,
s5,port,2022,-,calm,,
s6,bela,2022,+,full,,
s7,iris,2022,+,safe,,
"""


def section():
    loaded = load_text(case_yaml=CASE, statements_csv=STATEMENTS)
    assert not [p for p in loaded.problems if p.severity == "error"], loaded.problems
    brief = compose(gather(loaded.case))
    return brief, next(each for each in brief.sections if each.id == "claims")


def test_each_party_is_told_what_holds_what_is_defeated_and_what_is_contested():
    _, found = section()
    groups = {each.title: each.blocks for each in found.blocks if hasattr(each, "title")}
    assert set(groups) == {"The port", "Bela"}
    port, *lists = groups["The port"]
    assert words(port.prose) == (
        "Of five claims, none holds, two are defeated and three are contested, "
        "two of them by the port's own words and deeds alone."
    )
    defeated, contested = lists
    assert isinstance(defeated, Items)
    assert [words(item) for item in defeated.items] == [
        "That Bela may not moor. Against it: it is a fact that Bela pays its dues.",
        "That Bela pays nothing. Against it: it is a fact that Bela pays its dues.",
    ]
    assert [words(item) for item in contested.items] == [
        "That the harbour is full. Against it: Bela holds that the harbour has room."
    ]
    assert words(found.blocks[-1].prose) == "Nothing attacks what is coded of Iris."


def test_claims_and_what_attacks_them_are_cited():
    _, found = section()
    item = found.blocks[1].blocks[1].items[0]
    assert [part.records for part in item if isinstance(part, Cite)] == [("s1",), ("fact:pays",)]


def test_the_brief_prints_and_says_how_it_was_made():
    brief, _ = section()
    assert "Which claims survive attack" in html(brief)
    assert brief.made["Claims"].endswith("; complete")
    assert {each["claim"] for each in brief.data["claims"]["claims"]} >= {"not moors", "safe"}


def test_without_any_attack_there_is_no_such_section():
    loaded = load_text(case_yaml=CASE, statements_csv=STATEMENTS.split("s1,", maxsplit=1)[0])
    brief = compose(gather(loaded.case))
    assert "claims" not in {each.id for each in brief.sections}


def test_an_only_claim_that_is_attacked_in_vain_holds():
    """The attack on what Bela says rests on a reason that a plain fact belies."""
    rows = (
        "id,actor,date,sign,concept,because\ns1,bela,2021,+,full,\ns2,port,2021,-,full,not pays\n"
    )
    loaded = load_text(case_yaml=CASE, statements_csv=rows)
    found = next(s for s in compose(gather(loaded.case)).sections if s.id == "claims")
    bela = next(each.blocks for each in found.blocks if getattr(each, "title", "") == "Bela")
    assert words(bela[0].prose) == "Its only claim holds, though attacked."
