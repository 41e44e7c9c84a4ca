"""Groups against igraph, against published values of the karate club, and against definitions."""

from __future__ import annotations

import itertools

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from planted_debates import DESIGN, basis_of, debate, random_network

from melian.discourse.coalitions.agglomerating import greedy
from melian.discourse.coalitions.basis import basis, chosen
from melian.discourse.coalitions.comparing import adjusted_rand
from melian.discourse.coalitions.grouping import (
    count_of,
    excess,
    labels_of,
    modularity,
    signed_excess,
    signed_modularity,
)
from melian.discourse.coalitions.methods import COUNTED, METHODS, asked, grouped, grouping
from melian.discourse.coalitions.settling import settled
from melian.discourse.coalitions.splitting import edge_betweenness, flows, leading_eigenvector
from melian.problems import UsageError

# Zachary, "An information flow model for conflict and fission in small groups", Journal of
# Anthropological Research 33, 1977, 452: who of the club's 34 members met whom outside it.
KARATE = """1 2 3 4 5 6 7 8 9 11 12 13 14 18 20 22 32
2 3 4 8 14 18 20 22 31
3 4 8 9 10 14 28 29 33
4 8 13 14
5 7 11
6 7 11 17
7 17
9 31 33 34
10 34
14 34
15 33 34
16 33 34
19 33 34
20 34
21 33 34
23 33 34
24 26 28 30 33 34
25 26 28 32
26 32
27 30 34
28 34
29 32 34
30 33 34
31 33 34
32 33 34
33 34"""


def karate():
    found = np.zeros((34, 34))
    for line in KARATE.splitlines():
        one, *others = map(int, line.split())
        for other in others:
            found[one - 1, other - 1] = found[other - 1, one - 1] = 1
    return found


def peer(ties):
    return igraph.Graph.Weighted_Adjacency(ties.tolist(), mode="undirected")


def test_the_club_has_the_modularity_that_was_published():
    club = basis_of(karate())
    assert club.weights.sum() == 2 * 78
    found = {method: grouping(club, method, 1) for method in METHODS}
    # Newman, "Modularity and community structure in networks", PNAS 103, 2006, 8577, table 1
    assert found["greedy"].modularity == pytest.approx(0.381, abs=5e-4)
    assert found["edge-betweenness"].modularity == pytest.approx(0.401, abs=5e-4)
    assert found["leading-eigenvector"].modularity == pytest.approx(0.419, abs=5e-4)
    # The best there is: Agarwal & Kempe, European Physical Journal B 66, 2008, 409
    assert found["louvain"].modularity == pytest.approx(0.4198, abs=5e-5)
    assert found["louvain"].count == 4
    assert (found["signed-louvain"].labels == found["louvain"].labels).all()


@pytest.mark.parametrize("seed", range(8))
def test_modularity_is_that_of_igraph_and_of_the_definition(seed):
    ties = random_network(seed)
    groups = np.random.default_rng(seed).integers(3, size=len(ties))
    each, total = ties.sum(axis=1), ties.sum()
    direct = sum(
        ties[i, j] - each[i] * each[j] / total
        for i, j in itertools.product(range(len(ties)), repeat=2)
        if groups[i] == groups[j]
    )
    found = modularity(ties, labels_of(groups))
    assert found == pytest.approx(direct / total)
    assert found == pytest.approx(peer(ties).modularity(groups.tolist(), weights="weight"))


@pytest.mark.parametrize("seed", range(8))
def test_signed_modularity_is_that_of_the_definition(seed):
    net = random_network(seed) - random_network(seed + 100)
    groups = np.random.default_rng(seed).integers(3, size=len(net))
    total = np.abs(net).sum()
    direct = 0.0
    for side, part in ((1, np.maximum(net, 0)), (-1, np.maximum(-net, 0))):
        each, whole = part.sum(axis=1), part.sum()
        direct += side * sum(
            part[i, j] - each[i] * each[j] / whole
            for i, j in itertools.product(range(len(net)), repeat=2)
            if groups[i] == groups[j]
        )
    assert signed_modularity(net, labels_of(groups)) == pytest.approx(direct / total)


@pytest.mark.parametrize("seed", range(12))
def test_greedy_groups_and_the_first_split_are_as_good_as_those_of_igraph(seed):
    ties = random_network(seed, count=20, density=0.25)
    graph = peer(ties)
    tree = graph.community_fastgreedy(weights="weight")
    best = max(
        (tree.as_clustering(n) for n in range(max(1, len(graph.components())), 11)),
        key=lambda c: graph.modularity(c.membership, weights="weight"),
    )
    assert modularity(ties, greedy(ties)) == pytest.approx(
        graph.modularity(best.membership, weights="weight")
    )
    if nx.is_connected(nx.from_numpy_array(ties)):
        theirs = graph.community_leading_eigenvector(clusters=2, weights="weight")
        halves = modularity(ties, leading_eigenvector(ties, 2))  # tuned, and so as good or better
        assert halves >= graph.modularity(theirs.membership, weights="weight") - 1e-9


@pytest.mark.parametrize("seed", range(8))
def test_shortest_paths_on_ties_are_those_of_networkx(seed):
    ties = random_network(seed, count=15, density=0.2, weighted=False)
    ways, reached = flows(ties > 0)
    graph = nx.from_numpy_array(ties)
    theirs = nx.edge_betweenness_centrality(graph, normalized=False)
    for (one, other), number in theirs.items():
        assert ways[one, other] == pytest.approx(2 * number)  # in both directions
    assert ways.sum() == pytest.approx(4 * sum(theirs.values()))
    for one, other in itertools.product(range(15), repeat=2):
        assert reached[one, other] == nx.has_path(graph, one, other)


def test_where_no_two_ties_carry_the_same_cuts_are_those_of_networkx():
    compared = 0
    for seed in range(8):
        ties = random_network(seed, count=12, density=0.35)
        graph = nx.from_numpy_array(ties)

        def heaviest(graph, ties=ties):
            loads = nx.edge_betweenness_centrality(graph, normalized=False)
            return max(loads, key=lambda edge: loads[edge] / ties[edge])

        steps = [list(nx.connected_components(graph))]
        steps += list(nx.community.girvan_newman(graph, heaviest))
        theirs = max(nx.community.modularity(graph, step) for step in steps)
        assert modularity(ties, edge_betweenness(ties)) == pytest.approx(theirs)
        compared += len(steps) > 2
    assert compared == 8


def partitions(count):
    """Give all groupings of so many."""
    if count == 0:
        yield ()
        return
    for rest in partitions(count - 1):
        for group in range(max(rest, default=-1) + 2):
            yield (*rest, group)


def test_groups_of_few_are_hardly_ever_worse_than_the_best_of_all_groupings():
    every = [labels_of(groups) for groups in partitions(7)]
    assert len(every) == 877  # Bell's number
    missed = 0
    for seed in range(12):
        ties = random_network(seed, count=7, density=0.6)
        net = ties - random_network(seed + 50, count=7, density=0.5)
        for measure, matrix, gains in (
            (modularity, ties, excess(ties)),
            (signed_modularity, net, signed_excess(net)),
        ):
            best = max(measure(matrix, labels) for labels in every)
            found = measure(matrix, settled(gains, 1))
            assert found <= best + 1e-9
            missed += found < best - 1e-9
    assert missed <= 2  # of 24


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**20), st.integers(3, 14))
def test_nobody_would_leave_a_group_of_louvain(seed, count):
    net = random_network(seed, count) - random_network(seed + 1, count)
    gains = signed_excess(net)
    labels = settled(gains, seed, starts=1)
    here = signed_modularity(net, labels)
    for one in range(count):
        for group in range(count_of(labels) + 1):
            other = labels.copy()
            other[one] = group
            assert signed_modularity(net, other) <= here + 1e-9


def test_clash_counts_for_signed_groups_only():
    agreement = np.ones((6, 6)) - np.eye(6)  # all agree alike
    clash = np.zeros((6, 6))
    clash[:3, 3:] = clash[3:, :3] = 1.5
    signed = grouping(basis_of(agreement, clash), "signed-louvain", 1)
    assert signed.labels.tolist() == [0, 0, 0, 1, 1, 1]
    assert signed.signed > 0
    both = basis(debate(1, camps=(4, 4), noise=0), DESIGN)
    assert both.weights.min() == 0 > both.net.min()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", [1, 2])
def test_planted_camps_are_found(method, seed):
    said = debate(seed, noise=0.02)
    among = basis(said, DESIGN)
    camps = labels_of([str(actor)[0] for actor in among.actors])
    found = grouped(among, method, 1, 3 if method in COUNTED else None)
    assert adjusted_rand(found, camps) > 0.75
    if method != "edge-betweenness":
        assert (found == camps).all()


@pytest.mark.parametrize("method", [m for m in METHODS if m != "label-propagation"])
def test_other_names_give_the_same_groups(method):
    among = basis(debate(3, noise=0.02), DESIGN)
    order = np.random.default_rng(5).permutation(len(among))
    found = grouped(among, method, 4)
    assert adjusted_rand(grouped(among.among(order), method, 4), found[order]) == 1


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_gives_the_same_groups(method):
    among = basis(debate(3, noise=0.3), DESIGN)
    assert (grouped(among, method, 4) == grouped(among, method, 4)).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**20), st.randoms(use_true_random=False))
def test_methods_without_chance_do_not_look_at_names(seed, random):
    ties = random_network(seed, 10)
    assume(nx.is_connected(nx.from_numpy_array(ties)))
    order = list(range(10))
    random.shuffle(order)
    shuffled = ties[np.ix_(order, order)]
    for method in (greedy, edge_betweenness, leading_eigenvector):
        here, there = method(ties)[order], method(shuffled)
        assert adjusted_rand(here, there) == pytest.approx(1)


@pytest.mark.parametrize("method", sorted(COUNTED))
def test_a_number_of_groups_is_kept(method):
    among = basis(debate(6, noise=0.2), DESIGN)
    for wanted in (2, 3, 4):
        found = count_of(grouped(among, method, 1, wanted))
        if method == "edge-betweenness":
            assert found >= wanted
        elif method == "leading-eigenvector":
            assert found <= wanted
        else:
            assert found == wanted


def test_who_says_too_little_or_stands_alone_is_left_out():
    said = debate(7, camps=(3, 0, 0, 1), noise=0, each=6, concepts=2)
    everybody = basis(said, DESIGN)
    left = chosen(everybody, 1)
    alone = [n for n in range(4) if not (everybody.net[n] > 0).any()]
    assert alone
    assert left.untied == tuple(everybody.actors[n] for n in alone)
    assert set(left.places.tolist()) == set(range(4)) - set(alone)
    assert len(chosen(everybody, 99).few) == 4


def test_edge_betweenness_is_not_asked_of_many():
    assert "edge-betweenness" not in asked(101)
    with pytest.raises(UsageError, match="at most 100 actors, and there are 101"):
        grouped(basis_of(np.zeros((101, 101))), "edge-betweenness", 1)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_hardly_anybody_and_no_ties_are_groups_too(method, count):
    labels = grouped(basis_of(np.zeros((count, count))), method, 1)
    assert len(labels) == count
    assert (labels_of(labels) == labels).all()
