"""Who is bound by what somebody says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from melian.case.dates import parse_date, parse_period
from melian.case.model import Actor, Case, Tie
from melian.case.speaking import party_of

NAMES = ["a", "b", "c", "d", "e"]


def case_of(ties: dict[str, list[str]]) -> Case:
    actors = {
        name: Actor(name, name, speaks_for=tuple(Tie(other) for other in ties.get(name, [])))
        for name in NAMES
    }
    return Case("c", actors=actors)


def test_a_tie_binds_only_in_its_period() -> None:
    tie = Tie("russia", parse_period("2008-01..2011"))
    actors = {
        "russia": Actor("russia", "Russia"),
        "rogozin": Actor("rogozin", "Rogozin", "person", speaks_for=(tie,)),
    }
    case = Case("c", actors=actors)
    assert party_of(case, "rogozin", parse_date("2008")) == ("russia",)
    assert party_of(case, "rogozin", parse_date("2007-12")) == ("rogozin",)
    assert party_of(case, "rogozin", None) == ("russia",)
    assert party_of(case, "nobody", None) == ("nobody",)


def test_a_chain_ends_at_its_top_and_a_circle_with_the_speaker() -> None:
    case = case_of({"a": ["b"], "b": ["c", "d"], "d": ["e"]})
    assert party_of(case, "a", None) == ("c", "e")
    assert party_of(case_of({"a": ["b"], "b": ["a"]}), "a", None) == ("a",)


def test_a_tie_to_nobody_known_is_passed_over() -> None:
    assert party_of(case_of({"a": ["zz"]}), "a", None) == ("a",)


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=3)))
def test_parties_are_the_reachable_ends(ties: dict[str, list[str]]) -> None:
    case = case_of(ties)
    reach = {name: {name} for name in NAMES}  # Warshall's closure, written out
    for _ in NAMES:
        for name in NAMES:
            reach[name] |= {e for other in reach[name] for e in ties.get(other, [])}
    for name in NAMES:
        ends = {end for end in reach[name] if not ties.get(end)}
        assert set(party_of(case, name, None)) == (ends or {name})
