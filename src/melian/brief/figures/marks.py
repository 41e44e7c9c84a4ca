"""Marks that tell groups apart by their shape as well as by their colour, so that print does."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from melian.brief.drawing import MOVERS, SMALL, WIDTH, element, mover_paint, text_width
from melian.brief.figures.lettering import LINE, quiet, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Entry = tuple[float, Callable[[float, float], str]]

# Corners of each shape as a turn from the top, in parts of a circle, and how much larger its radius
# is than that of a circle that looks as heavy.
_SHAPES: Sequence[tuple[int, float, float]] = (
    (0, 0.0, 1.0),  # circle
    (4, 0.125, 1.2),  # square
    (3, 0.0, 1.3),  # triangle
    (4, 0.0, 1.25),  # diamond
    (3, 0.5, 1.3),  # triangle on its point
)
REACH = 1.3
"""No mark reaches further from its middle than so many times its radius."""


def mark(group: int | None, x: float, y: float, radius: float, *, hollow: bool = False) -> str:
    """Give the mark of a group; a small ring for who is in none.

    The sixth to tenth group have the shapes of the first five, hollow.
    """
    if group is None:
        return element("circle", cx=x, cy=y, r=radius, paint="paper quiet-edge", stroke_width=1.25)
    paint = mover_paint(group)
    empty = hollow or group // MOVERS % 2 == 1
    paints = f"paper {paint}-edge" if empty else f"{paint} paper-edge"
    wide = 2.0 if empty else 1.0
    corners, turn, larger = _SHAPES[group % MOVERS]
    if not corners:
        return element("circle", cx=x, cy=y, r=radius, paint=paints, stroke_width=wide)
    points = (
        (
            x + radius * larger * sin(2 * pi * (turn + n / corners)),
            y - radius * larger * cos(2 * pi * (turn + n / corners)),
        )
        for n in range(corners)
    )
    path = "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
    return element("path", d=f"M{path}z", paint=paints, stroke_width=wide)


def mark_entry(group: int | None, text: str, *, hollow: bool = False) -> Entry:
    """Give an entry of a legend: the mark of a group, and its name."""
    return entry(lambda x, y: mark(group, x + 7, y - 4, 5.5, hollow=hollow), 14, text)


def entry(draw: Callable[[float, float], str], room: float, text: str) -> Entry:
    """Give an entry of a legend.

    Args:
        draw: draws the sign, from its left on, at the height of a line of text.
        room: how wide the sign is, in px.
        text: what it means; cut, if it is wider than half a page.
    """
    cut = shortened(text, WIDTH / 2)

    def drawn(x: float, y: float) -> str:
        return draw(x, y) + quiet(cut, x + room + 6, y)

    return room + 6 + text_width(cut, SMALL) + 18, drawn


def legend(entries: Sequence[Entry], y: float, *, left: float = 0.0) -> tuple[list[str], float]:
    """Draw entries in lines that fit, the first baseline at ``y``, and give where they end."""
    if not entries:
        return [], y - 16
    parts, x = [], left
    for wide, draw in entries:
        if x > left and x + wide - 18 > WIDTH:
            x, y = left, y + LINE + 6
        parts.append(draw(x, y))
        x += wide
    return parts, y + 6
