"""Who stood in which camp when: a strip of tiles for each actor, a letter for each camp."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import SMALL, WIDTH, drawing, element, label, mover_paint
from melian.brief.figures.lettering import LINE, note, pointed, quiet, shortened, some, told, widest
from melian.brief.figures.marks import entry, legend
from melian.case.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.brief.figures.marks import Entry

MOST = 40
NAMES = 180.0
ROW = 20.0
NARROW, BROAD = 15.0, 60.0
HEAD = 110.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOLD = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """Where someone stood in a window: the camp, from 0, and whether firmly."""

    camp: int
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Strip:
    """Someone's camps: one tile per window, None where there is too little to tell."""

    name: str
    tiles: tuple[Tile | None, ...]

    @property
    def switches(self) -> int:
        """How often the camp is another than the last one known, both of them firm."""
        camps = [tile.camp for tile in self.tiles if tile is not None and tile.firm]
        return sum(one != other for one, other in itertools.pairwise(camps))


@dataclass(frozen=True, slots=True)
class Switching:
    """What is drawn.

    Attributes:
        title: a headline.
        windows: what each window is called: "Mar 2011".
        strips: in the order to show, a tile for each window.
        camps: names of the camps.
        thin: why there is no tile where there is none.
        loose: what it means not to be firm.
    """

    title: str
    windows: tuple[str, ...]
    strips: tuple[Strip, ...]
    camps: tuple[str, ...]
    thin: str = "too few statements"
    loose: str = "undecided"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where tiles stand; with very many windows the drawing is wider than the page."""

    left: float
    step: float
    windows: int
    top: float

    @property
    def width(self) -> float:
        return max(WIDTH, self.left + self.windows * self.step + 4)


def switching(given: Switching, *, anchor: str = "switching") -> Figure:
    """Give the picture; of more than 40 actors, those who switch most, then who speak most."""
    rows = _shown(given.strips)
    alt, caption = _alt(given), _caption(given, rows)
    if not rows or not given.windows:
        text, height = note(alt, WIDTH, 4)
        svg = drawing(anchor, given.title, alt, [text], height=height)
        return Figure(anchor, given.title, caption, alt, svg)
    frame = _frame(given, rows)
    parts = [*_heads(given, frame)]
    for number, strip in enumerate(rows):
        parts.append(_strip(given, strip, frame, frame.top + ROW * number))
    signs, end = legend([*_legend(given, rows)], frame.top + ROW * len(rows) + 22)
    svg = drawing(anchor, given.title, alt, [*parts, *signs], width=frame.width, height=end)
    return Figure(anchor, given.title, caption, alt, svg)


def _shown(strips: Sequence[Strip]) -> list[Strip]:
    def rank(place: int) -> tuple[int, int, int]:
        strip = strips[place]
        return -strip.switches, -sum(tile is not None for tile in strip.tiles), place

    return [strips[n] for n in sorted(sorted(range(len(strips)), key=rank)[:MOST])]


def _frame(given: Switching, rows: Sequence[Strip]) -> _Frame:
    left = widest([shortened(strip.name, NAMES) for strip in rows]) + 12
    many = len(given.windows)
    step = min(max((WIDTH - left - 4) / many, NARROW), BROAD)
    if _across(given, step):
        return _Frame(left, step, many, LINE + 4)
    tall = widest([shortened(name, HEAD) for name in given.windows])
    return _Frame(left, step, many, tall + 8)


def _across(given: Switching, step: float) -> bool:
    return widest(given.windows) <= step - 4


def _heads(given: Switching, frame: _Frame) -> Iterator[str]:
    """Write the windows across, or upright where they are wider than their tiles."""
    for place, name in enumerate(given.windows):
        middle = round(frame.left + (place + 0.5) * frame.step, 1)
        if _across(given, frame.step):
            yield quiet(name, middle, SMALL, text_anchor="middle")
        else:
            x, y = middle + 4, round(frame.top - 4, 1)
            turn = f"rotate(-90 {x:.1f} {y:.1f})"
            yield pointed(name, quiet(shortened(name, HEAD), round(x, 1), y, transform=turn))


def _strip(given: Switching, strip: Strip, frame: _Frame, y: float) -> str:
    parts = [label([shortened(strip.name, NAMES)], 0, y + 14, size=SMALL)]
    for place, tile in enumerate(strip.tiles[: len(given.windows)]):
        x = round(frame.left + place * frame.step, 1)
        parts.append(_tile(tile, x, y, frame.step))
    return pointed(f"{strip.name}: {counted(strip.switches, 'switch', 'switches')}", *parts)


def _tile(tile: Tile | None, x: float, y: float, wide: float) -> str:
    """Draw a tile: full for who stands firm, a dashed edge for who does not, a dot for no one."""
    if tile is None:
        return element("circle", cx=round(x + wide / 2, 1), cy=y + ROW / 2, r=1.0, paint="quiet")
    paint = mover_paint(tile.camp)
    box = {"x": x + 1, "y": y + 1, "width": round(wide - 2, 1), "height": ROW - 2}
    if tile.firm:
        ground = element("rect", paint=paint, **box)
    else:
        ground = element(
            "rect", paint=f"paper {paint}-edge", stroke_width=1.25, stroke_dasharray="3 2", **box
        )
    return ground + label(
        [letter(tile.camp)],
        round(x + wide / 2, 1),
        y + 14,
        paint="paper" if tile.firm else "ink",
        size=SMALL,
        text_anchor="middle",
        font_weight=600 if tile.firm else None,
    )


def letter(camp: int) -> str:
    """Give the letter of a camp; after 26, they begin again."""
    return LETTERS[camp % len(LETTERS)]


def _legend(given: Switching, rows: Sequence[Strip]) -> Iterator[Entry]:
    tiles = [tile for strip in rows for tile in strip.tiles]
    present = {tile.camp for tile in tiles if tile is not None}
    for camp, name in enumerate(given.camps):
        if camp in present:
            yield _sign(Tile(camp), name)
    if any(tile is not None and not tile.firm for tile in tiles):
        first = min(tile.camp for tile in tiles if tile is not None and not tile.firm)
        yield _sign(Tile(first, firm=False), given.loose)
    if None in tiles:
        yield _sign(None, given.thin)


def _sign(tile: Tile | None, name: str) -> Entry:
    return entry(lambda x, y: _tile(tile, x, y - 14, 18.0), 18, name)


def _caption(given: Switching, rows: Sequence[Strip]) -> str:
    cut = len(given.strips) - len(rows)
    if not cut:
        return ""
    verb = "is" if cut == 1 else "are"
    return f"Drawn are those who switch most; {counted(cut, 'other')} {verb} not drawn."


def _alt(given: Switching) -> str:
    """Say who went from which camp to which, and how many stayed."""
    if not given.strips or not given.windows:
        return "There is no one whose camp is known."
    moved = [strip for strip in given.strips if strip.switches]
    sentences = [
        (
            f"{counted(len(given.strips), 'actor')} in {counted(len(given.windows), 'window')}: "
            f"{counted(len(moved), 'switches', 'switch')} camp."
        )
    ]
    moved.sort(key=lambda each: -each.switches)
    sentences += [f"{told(strip.name)}: {_way(given, strip)}." for strip in moved[:TOLD]]
    if moved[TOLD:]:
        sentences.append(f"Also: {some([strip.name for strip in moved[TOLD:]])}.")
    return " ".join(sentences)


def _way(given: Switching, strip: Strip) -> str:
    """Tell the camps one after another, the first few of them."""
    steps: list[str] = []
    last = None
    for name, tile in zip(given.windows, strip.tiles, strict=False):
        if tile is not None and tile.firm and tile.camp != last:
            last = tile.camp
            camp = given.camps[last] if last < len(given.camps) else letter(last)
            steps.append(f"{told(camp)} from {told(name)}" if steps else told(camp))
    more = f" and {len(steps) - 4} more" if len(steps) > 4 else ""
    return f"{', then '.join(steps[:4])}{more}"
