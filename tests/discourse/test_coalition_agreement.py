"""How far groupings agree, against published values, igraph and pairs that are counted."""

from __future__ import annotations

import itertools

import igraph
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.discourse.coalitions.comparing import (
    adjusted_rand,
    matched,
    mean_agreement,
    overlaps,
    together,
    variation_of_information,
)
from melian.discourse.coalitions.grouping import labels_of

GROUPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=24)


def both(pairs):
    one, other = zip(*pairs, strict=True)
    return labels_of(one), labels_of(other)


def test_the_index_is_the_one_that_was_published():
    # Yeung & Ruzzo, "Details of the adjusted Rand index", supplement to Bioinformatics 17, 2001,
    # 763: ten objects, and how many each two groups share; the index is 0.313.
    table = [(1, 1, 0), (1, 2, 1), (0, 0, 4)]
    pairs = [
        (i, j) for i, row in enumerate(table) for j, times in enumerate(row) for _ in range(times)
    ]
    one, other = both(pairs)
    assert sorted(overlaps(one, other).ravel().tolist()) == [0, 0, 0, 1, 1, 1, 1, 2, 4]
    assert adjusted_rand(one, other) == pytest.approx(0.313, abs=5e-4)


@settings(deadline=None)
@given(GROUPS)
def test_the_index_is_that_of_all_pairs(pairs):
    one, other = both(pairs)
    a = b = c = d = 0
    for i, j in itertools.combinations(range(len(one)), 2):
        ours, theirs = one[i] == one[j], other[i] == other[j]
        a, b = a + (ours and theirs), b + (ours and not theirs)
        c, d = c + (theirs and not ours), d + (not ours and not theirs)
    below = (a + b) * (b + d) + (a + c) * (c + d)
    expected = 2 * (a * d - b * c) / below if below else 1
    assert adjusted_rand(one, other) == pytest.approx(expected)
    assert adjusted_rand(one, one) == 1


@settings(deadline=None)
@given(GROUPS)
def test_both_measures_are_those_of_igraph(pairs):
    one, other = both(pairs)
    theirs = igraph.compare_communities(one.tolist(), other.tolist(), method="vi")
    found = variation_of_information(one, other)
    assert found == pytest.approx(theirs / np.log(len(one)), abs=1e-9)
    assert 0 <= found <= 1 + 1e-12
    assert variation_of_information(other, one) == pytest.approx(found)


@settings(deadline=None)
@given(GROUPS)
def test_groups_are_matched_so_that_most_fit(pairs):
    one, other = both(pairs)
    found = matched(one, other)
    assert adjusted_rand(found, other) == pytest.approx(1)  # only the numbers change
    shared = overlaps(one, other)
    small, large = sorted(shared.shape)
    shared = shared if shared.shape[0] == small else shared.T
    best = max(
        sum(shared[i, j] for i, j in enumerate(order))
        for order in itertools.permutations(range(large), small)
    )
    assert (found == one).sum() == best


def test_two_are_together_in_a_share_of_groupings():
    found = together([np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([0, 0, 0])])
    assert found == pytest.approx(np.array([[3, 2, 1], [2, 3, 2], [1, 2, 3]]) / 3)


def test_the_grouping_that_most_agree_with_has_the_highest_mean():
    usual, odd = labels_of([0, 0, 0, 1, 1, 1]), labels_of([0, 1, 0, 1, 0, 1])
    near = labels_of([0, 0, 0, 0, 1, 1])
    found = mean_agreement([odd, near, usual, usual])
    assert found[2] == found[3] == max(found)
    assert found[0] == min(found)
    assert mean_agreement([odd]) == [1]
