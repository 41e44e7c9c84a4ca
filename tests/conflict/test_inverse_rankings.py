"""Counts over all rankings, against each ranking solved from the definitions."""

from __future__ import annotations

import json
from itertools import permutations, product
from pathlib import Path
from random import Random

import numpy as np
import published
import pytest
from inverse_referee import CONCEPTS, Solved, common, random_game

from melian.case.formula import And, Atom, Not
from melian.conflict.inverse import rankings as module
from melian.conflict.inverse.fewest import fewest
from melian.conflict.inverse.rankings import rankings
from melian.conflict.model import Graph, GraphModel
from melian.conflict.result import Concept
from melian.problems import TooLarge, UsageError

SHARED = Path(__file__).parents[3] / "shared" / "anchors" / "conflict" / "expected"


def random_groups(rnd, states):
    """The states in a random order, some of them tied, best first."""
    order, groups = rnd.sample(range(len(states)), len(states)), []
    for number in order:
        if groups and (rnd.random() < 0.3 or len(groups) == 5):
            groups[-1].append(states[number])
        else:
            groups.append([states[number]])
    return groups


def model_of(game, groups):
    decimals = {s: sum(1 << game.options.index(o) for o in s) for s in game.states}
    size = 1 << len(game.options)
    feasible = np.zeros(size, dtype=bool)
    feasible[list(decimals.values())] = True
    ranks = np.zeros((len(groups), size), dtype=np.int32)
    for row, own in enumerate(groups):
        for place, group in enumerate(own):
            ranks[row, [decimals[s] for s in group]] = len(own) - place
    graph = Graph(
        actors=tuple(f"actor-{i}" for i in range(len(game.owners))),
        options=game.options,
        owned=tuple(sum(1 << game.options.index(o) for o in own) for own in game.owners),
        feasible=feasible,
        irreversible=tuple(game.ways[o] for o in game.options),
    )
    return GraphModel(graph, ranks)


def every_profile(groups, spans):
    """Every profile of orders of places, with how many places are moved."""
    each = []
    for own, (first, last) in zip(groups, spans, strict=True):
        here = list(range(len(own)))
        orders = permutations(here[first - 1 : last])
        each.append([(*here[: first - 1], *middle, *here[last:]) for middle in orders])
    for chosen in product(*each):
        moved = sum(len(o) - common(o, list(range(len(o)))) for o in chosen)
        yield chosen, moved


def truth(game, groups, spans, state):
    counts = dict.fromkeys(CONCEPTS, 0)
    nearest = {concept: (None, set()) for concept in CONCEPTS}
    for chosen, moved in every_profile(groups, spans):
        ranks = [
            {s: len(order) - n for n, place in enumerate(order) for s in own[place]}
            for own, order in zip(groups, chosen, strict=True)
        ]
        solved = Solved(game, ranks)
        for concept in CONCEPTS:
            if solved.holds(concept, state):
                counts[concept] += 1
                cost, found = nearest[concept]
                if cost is None or moved < cost:
                    nearest[concept] = moved, {chosen}
                elif moved == cost:
                    found.add(chosen)
    return counts, nearest


def profiles(result, near):
    if near.cost == 0:
        return {tuple(tuple(range(len(own))) for own in result.ranking.values())}
    return {
        chosen
        for change in near.changes
        for chosen in product(
            *(
                change.actors[actor].orders if actor in change.actors else [range(len(own))]
                for actor, own in result.ranking.items()
            )
        )
    }


@pytest.mark.parametrize("batch", range(20))
def test_every_ranking_is_counted_and_the_nearest_are_found(batch):
    for seed in range(8):
        rnd = Random(f"rankings/{batch}/{seed}")
        game = random_game(rnd, rnd.choice([2, 2, 3]), 3, 1)
        actors = range(len(game.owners))
        groups = [random_groups(rnd, game.states) for _ in actors]
        model = model_of(game, groups)
        varied = rnd.sample(actors, rnd.choice([1, 1, 2]))
        spans = [(1, 0) for _ in actors]
        for actor in varied:
            most = 5 if len(varied) == 1 else 3
            first = rnd.randint(1, len(groups[actor]))
            spans[actor] = first, min(len(groups[actor]), first + most - 1)
        number = rnd.randint(1, len(game.states))
        named = {f"actor-{i}": spans[i] for i in varied}
        result = rankings(model, number, named, limit=10_000)
        counts, nearest = truth(game, groups, spans, game.states[number - 1])
        assert {c.value: n for c, n in result.counts.items()} == counts
        assert result.total == len(list(every_profile(groups, spans)))
        for concept, near in result.nearest.items():
            cost, every = nearest[concept]
            assert near.cost == cost
            assert near.every
            if cost is not None:
                found = {tuple(map(tuple, one)) for one in profiles(result, near)}
                assert found == every


def test_the_last_places_in_bulk_and_the_first_one_by_one_count_alike(monkeypatch):
    model = published.CUBA.model()
    whole = rankings(model, 7, {"us": (2, 8)})
    monkeypatch.setattr("melian.conflict.inverse.blocks._AT_ONCE", 3)
    pieces = rankings(model, 7, {"us": (2, 8)})
    assert whole.total == pieces.total == 5040
    assert whole.counts == pieces.counts
    assert {c: n.cost for c, n in whole.nearest.items()} == {
        c: n.cost for c, n in pieces.nearest.items()
    }


def test_of_all_rankings_by_syria_384_make_the_second_state_sequentially_stable():
    result = rankings(published.EUPHRATES.model(), 2, {"syria": None})
    assert result.total == 720
    assert result.counts[Concept.SEQ] == 384
    assert result.counts[Concept.NASH] == 240, "where the second of three tied moves is best"
    near = result.nearest[Concept.SEQ]
    assert near.cost == 1
    assert near.every


@pytest.mark.parametrize("concept", Concept)
def test_the_nearest_ranking_costs_what_the_fewest_statements_do(concept):
    """A ranking is a list of statements, to be in one of the states of a place."""
    conflict = published.EUPHRATES
    model, names = conflict.model(), list(conflict.options)
    lists = {
        actor: [And(tuple(sign(o, y) for o, y in zip(names, s, strict=True))) for s in ranking]
        for actor, ranking in conflict.rankings.items()
    }
    for actor in conflict.rankings:
        found = fewest(model.graph, lists, range(1, 7), concept, free=[actor], limit=1_000)
        for each in found.fewest:
            near = rankings(model, each.state, {actor: None}, [concept], 1_000).nearest[concept]
            assert near.cost == each.cost
            assert near.every
            assert each.every
            orders = [
                {order for change in some for order in change.actors[actor].orders}
                for some in (near.changes, each.changes)
            ]
            assert orders[0] == orders[1]


def sign(option, letter):
    return Atom(option) if letter == "Y" else Not(Atom(option))


def test_shared_files_say_the_same():
    if not SHARED.is_dir():
        pytest.skip(f"no answers to compare with: {SHARED} is not there")
    payoffs = [
        maker["payoffs"]
        for maker in json.loads((SHARED / "SyriaIraq.json").read_text())["decisionMakers"]
    ]
    model = published.EUPHRATES.model()
    assert model.ranks[:, model.graph.decimals].tolist() == payoffs


def test_too_many_are_refused_in_words(monkeypatch):
    model = published.CUBA.model()
    with pytest.raises(TooLarge, match=r"479,001,600 rankings.*--places, such as 1-6"):
        rankings(model, 1, {"us": None})
    monkeypatch.setattr(module, "MOST_WORK", 2**10)
    with pytest.raises(TooLarge, match="There are 24 rankings"):
        rankings(model, 1, {"us": (1, 4)})


@pytest.mark.parametrize(
    ("varied", "said"),
    [
        ({"uss": None}, 'Did you mean "us'),
        ({"us": (0, 4)}, "places 0 to 4. Give two of 1 to 12, such as 1-12"),
        ({"us": (5, 13)}, "places 5 to 13"),
        ({"us": (5, 4)}, "places 5 to 4"),
    ],
)
def test_what_is_not_there_is_said(varied, said):
    with pytest.raises(UsageError) as caught:
        rankings(published.CUBA.model(), 1, varied)
    assert said in str(caught.value)
