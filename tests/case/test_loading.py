"""What is typed becomes the case; what is wrong is noted at its place, and the rest stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from melian.case.dates import Date, Period
from melian.case.formula import And, Atom, Not, Signed
from melian.case.loading import load, load_text
from melian.case.model import Actor, Option, Preference, PreferenceChange, Tie
from melian.problems import OutsideError, Severity

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


def test_who_acts_together_believes_what_and_does_not_see_what() -> None:
    conflict = load_text(
        HEAD
        + """
conflict:
  coalitions: [[nato, ukraine], [russia, nato, china]]
  beliefs:
    nato: {russia: [adapt, {prefer: not join, why: pride}], china: join}
    russia: {nato: }
  unseen: {nato: [adapt and join, adapt], china: join}
"""
    ).case.conflict
    assert conflict is not None
    assert conflict.coalitions == (("nato", "ukraine"), ("russia", "nato", "china"))
    assert conflict.beliefs == {
        "nato": {
            "russia": (Preference(Atom("adapt")), Preference(Not(Atom("join")), why="pride")),
            "china": (Preference(Atom("join")),),
        },
        "russia": {"nato": ()},
    }
    assert conflict.unseen == {
        "nato": (And((Atom("adapt"), Atom("join"))), Atom("adapt")),
        "china": (Atom("join"),),
    }


def test_a_belief_of_which_nothing_can_be_read_is_none_and_an_empty_one_is_one() -> None:
    loaded = load_text(
        HEAD
        + """
conflict:
  beliefs:
    nato:
      russia: [{prefer: adapt, probability: often}]
      china: [{prefer: adapt, probability: often}, join]
      ukraine: []
    russia: {nato: "adapt and"}
"""
    )
    assert loaded.case.conflict is not None
    beliefs = {"nato": {"china": (Preference(Atom("join")),), "ukraine": ()}, "russia": {}}
    assert loaded.case.conflict.beliefs == beliefs
    assert [p.code for p in loaded.problems if p.code.startswith("bad-")] == [
        *("bad-probability", "bad-probability", "bad-formula")
    ]


def test_a_coalition_of_which_a_name_cannot_be_read_is_left_out_whole() -> None:
    loaded = load_text(HEAD + "conflict: {coalitions: [[a, b c, d], [a, d]]}\n")
    assert loaded.case.conflict is not None
    assert loaded.case.conflict.coalitions == (("a", "d"),)
    assert "bad-name" in {problem.code for problem in loaded.problems}


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


OBEYED = ["\0", "\a", "\r", "\x1b", "\x7f", "\x85", "\x9b", "\u202e", "\u2066", "\u2069"]


@pytest.mark.parametrize("character", OBEYED)
def test_what_a_terminal_would_obey_becomes_a_space_even_where_it_is_escaped(
    character: str,
) -> None:
    escaped = f"\\u{ord(character):04x}"
    loaded = load_text(HEAD + f'actors:\n  a: "A{escaped}B"\n  "x{escaped}y": X')
    assert [actor.name for actor in loaded.case.actors.values()] == ["A B"]  # a name has no space
    warned = [p.location for p in loaded.problems if p.code == "control-character"]
    assert [(at.file, at.line, at.column) for at in warned] == [
        ("case.yaml", 5, 6),
        ("case.yaml", 6, 3),
    ]
    assert not any(character in f"{p.message}{p.hint}" for p in loaded.problems)


def test_a_tag_is_repeated_without_what_a_terminal_would_obey() -> None:
    (problem,) = load_text(HEAD + "actors: {a: !x%1b%5b31m B}").problems
    assert problem.code == "tag"
    assert "\x1b" not in problem.hint


@pytest.mark.parametrize("character", ["\x85", "\x9b", "\u202e", "\u2068"])
def test_cells_hold_nothing_that_a_terminal_would_obey(character: str) -> None:
    table = f'actor,action\na,"line\nB{character}C"\n'
    loaded = load_text(HEAD + "actors: {a: A}", deeds_csv=table)
    assert loaded.case.deeds[0].action == "line\nB C"
    warned = [p.location for p in loaded.problems if p.code == "control-character"]
    assert [at.file for at in warned] == ["deeds.csv"]


def test_the_name_of_a_folder_becomes_an_id_that_can_be_printed(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"a\x1b[31m\xff\xe2\x80\xae")
    try:
        folder.mkdir()
    except (OSError, ValueError) as error:
        pytest.skip(f"such a folder cannot be made here: {error}")
    (folder / "case.yaml").write_text(HEAD)
    case_id = load(folder).case.id
    assert case_id.encode() == case_id.replace("\x1b", "?").encode()
    assert case_id.startswith("a ")
    assert "\u202e" not in case_id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "case.yaml").write_text(HEAD + "actors: {a: A}\n")
    (tmp_path / "private.csv").write_text("secret of a neighbour\n")
    return tmp_path / "case"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_and_a_folder_in_the_place_of_a_file_are_left_alone(folder: Path) -> None:
    os.mkfifo(folder / "statements.csv")
    (folder / "deeds.csv").mkdir()
    loaded = load(folder)
    assert [(p.code, p.location.file, p.severity) for p in loaded.problems] == [
        ("not-a-file", "statements.csv", Severity.ERROR),
        ("not-a-file", "deeds.csv", Severity.ERROR),
    ]
    assert list(loaded.case.actors) == ["a"]
    assert list(loaded.texts) == ["case.yaml"]


def _link(link: Path, to: Path) -> None:
    try:
        link.symlink_to(to)
    except OSError as error:
        pytest.skip(f"links cannot be made here: {error}")


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    _link(folder / "statements.csv", folder.parent / "private.csv")
    _link(folder / "deeds.csv", Path(os.devnull))
    loaded = load(folder)
    assert [p.code for p in loaded.problems] == ["outside-folder", "outside-folder"]
    assert not any("neighbour" in f"{p.message}{p.hint}" for p in loaded.problems)
    assert list(loaded.case.actors) == ["a"]
    (folder / "case.yaml").unlink()
    _link(folder / "case.yaml", folder.parent / "private.csv")
    with pytest.raises(OutsideError, match="leads out of the folder"):
        load(folder)


def test_links_to_the_folder_and_within_it_are_followed(folder: Path) -> None:
    (folder / "old.csv").write_text("actor,action\na,visit\n")
    _link(folder / "deeds.csv", folder / "old.csv")
    _link(folder.parent / "same", folder)
    loaded = load(folder.parent / "same")
    assert loaded.case.deeds[0].action == "visit"
    assert loaded.case.id == "case"


def test_no_more_is_read_of_a_file_than_the_limit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "deeds.csv").write_text("actor,action\n" + "a,visit\n" * 100)
    monkeypatch.setattr("melian.case.opening.LARGEST", 500)
    assert [(p.code, p.location.file) for p in load(folder).problems] == [
        ("too-large", "deeds.csv")
    ]
