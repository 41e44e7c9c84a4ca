"""GraphML: what igraph, networkx, visone, yEd and Gephi read (Brandes and others, 2002).

Each attribute has a key of its own, so that names may be the same for nodes and ties. A node is
called by its number; its name is the attribute ``label``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.formats.graphs.graph import kinds
from melian.formats.graphs.xml import quoted, said, text
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from melian.formats.graphs.graph import Edge, Graph, Node, Value

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_TYPES: dict[type, str] = {str: "string", int: "long", float: "double", bool: "boolean"}


def graphml(graph: Graph) -> str:
    """Give a graph as GraphML.

    Raises:
        UsageError: it changes with time, which GraphML cannot say.
    """
    if graph.moving:
        raise UsageError("GraphML knows no time. Write windows as .gexf, .csv or .json.")
    return "".join(_lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    about: dict[str, list[Mapping[str, Value]]] = {
        "graph": [graph.attributes],
        "node": [_of_node(node) for node in graph.nodes],
        "edge": [_of_edge(edge) for edge in graph.edges],
    }
    keys = {
        (domain, name): f"{domain[0]}{number}"
        for domain, found in about.items()
        for number, name in enumerate(kinds(found))
    }
    yield _HEAD
    for domain, found in about.items():
        for name, kind in kinds(found).items():
            yield (
                f'  <key id="{keys[domain, name]}" for="{domain}" attr.name={quoted(name)} '
                f'attr.type="{_TYPES[kind]}"/>\n'
            )
    yield '  <graph id="G" edgedefault="undirected">\n'
    yield _data(keys, "graph", about["graph"][0], "    ") + "\n"
    for number, of in enumerate(about["node"]):
        yield f'    <node id="n{number}">{_data(keys, "node", of)}</node>\n'
    for number, (edge, of) in enumerate(zip(graph.edges, about["edge"], strict=True)):
        ends = f'source="n{edge.source}" target="n{edge.target}"'
        yield f'    <edge id="e{number}" {ends}>{_data(keys, "edge", of)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _of_node(node: Node) -> Mapping[str, Value]:
    return {"label": node.label, **node.attributes}


def _of_edge(edge: Edge) -> Mapping[str, Value]:
    weight: dict[str, Value] = {} if edge.weight is None else {"weight": edge.weight}
    return {**weight, **edge.attributes}


def _data(
    keys: Mapping[tuple[str, str], str], domain: str, found: Mapping[str, Value], before: str = ""
) -> str:
    return before + "".join(
        f'<data key="{keys[domain, name]}">{text(said(value))}</data>'
        for name, value in found.items()
    )
