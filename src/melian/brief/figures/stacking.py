"""Several figures in one drawing, one below the other, each with its headline and caption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from melian.brief.drawing import SIZE, SMALL, WIDTH, drawing, label, wrap
from melian.brief.figures.lettering import LEADING, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.brief.document import Figure

BETWEEN = 34.0


def stacked(title: str, figures: Sequence[Figure], *, anchor: str = "stacked") -> str:
    """Give one drawing of figures that have anchors of their own."""
    alt = " ".join(f"{figure.title}. {figure.alt}" for figure in figures)
    alt = figures[0].alt if len(figures) == 1 else alt
    parts: list[str] = []
    y, width = 0.0, WIDTH
    for figure in figures:
        drawn, y = _headed(figure, y)
        wide, high = _size(figure.svg)
        parts += [*drawn, figure.svg.replace("<svg ", f'<svg y="{y:g}" ', 1)]
        y, width = y + high, max(width, wide)
        y += BETWEEN if figure is not figures[-1] else 0
    if not figures:
        text, y = note("There is nothing to draw.", WIDTH, 4)
        parts = [text]
    return drawing(anchor, title, alt or "There is nothing to draw.", parts, height=y, width=width)


def captioned(figure: Figure) -> str:
    """Give a figure as a drawing that says what a page would write above it."""
    return stacked(figure.title, [figure], anchor=f"{figure.id}-captioned")


def _headed(figure: Figure, y: float) -> tuple[list[str], float]:
    """Write what a page writes above a figure, and give where that ends."""
    head = wrap(figure.title, WIDTH, SIZE, bold=True)
    body = wrap(figure.caption, WIDTH, SMALL)
    parts = [label(head, 0, y + SIZE, font_weight=600)]
    y += len(head) * SIZE * LEADING + 4
    parts.append(label(body, 0, y + SMALL, paint="quiet", size=SMALL))
    return parts, y + len(body) * SMALL * LEADING + 10


def _size(svg: str) -> tuple[float, float]:
    found = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
    return (float(found[1]), float(found[2])) if found else (WIDTH, 0.0)
