"""What of a network is drawn: so much that it can be read, by a rule that is told, and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Literal
from zlib import crc32

from melian.brief.figures.lettering import figure_of
from melian.case.wording import counted, series

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["actor", "concept"]

MOST_NODES = 32
FOR, AGAINST = 2, 1
"""So many of its strongest ties of each sign a node keeps: none is cut off from whom it is tied to.
"""

TIES_PER_NODE = 2
FEW = 36
"""So few ties are all drawn."""


@dataclass(frozen=True, slots=True)
class MapNode:
    """A node: its id, name, weight, group (from 0), kind, and if it is firmly in its group."""

    id: str
    label: str
    weight: float = 1.0
    group: int | None = None
    kind: Kind = "actor"
    firm: bool = True


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A tie of two nodes: above zero for agreement, below for clash; ids of what it rests on."""

    a: str
    b: str
    weight: float
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapWords:
    """What things are called: nodes, their weight, what ties say, and who is in no group firmly."""

    node: tuple[str, str] = ("actor", "actors")
    weight: tuple[str, str] = ("statement", "statements")
    agree: str = "agreement"
    clash: str = "clash"
    tie: str = "pairs of statements"
    loose: str = "not firmly in it"


@dataclass(frozen=True, slots=True)
class NetworkGraph:
    """A network to draw.

    Attributes:
        title: a headline.
        nodes: each with an id of its own.
        edges: between them; a pair may have one of each sign.
        groups: names of the groups, by their number.
        words: what things are called.
        left_out: how many nodes were left out before, and why: "with fewer than 5 statements".
    """

    title: str
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    groups: tuple[str, ...] = ()
    words: MapWords = field(default_factory=MapWords)
    left_out: tuple[int, str] = (0, "")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is drawn of a network, in order of weight; by what rule, and what is not drawn."""

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    rule: str
    hidden: str


def chosen(graph: NetworkGraph, most: int = MOST_NODES) -> Chosen:
    """Choose the nodes that weigh most, the strongest ties of each, then the strongest of all."""
    nodes = heaviest(graph.nodes, most)
    edges, hidden = ties_among(nodes, graph.edges)
    return Chosen(
        nodes, edges, _rule(graph, edges) if hidden else "", _hidden(graph, nodes, hidden)
    )


def heaviest(nodes: Sequence[MapNode], most: int) -> tuple[MapNode, ...]:
    """Give the nodes that weigh most, in that order; of equals, as they are given."""
    return tuple(sorted(nodes, key=lambda node: -node.weight)[:most])


def real(edges: Sequence[MapEdge]) -> list[MapEdge]:
    """Give the edges that tie two nodes, by a number other than 0."""
    return [edge for edge in edges if edge.a != edge.b and edge.weight and isfinite(edge.weight)]


def ties_among(
    nodes: Sequence[MapNode], edges: Sequence[MapEdge]
) -> tuple[tuple[MapEdge, ...], int]:
    """Give the ties that are drawn among some nodes, strongest first, and how many are not."""
    ids = {node.id for node in nodes}
    ties = real(edges)
    among = [edge for edge in ties if edge.a in ids and edge.b in ids]
    among.sort(key=_strength)
    room = {(node, agree): FOR if agree else AGAINST for node in ids for agree in (True, False)}
    kept: list[MapEdge] = []
    others: list[MapEdge] = []
    for edge in among:
        ends = (edge.a, edge.weight > 0), (edge.b, edge.weight > 0)
        near = kept if any(room[end] > 0 for end in ends) else others
        near.append(edge)
        for end in ends:
            room[end] -= 1
    free = max(TIES_PER_NODE * len(nodes), FEW) - len(kept)
    drawn = sorted([*kept, *others[: max(free, 0)]], key=_strength)
    return tuple(drawn), len(ties) - len(drawn)


def _strength(edge: MapEdge) -> tuple[float, int]:
    """Put the strongest first; of equals, in an order that favours no one."""
    pair = "\0".join(sorted((edge.a, edge.b)))
    return -abs(edge.weight), crc32(pair.encode("utf-8", "replace"))


def _rule(graph: NetworkGraph, edges: Sequence[MapEdge]) -> str:
    """Say by what rule ties are drawn, of the signs that there are."""
    words = graph.words
    parts = []
    if any(edge.weight > 0 for edge in edges):
        parts.append(f"the two strongest ties of {words.agree}")
    if any(edge.weight < 0 for edge in edges):
        parts.append(f"the strongest of {words.clash}" if parts else "the strongest tie")
    kept = " and ".join(parts)
    return f"Drawn are, for each {words.node[0]}, {kept}, then the strongest of the others."


def _hidden(graph: NetworkGraph, nodes: Sequence[MapNode], hidden: int) -> str:
    """Say what is not drawn."""
    parts = []
    if hidden:
        parts.append(counted(hidden, "weaker tie"))
    cut = len(graph.nodes) - len(nodes)
    if cut:
        least = min(node.weight for node in nodes)
        kept = {node.id for node in nodes}
        below = all(node.weight < least for node in graph.nodes if node.id not in kept)
        limit = f"fewer than {figure_of(least)}" if below else f"{figure_of(least)} or fewer"
        parts.append(f"{counted(cut, *graph.words.node)} with {limit} {graph.words.weight[1]}")
    number, why = graph.left_out
    if number:
        parts.append(f"{counted(number, *graph.words.node)} {why}".rstrip())
    if not parts:
        return ""
    one = len(parts) == 1 and parts[0].startswith("1 ")
    return f"{series(parts)} {'is' if one else 'are'} not drawn."
