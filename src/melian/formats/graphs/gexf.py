"""GEXF 1.2, the format of Gephi, static or with a timeline (gexf.net; Heymann and others, 2009).

Time is in days: a node or a tie is there in its spells, both ends included, and what changes is
told once for each. The attribute ``weight`` of a tie is the one that Gephi takes for it. The file
names no day on which it was written, so that the same graph always gives the same file.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from melian.formats.graphs.graph import Spell, kinds
from melian.formats.graphs.xml import quoted, said, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from melian.formats.graphs.graph import Edge, Graph, Node, Value

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://www.gexf.net/1.2draft" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.gexf.net/1.2draft '
    'http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">\n'
)
_TYPES: dict[type, str] = {str: "string", int: "integer", float: "double", bool: "boolean"}


def gexf(graph: Graph) -> str:
    """Give a graph as GEXF; with a timeline if something in it has spells."""
    return "".join(_lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    yield _HEAD
    yield from _meta(graph.attributes)
    yield f"  <graph {_mode(graph)}>\n"
    yield from _declared("node", graph.nodes)
    yield from _declared("edge", graph.edges)
    yield "    <nodes>\n"
    for number, node in enumerate(graph.nodes):
        yield f'      <node id="n{number}" label={quoted(node.label)}>{_about(node)}</node>\n'
    yield "    </nodes>\n    <edges>\n"
    for number, edge in enumerate(graph.edges):
        weight = "" if edge.weight is None else f' weight="{said(edge.weight)}"'
        ends = f'source="n{edge.source}" target="n{edge.target}"'
        yield f'      <edge id="e{number}" {ends}{weight}>{_about(edge)}</edge>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _mode(graph: Graph) -> str:
    """Tell whether there is a timeline, and from when to when."""
    if not graph.moving:
        return 'mode="static" defaultedgetype="undirected"'
    spells = [s for node in graph.nodes for s in node.spells]
    spells += [s for edge in graph.edges for s in edge.spells]
    first, last = min(s.first for s in spells), max(s.last for s in spells)
    return (
        'mode="dynamic" timeformat="date" defaultedgetype="undirected" '
        f'start="{first}" end="{last}"'
    )


def _meta(attributes: Mapping[str, Value]) -> Iterator[str]:
    yield "  <meta>\n"
    if "creator" in attributes:
        yield f"    <creator>{text(said(attributes['creator']))}</creator>\n"
    told = "; ".join(f"{name}: {said(v)}" for name, v in attributes.items() if name != "creator")
    yield f"    <description>{text(told)}</description>\n  </meta>\n"


def _declared(domain: str, elements: Sequence[Node] | Sequence[Edge]) -> Iterator[str]:
    """Name the attributes, those that stay the same and those that change with time."""
    spells = (spell.attributes for each in elements for spell in each.spells)
    for mode, found in (
        ("static", kinds(each.attributes for each in elements)),
        ("dynamic", kinds(spells)),
    ):
        if found:
            yield f'    <attributes class="{domain}" mode="{mode}">\n'
            for name, kind in found.items():
                yield (
                    f"      <attribute id={quoted(name)} title={quoted(name)} "
                    f'type="{_TYPES[kind]}"/>\n'
                )
            yield "    </attributes>\n"


def _about(element: Node | Edge) -> str:
    values = [*_values(element.attributes)]
    for spell in element.spells:
        values += _values(spell.attributes, f" {_time(spell)}")
    told = f"<attvalues>{''.join(values)}</attvalues>" if values else ""
    times = "".join(f"<spell {_time(spell)}/>" for spell in _joined(element.spells))
    return told + (f"<spells>{times}</spells>" if times else "")


def _values(attributes: Mapping[str, Value], when: str = "") -> Iterator[str]:
    for name, value in attributes.items():
        yield f"<attvalue for={quoted(name)} value={quoted(said(value))}{when}/>"


def _time(spell: Spell) -> str:
    return f'start="{spell.first}" end="{spell.last}"'


def _joined(spells: Iterable[Spell]) -> Iterator[Spell]:
    """Give spells as one where the next begins on the day after."""
    last: Spell | None = None
    for spell in spells:
        if last is not None and spell.first <= last.last + timedelta(days=1):
            last = Spell(last.first, spell.last)
        else:
            if last is not None:
                yield last
            last = spell
    if last is not None:
        yield last
