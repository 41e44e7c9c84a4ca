"""How grave findings are and how inconsistent parties are, against trying everything."""

from __future__ import annotations

import itertools
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian import verbs
from melian.audit import audit
from melian.audit.form import audit_form
from melian.audit.measures import inconsistency
from melian.audit.search.cheapest import cheapest
from melian.audit.search.work import PRICE
from melian.case.formula import Atom, Signed
from melian.case.loading import load_text
from melian.case.model import Actor, Case, Rule, Statement
from melian.case.spans import Span
from melian.effort import Work
from melian.problems import UsageError

CASE = """
title: A harbour
question: Who may use it?
period: 2005/2012
actors:
  aria: {name: Aria, kind: state}
  queen: {name: Queen, kind: person, rank: top, speaks_for: [aria]}
  vey: {name: Mona Vey, kind: person, rank: senior, speaks_for: [aria]}
  lund: {name: Otto Lund, kind: person, rank: junior, speaks_for: [aria]}
concepts:
  safe: The harbour is safe
  closed: The harbour must be closed
  full: The harbour is full
  calm: The sea is calm
rules:
  - {excludes: [safe, closed, full]}
"""
SOURCES = """
log: {title: The log, grade: B}
tale: {title: A tale, grade: E}
talk: {title: Talk, grade: F}
"""
HEADER = "id,actor,date,sign,concept,source,until,retracts\n"


def the_case(rows: str) -> Case:
    loaded = load_text(CASE, sources_yaml=SOURCES, statements_csv=HEADER + rows)
    assert not [p for p in loaded.problems if p.severity == "error"]
    return loaded.case


def test_each_commitment_counts_for_its_best_record() -> None:
    rows = "s1,lund,2008,+,calm,tale,,\ns2,vey,2009,+,calm,talk,,\ns3,queen,2010,-,calm,log,,\n"
    (finding,) = audit(the_case(rows)).findings
    parts = finding.severity.parts
    assert parts["ranked"] == pytest.approx(2 / 3)
    assert parts["sourced"] == pytest.approx(0.5)
    assert parts["backed"] == pytest.approx(1 / 2)
    assert finding.severity.score == pytest.approx(sum(parts.values()) / 7)


def test_what_nobody_coded_marks_nothing_down() -> None:
    (finding,) = audit(the_case("s1,aria,2008,+,calm,,,\ns2,aria,2009,-,calm,,,\n")).findings
    parts = finding.severity.parts
    assert (parts["ranked"], parts["sourced"], parts["undeclared"]) == (1, 1, 1)


def test_what_was_once_taken_back_is_half_declared() -> None:
    rows = "s1,aria,2008,+,calm,,,\ns2,aria,2009,-,calm,,,s1\ns3,aria,2010,+,calm,,,\n"
    (finding,) = audit(the_case(rows)).findings
    assert finding.severity.undeclared == 1 / 2


def test_measures_by_hand() -> None:
    """A denial from 2008 to 2009 and a triple from June 2009 on; calm was said twice."""
    rows = (
        "s1,aria,2006,+,calm,,,\ns2,aria,2007,+,calm,,,\ns3,aria,2008,-,calm,,2009,\n"
        "s4,aria,2008,+,safe,,,\ns5,aria,2008,+,closed,,,\ns6,vey,2009-06,+,full,,,\n"
    )
    measured = inconsistency(audit(the_case(rows)))["aria"]
    assert measured.whole.miv == Fraction(1, 2) + Fraction(1, 3)
    assert measured.whole.repair_cost == 2
    course = [(m.span.begins, m.findings, m.miv, m.repair_cost) for m in measured.course]
    assert course == [
        (None, 0, 0, 0),
        (date(2008, 1, 1), 1, Fraction(1, 2), 1),
        (date(2009, 6, 1), 2, Fraction(5, 6), 2),
        (date(2010, 1, 1), 1, Fraction(1, 3), 1),
    ]
    assert dict(measured.involvement) == {
        "calm": Fraction(1, 2),
        "not calm": Fraction(1, 2),
        "safe": Fraction(1, 3),
        "closed": Fraction(1, 3),
        "full": Fraction(1, 3),
    }
    data = audit_form(audit(the_case(rows)))["actors"]["aria"]
    assert (data["miv_c"], data["repair_cost"], data["repair_cost_exact"]) == (0.8333, 2, True)
    assert data["course"][-1]["span"] == ["2010-01-01", None]


@pytest.mark.parametrize("by", verbs.ORDERS)
def test_findings_in_every_order(by: str) -> None:
    rows = (
        "s1,lund,2006,+,calm,tale,,\ns3,vey,2008,-,calm,,,\ns4,aria,2007,+,safe,,,\n"
        "s5,aria,2007,+,closed,,,\ns6,vey,2007,+,full,,,\ns7,aria,2005,-,full,,,\n"
    )
    result = audit(the_case(rows))
    assert len(result.findings) == 3
    found = verbs.ordered(result, by)
    assert set(found) == set(result.findings)
    if by in verbs.SEVERITY_PARTS:
        values = [finding.severity.parts[by] for finding in found]
        assert values == sorted(values, reverse=True)
    if by == "since":
        assert [f.spans[0].first for f in found] == sorted(f.spans[0].first for f in found)
    if by == "involvement":
        assert {c.id for c in found[0].commitments} == {"safe", "closed", "full"}


def test_an_unknown_order_is_told() -> None:
    with pytest.raises(UsageError, match='Did you mean "strict"'):
        verbs.ordered(audit(the_case("")), "strickt")


edges = st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=4), max_size=7)
records = st.frozensets(st.sampled_from("12345678"), min_size=1, max_size=3)


@given(edges, st.lists(records, min_size=6, max_size=6))
def test_no_fewer_records_mend_all_conflicts(
    given_edges: list[frozenset[str]], lists: list[frozenset[str]]
) -> None:
    behind = dict(zip("abcdef", lists, strict=True))

    def mends(taken: frozenset[str]) -> bool:
        return all(any(behind[each] <= taken for each in edge) for edge in given_edges)

    found = cheapest(given_edges, behind)
    every = itertools.chain.from_iterable(itertools.combinations("12345678", n) for n in range(9))
    assert found.exact
    assert mends(frozenset(found.records))
    assert len(found.records) == min(len(taken) for taken in every if mends(frozenset(taken)))


def test_without_work_a_way_out_is_given_and_called_inexact() -> None:
    pairs = [{str(a), str(b)} for a, b in itertools.combinations(range(12), 2)]
    behind = {str(n): frozenset(f"r{n}.{k}" for k in range(1 + n % 3)) for n in range(12)}
    found = cheapest(pairs, behind, Work(3, PRICE))
    assert not found.exact
    assert all(any(behind[each] <= set(found.records) for each in pair) for pair in pairs)


def test_one_record_behind_two_conflicts_is_taken_back_once() -> None:
    header = "id,actor,date,sign,concept,because\n"
    rows = "s1,aria,2008,+,calm,safe\ns2,aria,2008,-,calm,not safe\n"
    case = load_text(CASE, statements_csv=header + rows).case
    measured = inconsistency(audit(case))["aria"].whole
    assert (measured.findings, measured.repair_cost) == (2, 1)


def test_only_records_in_force_are_to_be_taken_back() -> None:
    rows = (
        "s1,aria,2005,+,calm,,2006,\ns2,aria,2010,+,calm,,,\ns3,aria,2010,+,calm,,,\n"
        "s4,aria,2005,-,calm,,,\ns5,aria,2005,-,calm,,,\n"
    )
    result = audit(the_case(rows))
    course = [(m.span.begins, m.repair_cost) for m in inconsistency(result)["aria"].course]
    assert course == [
        (None, 0),
        (date(2005, 1, 1), 1),
        (date(2007, 1, 1), 0),
        (date(2010, 1, 1), 2),
    ]
    for when, cost in course[1:]:
        moment = Span(when.toordinal(), when.toordinal()) if when else Span(1, 1)
        on_the_day = inconsistency(audit(the_case(rows), window=moment))["aria"].whole
        assert on_the_day.repair_cost == cost


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.booleans(), st.sampled_from("xyz")),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.frozensets(st.sampled_from("abcd"), min_size=2, max_size=3), max_size=3).map(
        lambda sets: [s for s in dict.fromkeys(sets) if not any(other < s for other in sets)]
    ),
)
def test_measures_of_random_cases(
    said: list[tuple[str, bool, str]], excluded: list[frozenset[str]]
) -> None:
    """MIV_C and repair cost from all minimal inconsistent sets, found by trying all."""
    statements = tuple(
        Statement(f"s{n}", "it", Signed(Atom(name), sign)) for n, (name, sign, _) in enumerate(said)
    )
    rules = tuple(
        Rule(f"r{n}", tuple(Signed(Atom(c)) for c in sorted(each)), strength="strict")
        for n, each in enumerate(excluded)
    )
    case = Case("c", actors={"it": Actor("it", "It")}, rules=rules, statements=statements)
    claims = sorted({(s.claim.atom.name, s.claim.positive) for s in statements})
    often = {c: sum((s.claim.atom.name, s.claim.positive) == c for s in statements) for c in claims}

    def clash(chosen: frozenset[tuple[str, bool]]) -> bool:
        yes = {name for name, sign in chosen if sign}
        no = {name for name, sign in chosen if not sign}
        return bool(yes & no) or any(each <= yes for each in excluded)

    subsets = [
        frozenset(c) for n in range(len(claims) + 1) for c in itertools.combinations(claims, n)
    ]
    minimal = [s for s in subsets if clash(s) and not any(clash(s - {c}) for c in s)]
    measured = inconsistency(audit(case))["it"].whole
    assert {frozenset(c.id for c in f.commitments) for f in audit(case).findings} == {
        frozenset(name if sign else f"not {name}" for name, sign in one) for one in minimal
    }
    cost = min(sum(often[c] for c in s) for s in subsets if not clash(frozenset(claims) - s))
    assert measured.repair_cost == cost
    assert measured.miv == sum(Fraction(1, len(s)) for s in minimal)
    assert measured.span == Span(1, date.max.toordinal())
