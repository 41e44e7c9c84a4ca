"""The fewest changes of preferences, against every list that there can be."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest
from inverse_referee import CONCEPTS, Game, Referee, random_formula, random_game, true

from melian.case.formula import And, Atom, Iff, Not, Or
from melian.conflict.inverse.fewest import fewest
from melian.conflict.model import Graph
from melian.conflict.result import Concept


def graph_of(game):
    decimals = [sum(1 << game.options.index(o) for o in s) for s in game.states]
    feasible = np.zeros(1 << len(game.options), dtype=bool)
    feasible[decimals] = True
    return Graph(
        actors=tuple(f"actor-{i}" for i in range(len(game.owners))),
        options=game.options,
        owned=tuple(sum(1 << game.options.index(o) for o in own) for own in game.owners),
        feasible=feasible,
        irreversible=tuple(game.ways[o] for o in game.options),
    )


def answered(game, concept, numbers, offered=None, free=None):
    graph = graph_of(game)
    named = dict(zip(graph.actors, game.lists, strict=True))
    more = dict(zip(graph.actors, offered, strict=True)) if offered else None
    chosen = None if free is None else [graph.actors[i] for i in free]
    found = fewest(graph, named, numbers, Concept(concept), free=chosen, offered=more, limit=10_000)
    assert found.complete
    return found


def profiles(game, found, each):
    """Every profile of lists that an answer stands for."""
    if each.cost == 0:
        return {game.lists}
    given = [
        chosen
        for change in each.changes
        for chosen in product(*(lists_of(found, change, *own) for own in enumerate(game.lists)))
    ]
    assert len(given) == len(set(given)), "each profile is told once"
    assert len(given) == sum(change.count for change in each.changes)
    return set(given)


def lists_of(found, change, number, own):
    actor = f"actor-{number}"
    if actor not in change.actors:
        return [own]
    orders = change.actors[actor].orders
    return [tuple(found.statements[actor][item] for item in order) for order in orders]


@pytest.mark.parametrize("batch", range(12))
@pytest.mark.parametrize("actors", [1, 2, 3])
def test_moves_are_as_few_as_can_be_and_all_of_them_are_found(actors, batch):
    for seed in range(7):
        rnd = Random(f"moves/{actors}/{batch}/{seed}")
        game = random_game(rnd, actors, rnd.choice([3, 3, 4]), {1: 4, 2: 4, 3: 3}[actors])
        referee = Referee(game)
        numbers = rnd.sample(range(1, len(game.states) + 1), min(2, len(game.states)))
        for concept in CONCEPTS:
            found = answered(game, concept, numbers)
            for number, each in ((each.state, each) for each in found.fewest):
                cost, every = referee.fewest(concept, game.states[number - 1])
                assert (each.cost, each.never) == (cost, cost is None), (seed, concept, number)
                assert each.every
                if not each.never:
                    assert profiles(game, found, each) == every


def test_an_improvement_may_become_none_where_a_further_countermove_stays_one():
    """Under SMR nothing holds the actor down here, and yet one order keeps it from moving."""
    a, b, c, d = map(Atom, "abcd")
    own = (b, Iff(a, d), And((d, Not(a))), c)
    states = ("a", "b", "c", "bc", "abc", "d", "ad", "abd", "cd", "acd", "abcd")
    game = Game(
        options=("a", "b", "c", "d"),
        owners=(frozenset("acd"), frozenset("b")),
        ways=dict.fromkeys("abcd", 0),
        states=tuple(map(frozenset, states)),
        lists=(own, (Or((Not(b), c)), Or((Not(d), c)), Not(c), Or((Not(a), Not(c))))),
    )
    cost, every = Referee(game).fewest("smr", game.states[4])
    found = answered(game, "smr", [5])
    (each,) = found.fewest
    assert each.cost == cost == 1
    assert profiles(game, found, each) == every
    assert all(order.index(c) < order.index(own[1]) for order, _ in every)


@pytest.mark.parametrize("batch", range(8))
def test_with_additions_too(batch):
    for seed in range(5):
        rnd = Random(f"additions/{batch}/{seed}")
        game = random_game(rnd, 2, 3, 2)
        offered = [tuple(random_formula(rnd, game.options) for _ in range(2)) for _ in range(2)]
        numbers = rnd.sample(range(1, len(game.states) + 1), min(2, len(game.states)))
        unlike = [useful(game, own, new) for own, new in zip(game.lists, offered, strict=True)]
        referee, larger = Referee(game, unlike), Referee(game, offered)
        for concept in CONCEPTS:
            found = answered(game, concept, numbers, offered)
            for number, each in ((each.state, each) for each in found.fewest):
                state = game.states[number - 1]
                cost, every = referee.fewest(concept, state)
                assert each.cost == cost == larger.fewest(concept, state)[0]
                assert each.never or profiles(game, found, each) == every


def useful(game, own, offered):
    """Those offered that tell states apart, and do so otherwise than any before them."""

    def met(formula):
        return tuple(true(formula, s) for s in game.states)

    seen, kept = {met(f) for f in own}, []
    for formula in offered:
        if met(formula) not in seen and len(set(met(formula))) > 1:
            seen.add(met(formula))
            kept.append(formula)
    return kept


@pytest.mark.parametrize("batch", range(2))
def test_where_the_work_runs_out_the_bounds_hold(batch):
    met = set()
    for seed in range(10):
        rnd = Random(f"bounds/{batch}/{seed}")
        game = random_game(rnd, 2, 4, 4)
        referee, number = Referee(game), rnd.randrange(len(game.states)) + 1
        for concept, steps in product(CONCEPTS, range(15, 120, 15)):
            found = cut_short(game, concept, number, steps)
            (each,), (cost, _) = found.fewest, referee.fewest(concept, game.states[number - 1])
            assert each.never <= (cost is None)
            assert cost is None or each.least <= cost
            if each.most is not None:
                assert cost <= each.most
                assert each.complete is (each.least == each.most)
                for lists in profiles(game, found, each) if each.most else ():
                    assert referee.holds(lists, concept, game.states[number - 1])
                met.add(each.complete)
            assert each.most is not None or not each.changes
    assert met == {True, False}


def cut_short(game, concept, number, steps):
    graph = graph_of(game)
    named = dict(zip(graph.actors, game.lists, strict=True))
    return fewest(graph, named, [number], Concept(concept), steps=steps)


@pytest.mark.parametrize("batch", range(6))
def test_only_those_who_are_free_change_their_lists(batch):
    for seed in range(6):
        rnd = Random(f"free/{batch}/{seed}")
        game = random_game(rnd, 3, 3, 3)
        free = rnd.sample(range(3), rnd.choice([1, 1, 2]))
        referee = Referee(game, free=free)
        numbers = rnd.sample(range(1, len(game.states) + 1), min(2, len(game.states)))
        for concept in CONCEPTS:
            found = answered(game, concept, numbers, free=free)
            for number, each in ((each.state, each) for each in found.fewest):
                cost, every = referee.fewest(concept, game.states[number - 1])
                assert (each.cost, each.never) == (cost, cost is None)
                assert each.never or profiles(game, found, each) == every
