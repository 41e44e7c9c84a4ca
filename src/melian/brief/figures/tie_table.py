"""The table beside the map of a network: the strongest ties, with the statements they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.document import Cite, Table
from melian.brief.figures.lettering import figure_of, one_line
from melian.brief.figures.network_choice import real

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.brief.document import Prose
    from melian.brief.figures.network_choice import MapEdge, NetworkGraph

SHOWN = 12


def tie_table(graph: NetworkGraph, most: int = SHOWN) -> Table:
    """Give the pairs with the strongest ties, for and against in one row, each with its statements.

    Args:
        graph: all of it counts, whatever is drawn.
        most: pairs in the table; the caption says how many there are.
    """
    names = {node.id: node.label for node in graph.nodes}
    pairs: dict[frozenset[str], list[MapEdge]] = {}
    for edge in real(graph.edges):
        pairs.setdefault(frozenset((edge.a, edge.b)), []).append(edge)
    ranked = sorted(pairs.values(), key=lambda edges: -max(abs(edge.weight) for edge in edges))
    rows = tuple(_row(edges, names) for edges in ranked[:most])
    more = f", {len(rows)} of {len(ranked):,} pairs" if len(ranked) > len(rows) else ""
    words = graph.words
    head = ("", "with", words.agree, words.clash, "net")
    caption = f"The strongest ties, in {words.tie}{more}"
    return Table(caption, head, rows, frozenset({2, 3, 4}))


def _row(edges: Sequence[MapEdge], names: dict[str, str]) -> tuple[Prose, ...]:
    one, other = edges[0].a, edges[0].b
    net = sum(edge.weight for edge in edges)
    return (
        (one_line(names.get(one, one)),),
        (one_line(names.get(other, other)),),
        _tie([edge for edge in edges if edge.weight > 0]),
        _tie([edge for edge in edges if edge.weight < 0]),
        (figure_of(net),),
    )


def _tie(edges: Sequence[MapEdge]) -> Prose:
    """Give the strength of a tie of one sign, and cite what it rests on."""
    if not edges:
        return ("",)
    strength = figure_of(sum(abs(edge.weight) for edge in edges))
    rests = tuple(dict.fromkeys(each for edge in edges for each in edge.statements))
    return (strength, Cite(rests)) if rests else (strength,)
