"""GraphML and GEXF: what networkx and igraph read is what was written."""

from __future__ import annotations

import io
import tempfile
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.formats.graphs.gexf import gexf
from melian.formats.graphs.graph import Edge, Graph, Node, Spell
from melian.formats.graphs.graphml import graphml
from melian.problems import UsageError

NASTY = "a \"quoted\" <b> & 'c'\n\tnext\r\nÖß 中 \N{GRINNING FACE} ]]>"
UNSAYABLE = "nul \0 bell \a escape \x1b lone \ud800 end \uffff"
SAID = "nul \ufffd bell \ufffd escape \ufffd lone \ufffd end \ufffd"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)
attributes = st.fixed_dictionaries(
    {"count": st.integers(-(2**31), 2**31 - 1)},
    optional={"note": texts, "share": numbers, "weight_before": numbers, "sure": st.booleans()},
)


@st.composite
def graphs(draw):
    nodes = draw(st.lists(st.builds(Node, texts, attributes), max_size=6))
    pairs = [(one, other) for other in range(len(nodes)) for one in range(other)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    edges = tuple(Edge(*pair, draw(numbers), draw(attributes)) for pair in chosen)
    return Graph({"title": draw(texts), "statements": 3}, tuple(nodes), edges)


def sayable(value):
    """Give a value as XML can hold it, character by character as its definition lists them."""
    if not isinstance(value, str):
        return value
    allowed = [(0x9, 0xA), (0xD, 0xD), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF)]
    return "".join(
        c if any(low <= ord(c) <= high for low, high in allowed) else "\ufffd" for c in value
    )


def known(of):
    return {name: sayable(value) for name, value in of.items() if value != ""}


@settings(deadline=None)
@given(graphs())
def test_networkx_reads_every_attribute_of_graphml(graph):
    found = nx.read_graphml(io.BytesIO(graphml(graph).encode("utf-8")))
    assert known(found.graph).items() >= known(graph.attributes).items()
    assert [*found] == [f"n{n}" for n in range(len(graph.nodes))]
    for number, node in enumerate(graph.nodes):
        told = {"label": node.label, **node.attributes}
        assert known(found.nodes[f"n{number}"]) == known(told)
    assert found.number_of_edges() == len(graph.edges)
    for number, edge in enumerate(graph.edges):
        of = found.edges[f"n{edge.source}", f"n{edge.target}"]
        assert known(of) == known({"weight": edge.weight, "id": f"e{number}", **edge.attributes})


@settings(deadline=None)
@given(graphs())
def test_networkx_reads_every_attribute_of_gexf(graph):
    found = nx.read_gexf(io.BytesIO(gexf(graph).encode("utf-8")))
    for number, node in enumerate(graph.nodes):
        told = {"label": node.label, **node.attributes}
        assert known(found.nodes[f"n{number}"]) == known(told)
    assert found.number_of_edges() == len(graph.edges)
    for number, edge in enumerate(graph.edges):
        of = found.edges[f"n{edge.source}", f"n{edge.target}"]
        assert known(of) == known({"weight": edge.weight, "id": f"e{number}", **edge.attributes})


@settings(deadline=None)
@given(graphs())
def test_igraph_reads_every_attribute_of_graphml(graph):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "graph.graphml")
        path.write_bytes(graphml(graph).encode("utf-8"))
        found = igraph.Graph.Read_GraphML(str(path))
    assert found.vcount() == len(graph.nodes)
    for vertex, node in zip(found.vs, graph.nodes, strict=True):
        assert_read(vertex, {"label": node.label, **node.attributes})
    assert found.ecount() == len(graph.edges)
    for read, edge in zip(found.es, graph.edges, strict=True):
        assert set(read.tuple) == {edge.source, edge.target}
        assert_read(read, {"weight": edge.weight, **edge.attributes})
    assert found["title"] == sayable(graph.attributes["title"])


def assert_read(element, told):
    for name, value in told.items():
        assert element[name] == sayable(value), name


def test_what_xml_cannot_say_is_told_by_a_sign_for_it():
    graph = Graph({"title": NASTY}, (Node(NASTY, {}), Node(UNSAYABLE, {})), (Edge(0, 1, -2.5, {}),))
    for text, read in ((graphml(graph), nx.read_graphml), (gexf(graph), nx.read_gexf)):
        found = read(io.BytesIO(text.encode("utf-8")))
        assert [found.nodes[n]["label"] for n in ("n0", "n1")] == [NASTY, SAID]
        assert found.edges["n0", "n1"]["weight"] == -2.5


def test_empty_graphs_and_graphs_without_ties_are_read():
    for nodes in ((), (Node("alone", {}),)):
        graph = Graph({}, nodes, ())
        for text, read in ((graphml(graph), nx.read_graphml), (gexf(graph), nx.read_gexf)):
            assert len(read(io.BytesIO(text.encode("utf-8")))) == len(nodes)


def moving():
    march = Spell(date(2011, 3, 1), date(2011, 3, 31), {"weight": 2.0, "tie": 2.0})
    april = Spell(date(2011, 4, 1), date(2011, 4, 30), {"weight": -1.0, "tie": -1.0})
    june = Spell(date(2011, 6, 1), date(2011, 6, 30), {"weight": 3.5, "tie": 3.5})
    spells = march, april, june
    nodes = tuple(Node(name, {"statements": 4}, spells) for name in "ab")
    return Graph({"creator": "melian"}, nodes, (Edge(0, 1, None, {}, spells),))


def test_a_timeline_says_when_each_is_there_and_how_strong_it_is():
    text = gexf(moving())
    found = nx.read_gexf(io.BytesIO(text.encode("utf-8")))
    assert found.graph["mode"] == "dynamic"
    assert found.edges["n0", "n1"]["tie"] == [
        (2.0, "2011-03-01", "2011-03-31"),
        (-1.0, "2011-04-01", "2011-04-30"),
        (3.5, "2011-06-01", "2011-06-30"),
    ]
    spells = [("2011-03-01", "2011-04-30"), ("2011-06-01", "2011-06-30")]
    assert found.nodes["n0"]["spells"] == found.edges["n0", "n1"]["spells"] == spells
    space = "{http://www.gexf.net/1.2draft}"
    graph = ET.fromstring(text).find(f"{space}graph")  # noqa: S314
    weights = graph.findall(f".//{space}edge//{space}attvalue[@for='weight']")
    assert [(w.get("value"), w.get("start"), w.get("end")) for w in weights] == [
        ("2.0", "2011-03-01", "2011-03-31"),
        ("-1.0", "2011-04-01", "2011-04-30"),
        ("3.5", "2011-06-01", "2011-06-30"),
    ]
    assert graph.attrib == {
        "mode": "dynamic",
        "timeformat": "date",
        "defaultedgetype": "undirected",
        "start": "2011-03-01",
        "end": "2011-06-30",
    }


def test_graphml_refuses_what_moves():
    with pytest.raises(UsageError, match="knows no time"):
        graphml(moving())
