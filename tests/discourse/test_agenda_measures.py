"""Measures of agendas against published figures, scipy, brute force and what must hold of them."""

from __future__ import annotations

from itertools import combinations
from math import comb, exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, entropy, fisher_exact

from melian.discourse.agenda.diversity import breadth, coverage, entropy_estimate, measures
from melian.discourse.agenda.overlap import overlap, permuted
from melian.discourse.statistics.correction import holm
from melian.discourse.statistics.proportions import fisher, newcombe, wilson

# Spiders caught in a forest under two treatments; abundances and figures as given by Chao, Gotelli,
# Hsieh, Sander, Ma, Colwell & Ellison, Ecological Monographs 84 (2014), and by the package iNEXT.
GIRDLED = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, *[2] * 4, *[1] * 12]
LOGGED = [88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 7, 5, *[4] * 3, *[3] * 4, *[2] * 4, *[1] * 14]


@pytest.mark.parametrize(
    ("counts", "figures"),
    [
        (GIRDLED, (168, 26, 12.060, 13.826, 7.840, 8.175)),
        (LOGGED, (252, 37, 14.421, 16.337, 6.761, 6.920)),
    ],
)
def test_spiders_are_as_published(counts, figures) -> None:
    found = breadth(counts)
    assert found is not None
    given = (
        found.statements,
        found.issues,
        found.effective,
        found.effective_estimate,
        found.dominant,
        found.dominant_estimate,
    )
    assert given == pytest.approx(figures, abs=6e-4)


COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=12).filter(any)


@given(COUNTS)
def test_effective_numbers_are_between_one_and_the_number_of_issues(counts) -> None:
    found = breadth(counts)
    assert found is not None
    assert found.entropy == pytest.approx(entropy(counts))
    assert found.effective == pytest.approx(exp(found.entropy))
    assert 1 - 1e-9 <= found.dominant <= found.effective + 1e-9 <= found.issues + 2e-9
    assert found.effective_estimate >= found.effective - 1e-9
    assert 0 <= found.coverage <= 1
    again = breadth(counts[::-1])
    assert again is not None
    assert again.effective == pytest.approx(found.effective)


@given(st.integers(1, 15), st.integers(1, 20))
def test_equal_shares_give_the_number_of_issues(issues, each) -> None:
    found = breadth([each] * issues)
    assert found is not None
    assert found.effective == pytest.approx(issues)
    assert found.dominant == pytest.approx(issues)


def test_nothing_has_no_breadth_and_single_mentions_no_coverage() -> None:
    assert breadth([]) is None
    assert breadth([0, 0]) is None
    found = breadth([1, 1, 1])
    assert found is not None
    assert (found.coverage, found.dominant_estimate) == (0.0, None)


def test_estimates_are_nearer_to_the_truth_than_counts() -> None:
    rng = np.random.default_rng(2)
    truth = np.array([2.0 ** -(n / 4) for n in range(30)])
    truth /= truth.sum()
    right = -(truth * np.log(truth)).sum()
    plain, estimated, covered, real = [], [], [], []
    for _ in range(400):
        counts = rng.multinomial(40, truth)
        some = counts[counts > 0]
        plain.append(entropy(some))
        estimated.append(entropy_estimate(some))
        covered.append(coverage(some))
        real.append(truth[counts > 0].sum())
    assert abs(np.mean(estimated) - right) < abs(np.mean(plain) - right) / 3
    assert np.mean(covered) == pytest.approx(np.mean(real), abs=0.02)


def test_the_known_part_of_the_estimate_is_its_sum_of_reciprocals() -> None:
    counts = np.array([5, 3, 2])  # nothing comes up once, so that nothing is added
    total = 10
    expected = sum(x / total * sum(1 / k for k in range(x, total)) for x in counts.tolist())
    assert entropy_estimate(counts) == pytest.approx(expected)


def unseen_terms(total, once, twice, tiny=1e-18):
    """Add the terms of the estimate one by one, from its definition, until they do not matter."""
    chance = 2 * twice / ((total - 1) * once + 2 * twice)
    found, k, term = 0.0, 1, 1.0
    while term > tiny:
        term = (1 - chance) ** k / (total - 1 + k)
        found, k = found + term, k + 1
    return once / total * found


@pytest.mark.parametrize(
    ("once", "twice", "rest"), [(1, 30, 139), (3, 1, 20), (9, 9, 9), (2, 80, 40)]
)
def test_what_unseen_issues_add_is_the_sum_of_its_terms(once, twice, rest) -> None:
    # the sum that the formula takes away is all but the whole logarithm: rounding alone is left
    counts = np.array([1] * once + [2] * twice + [rest])
    total = int(counts.sum())
    known = sum(x / total * sum(1 / k for k in range(x, total)) for x in counts.tolist())
    expected = known + unseen_terms(total, once, twice)
    assert float(entropy_estimate(counts)) == pytest.approx(expected, rel=1e-11)


def test_many_agendas_are_measured_as_each_alone() -> None:
    rng = np.random.default_rng(3)
    counts = rng.poisson(rng.exponential(2, size=(5, 8, 12))) + np.eye(12, dtype=np.int64)[0]
    found = measures(counts)
    for place in np.ndindex(5, 8):
        one = breadth(counts[place])
        assert one is not None
        alone = one.effective, one.effective_estimate, one.dominant, one.dominant_estimate or np.nan
        assert found[place] == pytest.approx(alone, nan_ok=True)


@given(st.integers(1, 60), st.data())
def test_wilson_is_that_of_scipy(total, data) -> None:
    count = data.draw(st.integers(0, total))
    expected = binomtest(count, total).proportion_ci(0.95, method="wilson")
    found = wilson(count, total)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_newcombe_is_as_published() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table II, contrast (a): 56/70 and 48/80, method 10
    found = newcombe((56, 70), (48, 80))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    nothing = newcombe((0, 10), (0, 20))  # contrast (g)
    assert (nothing.low, nothing.high) == pytest.approx((-0.1611, 0.2775), abs=5e-5)


TABLES = st.tuples(*[st.integers(0, 12)] * 4).filter(lambda t: t[0] + t[1] and t[2] + t[3])


@given(TABLES)
def test_fisher_is_that_of_scipy(cells) -> None:
    a, b, c, d = cells
    p, least = fisher((a, a + b), (c, c + d))
    assert p == pytest.approx(fisher_exact([[a, b], [c, d]]).pvalue, rel=1e-6)
    seen, sizes = a + c, (a + b, c + d)
    every = [
        fisher_exact([[x, sizes[0] - x], [seen - x, sizes[1] - seen + x]]).pvalue
        for x in range(max(0, seen - sizes[1]), min(sizes[0], seen) + 1)
    ]
    assert least == pytest.approx(min(every), rel=1e-6)


def test_holm_rejects_step_by_step() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_is_its_definition(values) -> None:
    order = sorted(values)
    for value, found in zip(values, holm(values), strict=True):
        steps = [min(1, (len(order) - k) * p) for k, p in enumerate(order) if p <= value]
        assert found == pytest.approx(max(steps[: order.index(value) + 1]))


@given(COUNTS, st.data())
def test_overlap_is_one_less_bray_curtis_of_shares(one, data) -> None:
    size = len(one)
    other = data.draw(st.lists(st.integers(0, 9), min_size=size, max_size=size).filter(any))
    p, q = np.array(one) / sum(one), np.array(other) / sum(other)
    assert overlap(one, other) == pytest.approx(1 - np.abs(p - q).sum() / (p + q).sum())
    assert overlap(one, one) == pytest.approx(1)


def test_dealing_anew_gives_the_share_of_all_ways_to_deal() -> None:
    one, other = np.array([4, 1, 0]), np.array([1, 2, 3])
    said = [n for n, count in enumerate((one + other).tolist()) for _ in range(count)]
    observed, less, values = overlap(one, other), 0, []
    for chosen in combinations(range(11), 5):
        first = np.bincount([said[n] for n in chosen], minlength=3)
        value = overlap(first, one + other - first)
        values.append(value)
        less += value <= observed + 1e-12
    mean, p = permuted(one, other, seed=3, times=20_000)
    assert mean == pytest.approx(np.mean(values), abs=0.005)
    assert p == pytest.approx(less / comb(11, 5), abs=0.01)
    assert log(p) < 0
