"""Brokers against igraph and against triads that are counted one by one."""

from __future__ import annotations

import itertools

import igraph
import numpy as np
import pytest
from planted_debates import basis_of, random_network

from melian.discourse.coalitions.brokers import betweenness, brokers, participation, roles
from melian.discourse.coalitions.grouping import labels_of


@pytest.mark.parametrize("weighted", [True, False])  # without weights many ways are as short
@pytest.mark.parametrize("seed", range(8))
def test_betweenness_is_that_of_igraph(seed, weighted):
    ties = random_network(seed, count=14, density=0.3, weighted=weighted)
    graph = igraph.Graph.Weighted_Adjacency(ties.tolist(), mode="undirected")
    theirs = graph.betweenness(weights=[1 / weight for weight in graph.es["weight"]])
    assert betweenness(ties) == pytest.approx(np.array(theirs) / (13 * 12 / 2))


@pytest.mark.parametrize("seed", range(8))
def test_roles_are_those_of_all_triads(seed):
    tied = random_network(seed, count=12, density=0.4) > 0
    labels = labels_of(np.random.default_rng(seed).integers(4, size=12))
    count = {name: [0] * 12 for name in ("coordinator", "itinerant", "gatekeeper", "liaison")}
    for broker, one, other in itertools.permutations(range(12), 3):
        if one > other or tied[one, other] or not (tied[broker, one] and tied[broker, other]):
            continue
        b, i, k = labels[[broker, one, other]]
        if b == i == k:
            name = "coordinator"
        elif i == k:
            name = "itinerant"
        elif b in (i, k):
            name = "gatekeeper"
        else:
            name = "liaison"
        count[name][broker] += 1
    found = roles(tied, labels)
    for name, numbers in count.items():
        assert [getattr(each, name) for each in found] == numbers
        assert sum(numbers)


def test_participation_is_how_evenly_ties_spread():
    ties = random_network(3, count=9)
    labels = labels_of([0, 1, 2] * 3)
    for one, found in enumerate(participation(ties, labels)):
        total = ties[one].sum()
        shares = [ties[one][labels == group].sum() / total for group in range(3)]
        assert found == pytest.approx(1 - sum(share**2 for share in shares))
    assert participation(np.zeros((2, 2)), labels_of([0, 1])).tolist() == [0, 0]


def test_the_only_link_between_two_groups_comes_first():
    ties = np.zeros((7, 7))
    for group in ((0, 1, 2), (4, 5, 6)):
        for one, other in itertools.permutations(group, 2):
            ties[one, other] = 1
    for one, other in ((2, 3), (3, 4)):
        ties[one, other] = ties[other, one] = 1
    first, *_ = brokers(basis_of(ties), labels_of([0, 0, 0, 2, 1, 1, 1]))
    assert (first.actor, first.betweenness) == (3, pytest.approx(9 / 15))
    assert (first.roles.liaison, first.roles.between, first.participation) == (1, 1, 0.5)
