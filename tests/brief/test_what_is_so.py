"""A brief says of shares, preferences and voices what is so, and cites what they rest on."""

from __future__ import annotations

import pytest
from test_compose import CASE, brief_of, prose
from test_uncertain_wording import LIKELY, MAYBE, ORDER, doubtful

from melian.audit import audit
from melian.brief.citations import words
from melian.brief.compose import compose
from melian.brief.compose.words import Speech
from melian.brief.document import Cite, Figure, Group, Items, Table
from melian.brief.gathering import gather
from melian.case.formula import parse
from melian.case.loading import load_text

TALK = """
title: Talk
question: Who feeds whom?
actors:
  norland: {name: Norland, kind: state}
  vey: {name: Mona Vey, kind: person, speaks_for: [norland]}
concepts:
  feeds: {text: Norland feeds the poor, denied: Norland does not feed the poor}
"""
TALKED = "id,actor,sign,concept\ns1,vey,+,feeds\n"
DONE = "id,actor,action,shows\nd1,norland,burns its grain,not feeds\n"


def section(brief, title):
    return next(s for s in brief.sections if s.id == title)


def shares(item):
    (items,) = (b for b in section(brief_of(item), "said").blocks if isinstance(b, Items))
    return next(words(each) for each in items.items if words(each).startswith("A share"))


def test_what_a_share_is__depends_on_what_is_weighed():
    assert shares(CASE) == (
        "A share counts combinations of readings, each once. It is not a probability."
    )
    weighed = "A share is no better than the weights in it: readings count alike"
    likely = "preferences count by the probability that the case gives them"
    unknown = "where nobody knows, all that may be counts alike, by convention"
    assert shares(doubtful(LIKELY)) == f"{weighed}; {likely}."
    assert shares(doubtful(MAYBE)) == f"{weighed}; {unknown}."
    assert shares(doubtful(ORDER)) == f"{weighed}; {unknown}."
    assert shares(
        doubtful(LIKELY).replace("bela: [pay]", "bela: [{prefer: pay, uncertain: true}]")
    ) == (f"{weighed}; {likely}; {unknown}.")


def wished(case):
    brief = brief_of(case)
    tables = (b for b in section(brief, "outcomes").blocks if isinstance(b, Table))
    return next(t for t in tables if "taken to prefer" in t.caption)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (LIKELY, {"Portia would close the harbour (with a probability of 70%)"}),
        (MAYBE, {"Portia would close the harbour (not known whether)"}),
        (
            ORDER,
            {
                "Portia would close the harbour (in any order with 2)",
                "Portia would not close the harbour (in any order with 1)",
            },
        ),
    ],
)
def test_the_table_of_preferences_marks_what_is_uncertain(item, told):
    table = wished(doubtful(item))
    assert told == {words(row[2]) for row in table.rows if "(" in words(row[2])}
    assert table.caption.endswith("What is uncertain stands in brackets.")
    assert "brackets" not in wished(CASE).caption


def test_the_table_of_preferences_cites_what_they_rest_on():
    cited = [
        [part.records for part in row[3] if isinstance(part, Cite)] for row in wished(CASE).rows
    ]
    assert cited == [[("s1",)], [("s2",)], []]


def test_the_answer_gives_shares_for_what_hangs_on_uncertain_preferences():
    first = prose(brief_of(doubtful(LIKELY)))[0]
    # Half of the readings keep that the harbour is full; in 70% of these it is preferred.
    assert first.startswith(
        "Portia would close the harbour in 35% of the combinations, if it holds"
    )
    sure = prose(brief_of(doubtful(LIKELY)))[1]
    assert "and whatever it turns out to prefer where that is uncertain, Bela would pay" in sure
    assert sure.endswith("(in all four combinations of readings and preferences).")


def test_a_preference_that_is_not_held_is_not_indifference():
    first, second = "- {prefer: close, because: full}", "- {prefer: not close, because: idle}"
    text = CASE.replace(first, "- {prefer: not close, uncertain: true}").replace(second, "- close")
    assert prose(brief_of(text))[0] == (
        "Portia would close the harbour in 50% of the combinations, if it does not have the "
        "preference that it would not close the harbour."
    )


def test_who_speaks_for_a_party_does_not_make_it_the_party():
    loaded = load_text(case_yaml=TALK, statements_csv=TALKED, deeds_csv=DONE)
    brief = compose(gather(loaded.case))
    (finding,) = (
        block
        for part in section(brief, "positions").blocks
        if isinstance(part, Group)
        for block in part.blocks
        if isinstance(block, Group) and block.id.startswith("finding-")
    )
    assert finding.title.startswith("Norland says that it feeds the poor, but acts as though it")
    evidence = words(finding.blocks[0].prose)
    assert "Mona Vey says that Norland feeds the poor" in evidence
    assert "Norland burns its grain, which shows that it does not feed the poor" in evidence


@pytest.mark.parametrize(
    ("formula", "clause"),
    [
        ("pay and not close", "Bela would pay its dues and Portia would not close the harbour"),
        (
            "pay and not close and deepen",
            "Bela would pay its dues and deepen it and Portia would not close the harbour",
        ),
        ("deepen and not pay", "Bela would deepen it and would not pay its dues"),
    ],
)
def test_a_party_is_named_once_for_all_that_it_does_and_leaves(formula, clause):
    text = CASE.replace("{pay: pay its dues}", "{pay: pay its dues, deepen: deepen it}")
    case = load_text(case_yaml=text, statements_csv="id,actor\n").case
    assert Speech(case, audit(case)).outcome(parse(formula)) == clause


def test_the_figure_names_the_options_of_which_none_is_taken():
    (grid,) = (b for b in section(brief_of(), "outcomes").blocks if isinstance(b, Figure))
    assert "Not close the harbour (Portia) (one state) holds under 50%" in grid.alt
