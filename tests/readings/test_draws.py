"""Samples of outcomes: what is drawn, what is counted, and how often the intervals are right.

Counts are compared with every draw spelt out and solved by the oracle of other tests, intervals
with the exact shares of all readings, doubts and orders.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import comb, isclose, sqrt
from random import Random
from statistics import NormalDist

import numpy as np
import pytest
from test_outcomes import ACTORS, classical, feasible_states, kleene, nash
from test_uncertain_outcomes import NOBODY, one_actor, spelt_out, uncertain_case, want

from melian.case.formula import Atom, Or
from melian.conflict.result import Concept
from melian.problems import TooLarge, UsageError
from melian.readings.choices import Choice, Side
from melian.readings.draws import drawing as draws
from melian.readings.draws import rankings, tallies
from melian.readings.draws.drawing import draw
from melian.readings.draws.form import draws_form
from melian.readings.draws.intervals import Estimate
from melian.readings.draws.sampling import drawn
from melian.readings.marks import Above, Held
from melian.readings.outcomes import outcomes
from melian.readings.profiles import TooMany

NASH = [Concept.NASH]


# Intervals


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
@pytest.mark.parametrize(("count", "of"), [(0, 1), (1, 1), (0, 50), (3, 50), (25, 50), (50, 50)])
def test_the_ends_of_an_interval_are_the_shares_that_the_count_just_speaks_against(
    count, of, confidence
):
    """At either end, the count is z standard deviations from what is expected there."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    found = Estimate(count, of, confidence)
    assert 0 <= found.low <= found.share <= found.high <= 1
    for end in (found.low, found.high):
        if 0 < end < 1:
            away = abs(count - of * end) / sqrt(of * end * (1 - end))
            assert isclose(away, z, rel_tol=1e-9)
    assert (found.low == 0) == (count == 0)
    assert (found.high == 1) == (count == of)


def holds(count, of, share):
    found = Estimate(count, of)
    return found.low <= share <= found.high


def coverage(of, share):
    """How often the interval holds the share, exactly, when so many are drawn."""
    p = float(share)
    return sum(
        comb(of, k) * p**k * (1 - p) ** (of - k) for k in range(of + 1) if holds(k, of, share)
    )


def likely_counts(trials, p, alarm=1e-9):
    """The counts of a binomial between which all but a tiny share of it lies."""
    masses = [comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(trials + 1)]
    low = next(k for k in range(trials + 1) if sum(masses[: k + 1]) > alarm)
    high = next(k for k in range(trials, -1, -1) if sum(masses[k:]) > alarm)
    return low, high


@pytest.mark.parametrize("seed", [0, 7])
def test_intervals_hold_the_exact_share_about_as_often_as_they_say(seed):
    """Over 300 samples of 60 draws each; the alarm is false once in a hundred million runs."""
    case, audit = uncertain_case(seed)
    truth, samples, of = spelt_out(case, audit), 300, 60
    found = [draw(case, audit, NASH, draws=of, seed=s) for s in range(samples)]
    looked_at = 0
    for number, state in enumerate(feasible_states(case.conflict), start=1):
        share = sum((c for stable, c in truth.items() if state in stable), Fraction(0))
        if not Fraction(1, 10) < share < Fraction(9, 10):
            continue
        looked_at += 1
        nominal = coverage(of, share)
        assert 0.92 < nominal < 0.98
        low, high = likely_counts(samples, nominal)
        right = sum(holds(int(d.stable[Concept.NASH][number - 1]), of, share) for d in found)
        assert low <= right <= high
    assert looked_at


# What is drawn


def choices_of(*weights):
    return [
        Choice("a", 0, tuple(Side(frozenset({f"{c}-{i}"}), frozenset(), w)
                             for i, w in enumerate(each)))
        for c, each in enumerate(weights)
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1, 4, 5, 9])
def test_a_draw_depends_on_the_seed_and_its_number_alone(width):
    choices = choices_of(*([(1, 2, 3)] * width))
    whole = drawn(choices, 11, 0, 50)
    for first, last in pairwise([0, 1, 2, 7, 30, 50]):
        assert np.array_equal(drawn(choices, 11, first, last - first), whole[first:last])
    assert not np.array_equal(drawn(choices, 12, 0, 50), whole)
    assert len(np.unique(whole, axis=0)) > 1


@pytest.mark.parametrize("seed", range(20))
def test_a_fork_comes_down_on_the_same_side_whatever_other_forks_there_are(seed):
    """Some of them, in any order, take the sides that they take among all.

    Forks that are called the same are told apart by their order, so those are left out here.
    """
    case, audit = uncertain_case(seed)
    every = draw(case, audit, NASH, draws=1).choices
    called = Counter((choice.actor, str(choice.marks[0])) for choice in every)
    choices = [c for c in every if called[c.actor, str(c.marks[0])] == 1]
    whole, rng = drawn(choices, seed, 0, 40), Random(seed)
    some = rng.sample(range(len(choices)), k=rng.randint(0, len(choices)))
    assert np.array_equal(drawn([choices[p] for p in some], seed, 0, 40), whole[:, some])


def test_forks_that_are_called_the_same_are_drawn_independently():
    """Four wishes for x, each held or not: all sixteen ways come up."""
    case = one_actor(*(want("x", probability=Fraction(n, 8)) for n in (3, 4, 4, 5)))
    choices = draw(case, NOBODY, NASH, draws=1).choices
    assert len(np.unique(drawn(choices, 0, 0, 500), axis=0)) == 16


def test_numbers_beyond_64_bits_are_drawn_as_well():
    choices = choices_of((1, 1), (3, 7))
    assert drawn(choices, 2**100, 2**70, 3).shape == (3, 2)
    assert drawn([], 1, 0, 3).shape == (3, 0)


def test_sides_come_up_as_often_as_they_weigh():
    """Each count is within six standard deviations of what is expected."""
    weights, number = [(1, 1), (7, 3), (1, 2, 3, 4), (10**30, 3 * 10**30)], 40_000
    sides = drawn(choices_of(*weights), 5, 0, number)
    for column, each in enumerate(weights):
        for side, weight in enumerate(each):
            p = weight / sum(each)
            count = int((sides[:, column] == side).sum())
            assert abs(count - number * p) < 6 * sqrt(number * p * (1 - p))


def test_choices_are_drawn_independently():
    sides, number = drawn(choices_of((1, 1), (1, 1), (1, 1)), 9, 0, 40_000), 40_000
    for one, other in [(0, 1), (0, 2), (1, 2)]:
        both = int((sides[:, one] & sides[:, other]).sum())
        assert abs(both - number / 4) < 6 * sqrt(number * 3 / 16)


# What is counted


def wishes(case, audit, actor, sides):
    """What an actor prefers when it comes down on these sides, most important first."""
    preferences, fact = case.conflict.preferences[actor], case.facts[Atom("fact")].value
    dropped = set().union(*(side.drops for side in sides))
    literals = {
        (c.claim.atom.name, c.claim.positive)
        for c in audit.actors[actor].commitments
        if c.id not in dropped and all(g.positive == fact for g in c.conditions)
    }
    places = list(range(len(preferences)))
    for side in sides:
        pairs = [m for m in side.keeps | side.drops if isinstance(m, Above)]
        group = {mark.place for pair in pairs for mark in (pair.upper, pair.lower)}
        beats = {
            place: sum(
                (m in side.keeps and m.upper.place == place)
                or (m in side.drops and m.lower.place == place)
                for m in pairs
            )
            for place in group
        }
        for slot, place in zip(sorted(group), sorted(group, key=lambda p: -beats[p]), strict=True):
            places[slot] = place
    given_up = {mark.place for mark in dropped if isinstance(mark, Held)}
    return [
        preferences[p].prefer
        for p in places
        if p not in given_up
        and (preferences[p].because is None or kleene(preferences[p].because, literals) is True)
    ]


@pytest.mark.parametrize("seed", range(25))
def test_counts_are_those_of_every_draw_solved_by_itself(seed):
    case, audit = uncertain_case(seed)
    target = Or((Atom("a-0"), Atom("b-1")))
    case = replace(case, conflict=replace(case.conflict, target=target))
    number = 150
    found = draw(case, audit, NASH, draws=number, seed=seed)
    states = feasible_states(case.conflict)
    counts, sure, out = np.zeros(len(states), int), np.zeros(4, int), np.zeros(4, int)
    possible = assured = 0
    for row in drawn(found.choices, seed, 0, number):
        taken = [c.sides[i] for c, i in zip(found.choices, row, strict=True)]
        wanted = {
            actor: wishes(
                case,
                audit,
                actor,
                [s for c, s in zip(found.choices, taken, strict=True) if c.actor == actor],
            )
            for actor in ACTORS
        }
        stable = nash(case.conflict, wanted)
        counts += [state in stable for state in states]
        for bit, option in enumerate(case.conflict.options):
            sure[bit] += bool(stable) and all(option in state for state in stable)
            out[bit] += bool(stable) and all(option not in state for state in stable)
        met = [classical(target, state) for state in stable]
        possible += any(met)
        assured += bool(met) and all(met)
    assert found.stable[Concept.NASH].tolist() == counts.tolist()
    assert (found.sure.tolist(), found.ruled_out.tolist()) == (sure.tolist(), out.tolist())
    assert (found.possible, found.assured) == (possible, assured)


def equal(one, other):
    return draws_form(one) == draws_form(other)


@pytest.mark.parametrize(("at_once", "tasks"), [(1, 1), (7, 3), (64, 1000)])
def test_chunks_make_no_difference(at_once, tasks, monkeypatch):
    case, audit = uncertain_case(4)
    whole = draw(case, audit, draws=100, seed=2)
    monkeypatch.setattr(rankings, "_AT_ONCE", at_once)
    monkeypatch.setattr(tallies, "_PIECES", tasks)
    assert equal(draw(case, audit, draws=100, seed=2), whole)
    assert not equal(draw(case, audit, draws=100, seed=3), whole)


def test_more_draws_begin_with_the_same_draws():
    case, audit = uncertain_case(4)
    few, many = (draw(case, audit, NASH, draws=n, seed=2) for n in (100, 150))
    more = many.stable[Concept.NASH] - few.stable[Concept.NASH]
    assert (more >= 0).all()
    assert (more <= 50).all()


def test_all_five_concepts_agree_with_the_exact_ones_where_nothing_is_open():
    case = one_actor(want("x"), want("y"))
    found, exact = draw(case, NOBODY, draws=5), outcomes(case, NOBODY)
    for concept in Concept:
        assert found.stable[concept].tolist() == [5 * int(x) for x in exact.equilibria[concept][0]]
    assert found.under_all.tolist() == [5 * int(x) for x in exact.under_all[0]]
    assert (found.profiles, found.combinations, found.complete) == (1, 1, False)


def test_rankings_alike_are_one_profile():
    """Whether the second wish is held changes nothing: the first decides."""
    case = one_actor(want("x"), want("x", uncertain=True), options="x")
    assert draw(case, NOBODY, draws=50).profiles == 1


def doubts_of(number):
    return one_actor(*(want("xyz"[n % 3], probability=Fraction(1, 3)) for n in range(number)))


def test_too_many_combinations_are_drawn_from():
    case = doubts_of(17)
    with pytest.raises(TooMany, match=r"131,072 combinations.*Let fewer preferences"):
        outcomes(case, NOBODY)
    found = draw(case, NOBODY, draws=300, seed=1)
    assert (found.combinations, found.draws) == (2**17, 300)
    # x is wanted when one at least of its six wishes is held
    held = 1 - (2 / 3) ** 6
    assert found.estimate(found.sure[0]).share == pytest.approx(held, abs=6 * sqrt(0.08 / 300))


def test_a_million_million_combinations_are_no_obstacle():
    assert draw(doubts_of(60), NOBODY, NASH, draws=20).combinations == 2**60


@pytest.mark.parametrize("number", [0, -5, 1_000_001])
def test_a_number_of_draws_that_makes_no_sense_is_refused(number):
    with pytest.raises(UsageError, match=f"{number:,} draws cannot be made.*from 1 to 1,000,000"):
        draw(doubts_of(3), NOBODY, draws=number)


def test_a_negative_seed_is_refused():
    with pytest.raises(UsageError, match="seed is -1; give 0 or a whole number above"):
        draw(doubts_of(3), NOBODY, seed=-1)


def test_fewer_are_drawn_where_each_takes_longer(monkeypatch):
    """Ten wishes make a profile of almost every draw; three options, few profiles of all."""
    names = "abcdefghij"
    case = one_actor(*(want(name, uncertain=True) for name in names), options=names)
    each = 2**10  # states, of one actor under one concept
    assert draw(case, NOBODY, NASH).draws == draws.USUAL
    found = draw(case, NOBODY, NASH, work=150 * each)
    same = draw(case, NOBODY, NASH, draws=150)
    assert (found.draws, found.profiles) == (150, same.profiles)
    assert np.array_equal(found.stable[Concept.NASH], same.stable[Concept.NASH])
    assert draw(case, NOBODY, NASH, work=1).draws == draws.FEWEST
    few = draw(doubts_of(40), NOBODY, NASH, work=1)
    assert few.draws == draws.USUAL
    assert few.profiles <= draws.FEWEST
    monkeypatch.setattr(draws, "WORK", draws.FEWEST * each)
    assert draw(case, NOBODY, NASH).draws > 0
    with pytest.raises(TooLarge, match="takes 5,120 comparisons, so that not even 20 draws"):
        draw(case, NOBODY)
    assert draw(case, NOBODY, draws=10).draws == 10


def test_a_sample_cannot_be_written_to():
    found = draw(doubts_of(3), NOBODY, draws=10)
    for array in (found.decimals, found.under_all, found.sure, found.ruled_out):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(TypeError, match="does not support item assignment"):
        found.stable[Concept.NASH] = found.under_all
