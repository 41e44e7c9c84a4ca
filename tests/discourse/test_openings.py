"""Openings: what is said under conditions, against one's own line, or with the other side.

The definitions are worked through once more, from the statements alone, with loops and fractions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian import verbs
from melian.case.dates import Date
from melian.case.formula import Atom, Signed
from melian.case.loading import load_text
from melian.case.model import Actor, Case, Concept, Rule, Statement
from melian.discourse.networks.building import Design
from melian.discourse.openings.engine import openings
from melian.discourse.openings.form import openings_form, why
from melian.discourse.statements.of_case import statements_of
from melian.problems import UsageError

DESIGN = Design(rows="actor", columns="concept", qualifier="sign")
ACTORS, CONCEPTS = ("Ada", "Bela", "Cem"), ("wall", "dues", "quay")
RULE = Rule("either", excludes=(Signed(Atom("wall"), True), Signed(Atom("quay"), True)))
LEVELS = ("", "operational", "political")


def case_of(statements: Any, rules: tuple[Rule, ...] = ()) -> Case:
    return Case(
        "c",
        actors={each.lower(): Actor(each.lower(), each) for each in ACTORS},
        concepts={each: Concept(each, (), each) for each in CONCEPTS},
        rules=rules,
        statements=tuple(statements),
    )


def found_in(case: Case, **asked: Any) -> Any:
    return openings(case, statements_of(case), replace(DESIGN, **asked))


@st.composite
def cases(draw: Any) -> Case:
    statements = []
    for number in range(draw(st.integers(0, 24))):
        concept, positive = draw(st.sampled_from(CONCEPTS)), draw(st.booleans())
        other = Signed(Atom(draw(st.sampled_from(CONCEPTS))), draw(st.booleans()))
        statements.append(
            Statement(
                f"s{number}",
                draw(st.sampled_from(ACTORS)).lower(),
                Signed(Atom(concept), positive),
                draw(st.sampled_from([None, Date(2020, 1, number + 1)])),
                because=(other,) if draw(st.booleans()) else (),
                conditions=(other,) if draw(st.integers(0, 5)) == 0 else (),
                level=draw(st.sampled_from(LEVELS)),
            )
        )
    return case_of(statements, (RULE,) if draw(st.booleans()) else ())


def line_of(said: list[Statement]) -> bool | None:
    """Give the sense of most of some statements; None where there is no line."""
    for sense in (True, False):
        same = sum(each.claim.positive is sense for each in said)
        if len(said) >= 3 and Fraction(same, len(said)) >= Fraction(2, 3):
            return sense
    return None


def on(case: Case, actor: str, concept: str, level: str = "") -> list[Statement]:
    """Give what somebody says outright of a concept, at a level."""
    return [
        each
        for each in case.statements
        if (each.actor, each.claim.atom.name, each.conditions) == (actor, concept, ())
        and (not level or each.level == level)
    ]


def conditional(case: Case) -> set[Any]:
    found: dict[Any, set[str]] = {}
    for each in case.statements:
        if each.conditions:
            same = (each.actor, each.claim, each.conditions)
            found.setdefault(same, set()).add(each.id)
    return {("condition", *same[:2], frozenset(ids), frozenset()) for same, ids in found.items()}


def concessive(case: Case, each: Statement) -> tuple[Any, str]:
    """Give the opening that a statement belongs to, or why it cannot be judged."""
    concept, sense = each.claim.atom.name, each.claim.positive
    own = on(case, each.actor, concept)
    if len(own) < 3 or line_of(own) is None:
        return None, "thin" if len(own) < 3 else "divided"
    if line_of(own) is sense:
        return None, ""
    ids = frozenset(s.id for s in own if s.claim.positive is sense)
    theirs = frozenset(a for a in case.actors if line_of(on(case, a, concept)) is sense)
    return ("own line", each.actor, each.claim, ids, theirs), ""


def cooperative(case: Case, each: Statement) -> tuple[Any, str]:
    concept, sense = each.claim.atom.name, each.claim.positive
    pairs = {
        a: [
            1 if one.claim.positive is two.claim.positive else -1
            for rest in CONCEPTS
            if rest != concept
            for one in on(case, each.actor, rest)
            for two in on(case, a, rest)
        ]
        for a in case.actors
        if a != each.actor and line_of(on(case, a, concept)) is sense
    }
    if pairs and all(len(known) < 3 for known in pairs.values()):
        return None, "untied"
    opponents = frozenset(a for a, known in pairs.items() if len(known) >= 3 and sum(known) < 0)
    own = on(case, each.actor, concept)
    ids = frozenset(s.id for s in own if s.claim.positive is sense)
    return ("other side", each.actor, each.claim, ids, opponents) if opponents else None, ""


def at_work(case: Case, each: Statement) -> tuple[Any, str]:
    if each.level != "operational":
        return None, ""
    contrary = {-each.claim}
    if case.rules and each.claim in RULE.excludes:
        contrary |= {*RULE.excludes} - {each.claim}
    politics = {c: on(case, each.actor, c.atom.name, "political") for c in contrary}
    against = frozenset(str(c) for c, said in politics.items() if line_of(said) is c.positive)
    if not against:
        few = any(0 < len(said) < 3 for said in politics.values())
        return None, "unpolitical" if few else ""
    own = on(case, each.actor, each.claim.atom.name, "operational")
    ids = frozenset(s.id for s in own if s.claim == each.claim)
    return ("level", each.actor, each.claim, ids, against), ""


def by_hand(case: Case) -> tuple[set[Any], Counter[str]]:
    """Give the openings by the definitions, and how many statements cannot be judged."""
    found, left = conditional(case), Counter[str]()
    for each in case.statements:
        if not each.conditions:
            for kind in (concessive, cooperative, at_work):
                opening, unjudged = kind(case, each)
                left[unjudged] += 1
                found |= {opening} - {None}
    return found, left


def summary(opening: Any) -> Any:
    claim = Signed(Atom(opening.concept), opening.positive)
    more = {each.actor.lower() for each in opening.takers if each.why == "line"}
    if opening.ground == "level":
        more = {claim_.replace("not: ", "not ") for claim_, _ in opening.against}
    ids = frozenset(each.id for each in opening.statements)
    if opening.ground == "condition":
        more = set()
    return opening.ground, opening.actor.lower(), claim, ids, frozenset(more)


@settings(deadline=None, max_examples=250)
@given(cases())
def test_openings_are_those_of_the_definitions(case: Case) -> None:
    found = found_in(case)
    expected, left = by_hand(case)
    got = [summary(each) for each in found.openings]
    assert {*got} == expected
    assert len(got) == len(expected)
    for key in ("thin", "divided", "untied", "unpolitical"):
        assert getattr(found.unjudged, key) == left[key]
    assert found.statements == len(case.statements)
    for each in found.openings:
        for taker in each.takers:
            if taker.line is not None:
                assert taker.line.same * 2 > taker.line.all
        if each.ground == "own line":
            assert each.line.same * 3 <= each.line.all
            assert f"{each.line.all - each.line.same} of its {each.line.all} statements" in why(
                each
            )


@settings(deadline=None, max_examples=80)
@given(cases(), st.sampled_from(ACTORS))
def test_one_party_alone_has_the_openings_that_it_has_among_all(case: Case, actor: str) -> None:
    table = statements_of(case)
    alone = openings(case, table, DESIGN, [actor])
    every = openings(case, table, DESIGN)
    assert alone.openings == tuple(each for each in every.openings if each.actor == actor)
    parts = [openings(case, table, DESIGN, [each]) for each in ACTORS]
    assert sum(part.statements for part in parts) == every.statements
    for key in ("thin", "divided", "untied", "unpolitical"):
        parts_of = [getattr(part.unjudged, key) for part in parts]
        assert sum(parts_of) == getattr(every.unjudged, key)


@settings(deadline=None, max_examples=80)
@given(cases(), st.permutations(ACTORS))
def test_the_rule_is_the_same_whatever_a_party_is_called(case: Case, names: list[str]) -> None:
    renamed = dict(zip(ACTORS, names, strict=True))
    other = replace(
        case,
        statements=tuple(
            replace(each, actor=renamed[each.actor.capitalize()].lower())
            for each in case.statements
        ),
    )
    one = {(o.ground, renamed[o.actor], o.claim, o.line) for o in found_in(case).openings}
    assert one == {(o.ground, o.actor, o.claim, o.line) for o in found_in(other).openings}


def said(number: int, actor: str, concept: str, positive: bool, **known: Any) -> Statement:
    claim = Signed(Atom(concept), positive)
    return Statement(f"s{number}", actor, claim, Date(2020, 1, number), **known)


def test_a_concession_has_the_numbers_behind_it() -> None:
    rows = [said(n, "ada", "wall", False) for n in range(1, 5)]
    rows += [said(5, "ada", "wall", True)]
    rows += [said(n, "bela", "wall", True) for n in range(6, 9)]
    (opening,) = found_in(case_of(rows)).openings
    assert (opening.kind, opening.actor, opening.claim) == ("concessive", "Ada", "wall")
    assert why(opening) == "4 of its 5 statements on it deny it; this is the line of Bela"
    assert [each.id for each in opening.statements] == ["s5"]
    assert (opening.takers[0].actor, opening.takers[0].why) == ("Bela", "line")
    repeated = found_in(case_of(rows), duplicates="range")
    assert repeated.openings == ()
    assert repeated.statements == 3
    assert found_in(case_of(rows), until=0).statements == 0


def test_two_pairs_of_statements_tell_no_opponent() -> None:
    rows = [said(n, "bela", "wall", True) for n in (1, 2, 3)]
    rows += [said(n, "cem", "wall", True) for n in (4, 5, 6)]
    rows += [said(n, "cem", "dues", True) for n in (7, 8, 9)]  # three pairs, a friend
    rows += [said(n, "bela", "quay", False) for n in (10, 11)]  # two pairs, against
    rows += [said(n, "ada", each, True) for n, each in enumerate(CONCEPTS, start=12)]
    assert found_in(case_of(rows)).openings == ()
    rows += [said(15, "bela", "quay", False)]
    (opening, *more) = [o for o in found_in(case_of(rows)).openings if o.actor == "Ada"]
    assert (opening.claim, opening.takers[0].actor, opening.takers[0].tie) == ("wall", "Bela", -3)
    assert more == []


def test_warrants_make_no_line() -> None:
    rows = [
        said(n, "ada", "dues", True, because=(Signed(Atom("wall"), False),)) for n in range(1, 6)
    ]
    rows += [said(6, "ada", "wall", True)]
    found = found_in(case_of(rows))
    assert found.openings == ()
    assert found.unjudged.thin == 1


PORT = """
title: The port
question: Who yields?
period: 2020
actors:
  port: {name: the port, kind: organisation}
  bela: {name: Bela, kind: person, speaks_for: [port]}
  town: {name: the town, kind: organisation}
concepts:
  opens: {text: the quay is opened, denied: the quay stays closed}
  pays(x): {text: x pays}
  dredge: {text: the harbour is dredged}
  calm: {text: nobody strikes}
conflict:
  options:
    town:
      dredge: {text: dredge the harbour, label: dredging}
levers:
  truce: {by: town, does: call a truce, label: Truce, establishes: [calm]}
"""
SAID = """id,actor,date,sign,concept,if,source,locator
s1,bela,2020-01-02,+,opens,pays(town); not pays(bela),,
s2,port,2020-01-01,-,opens,dredge; calm,,
"""


def test_a_condition_says_of_whom_it_asks_something() -> None:
    loaded = load_text(PORT, statements_csv=SAID)
    assert [p for p in loaded.problems if p.severity == "error"] == []
    found = found_in(loaded.case)
    assert [(o.actor, o.claim, o.conditions) for o in found.openings] == [
        ("the port", "the quay stays closed", ("nobody strikes", "the harbour is dredged")),
        ("the port", "the quay is opened", ("not: Bela pays", "the town pays")),
    ]
    asked = [[(t.actor, t.why, t.what) for t in o.takers] for o in found.openings]
    assert sorted(asked[0]) == [("the town", "lever", "Truce"), ("the town", "option", "dredging")]
    assert asked[1] == [("the town", "named", "")]
    assert why(found.openings[1]) == "if not: Bela pays and the town pays"


def test_the_built_in_case_as_a_diplomat_reads_it() -> None:
    opened = verbs.open_case("nato-russia-2008")
    found = verbs.openings(opened, DESIGN)
    form = openings_form(found)
    said_if = {
        each["statements"][0]["id"]: each
        for each in form["openings"]
        if each["kind"] == "conditional"
    }
    assert set(said_if) == {each.id for each in opened.case.statements if each.conditions}
    assert len(said_if) == 4
    sochi = said_if["sochi-neighbours"]
    assert sochi["why"] == "if NATO and Russia have a strategic partnership in depth"
    assert sochi["could_take_up"][0]["actor"] == "NATO"
    assert sochi["statements"][0]["locator"] == "par. 9"
    (work,) = (each for each in form["openings"] if each["ground"] == "level")
    assert [each["id"] for each in work["statements"]] == [
        "officials-cooperate",
        "video-ally-russia",
    ]
    assert work["against"] == [{"claim": "NATO embodies an unfriendly West", "same": 3, "all": 3}]
    with pytest.raises(UsageError, match='Did you mean "russia"'):
        verbs.openings(opened, DESIGN, ["rusia"])
    with pytest.raises(UsageError, match="Nothing is said in the name of Lithuania"):
        verbs.openings(opened, DESIGN, ["lithuania"])
    with pytest.raises(UsageError, match="is not a yes or no"):
        verbs.openings(opened, replace(DESIGN, qualifier="frame"))


def test_nothing_is_made_of_nothing() -> None:
    found = found_in(case_of([]))
    assert (found.openings, found.statements) == ((), 0)
    for one, other in combinations(
        [said(1, "ada", "wall", True), said(2, "bela", "wall", False)], 2
    ):
        assert found_in(case_of([one, other])).unjudged.thin == 2
