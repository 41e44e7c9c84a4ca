"""Change points, against all partitions, another library's, and what chance makes."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import log
from random import Random

import numpy as np
import pytest

from melian.discourse.networks.building import Design
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.discourse.statistics.correction import holm
from melian.discourse.trends.changes import Detection, changes, p_value, reach
from melian.discourse.trends.salience import concepts
from melian.discourse.trends.stretches import Observed, dispersion, partition
from melian.discourse.trends.timeline import timeline

DESIGN = Design(rows="actor", columns="concept", qualifier="sign")


def deviance(counts, of, likelihood):
    """Give twice the negative log-likelihood of a stretch, less what no cut changes."""
    some, all_of = int(sum(counts)), int(sum(of))
    value = -2 * some * log(some / all_of) if some else 0.0
    rest = all_of - some
    if likelihood == "binomial" and rest:
        value -= 2 * rest * log(rest / all_of)
    return value


def whole(cuts, counts, of, likelihood, penalty):
    units = len(counts)
    edges = [0, *cuts, units]
    stretches = list(pairwise(edges))
    found = sum(deviance(counts[a:b], of[a:b], likelihood) for a, b in stretches)
    if penalty == "mbic":
        return found + 3 * len(cuts) * log(units) + sum(log((b - a) / units) for a, b in stretches)
    return found + 2 * len(cuts) * log(units)


def made(seed, units, likelihood, cuts=2):
    rng = np.random.default_rng(seed)
    edges = np.sort(rng.choice(np.arange(1, units), min(cuts, units - 1), replace=False))
    stretch = np.searchsorted(edges, np.arange(units), side="right")
    of = rng.integers(1, 9, units)
    if likelihood == "poisson":
        return Observed(rng.poisson(of * rng.gamma(1, 2, cuts + 1)[stretch]), of, likelihood)
    return Observed(rng.binomial(of, rng.random(cuts + 1)[stretch]), of, likelihood)


@pytest.mark.parametrize("likelihood", ["poisson", "binomial"])
@pytest.mark.parametrize("penalty", ["bic", "mbic"])
@pytest.mark.parametrize("seed", range(12))
def test_no_partition_is_better(likelihood, penalty, seed):
    units = 2 + seed % 9
    series = made(seed, units, likelihood)
    rest = range(1, units)
    price = {
        cuts: whole(cuts, series.counts, series.of, likelihood, penalty)
        for many in range(units)
        for cuts in combinations(rest, many)
    }
    assert price[partition(series, penalty)] == pytest.approx(min(price.values()))


@pytest.mark.parametrize("likelihood", ["poisson", "binomial"])
@pytest.mark.parametrize("seed", range(4))
def test_ruptures_finds_the_same(likelihood, seed):
    ruptures = pytest.importorskip("ruptures")
    series = made(100 + seed, 60, likelihood, cuts=3)

    class Cost(ruptures.base.BaseCost):
        model, min_size = "counts", 1

        def fit(self, signal):
            self.signal = signal
            return self

        def error(self, start, end):
            return deviance(*self.signal[start:end].T, likelihood)

    signal = np.column_stack([series.counts, series.of])
    ours = partition(series)
    theirs = ruptures.Pelt(custom_cost=Cost(), min_size=1, jump=1).fit_predict(signal, 2 * log(60))
    prices = [
        whole(cuts, series.counts, series.of, likelihood, "bic") for cuts in (ours, theirs[:-1])
    ]
    assert prices[0] == pytest.approx(prices[1])
    if ours:
        by_number = ruptures.Dynp(custom_cost=Cost(), min_size=1, jump=1).fit(signal)
        same = by_number.predict(n_bkps=len(ours))
        assert tuple(same[:-1]) == ours


def test_clumps_are_measured_and_do_not_make_cuts():
    rng = np.random.default_rng(8)
    days = np.ones(400, dtype=np.int64)
    plain = Observed(rng.poisson(4, 400), days, "poisson")
    clumps = Observed(rng.poisson(1, 400) * 4, days, "poisson")
    assert dispersion(plain) == pytest.approx(1, abs=0.25)
    assert dispersion(clumps) > 3
    sparse = Observed((rng.random(400) < 0.1) * 3, days, "poisson")
    assert dispersion(sparse) == pytest.approx(3, abs=0.5)
    assert len(partition(clumps)) > 3
    assert len(partition(clumps, "bic", dispersion(clumps))) <= 1


def test_the_p_value_is_as_often_small_as_it_says_where_nothing_changes():
    rng = np.random.default_rng(5)
    small = 0
    for _ in range(300):
        series = Observed(rng.negative_binomial(1, 0.3, 14), np.ones(14, np.int64), "poisson")
        small += p_value(series, 99, rng) <= 0.1
    assert 0.05 < small / 300 < 0.15


@pytest.mark.parametrize("clumped", [False, True])
def test_few_of_the_debates_in_which_nothing_changes_seem_to_change(clumped):
    wrong = 0
    for seed in range(120):
        rng = np.random.default_rng(seed)
        counts = rng.negative_binomial(0.3, 0.25, 60) if clumped else rng.poisson(1, 60)
        coded = said([["tea"] * count for count in counts.tolist()])
        time = timeline(coded, np.arange(len(coded)), "days")
        wanted = [(each, "count") for each in concepts(coded, DESIGN, time)]
        wrong += any(c.holds for c in changes(coded, time, wanted, Detection(draws=199)))
    assert wrong <= 10  # one in twenty, and what chance adds


def test_the_interval_holds_the_true_date_in_most_series():
    rng = np.random.default_rng(6)
    inside = narrow = 0
    for _ in range(150):
        counts = rng.poisson(np.repeat([2.0, 6.0], [18, 22]))
        series = Observed(counts, np.ones(40, np.int64), "poisson")
        cuts = partition(series)
        if len(cuts) == 1:
            low, high = reach(series, cuts[0], 199, rng)
            inside += low <= 18 <= high
            narrow += high - low < 15
        else:
            inside += 1
    assert inside / 150 > 0.9
    assert narrow > 100


def test_holm_is_as_by_hand():
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([0.01]), 20) == pytest.approx([0.2])
    assert holm(np.array([])) == []


def said(plan):
    rnd = Random(1)
    rows = [(day, name) for day, names in enumerate(plan) for name in names]
    return table(
        [f"s{n}" for n in range(len(rows))],
        np.array([day * 86_400 for day, _ in rows], dtype=np.int64),
        np.arange(len(rows), dtype=np.int32),
        {
            "actor": text_variable([rnd.choice("pq") for _ in rows]),
            "concept": text_variable([name for _, name in rows]),
            "sign": number_variable([1] * len(rows), "boolean"),
        },
    )


def test_a_change_has_its_date_both_rates_and_the_statements_around_it():
    plan = [["tea"] * 4 + ["rain"] * (1 if day < 20 else 6) for day in range(40)]
    coded = said(plan)
    time = timeline(coded, np.arange(len(coded)), "days")
    series = concepts(coded, DESIGN, time)
    wanted = [(each, "count") for each in series]
    (one,) = changes(coded, time, wanted, Detection(draws=999))
    assert one.subject.concepts == ("rain",)
    assert (str(one.date), one.place, one.before, one.after) == ("1970-01-21", 20, 1, 6)
    assert one.earliest <= one.date <= one.latest
    assert one.holds
    assert one.p == pytest.approx(1 / 1000)
    assert one.corrected == pytest.approx(2 / 1000)
    code = coded.variable("concept").levels.index("rain")
    for day, ids in ((19, one.statements_before), (20, one.statements_after)):
        there = (coded.seconds == day * 86_400) & (coded.variable("concept").codes == code)
        assert set(ids) == set(np.array(coded.ids)[there])
    assert changes(coded, time, wanted, Detection(draws=999)) == (one,)
    shares = changes(coded, time, [(each, "share") for each in series], Detection(draws=999))
    assert {(c.subject.label, c.place, round(c.after, 6)) for c in shares} == {
        ('on "tea"', 20, 0.4),
        ('on "rain"', 20, 0.6),
    }


def test_a_series_with_few_statements_is_not_looked_at():
    coded = said([["tea"]] * 9)
    time = timeline(coded, np.arange(9), "days")
    assert changes(coded, time, [(each, "count") for each in concepts(coded, DESIGN, time)]) == ()
