"""Every actor, state and concept against a search written straight from the definitions.

Fang, Hipel & Kilgour (1993), chapters 3 and 4: explicit lists of moves, explicit legal sequences
with the last mover remembered, explicit products of simultaneous answers.
"""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest
from random_models import random_model, with_classes

from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.conflict.sweeps import answers, rows, sequential, staircase


class BruteForce:
    """The definitions, state by state."""

    def __init__(self, model):
        graph = model.graph
        self.actors = range(len(graph.actors))
        self.feasible = {s for s in range(len(graph.feasible)) if graph.feasible[s]}
        named = {s: s if graph.classes is None else int(graph.classes[s]) for s in self.feasible}
        self.members = {s: [m for m in named if named[m] == s] for s in set(named.values())}
        self.states = sorted(self.members)
        self.rank = [{s: int(row[named[s]]) for s in self.feasible} for row in model.ranks]
        self.steps = [
            {s: {t for t in self.feasible if t != s and self.can(graph, i, s, t)} for s in named}
            for i in self.actors
        ]
        self.moves = [
            {s: {named[t] for m in self.members[s] for t in each[m]} - {s} for s in self.states}
            for each in self.steps
        ]
        self.gains = [
            {s: [t for t in ts if self.rank[i][t] > self.rank[i][s]] for s, ts in moves.items()}
            for i, moves in enumerate(self.moves)
        ]
        self.ends = {}

    @staticmethod
    def can(graph, i, s, t):
        for bit, way in enumerate(graph.irreversible):
            before, after = s >> bit & 1, t >> bit & 1
            if before == after:
                continue
            if not graph.owned[i] >> bit & 1 or (way and (after - before) != way):
                return False
        return True

    def sequences_end(self, i, start, kind):
        """All states the others can bring about from ``start``, nobody moving twice in a row."""
        if (i, start, kind) not in self.ends:
            steps = getattr(self, kind)
            todo, seen = [(start, i)], {(start, i)}
            while todo:
                state, last = todo.pop()
                for j in self.actors:
                    if j in (i, last):
                        continue
                    for nxt in steps[j][state]:
                        if (nxt, j) not in seen:
                            seen.add((nxt, j))
                            todo.append((nxt, j))
            self.ends[i, start, kind] = {state for state, last in seen if last != i}
        return self.ends[i, start, kind]

    def nash(self, i, s):
        return not self.gains[i][s]

    def gmr(self, i, s):
        return all(
            any(self.rank[i][t] <= self.rank[i][s] for t in self.sequences_end(i, g, "moves"))
            for g in self.gains[i][s]
        )

    def smr(self, i, s):
        return all(
            any(
                all(self.rank[i][u] <= self.rank[i][s] for u in (t, *self.moves[i][t]))
                for t in self.sequences_end(i, g, "moves")
            )
            for g in self.gains[i][s]
        )

    def seq(self, i, s):
        return all(
            any(self.rank[i][t] <= self.rank[i][s] for t in self.sequences_end(i, g, "gains"))
            for g in self.gains[i][s]
        )

    def sim(self, i, s):
        return all(self.answered_at_once(i, m) for m in self.members[s])

    def improvements(self, i, s):
        return [t for t in self.steps[i][s] if self.rank[i][t] > self.rank[i][s]]

    def answered_at_once(self, i, s):
        others = [[s, *self.improvements(j, s)] for j in self.actors if j != i]
        for g in self.improvements(i, s):
            for answer in product(*others):
                changed = s ^ g
                for target in answer:
                    changed |= s ^ target
                end = s ^ changed
                if end in self.feasible and self.rank[i][end] <= self.rank[i][s]:
                    break
            else:
                return False
        return True


def disagreements(model):
    found, truth = stability(model), BruteForce(model)
    assert found.decimals.tolist() == truth.states
    return [
        (concept.value, actor, state)
        for concept in Concept
        for actor in truth.actors
        for place, state in enumerate(truth.states)
        if found.stable[concept][actor, place] != getattr(truth, concept)(actor, state)
    ]


SMALL_BLOCKS = [(answers, "_AT_ONCE"), (staircase, "_AT_ONCE"), (sequential, "_AT_ONCE")]


@pytest.fixture(params=["whole", "blocks"])
def sizes(request, monkeypatch):
    """Do small models as they are done, and as large ones are: block by block, row by row."""
    if request.param == "blocks":
        for module, name in SMALL_BLOCKS:
            monkeypatch.setattr(module, name, 12)
        monkeypatch.setattr(sequential, "_FEW", 0)
        monkeypatch.setattr(rows, "_SPARSE", 2**20)


@pytest.mark.usefixtures("sizes")
@pytest.mark.parametrize("batch", range(16))
@pytest.mark.parametrize("actors", [1, 2, 3, 4])
def test_random_models_agree_everywhere(actors, batch, request):
    for seed in range(20):
        rnd = Random(f"{actors}/{batch}/{seed}/{request.node.callspec.params['sizes']}")
        shared = 0.25 if seed % 4 == 3 else 0.0
        most = 5 if seed % 5 == 0 else 4
        assert disagreements(random_model(rnd, actors, rnd.randint(2, most), shared)) == []


@pytest.mark.usefixtures("sizes")
@pytest.mark.parametrize("batch", range(8))
@pytest.mark.parametrize("actors", [1, 2, 3, 4])
def test_models_in_which_states_count_as_one_agree_everywhere(actors, batch, request):
    for seed in range(16):
        rnd = Random(f"one/{actors}/{batch}/{seed}/{request.node.callspec.params['sizes']}")
        model = random_model(rnd, actors, rnd.randint(2, 4), 0.25 if seed % 4 == 3 else 0.0)
        assert disagreements(with_classes(rnd, model)) == []


@pytest.mark.usefixtures("sizes")
@pytest.mark.parametrize("actors", [2, 3, 4])
def test_larger_models_agree_everywhere(actors):
    for options in (6, 7):
        assert disagreements(random_model(Random(f"larger/{actors}"), actors, options)) == []


def test_the_random_models_have_all_that_a_model_may_have():
    models = [random_model(Random(f"2/0/{s}"), 3, 5, 0.25 * (s % 2)) for s in range(40)]
    assert any(not m.graph.feasible.all() for m in models)
    assert any(any(m.graph.irreversible) for m in models)
    assert any(sum(o.bit_count() for o in m.graph.owned) > 5 for m in models), "shared options"
    assert any(np.bitwise_or.reduce(m.graph.owned) != 31 for m in models), "options of nobody"
    assert any(m.ranks.max() < m.graph.feasible.sum() / 2 for m in models), "many ties"
