"""The search among levers in a sample of the combinations of readings.

Shares are compared with the exact ones, which the oracle of another test finds from the
definitions, and counts with those of samples that are drawn of one case at a time.
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from math import log

import pytest
from test_levers_exhaustive import Oracle, random_case
from test_uncertain_outcomes import NOBODY, one_actor, want

from melian.audit import audit
from melian.case.formula import Atom, Not, Or
from melian.case.model import Lever, Option, Preference, PreferenceChange
from melian.conflict.result import Concept
from melian.problems import TooLarge, UsageError
from melian.readings.draws.drawing import draw
from melian.readings.levers import pull
from melian.readings.levers.drawing import search_draws
from melian.readings.levers.drawn_form import drawn_search_form
from melian.readings.levers.form import search_form
from melian.readings.levers.search import search

CONCEPTS = (Concept.NASH, Concept.NASH, Concept.SEQ, Concept.GMR)
DRAWS = 400


def likely(count, of, share):
    """Tell whether a count is one that a share makes likely; a false alarm is one in 10^9.

    After Chernoff: a count comes about, or one further off, with a probability of at most
    exp(-n D), where D is the divergence of the share found from the share that there is.
    """
    found, p = count / of, float(share)
    if p in (0, 1):
        return found == p
    parts = ((found, p), (1 - found, 1 - p))
    return of * sum(f * log(f / q) for f, q in parts if f) < log(2e9)


def counts(one):
    return one.possible.count, one.assured.count


@pytest.mark.parametrize("batch", range(4))
def test_shares_agree_with_the_exact_ones_on_random_cases(batch):
    for seed in range(batch * 12, batch * 12 + 12):
        concept = CONCEPTS[seed % 4]
        case = random_case(seed, levers=2 + seed % 2, doubts=seed % 2 == 0)
        truth, target = Oracle(case, concept), case.conflict.target
        found = search_draws(case, audit(case), target, concept, draws=DRAWS, seed=seed)
        assert found.searched == {
            n: sum(len(ids) == n for ids in truth.sets) for n in range(len(truth.levers) + 1)
        }
        assert [one.ids for one in found.alone] == [(lever.id,) for lever in truth.levers]
        for one in (found.baseline, *found.alone, *found.sets):
            for count, share in zip(counts(one), truth.shares(one.ids), strict=True):
                assert likely(count, DRAWS, share), (seed, one.ids)
        if found.baseline.holds_in("assured") < 1:
            for ids in (ids for ids in truth.sets if truth.shares(ids)[1] == 1):
                assert any(set(one.ids) <= set(ids) for one in found.sufficient)
        still = {one.ids[0] for one in found.still}
        assert (
            set(found.idle)
            <= still
            == {one.ids[0] for one in found.alone if counts(one) == counts(found.baseline)}
        )


@pytest.mark.parametrize("seed", range(16))
def test_each_lever_is_looked_at_as_its_case_is_by_itself(seed):
    """A sample drawn of the case once the lever is pulled has the very same counts."""
    case = random_case(seed, levers=3, doubts=True)
    found = search_draws(case, audit(case), case.conflict.target, draws=80, seed=seed)
    for one in (found.baseline, *found.alone, *found.sets):
        then = pull(case, one.levers)
        parties = [actor for actor in case.conflict.actors if actor in then.commitments]
        held = audit(then.case, parties, held=then.commitments)
        alone = draw(then.case, held, [Concept.NASH], draws=80, seed=seed)
        assert counts(one) == (alone.possible, alone.assured)
        assert [n for n in alone.found(Concept.NASH) if n in one.states] == list(one.states)
        for number, count in one.sampled.found.tolist():
            assert count == alone.counts(Concept.NASH)[number - 1]


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_the_levers_and_other_levers_make_no_difference(seed):
    case = random_case(seed, levers=3, doubts=True)

    def alone(levers):
        some = replace(case, levers={lever.id: lever for lever in levers})
        found = search_draws(some, audit(case), case.conflict.target, draws=60, largest=1)
        return {one.ids: counts(one) for one in (found.baseline, *found.alone)}

    levers = list(case.levers.values())
    whole = alone(levers)
    assert alone(random.Random(seed).sample(levers, k=3)) == whole
    assert all(alone([lever]).items() <= whole.items() for lever in levers)


# Two actors, each with doubts of its own


def doubtful():
    """Whether a takes x hangs on one of eight doubts; b has doubts about y, and nothing else."""
    case = one_actor(*(want("x", probability=Fraction(1, 5)) for _ in range(8)))
    wishes = [
        *case.conflict.preferences["a"],
        Preference(Not(Atom("x")), uncertain=True),
        want("z"),
    ]
    other = [want("y", uncertain=True), Preference(Not(Atom("y")))]
    named = {o: Option(o, ("b" if o == "y" else "a",), o) for o in "xyz"}
    conflict = replace(
        case.conflict, options=named, preferences={"a": tuple(wishes), "b": tuple(other)}
    )
    levers = {
        "b-likes-y": place("b-likes-y", "b", Atom("y")),
        "b-cares-for-z": place("b-cares-for-z", "b", Atom("z")),
        "a-likes-x": place("a-likes-x", "a", Not(Not(Atom("x")))),
        "a-dreads-x": place("a-dreads-x", "a", Not(Atom("x"))),
    }
    return replace(case, conflict=replace(conflict, target=Atom("x")), levers=levers)


def place(name, actor, wish):
    return Lever(name, actor, "do it", effect=(PreferenceChange(actor, wish),))


def test_levers_that_touch_one_actor_do_not_reshuffle_the_others():
    found = search_draws(doubtful(), NOBODY, Atom("x"), draws=500)
    before, by_lever = counts(found.baseline), {one.ids[0]: one for one in found.alone}
    assert 0 < before[1] < 500
    assert counts(by_lever["b-likes-y"]) == counts(by_lever["b-cares-for-z"]) == before
    assert found.idle == ("b-likes-y", "b-cares-for-z")
    assert {one.ids for one in found.still} == {("b-likes-y",), ("b-cares-for-z",)}


def test_what_is_so_in_every_draw_is_told_with_the_lower_end_of_its_interval():
    """Both b-levers leave the doubts of a alone; x is wished for by eight marks, all alike."""
    found = search_draws(doubtful(), NOBODY, Or((Atom("x"), Not(Atom("x")))), draws=500)
    assert found.baseline.holds_in("assured") == 1
    assert found.sets == ()
    assert found.at_least == pytest.approx(500 / (500 + 1.959964**2))
    assert (found.complete, found.draws, found.seed) == (False, 500, 0)
    assert "500 draws" in found.method
    assert "in the same draws" in found.method


def test_more_draws_begin_with_the_same_and_the_seed_decides():
    def of(draws, seed):
        found = search_draws(doubtful(), NOBODY, Atom("x"), draws=draws, seed=seed)
        return [counts(one) for one in (found.baseline, *found.alone)]

    few, many = of(200, 3), of(260, 3)
    assert all(0 <= m - f <= 60 for one, two in zip(few, many, strict=True)
               for f, m in zip(one, two, strict=True))  # fmt: skip
    assert of(200, 4) != few


def test_fewer_are_drawn_where_levers_are_many_and_work_is_bounded():
    case = doubtful()
    assert search_draws(case, NOBODY, Atom("x")).draws == 2000
    assert search_draws(case, NOBODY, Atom("x"), work=5 * 150 * (2**12 + 8)).draws == 150
    assert search_draws(case, NOBODY, Atom("x"), work=0).draws == 100
    assert dict(search_draws(case, NOBODY, Atom("x"), work=0).searched) == {0: 1, 1: 4}
    assert search_draws(case, NOBODY, Atom("x"), work=0, draws=120).draws == 120


def test_what_makes_no_sense_is_refused():
    case = doubtful()
    with pytest.raises(UsageError, match="seed is -1"):
        search_draws(case, NOBODY, Atom("x"), seed=-1)
    with pytest.raises(UsageError, match="0 draws cannot be made"):
        search_draws(case, NOBODY, Atom("x"), draws=0)
    with pytest.raises(UsageError, match="-1 was asked for"):
        search_draws(case, NOBODY, Atom("x"), largest=-1)
    with pytest.raises(UsageError, match='"q" is not an option'):
        search_draws(case, NOBODY, Atom("q"))
    many = {f"l{n}": place(f"l{n}", "a", Atom("x")) for n in range(40)}
    with pytest.raises(TooLarge, match="40 levers make"):
        search_draws(replace(case, levers=many), NOBODY, Atom("x"), largest=20)


def test_the_data_have_the_keys_of_the_exact_ones_and_intervals():
    case = doubtful()
    exact = search_form(search(case, NOBODY, Atom("x")))
    found = drawn_search_form(search_draws(case, NOBODY, Atom("x"), draws=300, seed=7))
    assert exact.keys() <= found.keys()
    assert (found["draws"], found["seed"], found["complete"]) == (300, 7, False)
    for kind in ("alone", "levers"):
        assert exact[kind][0].keys() - found[kind][0].keys() == {"hangs_on_complete"}
        for one in found[kind]:
            for word in ("possible", "assured"):
                low, high = one["interval"][word]
                assert low <= one[word] <= high
            assert one["reciprocal"] is one["hangs_on"] is None
            assert one["states"] == [each["number"] for each in one["outcomes"]]
    assert found["smallest"] == [["a-likes-x"]]
    assert found["baseline"]["combinations"] == exact["baseline"]["combinations"] == 2**10
