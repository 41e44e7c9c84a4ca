"""Hypergames against the definitions: each actor's own game solved by brute force, then compared.

The games are written here from the case's formulas, state by state; only the conflicts are shared
with what is tested.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from random import Random
from types import MappingProxyType, SimpleNamespace

import numpy as np
import pytest
from test_coalitions_brute_force import JointBruteForce

from melian.case.formula import And, Atom, Iff, Implies, Not, Or, truth
from melian.case.model import Conflict, Option, Preference
from melian.conflict.coalitions.joint import DEFINED
from melian.conflict.hypergame import hypergame
from melian.conflict.result import Concept


def random_formula(rnd, names, depth=2):
    if not depth or rnd.random() < 0.3:
        atom = Atom(rnd.choice(names))
        return atom if rnd.random() < 0.6 else Not(atom)
    kind = rnd.choice([And, Or, Implies, Iff])
    left, right = (random_formula(rnd, names, depth - 1) for _ in range(2))
    return kind((left, right)) if kind in (And, Or) else kind(left, right)


def random_conflict(rnd, actors):
    names = [f"o{b}" for b in range(rnd.randint(actors, 4))]
    who = [f"a{i}" for i in range(actors)]
    options = {}
    for place, name in enumerate(names):
        owner = who[place] if place < actors else rnd.choice(who)
        owners = [owner, rnd.choice(who)] if rnd.random() < 0.15 else [owner]
        options[name] = Option(name, tuple(dict.fromkeys(owners)), name)

    def preferences(most):
        return tuple(Preference(random_formula(rnd, names)) for _ in range(rnd.randint(1, most)))

    return Conflict(
        options=MappingProxyType(options),
        infeasible=tuple(random_formula(rnd, names, 1) for _ in range(rnd.choice([0, 0, 1]))),
        irreversible=MappingProxyType(
            {n: rnd.choice(["forward", "backward"]) for n in names if rnd.random() < 0.15}
        ),
        status_quo=tuple(n for n in names if rnd.random() < 0.5),
        preferences=MappingProxyType({a: preferences(5) for a in who}),
        beliefs=MappingProxyType(
            {
                a: MappingProxyType(
                    {b: preferences(4) for b in who if b != a and rnd.random() < 0.6}
                )
                for a in who
                if rnd.random() < 0.8
            }
        ),
        unseen=MappingProxyType(
            {a: (random_formula(rnd, names, 2),) for a in who if rnd.random() < 0.25}
        ),
    )


def holds(formula, names, state):
    return truth(formula, lambda atom: bool(state >> names.index(atom.name) & 1))


def brute(conflict, hidden, preferences):
    """A game by brute force: states that can be and are not hidden, ranked lexicographically."""
    names, who = list(conflict.options), conflict.actors
    impossible = (*conflict.infeasible, *hidden)
    feasible = [
        not any(holds(f, names, state) for f in impossible) for state in range(1 << len(names))
    ]
    ranks = np.zeros((len(who), len(feasible)), dtype=int)
    for row, actor in enumerate(who):
        words = {
            s: tuple(holds(p.prefer, names, s) for p in preferences(actor))
            for s, can in enumerate(feasible)
            if can
        }
        order = sorted(set(words.values()))
        for state, word in words.items():
            ranks[row, state] = order.index(word) + 1
    way = {"forward": 1, "backward": -1}
    owned = [
        sum(1 << b for b, o in enumerate(conflict.options.values()) if actor in o.owners)
        for actor in who
    ]
    irreversible = [way.get(conflict.irreversible.get(name), 0) for name in names]
    graph = SimpleNamespace(
        actors=who, feasible=feasible, owned=owned, irreversible=irreversible, classes=None
    )
    return JointBruteForce(SimpleNamespace(graph=graph, ranks=ranks))


class BruteHypergame:
    """Everyone's own game, and the true one."""

    def __init__(self, conflict):
        own = dict(conflict.preferences)
        self.who = conflict.actors
        self.true = brute(conflict, (), own.__getitem__)
        self.games = [
            brute(
                conflict,
                conflict.unseen.get(i, ()),
                {j: conflict.beliefs.get(i, {}).get(j, own[j]) if j != i else own[j]
                 for j in self.who}.__getitem__,
            )
            for i in self.who
        ]  # fmt: skip
        self.stable = cache(self._stable)

    def _stable(self, i, concept, j, s):
        """Whether a state is stable for j in the game of i; never where i does not see it."""
        game = self.games[i]
        return s in game.feasible and getattr(game, concept.value)(j, s)

    def expects(self, i, concept, s):
        return all(self.stable(i, concept, j, s) for j in range(len(self.who)))

    def holds(self, concept, s):
        return all(self.stable(i, concept, i, s) for i in range(len(self.who)))

    def in_truth(self, concept, s):
        return all(getattr(self.true, concept.value)(j, s) for j in range(len(self.who)))

    def hidden(self, concept, s):
        sees = [s in game.feasible for game in self.games]
        calm = all(self.stable(i, concept, i, s) for i, seen in enumerate(sees) if seen)
        return any(sees) and not all(sees) and calm

    def goes(self, i, concept, j, s):
        """The best of what j gains, undeterred, in the game of i."""
        game = self.games[i]
        ends = game.gains_of(concept, (j,), s) if s in game.feasible else ()
        top = max((game.rank[j][t] for t in ends), default=0)
        best = [t for t in ends if game.rank[j][t] == top]
        return sorted(best, key=lambda t: ((t ^ s).bit_count(), t))


def numbers(found, mask):
    return set(found.decimals[mask].tolist())


@pytest.mark.parametrize("batch", range(12))
@pytest.mark.parametrize(("actors", "models"), [(2, 18), (3, 10), (4, 3)])
def test_random_hypergames_agree_everywhere(actors, models, batch):
    for seed in range(models):
        rnd = Random(f"hypergame/{actors}/{batch}/{seed}")
        conflict = random_conflict(rnd, actors)
        truth_ = BruteHypergame(conflict)
        if not truth_.true.states:
            continue
        found = hypergame(conflict)
        assert found.decimals.tolist() == truth_.true.states
        for concept in Concept:
            check(found, truth_, concept)
            check_prospects(found, truth_, concept)


def check(found, truth_, concept):
    states, who = truth_.true.states, range(len(truth_.who))

    def where(met):
        return {s for s in states if met(s)}

    lasting = where(lambda s: truth_.holds(concept, s))
    in_truth = where(lambda s: truth_.in_truth(concept, s))
    assert numbers(found, found.holds(concept)) == lasting
    assert numbers(found, found.truth.equilibria(concept)) == in_truth
    assert numbers(found, found.by_error(concept)) == lasting - in_truth
    assert numbers(found, found.lost(concept)) == in_truth - lasting
    assert numbers(found, found.hidden(concept)) == where(lambda s: truth_.hidden(concept, s))
    for i, view in zip(who, found.views, strict=True):
        expected = where(lambda s: truth_.expects(i, concept, s))  # noqa: B023
        assert numbers(found, view.sees) == truth_.games[i].feasible
        assert numbers(found, view.expects(concept)) == expected
        assert numbers(found, found.imagined(view, concept)) == expected - lasting
        assert numbers(found, found.surprises(view, concept)) == lasting - expected


def check_prospects(found, truth_, concept):
    who = range(len(truth_.who))
    told = found.prospects[concept]
    imagined = {
        found.decimals.tolist().index(s) + 1
        for s in truth_.true.states
        if any(truth_.expects(i, concept, s) for i in who) and not truth_.holds(concept, s)
    }
    assert set(told) == imagined | ({found.status_quo} - {None})
    for number, i, j in product(told, who, who):
        state = int(found.decimals[number - 1])
        prospect = told[number][truth_.who[i]][j]
        assert prospect.actor == truth_.who[j]
        assert prospect.stays is truth_.stable(i, concept, j, state)
        to = [int(found.decimals[n - 1]) for n in prospect.to]
        assert to == (truth_.goes(i, concept, j, state) if concept in DEFINED else [])


def test_the_random_hypergames_have_all_that_one_may_have():
    conflicts = [random_conflict(Random(f"hypergame/3/0/{s}"), 3) for s in range(10)]
    found = [hypergame(c, [Concept.SEQ]) for c in conflicts if BruteHypergame(c).true.states]
    assert any(view.mistaken for game in found for view in game.views)
    assert any(not view.sees.all() for game in found for view in game.views)
    assert any(game.by_error(Concept.SEQ).any() for game in found)
    assert any(game.lost(Concept.SEQ).any() for game in found)
    assert any(game.hidden(Concept.SEQ).any() for game in found)
