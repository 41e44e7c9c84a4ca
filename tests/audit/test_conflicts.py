"""The core on integers: minimal unsatisfiable sets and hitting sets against trying everything."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.audit.search.hitting import hitting_sets
from melian.audit.search.sat import Conflicts, conflicts

if TYPE_CHECKING:
    from melian.audit.search.clauses import Group

VARIABLES = 5
ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "audit" / "cases" / "kb"

WAYS = ("derive",), ("explore",)
Ways = tuple[str, ...]

literals = st.integers(1, VARIABLES).flatmap(lambda v: st.sampled_from([v, -v]))
clauses = st.lists(literals, min_size=0, max_size=3).map(tuple)
groups = st.lists(st.lists(clauses, max_size=2).map(tuple), max_size=9)
WORLDS = list(itertools.product([False, True], repeat=VARIABLES))


def satisfiable(formula: list[tuple[int, ...]]) -> bool:
    return any(
        all(any(world[abs(x) - 1] == (x > 0) for x in clause) for clause in formula)
        for world in WORLDS
    )


def minimal_sets(given_groups: list[Group], background: Group) -> set[tuple[int, ...]]:
    found: list[set[int]] = []
    for size in range(len(given_groups) + 1):
        for chosen in itertools.combinations(range(len(given_groups)), size):
            if any(known <= set(chosen) for known in found):
                continue
            if not satisfiable([*background, *(c for n in chosen for c in given_groups[n])]):
                found.append(set(chosen))
    return {tuple(sorted(one)) for one in found}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(groups, st.lists(clauses.filter(bool), max_size=2).map(tuple))
@pytest.mark.parametrize("ways", [*WAYS, ("derive", "explore")])
def test_all_minimal_sets_are_found(ways: Ways, given_groups: list[Group], hard: Group) -> None:
    found = conflicts(given_groups, hard, ways=ways)
    assert found.complete
    assert len(set(found.sets)) == len(found.sets)
    assert set(found.sets) == minimal_sets(given_groups, hard)
    assert [len(one) for one in found.sets] == sorted(map(len, found.sets))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(groups, st.integers(1, 3), st.sampled_from([*WAYS, ("derive", "explore")]))
def test_a_limit_leaves_out_and_says_so(given_groups: list[Group], limit: int, ways: Ways) -> None:
    found = conflicts(given_groups, limit=limit, ways=ways)
    every = minimal_sets(given_groups, ())
    assert set(found.sets) <= every
    assert len(found.sets) <= limit
    if found.complete:
        assert set(found.sets) == every


def test_alike_groups_are_told_apart() -> None:
    found = conflicts([((1,),), ((-1,),), ((1,), (1,)), ((1, 2), (1,))])
    assert found == Conflicts(((0, 1), (1, 2), (1, 3)))


def test_contradictions_with_a_common_neighbourhood_do_not_multiply() -> None:
    """Sixty contradictions that all hang on one hub: 2^60 maximal subsets, sixty sets."""
    hub, many = 1, 60
    pairs = [((v,),) for v in range(2, many + 2)] + [((-v,),) for v in range(2, many + 2)]
    rules = [((-v, hub),) for v in range(2, many + 2)]
    found = conflicts([*pairs, *rules, ((hub,),)])
    assert found == Conflicts(tuple((n, n + many) for n in range(many)))


def test_a_rule_for_all_pairs_costs_what_there_is_to_find() -> None:
    """Each of 100 things said excludes each of 100 others, of which only one is said."""
    one, other = range(1, 101), range(101, 201)
    rules = [((-v, -w),) for v in one for w in other]
    said = [((v,),) for v in one]
    found = conflicts([*said, *rules, ((other[0],),)])
    last = len(said) + len(rules)
    assert set(found.sets) == {(n, len(said) + n * len(other), last) for n in range(len(said))}


def test_a_clause_that_others_say_more_of_is_kept_only_with_less_to_rest_on() -> None:
    """Of a chain with a short cut both ways are minimal; a longer way round the same is not."""
    chain = [((1,),), ((-1, 2),), ((-2, 3),), ((-1, 3),), ((-3,),)]
    assert conflicts(chain).sets == ((0, 3, 4), (0, 1, 2, 4))
    assert conflicts([*chain[:3], chain[4]], background=((-1, 3),)).sets == ((0, 3),)


def pigeons(holes: int) -> list[Group]:
    """Give one clause a group: each of holes + 1 pigeons has a hole, no two have the same."""

    def place(pigeon: int, hole: int) -> int:
        return pigeon * holes + hole + 1

    every = range(holes + 1)
    housed = [(tuple(place(p, h) for h in range(holes)),) for p in every]
    pairs = itertools.combinations(every, 2)
    apart = [((-place(p, h), -place(q, h)),) for p, q in pairs for h in range(holes)]
    return housed + apart


@pytest.mark.parametrize("ways", WAYS)
def test_pigeons_need_every_clause(ways: Ways) -> None:
    """The pigeonhole formulas are minimally unsatisfiable (Haken 1985)."""
    formula = pigeons(3)
    assert conflicts(formula, ways=ways).sets == (tuple(range(len(formula))),)


@pytest.mark.parametrize(
    "name", ["kb-50-p4-s1", "kb-200-p8-s1", "kb-1000-p12-h2-s1", "kb-5000-p40-h3-s1"]
)
def test_planted_contradictions(name: str) -> None:
    if not ANCHORS.is_dir():
        pytest.skip("the folder shared/ with the reference cases is not beside the repository")
    planted = json.loads((ANCHORS / f"{name}.json").read_text())["planted_mus"]
    hard: list[tuple[int, ...]] = []
    statements: dict[int, list[tuple[int, ...]]] = {}
    for line in (ANCHORS / f"{name}.gcnf").read_text().splitlines()[1:]:
        group, *clause = line.split()
        number = int(group[1:-1])
        home = statements.setdefault(number, []) if number else hard
        home.append(tuple(map(int, clause[:-1])))
    ordered = [tuple(statements[n]) for n in sorted(statements)]
    found = conflicts(ordered, tuple(hard))
    assert found.complete
    assert set(found.sets) == set(map(tuple, planted))


edges_of = st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), max_size=6)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(edges_of)
def test_hitting_sets_are_the_minimal_ones(edges: list[set[str]]) -> None:
    order = "fbacde"
    expected: list[tuple[str, ...]] = []
    for size in range(len(order) + 1):
        for chosen in itertools.combinations(order, size):
            fresh = not any(set(known) <= set(chosen) for known in expected)
            if fresh and all(edge & set(chosen) for edge in edges):
                expected.append(chosen)
    assert hitting_sets(edges, order, 1_000) == (tuple(expected), True)


def test_too_many_hitting_sets_are_cut_and_each_is_still_minimal() -> None:
    order = [f"{side}{n}" for n in range(10) for side in "lr"]
    edges = [(f"l{n}", f"r{n}") for n in range(10)]
    sets, complete = hitting_sets(edges, order, 50)
    assert not complete
    assert len(sets) == 50
    assert all(sum(name in one for name in edge) == 1 for one in sets for edge in edges)
