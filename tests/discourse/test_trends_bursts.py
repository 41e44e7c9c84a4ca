"""Bursts, against all sequences of states, written out with their costs as Kleinberg has them."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import comb, inf, log
from random import Random

import numpy as np
import pytest

from melian.discourse.networks.building import Design
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.discourse.trends.bursts import bursts, gains, runs, states
from melian.discourse.trends.salience import actors, concepts
from melian.discourse.trends.timeline import timeline

DESIGN = Design(rows="actor", columns="concept", qualifier="sign")


def cost(sequence, counts, totals, scale, gamma):
    """Give what a sequence of states costs: Kleinberg 2003, sections 2 and 4."""
    share = sum(counts) / sum(totals)
    rates = (share, scale * share)
    whole = 0.0
    before = 0
    for state, some, of in zip(sequence, counts, totals, strict=True):
        rate = rates[state]
        likelihood = comb(of, some) * rate**some * (1 - rate) ** (of - some)
        whole += inf if likelihood == 0 else -log(likelihood)
        whole += gamma * log(len(counts)) if state > before else 0
        before = state
    return whole


@pytest.mark.parametrize("seed", range(40))
def test_the_sequence_costs_as_little_as_the_cheapest_of_all(seed):
    rnd = Random(seed)
    units, scale, gamma = rnd.randint(2, 9), rnd.choice([1.5, 2, 3]), rnd.choice([0.2, 1, 2])
    counts, totals = [], []
    while not 0 < sum(counts) * scale < sum(totals):
        totals = [rnd.randint(0, 12) for _ in range(units)]
        counts = [rnd.randint(0, rnd.choice([0, of // 2, of])) for of in totals]
    each = gains(np.array([counts]), np.array(totals), scale)
    found = states(each, gamma * log(units))[0].astype(int).tolist()
    price = {s: cost(s, counts, totals, scale, gamma) for s in product((0, 1), repeat=units)}
    assert price[tuple(found)] == pytest.approx(min(price.values()))


def test_several_series_are_done_as_each_by_itself():
    rng = np.random.default_rng(3)
    totals = rng.integers(1, 30, 60)
    counts = rng.binomial(totals, 0.15, (8, 60))
    counts[:, 20:26] = rng.binomial(totals[20:26], 0.6, (8, 6))
    together = states(gains(counts, totals), log(60))
    assert together[:, 20:26].mean() > 0.5
    for row, inside in zip(counts, together, strict=True):
        assert np.array_equal(states(gains(row[None], totals), log(60))[0], inside)


def test_a_series_that_cannot_double_its_share_does_not_burst():
    counts, totals = np.array([[5, 9, 5]]), np.array([10, 10, 10])
    assert not states(gains(counts, totals), log(3)).any()


def test_runs_have_both_ends():
    inside = np.array([True, True, False, True, False, False, True])
    assert runs(inside) == [(0, 1), (3, 3), (6, 6)]
    assert runs(np.zeros(3, dtype=bool)) == []


def coded(plan):
    """Give statements by day of April 2021: who, about what."""
    first = (date(2021, 4, 1) - date(1970, 1, 1)).days * 86_400
    said = [(day, *each) for day, many in enumerate(plan) for each in many]
    return table(
        [f"s{n}" for n in range(len(said))],
        np.array([first + day * 86_400 for day, *_ in said]),
        np.arange(len(said), dtype=np.int32),
        {
            "actor": text_variable([actor for _, actor, _ in said]),
            "concept": text_variable([concept for _, _, concept in said]),
            "sign": number_variable([1] * len(said), "boolean"),
        },
    )


def test_a_burst_has_its_days_its_weight_and_its_statements():
    calm = [("p", "tea"), ("q", "rain"), ("p", "rain"), ("q", "tea"), ("p", "tea")] * 2
    calm[0] = ("p", "wind")
    plan = [calm, calm, [("q", "wind")] * 8 + calm, [("p", "wind")] * 4, calm, [], calm, calm]
    found = coded(plan)
    time = timeline(found, np.arange(len(found)), "days")
    series = concepts(found, DESIGN, time)
    (one,) = bursts(found, time, series)
    assert one.subject.concepts == ("wind",)
    assert (one.first, one.last) == (date(2021, 4, 3), date(2021, 4, 4))
    assert (one.count, one.of) == (13, 22)
    code = found.variable("concept").levels.index("wind")
    days = (found.seconds // 86_400) - found.seconds[0] // 86_400
    inside = (found.variable("concept").codes == code) & np.isin(days, [2, 3])
    assert set(one.statements) == set(np.array(found.ids)[inside])
    counts, totals = [1, 1, 9, 4, 1, 0, 1, 1], [10, 10, 18, 4, 10, 0, 10, 10]
    base = cost([0] * 8, counts, totals, 2, 0)
    assert one.weight == pytest.approx(base - cost([0, 0, 1, 1, 0, 0, 0, 0], counts, totals, 2, 0))
    assert one.share == pytest.approx(18 / 72)


def test_salience_counts_every_day_and_leaves_nobody_out():
    plan = [[("p", "tea")] * 2, [], [("q", "tea"), ("p", "rain")]]
    found = coded(plan)
    time = timeline(found, np.arange(4), "days")
    assert time.totals.tolist() == [2, 0, 2]
    assert [(s.subject.label, s.counts.tolist()) for s in concepts(found, DESIGN, time)] == [
        ('on "tea"', [2, 0, 1]),
        ('on "rain"', [0, 0, 1]),
    ]
    assert [(s.subject.label, s.counts.tolist()) for s in actors(found, DESIGN, time)] == [
        ("p", [2, 0, 1]),
        ("q", [0, 0, 1]),
    ]
    assert [s.subject.label for s in actors(found, DESIGN, time, 1)] == ["p"]
    shares = concepts(found, DESIGN, time)[0].shares
    assert np.isnan(shares[1])
    assert shares[[0, 2]].tolist() == [1, 0.5]


def test_nothing_bursts_in_nothing():
    found = coded([])
    time = timeline(found, np.arange(0), "days")
    assert len(time) == 0
    assert bursts(found, time, concepts(found, DESIGN, time)) == ()
