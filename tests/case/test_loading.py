"""What is typed becomes the case; what is wrong is noted at its place, and the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from melian.case.dates import Date, Period
from melian.case.formula import Atom, Not, Signed
from melian.case.loading import load, load_text
from melian.case.model import Actor, Option, Preference, PreferenceChange, Tie
from melian.problems import OutsideError, Severity

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "title: Salt\nquestion: Who yields?\nperiod: 2008-02/2008-07\n"


def found(text: str, **tables: str) -> list[tuple[str, int, int, str]]:
    problems = load_text(text, **tables).problems
    return [(p.location.file, p.location.line, p.location.column, p.code) for p in problems]


def codes(text: str, **tables: str) -> list[str]:
    return [code for *_, code in found(text, **tables)]


def test_actors_in_long_and_short_form() -> None:
    case = load_text(
        HEAD
        + """
actors:
  russia: Russia
  nato: {name: NATO, kind: organisation}
  rogozin: {name: Rogozin, kind: person, speaks_for: [{russia: 2008-01..}], member_of: nato}
"""
    ).case
    since = Period(Date(2008, 1), None)
    assert case.period == Period(Date(2008, 2), Date(2008, 7))
    assert case.actors["russia"] == Actor("russia", "Russia")
    assert case.actors["rogozin"] == Actor(
        "rogozin",
        "Rogozin",
        "person",
        speaks_for=(Tie("russia", since),),
        member_of=(Tie("nato"),),
    )


def test_every_text_stays_a_text() -> None:
    case = load_text(HEAD.replace("Salt", "no") + "actors: {on: yes, y: 2008}").case
    assert case.title == "no"
    assert {i: a.name for i, a in case.actors.items()} == {"on": "yes", "y": "2008"}


def test_an_option_under_two_actors_is_owned_by_both() -> None:
    loaded = load_text(
        HEAD + "conflict:\n  options:\n    a: {talk: talk to b}\n    b: {talk: , leave: leave}\n"
    )
    assert loaded.case.conflict is not None
    assert loaded.case.conflict.options == {
        "talk": Option("talk", ("a", "b"), "talk to b"),
        "leave": Option("leave", ("b",), "leave"),
    }


def test_preferences_and_levers() -> None:
    case = load_text(
        HEAD
        + """
conflict:
  preferences:
    russia: [not join, {prefer: adapt, because: relic, why: cheaper}]
levers:
  transit:
    by: nato
    does: ease transit
    effect:
      russia:
        - {prefer: adapt, above: not join}
        - {drop: not join}
"""
    ).case
    assert case.conflict is not None
    assert case.conflict.preferences["russia"] == (
        Preference(Not(Atom("join"))),
        Preference(Atom("adapt"), Atom("relic"), "cheaper"),
    )
    assert case.levers["transit"].effect == (
        PreferenceChange("russia", Atom("adapt"), above=Not(Atom("join"))),
        PreferenceChange("russia", Not(Atom("join")), "drop"),
    )


def test_an_unreadable_condition_costs_the_rule_and_nothing_else() -> None:
    text = HEAD + "rules:\n  - {if: [a, b (], then: c, why: w}\n  - {excludes: [a, b], why: w}\n"
    loaded = load_text(text)
    assert [rule.id for rule in loaded.case.rules] == ["excludes(a, b)"]
    assert ("case.yaml", 5, 16, "bad-formula") in found(text)


def test_a_name_with_two_arguments_in_brackets_asks_for_quotes() -> None:
    problems = load_text(HEAD + "rules: [{if: [p(x, y)], then: c}]").problems
    assert 'in quotes: "p(x, y)"' in problems[0].hint


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{why: w}", 'A rule needs "excludes" or "then".'),
        ("{excludes: [a, b], then: c}", 'A rule cannot have both "excludes" and "then".'),
        ("{excludes: [a]}", '"excludes" names only one concept.'),
        ("{excludes: [a, b], if: c}", '"excludes" cannot have conditions or exceptions.'),
    ],
)
def test_a_rule_says_one_thing(rule: str, sentence: str) -> None:
    loaded = load_text(f"{HEAD}rules: [{rule}]")
    assert loaded.case.rules == ()
    assert sentence in [problem.message for problem in loaded.problems]


def test_unknown_and_missing_keys_say_what_to_type() -> None:
    loaded = load_text("titel: Salt\nquestion: Who?\nperiod: 2008\nlevers: {x: {by: a}}\n")
    hints = {(p.location.line, p.code): p.hint for p in loaded.problems}
    assert hints[1, "unknown-key"] == 'Did you mean "title"?'
    assert hints[4, "missing-key"].startswith('Add "does"')
    assert loaded.case.levers == {}
    assert loaded.case.question == "Who?"


def test_a_syntax_error_costs_its_section_and_is_placed() -> None:
    text = "title: Salt\nactors:\n  a: {name: A\n  b: B\nquestion: Who?\nperiod: 2008: x\n"
    loaded = load_text(text)
    assert (loaded.case.title, loaded.case.question) == ("Salt", "Who?")
    assert [(line, code) for _, line, _, code in found(text) if code == "syntax"] == [
        (4, "syntax"),
        (6, "syntax"),
    ]


def test_what_yaml_can_do_beyond_texts_is_refused_and_the_rest_stays() -> None:
    text = (
        "title: &t Salt\nquestion: *t\nperiod: !!python/name:os.system 2008\n"
        "title: Twice\n--- \nother: x\n"
    )
    assert codes(text)[:5] == ["missing-key", "anchor", "alias", "tag", "duplicate-key"]
    assert "second-document" in codes(text)
    case = load_text(text).case
    assert (case.title, str(case.period)) == ("Salt", "2008")


def test_an_alias_bomb_and_a_deep_nest_are_told_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(500))
    assert "anchor" in codes(bomb)
    assert "too-deep" in codes("actors: " + "[" * 100_000)


def test_statements_from_a_spreadsheet() -> None:
    table = (
        "\ufeffid;actor;date;sign;concept;because;if;quote;;\r\n"
        ';russia;2008-4;\u2212;relic;"a; not b(c)";d;"He said ""no"";\r\nthen left";;\r\n'
        ";;;;;;;;;\r\n"
        "x;russia;2008;+;relic;;;;;\r\n"
    )
    loaded = load_text(HEAD, statements_csv=table)
    first, second = loaded.case.statements
    assert (first.id, first.date, first.claim) == (
        "s1",
        Date(2008, 4),
        Signed(Atom("relic"), positive=False),
    )
    assert first.because == (Signed(Atom("a")), Signed(Atom("b", ("c",)), positive=False))
    assert first.conditions == (Signed(Atom("d")),)
    assert first.quote == 'He said "no";\nthen left'
    assert (second.id, second.at.line, second.at.column) == ("x", 5, 1)


def test_rows_that_cannot_be_read_are_left_out_with_their_place() -> None:
    table = (
        "actor,sign,concept,date,if,extra\n"
        "russia,?,relic,,,\n"
        "russia,+,relic and x,,,\n"
        "russia,+,relic,2008-13,,\n"
        'russia,+,relic,,"a; b c",\n'
        "russia,+,,,,\n"
        "russia,+,relic,,,,more\n"
    )
    loaded = load_text(HEAD, statements_csv=table)
    places = [
        (p.location.line, p.location.column, p.code)
        for p in loaded.problems
        if p.location.file == "statements.csv"
    ]
    expected = [
        (1, 28, "unknown-column"),
        (2, 8, "bad-sign"),
        (3, 10, "bad-name"),
        (4, 16, "bad-date"),
        (5, 23, "bad-formula"),
        (6, 1, "missing-key"),
        (7, 19, "extra-cells"),
    ]
    assert [each for each in expected if each not in places] == []
    assert [s.id for s in loaded.case.statements] == ["s3", "s6"]


def test_a_quotation_mark_that_is_never_closed_costs_its_cell_only() -> None:
    table = 'actor,action,note\na,b,"open\nc,d,He said "x"\ne,f,"one "two" three"\n'
    loaded = load_text(HEAD, deeds_csv=table)
    assert [(d.actor, d.note) for d in loaded.case.deeds] == [
        ("a", '"open'),
        ("c", 'He said "x"'),
        ("e", '"one "two" three"'),
    ]
    assert [p.location.line for p in loaded.problems if p.code == "stray-quote"] == [2, 4]


def test_missing_columns_are_one_problem_each() -> None:
    assert codes(HEAD, deeds_csv="actor\nx\n") == ["missing-column"]


def test_sources_as_mapping_and_as_csl_list() -> None:
    text = """
- id: memo
  title: A memo
  author: [{given: Ann, family: Lee}, {literal: The Board}, {family: Ray}]
  issued: {date-parts: [[2008, 6]]}
  URL: https://example.org
  volume: 3
- {title: nameless}
"""
    loaded = load_text(HEAD, sources_yaml=text)
    memo = loaded.case.sources["memo"]
    assert memo.author == "Ann Lee, The Board and Ray"
    assert (memo.issued, memo.url) == (Date(2008, 6), "https://example.org")
    assert memo.fields == {"volume": "3"}
    assert [p.code for p in loaded.problems] == ["missing-key"]
    short = load_text(HEAD, sources_yaml="memo: {title: A memo, author: Ann Lee, issued: soon}")
    assert short.case.sources["memo"].author == "Ann Lee"
    assert [p.code for p in short.problems] == ["bad-date"]


def test_a_folder_without_a_case_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="melian new NAME"):
        load(tmp_path)


def test_bytes_of_other_encodings_are_read_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_bytes((HEAD + "actors: {a: Süd}\n").encode("cp1252"))
    (tmp_path / "deeds.csv").write_bytes("actor\taction\na\tgehört\n".encode("utf-16"))
    loaded = load(tmp_path)
    assert loaded.case.id == tmp_path.name
    assert loaded.case.actors["a"].name == "Süd"
    assert loaded.case.deeds[0].action == "gehört"
    (warning,) = (p for p in loaded.problems if p.code == "not-utf-8")
    assert (warning.location.line, warning.location.column) == (4, 14)
    assert warning.severity is Severity.WARNING


def test_control_characters_are_read_as_spaces() -> None:
    loaded = load_text(HEAD + "actors: {a: A\0B}")
    assert loaded.case.actors["a"].name == "A B"
    assert "control-character" in [p.code for p in loaded.problems]
