"""The tree of actors, against distances counted one by one and what its definition asks."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster

from melian.discourse.coalitions.comparing import adjusted_rand
from melian.discourse.coalitions.grouping import count_of, labels_of
from melian.discourse.coalitions.tree import cut, dendrogram, distances, joined


def profiles(seed, count=9):
    found = np.random.default_rng(seed).random((count, 14)) < 0.4
    found[:, 0] |= ~found.any(axis=1)
    return found


def jaccard(one, other):
    ours, theirs = set(np.flatnonzero(one)), set(np.flatnonzero(other))
    return 1 - len(ours & theirs) / len(ours | theirs)


@pytest.mark.parametrize("seed", range(4))
def test_distances_and_merges_are_those_of_the_definition(seed):
    said = profiles(seed)
    apart = np.array([[jaccard(one, other) for other in said] for one in said])
    assert distances(said) == pytest.approx(apart)
    groups = {n: [n] for n in range(len(said))}
    for number, (left, right, height, size) in enumerate(joined(said, "average")):
        mean = {
            (a, b): np.mean([apart[i, j] for i in groups[a] for j in groups[b]])
            for a, b in itertools.combinations(groups, 2)
        }
        assert height == pytest.approx(min(mean.values()))
        assert height == pytest.approx(mean[tuple(sorted((int(left), int(right))))])
        groups[len(said) + number] = groups.pop(int(left)) + groups.pop(int(right))
        assert size == len(groups[len(said) + number])


def test_who_says_nothing_at_all_is_not_apart():
    nothing = np.zeros((2, 3), dtype=bool)
    assert distances(nothing).tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize("linkage", ["average", "ward"])
def test_cuts_are_those_of_scipy(linkage):
    for seed in range(6):
        merges = joined(profiles(seed, 12), linkage)
        for groups in range(1, 13):
            found = cut(merges, groups)
            assert count_of(found) == groups
            theirs = fcluster(merges, groups, "maxclust")
            if theirs.max() == groups:  # no two merges at one height
                assert adjusted_rand(found, labels_of(theirs)) == 1


def test_ward_heights_are_what_variance_grows_by():
    said = profiles(3, 7)
    # by Gower's centring, points whose squared distances are the Jaccard distances
    apart = distances(said)
    centre = np.eye(7) - 1 / 7
    values, vectors = np.linalg.eigh(-centre @ apart @ centre / 2)
    assert values.min() > -1e-9  # roots of Jaccard distances are Euclidean
    points = vectors * np.sqrt(np.maximum(values, 0))

    def spread(members):
        own = points[members]
        return np.square(own - own.mean(axis=0)).sum()

    groups = {n: [n] for n in range(7)}
    for number, (left, right, height, _) in enumerate(joined(said, "ward")):
        one, other = groups.pop(int(left)), groups.pop(int(right))
        grown = spread(one + other) - spread(one) - spread(other)
        assert height**2 == pytest.approx(2 * grown)
        groups[7 + number] = one + other


def test_the_tree_says_how_faithful_it_is():
    said = profiles(5, 7)
    tree = dendrogram(tuple("abcdefg"), said)
    apart, meet = distances(said), np.zeros((7, 7))
    groups = {n: [n] for n in range(7)}
    for number, merge in enumerate(tree.merges):
        one, other = groups.pop(merge.left), groups.pop(merge.right)
        for i, j in itertools.product(one, other):
            meet[i, j] = meet[j, i] = merge.height
        groups[7 + number] = one + other
    upper = np.triu_indices(7, 1)
    assert tree.cophenetic == pytest.approx(np.corrcoef(apart[upper], meet[upper])[0, 1])
    assert groups == {12: list(tree.order)}  # the left branch stands left


@pytest.mark.parametrize("seed", range(10))
def test_no_other_order_of_the_leaves_is_shorter(seed):
    tree, apart = dendrogram(tuple("abcdefg"), profiles(seed, 7)), distances(profiles(seed, 7))

    def length(order):
        return sum(apart[a, b] for a, b in itertools.pairwise(order))

    def orders(node):
        if node < 7:
            return [[node]]
        merge = tree.merges[node - 7]
        pairs = list(itertools.product(orders(merge.left), orders(merge.right)))
        return [a + b for a, b in pairs] + [b + a for a, b in pairs]

    assert list(tree.order) in orders(12)
    assert length(tree.order) == pytest.approx(min(map(length, orders(12))))


def test_few_leaves_and_leaves_all_alike():
    assert dendrogram(("a",), profiles(1, 1)).order == (0,)
    pair = dendrogram(("a", "b"), profiles(1, 2))
    assert len(pair.merges) == 1
    assert np.isnan(pair.cophenetic)
    alike = dendrogram(tuple("abc"), np.ones((3, 4), dtype=bool))
    assert np.isnan(alike.cophenetic)
    assert {merge.height for merge in alike.merges} == {0}
