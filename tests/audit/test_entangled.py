"""Contradictions that share concepts, rules and hubs, against trying everything."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

import pytest
from entangled import entangled, private
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from melian.audit import audit
from melian.audit.search.sat import conflicts

if TYPE_CHECKING:
    from entangled import Base

SEEDS = range(500)
WAYS = {
    "as it comes": {},
    "derived": {"ways": ("derive",)},
    "explored": {"ways": ("explore",)},
}
"""What is searched by one way alone, and all of them together."""


def small(seed: int) -> Base:
    """Give a base of at most a dozen statements and rules each, over at most ten concepts."""
    rng = random.Random(seed)
    return entangled(
        seed,
        statements=rng.randint(1, 5),
        concepts=rng.randint(3, 5),
        rules=rng.randint(1, 3),
        plants=rng.randint(1, 2),
        hubs=rng.randint(1, 2),
        standards=rng.randint(0, 1),
        instances=2,
        conditional=0.3,
    )


def worlds_of(clauses: list[tuple[int, ...]], concepts: int) -> int:
    """Give the assignments that make all clauses true, as a bit mask of their numbers."""
    found = (1 << (1 << concepts)) - 1
    for clause in clauses:
        found &= _some(frozenset(clause), concepts)
    return found


@cache
def _some(clause: frozenset[int], concepts: int) -> int:
    rows = range(1 << concepts)
    return sum(
        1 << row
        for row in rows
        if any((row >> (abs(literal) - 1) & 1) == (literal > 0) for literal in clause)
    )


def minimal_sets(elements: list[int], background: int) -> set[frozenset[int]]:
    """Give the minimal sets of elements (bit masks of worlds) that leave no world, by growing all.

    Every set that leaves a world is grown by every later element; a set that leaves none is
    minimal if it leaves some without any one of its elements.
    """

    def left(chosen: frozenset[int]) -> int:
        found = background
        for number in chosen:
            found &= elements[number]
        return found

    minimal = set()
    grown = [(frozenset[int](), background)] if background else []
    for chosen, worlds in grown:
        for number in range(max(chosen, default=-1) + 1, len(elements)):
            more = chosen | {number}
            if worlds & elements[number]:
                grown.append((more, worlds & elements[number]))
            elif all(left(more - {each}) for each in more):
                minimal.add(more)
    return minimal if background else {frozenset()}


@cache
def with_granted_rules(seed: int) -> tuple[Base, set[frozenset[int]]]:
    base = small(seed)
    concepts = len(base.names)
    elements = [worlds_of([unit], concepts) for unit in base.units]
    return base, minimal_sets(elements, worlds_of(base.hard, concepts))


@cache
def without(seed: int) -> tuple[list[tuple[int, ...]], set[frozenset[int]]]:
    base = small(seed)
    clauses = sorted({*base.units, *base.hard})
    everywhere = worlds_of([], len(base.names))
    elements = [worlds_of([clause], len(base.names)) for clause in clauses]
    return clauses, minimal_sets(elements, everywhere)


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS.keys())
def test_all_sets_of_statements_are_found(options: dict) -> None:
    """The rules are granted, every statement stands for itself, also where two say the same."""
    for seed in SEEDS:
        base, expected = with_granted_rules(seed)
        found = conflicts([(unit,) for unit in base.units], tuple(base.hard), **options)
        assert found.complete, seed
        assert len(set(found.sets)) == len(found.sets), seed
        assert set(map(frozenset, found.sets)) == expected, seed


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS.keys())
def test_all_sets_of_statements_and_rules_are_found(options: dict) -> None:
    """Rules count as well: what leads to the same by two ways is found twice."""
    for seed in SEEDS:
        clauses, expected = without(seed)
        found = conflicts([(clause,) for clause in clauses], **options)
        assert found.complete, seed
        assert set(map(frozenset, found.sets)) == expected, seed


def test_the_findings_of_an_audit_are_all_of_them() -> None:
    for seed in SEEDS:
        base = small(seed)
        concepts = len(base.names)
        said = sorted({(each.claim, each.conditions) for each in base.said})
        clauses = [(*(-c for c in conditions), claim) for claim, conditions in said]
        rules = base.hard
        elements = [worlds_of([clause], concepts) for clause in (*clauses, *rules)]
        everywhere = worlds_of([], concepts)
        expected = sorted(
            (
                sorted({said[n] for n in one if n < len(said)}),
                sorted(rules[n - len(said)] for n in one if n >= len(said)),
            )
            for one in minimal_sets(elements, everywhere)
            if min(one) < len(said)
        )
        result = audit(base.case())
        assert result.complete, seed
        number = {name: place for place, name in enumerate(base.names, 1)}

        def of(claim, number=number) -> int:
            concept = number[claim.atom.name, claim.atom.args]
            return concept if claim.positive else -concept

        found = sorted(
            (
                sorted((of(c.claim), tuple(map(of, c.conditions))) for c in finding.commitments),
                sorted(rule_clause(rule, base) for rule in finding.rules),
            )
            for finding in result.findings
        )
        assert found == expected, seed


def rule_clause(rule, base: Base) -> tuple[int, ...]:
    """Give the clause of the base that a rule of a finding stands for."""
    if rule.id.startswith("r"):
        return base.hard[int(rule.id[1:])]
    (instance,) = rule.args
    standard = base.standards[int(rule.origin.name[1:])]
    return base.hard[len(base.links) + standard_offset(base, standard, instance)]


def standard_offset(base: Base, standard, instance: str) -> int:
    before = base.standards[: base.standards.index(standard)]
    return sum(len(each.instances) for each in before) + int(instance[1:])


@pytest.mark.parametrize("actors", [1, 20])
@pytest.mark.parametrize("seed", [1, 2])
def test_private_plants_are_found_among_a_thousand_statements(seed: int, actors: int) -> None:
    base = private(
        seed, statements=1_000, concepts=400, rules=600, plants=12, hubs=2, actors=actors
    )
    found = conflicts([(unit,) for unit in base.units], tuple(base.hard))
    if actors == 1:
        assert found.complete
        assert set(found.sets) == {tuple(sorted(one)) for one in base.planted}
    result = audit(base.case())
    assert result.complete
    claims = [
        (f"a{said.actor}", base.names[abs(said.claim) - 1][0], said.claim > 0) for said in base.said
    ]
    expected = {frozenset(claims[n] for n in one) for one in base.planted}
    given_ = [
        frozenset((f.actor, c.claim.atom.name, c.claim.positive) for c in f.commitments)
        for f in result.findings
    ]
    assert len(set(given_)) == len(given_)
    assert set(given_) == expected


bounds = st.tuples(st.integers(0, 40), st.integers(0, 60_000))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), bounds, bounds)
def test_more_of_limit_or_work_gives_all_that_less_gave(
    seed: int, one: tuple[int, int], other: tuple[int, int]
) -> None:
    base = entangled(
        seed, statements=20, concepts=12, rules=12, plants=4, standards=1, conditional=0.2
    )
    groups = [(clause,) for clause in (*base.units, *base.hard)]
    less, more = (
        conflicts(groups, limit=limit, steps=steps)
        for limit, steps in (tuple(map(min, one, other)), tuple(map(max, one, other)))
    )
    assert set(less.sets) <= set(more.sets)
    every = conflicts(groups)
    assume(every.complete)
    assert set(more.sets) <= set(every.sets)
    for found in (less, more):
        missing = set(every.sets) - set(found.sets)
        assert all(any(set(one) <= set(part) for part in found.unsearched) for one in missing)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), bounds, bounds)
def test_an_audit_with_larger_bounds_keeps_what_it_found(
    seed: int, one: tuple[int, int], other: tuple[int, int]
) -> None:
    base = entangled(seed, statements=40, concepts=12, rules=14, plants=6, hubs=2, actors=3)
    case, every = base.case(), audit(base.case())
    assume(not any(standing.unsearched for standing in every.actors.values()))
    less, more = (
        audit(case, limit=limit, steps=steps)
        for limit, steps in (tuple(map(min, one, other)), tuple(map(max, one, other)))
    )
    ids = [{finding.id for finding in result.findings} for result in (less, more, every)]
    assert ids[0] <= ids[1] <= ids[2]
    for result in (less, more):
        found = {finding.id for finding in result.findings}
        for finding in every.findings:
            unsearched = result.actors[finding.actor].unsearched
            if finding.id not in found:
                assert {commitment.id for commitment in finding.commitments} <= set(unsearched)
        for standing in result.actors.values():
            assert not (standing.unsearched and result.complete)
            for component in standing.components:
                touched = set(component.commitments) & set(standing.unsearched)
                assert not (touched and component.complete)
