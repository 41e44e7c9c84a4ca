"""The plain syntax of Argdown, compared with what Argdown itself reads in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from argdown_maps import MAPS, READ
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.case.notes import Notes
from melian.formats.argdown import parse
from melian.formats.argdown.syntax import parse as parse_map

EXAMPLES = Path(__file__).parents[3] / "shared" / "anchors" / "audit" / "cases" / "argdown"


def drawn(text):
    notes = Notes("map.argdown", text)
    return parse_map(text, notes), notes.problems


def ends(relation):
    step = () if relation.target.step < 0 else (relation.target.step,)
    return (
        relation.source.title,
        relation.kind,
        relation.target.title,
        relation.target.kind,
        *step,
    )


def mentions(each):
    return [(m.text, m.at.line, m.at.column) for m in each.mentions]


def steps(argument):
    return [s.title if s.inference is None else (s.title, *s.inference.rules) for s in argument]


@pytest.mark.parametrize("name", MAPS)
def test_maps_are_read_as_argdown_reads_them(name):
    found, problems = drawn(MAPS[name])
    assert problems == []
    expected = READ[name]
    assert {t: sorted(mentions(s)) for t, s in found.statements.items()} == {
        t: sorted(s) for t, s in expected["statements"].items()
    }
    assert {t: (sorted(mentions(a)), steps(a.steps)) for t, a in found.arguments.items()} == {
        t: (sorted(said), given) for t, (said, given) in expected["arguments"].items()
    }
    assert sorted(map(ends, found.relations)) == expected["relations"]
    assert [(s.title, s.level) for s in found.sections] == expected["sections"]
    all_mentions = [m for s in found.statements.values() for m in s.mentions]
    all_mentions += [m for a in found.arguments.values() for m in a.mentions]
    assert {tag for m in all_mentions for tag in m.tags} <= set(expected["tags"])


@pytest.mark.parametrize("name", ["legalisation-softdrugs", "semmelweis_betz", "state-censorship"])
def test_official_examples_are_read_as_argdown_reads_them(name):
    if not EXAMPLES.is_dir():
        pytest.skip(f"no examples to compare with: {EXAMPLES} is not there")
    truth = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    found, problems = drawn((EXAMPLES / f"{name}.argdown").read_text(encoding="utf-8"))
    assert problems == []
    for ours, theirs in (
        (found.statements, truth["statements"]),
        (found.arguments, truth["arguments"]),
    ):
        assert {t: sorted(map(_mention, s.mentions)) for t, s in ours.items()} == {
            t: sorted(map(_member, s["members"])) for t, s in theirs.items()
        }
    assert {t: steps(a.steps) for t, a in found.arguments.items()} == {
        t: [_step(step) for step in a["pcs"]] for t, a in truth["arguments"].items()
    }
    assert sorted(map(ends, found.relations)) == sorted(map(_relation, truth["relations"]))


def _mention(mention):
    section = f"s{mention.section + 1}" if mention.section >= 0 else ""
    place = mention.at.line, mention.at.column
    return (*place, mention.text, mention.is_reference, mention.role, mention.tags, section)


def _member(member):
    return (
        member["startLine"],
        member["startColumn"],
        member.get("text", ""),
        member.get("isReference", False),
        member["role"],
        tuple(member.get("tags", ())),
        member.get("section", ""),
    )


def _step(step):
    if "inference" not in step:
        return step["title"]
    return (step["title"], *step["inference"]["inferenceRules"])


def _relation(relation):
    step = (relation["conclusionIndex"],) if "conclusionIndex" in relation else ()
    return (
        relation["from"],
        relation["relationType"],
        relation["to"],
        relation["toType"],
        *step,
    )


def test_data_in_braces_are_texts_lists_and_mappings():
    found, _ = drawn(MAPS["data in blocks"])
    assert {"actor": "aria", "why": "long"} in [
        dict(m.data) for m in found.statements["A"].mentions
    ]
    assert found.statements["B"].mentions[0].data == {"k": {"l": ["1", {"m": "2"}]}}
    assert found.arguments["C"].mentions[0].data == {"x": "}not the end"}


@pytest.mark.parametrize(
    ("text", "line", "column", "words", "hint"),
    [
        ("[A]: a\n(1) b", 2, 1, '"(1)" does not belong', "empty line"),
        ("[A] and more", 1, 5, '"and more" does not belong', "empty line"),
        ("\n\n  + [A]", 3, 1, "needs something above it", "line above"),
        ("<A>\n  >< <B>", 2, 6, "Only statements contradict", "Use -"),
        ("(1) a\n(2) b\n\n[C]", 2, 5, "no conclusion", "----"),
        ("(1) a\n---\n(2) b\n\n[C]", 2, 1, "is not closed", "----"),
        ("(1) a\n----\n[B]", 3, 1, "A conclusion is missing", "(3)"),
        ("----\n(1) a", 1, 1, "no premises above", "(1)"),
        ("[A]: a {b: [}\n\n[C]", 1, 13, "bracket", "bracket"),
        ("[A]: a\n{\n  b: c\n d: e\n}", 4, 2, "does not fit", "indentation"),
        ("[A]: a *b\n\nc*", 1, 8, "never ends", "backslash"),
        ("[A]: a \\\nb", 1, 8, "backslash", "Delete it"),
        ("<A>\n\n(1) a\n----\n(2) b\n\n<A>\n\n(1) c\n----\n(2) d", 9, 1, "already has", "title"),
        ("[A]:", 1, 5, "text is missing", "after the colon"),
        ("===\ntitle: [\n===\n\n[A]", 2, 9, "bracket", "bracket"),
        ("[A]\n  + [B] c", 2, 9, "no relation", "Begin it"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(text, line, column, words, hint):
    _, problems = drawn(text)
    where = [(p.location.line, p.location.column) for p in problems]
    assert (line, column) in where, problems
    problem = problems[where.index((line, column))]
    assert words in problem.message
    assert hint in problem.hint


def test_what_is_wrong_costs_its_block_only():
    found, problems = drawn("[A]: a\n\n[B] b\n\n(1) c\n---\n(2) d\n\n[E]: e\n  + [F]: f")
    assert len(problems) == 2
    assert {"A", "E", "F"} <= set(found.statements)
    assert [ends(r)[:3] for r in found.relations] == [("F", "support", "E")]


def test_deep_relations_are_cut_not_crashed_on():
    text = "\n".join("  " * depth + "+ [A]" for depth in range(1, 300))
    _, problems = drawn(f"[B]\n{text}")
    assert any("100 deep" in p.message for p in problems)


PIECES = [
    *("[A]", "[B c]: ", "<X>", "<Y>: ", "(1) ", "(2) ", "\n", "\n", "\n\n", "  ", "    ", " "),
    *("----\n", "--", "+ ", "- ", "+> ", "-> ", "<+ ", "<- ", ">< ", "<_ ", "_> ", "_ ", "* "),
    *("#t", "# H", "{a: b}", "{actor: x}", "{", "}", "}}", "*", "**", "__", "\\", ".E.", ":", "."),
    *("// c\n", "/*", "*/", "<!--", "-->", "@[A]", "@<X>", "[l](u)", "1. ", "===", "\t", "\r\n"),
    *("text", "é", "\u2028", "\x00", "\ufeff", "🚢", "{rule: {excludes: [a, b]}}", "{fact: {}}"),
    *("{formula: a or b}", "{concept: {name: p(x)}}", "{principle: {name: q, then: a}}"),
]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join))
def test_whatever_is_typed_nothing_is_raised_and_problems_are_in_the_text(text):
    case, problems = parse(text)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert 1 <= problem.location.line <= len(lines)
        assert 1 <= problem.location.column <= len(lines[problem.location.line - 1]) + 1
        assert problem.message.endswith(".")
    for rule in case.rules:
        named = (*rule.excludes, *rule.conditions, *rule.unless)
        assert bool(named) or rule.then is not None
