"""What must hold of every graph model, whatever it is a model of."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_models import random_model

from melian.conflict.model import Graph, GraphModel
from melian.conflict.result import Concept
from melian.conflict.stability import Solver, stability
from melian.problems import TooLarge

ENOUGH = settings(max_examples=60, deadline=None)


@st.composite
def models(draw, most_options=8):
    rnd = Random(draw(st.integers(0, 2**32)))
    actors = draw(st.integers(1, 4))
    options = draw(st.integers(actors, most_options))
    return random_model(rnd, actors, options, draw(st.sampled_from([0.0, 0.0, 0.2])))


@ENOUGH
@given(models())
def test_weaker_concepts_hold_where_stronger_do(model):
    stable = stability(model).stable
    for strong, weak in [
        *((Concept.NASH, weak) for weak in Concept),
        (Concept.SMR, Concept.GMR),
        (Concept.SEQ, Concept.GMR),
    ]:
        assert not (stable[strong] & ~stable[weak]).any(), (strong, weak)


def _relabelled(model, actors, options):
    """The same conflict with its actors and options in another order."""
    graph = model.graph
    decimals = np.arange(len(graph.feasible))
    moved = sum((decimals >> old & 1) << new for new, old in enumerate(options))
    feasible = np.empty_like(graph.feasible)
    feasible[moved] = graph.feasible
    ranks = np.empty_like(model.ranks)
    ranks[:, moved] = model.ranks[list(actors)]
    owned = [sum((graph.owned[a] >> o & 1) << n for n, o in enumerate(options)) for a in actors]
    other = Graph(
        actors=tuple(graph.actors[a] for a in actors),
        options=tuple(graph.options[o] for o in options),
        owned=tuple(owned),
        feasible=feasible,
        irreversible=tuple(graph.irreversible[o] for o in options),
    )
    return GraphModel(other, ranks), moved


@ENOUGH
@given(models(), st.randoms(use_true_random=False))
def test_order_of_actors_and_options_is_of_no_account(model, rnd):
    actors = rnd.sample(range(len(model.graph.actors)), len(model.graph.actors))
    options = rnd.sample(range(len(model.graph.options)), len(model.graph.options))
    other, moved = _relabelled(model, actors, options)
    first, second = stability(model), stability(other)
    places = np.searchsorted(second.decimals, moved[first.decimals])
    for concept in Concept:
        expected = first.stable[concept][actors]
        assert (second.stable[concept][:, places] == expected).all(), concept


@ENOUGH
@given(models(most_options=7), st.integers(0, 1), st.integers(0, 2**32))
def test_an_option_nobody_takes_changes_nothing(model, setting, seed):
    """An option that everybody always takes, or leaves, only adds a letter to each state."""
    graph, bit = model.graph, len(model.graph.options)
    shut = np.zeros_like(graph.feasible)
    feasible = np.concatenate([shut, graph.feasible] if setting else [graph.feasible, shut])
    zeros = np.zeros_like(model.ranks)
    ranks = np.concatenate([zeros, model.ranks] if setting else [model.ranks, zeros], axis=1)
    owner = seed % len(graph.actors)
    owned = tuple(o | (1 << bit if i == owner else 0) for i, o in enumerate(graph.owned))
    wider = Graph(graph.actors, (*graph.options, "idle"), owned, feasible, (*graph.irreversible, 0))
    first, second = stability(model), stability(GraphModel(wider, ranks))
    for concept in Concept:
        assert (first.stable[concept] == second.stable[concept]).all(), concept


@ENOUGH
@given(models(), st.integers(0, 3), st.integers(0, 2**32))
def test_a_solver_remembers_without_mixing_up(model, which, seed):
    """One solver over several profiles answers as a new one does for each."""
    which %= len(model.graph.actors)
    rnd = np.random.default_rng(seed)
    changed = model.ranks.copy()
    feasible = np.flatnonzero(model.graph.feasible)
    changed[which, feasible] = rnd.permutation(len(feasible)) + 1
    solver = Solver(model.graph)
    for ranks in (model.ranks, changed, model.ranks):
        kept, fresh = solver.stability(ranks), stability(GraphModel(model.graph, ranks))
        for concept in Concept:
            assert (kept.stable[concept] == fresh.stable[concept]).all(), concept


@ENOUGH
@given(models(), st.sampled_from(Concept))
def test_equilibria_alone_are_those_of_the_whole_answer(model, concept):
    solver, ranks = Solver(model.graph), tuple(model.ranks)
    whole = solver.stability(ranks, [concept]).equilibria(concept)
    assert solver.equilibria(ranks, concept).tolist() == whole.tolist()
    for actor, row in enumerate(solver.stability(ranks, [Concept.NASH]).stable[Concept.NASH]):
        assert solver.nash(actor, ranks[actor]).tolist() == row.tolist()


def test_sim_does_not_imply_gmr_where_answers_pass_through_what_cannot_be():
    """From NYY, a's move is answered by b and c at once; one after the other they cannot."""
    feasible = np.isin(np.arange(8), [0b001, 0b010, 0b100, 0b110, 0b111])
    graph = Graph(("a", "b", "c"), ("a", "b", "c"), (1, 2, 4), feasible, (0, 0, 0))
    ranks = np.zeros((3, 8), dtype=np.int32)
    ranks[:, feasible] = [[1, 2, 3, 1, 3], [1, 2, 4, 2, 3], [3, 3, 1, 2, 1]]
    result = stability(GraphModel(graph, ranks))
    state = result.decimals.tolist().index(0b110)
    assert result.stable[Concept.SIM][0, state]
    assert not result.stable[Concept.GMR][0, state]


def test_answers_cannot_be_written_to():
    result = stability(random_model(Random(1), 2, 4))
    for array in (result.decimals, *result.stable.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[..., 0] = 1
    with pytest.raises(TypeError, match="does not support item assignment"):
        result.stable[Concept.NASH] = result.stable[Concept.GMR]


def test_only_the_concepts_asked_for_are_solved():
    model = random_model(Random(1), 2, 4)
    assert list(stability(model, [Concept.SEQ]).stable) == [Concept.SEQ]


def test_no_decision_makers_leave_every_state_stable():
    graph = Graph((), ("a",), (), np.array([True, True]), (0,))
    result = stability(GraphModel(graph, np.zeros((0, 2), dtype=np.int32)))
    assert all(result.equilibria(concept).all() for concept in Concept)


def test_sim_of_options_with_several_owners_that_would_not_fit_says_so_and_what_to_do():
    options = tuple(f"o{i}" for i in range(18))
    graph = Graph(tuple("abcdefghi"), options, tuple(3 << 2 * i for i in range(9)),
                  np.ones(1 << 18, dtype=bool), (0,) * 18)  # fmt: skip
    several = Graph(graph.actors, options, (7, *graph.owned[1:]), graph.feasible, (0,) * 18)
    ranks = np.ones((9, 1 << 18), dtype=np.int32)
    with pytest.raises(TooLarge, match=r"Leave sim out of the concepts: then it takes 0\.0 GB"):
        stability(GraphModel(several, ranks), [Concept.NASH, Concept.SIM], limit=2**29)
    assert stability(GraphModel(graph, ranks), [Concept.SIM], limit=2**29).stable[Concept.SIM].all()
