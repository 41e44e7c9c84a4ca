"""Published conflicts, and those of the sibling folder with every answer per decision maker."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import published
import pytest

from melian.conflict.model import Graph, GraphModel
from melian.conflict.result import Concept
from melian.conflict.stability import stability

SHARED = Path(__file__).parents[3] / "shared" / "anchors" / "conflict" / "expected"


@pytest.mark.parametrize("conflict", published.ALL, ids=lambda c: c.name)
@pytest.mark.parametrize("concept", Concept)
def test_published_equilibria(conflict, concept):
    result = stability(conflict.model(), [concept])
    found = {result.letters(n + 1) for n in np.flatnonzero(result.equilibria(concept))}
    assert found == set(conflict.equilibria[concept].split()), conflict.citation


@pytest.mark.parametrize("conflict", published.ALL, ids=lambda c: c.name)
def test_states_are_numbered_by_decimal_with_the_first_option_lowest(conflict):
    result = stability(conflict.model(), [Concept.NASH])
    assert [result.letters(n + 1) for n in range(len(result.decimals))] == conflict.states


@pytest.mark.parametrize("name", ["Prisoners", "Elmira", "Cuban", "SyriaIraq"])
def test_shared_answers_for_every_decision_maker(name):
    if not SHARED.is_dir():
        pytest.skip(f"no answers to compare with: {SHARED} is not there")
    truth = json.loads((SHARED / f"{name}.json").read_text())
    result = stability(_model(truth))
    for concept in Concept:
        key = "Nash" if concept is Concept.NASH else concept.upper()
        equilibria = np.flatnonzero(result.equilibria(concept)) + 1
        assert equilibria.tolist() == truth["textbook_equilibria"][key]
        each = {
            actor: (np.flatnonzero(row) + 1).tolist()
            for actor, row in zip(result.actors, result.stable[concept], strict=True)
        }
        assert each == truth["textbook_stable"][key]


def _model(truth):
    makers, states = truth["decisionMakers"], [s["decimal"] for s in truth["states"]]
    size = 1 << len(truth["options"])
    feasible = np.zeros(size, dtype=bool)
    feasible[states] = True
    ranks = np.zeros((len(makers), size), dtype=np.int32)
    for row, maker in enumerate(makers):
        ranks[row, states] = maker["payoffs"]
    ways = {"both": 0, "fwd": 1, "back": -1}
    graph = Graph(
        actors=tuple(m["name"] for m in makers),
        options=tuple(o["name"] for o in truth["options"]),
        owned=tuple(sum(1 << o for o in m["options"]) for m in makers),
        feasible=feasible,
        irreversible=tuple(ways[o["permittedDirection"]] for o in truth["options"]),
    )
    return GraphModel(graph, ranks)
