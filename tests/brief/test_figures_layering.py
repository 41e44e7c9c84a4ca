"""The layered layout, against its definition and known answers."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.brief.figures.layering import crossings, layered, positions

GRAPHS = st.integers(1, 9).flatmap(
    lambda n: st.tuples(
        st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=14)
    )
)


def layer_of(plan):
    return {node: i for i, row in enumerate(plan.layers) for node in row}


@given(GRAPHS)
@settings(deadline=None)
def test_every_edge_has_a_path_from_layer_to_layer(graph):
    n, edges = graph
    plan = layered(n, edges)
    layer = layer_of(plan)
    assert sorted(node for node in layer if node >= 0) == list(range(n))
    proper = [e for e in edges if e[0] != e[1]]
    assert [(p[0], p[-1]) for p in plan.paths] == proper
    for path in plan.paths:
        steps = {layer[b] - layer[a] for a, b in pairwise(path)}
        assert steps in ({1}, {-1})
        assert all(node < 0 for node in path[1:-1])


@given(GRAPHS)
@settings(deadline=None)
def test_without_cycles_all_edges_run_down_and_as_short_as_can_be(graph):
    n, edges = graph
    forward = [(min(e), max(e)) for e in edges if e[0] != e[1]]
    layer = layer_of(plan := layered(n, forward))
    assert all(layer[tail] < layer[head] for tail, head in forward)
    for node in range(n):
        heads = [layer[h] for t, h in forward if t == node]
        assert layer[node] == (min(heads) - 1 if heads else len(plan.layers) - 1)


@pytest.mark.parametrize(("upper", "lower"), [(2, 2), (2, 3), (3, 3), (3, 4)])
def test_complete_bipartite_graphs_cross_as_often_as_is_known(upper, lower):
    edges = [(a, upper + b) for a in range(upper) for b in range(lower)]
    pairs = [k * (k - 1) // 2 for k in (upper, lower)]
    assert crossings(layered(upper + lower, edges)) == pairs[0] * pairs[1]


def test_a_tangle_that_can_be_undone_is_undone():
    # three chains, given in opposite orders at the two ends
    edges = [(0, 5), (1, 4), (2, 3), (5, 6), (4, 7), (3, 8)]
    assert crossings(layered(9, edges)) == 0


@given(GRAPHS, st.floats(10, 200), st.floats(0, 40))
@settings(deadline=None)
def test_nodes_keep_their_order_and_their_gap(graph, wide, gap):
    plan = layered(*graph)
    widths = {node: wide if node >= 0 else 10.0 for row in plan.layers for node in row}
    x = positions(plan, widths, gap)
    for row in plan.layers:
        for a, b in pairwise(row):
            assert x[b] - x[a] >= (widths[a] + widths[b]) / 2 + gap - 1e-6
    assert min(x[node] - widths[node] / 2 for node in x) == pytest.approx(0, abs=1e-6)


def test_a_parent_stands_over_the_middle_of_its_children():
    plan = layered(4, [(1, 0), (2, 0), (3, 0)])
    x = positions(plan, dict.fromkeys(range(4), 100.0), 20.0)
    children = sorted(x[i] for i in (1, 2, 3))
    assert x[0] == pytest.approx(sum(children) / 3)
    assert all(b - a == pytest.approx(120) for a, b in pairwise(children))


def test_no_pair_of_nodes_shares_a_place():
    plan = layered(5, [(0, 1), (0, 2), (3, 4), (0, 4)])
    places = [(i, at) for i, row in enumerate(plan.layers) for at, _ in enumerate(row)]
    assert all(a != b for a, b in combinations(places, 2))
