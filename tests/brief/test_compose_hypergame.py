"""What a brief says of beliefs: who believes what, what lasts all the same, who is surprised."""

from __future__ import annotations

import re
from dataclasses import replace

from melian.brief.compose import compose
from melian.brief.document import Table
from melian.brief.drawing import percent
from melian.brief.gathering import gather
from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.case.formula import Atom
from melian.case.loading import load_text
from melian.case.model import Preference
from melian.case.sound import sound
from melian.conflict.hypergame import hypergame
from melian.conflict.result import Concept
from melian.verbs import open_case

# The port believes that Bela would rather pay than protest. It would not.
CASE = """
title: Dues
question: Who pays?
actors: {port: the port, bela: Bela, town: the town}
conflict:
  options:
    port: {close: close the harbour}
    bela: {pay: pay its dues, protest: protest in the council}
  status_quo: [close]
  preferences:
    port: [pay, not protest, not close]
    bela: [protest, not pay]
    town: [not close]
  beliefs:
    port: {bela: [pay, not protest], town: []}
    town: {bela: [protest, not pay]}
  unseen:
    bela: [close and pay and protest]
"""


def case_of(text=CASE):
    loaded = load_text(text)
    assert loaded.problems == ()
    return sound(loaded.case)


def section(text=CASE):
    brief = compose(gather(case_of(text)))
    plain = re.sub(r"\s+", " ", markdown(brief))
    assert "What each side believes" in html(brief)
    return plain.partition("## What each side believes")[2].partition("## What could move")[0]


def test_each_belief_is_told_and_whether_it_is_so():
    told = section()
    assert (
        "The port believes that Bela prefers, the most important first, that Bela would pay its "
        "dues and that Bela would not protest in the council; as coded, Bela ranks the outcomes "
        "otherwise."
    ) in told
    assert "The town believes that Bela prefers" in told
    assert "protest in the council and that Bela would not pay its dues; as coded, it does." in told
    assert "The port believes that the town prefers nothing in particular; as coded," in told
    assert "Bela does not reckon with 1 of 8 states: those in which " in told


def test_outcomes_are_told_with_who_expects_them_and_whether_they_last():
    rows = re.findall(r"\| \*\*([A-F])\*\* (.*?) \| (.*?) \| (yes|no) \| (yes|no) \|", section())
    assert rows == [
        ("A", "Bela: protest in the council", "Bela and the town", "yes", "yes"),
        ("B", "Bela: pay its dues", "the port", "no", "no"),
    ]


def test_who_would_be_surprised_is_told():
    told = section()
    assert (
        "- As things stand, Bela would protest in the council; the port expects it to pay its dues."
    ) in told
    assert (
        "- In outcome B, Bela would protest in the council and no longer pay its dues; the port "
        "expects it to stay."
    ) in told
    assert told.count("- In outcome") == 1


def test_with_readings_the_share_in_which_an_outcome_is_an_equilibrium_is_told():
    case = open_case("nato-russia-2008").case
    beliefs = {"nato": {"russia": (Preference(Atom("adapt")),)}}
    case = replace(case, conflict=replace(case.conflict, beliefs=beliefs))
    material = gather(case)
    told = next(each for each in compose(material).sections if each.id == "beliefs")
    (table,) = [block for block in told.blocks if isinstance(block, Table)]
    outcomes, found = material.solved.outcomes, material.perceived
    (lasting,) = [int(place) + 1 for place in found.holds(Concept.NASH).nonzero()[0]]
    share = outcomes.share(outcomes.where(lasting, Concept.NASH))
    assert 0 < share < 1
    assert table.rows[0][-1] == (percent(share),)
    assert table.rows[0][2] == ("yes",)


def test_the_data_of_the_brief_are_those_of_the_engine():
    case = case_of()
    data = compose(gather(case)).data["hypergame"]
    found = hypergame(case.conflict, (Concept.NASH,))
    lasting = [int(place) + 1 for place in found.holds(Concept.NASH).nonzero()[0]]
    assert data["equilibria"] == {"nash": lasting}
    assert data["views"]["port"]["mistaken_about"] == ["bela", "town"]


def test_a_case_that_says_nothing_of_beliefs_has_no_such_section():
    text = CASE.partition("  beliefs:")[0]
    brief = compose(gather(case_of(text)))
    assert "beliefs" not in {each.id for each in brief.sections}
    assert "hypergame" not in brief.data
