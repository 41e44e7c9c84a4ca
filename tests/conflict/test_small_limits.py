"""What the conflict engine does at its limits, with limits small enough to meet."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from random_models import random_model
from test_coalitions_brute_force import JointBruteForce

from melian.case.formula import Atom, Not
from melian.conflict.coalitions import stability as coalitions
from melian.conflict.coalitions.form import coalition_form
from melian.conflict.coalitions.stability import coalition_stability, every_coalition
from melian.conflict.inverse import sheets, temptations
from melian.conflict.inverse.fewest import fewest
from melian.conflict.model import Graph, GraphModel
from melian.conflict.result import Concept
from melian.problems import TooLarge


def apart(options):
    """Two actors who can do nothing alone and share out something together in many ways."""
    half = options // 2
    ranks = np.ones((2, 1 << options), dtype=np.int32)
    for decimal in range(1 << options):
        first, second = decimal & (1 << half) - 1, decimal >> half
        if first and second:
            ranks[:, decimal] = 2 + np.array([first + 20 * second, 99 * 2**half - first - second])
    owned = ((1 << half) - 1, (1 << options) - (1 << half))
    names = tuple(f"o{n}" for n in range(options))
    every = np.ones(1 << options, dtype=np.bool_)
    return GraphModel(Graph(("ann", "bob"), names, owned, every, (0,) * options), ranks)


def beaten(ranks, end, ends):
    return any(
        all(r[e] >= r[end] for r in ranks) and any(r[e] > r[end] for r in ranks) for e in ends
    )


@pytest.mark.parametrize("most", [1, 5, 49])
def test_of_many_joint_moves_the_first_are_told_and_that_there_are_more(monkeypatch, most):
    monkeypatch.setattr(coalitions, "MOST_ENDS", most)
    model = apart(6)
    gains = JointBruteForce(model).gains_of(Concept.NASH, (0, 1), 0)
    front = [end for end in gains if not beaten(model.ranks, end, gains)]
    result = coalition_stability(model, [["ann", "bob"]], (Concept.NASH,))
    (upset,) = result.upsets
    told = [int(result.decimals[n - 1]) for n in upset.moves[1]]
    assert set(told) <= set(front)
    assert len(told) == min(most, len(front))
    assert (1 in upset.cut) is (len(front) > most)
    assert told == sorted(told, key=lambda end: (end.bit_count(), end))
    sums = sorted((int(model.ranks[:, end].sum()) for end in front), reverse=True)
    assert sorted((int(model.ranks[:, e].sum()) for e in told), reverse=True) == sums[: len(told)]
    (data,) = coalition_form(result)["upsets"]
    assert data["more_moves_from"] == sorted(upset.cut)


@pytest.mark.parametrize("told", [0, 1, 2])
def test_moves_are_told_for_the_first_equilibria_and_all_are_counted(told):
    met = 0
    for seed in range(40):
        model = random_model(Random(f"told/{seed}"), 2, 4, 0.0)
        every = coalition_stability(model, [model.graph.actors])
        some = coalition_stability(model, [model.graph.actors], told=told)
        for whole, part in zip(every.upsets, some.upsets, strict=True):
            assert part.states == whole.states
            assert part.moves == {s: whole.moves[s] for s in whole.states[:told]}
            met += len(whole.states) > told
    assert met


def test_too_many_coalitions_are_refused_before_any_is_looked_at(monkeypatch):
    model = random_model(Random(1), 4, 4, 0.0)
    groups = list(every_coalition(model.graph.actors))
    monkeypatch.setattr(coalitions, "MOST_COALITIONS", len(groups))
    assert coalition_stability(model, groups * 2, (Concept.NASH,)).coalitions == tuple(groups)
    monkeypatch.setattr(coalitions, "MOST_COALITIONS", len(groups) - 1)
    with pytest.raises(TooLarge, match="11 coalitions; at most 10"):
        coalition_stability(model, groups, (Concept.NASH,))


def test_too_many_statements_or_moves_are_refused_by_inverse_analysis(monkeypatch):
    graph = random_model(Random(2), 2, 3, 0.0).graph
    a, b, _ = map(Atom, graph.options)
    actor, other = graph.actors
    lists = {actor: [a, Not(b)], other: [b]}
    monkeypatch.setattr(sheets, "MOST_STATEMENTS", 2)
    assert fewest(graph, lists, [1], Concept.NASH).complete
    with pytest.raises(TooLarge, match="One actor has 3 preference statements"):
        fewest(graph, lists, [1], Concept.NASH, offered={actor: [b, a]})
    monkeypatch.setattr(sheets, "MOST_STATEMENTS", 1)
    assert fewest(graph, lists, [1], Concept.NASH, free=[other]).complete, "others stay as they are"
    every = int(graph.feasible.sum()) * sum((1 << own.bit_count()) - 1 for own in graph.owned)
    monkeypatch.setattr(sheets, "MOST_STATEMENTS", 9)
    monkeypatch.setattr(temptations, "MOST_MOVES", every)
    assert fewest(graph, lists, [1], Concept.NASH).complete
    monkeypatch.setattr(temptations, "MOST_MOVES", every - 1)
    with pytest.raises(TooLarge, match=f"about {every} moves"):
        fewest(graph, lists, [1], Concept.NASH)
