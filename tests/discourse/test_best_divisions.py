"""The best division into two camps, against every division, planted camps and known cuts."""

from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.discourse.polarisation import branching
from melian.discourse.polarisation.branching import Search
from melian.discourse.polarisation.dividing import divided
from melian.discourse.polarisation.enumerating import enumerated
from melian.discourse.polarisation.reducing import parts_of, reduced
from melian.discourse.polarisation.relaxing import bounded, started
from melian.discourse.polarisation.searching import searched, value_of
from melian.effort import Price, Work


def brute(gains):
    """Give the best value, and how many divisions have it, from the definition."""
    count = len(gains)
    values = [
        sum(gains[i][j] * s[i] * s[j] for i in range(count) for j in range(count))
        for s in product((1, -1), repeat=count)
    ]
    best = max(values)
    return best, sum(value > best - 1e-9 for value in values) // 2


def random_gains(rng, count, kind):
    if kind == "whole":
        found = rng.integers(-2, 3, size=(count, count)).astype(float)
    else:
        found = rng.normal(size=(count, count))
    if kind == "sparse":
        found *= rng.random((count, count)) < 0.25
    found = np.triu(found, 1)
    return found + found.T


def divide(gains, **words):
    return divided(gains, seed=1, scale=max(float(np.abs(gains).sum()), 1e-9), **words)


@pytest.mark.parametrize("kind", ["real", "whole", "sparse"])
def test_the_best_of_all_divisions_is_found_and_counted(kind: str) -> None:
    rng = np.random.default_rng(1)
    for count in (2, 3, 4, 5, 6, 7, 8) * 15:
        gains = random_gains(rng, count, kind)
        best, times = brute(gains.tolist())
        found = divide(gains)
        assert found.exact
        assert found.value == pytest.approx(best)
        assert found.value <= found.bound + 1e-9
        assert value_of(gains, found.sides) == pytest.approx(best)
        assert found.optima == times


def every(gains):
    """Give the best value of all divisions, for as many as 17 actors."""
    count = len(gains)
    sides = 1 - 2 * ((np.arange(2 ** (count - 1))[:, None] >> np.arange(count)) & 1)
    return float(np.einsum("ki,ij,kj->k", sides, gains, sides, optimize=True).max())


@pytest.mark.parametrize("kind", ["real", "whole", "sparse"])
def test_branching_finds_what_looking_at_all_finds(kind: str, monkeypatch) -> None:
    monkeypatch.setattr(branching, "MOST_ENUMERATED", 4)
    rng = np.random.default_rng(2)
    for count in (9, 12, 14, 16):
        gains = random_gains(rng, count, kind)
        search = Search(gains, 1, 1e-7, Work(10**7, Price(1)), 1)
        search.sides = np.ones(count, dtype=np.int8)  # begin with a bad one
        search.best = value_of(gains, search.sides)
        bound = search.run()
        best = every(gains)
        assert search.best == pytest.approx(best, abs=1e-6)
        assert best - 1e-6 <= bound <= best + 1e-6
        assert value_of(gains, enumerated(gains)[0]) == pytest.approx(best)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 11), st.integers(0, 10**6), st.sampled_from(["real", "whole", "sparse"]))
def test_no_bound_is_ever_passed(count: int, seed: int, kind: str) -> None:
    gains = random_gains(np.random.default_rng(seed), count, kind)
    best = every(gains)
    least = 1e-9 * (1 + np.abs(gains).sum())
    for steps in (0, count, 50 * count, 10**6):  # vectors that are bad, and good ones
        bound = bounded(gains, started(count, seed), best, best, Work(steps, Price(1)))
        assert bound >= best - least
    assert value_of(gains, searched(gains, seed, 4)) <= best + least


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 11), st.integers(0, 10**6), st.sampled_from(["real", "whole", "sparse"]))
def test_a_smaller_problem_has_the_same_best_value(count: int, seed: int, kind: str) -> None:
    rng = np.random.default_rng(seed)
    gains = random_gains(rng, count, kind)
    like = int(rng.integers(count))  # one more actor who is like another one, or its opposite
    row = gains[like] * rng.choice([-1, 1])
    gains = np.block([[gains, row[:, None]], [row[None, :], np.zeros((1, 1))]])
    less = reduced(gains)
    sides = enumerated(less.gains)[0]
    assert less.constant + value_of(less.gains, sides) == pytest.approx(every(gains))
    assert value_of(gains, less.restored(sides)) == pytest.approx(every(gains))
    assert len(less.left) < len(gains)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 26), st.integers(0, 10**6), st.floats(1e-3, 1e3))
def test_names_and_units_do_not_matter(count: int, seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    gains = random_gains(rng, count, "sparse")
    order = rng.permutation(count)
    one, other = divide(gains), divide(unit * gains[np.ix_(order, order)])
    assert one.exact
    assert other.exact
    least = 2e-6 * (np.abs(gains).sum() + 1e-9)
    assert other.value / unit == pytest.approx(one.value, abs=least)


@pytest.mark.parametrize("seed", range(3))
def test_planted_camps_are_found_and_proved(seed: int) -> None:
    rng = np.random.default_rng(seed)
    planted = rng.choice([-1, 1], size=60)
    gains = random_gains(rng, 60, "real") + 1.0 * np.outer(planted, planted)
    np.fill_diagonal(gains, 0)
    found = divide(gains)
    assert found.exact
    assert abs(found.sides @ planted) == 60


@pytest.mark.parametrize(
    ("graph", "cut"),
    [
        (nx.petersen_graph(), 12),
        (nx.complete_graph(21), 10 * 11),  # a quarter of the square, rounded down
        (nx.cycle_graph(31), 30),
        (nx.hypercube_graph(5), 80),
        (nx.icosahedral_graph(), 20),
        (nx.mycielski_graph(4), 16),  # Grötzsch's graph: 20 edges, 4 stay uncut
    ],
)
def test_maximum_cuts_of_known_graphs(graph: nx.Graph, cut: int) -> None:
    clash = nx.to_numpy_array(graph)
    found = divide(-clash)
    assert found.exact
    assert (found.value + clash.sum()) / 4 == pytest.approx(cut)
    assert (found.bound + clash.sum()) / 4 < cut + 0.5


def test_without_work_there_is_a_bound_all_the_same() -> None:
    gains = random_gains(np.random.default_rng(4), 28, "real")
    short, long = divide(gains, work=400), divide(gains)
    assert long.exact
    assert not short.exact
    assert short.value <= long.value + 1e-9
    assert long.value <= short.bound < np.abs(gains).sum()
    assert short.steps <= 400 < long.steps
    again = divide(gains)
    assert (again.sides == long.sides).all()
    assert again.steps == long.steps


def test_parts_that_nothing_ties_are_divided_by_themselves() -> None:
    gains = np.zeros((6, 6))
    for one, other, tie in ((0, 3, -1), (3, 5, 2), (1, 4, 1)):
        gains[one, other] = gains[other, one] = tie
    assert parts_of(gains).tolist() == [0, 1, 2, 0, 1, 0]
    found = divide(gains)
    assert found.exact
    assert found.value == 8
    assert found.optima == 4  # two parts can be turned
    nobody = divide(np.zeros((0, 0)))
    assert nobody.exact
    assert nobody.value == 0
