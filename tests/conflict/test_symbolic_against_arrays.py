"""The search by solver finds what the sweeps over all states find, on random conflicts.

The two engines share no code below the case. The sweeps are themselves held against brute force in
``test_stability_brute_force.py``.
"""

from __future__ import annotations

from random import Random

import pytest
from random_conflicts import random_conflict, random_formula

from melian.case.formula import truth
from melian.conflict.building import model
from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.conflict.symbolic.critic import Critic
from melian.conflict.symbolic.finding import equilibria, number
from melian.conflict.symbolic.model import symbolic_model
from melian.conflict.symbolic.work import PRICE, STEPS
from melian.effort import Work

FEW = 12  # equilibria up to which all of them are looked for


def _sizes(rnd):
    """Two to four actors; up to 12 options, mostly fewer."""
    actors = rnd.randint(2, 4)
    return actors, min(rnd.randint(actors, 12), rnd.randint(actors, 12))


def _conflict(seed):
    rnd = Random(seed)
    conflict = random_conflict(rnd, *_sizes(rnd))
    where = random_formula(rnd, list(conflict.options)) if rnd.random() < 0.7 else None
    return rnd, conflict, where


def _holds(where, options, decimal):
    if where is None:
        return True
    return truth(where, lambda atom: bool(decimal >> options.index(str(atom)) & 1))


@pytest.mark.parametrize("block", range(10))
def test_the_same_equilibria_and_the_same_stability_actor_by_actor(block):
    for seed in range(32 * block, 32 * (block + 1)):
        rnd, conflict, where = _conflict(seed)
        expected, symbolic = stability(model(conflict)), symbolic_model(conflict)
        decimals = [int(d) for d in expected.decimals]
        for concept in Concept:
            among = (d for d, e in zip(decimals, expected.equilibria(concept), strict=True) if e)
            wanted = [d for d in among if _holds(where, expected.options, d)]
            limit = None if concept is Concept.NASH or len(wanted) <= FEW else FEW
            found = equilibria(symbolic, concept, where, limit)
            if limit is None:
                assert (seed, concept, list(found.decimals)) == (seed, concept, wanted)
                assert found.complete
                if seed % 4 == 0:
                    counted = number(symbolic, concept, where)
                    assert (seed, concept, counted.count) == (seed, concept, len(wanted))
                    assert counted.complete
                    assert counted.decimals == ()
            else:
                assert set(found.decimals) <= set(wanted), (seed, concept)
                assert (len(found.decimals), found.ended) == (FEW, "limit"), (seed, concept)
            for actor in range(len(expected.actors)):
                critic = Critic(symbolic, actor, concept, Work(STEPS, PRICE))
                for place in rnd.sample(range(len(decimals)), min(5, len(decimals))):
                    stable = critic.objection(decimals[place]) is None
                    told = seed, concept, actor, decimals[place], stable
                    assert told == (*told[:-1], bool(expected.stable[concept][actor, place]))
