"""The evolution graph: from the status quo, step by step, to the equilibria that come about.

States stand in layers by the moves that lead to them. Between two layers stands what is done, in
the colour and the dash pattern of whoever does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import (
    SMALL,
    WIDTH,
    Box,
    drawing,
    element,
    label,
    mover_dash,
    mover_paint,
    percent,
    wrap,
)
from melian.brief.figures.layering import layered, positions, spots
from melian.case.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from melian.brief.figures.layering import Layers, Spot

GAP = 14.0
BETWEEN = 26.0
NARROW, BROAD = 96.0, 190.0
SLIM = 30.0  # of a state on the way, which shows its number only
DUMMY = 8.0
PAD = 8.0
LINE = SMALL * 1.3


@dataclass(frozen=True, slots=True)
class Place:
    """A state.

    Attributes:
        number: of the state.
        does: what each party does in it; shown of the first state and of equilibria.
        share: of the combinations of readings in which it comes about; None where it is no
            equilibrium, or there is only one combination.
        equilibrium: whether it is one.
    """

    number: int
    does: str
    share: float | None = None
    equilibrium: bool = False


@dataclass(frozen=True, slots=True)
class Stride:
    """A step: who moves between which states, by number, and what is done.

    Attributes:
        mover: index of who.
        start, end: numbers of the states.
        does: the options that change, in few words.
        share: of the combinations of readings in which it pays; None where there is one only.
    """

    mover: int
    start: int
    end: int
    does: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class EvolutionGraph:
    """What is drawn.

    Attributes:
        title: a headline.
        movers: names of the decision makers.
        places: the states, the one it begins in first.
        strides: the steps; each state but the first is the end of one.
        left_out: how many equilibria come about that are not drawn.
        of: what shares are shares of: combinations of that.
    """

    title: str
    movers: tuple[str, ...]
    places: tuple[Place, ...]
    strides: tuple[Stride, ...]
    left_out: int = 0
    of: str = "readings"


@dataclass(frozen=True, slots=True)
class _Text:
    """The lines of a node: who or what, what is done, and a share."""

    head: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        rows = len(self.head) + len(self.body) + len(self.tail)
        return rows * LINE + 2 * PAD - 3


def evolution_graph(graph: EvolutionGraph, *, anchor: str = "evolution-graph") -> Figure:
    """Give the picture: the status quo above, what could become of it below."""
    plan = _plan(graph)
    widths = _widths(graph, plan)
    count = len(graph.places) + len(graph.strides)
    texts = [_text(graph, node, widths[node] - 2 * PAD) for node in range(count)]
    stand, width, height = _spots(plan, widths, texts)
    parts: list[str] = []
    for link, path in enumerate(plan.paths):  # two for each stride: to it, and on from it
        mover = graph.strides[link // 2].mover
        parts += _line([stand[n] for n in path], mover, arrow=link % 2 == 1)
    for node, text in enumerate(texts):
        spot = stand[node]
        box = Box(spot.x - widths[node] / 2, spot.top, widths[node], spot.bottom - spot.top)
        if node < len(graph.places):
            parts += _place(graph.places[node], box, text)
        else:
            parts += _stride(graph.strides[node - len(graph.places)], box, text)
    alt = _alt(graph)
    svg = drawing(anchor, graph.title, alt, parts, width=width, height=height)
    return Figure(anchor, graph.title, _caption(graph), alt, svg)


def _plan(graph: EvolutionGraph) -> Layers:
    """Put states in the even layers, by how many steps lead there, and steps in the odd ones."""
    index = {place.number: i for i, place in enumerate(graph.places)}
    depth = {graph.places[0].number: 0}
    while True:
        fresh = {s.end for s in graph.strides if s.start in depth} - depth.keys()
        if not fresh:
            break
        step = max(depth.values()) + 1
        depth |= dict.fromkeys(fresh, step)
    first = len(graph.places)
    layers = [2 * depth[place.number] for place in graph.places]
    layers += [2 * depth[stride.start] + 1 for stride in graph.strides]
    edges = []
    for number, stride in enumerate(graph.strides):
        edges += [(index[stride.start], first + number), (first + number, index[stride.end])]
    return layered(len(layers), edges, layers)


def _slim(graph: EvolutionGraph, node: int) -> bool:
    """Tell whether a node is a state that is only passed through."""
    return 0 < node < len(graph.places) and not graph.places[node].equilibrium


def _widths(graph: EvolutionGraph, plan: Layers) -> dict[int, float]:
    """Give each node the greatest width, within bounds, at which all still fits the column."""
    room = BROAD
    while True:
        widths = {
            n: DUMMY if n < 0 else SLIM if _slim(graph, n) else room
            for row in plan.layers
            for n in row
        }
        if room <= NARROW or _extent(plan, widths) + 6 <= WIDTH:
            return widths
        room = max(room - 6, NARROW)


def _extent(plan: Layers, widths: Mapping[int, float]) -> float:
    xs = positions(plan, widths, GAP)
    return max((xs[n] + widths[n] / 2 for n in xs), default=0.0)


def _text(graph: EvolutionGraph, node: int, room: float) -> _Text:
    if _slim(graph, node):
        return _Text(head=(str(graph.places[node].number),))
    if node < len(graph.places):
        place = graph.places[node]
        head = wrap(_sign(graph, node), room, SMALL, bold=True)
        return _Text(head, wrap(f"{place.number}: {place.does}", room, SMALL))
    stride = graph.strides[node - len(graph.places)]
    tail = "" if stride.share is None else f"pays in {percent(stride.share)}"
    return _Text(
        wrap(graph.movers[stride.mover], room, SMALL, bold=True),
        wrap(stride.does, room, SMALL),
        wrap(tail, room, SMALL),
    )


def _sign(graph: EvolutionGraph, node: int) -> str:
    place = graph.places[node]
    what = ["as things are"] if node == 0 else []
    if place.equilibrium:
        what.append("equilibrium" if place.share is None else f"in {percent(place.share)}")
    return ", ".join(what)


def _spots(
    plan: Layers, widths: Mapping[int, float], texts: Sequence[_Text]
) -> tuple[dict[int, Spot], float, float]:
    """Give where everything stands, and the size of the drawing."""
    taken = _extent(plan, widths)
    width = max(taken + 6, WIDTH)
    left = (width - taken) / 2
    xs = {n: x + left for n, x in positions(plan, widths, GAP).items()}
    found, height = spots(plan, xs, [text.height for text in texts], BETWEEN)
    return found, width, height


def _line(passed: Sequence[Spot], mover: int, *, arrow: bool) -> Iterator[str]:
    """Draw half a step: straight down through layers, a curve between them, perhaps a head."""
    down = passed[0].top < passed[-1].top
    path = list(passed if down else reversed(passed))
    start, end = path[0], path[-1]
    tip, away = (end.top, -7) if down else (start.bottom, 7)
    stop = end.top - 6 if arrow and down else end.top
    begin = start.bottom + 6 if arrow and not down else start.bottom
    route = f"M{start.x:.1f} {begin:.1f}"
    for above, below in pairwise(path):
        middle = (above.layer_bottom + below.top) / 2
        to = stop if below is end else below.top
        route += f"V{above.layer_bottom:.1f}C{above.x:.1f} {middle:.1f} {below.x:.1f} {middle:.1f}"
        route += f" {below.x:.1f} {to:.1f}"
    paint = mover_paint(mover)
    yield element(
        "path",
        d=route,
        fill="none",
        paint=f"{paint}-edge",
        stroke_width=1.25,
        stroke_dasharray=mover_dash(mover),
    )
    if arrow:
        x = end.x if down else start.x
        yield element("path", d=f"M{x:.1f} {tip:.1f}l-3.5 {away}h7z", paint=paint)


def _place(place: Place, box: Box, text: _Text) -> Iterator[str]:
    size = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    if place.equilibrium:
        yield element("rect", **size, paint="paper edge", stroke_width=1.5)
        inner = {"x": box.x + 3, "y": box.y + 3, "width": box.width - 6, "height": box.height - 6}
        yield element("rect", **inner, fill="none", paint="edge", stroke_width=0.75)
    elif text.body:
        yield element("rect", **size, paint="wash quiet-edge", stroke_width=0.75)
    else:
        yield element("rect", **size, rx=box.height / 2, paint="paper quiet-edge")
    yield from _written(text, box, "ink")


def _stride(stride: Stride, box: Box, text: _Text) -> Iterator[str]:
    yield from _written(text, box, mover_paint(stride.mover))


def _written(text: _Text, box: Box, paint: str) -> Iterator[str]:
    y = box.y + PAD + SMALL - 3
    x = box.x + box.width / 2
    leading = LINE / SMALL
    rows = ((text.head, paint, 600), (text.body, "ink", None), (text.tail, "quiet", None))
    for lines, colour, weight in rows:
        yield label(
            lines,
            x,
            y,
            paint=colour,
            size=SMALL,
            leading=leading,
            text_anchor="middle",
            font_weight=weight,
        )
        y += len(lines) * LINE


def _caption(graph: EvolutionGraph) -> str:
    told = "Above, where things are; below, where moves lead. An equilibrium has a double frame."
    if any(place.share is not None for place in graph.places):
        told += (
            f" Its share is that of the combinations of {graph.of} in which it comes about; that "
            "of a step is where it pays whoever makes it. A state may be an end in some "
            "combinations, and a stop on the way in others."
        )
    return told + _left_out(graph)


def _left_out(graph: EvolutionGraph) -> str:
    if not graph.left_out:
        return ""
    verb = "comes" if graph.left_out == 1 else "come"
    more = counted(graph.left_out, "more equilibrium", "more equilibria")
    return f" {more} {verb} about and {'is' if graph.left_out == 1 else 'are'} not drawn."


def _alt(graph: EvolutionGraph) -> str:
    start = graph.places[0]
    also = ", an equilibrium" if start.equilibrium else ""
    sentences = [f"It begins in state {start.number} ({start.does}){also}."]
    for stride in graph.strides:
        pays = "" if stride.share is None else f", which pays in {percent(stride.share)}"
        sentences.append(
            f"From state {stride.start}, {graph.movers[stride.mover]} moves to state "
            f"{stride.end} ({stride.does}){pays}."
        )
    for place in graph.places[1:]:
        if place.equilibrium:
            share = "" if place.share is None else f" that comes about in {percent(place.share)}"
            sentences.append(f"State {place.number} ({place.does}) is an equilibrium{share}.")
    return "".join([" ".join(sentences), _left_out(graph)])
