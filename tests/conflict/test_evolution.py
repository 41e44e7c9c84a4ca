"""Where sequences lead, against a search over explicit lists that remembers who moved last."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
import published
import pytest
from random_models import random_model
from test_stability_brute_force import BruteForce

from melian.conflict import evolution as module
from melian.conflict.evolution import Moves, Step, distances, evolution, steps_among
from melian.conflict.model import Graph, GraphModel
from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.problems import UsageError


def searched(truth, start, steps, resting=frozenset()):
    """Give the fewest moves to each decimal; what is remembered is the state and the last mover."""
    level, seen, fewest, count = {(start, None)}, {(start, None)}, {start: 0}, 0
    while level:
        count += 1
        after = {
            (nxt, j)
            for state, last in level
            if state not in resting
            for j in truth.actors
            if j != last
            for nxt in steps[j][state]
        }
        level = after - seen
        seen |= level
        for state, _ in level:
            fewest.setdefault(state, count)
    return fewest


def shortest_paths(truth, start, end, steps, resting=frozenset()):
    """Give all legal sequences of the fewest moves, by walking them all."""
    done, open_ = [], [((), start, None)]
    while open_ and not done:
        longer = [
            ((*path, (j, state, nxt)), nxt, j)
            for path, state, last in open_
            if state not in resting and state not in [s for _, s, _ in path]
            for j in truth.actors
            if j != last
            for nxt in steps[j][state]
        ]
        done = [path for path, state, _ in open_ if state == end]
        open_ = longer
    return done


def models(count, seed, most_options=5):
    for number in range(count):
        rnd = Random(f"evolution/{seed}/{number}")
        actors = rnd.randint(1, 4)
        shared = rnd.choice([0.0, 0.0, 0.3])
        options = rnd.randint(max(actors, 2), most_options)
        yield random_model(rnd, actors, options, shared), rnd


def expected(model, start, moves, resting):
    truth = BruteForce(model)
    steps = truth.gains if moves is Moves.IMPROVEMENTS else truth.moves
    stopped = {truth.states[n] for n in np.flatnonzero(resting)}
    return truth, steps, stopped, searched(truth, truth.states[start - 1], steps, stopped)


@pytest.mark.parametrize("moves", Moves)
@pytest.mark.parametrize("batch", range(4))
def test_distances_are_those_of_a_search_over_lists(moves, batch):
    for model, rnd in models(100, batch):
        states = int(model.graph.feasible.sum())
        start = rnd.randint(1, states)
        resting = np.array([rnd.random() < rnd.choice([0, 0.2]) for _ in range(states)])
        found = evolution(model, start, moves, resting)
        truth, _, _, fewest = expected(model, start, moves, resting)
        assert found.distance.tolist() == [fewest.get(s, -1) for s in truth.states]
        assert sorted(found.reached()) == [n for n, s in enumerate(truth.states, 1) if s in fewest]


@pytest.mark.parametrize("moves", Moves)
def test_paths_are_all_the_shortest_legal_sequences(moves):
    for model, rnd in models(60, "paths", most_options=4):
        states = int(model.graph.feasible.sum())
        start = rnd.randint(1, states)
        resting = np.array([rnd.random() < rnd.choice([0, 0.2]) for _ in range(states)])
        found = evolution(model, start, moves, resting)
        truth, steps, stopped, _ = expected(model, start, moves, resting)
        for number, state in enumerate(truth.states, 1):
            paths = {
                tuple(
                    (
                        model.graph.actors.index(step.actor),
                        truth.states[step.start - 1],
                        truth.states[step.end - 1],
                    )
                    for step in path
                )
                for path in found.paths(number, 10_000)
            }
            first = truth.states[start - 1]
            assert paths == set(shortest_paths(truth, first, state, steps, stopped))


@pytest.mark.parametrize("moves", Moves)
def test_steps_among_a_few_states_are_those_listed(moves):
    for model, rnd in models(60, "among"):
        truth = BruteForce(model)
        lists = truth.gains if moves is Moves.IMPROVEMENTS else truth.moves
        some = rnd.sample(range(1, len(truth.states) + 1), min(7, len(truth.states)))
        listed = [
            Step(actor, n, truth.states.index(t) + 1)
            for i, actor in enumerate(model.graph.actors)
            for n in sorted(some)
            for t in lists[i][truth.states[n - 1]]
            if truth.states.index(t) + 1 in some
        ]
        assert list(steps_among(model, some, moves)) == listed


def test_paths__every_step_pays_nobody_moves_twice_and_the_length_is_the_distance():
    looked_at = 0
    for model, rnd in models(60, "steps", most_options=6):
        start = rnd.randint(1, int(model.graph.feasible.sum()))
        found = evolution(model, start)
        ranks = dict(zip(model.graph.actors, model.ranks, strict=True))
        for number in found.reached():
            for path in found.paths(number, 3):
                looked_at += 1
                assert len(path) == found.distance[number - 1]
                assert all(a.actor != b.actor and a.end == b.start for a, b in pairwise(path))
                for step in path:
                    before, after = (found.decimals[n - 1] for n in (step.start, step.end))
                    assert ranks[step.actor][before] < ranks[step.actor][after]
    assert looked_at > 500


def test_paths__are_cut_at_the_limit():
    model = next(m for m, _ in models(40, "limit", 6) if m.graph.feasible.all())
    found = evolution(model, 1, Moves.ALL)
    far = found.reached()[-1]
    assert found.paths(far, 2) == found.paths(far, 10_000)[:2]
    assert found.paths(1, 5) == ((),)


def test_an_equilibrium_after_nash_is_never_left():
    for model, rnd in models(40, "nash"):
        still = np.flatnonzero(stability(model, [Concept.NASH]).equilibria(Concept.NASH))
        for place in still:
            assert evolution(model, int(place) + 1).reached() == (int(place) + 1,)
        assert rnd


@pytest.mark.parametrize("moves", Moves)
def test_many_rankings_at_once_are_each_as_if_alone(moves):
    for model, rnd in models(40, "batch"):
        other = random_model(rnd, 1, len(model.graph.options))
        ranks = [
            np.stack([own, np.where(model.graph.feasible, other.ranks[0] + 1, 0)])
            for own in model.ranks
        ]
        resting = np.array([[rnd.random() < 0.1 for _ in model.graph.feasible] for _ in range(2)])
        start = int(rnd.choice(model.graph.decimals))
        together = distances(model.graph, ranks, start, moves, resting)
        for row in range(2):
            alone = distances(model.graph, [r[row] for r in ranks], start, moves, resting[row])
            assert (together[row] == alone).all()


@pytest.mark.parametrize("moves", Moves)
def test_lists_and_sweeps_find_the_same(moves, monkeypatch):
    def by_sweeps(graph, actor, own, fresh, new):
        module._mark_swept(graph, actor, own, fresh, new)

    def by_lists(graph, actor, own, fresh, new):
        module._mark_listed(graph, graph.owned[actor], own, fresh, new)

    for model, rnd in models(60, "ways", most_options=6):
        start = rnd.randint(1, int(model.graph.feasible.sum()))
        found = []
        for way in (by_sweeps, by_lists):
            monkeypatch.setattr(module, "_mark", way)
            found.append(evolution(model, start, moves).distance.tolist())
        assert found[0] == found[1]


def test_elmira__the_town_insists_and_only_moves_at_a_loss_lead_on():
    """So the literature has it: Kilgour, Hipel, Fang & Peng (2001) need a coalition to go on."""
    model = published.ELMIRA.model()
    delay, insisted, agreed = (_number(model, s) for s in ("NYNNN", "NYNNY", "YNYNY"))
    paying = evolution(model, delay)
    assert paying.reached() == (delay, insisted)
    assert paying.paths(insisted, 9) == ((Step("town", delay, insisted),),)
    anyhow = evolution(model, delay, Moves.ALL)
    assert anyhow.distance[agreed - 1] == 3
    assert {path[-1].actor for path in anyhow.paths(agreed, 9)} == {"ministry", "company", "town"}


def _number(model, letters):
    return int(np.searchsorted(model.graph.decimals, published.decimal(letters))) + 1


def test_a_long_chain_of_improvements_is_followed_to_its_end():
    """Two actors climb by turns: each can better itself only just after the other has moved."""
    size = 7
    options = 2 * size
    chain = [0]
    for count in range(2 * ((1 << size) - 1)):
        half = (count // 2 + 1) << (size * (count % 2))
        chain.append((chain[-1] & ~(((1 << size) - 1) << (size * (count % 2)))) | half)
    feasible = np.zeros(1 << options, dtype=bool)
    feasible[chain] = True
    ranks = np.zeros((2, 1 << options), dtype=np.int32)
    ranks[:, chain] = np.arange(1, len(chain) + 1)
    owned = ((1 << size) - 1, ((1 << size) - 1) << size)
    names = tuple(f"o{n}" for n in range(options))
    model = GraphModel(Graph(("one", "other"), names, owned, feasible, (0,) * options), ranks)
    found = evolution(model, 1)
    last = int(np.searchsorted(found.decimals, chain[-1])) + 1
    assert found.distance[last - 1] == len(chain) - 1
    (path,) = found.paths(last, 2)
    assert [step.actor for step in path[:4]] == ["one", "other", "one", "other"]


def test_an_unknown_state_is_told():
    with pytest.raises(UsageError, match=r"There is no state 9; states are numbered 1 to 4\."):
        evolution(published.PRISONERS.model(), 9)
