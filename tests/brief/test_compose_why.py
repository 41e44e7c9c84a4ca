"""What a brief says of explanations and of contested words: every claim cited, no winner named."""

from __future__ import annotations

import re

from melian.brief.citations import words
from melian.brief.compose import compose
from melian.brief.document import Cite, Group, Items, Paragraph, Table
from melian.brief.gathering import gather
from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.case.loading import load_text
from melian.case.sound import sound
from melian.verbs import open_case

CASE = """
title: The harbour
question: Why is it closed?
actors:
  port: {name: Portia, kind: organisation}
  bela: Bela
concepts:
  full: {text: the harbour is full, denied: the harbour has room}
  idle: {text: the harbour lies idle, denied: the harbour is busy}
  safe: {text: the harbour is safe, denied: the harbour is not safe}
rules:
  - {excludes: [full, idle], why: A full harbour is not idle., defence: Basins differ.}
hypotheses:
  short: {text: Portia is short of money, about: port, why: Its books are in the red.}
  wary: {text: Portia is wary of Bela, label: wariness, about: port}
evidence:
  - {item: s1, likely: {short: 0.3, wary: 0.9}, why: Who is wary says so.}
  - {finding: {port: [full, idle]}, likely: {short: even, wary: even}}
  - {item: d1, likely: {short: very-likely, wary: likely}, with: [s1]}
  - {missing: the books of last year., likely: {short: 0.95, wary: 0.4}}
terms:
  open-door:
    port: {means: [safe, not idle]}
    bela: {means: [safe, idle, full]}
"""
STATEMENTS = """id,actor,date,sign,concept
s1,port,2021,+,full
s2,port,2021,+,idle
s3,bela,2021,-,safe
"""
DEEDS = "id,actor,action,date,shows\nd1,port,sells a tug,2021,\n"


def brief_of(text=CASE):
    loaded = load_text(text, statements_csv=STATEMENTS, deeds_csv=DEEDS)
    assert not [p for p in loaded.problems if p.severity == "error"], loaded.problems
    return compose(gather(sound(loaded.case)))


def section(brief, name):
    return next((each for each in brief.sections if each.id == name), None)


def blocks(parts):
    for block in parts:
        yield block
        if isinstance(block, Group):
            yield from blocks(block.blocks)


def told(brief, name):
    """Everything a section says, in words."""
    out = []
    for block in blocks(section(brief, name).blocks):
        match block:
            case Paragraph(prose):
                out.append(words(prose))
            case Items(items, lead):
                out += [words(lead), *map(words, items)]
            case Table(caption, _, rows):
                out += [caption, *(words(cell) for row in rows for cell in row)]
            case Group():
                out.append(block.title)
    return " ".join(out)


def cited(prose):
    return {record for part in prose if isinstance(part, Cite) for record in part.records}


def test_the_table_of_evidence_cites_each_item_and_says_what_it_speaks_for():
    (table,) = (b for b in section(brief_of(), "why").blocks if isinstance(b, Table))
    assert table.head == ("Evidence", "Short", "Wariness", "Speaks")
    said = [(cited(row[0]), *(words(cell) for cell in row[1:])) for row in table.rows]
    assert said == [
        ({"s1"}, "0.3", "0.9", "Clearly for “wariness” (3 to 1)"),
        ({"s1", "s2"}, "as likely as not", "as likely as not", "Says nothing"),
        ({"d1"}, "very likely", "likely", "A little for “short” (1.3 to 1)"),
    ]
    assert words(table.rows[0][0]).endswith("Who is wary says so.")


def test_what_it_leans_to_what_tips_it_and_what_is_missing():
    # s1 and d1 count as one: sqrt(3 / (0.875 / 0.675)) = 1.52 for wariness.
    text = told(brief_of(), "why")
    assert "leans to “wariness” over “short” by about 1.5 to 1" in text
    assert "One change by one word is enough to bring it to even" in text
    assert "the odds could be anything from" in text
    assert (
        "The books of last year: found, it would speak a little for “short”; looked for and not "
        "found, clearly for “wariness”." in text
    )
    assert "is the coder's judgement, and no source's" in text
    assert "in life several may hold at once" in text
    assert not re.search(r"\b(best|winner|wins|proves|true)\b", text)


def test_explanations_and_definitions_are_records_like_any_other():
    brief = brief_of()
    records = {record.id: record for record in brief.records}
    assert records["hypothesis:short"].what == "that Portia is short of money"
    assert records["hypothesis:short"].who == "An explanation of the coder's"
    assert records["term:open-door:2"].who == "Bela"
    assert [record.number for record in brief.records] == list(range(1, len(records) + 1))
    rivals = next(b for b in section(brief, "why").blocks if isinstance(b, Items))
    assert [cited(item) for item in rivals.items] == [{"hypothesis:short"}, {"hypothesis:wary"}]


def test_one_word_two_meanings():
    brief = brief_of()
    (group,) = section(brief, "terms").blocks
    table = group.blocks[0]
    assert group.title == "What Portia and Bela mean by “open door”"
    assert [tuple(map(words, row)) for row in table.rows] == [
        ("The harbour is safe", "held", "held"),
        ("The harbour lies idle", "denied", "held"),
        ("The harbour is full", "not in it", "held"),
    ]
    # A side that never speaks of a part is cited by its definition; s3 denies what Bela means.
    assert [[cited(cell) for cell in row[1:]] for row in table.rows] == [
        [{"term:open-door:1"}, {"s3"}],
        [{"s2"}, {"term:open-door:2"}],
        [set(), {"term:open-door:2"}],
    ]
    text = told(brief, "terms")
    assert "Of four parts, a part and its denial being two, they share one" in text
    assert "Bela asserts and Portia denies that the harbour lies idle" in text


def test_parts_that_exclude_each_other_are_told_with_the_rule_and_its_defence():
    brief = brief_of(
        CASE.replace("[safe, not idle]", "[safe, full]").replace("[safe, idle, full]", "[idle]")
    )
    text = told(brief, "terms")
    assert "Portia's part, that the harbour is full, and Bela's, that the harbour lies idle" in text
    assert "exclude each other. A full harbour is not idle. (The rule is the coder's.)" in text
    assert "In its defence: Basins differ." in text


def test_both_sections_are_left_out_when_nothing_is_coded():
    brief = brief_of(CASE[: CASE.index("hypotheses:")])
    assert section(brief, "why") is None
    assert section(brief, "terms") is None
    assert "why" not in brief.data
    alone = CASE.replace(
        "  wary: {text: Portia is wary of Bela, label: wariness, about: port}\n", ""
    )
    alone = re.sub(r", wary: [\w.-]+", "", alone)
    assert section(brief_of(alone), "why") is None


def test_explanations_of_two_actors_stand_apart():
    more = """  rich: {text: Bela is rich, about: bela}
  proud: {text: Bela is proud, about: bela, prior: 0.7}
evidence:
  - {item: s3, likely: {rich: 0.2, proud: 0.6}}
"""
    brief = brief_of(CASE.replace("evidence:\n", more))
    groups = [b for b in section(brief, "why").blocks if isinstance(b, Group)]
    assert [g.id for g in groups] == ["why-port", "why-bela"]
    text = told(brief, "why")
    assert "Proud: Bela is proud (to start with, 70%)." in text
    # 0.6 / 0.2 is 3; with 0.7 / 0.3 to start from, 7.
    assert (
        "The evidence, as coded, leans to “proud” over “rich” by about 3 to 1. "
        "From starting odds of 2.3 to 1 for “proud”, it comes to 7 to 1 for “proud”."
    ) in text


def test_the_start_may_outweigh_the_evidence():
    more = """  rich: {text: Bela is rich, about: bela}
  proud: {text: Bela is proud, about: bela, prior: 0.9}
evidence:
  - {item: s3, likely: {rich: 0.6, proud: 0.2}}
  - {item: idle, likely: {rich: 0.4, proud: 0.4}}
"""
    case = CASE.replace("evidence:\n", more) + "facts: {idle: yes}\n"
    text = told(brief_of(case), "why")
    assert "leans to “rich” over “proud” by about 3 to 1. From starting odds of 9 to 1" in text
    assert "for “proud”, it comes to 3 to 1 for “proud”." in text
    assert "Without it the evidence's own odds would be even, and what it comes to 9 to 1" in text


def test_every_printer_prints_both():
    for brief in (brief_of(), compose(gather(open_case("nato-russia-2008").case))):
        assert "One word, two meanings" in html(brief)
        assert "One word, two meanings" in markdown(brief)
        assert brief.data["why"]["weighings"]
        assert brief.data["terms"]


def test_three_explanations_are_weighed_pair_by_pair():
    text = CASE.replace("  wary:", "  lazy: {text: Portia is lazy, about: port}\n  wary:")
    text = re.sub(r"likely: \{", "likely: {lazy: 0.5, ", text)
    tables = [b for b in section(brief_of(text), "why").blocks if isinstance(b, Table)]
    assert [table.head[1:3] for table in tables] == [
        ("Short", "Lazy"),
        ("Short", "Wariness"),
        ("Lazy", "Wariness"),
    ]
    missing = told(brief_of(text), "why")
    assert "found, it would speak a little for “short” over “lazy”" in missing
    assert "looked for and not found, clearly for “wariness” over “short”" in missing


def test_the_title_of_a_term_names_the_period_where_one_actor_means_two_things():
    changed = """    bela:
      - {means: [full], when: ..2019}
      - {means: [idle], when: 2020..}
"""
    text = CASE.replace("    bela: {means: [safe, idle, full]}\n", changed)
    titles = [group.title for group in section(brief_of(text), "terms").blocks]
    assert "What Bela (until 2019) and Bela (from 2020 on) meant by “open door”" in titles
    assert "What Portia and Bela (from 2020 on) mean by “open door”" in titles
    clash = told(brief_of(text), "terms")
    assert "Bela's part until 2019, that the harbour is full, and Bela's from 2020 on" in clash
