"""From the ties of a debate to the map of its network, with the statements behind each tie."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from melian.brief.figures.network_choice import MapEdge, MapNode, NetworkGraph
from melian.case.wording import counted
from melian.discourse.networks.building import network
from melian.discourse.networks.evidence import evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.brief.debate import Debate


def network_graph(found: Debate) -> NetworkGraph:
    """Give the network of those who are grouped: agreement above zero, clash below."""
    grouped = found.coalitions
    group = {who: c.number - 1 for c in grouped.coalitions for who in c.members}
    nodes = (
        MapNode(str(who), str(who), float(said), group.get(who))
        for who, said in zip(grouped.basis.actors, grouped.basis.said.tolist(), strict=True)
    )
    few = len(grouped.left.few)
    return NetworkGraph(
        title="Who stands with whom",
        nodes=tuple(nodes),
        edges=(*_edges(found, "congruence", 1), *_edges(found, "conflict", -1)),
        groups=tuple(each.name for each in grouped.coalitions),
        left_out=(few, f"with fewer than {counted(grouped.search.least, 'statement')}")
        if few
        else (0, ""),
    )


def _edges(found: Debate, way: Literal["congruence", "conflict"], sign: int) -> Iterator[MapEdge]:
    """Give the ties of one sign among those who are grouped."""
    built = network(found.table, replace(found.design, aggregation=way))
    place = {who: number for number, who in enumerate(built.rows)}
    among = np.array([place[who] for who in found.coalitions.basis.actors], dtype=np.intp)
    square = np.triu(built.matrix[np.ix_(among, among)], 1)
    one, other = np.nonzero(square)
    behind = evidence(found.table, built, (among[one], among[other]))
    for number, (a, b) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        rests = dict.fromkeys(found.table.ids[row] for row in behind.of(number).tolist())
        yield MapEdge(
            str(found.coalitions.basis.actors[a]),
            str(found.coalitions.basis.actors[b]),
            sign * float(square[a, b]),
            tuple(rests),
        )
