"""The argument map: what was said and shown, and how it comes to clash."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from melian.brief.citations import href, record_anchor
from melian.brief.document import Figure
from melian.brief.drawing import (
    SMALL,
    WIDTH,
    Box,
    drawing,
    element,
    label,
    words,
    wrap,
)
from melian.brief.figures.layering import layered, positions, spots
from melian.case.wording import series
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from melian.brief.figures.layering import Layers, Spot

GAP = 18.0
BETWEEN = 36.0
NARROW, BROAD = 112.0, 210.0
DUMMY = 10.0
PAD = 9.0
LINE = SMALL * 1.3


class Role(StrEnum):
    """What a node is in the argument."""

    SAID = "said"
    SHOWN = "shown"
    FACT = "fact"
    RULE = "rule"
    DERIVED = "derived"
    CLASH = "clash"


ROLE_WORDS = {
    Role.SAID: "said",
    Role.SHOWN: "shown by deeds",
    Role.FACT: "fact",
    Role.RULE: "rule",
    Role.DERIVED: "follows",
    Role.CLASH: "clash",
}


@dataclass(frozen=True, slots=True)
class ArgumentNode:
    """A step of the argument: what it says, and the ids of the records it rests on."""

    id: str
    text: str
    role: Role
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArgumentEdge:
    """One step supports another (or leads to the clash); ids of nodes."""

    tail: str
    head: str


@dataclass(frozen=True, slots=True)
class ArgumentGraph:
    """The argument behind a finding.

    Attributes:
        title: what it shows, as a headline.
        numbers: per id of a record its number in the brief; only these are shown and linked.
    """

    title: str
    nodes: tuple[ArgumentNode, ...]
    edges: tuple[ArgumentEdge, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Label:
    """The lines of a node: its role with the numbers of its records, and what it says."""

    head: tuple[str, ...]
    body: tuple[str, ...]

    @property
    def height(self) -> float:
        return (len(self.head) + len(self.body)) * LINE + 2 * PAD - 3


def argument_map(argument: ArgumentGraph, *, anchor: str = "argument-map") -> Figure:
    """Give the map: premises above, what follows from them below, the clash at the foot.

    Args:
        argument: nodes and edges.
        anchor: id of the figure.

    Raises:
        UsageError: an edge begins or ends at no node.
    """
    places = {node.id: i for i, node in enumerate(argument.nodes)}
    for edge in argument.edges:
        for end in (edge.tail, edge.head):
            if end not in places:
                raise UsageError(
                    f'An edge of "{argument.title}" ends at "{end}", which is no node; '
                    "give the id of a node."
                )
    plan = layered(len(places), [(places[e.tail], places[e.head]) for e in argument.edges])
    wide = _node_width(plan)
    labels = [_label(node, wide, argument.numbers) for node in argument.nodes]
    stand, width, height = _spots(plan, wide, labels)
    parts = [part for path in plan.paths for part in _arrow([stand[n] for n in path])]
    for i, (node, text) in enumerate(zip(argument.nodes, labels, strict=True)):
        spot = stand[i]
        box = Box(spot.x - wide / 2, spot.top, wide, spot.bottom - spot.top)
        parts += [*_outline(node.role, box), *_text(node, text, box, argument.numbers)]
    alt = _alt(argument)
    caption = "An arrow leads from a premise to what it supports; numbers lead to the records."
    svg = drawing(anchor, argument.title, alt, parts, width=width, height=height, role="group")
    return Figure(anchor, argument.title, caption, alt, svg)


def _node_width(plan: Layers) -> float:
    """Give the width at which the fullest layer still fits the column, within bounds."""
    room = BROAD
    for row in plan.layers:
        real = sum(n >= 0 for n in row)
        left = WIDTH - 6 - GAP * (len(row) - 1) - DUMMY * (len(row) - real)
        room = min(room, left / real) if real else room
    return max(room, NARROW)


def _label(node: ArgumentNode, wide: float, numbers: Mapping[str, int]) -> _Label:
    cited = ", ".join(str(numbers[r]) for r in node.records if r in numbers)
    head = f"{ROLE_WORDS[node.role]} [{cited}]" if cited else ROLE_WORDS[node.role]
    room = wide - 2 * PAD
    body = wrap(node.text, room, SMALL, bold=node.role is Role.CLASH)
    return _Label(wrap(head, room, SMALL), body)


def _spots(
    plan: Layers, wide: float, labels: Sequence[_Label]
) -> tuple[dict[int, Spot], float, float]:
    """Give where everything stands, and the size of the drawing."""
    widths = {n: wide if n >= 0 else DUMMY for row in plan.layers for n in row}
    xs = positions(plan, widths, GAP)
    taken = max((xs[n] + widths[n] / 2 for n in xs), default=0.0)
    heights = [label.height for label in labels]
    found, height = spots(plan, {n: x + 3 for n, x in xs.items()}, heights, BETWEEN)
    return found, taken + 6, height


def _arrow(passed: Sequence[Spot]) -> Iterator[str]:
    """Draw an edge: straight down through layers, a curve between them, a head at its end."""
    down = passed[0].top < passed[-1].top
    path = list(passed if down else reversed(passed))
    start, end = path[0], path[-1]
    route = f"M{start.x:g} {start.bottom:g}"
    for above, below in pairwise(path):
        middle = (above.layer_bottom + below.top) / 2
        route += f"V{above.layer_bottom:g}C{above.x:g} {middle:g} {below.x:g} {middle:g}"
        route += f" {below.x:g} {below.top:g}"
    yield element("path", d=route, fill="none", paint="quiet-edge")
    tip, away = (end.top, -7) if down else (start.bottom, 7)
    x = end.x if down else start.x
    yield element("path", d=f"M{x:g} {tip:g}l-3.5 {away}h7z", paint="quiet")


def _outline(role: Role, box: Box) -> Iterator[str]:
    size = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    match role:
        case Role.CLASH:
            yield element("rect", **size, paint="paper accent-edge", stroke_width=1.5)
            yield element("rect", **(size | {"width": 5.0}), paint="accent")
        case Role.FACT:
            yield element("rect", **size, paint="wash quiet-edge", stroke_width=0.75)
        case Role.RULE:
            yield element("rect", **size, paint="paper quiet-edge", stroke_dasharray="6 4")
        case Role.DERIVED:
            yield element("rect", **size, paint="paper quiet-edge", stroke_dasharray="1.5 2.5")
        case Role.SHOWN:
            yield element("rect", **size, paint="paper edge")
            inner = Box(box.x + 3, box.y + 3, box.width - 6, box.height - 6)
            yield element(
                "rect",
                x=inner.x,
                y=inner.y,
                width=inner.width,
                height=inner.height,
                fill="none",
                paint="edge",
                stroke_width=0.75,
            )
        case Role.SAID:
            yield element("rect", **size, paint="paper edge")


def _text(node: ArgumentNode, text: _Label, box: Box, numbers: Mapping[str, int]) -> Iterator[str]:
    y = box.y + PAD + SMALL - 3
    links = {str(numbers[r]): record_anchor(r) for r in node.records if r in numbers}
    for line in text.head:
        pieces = (_linked(piece, links) for piece in re.split(r"(\d+)", line))
        yield element("text", *pieces, x=box.x + PAD, y=y, paint="quiet", font_size=SMALL)
        y += LINE
    yield label(
        text.body,
        box.x + PAD,
        y,
        size=SMALL,
        leading=LINE / SMALL,
        font_weight=600 if node.role is Role.CLASH else None,
        font_style="italic" if node.role is Role.RULE else None,
    )


def _linked(piece: str, links: Mapping[str, str]) -> str:
    if piece not in links:
        return words(piece)
    return element("a", words(piece), href=href(links[piece]), paint="accent")


def _alt(argument: ArgumentGraph) -> str:
    text = {
        node.id: f"“{node.text.rstrip('.')}” ({ROLE_WORDS[node.role]})" for node in argument.nodes
    }
    sentences = []
    for node in argument.nodes:
        because = [text[edge.tail] for edge in argument.edges if edge.head == node.id]
        if because:
            verb = "rests on" if node.role is not Role.CLASH else "arises from"
            sentences.append(f"{text[node.id]} {verb} {series(because)}.")
    joined = {end for edge in argument.edges for end in (edge.tail, edge.head)}
    sentences += [f"{text[n.id]} stands alone." for n in argument.nodes if n.id not in joined]
    return " ".join(sentences)
