"""Where sequences lead, against a search over explicit lists that remembers who moved last."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np
import published
import pytest
from random_models import random_model, with_classes
from test_stability_brute_force import BruteForce

from melian.conflict.evolution import Moves, Step, evolution, steps_among
from melian.conflict.model import Graph, GraphModel
from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.conflict.sweeps import spreading
from melian.conflict.sweeps.spreading import by_last_mover, distances, fewest
from melian.problems import UsageError


def pairs_searched(truth, start, steps, resting=frozenset()):
    """Give the fewest moves to each state with each last mover."""
    level, count = {(start, None)}, 0
    first = {(start, None): 0}
    while level:
        count += 1
        level = {
            (nxt, j)
            for state, last in level
            if state not in resting
            for j in truth.actors
            if j != last
            for nxt in steps[j][state]
        } - first.keys()
        first |= dict.fromkeys(level, count)
    return first


def searched(truth, start, steps, resting=frozenset()):
    """Give the fewest moves to each state."""
    fewest = {}
    for (state, _), count in pairs_searched(truth, start, steps, resting).items():
        fewest[state] = min(count, fewest.get(state, count))
    return fewest


def shortest_paths(truth, start, end, steps, resting=frozenset()):
    """Give all legal sequences of the fewest moves, by walking on to pairs reached no sooner."""
    first = pairs_searched(truth, start, steps, resting)
    fewest = min((count for (state, _), count in first.items() if state == end), default=-1)
    open_ = [((), start, None)]
    for count in range(1, fewest + 1):
        open_ = [
            ((*path, (j, state, nxt)), nxt, j)
            for path, state, last in open_
            if state not in resting
            for j in truth.actors
            if j != last
            for nxt in steps[j][state]
            if first[nxt, j] == count
        ]
    return [path for path, state, _ in open_ if state == end and fewest >= 0]


def models(count, seed, most_options=5):
    for number in range(count):
        rnd = Random(f"evolution/{seed}/{number}")
        actors = rnd.randint(1, 4)
        shared = rnd.choice([0.0, 0.0, 0.3])
        options = rnd.randint(max(actors, 2), most_options)
        model = random_model(rnd, actors, options, shared)
        yield (with_classes(rnd, model) if number % 4 == 3 else model), rnd


def expected(model, start, moves, resting):
    truth = BruteForce(model)
    steps = truth.gains if moves is Moves.IMPROVEMENTS else truth.moves
    stopped = {truth.states[n] for n in np.flatnonzero(resting)}
    return truth, steps, stopped, searched(truth, truth.states[start - 1], steps, stopped)


@pytest.mark.parametrize("moves", Moves)
@pytest.mark.parametrize("batch", range(4))
def test_distances_are_those_of_a_search_over_lists(moves, batch):
    for model, rnd in models(100, batch):
        states = len(model.graph.decimals)
        start = rnd.randint(1, states)
        resting = np.array([rnd.random() < rnd.choice([0, 0.2]) for _ in range(states)])
        found = evolution(model, start, moves, resting)
        truth, _, _, fewest = expected(model, start, moves, resting)
        assert found.distance.tolist() == [fewest.get(s, -1) for s in truth.states]
        assert sorted(found.reached()) == [n for n, s in enumerate(truth.states, 1) if s in fewest]


@pytest.mark.parametrize("moves", Moves)
def test_paths_are_all_the_shortest_legal_sequences(moves):
    for model, rnd in models(60, "paths", most_options=4):
        states = len(model.graph.decimals)
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
            for t in sorted(lists[i][truth.states[n - 1]])
            if truth.states.index(t) + 1 in some
        ]
        assert list(steps_among(model, some, moves)) == listed


def test_paths__every_step_pays_nobody_moves_twice_and_the_length_is_the_distance():
    looked_at = 0
    for model, rnd in models(60, "steps", most_options=6):
        start = rnd.randint(1, len(model.graph.decimals))
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
        paying = moves is Moves.IMPROVEMENTS
        together = distances(model.graph, ranks, start, resting, paying=paying)
        for row in range(2):
            each = [r[row] for r in ranks]
            alone = distances(model.graph, each, start, resting[row], paying=paying)
            assert (together[row] == alone).all()


@pytest.mark.parametrize("moves", Moves)
def test_lists_and_sweeps_and_last_movers_find_the_same(moves, monkeypatch):
    def by_sweeps(graph, actor, own, fresh, new):
        spreading._mark_swept(graph, actor, own, fresh, new)

    def by_lists(graph, actor, own, fresh, new):
        spreading._mark_listed(graph, actor, own, fresh, new)

    paying = moves is Moves.IMPROVEMENTS
    for model, rnd in models(60, "ways", most_options=6):
        if model.graph.classes is not None:
            continue
        start = rnd.choice(model.graph.decimals.tolist())
        resting = np.array([rnd.random() < 0.1 for _ in model.graph.feasible])
        each = by_last_mover(model.graph, model.ranks, start, resting, paying=paying)
        found = [fewest(each, start).tolist()]
        for way in (by_sweeps, by_lists):
            monkeypatch.setattr(spreading, "_mark", way)
            found.append(
                distances(model.graph, model.ranks, start, resting, paying=paying).tolist()
            )
        assert found[0] == found[1] == found[2]


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


def test_elmira__with_the_nine_states_and_the_moves_of_the_textbook():
    """Once the company has left, nothing else matters (Fang, Hipel & Kilgour 1993, chapter 2)."""
    apart = published.ELMIRA.model()
    left = np.arange(32) & 8 > 0
    lowest = np.where(left, np.flatnonzero(left & apart.graph.feasible)[0], np.arange(32))
    model = GraphModel(replace(apart.graph, classes=lowest), apart.ranks)
    names = {_number(model, s): s for s in published.ELMIRA.states if s[3] == "N"}
    gone = next(n for n in range(1, 10) if n not in names)
    assert len(model.graph.decimals) == 9
    every = steps_among(model, range(1, 10), Moves.ALL)
    counts = Counter((step.actor, step.end == gone) for step in every)
    assert counts == {
        ("ministry", False): 4,
        ("company", False): 4,
        ("company", True): 8,
        ("town", False): 8,
    }
    found = evolution(model, _number(model, "NYNNN"), Moves.ALL)
    assert found.paths(gone, 9) == ((Step("company", found.start, gone),),)
    assert evolution(model, gone, Moves.ALL).reached() == (gone,)


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
