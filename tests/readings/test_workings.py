"""Conflicts that share workings have the outcomes that each has alone."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from test_outcomes import random_case

from melian.readings import workings
from melian.readings.outcomes import outcomes
from melian.readings.workings import Workings


def variants(seed):
    """A case and others like it: preferences in another order, another fact, other states."""
    rng = random.Random(seed)
    case, audit = random_case(seed)
    yield case, audit
    for _ in range(3):
        preferences = dict(case.conflict.preferences)
        actor = rng.choice(sorted(preferences))
        preferences[actor] = tuple(rng.sample(preferences[actor], k=len(preferences[actor])))
        conflict = replace(case.conflict, preferences=preferences)
        yield replace(case, conflict=conflict), audit
    facts = {atom: replace(fact, value=not fact.value) for atom, fact in case.facts.items()}
    yield replace(case, facts=facts), audit
    yield replace(case, conflict=replace(case.conflict, infeasible=())), audit


def assert_alike(found, alone):
    assert found.choices == alone.choices
    assert found.held == alone.held
    np.testing.assert_array_equal(found.decimals, alone.decimals)
    np.testing.assert_array_equal(found.profile, alone.profile)
    for concept, table in alone.equilibria.items():
        np.testing.assert_array_equal(found.equilibria[concept], table)
    for actor, still in alone.still.items():
        np.testing.assert_array_equal(found.still[actor], still)


@pytest.mark.parametrize("kept", [2**28, 0], ids=["all is kept", "nothing is kept for long"])
def test_conflicts_that_share_workings_have_the_outcomes_each_has_alone(kept, monkeypatch):
    monkeypatch.setattr(workings, "_KEPT", kept)
    for seed in range(15):
        shared = Workings()
        for case, audit in variants(seed):
            assert_alike(outcomes(case, audit, workings=shared), outcomes(case, audit))
