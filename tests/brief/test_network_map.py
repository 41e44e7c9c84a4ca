"""The map of a network: what is chosen, where it stands, and what is said of it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictured import SVG, classed, named, names, numbers, parsed, pointed_at, sound

from melian.brief.document import Cite
from melian.brief.figures.network_choice import (
    MOST_NODES,
    MapEdge,
    MapNode,
    MapWords,
    NetworkGraph,
    chosen,
)
from melian.brief.figures.network_map import network_map, network_maps, places_of
from melian.brief.figures.tie_table import tie_table


@st.composite
def graphs(draw, most=14):
    labels = draw(st.lists(names, max_size=most))
    groups = draw(st.integers(0, 3))
    nodes = tuple(
        MapNode(
            f"n{n}",
            label,
            draw(st.integers(0, 40)),
            draw(st.one_of(st.none(), st.integers(0, groups - 1))) if groups else None,
            draw(st.sampled_from(["actor", "concept"])),
        )
        for n, label in enumerate(labels)
    )
    pairs = list(combinations([node.id for node in nodes], 2))
    tied = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=40)) if pairs else []
    weight = st.one_of(st.integers(-9, 9), st.floats(-3, 3, allow_subnormal=False))
    edges = tuple(MapEdge(a, b, draw(weight)) for a, b in tied)
    return NetworkGraph("Who", nodes, edges, tuple(f"camp {n}" for n in range(groups)))


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_any_map_is_sound_names_everyone_and_repeats(graph):
    figure = network_map(graph)
    sound(figure, 160)
    assert all(named(figure, node.label) for node in graph.nodes)
    assert network_map(graph).svg == figure.svg


def camps(size: int, *, seed: int = 1, chance: float = 0.5) -> NetworkGraph:
    rng = random.Random(seed)
    nodes = tuple(MapNode(f"p{n}", f"Party {n}", 5 + n % 7, n % 2) for n in range(size))
    edges = tuple(
        MapEdge(a.id, b.id, rng.randint(1, 30) * (1 if a.group == b.group else -1))
        for a, b in combinations(nodes, 2)
        if rng.random() < chance
    )
    return NetworkGraph("Two camps", nodes, edges, ("left", "right"))


def test_400_nodes_are_cut_to_what_can_be_read_and_the_rest_is_counted():
    graph = camps(400, chance=0.05)
    figure = network_map(graph)
    sound(figure)
    drawn = [node for node in graph.nodes if named(figure, f"{node.label}:")]
    assert len(drawn) == MOST_NODES
    lines = len(classed(figure, "line", "quiet-edge") + classed(figure, "line", "accent-edge"))
    legend = 2
    hidden = len(graph.edges) - (lines - legend)
    told = figure.caption.rsplit(". ", 1)[1]
    assert told == (
        f"{hidden:,} weaker ties and {400 - MOST_NODES} actors with "
        f"{min(node.weight for node in drawn)} or fewer statements are not drawn."
    )
    assert told in figure.alt


def test_each_keeps_its_strongest_ties_of_both_signs():
    graph = camps(30, chance=0.8)
    kept = chosen(graph)
    ids = {node.id for node in kept.nodes}
    assert ids == {node.id for node in graph.nodes}
    for node in ids:
        for sign, number in ((1, 2), (-1, 1)):
            own = [e for e in graph.edges if node in {e.a, e.b} and e.weight * sign > 0]
            own.sort(key=lambda e: -abs(e.weight))
            for edge in own[:number]:
                stronger = [e for e in own if abs(e.weight) > abs(edge.weight)]
                assert edge in kept.edges or len(stronger) + 1 > number or _tied(own, edge)
    weakest = min(abs(edge.weight) for edge in kept.edges)
    assert all(abs(edge.weight) <= 30 for edge in kept.edges)
    assert weakest >= 1


def _tied(own: list[MapEdge], edge: MapEdge) -> bool:
    return sum(abs(e.weight) == abs(edge.weight) for e in own) > 1


def test_those_who_were_left_out_before_are_counted_with_their_reason():
    graph = NetworkGraph(
        "x",
        (MapNode("a", "A", 3), MapNode("b", "B", 5)),
        (MapEdge("a", "b", 2.0),),
        left_out=(41, "with fewer than 3 statements"),
    )
    figure = network_map(graph)
    assert "41 actors with fewer than 3 statements are not drawn." in figure.caption
    assert figure.caption.startswith("Ties are pairs of statements; each line stands for 2.")
    assert "weaker" not in figure.caption


def test_words_say_who_is_tied_and_who_stands_alone():
    nodes = tuple(
        MapNode(c, c.upper(), 1, group) for c, group in zip("abcd", (0, 0, 1, None), strict=True)
    )
    edges = (MapEdge("a", "b", 4.0), MapEdge("a", "c", -2.5))
    alt = network_map(NetworkGraph("x", nodes, edges, ("Yes", "No"))).alt
    assert alt == (
        "4 actors and 2 ties. Strongest agreement: A with B (4). Strongest clash: A with C (2.5). "
        "Yes: A and B. No: C. Without any tie: D."
    )


def test_agreement_is_solid_and_clash_is_dashed_and_thickness_grows_with_the_weight():
    nodes = tuple(MapNode(c, c) for c in "abcd")
    edges = (MapEdge("a", "b", 1.0), MapEdge("b", "c", 10.0), MapEdge("c", "d", -5.0))
    figure = network_map(NetworkGraph("x", nodes, edges))
    agree = classed(figure, "line", "quiet-edge")
    clash = classed(figure, "line", "accent-edge")
    assert [e.get("stroke-dasharray") for e in agree] == [None] * 3  # two ties and the legend
    assert all(e.get("stroke-dasharray") for e in clash)
    assert len(clash) == 2
    widths = [float(e.get("stroke-width")) for e in agree[:2]]
    assert widths[0] < float(clash[0].get("stroke-width")) < widths[1]


def test_a_pair_with_both_signs_has_two_lines_beside_each_other():
    nodes = (MapNode("a", "A"), MapNode("b", "B"))
    edges = (MapEdge("a", "b", 3.0), MapEdge("b", "a", -2.0))
    figure = network_map(NetworkGraph("x", nodes, edges))
    lines = [
        tuple(float(line.get(k)) for k in ("x1", "y1", "x2", "y2"))
        for line in parsed(figure.svg).iter(f"{SVG}line")
    ]
    assert len({*lines[:2]}) == 2
    assert abs(lines[0][1] - lines[1][1]) == pytest.approx(7, abs=0.3)


def test_groups_have_shapes_of_their_own_and_then_hollow_ones():
    nodes = tuple(MapNode(str(n), str(n), 1, n) for n in range(10))
    graph = NetworkGraph("x", nodes, (), tuple(f"g{n}" for n in range(10)))
    figure = network_map(graph)
    shapes = set()
    for group in parsed(figure.svg).iter(f"{SVG}g"):
        mark = group[2]
        path = re.sub(r"[\d. -]+", "#", mark.get("d", "o"))
        shapes.add((path, mark.get("class")))
    assert len(shapes) == 10


@pytest.mark.parametrize("graph", [NetworkGraph("x", (), ()), NetworkGraph("x", (), (), ("a",))])
def test_no_one_gives_a_sentence(graph):
    figure = network_map(graph)
    sound(figure)
    assert figure.alt == "There are no actors."
    assert tie_table(graph).rows == ()


def test_camps_stand_apart():
    graph = camps(20, chance=1.0)
    at = places_of(graph)
    side = {n: [at[node.id] for node in graph.nodes if node.group == n] for n in (0, 1)}
    middle = {n: [sum(axis) / len(p) for axis in zip(*p, strict=True)] for n, p in side.items()}
    between = _far(middle[0], middle[1])
    own = [_far(place, middle[n]) for n in (0, 1) for place in side[n]]
    assert between > max(own)


def _far(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


def _moved(before, after):
    return sorted(_far(before[each], after[each]) for each in before.keys() & after.keys())


@pytest.mark.parametrize("seed", range(4))
def test_a_small_change_moves_little_when_places_are_given(seed):
    graph = camps(24, seed=seed)
    before = places_of(graph)
    assert _moved(before, places_of(graph, previous=before))[-1] < 60
    changed = replace(
        graph,
        nodes=(*graph.nodes[1:], MapNode("new", "Newcomer", 6, 0)),
        edges=(*graph.edges[3:], MapEdge("new", "p2", 9.0), MapEdge("new", "p4", 8.0)),
    )
    changed = replace(changed, edges=tuple(e for e in changed.edges if "p0" not in {e.a, e.b}))
    after = places_of(changed, previous=before)
    moved = _moved(before, after)
    assert moved[len(moved) // 2] < 40
    assert moved[-1] < 150
    near = [_far(after["new"], after[each]) for each in ("p2", "p4")]
    assert min(near) < 250


def test_without_former_places_a_weak_tie_less_moves_most_by_little():
    graph = camps(24)
    weakest = min(chosen(graph).edges, key=lambda e: abs(e.weight))
    less = replace(graph, edges=tuple(e for e in graph.edges if e is not weakest))
    moved = _moved(places_of(graph), places_of(less))
    assert moved[len(moved) // 2] < 60


def test_the_order_of_what_is_given_does_not_matter_much():
    graph = camps(16)
    shuffled = replace(graph, edges=tuple(reversed(graph.edges)))
    assert network_map(shuffled).svg == network_map(graph).svg


def test_maps_of_windows_keep_places_and_have_anchors_of_their_own():
    graph = camps(18)
    figures = network_maps(
        [graph, replace(graph, edges=graph.edges[5:]), NetworkGraph("x", (), ())]
    )
    assert [figure.id for figure in figures] == ["network-map-1", "network-map-2", "network-map-3"]
    for figure in figures:
        sound(figure)


def test_the_table_has_both_signs_and_cites_the_statements():
    nodes = (MapNode("a", "A"), MapNode("b", "B"), MapNode("c", "C"))
    edges = (
        MapEdge("a", "b", 3.0, ("s1", "s2")),
        MapEdge("b", "a", -5.0, ("s2", "s3")),
        MapEdge("c", "a", 4.0),
        MapEdge("c", "c", 99.0),
    )
    words = MapWords(agree="congruence", clash="conflict")
    table = tie_table(NetworkGraph("x", nodes, edges, words=words))
    assert table.head == ("", "with", "congruence", "conflict", "net")
    assert table.rows[0] == (
        ("A",),
        ("B",),
        ("3", Cite(("s1", "s2"))),
        ("5", Cite(("s2", "s3"))),
        ("−2",),
    )
    assert table.rows[1] == (("C",), ("A",), ("4",), ("",), ("4",))
    assert numbers(tie_table(camps(20, chance=1.0), 5).caption) == [5, 190]


def test_who_points_at_a_node_reads_its_weight_and_group():
    graph = NetworkGraph("x", (MapNode("a", "Long " * 20, 1, 0),), (), ("The camp",))
    assert pointed_at(network_map(graph))[f"{' '.join(['Long'] * 20)} : 1 statement, The camp"] == 1
