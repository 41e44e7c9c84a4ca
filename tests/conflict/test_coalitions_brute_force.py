"""Every coalition, state and concept against a search written straight from the definitions.

Inohara & Hipel (2008): explicit legal sequences of the members, with the last mover remembered;
each joint improvement; each answer of the others; each counter of the coalition.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from random import Random

import numpy as np
import pytest
from random_models import random_model
from test_stability_brute_force import BruteForce

from melian.conflict.coalitions.joint import DEFINED, Coalition
from melian.conflict.result import Concept


class JointBruteForce(BruteForce):
    """The definitions for coalitions, state by state."""

    def __init__(self, model):
        super().__init__(model)
        self.joint_ends = cache(self._joint_ends)

    def _joint_ends(self, group, start, improving):
        """All states that a group can bring about, nobody moving twice in a row; not staying."""
        steps = self.gains if improving else self.moves
        todo, seen = [(start, None)], set()
        while todo:
            state, last = todo.pop()
            for j in group:
                if j == last:
                    continue
                for nxt in steps[j][state]:
                    if (nxt, j) not in seen:
                        seen.add((nxt, j))
                        todo.append((nxt, j))
        return {state for state, _ in seen}

    def better(self, group, t, s):
        return all(self.rank[m][t] > self.rank[m][s] for m in group)

    def joint_improvements(self, group, s):
        return {t for t in self.joint_ends(group, s, False) if self.better(group, t, s)}

    def answered(self, concept, group, s, t):
        others = tuple(j for j in self.actors if j not in group)
        improving = concept is Concept.SEQ
        answers = self.joint_ends(others, t, improving) if concept is not Concept.NASH else ()
        for answer in answers:
            if self.better(group, answer, s):
                continue
            counters = self.joint_ends(group, answer, False) if concept is Concept.SMR else ()
            if not any(self.better(group, counter, s) for counter in counters):
                return True
        return False

    def gains_of(self, concept, group, s):
        found = self.joint_improvements(group, s)
        return {t for t in found if not self.answered(concept, group, s, t)}


def groups_of(actors, least):
    return [g for size in range(least, actors + 1) for g in combinations(range(actors), size)]


def disagreements(model, least=1):
    truth, found = JointBruteForce(model), []
    decimals = np.array(truth.states)
    for group in groups_of(len(model.ranks), least):
        coalition = Coalition(model, group)
        for concept in DEFINED:
            stable = coalition.stable(concept)
            assert not stable[~model.graph.feasible].any()
            targets = coalition.targets(concept, decimals)
            for state, ends in zip(truth.states, targets, strict=True):
                gains = truth.gains_of(concept, group, state)
                if gains != set(ends.tolist()) or bool(gains) == bool(stable[state]):
                    found.append((group, concept.value, state))
    return found


@pytest.mark.parametrize("batch", range(10))
@pytest.mark.parametrize(("actors", "models"), [(2, 24), (3, 22), (4, 8)])
def test_random_models_agree_everywhere(actors, models, batch):
    for seed in range(models):
        rnd = Random(f"joint/{actors}/{batch}/{seed}")
        shared = 0.25 if seed % 4 == 3 else 0.0
        options = rnd.randint(actors, 4) if seed else 5
        assert disagreements(random_model(rnd, actors, options, shared)) == []


@pytest.mark.parametrize("actors", [2, 3])
def test_more_than_64_states_in_a_row_agree_everywhere(actors):
    """A coalition of seven options compares each state with 127 others, in two blocks."""
    assert disagreements(random_model(Random(f"seven/{actors}"), actors, 7), least=2) == []
