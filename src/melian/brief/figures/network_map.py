"""The map of a network: who is tied to whom, for and against, and in which camp each stands."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SMALL, WIDTH, Box, drawing, element, label, line
from melian.brief.figures.boxes_apart import Extent
from melian.brief.figures.lettering import (
    LINE,
    figure_of,
    in_lines,
    note,
    one_line,
    pointed,
    some,
    told,
    widest,
)
from melian.brief.figures.marks import REACH, entry, legend, mark, mark_entry
from melian.brief.figures.network_choice import MOST_NODES, chosen
from melian.brief.figures.network_layout import placed
from melian.case.wording import counted, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from melian.brief.figures.boxes_apart import Place
    from melian.brief.figures.marks import Entry
    from melian.brief.figures.network_choice import Chosen, MapEdge, MapNode, NetworkGraph

SMALLEST, LARGEST = 4.5, 13.0
NAME, WORD = 104.0, 172.0
THIN, THICK = 0.8, 5.0
EVEN = 1.5
BESIDE = 3.5
DASH = "5 4"
PAD = 4.0
TOLD = 3


def network_map(
    graph: NetworkGraph,
    *,
    previous: Mapping[str, Place] | None = None,
    most: int = MOST_NODES,
    anchor: str = "network-map",
) -> Figure:
    """Give the map.

    Args:
        graph: what is drawn of it is told in the caption, with what is not.
        previous: where nodes stood in the map before (:func:`places_of`), by id, so that the maps
            of several windows can be compared.
        most: nodes drawn, those that weigh most.
        anchor: id of the figure.
    """
    kept = chosen(graph, most)
    sizes = _radii(kept.nodes)
    names = [_lines(node) for node in kept.nodes]
    places, height = _places(kept, sizes, names, previous)
    at = {node.id: place for node, place in zip(kept.nodes, places, strict=True)}
    parts = [*_ties(kept.edges, at)]
    for node, place, radius, lines in zip(kept.nodes, places, sizes, names, strict=True):
        parts.append(_node(graph, node, place, radius, lines))
    if not kept.nodes:
        parts, height = [note(_alt(graph, kept), WIDTH, 4)[0]], 28.0
    signs, bottom = legend(list(_legend(graph, kept)), height + 22)
    alt = _alt(graph, kept)
    svg = drawing(anchor, graph.title, alt, [*parts, *signs], height=bottom)
    return Figure(anchor, graph.title, _caption(graph, kept), alt, svg)


def places_of(
    graph: NetworkGraph,
    *,
    previous: Mapping[str, Place] | None = None,
    most: int = MOST_NODES,
) -> dict[str, Place]:
    """Give where the nodes of a map stand, by id: what the next map may begin with."""
    kept = chosen(graph, most)
    names = [_lines(node) for node in kept.nodes]
    places, _ = _places(kept, _radii(kept.nodes), names, previous)
    return {node.id: place for node, place in zip(kept.nodes, places, strict=True)}


def network_maps(
    graphs: Sequence[NetworkGraph], *, most: int = MOST_NODES, anchor: str = "network-map"
) -> list[Figure]:
    """Give a map for each window in time; who stays keeps about the same place."""
    known: dict[str, Place] = {}
    found = []
    for number, graph in enumerate(graphs, start=1):
        name = f"{anchor}-{number}"
        found.append(network_map(graph, previous=known, most=most, anchor=name))
        known |= places_of(graph, previous=known, most=most)
    return found


def _places(
    kept: Chosen,
    sizes: Sequence[float],
    names: Sequence[Sequence[str]],
    previous: Mapping[str, Place] | None,
) -> tuple[list[Place], float]:
    number = {node.id: place for place, node in enumerate(kept.nodes)}
    return placed(
        [node.id for node in kept.nodes],
        _lengths(kept.edges, number),
        [-n - 2 if (group := node.group) is None else group for n, node in enumerate(kept.nodes)],
        [_extent(radius, lines) for radius, lines in zip(sizes, names, strict=True)],
        previous,
    )


def _lengths(edges: Sequence[MapEdge], number: Mapping[str, int]) -> dict[tuple[int, int], float]:
    """Give how far apart the tied want to be: near who agree much, far who clash much."""
    net: dict[tuple[int, int], float] = {}
    for edge in edges:
        pair = min(number[edge.a], number[edge.b]), max(number[edge.a], number[edge.b])
        net[pair] = net.get(pair, 0.0) + edge.weight
    most = max(map(abs, net.values()), default=1.0) or 1.0
    share = {pair: sqrt(abs(weight) / most) for pair, weight in net.items()}
    return {
        pair: 1.3 - 0.6 * share[pair] if net[pair] > 0 else 1.7 + 0.4 * share[pair] for pair in net
    }


def _lines(node: MapNode) -> tuple[str, ...]:
    """Give a name in lines, somewhat wider where a word of it would else be broken."""
    words = widest(one_line(node.label).split())
    return in_lines(node.label, min(max(NAME, words), WORD))


def _radii(nodes: Sequence[MapNode]) -> list[float]:
    """Give radii whose circles are as large as the nodes weigh, down to the smallest."""
    most = max((node.weight for node in nodes), default=0.0)
    if most <= 0 or all(node.weight == most for node in nodes):
        return [7.0] * len(nodes)
    return [round(max(LARGEST * sqrt(max(node.weight, 0.0) / most), SMALLEST), 1) for node in nodes]


def _extent(radius: float, lines: Sequence[str]) -> Extent:
    """Give the room of a node: its mark, and its name below it."""
    half = max(widest(lines) / 2 + 1, radius * REACH) + 1
    high = radius * REACH
    return Extent(half, half, high + 1, high + len(lines) * LINE + PAD)


def _ties(edges: Sequence[MapEdge], at: Mapping[str, Place]) -> Iterator[str]:
    """Draw the ties, the weakest first; those of a pair with both signs lie beside each other."""
    most = max((abs(edge.weight) for edge in edges), default=1.0)
    pairs = [frozenset((edge.a, edge.b)) for edge in edges]
    alike = all(abs(edge.weight) == most for edge in edges)
    for edge, pair in reversed(list(zip(edges, pairs, strict=True))):
        first, last = sorted((at[edge.a], at[edge.b]))
        if pairs.count(pair) > 1:
            first, last = _beside(first, last, BESIDE if edge.weight > 0 else -BESIDE)
        wide = EVEN if alike else THIN + (THICK - THIN) * abs(edge.weight) / most
        yield _tie(first, last, wide, agree=edge.weight > 0)


def _beside(first: Place, last: Place, by: float) -> tuple[Place, Place]:
    dx, dy = last[0] - first[0], last[1] - first[1]
    length = sqrt(dx * dx + dy * dy) or 1.0
    x, y = -dy / length * by, dx / length * by
    return (first[0] + x, first[1] + y), (last[0] + x, last[1] + y)


def _tie(first: Place, last: Place, wide: float, *, agree: bool) -> str:
    return line(
        *first,
        *last,
        "quiet-edge" if agree else "accent-edge",
        stroke_width=round(wide, 2),
        stroke_opacity=0.55 if agree else 0.8,
        stroke_dasharray=None if agree else DASH,
    )


def _node(
    graph: NetworkGraph, node: MapNode, place: Place, radius: float, lines: Sequence[str]
) -> str:
    x, y = place
    top = y + radius * REACH + 1
    wide = widest(lines) + 2
    ground = Box(x - wide / 2, top, wide, len(lines) * LINE)
    parts = [
        element(
            "rect",
            x=ground.x,
            y=ground.y,
            width=ground.width,
            height=ground.height,
            paint="paper",
            fill_opacity=0.82,
        ),
        _mark(graph, node, place, radius),
        label(lines, x, top + SMALL * 0.92, size=SMALL, text_anchor="middle"),
    ]
    return pointed(_of_node(graph, node), *parts)


def _mark(graph: NetworkGraph, node: MapNode, place: Place, radius: float) -> str:
    x, y = place
    if node.kind == "concept":
        side = 1.7 * radius
        box = {"x": x - side / 2, "y": y - side / 2, "width": side, "height": side}
        return element("rect", paint="wash edge", stroke_width=1.25, **box)
    return mark(node.group if graph.groups else 0, x, y, radius, hollow=_loose(graph, node))


def _loose(graph: NetworkGraph, node: MapNode) -> bool:
    return bool(graph.groups) and node.group is not None and not node.firm


def _of_node(graph: NetworkGraph, node: MapNode) -> str:
    weight = f"{figure_of(node.weight)} {graph.words.weight[node.weight != 1]}"
    group = _group(graph, node)
    return f"{node.label}: {weight}{group and ', '}{group}"


def _group(graph: NetworkGraph, node: MapNode) -> str:
    named = node.group is not None and node.group < len(graph.groups)
    loose = f", {graph.words.loose}" if _loose(graph, node) else ""
    return f"{graph.groups[node.group or 0]}{loose}" if named else ""


def _legend(graph: NetworkGraph, kept: Chosen) -> Iterator[Entry]:
    present = {node.group for node in kept.nodes}
    for number, name in enumerate(graph.groups):
        if number in present:
            yield mark_entry(number, name)
    loose = [node.group for node in kept.nodes if _loose(graph, node)]
    yield from (mark_entry(group, graph.words.loose, hollow=True) for group in loose[:1])
    if graph.groups and None in present:
        yield mark_entry(None, "in none of them")
    for agree, name in ((True, graph.words.agree), (False, graph.words.clash)):
        if any((edge.weight > 0) == agree for edge in kept.edges):
            yield tie_entry(name, agree=agree)


def tie_entry(name: str, *, agree: bool) -> Entry:
    """Give an entry of a legend: a line of one sign, and what it says."""
    return entry(lambda x, y: _tie((x, y - 4), (x + 30, y - 4), 2.5, agree=agree), 30, name)


def _caption(graph: NetworkGraph, kept: Chosen) -> str:
    words = graph.words
    parts = []
    strengths = {abs(edge.weight) for edge in kept.edges}
    if len(strengths) == 1:
        parts.append(f"Ties are {words.tie}; each line stands for {figure_of(min(strengths))}.")
    elif strengths:
        most = figure_of(max(strengths))
        parts.append(f"Ties are {words.tie}; the thickest line stands for {most}.")
    if len({node.weight for node in kept.nodes}) > 1:
        parts.append(f"The larger a mark, the more {words.weight[1]}.")
    return (
        " ".join(part for part in (*parts, kept.rule, kept.hidden) if part)
        or "Nothing is tied to anything."
    )


def _alt(graph: NetworkGraph, kept: Chosen) -> str:
    """Say who is tied most, who clashes most, who is in which group, and what is not drawn."""
    if not kept.nodes:
        return f"There are no {graph.words.node[1]}."
    number = counted(len(kept.nodes), *graph.words.node)
    sentences = [f"{number} and {counted(len(kept.edges), 'tie')}."]
    names = {node.id: node.label for node in kept.nodes}
    for agree, head in ((True, graph.words.agree), (False, graph.words.clash)):
        pairs = [edge for edge in kept.edges if (edge.weight > 0) == agree][:TOLD]
        if pairs:
            said = series([_pair(edge, names) for edge in pairs])
            sentences.append(f"Strongest {head}: {said}.")
    for group, name in enumerate(graph.groups):
        members = [node.label for node in kept.nodes if node.group == group]
        if members:
            sentences.append(f"{told(name)}: {some(members, 3)}.")
    loose = [node.label for node in kept.nodes if _loose(graph, node)]
    if loose:
        sentences.append(f"{told(graph.words.loose).capitalize()}: {some(loose, 3)}.")
    alone = _untied(kept)
    if alone:
        sentences.append(f"Without any tie: {some(alone, 3)}.")
    return " ".join([*sentences, kept.hidden]).strip()


def _untied(kept: Chosen) -> list[str]:
    tied = {end for edge in kept.edges for end in (edge.a, edge.b)}
    return [node.label for node in kept.nodes if node.id not in tied]


def _pair(edge: MapEdge, names: Mapping[str, str]) -> str:
    weight = figure_of(abs(edge.weight))
    return f"{told(names[edge.a])} with {told(names[edge.b])} ({weight})"
