"""Where states stand on a circle, and how the arcs of moves run between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

from melian.brief.drawing import WIDTH, Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NODE = 13.0
ROOM = 58.0  # of a state on the circle, at the least
RADIUS = 125.0
BEND = 12.0  # between the arcs of several decision makers that join the same states
PASSES = 12


@dataclass(frozen=True, slots=True)
class StateArc:
    """A move: the index of who makes it, and the numbers of the two states."""

    mover: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the picture."""

    x: float
    y: float

    def towards(self, other: Point, distance: float) -> Point:
        """Give the place so far from here on the way to another."""
        length = hypot(other.x - self.x, other.y - self.y) or 1.0
        share = distance / length
        return Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)


@dataclass(frozen=True, slots=True)
class Curve:
    """A move as it is drawn: from rim to rim, by its control point; with two heads, or one."""

    mover: int
    start: Point
    bend: Point
    end: Point
    both: bool

    def at(self, share: float) -> Point:
        """Give the place on it after a share of the way."""
        a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
        return Point(
            a * self.start.x + b * self.bend.x + c * self.end.x,
            a * self.start.y + b * self.bend.y + c * self.end.y,
        )


def close_together(numbers: Sequence[int], arcs: Iterable[StateArc]) -> list[int]:
    """Put states that moves join near each other: swap two as long as that shortens the arcs."""
    order = list(numbers)
    near: dict[int, list[int]] = {number: [] for number in order}
    for one, other in map(sorted, {frozenset((arc.start, arc.end)) for arc in arcs}):
        near[one].append(other)
        near[other].append(one)
    place = {number: i for i, number in enumerate(order)}

    def length(*ends: int) -> float:
        return sum(
            abs(sin(pi * (place[end] - place[other]) / len(order)))
            for end in ends
            for other in near[end]
        )

    for _ in range(PASSES):
        before = order
        for one, other in combinations(before, 2):
            now = length(one, other)
            place[one], place[other] = place[other], place[one]
            if length(one, other) > now - 1e-9:
                place[one], place[other] = place[other], place[one]
        order = sorted(before, key=place.__getitem__)
        if order == before:
            break
    return order


def on_circle(order: Sequence[int], wide: float, tall: float) -> tuple[dict[int, Point], Box]:
    """Give where states stand, clockwise from the top, and the extent of it all.

    Args:
        order: their numbers, as they stand.
        wide: the most that the letters of a state take from left to right.
        tall: the most that they take from top to bottom.
    """
    radius = max(len(order) * max(ROOM, wide + 6, tall + 8) / (2 * pi), RADIUS)
    width = max(2 * (radius + NODE + wide) + 30, WIDTH)
    height = 2 * (radius + NODE + tall) + 24
    turn = 2 * pi / max(len(order), 1)
    points = {
        number: Point(width / 2 + radius * sin(i * turn), height / 2 - radius * cos(i * turn))
        for i, number in enumerate(order)
    }
    return points, Box(0, 0, width, height)


def curves(arcs: Sequence[StateArc], points: Mapping[int, Point]) -> list[Curve]:
    """Join moves there and back of one mover; set those of several movers apart."""
    moves = set(arcs)
    between: dict[tuple[int, int], list[int]] = {}
    for arc in arcs:
        pair = (min(arc.start, arc.end), max(arc.start, arc.end))
        movers = between.setdefault(pair, [])
        if arc.mover not in movers:
            movers.append(arc.mover)
    found = []
    for (low, high), movers in between.items():
        for place, mover in enumerate(sorted(movers)):
            there, back = StateArc(mover, low, high) in moves, StateArc(mover, high, low) in moves
            ends = (low, high) if there else (high, low)
            offset = (place - (len(movers) - 1) / 2) * BEND * (1 if there else -1)
            start, end = points[ends[0]], points[ends[1]]
            found.append(_curve(mover, start, end, offset, both=there and back))
    return found


def _curve(mover: int, start: Point, end: Point, offset: float, *, both: bool) -> Curve:
    length = hypot(end.x - start.x, end.y - start.y) or 1.0
    bend = Point(
        (start.x + end.x) / 2 - (end.y - start.y) / length * offset * 2,
        (start.y + end.y) / 2 + (end.x - start.x) / length * offset * 2,
    )
    gap = NODE + 1.5
    return Curve(mover, start.towards(bend, gap), bend, end.towards(bend, gap), both)
