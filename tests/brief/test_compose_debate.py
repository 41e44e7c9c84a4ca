"""What a brief says of a debate: who stands with whom, how it moved, the agenda; all cited."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from melian.brief.citations import index, words
from melian.brief.compose import compose
from melian.brief.document import Cite, Figure, Fold, Group, Items, Paragraph, Table
from melian.brief.gathering import gather
from melian.brief.html import html
from melian.brief.markdown import LINKED, markdown
from melian.case.loading import load_text
from melian.case.sound import sound

WEST, EAST = ("Anna", "Bruno", "Clara"), ("Dora", "Emil", "Frida")
TOPICS = tuple(f"topic-{letter}" for letter in "abcdefgh")
HEAD = "id,actor,date,sign,concept,if,level,scope\n"


def case_text(rules="", extra=""):
    actors = "".join(f"  {name.lower()}: {name}\n" for name in (*WEST, *EAST))
    concepts = "".join(f"  {topic}: {{text: {topic} is right}}\n" for topic in TOPICS)
    head = "title: A debate\nquestion: Who is right?\n"
    return f"{head}actors:\n{actors}concepts:\n{concepts}{rules}{extra}"


def rows_of_two_camps(seed=1, weeks=12):
    """Each says a line on each topic some times; the East says the contrary of the West."""
    rng, rows = Random(seed), []
    for who in (*WEST, *EAST):
        for number, topic in enumerate(TOPICS):
            for _ in range(2):
                sign = (number % 2 == 0) == (who in WEST)
                day = date(2024, 1, 1) + timedelta(days=rng.randrange(7 * weeks))
                rows.append((who.lower(), str(day), "+" if sign else "-", topic))
    rng.shuffle(rows)
    return rows


def brief_of(rows, text="", more=""):
    lines = [f"s{n},{','.join(row)},,," for n, row in enumerate(rows)]
    loaded = load_text(text or case_text(), statements_csv=HEAD + "\n".join(lines) + "\n" + more)
    assert not [p for p in loaded.problems if p.severity == "error"], loaded.problems
    return compose(gather(sound(loaded.case)))


def section(brief, name):
    return next(each for each in brief.sections if each.id == name)


def flat(blocks):
    for block in blocks:
        yield block
        if isinstance(block, Group | Fold):
            yield from flat(block.blocks)


def proses(part):
    for block in flat(part.blocks):
        match block:
            case Paragraph(text):
                yield text
            case Items(items, lead):
                yield from (lead, *items)
            case Table():
                yield from (cell for row in block.rows for cell in row)


def told(part):
    return " ".join(words(prose) for prose in proses(part))


def cited(prose):
    return [name for part in prose if isinstance(part, Cite) for name in part.records]


@pytest.fixture(scope="module")
def two_camps():
    return brief_of(rows_of_two_camps())


def test_two_camps__both_are_named_in_the_answer_and_nobody_is_misplaced(two_camps):
    first = words(two_camps.answer[0])
    one, other = first.split(" stand against ")
    sides = [{name for name in (*WEST, *EAST) if name in side} for side in (one, other)]
    assert sorted(map(sorted, sides)) == sorted([sorted(WEST), sorted(EAST)])
    text = told(section(two_camps, "standing"))
    assert "Polarisation is 1.00 (no division fits better)" in text
    assert "may be chance" not in text
    one = "three for it and none against it in the one"
    other = "none for it and three against it in the one"
    assert re.search(rf"divides them most: “topic-. is right”, with ({one}|{other})", text)


def test_two_camps__what_sets_a_coalition_apart_is_what_its_members_say_in_these_statements():
    rows = rows_of_two_camps(seed=2)
    brief = brief_of(rows)
    items = next(b for b in flat(section(brief, "standing").blocks) if isinstance(b, Items)).items
    assert len(items) == 2
    for item in items:
        members = {name for name in (*WEST, *EAST) if name in words(item).split(" (")[0]}
        assert members in ({*WEST}, {*EAST})
        assert cited(item)
        said = [rows[int(name[1:])] for name in cited(item)]
        assert {who.capitalize() for who, *_ in said} <= members
        for verb, topic in re.findall(r"(assert|deny) “(topic-.) is right”", words(item)):
            signs = {row[2] for row in said if row[3] == topic}
            assert signs == {"+" if verb == "assert" else "-"}


def test_two_camps__the_map_has_everybody_and_the_table_cites_what_ties_rest_on(two_camps):
    parts = list(flat(section(two_camps, "standing").blocks))
    drawn = next(b for b in parts if isinstance(b, Figure))
    assert all(name in drawn.svg for name in (*WEST, *EAST))
    ties = next(b for b in parts if isinstance(b, Table))
    rows = rows_of_two_camps()
    for row in ties.rows:
        pair = {words(row[0]).lower(), words(row[1]).lower()}
        for cell in row[2:4]:
            assert {rows[int(name[1:])][0] for name in cited(cell)} <= pair
            assert bool(cited(cell)) == bool(words(cell).strip())


def test_two_camps__printers_find_every_record(two_camps):
    assert index(two_camps)
    page = html(two_camps)
    assert "How it moved" in page
    text = markdown(two_camps)
    longest = max(
        len(re.findall(r"\(#record-", bracket)) for bracket in re.findall(r"\\\[(.*?)\\\]", text)
    )
    assert longest == LINKED
    assert {"coalitions", "polarisation", "trends", "agenda", "openings"} <= {*two_camps.data}
    assert {"Coalitions", "Polarisation", "Trends"} <= {*two_camps.made}


def test_random_signs__no_camps_are_told():
    rng = Random(5)
    rows = [(who, day, rng.choice("+-"), topic) for who, day, _, topic in rows_of_two_camps(seed=5)]
    text = told(section(brief_of(rows), "standing"))
    assert "stand against" not in words(brief_of(rows).answer[0])
    assert "no two camps can be told from them" in text


def test_each_keeps_to_its_word_but_agrees_with_others_by_chance__that_is_said():
    rng = Random(3)
    line = {(who, topic): rng.choice("+-") for who in (*WEST, *EAST) for topic in TOPICS}
    rows = [
        (who, day, line[who.capitalize(), topic], topic)
        for who, day, _, topic in rows_of_two_camps(seed=3)
    ]
    text = told(section(brief_of(rows), "standing"))
    assert "that those who agree on one concept agree on others may be chance" in text


def test_one_party_speaks__nobody_stands_with_anybody():
    rows = [("anna", "2024-01-01", "+", topic) for topic in TOPICS] + [
        ("dora", "2024-01-02", "+", TOPICS[0])
    ]
    text = told(section(brief_of(rows), "standing"))
    assert "Nearly all are of Anna" in text
    assert "No coalitions can be told" in text


def test_who_turned_is_told_with_both_dates_and_all_statements():
    rows = rows_of_two_camps()
    turning = [
        ("anna", "2024-02-01", "-", "topic-z"),
        ("anna", "2024-02-03", "-", "topic-z"),
        ("anna", "2024-03-05", "+", "topic-z"),
    ]
    text = case_text().replace("concepts:\n", "concepts:\n  topic-z: {text: topic-z is right}\n")
    brief = brief_of([*rows, *turning], text)
    sentence = next(p for p in proses(section(brief, "moved")) if "topic-z" in words(p))
    assert words(sentence).startswith("Anna denied “topic-z is right” until 3 February 2024")
    assert "asserted it from 5 March 2024 on" in words(sentence)
    count = len(rows)
    assert cited(sentence) == [f"s{count}", f"s{count + 1}", f"s{count + 2}"]
    assert sentence in brief.answer


def test_dates_that_say_the_year_only_show_no_course():
    rows = [(who, "2024", sign, topic) for who, _, sign, topic in rows_of_two_camps()]
    text = told(section(brief_of(rows), "moved"))
    assert "The 96 statements lie in 1 year: too few to show a course." in text


def test_after_a_milestone__a_rise_is_told_with_what_it_rests_on_and_no_rise_is_refused():
    milestone = "milestones:\n  summit: {name: the summit, date: 2024-02-10}\n"
    calm = rows_of_two_camps(seed=7)
    refused = told(section(brief_of(calm, case_text(extra=milestone)), "moved"))
    assert "rises or falls after the summit" in refused
    days = [date(2024, 2, 11) + timedelta(days=n) for n in range(40)]
    loud = [("anna", str(day), "+", "topic-a") for day in days for _ in range(2)]
    part = section(brief_of([*calm, *loud], case_text(extra=milestone)), "moved")
    claim = next(p for p in proses(part) if "Anna" in words(p) and "after the summit" in words(p))
    assert "more often after the summit" in words(claim) or "larger share" in words(claim)
    said = [[*calm, *loud][int(name[1:])] for name in cited(claim)]
    assert said
    sides = Counter(day > "2024-02-10" for _, day, *_ in said)
    assert "2024-02-10" not in {day for _, day, *_ in said}
    assert sides[True] > sides[False]


def test_agenda__shares_are_those_of_the_rows_that_are_coded():
    more = "".join(
        f"x{n},anna,2024-01-05,+,topic-a,,,{scope}\n"
        for n, scope in enumerate(["regional"] * 9 + ["global"] * 3)
    )
    part = section(brief_of(rows_of_two_camps(), more=more), "agenda")
    sentence = next(p for p in proses(part) if "What it is about" in words(p))
    assert "of 12 statements" in words(sentence)
    assert re.search(r"regional 75% \(\d+ to \d+\).* and global 25%", words(sentence))
    assert Counter(name[0] for name in cited(sentence)) == {"x": 12}


def test_openings__a_condition_is_listed_with_its_statement():
    more = "c1,dora,2024-01-09,+,topic-a,topic-b,,\n"
    part = section(brief_of(rows_of_two_camps(), more=more), "agenda")
    found = next(p for p in proses(part) if "c1" in cited(p))
    assert words(found).startswith("Dora asserts “topic-a is right”")
    assert "if topic-b is right" in words(found)


def test_rules_put_positions_first():
    rule = "rules:\n  - {excludes: [topic-a, topic-b], why: They clash.}\n"
    rows = rows_of_two_camps()
    order = [[each.id for each in brief_of(rows, case_text(r)).sections] for r in ("", rule)]
    assert [ids.index("standing") < ids.index("positions") for ids in order] == [True, False]


def test_without_statements_there_is_no_debate():
    brief = brief_of([], case_text())
    assert not {"standing", "moved", "agenda"} & {each.id for each in brief.sections}
