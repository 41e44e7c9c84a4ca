"""What a brief says of levers, on small cases written out in full."""

from __future__ import annotations

from dataclasses import replace

import pytest

from melian.brief import gathering
from melian.brief.citations import words
from melian.brief.compose import compose
from melian.brief.compose.reciprocity import gains
from melian.brief.document import Cite, Group, Items, Paragraph, Refer
from melian.brief.drawing import percents
from melian.brief.gathering import gather
from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.case.loading import load_text
from melian.readings.levers.reciprocity import Balance
from melian.verbs import open_case

CASE = """
title: The ferry
question: Will the ferry run?
actors:
  line: {name: The line}
  isle: {name: The isle}
  bank: {name: The bank}
concepts:
  profitable: the ferry pays its way
  ruinous: the ferry ruins the line
rules:
  - {excludes: [profitable, ruinous], why: What ruins does not pay.}
conflict:
  options:
    line: {run: run the ferry}
    isle: {pay: pay a fare}
  preferences:
    line:
      - {prefer: run, because: profitable}
      - {prefer: not run or pay}
      - {prefer: not run}
    isle: [run, not pay]
  target: run and pay
levers:
  accounts:
    by: bank
    does: open its accounts
    label: Open accounts
    effect: {line: [{gives_up: ruinous}]}
  fares:
    by: isle
    does: promise fares
    label: Fares
    returns: accounts
    why: Who pays is served.
    source: gazette
    effect: {isle: [{prefer: pay, above: not pay}, {drop: not pay}]}
  pier:
    by: line
    does: paint the pier
    returns: pay
"""
STATEMENTS = """id,actor,sign,concept
s1,line,+,profitable
s2,line,+,ruinous
"""
SOURCES = "- {id: gazette, title: The gazette}\n"


def material_of(text=CASE):
    loaded = load_text(case_yaml=text, statements_csv=STATEMENTS, sources_yaml=SOURCES)
    assert not [p for p in loaded.problems if p.severity == "error"], loaded.problems
    return gather(loaded.case)


def section_of(brief):
    return next(section for section in brief.sections if section.id == "levers")


def told(section):
    for block in section.blocks:
        match block:
            case Paragraph(prose):
                yield words(prose)
            case Group(title=title, blocks=blocks):
                yield title
                yield from (words(inner.prose) for inner in blocks)
            case Items(items, lead):
                yield words(lead)
                yield from map(words, items)


@pytest.fixture(scope="module")
def brief():
    return compose(material_of())


def test_levers__the_smallest_sets_and_the_proof_that_no_smaller_does(brief):
    assert (
        "No move alone makes it sure in every combination; one pair does: “Open accounts” with "
        "“Fares”. No smaller set does: all 4 of them were solved."
    ) in list(told(section_of(brief)))


def test_levers__what_each_does_alone_with_what_and_who_gains(brief):
    lines = list(told(section_of(brief)))
    assert "The isle could promise fares." in lines
    assert (
        "As coded, the outcome sought becomes sure in 50% instead of 0% of the combinations, "
        "and becomes possible in 50% instead of 0%. It is then sure if The line holds "
        "that the ferry pays its way. With “Open accounts” it is sure in every combination. "
        "In return The bank could open its accounts. "
        "With both, The isle would be better off in every combination by what it would then "
        "prefer, and better off in 50% of the combinations and worse off in 50% by what it prefers "
        "today. "
        "Nothing tells whether The bank would gain, as it has no preferences. Who pays is served."
    ) in lines
    joint = lines[
        lines.index("The bank could open its accounts, and The isle could promise fares.") + 1
    ]
    assert joint.startswith(
        "As coded, the outcome sought becomes sure in every combination, instead of 0%."
    )
    assert "The isle would be better off" in joint
    assert "Nothing tells whether The bank would gain, as it has no preferences." in joint
    assert "Two levers change nothing alone, as coded:" not in lines
    assert "One lever changes nothing alone, as coded:" in lines
    assert "One lever changes nothing in any set, as coded:" in lines


def test_levers__every_sentence_leads_back_to_the_lever_and_its_source(brief):
    by_id = {record.id: record for record in brief.records}
    fares = by_id["lever:fares"]
    assert (fares.kind, fares.source) == ("lever", "gazette")
    assert f"{fares.who} {fares.what}" == "A move open to The isle to promise fares"
    groups = [block for block in section_of(brief).blocks if isinstance(block, Group)]
    for group in groups:
        (text,) = (block.prose for block in group.blocks)
        cited = {record for part in text if isinstance(part, Cite) for record in part.records}
        assert {f"lever:{name}" for name in group.id.removeprefix("lever-").split("+")} <= cited
    referred = {
        part.target
        for block in section_of(brief).blocks
        if isinstance(block, Paragraph)
        for part in block.prose
        if isinstance(part, Refer)
    }
    assert referred <= {group.id for group in groups}


def test_answer__says_how_many_moves_it_takes(brief):
    assert words(brief.answer[-1]) == (
        "That The line would run the ferry and The isle would pay a fare is sure in 0% of the "
        "combinations as things stand, and in 50% if The isle were to promise fares (by what it "
        "prefers today, and with “Open accounts” in return, The isle would be worse off in 50% of "
        "the combinations). Making it sure in all takes two moves: The bank would open its "
        "accounts, and The isle would promise fares (by what it prefers today, The isle would be "
        "worse off in 50% of the combinations). Alone, “Open accounts” and “pier” would change "
        "nothing."
    )


TWINS = """
  ledgers:
    by: bank
    does: open its ledgers
    label: Open ledgers
    effect: {line: [{gives_up: ruinous}]}
  tolls:
    by: isle
    does: promise tolls
    label: Tolls
    effect: {isle: [{prefer: pay, above: not pay}, {drop: not pay}]}
"""


def test_answer__names_all_that_does_equally_well():
    """Four pairs suffice, two moves do as much alone, and four that do nothing are counted."""
    told = words(compose(material_of(CASE.rstrip() + TWINS)).answer[-1])
    assert "and in 50% if The isle were to promise fares (" in told
    assert "; or if The isle were to promise tolls (by what it" in told
    assert "Making it sure in all takes two moves: The bank would open its accounts, and " in told
    assert told.count("; or The bank would open its") == 2
    assert "; or one of one more such set." in told
    assert told.endswith("Alone, “Open accounts”, “pier” and “Open ledgers” would change nothing.")


def test_answer__of_a_move_that_makes_the_outcome_possible_only():
    """The isle may then pay or not, all the same to it: no surer than before."""
    shrug = "  shrug: {by: isle, does: shrug, effect: {isle: [{drop: not pay}]}}\n"
    told = words(compose(material_of(CASE.split("  accounts:", maxsplit=1)[0] + shrug)).answer[-1])
    assert "is sure in 0% of the combinations, and no lever alone would make it surer." in told


@pytest.mark.parametrize(
    ("balance", "said"),
    [
        (Balance("isle", better=1.0), "better off in every combination"),
        (Balance("isle", mixed=1.0), "perhaps better and perhaps worse off in every combination"),
        (Balance("isle", worse=1.0), "worse off in every combination"),
        (Balance("isle", same=1.0), "no better and no worse off"),
        (
            Balance("isle", better=0.2, unclear=0.8),
            "better off in 20% of the combinations and without anything to compare in 80%",
        ),
    ],
)
def test_levers__who_gains_in_words(balance, said):
    material = material_of()
    (pull, *_) = material.solved.aim.alone
    judged = replace(pull.reciprocity, balances=(balance,), present=(balance,), unjudged=())
    assert gains(material.case, replace(pull, reciprocity=judged)) == f"The isle would be {said}."


def test_levers__a_small_change_is_not_told_as_none():
    assert percents(0.011, 0.014) == ("1.1%", "1.4%")
    assert percents(0.2, 0.2) == ("20%", "20%")
    assert percents(0.019994, 0.02) == ("1.999%", "2.000%")


def test_levers__where_one_suffices_and_where_none_does_or_is_needed():
    one = section_of(
        compose(material_of(CASE.replace("target: run and pay", "target: run or pay")))
    )
    assert any(
        line.startswith("Two moves each make it sure in every combination: “") for line in told(one)
    )
    none = section_of(compose(material_of(CASE.replace("run and pay", "pay and not run"))))
    assert "No set of moves makes it sure in every combination; all 8 were solved." in " ".join(
        told(none)
    )
    needless = section_of(compose(material_of(CASE.replace("run and pay", "run or not run"))))
    assert "No move is needed for that." in told(needless)


def test_levers__a_search_that_stops_says_how_far_it_went(monkeypatch):
    monkeypatch.setattr(gathering, "WORK", 0)
    stopped = compose(material_of())
    lines = list(told(section_of(stopped)))
    assert (
        "No set of up to one move makes it sure in every combination; all 4 were solved. The most "
        "is 50%, by “Fares”. Sets of more than one move are not looked at here; “melian levers” "
        "solves them."
    ) in lines
    assert "Two levers change nothing alone, as coded:" in lines
    assert "larger sets were not looked at" in stopped.made["Levers"]
    assert html(stopped)
    assert markdown(stopped)


def test_levers__of_a_case_with_levers_that_lower_the_shares():
    """A lever that makes the outcome less sure is told among those that change something."""
    text = CASE.replace("target: run and pay", "target: not pay")
    lines = list(told(section_of(compose(material_of(text)))))
    assert any("becomes sure in 0% instead of 100%" in line for line in lines), lines


def test_brief__of_the_built_in_case_says_which_recommendations_suffice():
    case = open_case("nato-russia-2008").case
    brief = compose(gather(case))
    text = " ".join(told(section_of(brief)))
    assert "No move alone makes it sure in every combination; two pairs do" in text
    assert brief.data["levers"]["searched"]["2"] == 55
    bare = replace(case, levers={})
    assert section_of(compose(gather(bare))).blocks
