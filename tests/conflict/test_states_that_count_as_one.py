"""States that count as one: which they are, how they are numbered, and what they change."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from types import MappingProxyType

import numpy as np
import published
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_models import random_model, with_classes

from melian.case.formula import parse
from melian.case.model import Conflict, Option, Preference
from melian.conflict.building import classes, graph, model, state_number
from melian.conflict.coalitions.stability import coalition_stability
from melian.conflict.hypergame import hypergame
from melian.conflict.inverse.fewest import fewest
from melian.conflict.inverse.rankings import rankings
from melian.conflict.model import Graph, GraphModel
from melian.conflict.result import Concept
from melian.conflict.stability import Solver, stability
from melian.conflict.symbolic.model import symbolic_model
from melian.problems import UsageError

MASKS = st.lists(st.lists(st.booleans(), min_size=16, max_size=16), max_size=4)


@given(MASKS, st.lists(st.booleans(), min_size=16, max_size=16))
def test_formulas_with_a_state_in_common_make_one_state(met, feasible):
    members = [{s for s in range(16) if mask[s] and feasible[s]} for mask in met]
    lowest = list(range(16))
    for state in range(16):
        reached, todo = {state}, [state]
        while todo:
            here = todo.pop()
            for each in members:
                if here in each and not each <= reached:
                    todo += each - reached
                    reached |= each
        lowest[state] = min(reached)
    found = classes([np.array(mask) for mask in met], np.array(feasible))
    if lowest == list(range(16)):
        assert found is None
    else:
        assert found.tolist() == lowest


def conflict(**more):
    options = {
        "fight": Option("fight", ("us",), ""),
        "leave": Option("leave", ("us",), ""),
        "chase": Option("chase", ("them",), ""),
    }
    return Conflict(options=MappingProxyType(options), **more)


def test_they_are_numbered_and_named_by_the_lowest_of_them():
    built = graph(conflict(indistinguishable=(parse("leave"),), infeasible=(parse("not chase"),)))
    assert built.decimals.tolist() == [0b100, 0b101, 0b110]
    assert state_number(built, ["chase", "leave", "fight"]) == 3
    assert state_number(built, ["leave", "chase"]) == 3
    assert state_number(built, ["leave"]) is None


def test_they_have_the_rank_of_the_lowest_and_ranks_leave_no_gaps():
    preferences = {"us": (Preference(parse("fight")), Preference(parse("chase")))}
    built = model(
        conflict(indistinguishable=(parse("leave"),), preferences=MappingProxyType(preferences))
    )
    assert built.ranks[built.graph.actors.index("us")].tolist() == [1, 3, 1, 1, 2, 4, 1, 1]


def test_elmira_has_nine_states_when_nothing_matters_once_the_company_has_left():
    whole = published.ELMIRA.model()
    left = np.array([s >> 3 & 1 == 1 for s in range(32)])
    one = replace(whole.graph, classes=classes([left], whole.graph.feasible))
    result = stability(GraphModel(one, whole.ranks))
    assert len(result.decimals) == 9
    for concept in Concept:
        found = {result.letters(n + 1) for n in np.flatnonzero(result.equilibria(concept))}
        listed = published.ELMIRA.equilibria[concept].split()
        assert found == {s for s in listed if s[3] == "N"} | {"NNNYN"}


@pytest.mark.parametrize(("way", "stable"), [(-1, False), (0, True)])
def test_nobody_moves_twice_in_a_row_through_a_state_of_several(way, stable):
    """States 3 and 5 count as one. From 1, they reach 7, where we suffer, by way of 3 alias 5.

    That takes two moves, and answers nothing, as long as they cannot take the third option.
    """
    feasible = np.isin(np.arange(8), [0, 1, 3, 5, 7])
    one = np.array([0, 1, 2, 3, 4, 3, 6, 7])
    on = Graph(("we", "they"), ("go", "first", "second"), (1, 6), feasible, (0, 0, way), one)
    ranks = np.zeros((2, 8), dtype=np.int32)
    ranks[:, [0, 1, 3, 5, 7]] = [[2, 3, 3, 3, 1], [1, 1, 1, 1, 1]]
    found = stability(GraphModel(on, ranks), [Concept.GMR, Concept.SMR]).stable
    assert [bool(found[c][0, 0]) for c in (Concept.GMR, Concept.SMR)] == [stable, stable]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(Concept))
def test_equilibria_alone_are_those_of_the_whole_answer(seed, concept):
    rnd = Random(seed)
    built = with_classes(rnd, random_model(rnd, 3, 5, rnd.choice([0.0, 0.2])))
    solver, ranks = Solver(built.graph), tuple(built.ranks)
    whole = solver.stability(ranks, [concept]).equilibria(concept)
    assert solver.equilibria(ranks, concept).tolist() == whole.tolist()
    nash = solver.stability(ranks, [Concept.NASH]).stable[Concept.NASH]
    for actor, row in enumerate(nash):
        assert solver.nash(actor, ranks[actor]).tolist() == row.tolist()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_classes_of_one_state_each_change_nothing(seed):
    rnd = Random(seed)
    plain = random_model(rnd, 3, 5, rnd.choice([0.0, 0.2]))
    apart = replace(plain.graph, classes=np.arange(32))
    first, second = stability(plain), stability(GraphModel(apart, plain.ranks))
    for concept in Concept:
        assert (first.stable[concept] == second.stable[concept]).all(), concept


def test_what_takes_states_one_by_one_says_so():
    given = conflict(indistinguishable=(parse("leave"),), status_quo=("fight",))
    built = model(given)
    for run in (
        lambda: fewest(built.graph, {}, [1], Concept.NASH),
        lambda: rankings(built, 1, {"us": None}),
        lambda: coalition_stability(built, [("us", "them")], [Concept.NASH]),
        lambda: hypergame(given),
        lambda: symbolic_model(given),
    ):
        with pytest.raises(UsageError, match=r"one by one, .* Leave out indistinguishable"):
            run()


def test_classes_that_do_not_fit_the_graph_are_refused():
    with pytest.raises(UsageError, match="one entry per decimal"):
        Graph(("a",), ("x",), (1,), np.ones(2, dtype=bool), (0,), np.zeros(3, dtype=np.int32))
