"""What is added to a case is there afterwards, once; what was there stays, byte for byte."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from case_strategies import cases
from hypothesis import HealthCheck, given, settings
from test_checks import CASE, FILES

from melian.case.formula import Atom, Signed
from melian.case.loading import Loaded, load_text
from melian.case.merging import merged
from melian.case.model import Actor, Case, Concept, Deed, Source, Statement
from melian.case.printing import print_case
from melian.problems import MelianError

if TYPE_CHECKING:
    from melian.case.merging import Merge

PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def loaded_from(texts):
    return load_text(**{name.replace(".", "_"): text for name, text in texts.items()}, name="case")


def after(before: Loaded, merge: Merge) -> Loaded:
    """Read the files as they are once the merge is written; nothing but texts is taken over."""
    return loaded_from({**before.texts, **merge.texts})


@PROPERTY
@given(cases())
def test_a_case_put_into_an_empty_folder_reads_as_it_was(case: Case) -> None:
    empty = Loaded(Case("case"))
    merge = merged(empty, case)
    assert after(empty, merge).case == case
    assert {part.fate for part in merge.parts} <= {"added"}


@PROPERTY
@given(cases(), cases())
def test_adding_twice_adds_nothing_the_second_time(first: Case, second: Case) -> None:
    before = loaded_from(print_case(first))
    once = merged(before, second)
    between = after(before, once)
    twice = merged(between, second)
    assert twice.texts == {}
    assert not [part for part in twice.parts if part.fate in {"added", "renamed", "left-out"}]


@PROPERTY
@given(cases(), cases())
def test_what_was_there_is_still_there_and_each_new_thing_too(first: Case, second: Case) -> None:
    before = loaded_from(print_case(first))
    result = after(before, merged(before, second)).case
    for section in ("actors", "instances", "concepts", "principles", "facts", "levers", "sources"):
        ours, theirs = getattr(first, section), getattr(second, section)
        assert dict(getattr(result, section)) == {**theirs, **ours}
    assert result.statements[: len(first.statements)] == first.statements
    assert result.deeds[: len(first.deeds)] == first.deeds

    def said(records: tuple[Statement, ...]) -> set[Statement]:
        return {replace(record, id="", retracts=()) for record in records}

    assert said(second.statements) <= said(result.statements)
    ids = [record.id for record in (*result.statements, *result.deeds)]
    assert len(ids) == len(set(ids))


STATEMENT = Statement("s1", "mar", Signed(Atom("safe"), positive=False))
ADDITION = Case(
    "other",
    actors={"mar": Actor("mar", "Another Mar"), "dov": Actor("dov", "Dov", "person")},
    concepts={"deep": Concept("deep", (), "the water is deep")},
    sources={"log": Source("log", "A log")},
    statements=(STATEMENT, replace(STATEMENT, id="s9", source="log")),
)


def test_every_line_that_was_there_stays() -> None:
    commented = {
        **FILES,
        "case_yaml": "# mine\n" + CASE.replace("  mar: Mar", "  # the first\n  mar: Mar"),
    }
    before = load_text(**commented)
    merge = merged(before, ADDITION)
    for name, text in merge.texts.items():
        old = before.texts.get(name, "").splitlines()
        new = iter(text.splitlines())
        assert all(line in new for line in old), name  # in the same order
    assert "  dov: {name: Dov, kind: person}\n" in merge.texts["case.yaml"]


def test_what_differs_stays_and_records_get_a_new_id() -> None:
    merge = merged(load_text(**FILES), ADDITION)
    fates = {(part.section, part.id): (part.fate, part.name) for part in merge.parts}
    assert fates["actors", "mar"] == ("kept", "")
    assert fates["actors", "dov"] == ("added", "")
    assert fates["statements", "s1"] == ("renamed", "s1-2")
    assert merge.loaded.case.actors["mar"].name == "Mar"
    rows = list(csv.DictReader(io.StringIO(merge.texts["statements.csv"])))
    assert [(row["id"], row["actor"], row["sign"], row["concept"]) for row in rows[-2:]] == [
        ("s1-2", "mar", "-", "safe"),
        ("s9", "mar", "-", "safe"),
    ]


def test_what_takes_a_renamed_record_back_names_it_anew() -> None:
    back = replace(STATEMENT, id="s8", claim=Signed(Atom("safe")), retracts=("s1", "d1"))
    deed = Deed("d1", "mar", "sails", shows=(Signed(Atom("safe"), positive=False),))
    addition = replace(ADDITION, statements=(back, STATEMENT), deeds=(deed,))
    before = load_text(**FILES)
    once = merged(before, addition)
    assert once.loaded.case.statements[-2].retracts == ("s1-2", "d1-2")
    assert merged(after(before, once), addition).texts == {}


def test_a_table_gets_the_columns_that_it_lacks() -> None:
    table = "id;actor;sign;concept\ns1;mar;+;safe\n"
    before = load_text(CASE, statements_csv=table)
    text = merged(before, ADDITION).texts["statements.csv"]
    assert text.startswith("id;actor;sign;concept;source\ns1;mar;+;safe\n")
    assert text.endswith("s9;mar;-;safe;log\n")


def test_sources_that_are_a_list_stay_one() -> None:
    before = load_text(CASE, sources_yaml="- id: memo\n  title: A memo\n")
    text = merged(before, ADDITION).texts["sources.yaml"]
    assert text == "- id: memo\n  title: A memo\n- {id: log, title: A log}\n"


def test_a_table_that_would_come_to_mean_something_else_is_left_alone() -> None:
    table = "actor,sign,concept\nmar,+,safe,inferred\n"  # a cell that no column claims so far
    addition = replace(ADDITION, statements=(replace(STATEMENT, basis="inferred"),))
    with pytest.raises(MelianError, match=r"statements\.csv cannot be added to"):
        merged(load_text(CASE, statements_csv=table), addition)


def test_what_a_case_cannot_hold_is_told() -> None:
    merge = merged(load_text(CASE), Case("c", actors={"a b": Actor("a b", "Two words")}))
    assert [(part.section, part.id, part.fate) for part in merge.parts] == [
        ("actors", "a b", "left-out")
    ]
    assert merge.texts == {}


def test_a_broken_case_is_not_added_to() -> None:
    with pytest.raises(MelianError, match=r"case\.yaml:1:"):
        merged(load_text("a: b: c\n"), ADDITION)
