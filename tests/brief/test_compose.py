"""What a brief says, on small cases written out in full."""

from __future__ import annotations

import re

import pytest

from melian.brief.citations import words
from melian.brief.compose import compose
from melian.brief.document import Cite, Figure, Group, Items, Paragraph, Table
from melian.brief.gathering import gather
from melian.brief.html import html
from melian.brief.markdown import markdown
from melian.case.loading import load_text
from melian.verbs import open_case

CASE = """
title: The harbour
question: Will the harbour close?
actors:
  port: {name: Portia, kind: organisation}
  vey: {name: Mona Vey, kind: person, speaks_for: [port]}
  bela: {name: Bela}
concepts:
  full: {text: the harbour is full, denied: the harbour has room}
  idle: {text: the harbour lies idle, denied: the harbour is busy}
rules:
  - {excludes: [full, idle], why: A full harbour is not idle., defence: Basins differ.}
conflict:
  options:
    port: {close: close the harbour}
    bela: {pay: pay its dues}
  status_quo: [close]
  target: not close
  preferences:
    port:
      - {prefer: close, because: full}
      - {prefer: not close, because: idle}
    bela: [pay]
levers:
  deepen: {by: bela, does: deepen the harbour, effect: {port: [{gives_up: full}]}}
  sing: {by: bela, does: sing}
"""
STATEMENTS = """id,actor,date,sign,concept,because,quote
s1,vey,2021-04,+,full,,<b>No room</b> & no time
s2,port,2021,+,idle,,
"""


def brief_of(text=CASE, statements=STATEMENTS):
    loaded = load_text(case_yaml=text, statements_csv=statements)
    assert not [p for p in loaded.problems if p.severity == "error"], loaded.problems
    return compose(gather(loaded.case))


def prose(brief):
    return [words(sentence) for sentence in brief.answer]


def test_answer__what_is_sure_what_hangs_on_what_and_what_could_help():
    assert prose(brief_of()) == [
        "Portia would close the harbour if it holds that the harbour is full.",
        (
            "Whichever side of its own contradictions each party comes down on, Bela would pay its "
            "dues (in both combinations of readings)."
        ),
        (
            "Portia's positions clash in one place. The plainest: Portia officially holds that "
            "the harbour lies idle; Mona Vey says that the harbour is full."
        ),
        (
            "That Portia would not close the harbour is sure in 50% of the combinations as things "
            "stand, and in 100% if Bela were to deepen the harbour. Alone, “sing” would "
            "change nothing."
        ),
    ]


def test_answer__without_conflict_speaks_of_positions_only():
    text = CASE[: CASE.index("conflict:")]
    told = prose(brief_of(text))
    assert len(told) == 1
    assert told[0].startswith("Portia's positions clash in one place")


def test_answer__of_a_position_that_holds_together():
    told = prose(brief_of(statements="actor,sign,concept\nport,+,full\n"))
    assert "What is coded of each party holds together." in told
    assert any("would close the harbour" in sentence for sentence in told)


def test_answer__of_an_empty_case():
    brief = brief_of("title: Nothing\nquestion: What?\n", "actor,sign,concept\n")
    assert prose(brief) == [
        "No statement or deed is coded, so nothing is said of the parties' positions."
    ]
    assert html(brief)
    assert markdown(brief)


@pytest.mark.parametrize("part", ["levers", "target", "preferences"])
def test_brief__of_a_case_without(part):
    lines = CASE.splitlines()
    start = next(i for i, line in enumerate(lines) if line.strip().startswith(f"{part}:"))
    depth = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > depth:
        end += 1
    brief = brief_of("\n".join(lines[:start] + lines[end:]))
    assert html(brief)
    assert brief.answer


def test_brief__of_a_conflict_that_a_speaker_and_a_silent_actor_decide():
    text = CASE.replace("    port: {close", "    vey: {close").replace("    port:\n", "    vey:\n")
    brief = brief_of(text)
    assert "Mona Vey would" in " ".join(prose(brief))
    assert html(brief)


def blocks(brief):
    pending = [block for section in brief.sections for block in section.blocks]
    while pending:
        block = pending.pop(0)
        yield block
        if isinstance(block, Group):
            pending = [*block.blocks, *pending]


def proses(brief):
    yield from brief.answer
    for block in blocks(brief):
        match block:
            case Paragraph(text):
                yield text
            case Items(items, lead):
                yield from (lead, *items)
            case Table():
                yield from (cell for row in block.rows for cell in row)


@pytest.fixture(scope="module")
def built_in():
    return compose(gather(open_case("nato-russia-2008").case))


def test_built_in_brief__sections_in_order_and_five_sentences(built_in):
    assert [section.id for section in built_in.sections] == [
        "positions",
        "claims",
        "why",
        "terms",
        "standing",
        "moved",
        "agenda",
        "outcomes",
        "coming-about",
        "levers",
        "said",
    ]
    assert len(built_in.answer) == 5


def test_built_in_brief__three_kinds_of_figure_with_words(built_in):
    figures = [block for block in blocks(built_in) if isinstance(block, Figure)]
    assert len(figures) >= 3
    assert all(len(figure.alt.split()) >= 10 for figure in figures)
    assert len({figure.id for figure in figures}) == len(figures)


def test_built_in_brief__every_finding_cites_its_statements(built_in):
    case = open_case("nato-russia-2008").case
    for finding in gather(case).audit.findings:
        group = next(b for b in blocks(built_in) if getattr(b, "id", "") == f"finding-{finding.id}")
        cited = {
            record
            for block in group.blocks
            if isinstance(block, Paragraph)
            for part in block.prose
            if isinstance(part, Cite)
            for record in part.records
        }
        facts = {f"fact:{fact.atom}" for fact in finding.facts}
        assert {*finding.statements, *finding.deeds, *facts} <= cited


def test_built_in_brief__no_ids_in_its_prose(built_in):
    case = open_case("nato-russia-2008").case
    ids = {*case.concepts, *case.principles, *case.levers, *case.conflict.options}
    ids |= {statement.id for statement in case.statements}
    ids = {name for name in ids if "-" in name}
    for sentence in proses(built_in):
        assert not ids & set(re.findall(r"[\w-]+", words(sentence)))


def test_built_in_brief__sentences_are_whole(built_in):
    for block in blocks(built_in):
        if isinstance(block, Paragraph):
            text = words(block.prose)
            assert text.endswith((".", "?", "!")), text
            assert not re.search(r"  |\.\.|\( | ,|,,", text), text


QUAYS = """
title: Two quays
question: Who may moor?
actors: {aria: Aria, bela: Bela, cara: Cara}
instances: {north: North Quay, south: South Quay}
concepts:
  pays(x): {text: x pays its dues, denied: x does not pay its dues}
  may-moor(x): {text: ships may moor at x, denied: ships may not moor at x}
  sick(x): there is fever at x
  shut(x): x is shut
  deep(x): x is deep
  lit(x): {text: x is lit, denied: x is dark}
principles:
  dues-decide(x):
    {text: whoever pays may moor, if: pays(x), unless: [sick(x), shut(x)], then: may-moor(x)}
facts:
  pays(north): true
  pays(south): {value: true, contested_by: [bela, cara]}
  deep(north): true
"""
QUAY_WORDS = """id,actor,date,sign,concept,because
s1,aria,2020,+,may-moor(north),dues-decide
s2,aria,2020,-,may-moor(south),not lit(south)
s3,cara,2020,+,sick(south),
s4,bela,2020,-,shut(south),
"""


def test_a_finding_is_told_with_what_would_dissolve_it():
    text = markdown(brief_of(QUAYS, QUAY_WORDS))
    plain = re.sub(r" \\\[.*?\)\\\]", "", text)
    assert "It is held, though Bela and Cara contest it, that South Quay pays its dues" in plain
    assert (
        "What would dissolve it: that South Quay does not pay its dues, as Bela and Cara "
        "maintain; that there is fever at South Quay (an exception that Cara maintains); or that "
        "South Quay is shut (an exception, though Bela says the opposite). Distinctions that could "
        "be argued: that South Quay is dark, which is not said of North Quay; or that North Quay "
        "is deep, which is not said of South Quay."
    ) in plain


def test_an_exception_is_told_with_its_standing():
    facts = "  shut(south): false\n  sick(south): {value: true, contested_by: [aria]}\n"
    text = markdown(brief_of(QUAYS.replace("[bela, cara]", "[bela]") + facts, QUAY_WORDS))
    assert (
        "as Bela maintains; that there is fever at South Quay (an exception that Aria disputes)"
        in text
    )
    assert "is shut (an exception, though the case takes the opposite as a fact)." in text
    alone = QUAY_WORDS.split("s3,", maxsplit=1)[0]
    assert "at South Quay (an exception that nobody has claimed)" in markdown(
        brief_of(QUAYS, alone)
    )


def test_a_finding_that_nothing_would_dissolve_says_nothing_of_it():
    text = markdown(brief_of())
    assert "holds both that the harbour is full" in text or "Mona Vey says that" in text
    assert "dissolve" not in text
    assert "could be argued" not in text
