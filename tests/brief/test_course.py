"""How far positions fail to hold together, and what changed, as the brief tells it."""

from __future__ import annotations

import re

from melian.brief.compose import compose
from melian.brief.gathering import gather
from melian.brief.html import html
from melian.case.loading import load_text

VOICES = """id,actor,date,sign,concept,until,retracts
s1,vey,2006,+,safe,,
s2,lund,2009-04,-,safe,,
"""
CASE = """
title: A harbour
question: Who may use it?
period: 2005/2012
actors:
  aria: {name: Aria, kind: state}
  vey: {name: Mona Vey, kind: person, speaks_for: [aria]}
  lund: {name: Otto Lund, kind: person, speaks_for: [aria]}
  bela: Bela
concepts:
  safe: {text: The harbour is safe, denied: the harbour is not safe}
  calm: The sea is calm
"""


def page(statements: str) -> str:
    header = "id,actor,date,sign,concept,until,retracts\n"
    return html(compose(gather(load_text(CASE, statements_csv=header + statements).case)))


def test_the_course_is_told_and_drawn() -> None:
    text = page("s1,aria,2006,+,safe,,\ns2,aria,2009,-,safe,2010,\n")
    assert "How far, and since when" in text
    assert "Aria: nothing at first, 0.50 from 1 January 2009, 0.00 from 1 January 2011 on" in text
    assert "0 records to take back" in text
    assert "All of this was in force from 1 January 2009 until 31 December 2010" in text
    assert "until 2010" in text


def test_an_open_change_is_told_with_its_records() -> None:
    text = page("s1,bela,2006,+,safe,,\ns2,bela,2009-04,-,safe,,s1\n")
    assert "Bela held that the harbour is safe, and took that back in April 2009" in text
    assert "that is no contradiction" in text
    assert "taken back by 2" in text
    assert "takes back 1" in text
    assert "How far, and since when" not in text


def test_a_case_without_dates_has_no_course_to_draw() -> None:
    text = page("s1,aria,,+,safe,,\ns2,aria,,-,safe,,\n")
    assert "How far, and since when" in text
    assert "since when</title>" not in text


def test_voices_that_followed_one_another_are_told_so() -> None:
    text = html(compose(gather(load_text(CASE, statements_csv=VOICES).case)))
    assert (
        "Aria first held, through Mona Vey, that the harbour is safe, and since April 2009 holds, "
        "through Otto Lund, that the harbour is not safe."
    ) in text


def test_words_and_deeds_behind_one_claim_are_cited_apart() -> None:
    deeds = "id,actor,action,date,shows\nd1,aria,sails,2010,calm\n"
    rows = "id,actor,date,sign,concept,basis\ns1,vey,2006,+,calm,\ns2,lund,2006,-,calm,inferred\n"
    text = html(compose(gather(load_text(CASE, statements_csv=rows, deeds_csv=deeds).case)))
    assert re.search(r"Mona Vey says that the sea is calm<span.*?, and Aria acts so<span", text)
    assert "Otto Lund can be read in 2006 as holding that it is not the case" in text
