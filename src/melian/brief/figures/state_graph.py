"""The graph of states and moves: who can go where, all decision makers in one picture.

The integrated graph of the graph model (Fang, Hipel & Kilgour 1993, chapter 2). The states stand on
a circle, so that no arc runs through a state that it does not touch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import (
    SMALL,
    WIDTH,
    Box,
    drawing,
    element,
    label,
    line,
    mover_dash,
    mover_paint,
    text_width,
    wrap,
)
from melian.brief.figures.state_circle import NODE, Point, close_together, curves, on_circle
from melian.case.wording import counted, series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from melian.brief.figures.state_circle import Curve, StateArc

    _Draw = Callable[[float, float], str]

MOST = 24
"""More states than this cannot be told apart on a circle."""

LETTERS = 6  # to a line
HEAD = 7.0
TAGGED = 28  # more arcs than this are not labelled, for want of room
PLACES = (0.28, 0.36, 0.64, 0.72, 0.44, 0.56, 0.2)


@dataclass(frozen=True, slots=True)
class StateNode:
    """A state: its number, its letters, and what it is."""

    number: int
    letters: str
    equilibrium: bool = False
    status_quo: bool = False


@dataclass(frozen=True, slots=True)
class StateGraph:
    """What is drawn.

    Attributes:
        title: a headline.
        movers: names of the decision makers.
        options: what the letters stand for, first to last.
        groups: how many options each decision maker has, in their order: where letters need more
            than one line, each has a line of its own. All are one group, when left out.
        nodes: at most :data:`MOST`.
        arcs: between them.
        concept: what an equilibrium is, as the legend says it.
        left_out: how many states are not drawn.
    """

    title: str
    movers: tuple[str, ...]
    options: tuple[str, ...]
    nodes: tuple[StateNode, ...]
    arcs: tuple[StateArc, ...]
    concept: str
    left_out: int = 0
    groups: tuple[int, ...] = ()

    def rows(self, items: Sequence[str]) -> list[Sequence[str]]:
        """Give what belongs to the options in lines: one, or one for each decision maker."""
        if len(items) <= LETTERS or not self.groups:
            return [items]
        ends = list(accumulate(self.groups))
        return [items[end - size : end] for size, end in zip(self.groups, ends, strict=True)]


def state_graph(graph: StateGraph, *, anchor: str = "state-graph") -> Figure:
    """Give the picture: states on a circle, moves as arcs, and what is what below."""
    points, size = _circle(graph)
    arcs = curves(graph.arcs, points)
    names = [_letters(_lines(graph, n), points[n.number], size) for n in graph.nodes]
    parts = [part for arc in arcs for part in _drawn(arc)]
    taken = [box for _, box in names]
    taken += [_around(points[n.number], NODE + 1) for n in graph.nodes]
    parts += _tags(graph, arcs, taken)
    for node, (text, _) in zip(graph.nodes, names, strict=True):
        parts += [*_node(node, points[node.number]), text]
    legend, height = _legend(graph, size.height + 14)
    alt = _alt(graph)
    caption = f"An arrow is a move of one decision maker alone. {_key(graph)}"
    svg = drawing(anchor, graph.title, alt, [*parts, *legend], height=height, width=size.width)
    return Figure(anchor, graph.title, caption, alt, svg)


def _lines(graph: StateGraph, node: StateNode) -> list[str]:
    """Give the letters of a state line by line."""
    return [
        "".join(row[i : i + LETTERS])
        for row in graph.rows(node.letters)
        for i in range(0, len(row), LETTERS)
    ]


def _circle(graph: StateGraph) -> tuple[dict[int, Point], Box]:
    """Give where the states stand, from the status quo at the top, and the extent of it all."""
    order = close_together([node.number for node in graph.nodes], graph.arcs)
    begun = {node.number for node in graph.nodes if node.status_quo}
    first = next((i for i, number in enumerate(order) if number in begun), 0)
    lines = [_lines(graph, node) for node in graph.nodes]
    wide = max((text_width(row, SMALL) for rows in lines for row in rows), default=0)
    tall = max(map(len, lines), default=0) * SMALL * 1.25
    return on_circle([*order[first:], *order[:first]], wide, tall)


def _letters(rows: Sequence[str], at: Point, size: Box) -> tuple[str, Box]:
    """Give the letters of a state outside the circle, and the box they fill."""
    middle = Point(size.width / 2, size.height / 2)
    out = at.towards(middle, -(NODE + 6))
    sideways = (out.x - at.x) / (NODE + 6)
    anchor = "middle" if abs(sideways) < 0.35 else "start" if sideways > 0 else "end"
    leading = SMALL * 1.25
    tall, wide = len(rows) * leading, max(text_width(row, SMALL) for row in rows)
    share = (1 + (out.y - at.y) / (NODE + 6)) / 2  # 0 above the circle, 1 below it
    top = out.y - tall * (1 - share)
    left = out.x - {"middle": wide / 2, "end": wide}.get(anchor, 0.0)
    text = label(rows, out.x, top + SMALL * 0.85, paint="quiet", size=SMALL, text_anchor=anchor)
    return text, Box(left, top, wide, tall)


def _around(at: Point, radius: float) -> Box:
    return Box(at.x - radius, at.y - radius, 2 * radius, 2 * radius)


def _drawn(arc: Curve) -> Iterator[str]:
    paint = mover_paint(arc.mover)
    tip = arc.end.towards(arc.bend, HEAD * 0.8)
    tail = arc.start.towards(arc.bend, HEAD * 0.8) if arc.both else arc.start
    route = f"M{tail.x:.1f} {tail.y:.1f}Q{arc.bend.x:.1f} {arc.bend.y:.1f} {tip.x:.1f} {tip.y:.1f}"
    yield element(
        "path",
        d=route,
        fill="none",
        paint=f"{paint}-edge",
        stroke_width=1.25,
        stroke_dasharray=mover_dash(arc.mover),
    )
    yield _head(arc.end, arc.bend, paint)
    if arc.both:
        yield _head(arc.start, arc.bend, paint)


def _head(tip: Point, origin: Point, paint: str) -> str:
    back = tip.towards(origin, HEAD)
    dx, dy = (back.x - tip.x) / HEAD * 3.2, (back.y - tip.y) / HEAD * 3.2
    return element(
        "path",
        d=f"M{tip.x:.1f} {tip.y:.1f}L{back.x - dy:.1f} {back.y + dx:.1f}"
        f"L{back.x + dy:.1f} {back.y - dx:.1f}z",
        paint=paint,
    )


def _tags(graph: StateGraph, arcs: Sequence[Curve], taken: list[Box]) -> list[str]:
    """Label arcs with the initials of their movers, each where there is room along it."""
    if len(arcs) > TAGGED:
        return []
    parts = []
    for arc in arcs:
        text = initials(graph.movers)[arc.mover]
        wide = text_width(text, SMALL, bold=True) + 4
        for share in PLACES:
            at = arc.at(share)
            box = Box(at.x - wide / 2, at.y - SMALL / 2 - 1, wide, SMALL + 2)
            if not any(box.overlaps(other) for other in taken):
                taken.append(box)
                parts.append(_tag(text, at, box, mover_paint(arc.mover)))
                break
    return parts


def _tag(text: str, at: Point, box: Box, paint: str) -> str:
    ground = element("rect", x=box.x, y=box.y, width=box.width, height=box.height, paint="paper")
    return ground + label(
        [text],
        at.x,
        at.y + SMALL * 0.35,
        paint=paint,
        size=SMALL,
        text_anchor="middle",
        font_weight=600,
    )


def initials(names: Sequence[str]) -> tuple[str, ...]:
    """Give the shortest beginnings of names that tell them apart; whole names where none do.

    >>> initials(["Russia", "Romania", "NATO"])
    ('Ru', 'Ro', 'N')
    """
    found = []
    for place, name in enumerate(names):
        others = [other for i, other in enumerate(names) if i != place]
        short = (name[:n] for n in range(1, len(name)))
        found.append(next((s for s in short if not any(o.startswith(s) for o in others)), name))
    return tuple(found)


def _node(node: StateNode, at: Point) -> Iterator[str]:
    ground = "wash edge" if node.status_quo else "paper edge"
    yield element("circle", cx=at.x, cy=at.y, r=NODE, paint=ground, stroke_width=1.0)
    if node.equilibrium:
        yield element(
            "circle", cx=at.x, cy=at.y, r=NODE - 3, paint="edge", fill="none", stroke_width=1.0
        )
    yield label(
        [str(node.number)],
        at.x,
        at.y + SMALL * 0.36,
        size=SMALL,
        text_anchor="middle",
        font_weight=600 if node.equilibrium else None,
    )


def _legend(graph: StateGraph, y: float) -> tuple[list[str], float]:
    """Draw who is who and what is what, in lines that fit; give the height of it all too."""
    entries = [*_movers(graph.movers), *_signs(graph)]
    parts, x = [], 8.0
    for wide, draw in entries:
        if x > 8 and x + wide > WIDTH:
            x, y = 8.0, y + 22
        parts.append(draw(x, y))
        x += wide
    key = wrap(_key(graph), WIDTH - 16, SMALL)
    parts.append(label(key, 8, y + 26, paint="quiet", size=SMALL))
    return parts, y + 26 + len(key) * SMALL * 1.25


def _movers(names: Sequence[str]) -> Iterator[tuple[float, _Draw]]:
    for index, (tag, name) in enumerate(zip(initials(names), names, strict=True)):
        text = f"{tag}: {name}"
        yield text_width(text, SMALL) + 60, partial(_mover, index, text)


def _mover(index: int, text: str, x: float, y: float) -> str:
    paint = mover_paint(index)
    edge, dash = f"{paint}-edge", mover_dash(index)
    stroke = line(x, y - 4, x + 30, y - 4, edge, stroke_width=1.25, stroke_dasharray=dash)
    return stroke + label([text], x + 38, y, paint=paint, size=SMALL)


def _signs(graph: StateGraph) -> Iterator[tuple[float, _Draw]]:
    named = {f"equilibrium ({graph.concept})": StateNode(0, "", equilibrium=True)}
    if any(node.status_quo for node in graph.nodes):
        named["status quo"] = StateNode(0, "", status_quo=True)
    for text, node in named.items():
        yield text_width(text, SMALL) + 40, partial(_sign, node, text)


def _sign(node: StateNode, text: str, x: float, y: float) -> str:
    ground = "wash edge" if node.status_quo else "paper edge"
    parts = [element("circle", cx=x + 8, cy=y - 4, r=7.0, paint=ground)]
    if node.equilibrium:
        parts.append(element("circle", cx=x + 8, cy=y - 4, r=4.5, paint="edge", fill="none"))
    return "".join([*parts, label([text], x + 20, y, paint="quiet", size=SMALL)])


def _key(graph: StateGraph) -> str:
    rows = [", ".join(row) for row in graph.rows(graph.options)]
    how = "first to last" if len(rows) == 1 else "a line for each decision maker"
    told = f"Letters, {how}: {'; '.join(rows)}."
    if graph.left_out:
        verb = "is" if graph.left_out == 1 else "are"
        told += f" {counted(graph.left_out, 'other state')} {verb} not drawn."
    return told


def _alt(graph: StateGraph) -> str:
    """Say what is drawn: the states, and from each where whom it pays, or can, go."""
    sentences = [f"{counted(len(graph.nodes), 'state')} and {counted(len(graph.arcs), 'move')}."]
    for node in graph.nodes:
        what = [
            name
            for name, is_ in (("equilibrium", node.equilibrium), ("status quo", node.status_quo))
            if is_
        ]
        sign = f" ({series(what)})" if what else ""
        ways = []
        for mover, name in enumerate(graph.movers):
            ends = [str(a.end) for a in graph.arcs if (a.mover, a.start) == (mover, node.number)]
            if ends:
                ways.append(f"{name} to {series(ends)}")
        told = f": {'; '.join(ways)}" if ways else ": no move leads on"
        sentences.append(f"State {node.number}, {node.letters}{sign}{told}.")
    return " ".join([*sentences, _key(graph)])
