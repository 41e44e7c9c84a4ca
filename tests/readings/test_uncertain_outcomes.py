"""Outcomes of uncertain preferences against every reading, every doubt and every order, spelt out.

The oracle lists what each actor may come to prefer, in which order and with which probability, as
exact fractions; it shares nothing with the code under test.
"""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

import pytest
from test_outcomes import (
    ACTORS,
    all_readings,
    classical,
    feasible_states,
    kleene,
    nash,
    random_case,
    random_formula,
)

from melian.audit.result import Audit
from melian.case.formula import And, Atom
from melian.case.model import Case, Conflict, Option, Preference
from melian.conflict.result import Concept
from melian.readings.form import outcomes_form
from melian.readings.levers import reach
from melian.readings.marks import Above, Held
from melian.readings.outcomes import outcomes

CHANCES = [None, Fraction(7, 10), Fraction(1, 3), Fraction(0), Fraction(1)]


def doubtful(rng, preferences):
    """Make some preferences uncertain, and let two or three next to each other be in any order."""
    made = [
        replace(p, probability=rng.choice(CHANCES)) if rng.random() < 0.6 else replace(p)
        for p in preferences
    ]
    made = [replace(p, uncertain=p.probability is None and rng.random() < 0.3) for p in made]
    size, first = rng.choice([0, 2, 3]), rng.randint(0, 1)
    return tuple(
        replace(p, group=int(first <= place < first + size)) for place, p in enumerate(made)
    )


def uncertain_case(seed):
    rng = random.Random(seed)
    case, audit = random_case(seed)
    preferences = {a: doubtful(rng, ps) for a, ps in case.conflict.preferences.items()}
    return replace(case, conflict=replace(case.conflict, preferences=preferences)), audit


def orders(preferences):
    """Every order of the preferences: those of a group change places with each other."""
    group = [place for place, p in enumerate(preferences) if p.group]
    for order in permutations(group):
        places = list(range(len(preferences)))
        for slot, place in zip(group, order, strict=True):
            places[slot] = place
        yield places


def wishes(case, audit, actor):
    """What an actor may prefer, most important first, each list with its exact probability."""
    preferences, fact = case.conflict.preferences[actor], case.facts[Atom("fact")].value
    readings, found = list(all_readings(audit.actors[actor])), Counter()
    ways = list(orders(preferences))
    for kept, flags, places in product(
        readings, product([True, False], repeat=len(preferences)), ways
    ):
        chance = Fraction(1, len(readings) * len(ways))
        for preference, flag in zip(preferences, flags, strict=True):
            half = Fraction(1, 2) if preference.uncertain else Fraction(1)
            held = half if preference.probability is None else preference.probability
            chance *= held if flag else 1 - held
        literals = {
            (c.claim.atom.name, c.claim.positive)
            for c in kept
            if all(g.positive == fact for g in c.conditions)
        }
        wanted = tuple(
            preferences[p].prefer
            for p in places
            if flags[p]
            and (preferences[p].because is None or kleene(preferences[p].because, literals) is True)
        )
        found[wanted] += chance
    return {wanted: chance for wanted, chance in found.items() if chance}


def spelt_out(case, audit):
    """Each set of Nash equilibria that can come about, with its exact probability."""
    each = [wishes(case, audit, actor) for actor in ACTORS]
    solved, found = {}, Counter()
    for lists in product(*each):
        if lists not in solved:
            stable = nash(case.conflict, dict(zip(ACTORS, lists, strict=True)))
            solved[lists] = frozenset(stable)
        found[solved[lists]] += each[0][lists[0]] * each[1][lists[1]]
    assert sum(found.values()) == 1
    return found


def exact(found, mask):
    return Fraction(int(found.weights[mask].sum()), int(found.weights.sum()))


@pytest.mark.parametrize("seed", range(50))
def test_shares_are_those_of_all_readings_doubts_and_orders(seed):
    case, audit = uncertain_case(seed)
    found, truth = outcomes(case, audit, [Concept.NASH]), spelt_out(case, audit)
    for number, state in enumerate(feasible_states(case.conflict), start=1):
        share = sum(chance for stable, chance in truth.items() if state in stable)
        met = found.where(number, Concept.NASH)
        assert exact(found, met) == share
        assert found.share(met) == pytest.approx(float(share))
        assert found.shares(Concept.NASH)[number - 1] == pytest.approx(float(share))


@pytest.mark.parametrize("seed", range(20))
def test_a_target_is_reached_as_likely_as_it_is(seed):
    case, audit = uncertain_case(seed)
    target = random_formula(random.Random(seed), list(case.conflict.options))
    found, truth = reach(outcomes(case, audit), target), spelt_out(case, audit)
    met = {stable: [classical(target, state) for state in stable] for stable in truth}
    possible = sum(chance for stable, chance in truth.items() if any(met[stable]))
    assured = sum(c for stable, c in truth.items() if stable and all(met[stable]))
    assert found.possible == pytest.approx(float(possible))
    assert found.assured == pytest.approx(float(assured))


def is_so(mark, side):
    return mark in side.keeps


@pytest.mark.parametrize("seed", range(20))
def test_what_an_outcome_hangs_on_names_doubts_and_orders(seed):
    case, audit = uncertain_case(seed)
    found = outcomes(case, audit)
    for number in found.stable(Concept.NASH)[:4]:
        met = found.where(number, Concept.NASH)
        cover = found.hangs_on(met).cover
        for combo, holds in zip(found.combos, met, strict=True):
            told = any(
                all(is_so(c.mark, combo[c.choice]) == c.kept for c in each) for each in cover
            )
            assert told == holds


def one_actor(*preferences, options="xyz"):
    named = {o: Option(o, ("a",), o) for o in options}
    return Case("one", conflict=Conflict(named, preferences={"a": preferences}))


NOBODY = Audit((), {}, complete=True)


def want(name, **doubt):
    return Preference(Atom(name), **doubt)


def test_combinations_count_sides_and_not_their_weights():
    case = one_actor(
        want("x", probability=Fraction(999, 1000)),
        want("y", uncertain=True, group=1),
        want("z", group=1),
        want("x", probability=Fraction(1)),
    )
    found = outcomes(case, NOBODY)
    assert (found.combinations, len(found.combos), found.uncertain) == (8, 8, True)
    assert sum(found.weights) == 1000 * 2 * 2


def test_without_doubts_nothing_is_uncertain():
    found = outcomes(one_actor(want("x"), want("y", probability=Fraction(1))), NOBODY)
    assert (found.combinations, found.choices, found.uncertain) == (1, (), False)
    assert "weights" not in outcomes_form(found)


def test_what_is_sure_not_to_be_held_is_not_held():
    found = outcomes(one_actor(want("x", probability=Fraction(0)), options="x"), NOBODY)
    assert (found.combinations, found.uncertain, found.held) == (1, False, ({"a": ()},))
    assert found.stable(Concept.NASH) == (1, 2)


def test_marks_stay_the_same_when_other_preferences_come():
    before = outcomes(one_actor(want("x", uncertain=True), want("y", group=1), want("z", group=1)),
                      NOBODY)  # fmt: skip
    after = outcomes(
        one_actor(want("z"), want("x", uncertain=True), want("y", group=1), want("z", group=1)),
        NOBODY,
    )
    first, order = (choice.marks for choice in before.choices)
    assert [choice.marks for choice in after.choices] == [first, order]
    assert (type(first[0]), type(order[0])) == (Held, Above)
    assert [mark.place for mark in after.choices[0].marks] == [1]


def test_marks_are_the_same_in_another_process():
    """There, hashes are others."""
    (choice,) = outcomes(one_actor(want("x", uncertain=True)), NOBODY).choices
    (mark,) = choice.marks
    code = "import pickle, sys; m = pickle.load(sys.stdin.buffer); print(hash(m), len({m, m}))"
    script = f"{code}; m2 = pickle.loads(pickle.dumps(m)); print(m == m2, hash(m) == hash(m2))"
    told = subprocess.run(
        [sys.executable, "-c", script],
        input=pickle.dumps(mark),
        env={**os.environ, "PYTHONHASHSEED": "12345"},
        capture_output=True,
        check=True,
    ).stdout.split()
    assert int(told[0]) != hash(mark)
    assert told[1:] == [b"1", b"True", b"True"]


def test_the_same_preference_twice_is_two_doubts():
    """Of two statements, each held with probability 1/2, one at least is held in 3/4."""
    found = outcomes(one_actor(want("x", uncertain=True), want("x", uncertain=True), options="x"),
                     NOBODY)  # fmt: skip
    assert found.share(found.where(2, Concept.NASH)) == 1
    assert found.share(found.where(1, Concept.NASH)) == 0.25
    assert len({mark for choice in found.choices for mark in choice.marks}) == 2


def test_the_data_say_what_is_uncertain_and_how_it_is_weighed():
    """The actor may have one of x and y: which, hangs on what it puts first, if it wants x."""
    conflict = one_actor(
        want("x", probability=Fraction(7, 10), group=1), want("y", group=1), options="xy"
    ).conflict
    both = And((Atom("x"), Atom("y")))
    case = Case("one", conflict=replace(conflict, infeasible=(both,)))
    form = outcomes_form(outcomes(case, NOBODY))
    assert "that is a convention" in form["weights"]
    held, order = form["choices"]
    assert held == {
        "actor": "a",
        "component": None,
        "sides": [
            {"prefers": "x", "number": 1, "readings": 1, "share": 0.7},
            {"disregards": "x", "number": 1, "readings": 1, "share": 0.3},
        ],
    }
    assert [side["order"] for side in order["sides"]] == [["x", "y"], ["y", "x"]]
    assert [side["share"] for side in order["sides"]] == [0.5, 0.5]
    assert [(c["readings"], c["share"]) for c in form["combos"]] == [
        (1, 0.35),
        (1, 0.35),
        (1, 0.15),
        (1, 0.15),
    ]
    x, y = (next(o for o in form["outcomes"] if o["taken"] == [name]) for name in "xy")
    assert (x["share"]["nash"], y["share"]["nash"]) == (0.35, 0.65)
    assert x["hangs_on"]["nash"] == [
        [
            {"actor": "a", "prefers": "x", "number": 1},
            {"actor": "a", "puts": "x", "before": "y", "numbers": [1, 2]},
        ]
    ]
    assert {"actor": "a", "puts": "y", "before": "x", "numbers": [2, 1]} in y["hangs_on"]["nash"][1]
