"""The map of who says what: actors at the sides, concepts between them, support and rejection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SMALL, WIDTH, drawing, element, label, line
from melian.brief.figures.column_order import ordered
from melian.brief.figures.lettering import (
    LINE,
    figure_of,
    in_lines,
    note,
    pointed,
    some,
    told,
    widest,
)
from melian.brief.figures.marks import legend, mark, mark_entry
from melian.brief.figures.network_choice import heaviest, real, ties_among
from melian.brief.figures.network_map import DASH, tie_entry
from melian.case.wording import counted, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from melian.brief.figures.marks import Entry
    from melian.brief.figures.network_choice import MapEdge, MapNode, NetworkGraph

MOST_ACTORS, MOST_CONCEPTS = 28, 16
AIR = 9.0
THIN, THICK, EVEN = 0.8, 4.5, 1.5
RADIUS = 5.0
TOLD = 5
CONCEPTS = ("concept", "concepts")


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column of names stands: their edge, which edge it is, and where lines meet them."""

    text: float
    anchor: str
    ports: tuple[float, ...]


ROOMY, ROOMIER = 170.0, 250.0
"""Px that a name has, at the most, in three columns and in two."""

PORT = 11.0
"""Px from a name to where lines meet its mark."""


def _frame(names: Sequence[Sequence[Sequence[str]]]) -> tuple[_Column, ...]:
    """Give columns no wider than their names, so that the lines have the rest."""
    wide = [max((widest(lines) for lines in column), default=0.0) for column in names]
    left = _Column(wide[0], "end", (wide[0] + PORT,))
    right = _Column(WIDTH - wide[-1], "start", (WIDTH - wide[-1] - PORT,))
    if len(wide) == 2:
        return left, right
    middle = (left.ports[0] + right.ports[0]) / 2
    half = wide[1] / 2 + PORT
    return left, _Column(middle, "middle", (middle - half, middle + half)), right


def two_mode_map(graph: NetworkGraph, *, anchor: str = "two-mode-map") -> Figure:
    """Give the map.

    With two groups and more, the actors of the first stand at the left and all others at the
    right; with fewer, the concepts stand at the right.

    Args:
        graph: nodes are actors and concepts, each edge joins one of each.
        anchor: id of the figure.
    """
    actors = heaviest([node for node in graph.nodes if node.kind == "actor"], MOST_ACTORS)
    concepts = heaviest([node for node in graph.nodes if node.kind == "concept"], MOST_CONCEPTS)
    edges, hidden = ties_among((*actors, *concepts), graph.edges)
    both = len({node.group for node in actors if node.group is not None}) > 1
    columns = _ordered(_columns(actors, concepts, both=both), edges)
    alt = _alt(graph, (*actors, *concepts), edges)
    if not actors and not concepts:
        text, height = note(alt, WIDTH, 4)
        parts = [text]
    else:
        parts, height = _drawn(graph, columns, edges)
    signs, bottom = legend([*_legend(graph, actors, edges)], height + 20)
    caption = _caption(graph, actors, concepts, edges, hidden)
    svg = drawing(anchor, graph.title, alt, [*parts, *signs], height=bottom)
    return Figure(anchor, graph.title, caption, alt, svg)


def _columns(
    actors: Sequence[MapNode], concepts: Sequence[MapNode], *, both: bool
) -> list[list[MapNode]]:
    if not both:
        return [list(actors), list(concepts)]
    first = min(node.group for node in actors if node.group is not None)
    left = [node for node in actors if node.group == first]
    right = sorted(
        (node for node in actors if node.group != first),
        key=lambda node: (node.group is None, node.group or 0),
    )
    return [left, list(concepts), right]


def _ordered(columns: list[list[MapNode]], edges: Sequence[MapEdge]) -> list[list[MapNode]]:
    """Put each near what it is tied to."""
    nodes = {node.id: node for column in columns for node in column}
    groups = {node.id: node.group for node in nodes.values()}
    ties = [(edge.a, edge.b, abs(edge.weight)) for edge in edges]
    ids = ordered([[node.id for node in column] for column in columns], groups, ties)
    return [[nodes[each] for each in column] for column in ids]


def _drawn(
    graph: NetworkGraph,
    columns: Sequence[Sequence[MapNode]],
    edges: Sequence[MapEdge],
) -> tuple[list[str], float]:
    room = ROOMIER if len(columns) == 2 else ROOMY
    names = [[in_lines(node.label, room) for node in nodes] for nodes in columns]
    frame = _frame(names)
    heights = [[len(lines) * LINE + AIR for lines in each] for each in names]
    height = max(sum(each) for each in heights)
    at: dict[str, tuple[int, float]] = {}
    parts = []
    for place, (nodes, texts, tall) in enumerate(zip(columns, names, heights, strict=True)):
        spare = (height - sum(tall)) / max(len(nodes), 1)
        y = 0.0
        for node, lines, high in zip(nodes, texts, tall, strict=True):
            middle = y + (high + spare) / 2
            at[node.id] = (place, middle)
            parts.append(_name(graph, node, lines, frame[place], middle))
            y += high + spare
    return [*_ties(edges, at, frame), *parts], height


def _name(
    graph: NetworkGraph, node: MapNode, lines: Sequence[str], column: _Column, y: float
) -> str:
    top = y - len(lines) * LINE / 2 + SMALL * 0.95
    text = label(lines, column.text, top, size=SMALL, text_anchor=column.anchor)
    weight = f"{figure_of(node.weight)} {graph.words.weight[node.weight != 1]}"
    marks = [mark(node.group if graph.groups else 0, column.ports[0], y, RADIUS)]
    if node.kind == "concept":
        marks = [
            element("rect", x=x - 3, y=y - 3, width=6.0, height=6.0, paint="wash edge")
            for x in column.ports
        ]
    return pointed(f"{node.label}: {weight}", *marks, text)


def _ties(
    edges: Sequence[MapEdge], at: Mapping[str, tuple[int, float]], frame: Sequence[_Column]
) -> Iterator[str]:
    most = max((abs(edge.weight) for edge in edges), default=1.0)
    alike = all(abs(edge.weight) == most for edge in edges)
    for edge in reversed(edges):
        (one, y1), (other, y2) = sorted((at[edge.a], at[edge.b]))
        wide = EVEN if alike else THIN + (THICK - THIN) * abs(edge.weight) / most
        yield line(
            frame[one].ports[-1],
            y1,
            frame[other].ports[0],
            y2,
            "quiet-edge" if edge.weight > 0 else "accent-edge",
            stroke_width=round(wide, 2),
            stroke_opacity=0.55 if edge.weight > 0 else 0.85,
            stroke_dasharray=None if edge.weight > 0 else DASH,
        )


def _legend(
    graph: NetworkGraph, actors: Sequence[MapNode], edges: Sequence[MapEdge]
) -> Iterator[Entry]:
    present = {node.group for node in actors}
    for number, name in enumerate(graph.groups):
        if number in present:
            yield mark_entry(number, name)
    if graph.groups and None in present:
        yield mark_entry(None, "in none of them")
    for agree, name in ((True, graph.words.agree), (False, graph.words.clash)):
        if any((edge.weight > 0) == agree for edge in edges):
            yield tie_entry(name, agree=agree)


def _caption(
    graph: NetworkGraph,
    actors: Sequence[MapNode],
    concepts: Sequence[MapNode],
    edges: Sequence[MapEdge],
    hidden: int,
) -> str:
    words = graph.words
    parts = []
    if edges:
        strengths = {abs(edge.weight) for edge in edges}
        which = "each" if len(strengths) == 1 else "the thickest"
        most = figure_of(max(strengths))
        parts.append(f"Ties are {words.tie}; {which} line stands for {most}.")
    total = sum(node.kind == "actor" for node in graph.nodes)
    left = [
        (hidden, ("weaker tie", "weaker ties")),
        (total - len(actors) + graph.left_out[0], words.node),
        (len(graph.nodes) - total - len(concepts), CONCEPTS),
    ]
    cut = [counted(number, *noun) for number, noun in left if number]
    if cut:
        one = sum(number for number, _ in left) == 1
        parts.append(
            f"Drawn are those with most {words.weight[1]}; {series(cut)} {'is' if one else 'are'} "
            "not drawn."
        )
    return " ".join(parts)


def _alt(graph: NetworkGraph, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> str:
    """Say of the concepts most spoken of who is for and who is against them."""
    concepts = [node for node in nodes if node.kind == "concept"]
    if not real(graph.edges) or not concepts:
        return f"No {graph.words.node[0]} speaks of any concept."
    names = {node.id: node.label for node in nodes}
    sentences = []
    for concept in concepts:
        sides = []
        for agree, word in ((True, graph.words.agree), (False, graph.words.clash)):
            who = [
                names[edge.b if edge.a == concept.id else edge.a]
                for edge in edges
                if concept.id in {edge.a, edge.b} and (edge.weight > 0) == agree
            ]
            if who:
                sides.append(f"{word} by {some(who, 2)}")
        if sides:
            sentences.append(f"{told(concept.label)}: {'; '.join(sides)}.")
    return " ".join(sentences[:TOLD]) or "Nothing that is drawn is tied."
