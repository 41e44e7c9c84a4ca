"""Coalitions together with single actors: equilibria, who upsets which, and by which move."""

from __future__ import annotations

from random import Random

import numpy as np
import published
import pytest
from random_models import random_model
from test_coalitions_brute_force import JointBruteForce

from melian.conflict.coalitions.joint import DEFINED, Coalition
from melian.conflict.coalitions.stability import coalition_stability, every_coalition
from melian.conflict.model import Graph, GraphModel
from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.problems import TooLarge, UsageError


def upset(result, *coalition):
    """The equilibria that a coalition upsets and where it moves, in letters, concept by concept."""
    letters = result.letters
    return {
        u.concept.value: {letters(s): [letters(t) for t in u.moves[s]] for s in u.states}
        for u in result.upsets
        if u.coalition == coalition and u.states
    }


def test_in_elmira_the_ministry_and_the_company_leave_the_standstill_together():
    """The equilibrium jump of Kilgour, Hipel, Fang & Peng (2001): delay becomes acceptance."""
    model = published.ELMIRA.model()
    result = coalition_stability(model, every_coalition(model.graph.actors))
    jump = {"NYNNY": ["YNYNY"]}
    assert upset(result, "ministry", "company") == {c.value: jump for c in DEFINED}
    others = {u.coalition for u in result.upsets if u.states} - {("ministry", "company")}
    assert others == set()
    lasting = {result.letters(n + 1) for n in np.flatnonzero(result.equilibria(Concept.NASH))}
    assert lasting == set(published.ELMIRA.equilibria["nash"].split()) - {"NYNNY"}


def test_prisoners_who_can_agree_leave_the_dilemma():
    result = coalition_stability(published.PRISONERS.model(), [["second", "first"]])
    assert result.coalitions == (("first", "second"),)
    assert upset(result, "first", "second") == {c.value: {"NN": ["YY"]} for c in DEFINED}
    assert not result.equilibria(Concept.NASH).any()
    found = {result.letters(n + 1) for n in np.flatnonzero(result.equilibria(Concept.SEQ))}
    assert found == {"YY"}


def foremost(truth, group, start, ends):
    """Ends that no other beats: pair by pair, then the fewest changed options first."""

    def beats(a, b):
        ranks = [(truth.rank[m][a], truth.rank[m][b]) for m in group]
        return all(x >= y for x, y in ranks) and any(x > y for x, y in ranks)

    kept = [e for e in ends if not any(beats(other, e) for other in ends)]
    return sorted(kept, key=lambda e: ((e ^ start).bit_count(), e))


@pytest.mark.parametrize("seed", range(40))
def test_equilibria_and_upsets_are_those_of_the_definitions(seed):
    rnd = Random(f"upset/{seed}")
    actors = rnd.randint(2, 4)
    model = random_model(rnd, actors, rnd.randint(actors, 4), rnd.choice([0.0, 0.25]))
    truth, names = JointBruteForce(model), model.graph.actors
    sizes = [rnd.randint(2, actors) for _ in range(2)]
    groups = [tuple(sorted(rnd.sample(range(actors), size))) for size in sizes]
    result = coalition_stability(model, [[names[i] for i in group] for group in groups])
    for concept in Concept:
        alone = {s for s in truth.states
                 if all(getattr(truth, concept.value)(i, s) for i in truth.actors)}  # fmt: skip
        for group in groups if concept in DEFINED else ():
            gains = {s: truth.gains_of(concept, group, s) for s in alone}
            told = next(u for u in result.upsets if u.concept is concept
                        and u.coalition == tuple(names[i] for i in group))  # fmt: skip
            expected = {s: foremost(truth, group, s, ends) for s, ends in gains.items() if ends}
            decimals = result.decimals
            moves = {int(decimals[s - 1]): [int(decimals[t - 1]) for t in ts]
                     for s, ts in told.moves.items()}  # fmt: skip
            assert moves == expected
            assert told.states == tuple(sorted(told.moves))
            assert not told.cut
        lasting = {s for s in alone
                   if concept not in DEFINED
                   or not any(truth.gains_of(concept, group, s) for group in groups)}  # fmt: skip
        assert set(result.decimals[result.equilibria(concept)].tolist()) == lasting


def test_one_actor_is_a_coalition_of_one():
    for seed in range(30):
        model = random_model(Random(f"one/{seed}"), 3, 6, 0.2 * (seed % 2))
        alone = stability(model, DEFINED)
        for actor in range(3):
            one = Coalition(model, [actor])
            for concept in DEFINED:
                assert np.array_equal(one.stable(concept)[alone.decimals],
                                      alone.stable[concept][actor])  # fmt: skip


def test_where_all_act_together_only_what_all_prefer_upsets():
    """The grand coalition fears nobody, so all concepts agree with Pareto improvements in reach."""
    for seed in range(20):
        model = random_model(Random(f"all/{seed}"), 3, 5)
        everyone = Coalition(model, range(3))
        nash, *rest = (everyone.stable(concept) for concept in DEFINED)
        assert all(np.array_equal(nash, each) for each in rest)


def test_the_implications_between_concepts_hold_for_coalitions():
    for seed in range(40):
        model = random_model(Random(f"implied/{seed}"), 4, 6)
        pair = Coalition(model, [0, 2])
        nash, gmr, smr, seq = (pair.stable(concept) for concept in DEFINED)
        assert not (nash & ~smr).any()
        assert not (smr & ~gmr).any()
        assert not (nash & ~seq).any()
        assert not (seq & ~gmr).any()


def test_a_coalition_is_two_known_decision_makers_or_more():
    model = published.ELMIRA.model()
    with pytest.raises(UsageError, match=r'"minstry" decides nothing.*Did you mean "ministry"'):
        coalition_stability(model, [["minstry", "town"]])
    with pytest.raises(UsageError, match=r"this is town alone; .* comma between: town,ministry"):
        coalition_stability(model, [["town", "town"]])
    with pytest.raises(UsageError, match="this one has nobody"):
        coalition_stability(model, [[]])


def test_too_many_coalitions_are_refused():
    size = 10
    graph = Graph(tuple(f"a{i}" for i in range(size)), ("o",), (1,) * size, np.ones(2, bool), (0,))
    model = GraphModel(graph, np.ones((size, 2), dtype=np.int32))
    with pytest.raises(TooLarge, match="1,013 coalitions; at most 1,000"):
        coalition_stability(model, every_coalition(graph.actors))


@pytest.mark.parametrize("concept", [Concept.NASH, Concept.SMR])
def test_too_many_comparisons_are_refused_with_what_can_be_done(concept):
    model = random_model(Random("large"), 3, 8)
    with pytest.raises(TooLarge, match=r"actor-0 and actor-1 can gain .* 10 are allowed\. Leave"):
        Coalition(model, [0, 1], limit=10).stable(concept)


def test_the_limit_is_kept_to_before_the_answers_are_weighed():
    """What is stable without a comparison takes none."""
    graph = Graph(("a", "b"), ("o", "p"), (1, 2), np.ones(4, bool), (0, 0))
    model = GraphModel(graph, np.ones((2, 4), dtype=np.int32))
    assert Coalition(model, [0, 1], limit=0).stable(Concept.SMR).all()
