"""The map of who says what: columns, few crossings, and the sides of each concept in words."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from pictured import classed, named, names, sound

from melian.brief.figures.network_choice import MapEdge, MapNode, MapWords, NetworkGraph
from melian.brief.figures.two_mode_map import MOST_ACTORS, MOST_CONCEPTS, two_mode_map

WORDS = MapWords(agree="support", clash="rejection", tie="statements")


@st.composite
def graphs(draw, most=8):
    groups = st.one_of(st.none(), st.integers(0, 2))
    actors = [
        MapNode(f"a{n}", draw(names), draw(st.integers(0, 9)), draw(groups))
        for n in range(draw(st.integers(0, most)))
    ]
    concepts = [
        MapNode(f"c{n}", draw(names), draw(st.integers(0, 9)), None, "concept")
        for n in range(draw(st.integers(0, most)))
    ]
    pairs = [(a.id, c.id) for a in actors for c in concepts]
    tied = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    edges = tuple(MapEdge(a, c, draw(st.integers(-5, 5))) for a, c in tied)
    return NetworkGraph("Who says what", (*actors, *concepts), edges, ("x", "y", "z"), WORDS)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_any_map_is_sound_names_everyone_and_repeats(graph):
    figure = two_mode_map(graph)
    sound(figure, 200)
    assert all(named(figure, node.label) for node in graph.nodes)
    assert two_mode_map(graph).svg == figure.svg


def sided(actors: int, concepts: int, *, seed: int = 2) -> NetworkGraph:
    rng = random.Random(seed)
    who = [MapNode(f"a{n}", f"Actor {n}", 1 + n % 9, n % 2) for n in range(actors)]
    what = [MapNode(f"c{n}", f"Concept {n}", 1 + n % 5, None, "concept") for n in range(concepts)]
    rng.shuffle(who)
    edges = tuple(
        MapEdge(a.id, c.id, rng.choice((-2, -1, 1, 3)))
        for a in who
        for c in what
        if rng.random() < 0.3
    )
    return NetworkGraph("x", (*who, *what), edges, ("left", "right"), WORDS)


def test_300_actors_and_100_concepts_are_cut_and_counted():
    graph = sided(300, 100)
    figure = two_mode_map(graph)
    sound(figure)
    drawn = len(classed(figure, "line", "quiet-edge") + classed(figure, "line", "accent-edge")) - 2
    assert figure.caption.endswith(
        f"Drawn are those with most statements; {len(graph.edges) - drawn:,} weaker ties, "
        f"{300 - MOST_ACTORS} actors and {100 - MOST_CONCEPTS} concepts are not drawn."
    )


def crossings(figure) -> int:
    lines = [
        tuple(float(line.get(k)) for k in ("x1", "y1", "x2", "y2"))
        for paint in ("quiet-edge", "accent-edge")
        for line in classed(figure, "line", paint)
    ]
    return sum(
        a[0] == b[0] and a[2] == b[2] and (a[1] - b[1]) * (a[3] - b[3]) < 0
        for a, b in combinations(lines, 2)
    )


def test_ties_that_need_not_cross_do_not():
    order = random.Random(5).sample(range(12), 12)
    who = tuple(MapNode(f"a{n}", f"A{n}", 1) for n in order)
    what = tuple(MapNode(f"c{n}", f"C{n}", 1, None, "concept") for n in reversed(order))
    edges = [MapEdge(f"a{n}", f"c{n}", 1.0) for n in range(12)]
    edges += [MapEdge(f"a{n}", f"c{n + 1}", -1.0) for n in range(5)]
    assert crossings(two_mode_map(NetworkGraph("x", (*who, *what), tuple(edges)))) == 0


def test_two_camps_stand_at_the_two_sides():
    figure = two_mode_map(sided(10, 5))
    left = classed(figure, "circle", "mover-1")
    right = classed(figure, "rect", "mover-2") + classed(figure, "path", "mover-2")
    legend = {6.0, 7.0}
    xs = [{float(e.get("cx")) for e in left}, {float(e.get("d")[1:].split()[0]) for e in right}]
    assert max(xs[0] - legend) < 340 < min(x for x in xs[1] if x > 120)


def test_words_tell_the_sides_of_each_concept():
    nodes = (
        MapNode("a", "A"),
        MapNode("b", "B"),
        MapNode("c", "a fast end", 3, None, "concept"),
        MapNode("d", "nothing", 1, None, "concept"),
    )
    edges = (MapEdge("a", "c", 2.0), MapEdge("b", "c", -1.0))
    figure = two_mode_map(NetworkGraph("x", nodes, edges, words=WORDS))
    assert figure.alt == "a fast end: support by A; rejection by B."
    assert two_mode_map(NetworkGraph("x", (), ())).alt == "No actor speaks of any concept."
