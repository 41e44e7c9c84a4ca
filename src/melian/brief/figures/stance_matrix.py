"""The stance matrix: who asserts, denies or shows what."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import (
    SMALL,
    WIDTH,
    drawing,
    element,
    label,
    line,
    text_width,
    wrap,
)
from melian.case.wording import series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEADING = 1.25
LEFT = 240.0
MARGIN = 8.0
NARROW, BROAD = 43.0, 68.0
ROW = 23.0
HALF = 6.0
RING = 10.0


@dataclass(frozen=True, slots=True)
class Party:
    """A column: the id of an actor and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A row: the id of a concept, a short label, and the group it belongs to, or ""."""

    id: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Stance:
    """How often a party said that a concept holds or not, and how often its deeds show it."""

    asserts: int = 0
    denies: int = 0
    shown: int = 0
    shown_against: int = 0

    @property
    def count(self) -> int:
        """The number of statements and deeds."""
        return self.asserts + self.denies + self.shown + self.shown_against


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the columns stand; with very many of them the drawing is wider than the page."""

    columns: int

    @property
    def step(self) -> float:
        room = WIDTH - LEFT - MARGIN
        return min(max(room / max(self.columns, 1), NARROW), BROAD)

    @property
    def left(self) -> float:
        return max(WIDTH - MARGIN - max(self.columns, 4) * self.step, LEFT)

    @property
    def width(self) -> float:
        return max(WIDTH, self.left + self.columns * self.step + MARGIN)

    def x(self, column: int) -> float:
        return self.left + (column + 0.5) * self.step


def stance_matrix(
    actors: Sequence[Party],
    concepts: Sequence[ConceptRow],
    cells: Mapping[tuple[str, str], Stance],
    *,
    anchor: str = "stance-matrix",
) -> Figure:
    """Give the matrix: concepts down, parties across.

    Args:
        actors: the parties, at most about 10.
        concepts: the concepts; those of one group stand together.
        cells: by id of concept and id of party; a pair without records may be left out.
        anchor: id of the figure.
    """
    frame = _Frame(len(actors))
    parts, y = _names(actors, frame)
    for group, rows in groupby(concepts, key=lambda concept: concept.group):
        drawn, y = _group(group, frame, y)
        parts += drawn
        for concept in rows:
            stances = [cells.get((concept.id, actor.id), Stance()) for actor in actors]
            drawn, y = _row(concept, stances, frame, y)
            parts += drawn
    parts += [line(0, y, frame.width, y), *_legend(y + 24)]
    title = "Who asserts, denies or shows what"
    sentences = [_in_words(concept, actors, cells) for concept in concepts]
    alt = " ".join(sentences or ["There are no concepts."])
    return Figure(
        anchor,
        title,
        "The small number counts the statements and deeds behind a mark.",
        alt,
        drawing(anchor, title, alt, parts, width=frame.width, height=y + 54),
    )


def _names(actors: Sequence[Party], frame: _Frame) -> tuple[list[str], float]:
    """Draw the names across, or upright if one of their words is wider than a column."""
    room = frame.step - 8
    if all(text_width(word, SMALL) <= room for actor in actors for word in actor.name.split()):
        return _across([wrap(actor.name, room, SMALL) for actor in actors], frame)
    most = max(int(frame.step / (SMALL * LEADING)), 1)
    return _upright([_in_lines(actor.name, most) for actor in actors], frame)


def _in_lines(name: str, most: int) -> tuple[str, ...]:
    """Wrap a name as narrow as so many lines allow."""
    width = 90.0
    while len(lines := wrap(name, width, SMALL)) > most:
        width += 10
    return lines


def _across(names: Sequence[Sequence[str]], frame: _Frame) -> tuple[list[str], float]:
    height = max(map(len, names), default=0) * SMALL * LEADING
    parts = [
        label(
            lines,
            frame.x(i),
            height - (len(lines) - 1) * SMALL * LEADING,
            size=SMALL,
            text_anchor="middle",
        )
        for i, lines in enumerate(names)
    ]
    return parts, height + 8


def _upright(names: Sequence[Sequence[str]], frame: _Frame) -> tuple[list[str], float]:
    height = max(text_width(line, SMALL) for lines in names for line in lines) + 4
    parts = []
    for i, lines in enumerate(names):
        x = frame.x(i) + 4 - (len(lines) - 1) * SMALL * LEADING / 2
        turn = f"rotate(-90 {x:g} {height:g})"
        parts.append(label(lines, x, height, size=SMALL, transform=turn))
    return parts, height + 8


def _group(name: str, frame: _Frame, y: float) -> tuple[list[str], float]:
    if not name:
        return [], y
    lines = wrap(name, frame.left - 16, SMALL, bold=True)
    height = len(lines) * SMALL * LEADING + 14
    head = label(lines, 0, y + 10 + SMALL, paint="ink", size=SMALL, font_weight=600)
    return [line(0, y, frame.width, y), head], y + height


def _row(
    concept: ConceptRow, stances: Sequence[Stance], frame: _Frame, y: float
) -> tuple[list[str], float]:
    lines = wrap(concept.label, frame.left - 16, SMALL)
    height = max(ROW, len(lines) * SMALL * LEADING + 10)
    middle = y + height / 2
    top = middle - len(lines) * SMALL * LEADING / 2 + SMALL
    parts = [line(0, y, frame.width, y), label(lines, 0, top, size=SMALL)]
    for i, stance in enumerate(stances):
        if stance.count:
            parts += _mark(stance, frame.x(i) - 8, middle)
            number = str(stance.count)
            parts.append(label([number], frame.x(i) + 5, middle + 4, paint="quiet", size=SMALL))
    return parts, y + height


def _mark(stance: Stance, x: float, y: float) -> list[str]:
    """Draw a square for words, a ring for deeds; the sign stands in it as well as in its fill."""
    parts = []
    if stance.shown or stance.shown_against:
        against = None if stance.shown else "2.5 2.5"
        parts.append(
            element(
                "circle", cx=x, cy=y, r=RING, fill="none", paint="edge", stroke_dasharray=against
            )
        )
    if stance.asserts or stance.denies:
        parts += _square(stance.asserts > 0, stance.denies > 0, x, y)
    else:
        parts += _signs(stance.shown > 0, stance.shown_against > 0, x, y, "edge")
    return parts


def _square(asserts: bool, denies: bool, x: float, y: float) -> Iterator[str]:
    box = {"x": x - HALF, "y": y - HALF, "width": 2 * HALF, "height": 2 * HALF}
    yield element("rect", paint="paper edge" if denies else "ink edge", **box)
    if asserts and denies:
        corner = f"M{x - HALF:g} {y - HALF:g}h{2 * HALF:g}l{-2 * HALF:g} {2 * HALF:g}z"
        yield element("path", d=corner, paint="ink")
    else:
        yield from _signs(asserts, denies, x, y, "edge" if denies else "paper-edge")


def _signs(plus: bool, minus: bool, x: float, y: float, paint: str) -> Iterator[str]:
    down = 3.0 if plus and minus else 0.0
    yield line(x - 3, y + down, x + 3, y + down, paint, stroke_width=1.5)
    if plus:
        yield line(x, y - 3 - down / 3, x, y + 3 - down / 3, paint, stroke_width=1.5)
    if plus and minus:
        yield line(x - 3, y - 1, x + 3, y - 1, paint, stroke_width=1.5)


LEGEND = (
    (Stance(asserts=1), "asserts"),
    (Stance(denies=1), "denies"),
    (Stance(asserts=1, denies=1), "both"),
    (Stance(shown=1), "deeds show it"),
    (Stance(shown_against=1), "deeds show the contrary"),
    (Stance(asserts=1, shown=1), "said and shown"),
)


def _legend(y: float) -> Iterator[str]:
    x = RING + 1
    for stance, meaning in LEGEND:
        wide = text_width(meaning, SMALL) + 44
        if x + wide - 28 > WIDTH:
            x, y = RING + 1, y + 24
        yield from _mark(stance, x, y - 4)
        yield label([meaning], x + 15, y, paint="quiet", size=SMALL)
        x += wide


def _in_words(
    concept: ConceptRow, actors: Sequence[Party], cells: Mapping[tuple[str, str], Stance]
) -> str:
    said = [
        f"{actor.name} {did}"
        for actor in actors
        if (did := _verb(cells.get((concept.id, actor.id), Stance())))
    ]
    return f"{concept.label.rstrip('.')}: {'; '.join(said) or 'no one speaks to it'}."


def _verb(stance: Stance) -> str:
    verbs = {
        "asserts it": stance.asserts,
        "denies it": stance.denies,
        "shows it by deeds": stance.shown,
        "shows the contrary by deeds": stance.shown_against,
    }
    return series([f"{verb} ({n})" for verb, n in verbs.items() if n])
