"""Places of nodes: the stress falls, former places hold, boxes do not overlap."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import orthogonal_procrustes
from scipy.optimize import minimize

from melian.brief.drawing import WIDTH
from melian.brief.figures.boxes_apart import Extent
from melian.brief.figures.network_layout import majorized, placed


def stress(at, far):
    """Sum, over all pairs with a distance, the square of what is amiss, in shares of it."""
    return sum(
        (np.hypot(*(at[i] - at[j])) - far[i, j]) ** 2 / far[i, j] ** 2
        for i, j in combinations(range(len(at)), 2)
        if np.isfinite(far[i, j])
    )


def random_far(count, seed):
    rng = np.random.default_rng(seed)
    points = rng.random((count, 3)) * 3
    far = np.sqrt(((points[:, None] - points) ** 2).sum(axis=2))
    return far, rng.random((count, 2))


@pytest.mark.parametrize("seed", range(8))
def test_majorization_lowers_the_stress_to_near_where_a_general_search_gets(seed):
    far, start = random_far(9, seed)
    at = majorized(far, start)
    least = stress(at, far)
    assert least < stress(start, far)

    def flat(x):
        return stress(x.reshape(-1, 2), far)

    assert minimize(flat, at.ravel()).fun > 0.9 * least


def test_distances_that_lie_in_a_plane_are_found_exactly():
    points = np.array([[0.0, 0], [3, 0], [3, 4], [0, 4], [1.5, 2]])
    far = np.sqrt(((points[:, None] - points) ** 2).sum(axis=2))
    at = majorized(far, points + np.array([[0.3, -0.2], [0, 0.4], [-0.3, 0], [0.1, 0.1], [0, 0]]))
    gaps = np.sqrt(((at[:, None] - at) ** 2).sum(axis=2))
    np.testing.assert_allclose(gaps, far, atol=1e-3)


def test_who_is_held_to_former_places_has_turned_as_procrustes_would_turn_him():
    far, start = random_far(10, 7)
    former = majorized(far, start)
    changed = far * np.random.default_rng(1).uniform(0.8, 1.25, far.shape)
    changed = (changed + changed.T) / 2
    weights = (1 / np.where(changed > 0, changed, np.inf) ** 2).sum(axis=1)
    at = majorized(changed, former, np.full(10, 0.35))
    # Those held more count more: the hold is a share of the weight of a node's ties.
    centred = [p - np.average(p, axis=0, weights=weights) for p in (at, former)]
    root = np.sqrt(weights)[:, None]
    turn, _ = orthogonal_procrustes(centred[0] * root, centred[1] * root)
    np.testing.assert_allclose(turn, np.eye(2), atol=0.02)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_boxes_are_apart_and_in_the_frame(data):
    count = data.draw(st.integers(1, 40))
    pairs = list(combinations(range(count), 2))
    tied = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=60)) if pairs else []
    lengths = {pair: data.draw(st.floats(0.5, 2.5)) for pair in tied}
    size = st.floats(5, 60)
    extents = [
        Extent(half, half, data.draw(st.floats(3, 16)), data.draw(st.floats(5, 45)))
        for half in (data.draw(size) for _ in range(count))
    ]
    names = [f"n{n}" for n in range(count)]
    groups = data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    some = data.draw(st.lists(st.sampled_from(names), unique=True))
    spot = st.tuples(st.floats(-900, 900), st.floats(-900, 900))
    previous = {name: data.draw(spot) for name in some}
    places, height = placed(names, lengths, groups, extents, previous)
    boxes = [extent.at(place) for extent, place in zip(extents, places, strict=True)]
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)
    for box in boxes:
        assert -0.2 <= box.x <= box.x + box.width <= WIDTH + 0.2
        assert -0.2 <= box.y <= box.y + box.height <= height + 0.2
    assert places == placed(names, lengths, groups, extents, previous)[0]


def test_no_nodes_have_no_places():
    assert placed([], {}, [], []) == ([], 0.0)
