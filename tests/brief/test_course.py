"""How far positions fail to hold together, and what changed, as the brief tells it."""

from __future__ import annotations

from melian.brief.compose import compose
from melian.brief.gathering import gather
from melian.brief.html import html
from melian.case.loading import load_text

CASE = """
title: A harbour
question: Who may use it?
period: 2005/2012
actors: {aria: {name: Aria, kind: state}, bela: Bela}
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
    assert "Aria: nothing at first, 0.50 from 1 January 2009 on, 0.00 from" in text
    assert "0 records to take back" in text


def test_an_open_change_is_told_with_its_records() -> None:
    text = page("s1,bela,2006,+,safe,,\ns2,bela,2009-04,-,safe,,s1\n")
    assert "Bela held that the harbour is safe, and took that back in April 2009" in text
    assert "that is no contradiction" in text
    assert "How far, and since when" not in text


def test_a_case_without_dates_has_no_course_to_draw() -> None:
    text = page("s1,aria,,+,safe,,\ns2,aria,,-,safe,,\n")
    assert "How far, and since when" in text
    assert "since when</title>" not in text
