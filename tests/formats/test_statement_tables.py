"""Tables of coded statements: every row is in the case, bound to whom the row says, and back."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.case.decoding import decode, legible
from melian.case.loading import Loaded
from melian.case.merging import merged
from melian.case.model import Case
from melian.case.notes import Notes
from melian.case.printing import print_case
from melian.case.speaking import party_of
from melian.formats.statement_tables import parse, read, written
from melian.problems import OutsideError, Severity, UsageError

HEAD = ["statement_id", "date", "person", "organization", "concept", "agreement"]
PEOPLE = ["Ida Klöden", "O'Neill, Rory", "Ζωή", "and", "Mill", "mill", "Hafen (Amt)", "--", "Ébène"]
WORDS = [
    "Deich",
    "Deich (hoch)",
    "not",
    "№ 5",
    "Übergang; zweite Stufe",
    "deich!",
    "Ebbe\tund Flut",
]
AGREE = {"1": True, "yes": True, "TRUE": True, "+": True, "0": False, "No": False, "-": False}


def table(rows: list[list[str]], head: list[str] = HEAD, between: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=between).writerows([head, *rows])
    return buffer.getvalue()


def case_of(text: str, columns: Any = None) -> tuple[Case, list[str]]:
    case, problems, _ = parse(text, "quay", Notes("quay.csv"), columns)
    return case, [f"{p.location.line}:{p.location.column} {p.code}" for p in problems]


def says(case: Case) -> Counter[tuple[str, ...]]:
    """Give who binds whom to what, by name, as the rows of a table have it."""
    return Counter(
        (
            case.actors[s.actor].name,
            case.actors[party].name,
            case.concepts[s.claim.atom.name].text,
            str(s.claim.positive),
            str(s.date or ""),
        )
        for s in case.statements
        for party in party_of(case, s.actor, s.date)
    )


@st.composite
def tables(draw: Any) -> list[list[str]]:
    """Give rows of people who belong to one organisation throughout, none of which is a person."""
    names = draw(st.permutations(PEOPLE))
    heads, people = names[:3], names[3:]
    of = {person: draw(st.sampled_from([*heads, person])) for person in people}
    of |= {head: head for head in heads}
    rows = []
    for number in range(draw(st.integers(1, 12))):
        person = draw(st.sampled_from(names))
        day = draw(st.dates()).isoformat() if draw(st.booleans()) else ""
        concept, agrees = draw(st.sampled_from(WORDS)), draw(st.sampled_from(list(AGREE)))
        rows.append([str(number), day, person, of[person], concept, agrees])
    return rows


@settings(deadline=None, max_examples=60)
@given(tables(), st.sampled_from(",;\t"))
def test_every_row_binds_whom_it_names(rows: list[list[str]], between: str) -> None:
    case, problems = case_of(table(rows, between=between))
    assert problems == []
    assert says(case) == Counter(
        (row[2], row[3], " ".join(row[4].split()), str(AGREE[row[5]]), row[1]) for row in rows
    )
    assert len(case.actors) == len({row[2] for row in rows} | {row[3] for row in rows})
    for name in (*case.actors, *case.concepts):
        assert name.replace("-", "").isalnum()
        assert name not in {"and", "or", "not"}


@settings(deadline=None, max_examples=60)
@given(tables())
def test_what_is_exported_is_read_as_the_same(rows: list[list[str]]) -> None:
    case, _ = case_of(table(rows))
    again, problems = case_of(written(case))
    assert problems == []
    assert says(again) == says(case)
    assert written(again).splitlines()[0] == ",".join(HEAD)
    assert print_case(again) == print_case(case_of(written(again))[0])


def test_ids_stay_when_the_table_grows() -> None:
    rows = [["1", "2020", "Ida", "Town", "Deich", "1"], ["2", "2020", "ida", "Town", "deich", "0"]]
    less, more = case_of(table(rows[:1]))[0], case_of(table(rows))[0]
    assert list(more.actors) == ["town", "ida", "ida-2"]
    assert list(more.concepts) == ["deich", "deich-2"]
    assert more.statements[0] == less.statements[0]
    assert more.statements[0].id == "quay-1"
    assert more.statements[0].locator == "statement 1"


def test_a_person_who_changes_is_tied_by_the_dates_of_the_rows() -> None:
    rows = [
        ["3", "2020-06-01", "Ida", "Port", "Deich", "0"],
        ["1", "2020-01-05", "Ida", "Town", "Deich", "1"],
        ["2", "2020-03", "Ida", "Town", "Ebbe", "1"],
        ["4", "2020-07-01", "Ida", "Ida", "Deich", "1"],
        ["5", "2020-08-01", "Ida", "Town", "Deich", "1"],
    ]
    case, problems = case_of(table(rows))
    assert problems == []
    assert [(t.actor, str(t.period)) for t in case.actors["ida"].speaks_for] == [
        ("town", "..2020-03"),
        ("port", "2020-06-01"),
        ("town", "2020-08-01.."),
    ]
    bound = {s.id: party_of(case, s.actor, s.date) for s in case.statements}
    assert bound == {
        "quay-1": ("town",),
        "quay-2": ("town",),
        "quay-3": ("port",),
        "quay-4": ("ida",),
        "quay-5": ("town",),
    }


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (["1,2020-01-05,Ida,Town,a,1", "2,2020-01-05,Ida,Port,a,1"],
         "3:1 ambiguous-organisation"),
        (["1,2020-01-05,Ida,Town,a,1", "2,,Ida,Port,a,1"], "3:1 ambiguous-organisation"),
        (["1,2020,Ida,Ada,a,1", "2,2020,Ada,Ida,a,1"], "3:1 circle"),
        (["1,2020,Ida,Town,a,perhaps"], "2:19 bad-sign"),
        (["1,May 2020,Ida,Town,a,1"], "2:3 bad-date"),
        (["1,2020,Ida,Town,,1"], "2:1 missing-cell"),
        (["1,2020,,,a,1"], "2:1 missing-cell"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_told_at_its_place(rows: list[str], problem: str) -> None:
    _, problems = case_of("\n".join([",".join(HEAD), *rows]))
    assert problems == [problem]


def test_what_cannot_be_read_leaves_the_other_rows_alone() -> None:
    rows = ["1,2020,Ida,Town,a,perhaps", "2,2020,Ida,Town,a,1", "3,someday,Ida,Town,a,0"]
    case, _ = case_of("\n".join([",".join(HEAD), *rows]))
    assert [(s.id, str(s.date)) for s in case.statements] == [
        ("quay-2", "2020"),
        ("quay-3", "None"),
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2011-03-11", "2011-03-11"),
        ("2011-03-11 00:00:00", "2011-03-11"),
        ("2011-03-11T14:05:00Z", "2011-03-11"),
        ("7.3.2011", "2011-03-07"),
        ("2011", "2011"),
    ],
)
def test_dates_as_programs_and_people_write_them(typed: str, meant: str) -> None:
    case, problems = case_of(table([["1", typed, "Ida", "Town", "a", "1"]]))
    assert (str(case.statements[0].date), problems) == (meant, [])


def test_columns_may_be_called_otherwise() -> None:
    text = table([["Ida", "Deich", "ja", "7", "1"]], ["Wer", "Was", "Wort", "Seite", "Dafür"])
    columns = {"person": "wer", "concept": "Was", "agreement": "dafür", "locator": "Seite"}
    case, problems = case_of(text, columns)
    assert problems == []
    assert [(s.actor, str(s.claim), s.locator) for s in case.statements] == [("ida", "deich", "7")]


@pytest.mark.parametrize(
    ("head", "columns", "words"),
    [
        (["a", "b"], {}, "no column for: concept, agreement, person"),
        (HEAD, {"persn": "x"}, 'Did you mean "person"'),
        (HEAD, {"person": "persom"}, 'Did you mean "person"'),
    ],
)
def test_columns_that_are_not_there(head: list[str], columns: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        case_of(table([], head), columns)


def test_a_spreadsheet_that_saved_windows_text_is_read_with_a_warning(tmp_path: Any) -> None:
    path = tmp_path / "quay.csv"
    path.write_bytes(table([["1", "2020", "Jörg", "Behörde", "Deich", "1"]]).encode("cp1252"))
    case, problems, told = read(path)
    assert list(case.actors) == ["behörde", "jörg"]
    assert [(p.code, p.severity) for p in problems] == [("not-utf-8", Severity.WARNING)]
    assert told == "Read 1 statement, 2020."


def test_a_file_that_is_not_there(tmp_path: Any) -> None:
    with pytest.raises(OutsideError, match="cannot be read"):
        read(tmp_path / "nothing.csv")


def test_a_statement_under_conditions_is_not_exported_without_them() -> None:
    case, _ = case_of(table([["1", "2020", "Ida", "Town", "Deich", "1"]]))
    (said,) = case.statements
    conditional = replace(said, id="s2", conditions=(said.claim,))
    assert written(replace(case, statements=(said, conditional))) == written(case)


NASTY = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(NASTY, min_size=6, max_size=6), max_size=4), st.booleans())
def test_whatever_stands_in_a_table_is_told_or_added_once(
    rows: list[list[str]], agrees: bool
) -> None:
    rows = [[*row[:5], "1" if agrees else row[5]] for row in rows]
    case, problems, _ = parse(table(rows), "quay", Notes("quay.csv"))
    empty = Loaded(Case("quay"))
    once = merged(empty, case)
    assert "left-out" not in {part.fate for part in once.parts}
    assert [p for p in once.loaded.problems if p.severity is Severity.ERROR] == []
    assert merged(once.loaded, case).texts == {}
    dropped = sum(problem.code in {"missing-cell", "bad-sign"} for problem in problems)
    filled = [row for row in rows if any(legible(cell).strip() for cell in row)]
    assert len(case.statements) == len(filled) - dropped


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=80), st.booleans())
def test_any_file_is_read_or_refused_with_a_sentence(content: bytes, headed: bool) -> None:
    text = decode(content, Notes("quay.csv"))
    head = ",".join(HEAD) + "\n" if headed else ""
    if headed:
        case, _, told = parse(head + text, "quay", Notes("quay.csv"))
        assert told.startswith(f"Read {len(case.statements)} statement")
    else:
        with pytest.raises(UsageError, match=r"The table has no column for|The file is empty\."):
            parse(text, "quay", Notes("quay.csv"))


STARTS = st.sampled_from(["=", "+", "-", "@", "'", "\t", "\r", ""])


@settings(deadline=None, max_examples=100)
@given(st.lists(STARTS, max_size=3).map("".join), st.sampled_from(["1+1", "tis", "SUM(A1)", "Ida"]))
def test_no_cell_goes_out_as_a_formula_and_all_come_in_as_they_were(start: str, end: str) -> None:
    case, _ = case_of(table([["1", "2020", "Ida", "Town", "Deich", "1"]]))
    ida, deich, said = case.actors["ida"], case.concepts["deich"], case.statements[0]
    name = (start + end).strip()
    case = replace(
        case,
        actors={**case.actors, "ida": replace(ida, name=name)},
        concepts={"deich": replace(deich, text=name)},
        statements=(replace(said, id=name),),
    )
    (row,) = list(csv.reader(io.StringIO(written(case))))[1:]
    assert not [cell for cell in row if cell[:1] in set("=+-@\t\r")]
    again, problems = case_of(written(case))
    assert problems == []
    squeezed = " ".join(name.split())
    assert squeezed in {actor.name for actor in again.actors.values()}
    assert [concept.text for concept in again.concepts.values()] == [squeezed]
    assert again.statements[0].id[:1] not in set("=+-@")


def test_ids_that_would_be_formulas_keep_their_words() -> None:
    names = ["=1+1", "-x", "@SUM(1)", "'=a", "=", "+7", "s-1"]
    rows = [[name, "2020", "Ida", "Town", "Deich", "1"] for name in names]
    ids = [statement.id for statement in case_of(table(rows))[0].statements]
    assert ids == ["quay-1-1", "quay-x", "quay-sum-1", "quay-a", "quay-row-5", "quay-7", "s-1"]


def test_an_empty_table_is_called_empty() -> None:
    for text in ("", "\n\n", ",,\n"):
        with pytest.raises(UsageError, match=r"The file is empty\."):
            case_of(text)
