"""Time: what binds when, moments and windows, and change told from reversal.

The oracle walks through the days one by one and looks at pairs of a claim and its denial; it
knows nothing of spans.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.audit import audit
from melian.audit.form import audit_form
from melian.audit.result import Kind
from melian.case.dates import Date, Period, parse_period
from melian.case.formula import Atom, Signed
from melian.case.loading import load_text
from melian.case.model import Actor, Case, Statement
from melian.case.spans import EVER, Span, common, merged, span_of
from melian.verbs import period

if TYPE_CHECKING:
    from melian.audit.result import Audit

FIRST = date(2008, 1, 1)
DAYS = 12
CASE = """
title: A harbour
question: Who may use it?
period: 2005/2012
actors:
  aria: {name: Aria, kind: state}
  vey: {name: Mona Vey, kind: person, speaks_for: [aria]}
  bela: Bela
concepts:
  safe: {text: The harbour is safe, denied: the harbour is not safe}
  closed: The harbour must be closed
  frozen: The sea is frozen
  passable: Ships can pass
rules:
  - {excludes: [safe, closed], id: safe-or-closed}
  - {if: frozen, then: not passable, id: ice, strength: strict}
facts:
  frozen: {value: true, period: 2008-01..2008-03}
"""
HEADER = "id,actor,date,sign,concept,because,from,until,retracts\n"


def audited(statements: str, deeds: str = "", window: str = "") -> Audit:
    deeds_csv = f"id,actor,action,date,shows,from,until\n{deeds}" if deeds else ""
    loaded = load_text(CASE, statements_csv=HEADER + statements, deeds_csv=deeds_csv)
    errors = [p.code for p in loaded.problems if p.severity == "error"]
    assert not [code for code in errors if not code.endswith("-retraction")]
    return audit(loaded.case, window=span_of(parse_period(window)) if window else EVER)


def test_what_is_given_up_without_a_word_is_a_reversal() -> None:
    result = audited("s1,aria,2006,+,safe,,,,\ns2,aria,2009-04,-,safe,,,,\n")
    (finding,) = result.findings
    assert finding.kind is Kind.REVERSAL
    assert [(s.begins, s.ends) for s in finding.spans] == [(date(2009, 4, 1), None)]
    assert not result.changes


def test_what_is_taken_back_is_a_declared_change() -> None:
    result = audited("s1,aria,2006,+,safe,,,,\ns2,vey,2009-04,-,safe,,,,s1\n")
    assert not result.findings
    (change,) = result.changes
    assert (change.how, change.taken_back, change.statements) == ("declared", ("s2",), ("s1", "s2"))
    assert change.title == (
        "Aria held that the harbour is safe, and took that back in April 2009; "
        "it held that the harbour is not safe from April 2009 on."
    )
    assert result.actors["aria"].readings == 1


def test_what_had_ended_by_its_own_terms_is_a_development() -> None:
    result = audited("s1,aria,2006,+,safe,,,2008,\ns2,aria,2009-04,+,closed,,,,\n")
    assert not result.findings
    (change,) = result.changes
    assert (change.how, change.taken_back) == ("development", ())
    assert change.title == (
        "Aria held that the harbour is safe until 2008; "
        "it held that the harbour must be closed from April 2009 on."
    )


def test_what_is_said_again_is_no_change() -> None:
    rows = "s1,aria,2006,+,safe,,,,\ns2,aria,2008,-,safe,,,,s1\ns3,aria,2010-05-06,+,safe,,,,\n"
    (finding,) = audited(rows).findings
    assert [(s.begins, s.ends) for s in finding.spans] == [(date(2010, 5, 6), None)]
    assert not audited(rows, window="2009").findings
    assert audited(rows, window="2010-05").findings


def test_a_reason_taken_back_with_its_statement_binds_no_more() -> None:
    result = audited("s1,aria,2006,+,frozen,safe,,,\ns2,aria,2008,-,safe,,,,s1\n")
    assert not result.findings
    assert [c.how for c in result.changes] == ["declared"]


def test_a_deed_goes_on_from_its_date_until_it_has_ended() -> None:
    deed = "d1,aria,sweeps,2007,closed,,2008-06\n"
    said = "s1,aria,2008-06-30,+,safe,,,,\n"
    assert [f.kind for f in audited(said, deed).findings] == [Kind.WORD_AGAINST_DEED]
    later = audited("s1,aria,2008-07-01,+,safe,,,,\n", deed)
    assert not later.findings
    assert later.changes[0].title == (
        "Aria acted as though the harbour must be closed until June 2008; "
        "it held that the harbour is safe from 1 July 2008 on."
    )


def test_a_fact_counts_while_it_is_so() -> None:
    assert audited("s1,aria,2008-03-31,+,passable,,,,\n").findings
    thawed = audited("s1,aria,2008-04-01,+,passable,,,,\n")
    assert not thawed.findings
    assert thawed.changes[0].how == "development"
    assert "2008-01..2008-03 that the sea is frozen" in thawed.changes[0].title
    assert not audited("s1,aria,2008,+,passable,,,,\n", window="2009").changes


def test_a_statement_may_bind_from_a_later_day_on() -> None:
    rows = "s1,aria,2006,+,safe,,2008,,\ns2,aria,2007,+,closed,,,2007,\n"
    assert not audited(rows).findings
    assert audited(rows.replace("2008,,", "2007-12-31,,")).findings


def test_a_record_taken_back_twice_ends_with_the_first_time() -> None:
    rows = (
        "s1,aria,2005,+,safe,,,,\ns2,aria,2009,-,passable,,,,s1\ns3,aria,2007,-,passable,,,,s1\n"
        "s4,aria,2008,+,closed,,,,\n"
    )
    assert not audited(rows).findings
    assert audited(rows).changes[0].taken_back == ("s3",)


STANDARD = """
title: A harbour
question: Who may use it?
period: 2000/2012
actors: {aria: {name: Aria, kind: state}, bela: Bela}
concepts: {pays(x): x pays, docks(x): x may dock, sick(x): x is in quarantine}
principles: {dues(x): {if: pays(x), unless: sick(x), then: docks(x)}}
facts:
  pays(bela): true
"""


@pytest.mark.parametrize(
    ("fact", "claimed", "window", "found"),
    [
        ("{value: true, period: 2001..2002}", "", "", 1),
        ("{value: true, period: 2001..2002}", "", "2000..2012", 1),
        ("{value: true, period: 2001..2002}", "", "2011", 1),
        ("{value: true, period: 2001..2011-06}", "", "", 1),
        ("{value: true, period: 2001..}", "", "", 0),
        ("{value: true, period: 2012..}", "", "", 0),
        ("", "s3,aria,2001,+,sick(bela),,,2005,\n", "", 1),
        ("", "s3,aria,2001,+,sick(bela),,,2011,\n", "2011", 0),
        ("", "s3,aria,2001,+,sick(bela),,,2011,\n", "2012", 1),
        ("", "s3,aria,2012,+,sick(bela),,,,\n", "", 0),
    ],
)
def test_an_exception_counts_until_it_ends(
    fact: str, claimed: str, window: str, found: int
) -> None:
    text = STANDARD + (f"  sick(bela): {fact}\n" if fact else "")
    rows = "s1,aria,2010,+,dues,,,,\ns2,aria,2010,-,docks(bela),,,,\n" + claimed
    case = load_text(text, statements_csv=HEADER + rows).case
    result = audit(case, window=span_of(parse_period(window)) if window else EVER)
    assert len(result.findings) == found
    assert result.complete


def test_what_lapses_between_leaves_its_days_out() -> None:
    """An exception from 2011 to 2011: before it is claimed it counts already, after it no more."""
    text = STANDARD + "  sick(bela): {value: true, period: 2011..2011}\n"
    rows = "s1,aria,2010,+,dues,,,,\ns2,aria,2010,-,docks(bela),,,,\n"
    (finding,) = audit(load_text(text, statements_csv=HEADER + rows).case).findings
    assert [(s.begins, s.ends) for s in finding.spans] == [(date(2012, 1, 1), None)]


def test_a_party_takes_back_only_what_is_its_own_and_earlier() -> None:
    foreign = "s1,aria,2010,+,safe,,,,\ns2,aria,2011,-,safe,,,,\ns3,bela,2011,+,closed,,,,s1\n"
    assert [f.kind for f in audited(foreign).findings] == [Kind.REVERSAL]
    early = "s1,aria,2005,+,closed,,,,s2\ns2,aria,2010,+,safe,,,,\ns3,aria,2010,-,safe,,,,\n"
    assert {f.id.split(".")[1] for f in audited(early).findings} == {"closed", "not-safe"}
    assert not audited(early).changes
    loaded = load_text(CASE, statements_csv=HEADER + foreign)
    assert [(p.code, p.severity) for p in loaded.problems if "retraction" in p.code] == [
        ("foreign-retraction", "error")
    ]


def test_a_finding_is_told_by_the_records_in_force() -> None:
    """What the minister said was taken back before the admiral spoke."""
    rows = (
        "s1,vey,2006,+,safe,,,,\ns2,vey,2007,+,frozen,,,,s1\n"
        "s3,aria,2009,+,safe,,,,\ns4,aria,2009,-,safe,,,,\n"
    )
    (finding,) = audited(rows).findings
    assert finding.statements == ("s3", "s4")
    assert finding.speakers == ("aria",)
    assert finding.kind is Kind.EXCLUSIVE_ARGUMENTS


def test_an_expired_record_does_not_hide_a_reversal() -> None:
    rows = "s1,aria,2000,+,safe,,,2002,\ns2,aria,2005,-,safe,,,,\ns3,aria,2012,+,safe,,,,\n"
    (finding,) = audited(rows).findings
    assert finding.kind is Kind.REVERSAL
    assert finding.statements == ("s3", "s2")


def test_a_retraction_that_came_after_is_no_part_of_the_change() -> None:
    rows = "s1,aria,2000,+,safe,,,2005,\ns2,aria,2010,-,safe,,,2020,\ns3,aria,2012,+,closed,,,,s2\n"
    (change, *_) = [c for c in audited(rows).changes if len(c.statements) == 2 and not c.rules]
    assert (change.how, change.taken_back) == ("development", ())
    (inside, *_) = [c for c in audited(rows, window="2000..2011").changes if not c.rules]
    assert (inside.how, inside.title) == (change.how, change.title)


def test_back_and_forth_is_told_by_its_last_turn() -> None:
    rows = "s1,aria,2000,+,safe,,,,\ns2,aria,2005,-,safe,,,,s1\ns3,aria,2010,+,safe,,,,s2\n"
    (change,) = audited(rows).changes
    assert (change.how, change.taken_back) == ("declared", ("s2", "s3"))
    assert change.title == (
        "Aria held that the harbour is not safe, and took that back in 2010; "
        "it held that the harbour is safe from 2010 on."
    )


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("s1,aria,2008,+,safe,,,,s9\n", "unknown-record"),
        ("s1,bela,2007,+,safe,,,,\ns2,aria,2008,-,safe,,,,s1\n", "foreign-retraction"),
        ("s1,aria,2009,+,safe,,,,\ns2,aria,2008,-,safe,,,,s1\n", "early-retraction"),
        ("s1,aria,2007,+,safe,,,,\ns2,aria,,-,safe,,,,s1\n", "undated-retraction"),
        ("s1,aria,2008,+,safe,,,2007,\n", "ends-early"),
        ("s1,aria,2008,+,safe,,2010,2009,\n", "ends-early"),
        ("s1,aria,2008,+,safe,,,soon,\n", "bad-date"),
    ],
)
def test_mistakes_in_time_are_told(rows: str, code: str) -> None:
    loaded = load_text(CASE, statements_csv=HEADER + rows)
    assert code in {problem.code for problem in loaded.problems}
    audit(loaded.case)


def test_changes_and_days_are_in_the_data() -> None:
    data = audit_form(
        audited(
            "s1,aria,2006,+,safe,,,,\ns2,aria,2009-04,-,safe,,,,s1\ns3,aria,2009-05,+,safe,,,2010,\n"
        )
    )
    assert data["findings"][0]["in_force"] == [["2009-05-01", "2010-12-31"]]
    assert data["changes"] == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("2008-04",), Period(Date(2008, 4), Date(2008, 4))),
        (("", "2008", "2009-03"), Period(Date(2008), Date(2009, 3))),
        (("", "", "2009"), Period(None, Date(2009))),
        ((), Period()),
    ],
)
def test_moments_and_windows(given: tuple[str, ...], expected: Period) -> None:
    assert period(*given) == expected


@st.composite
def histories(draw: st.DrawFn) -> tuple[Statement, ...]:
    """Give statements about two concepts within a few days, some ended, some taken back."""
    statements: list[Statement] = []
    for number in range(draw(st.integers(1, 6))):
        claim = Signed(Atom(draw(st.sampled_from("pq"))), draw(st.booleans()))
        begins = draw(st.integers(0, DAYS - 1))
        ends = draw(st.none() | st.integers(begins, DAYS - 1))
        earlier = [s.id for s in statements]
        back = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
        statements.append(
            Statement(
                f"s{number}",
                "it",
                claim,
                _day(begins) if draw(st.integers(0, 9)) else None,
                until=None if ends is None else _day(ends),
                retracts=tuple(back),
            )
        )
    return tuple(statements)


def _day(number: int) -> Date:
    when = FIRST + timedelta(days=number)
    return Date(when.year, when.month, when.day)


def _binds(statement: Statement, statements: tuple[Statement, ...], day: date) -> bool:
    if statement.date is not None and day < statement.date.first:
        return False
    if statement.until is not None and day > statement.until.last:
        return False
    return not any(
        statement.id in later.retracts
        and (
            later.date is None or statement.date is None or statement.date.first <= later.date.first
        )
        and (later.date is None or later.date.first <= day)
        for later in statements
    )


@given(histories(), st.integers(0, DAYS - 1), st.integers(0, DAYS - 1))
def test_a_clash_is_found_on_the_days_on_which_both_sides_bind(
    statements: tuple[Statement, ...], one: int, other: int
) -> None:
    case = Case("c", actors={"it": Actor("it", "It")}, statements=statements)
    days = [FIRST + timedelta(days=n) for n in range(min(one, other), max(one, other) + 1)]
    window = Span(days[0].toordinal(), days[-1].toordinal())
    expected: dict[str, set[date]] = {}
    for day in days:
        held = {s.claim for s in statements if _binds(s, statements, day)}
        for claim in held:
            if claim.positive and -claim in held:
                expected.setdefault(claim.atom.name, set()).add(day)
    result = audit(case, window=window)
    found = {
        finding.commitments[0].claim.atom.name: {
            day
            for day in days
            if any(span.first <= day.toordinal() <= span.last for span in finding.spans)
        }
        for finding in result.findings
    }
    assert found == expected
    assert not found.keys() & {c.commitments[0].claim.atom.name for c in result.changes}


@given(histories())
def test_what_clashes_is_a_finding_or_a_change(statements: tuple[Statement, ...]) -> None:
    case = Case("c", actors={"it": Actor("it", "It")}, statements=statements)
    result = audit(case)
    claims = {s.claim for s in statements}
    both = {c.atom.name for c in claims if c.positive and -c in claims}
    named = [f.commitments[0].claim.atom.name for f in (*result.findings, *result.changes)]
    assert sorted(named) == sorted(both)


spans = st.lists(st.builds(Span, st.integers(1, 30), st.integers(1, 30)), max_size=5)


def _members(given: list[Span] | tuple[Span, ...]) -> set[int]:
    return {day for span in given for day in range(span.first, span.last + 1)}


@given(spans, spans)
def test_spans_are_sets_of_days(one: list[Span], other: list[Span]) -> None:
    both = common([merged(one), merged(other)])
    assert _members(merged(one)) == _members(one)
    assert _members(both) == _members(one) & _members(other)
    for result in (merged(one), both):
        assert all(a.last + 1 < b.first for a, b in itertools.pairwise(result))
