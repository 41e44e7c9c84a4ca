"""The outcome grid: which outcomes hold under which combinations of readings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from string import ascii_lowercase
from typing import TYPE_CHECKING

from melian.brief.document import Figure
from melian.brief.drawing import (
    SIZE,
    SMALL,
    WIDTH,
    drawing,
    element,
    label,
    line,
    percent,
    text_width,
    wrap,
)
from melian.case.wording import series
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEFT = 236.0
RIGHT = 96.0
GRID = WIDTH - LEFT - RIGHT
LEADING = 1.25
PAD = 9.0
RADIUS = 4.5


class Holds(StrEnum):
    """How firmly an outcome holds under a combination of readings."""

    ALL = "all"
    NASH = "nash"
    WEAKER = "weaker"
    NO = "no"


LEGEND = {
    Holds.ALL: "equilibrium under all five concepts",
    Holds.NASH: "Nash, not under all",
    Holds.WEAKER: "weaker concepts only",
}
IN_WORDS = {
    Holds.ALL: "under all five concepts",
    Holds.NASH: "as a Nash equilibrium short of all five",
    Holds.WEAKER: "under weaker concepts only",
}


@dataclass(frozen=True, slots=True)
class ReadingColumn:
    """A combination of readings.

    Attributes:
        sides: per contradiction a short name of the side taken.
        weight: how many combinations it stands for.
        share: of all combinations by weight, where they do not all weigh the same.
    """

    sides: tuple[str, ...]
    weight: int = 1
    share: float | None = None


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome.

    Attributes:
        label: its name.
        does: what each party does in it.
        share: share of all combinations in which it holds, 0 to 1.
        holds: how firmly it holds, per column.
    """

    label: str
    does: str
    share: float
    holds: tuple[Holds, ...]

    @property
    def everywhere(self) -> bool:
        """Whether it holds under every combination, those not drawn included."""
        return self.share > 1 - 1e-9  # a sum of weights may fall short of 1 by rounding


def outcome_grid(
    rows: Sequence[OutcomeRow],
    readings: Sequence[ReadingColumn],
    contradictions: Sequence[str],
    *,
    total: int | None = None,
    anchor: str = "outcome-grid",
) -> Figure:
    """Give the grid: outcomes down, combinations of readings across.

    Columns are sorted so that those which agree on the first contradiction stand together, within
    them those which agree on the second, and so on; put the weightiest contradiction first.

    Args:
        rows: the outcomes, in the order to show.
        readings: the combinations, at most about 32.
        contradictions: a name for each, in the order of ``ReadingColumn.sides``.
        total: number of all combinations, if the columns do not stand for all of them.
        anchor: id of the figure.

    Raises:
        UsageError: rows, columns and contradictions do not fit together.
    """
    _must_fit(rows, readings, contradictions)
    order = _order(readings, len(contradictions))
    columns = [readings[i] for i in order]
    sorted_rows = [
        OutcomeRow(r.label, r.does, r.share, tuple(r.holds[i] for i in order)) for r in rows
    ]
    parts: list[str] = []
    y = 4.0
    for level, name in enumerate(contradictions):
        drawn, y = _head(name, columns, level, y)
        parts += drawn
    drawn, y = _weights(columns, y)
    parts += drawn
    body = y
    for row in sorted_rows:
        drawn, y = _row(row, y)
        parts += drawn
    parts += [*_dividers(columns, body, y), line(0, y, WIDTH, y), *_legend(y + 22)]
    title = "Which outcomes hold under which readings"
    alt = _alt(sorted_rows, columns, contradictions) + _left_out(columns, total)
    return Figure(
        anchor,
        title,
        f"A column is a combination of {_of(columns)}: above it, the side that each party comes "
        "down on. The bar is the share of all combinations in which the outcome holds."
        + _left_out(columns, total),
        alt,
        drawing(anchor, title, alt, parts, height=y + 34),
    )


def _must_fit(
    rows: Sequence[OutcomeRow], readings: Sequence[ReadingColumn], contradictions: Sequence[str]
) -> None:
    for column in readings:
        if len(column.sides) != len(contradictions):
            raise UsageError(
                f"A combination takes {len(column.sides)} sides, and there are "
                f"{len(contradictions)} contradictions; give one side for each."
            )
    for row in rows:
        if len(row.holds) != len(readings):
            raise UsageError(
                f'"{row.label}" has {len(row.holds)} cells, and there are {len(readings)} '
                "combinations; give one cell for each."
            )


def _order(readings: Sequence[ReadingColumn], levels: int) -> list[int]:
    seen = [list(dict.fromkeys(c.sides[i] for c in readings)) for i in range(levels)]
    return sorted(
        range(len(readings)),
        key=lambda k: [seen[i].index(readings[k].sides[i]) for i in range(levels)],
    )


def _head(
    name: str, columns: Sequence[ReadingColumn], level: int, y: float
) -> tuple[list[str], float]:
    """Draw one contradiction: a bracket over each run of columns on the same side.

    Where a side's name does not fit over its bracket, all brackets of the row carry letters, and
    the key to the letters stands at the left.
    """
    spans = list(_spans(columns, level))
    room = GRID / max(len(columns), 1)
    whole = all(_fits(side, (end - start) * room - 6) for side, start, end in spans)
    letters = {side: _letter(i) for i, side in enumerate(dict.fromkeys(s for s, _, _ in spans))}
    key = "" if whole else ": " + ", ".join(f"({v}) {k}" for k, v in letters.items())
    left = wrap(f"{name}{key}", LEFT - 16, SMALL)
    shown = [
        wrap(side, (end - start) * room - 6, SMALL) if whole else (letters[side],)
        for side, start, end in spans
    ]
    height = max([len(left), *map(len, shown)]) * SMALL * LEADING
    parts = [label(left, 0, y + SMALL, paint="quiet", size=SMALL)]
    for text, (_, start, end) in zip(shown, spans, strict=True):
        x, right = LEFT + start * room, LEFT + end * room
        top = y + height - (len(text) - 1) * SMALL * LEADING - 3
        parts.append(label(text, (x + right) / 2, top, size=SMALL, text_anchor="middle"))
        parts.append(line(x + 1.5, y + height + 3, right - 1.5, y + height + 3, "quiet-edge"))
    return parts, y + height + 9


def _fits(side: str, width: float) -> bool:
    lines = 2
    words_fit = all(text_width(word, SMALL) <= width for word in side.split())
    return words_fit and len(wrap(side, width, SMALL)) <= lines


def _letter(index: int) -> str:
    turn, place = divmod(index, 26)
    return ascii_lowercase[place] + (str(turn) if turn else "")


def _spans(columns: Sequence[ReadingColumn], level: int) -> Iterator[tuple[str, int, int]]:
    start = 0
    for _, group in groupby(columns, key=lambda column: column.sides[: level + 1]):
        run = list(group)
        yield run[0].sides[level], start, start + len(run)
        start += len(run)


def _dividers(columns: Sequence[ReadingColumn], top: float, bottom: float) -> Iterator[str]:
    """Draw a hairline wherever the side taken on the first contradiction changes."""
    sides = [column.sides[:1] for column in columns]
    for i, (a, b) in enumerate(pairwise(sides), start=1):
        if a != b:
            x = LEFT + i * GRID / len(columns)
            yield line(x, top, x, bottom)


def _weights(columns: Sequence[ReadingColumn], y: float) -> tuple[list[str], float]:
    """Draw how much each column stands for, unless all stand for as much."""
    if len({(column.weight, column.share) for column in columns}) <= 1:
        return [], y
    weighed = any(column.share is not None for column in columns)
    if weighed and text_width(percent(0.99), SMALL) > GRID / len(columns):
        return [], y
    name = "share of combinations" if weighed else "combinations"
    parts = [label([name], 0, y + SMALL, paint="quiet", size=SMALL)]
    parts += [
        label(
            [str(c.weight) if c.share is None else percent(c.share)],
            _x(i, len(columns)),
            y + SMALL,
            paint="quiet",
            size=SMALL,
            text_anchor="middle",
        )
        for i, c in enumerate(columns)
    ]
    return parts, y + SMALL * LEADING + 5


def _x(column: int, columns: int) -> float:
    return LEFT + (column + 0.5) * GRID / columns


def _row(row: OutcomeRow, y: float) -> tuple[list[str], float]:
    name = wrap(row.label, LEFT - 16, SIZE, bold=True)
    does = wrap(row.does, LEFT - 16, SMALL)
    height = (len(name) * SIZE + len(does) * SMALL) * LEADING + 2 * PAD
    middle = y + height / 2
    n = len(row.holds)
    radius = min(RADIUS, 0.38 * GRID / max(n, 1))
    below = y + PAD + len(name) * SIZE * LEADING
    parts = [
        line(0, y, WIDTH, y),
        label(name, 0, y + PAD + SIZE - 1, font_weight=600),
        label(does, 0, below + SMALL - 1, paint="quiet", size=SMALL),
        *(_mark(hold, _x(i, n), middle, radius) for i, hold in enumerate(row.holds)),
        *_bar(row, middle),
    ]
    return parts, y + height


def _bar(row: OutcomeRow, y: float) -> list[str]:
    x, full = WIDTH - RIGHT + 14, 42.0
    said = "all" if row.everywhere else percent(row.share)
    paint = "accent" if row.everywhere else "ink"
    bar = element("rect", x=x, y=y - 4, width=full * row.share, height=8.0, paint=paint)
    number = label(
        [said],
        WIDTH,
        y + 4,
        paint=paint,
        text_anchor="end",
        font_weight=600 if row.everywhere else None,
    )
    return [line(x, y + 4, x + full, y + 4), bar, number]


def _mark(hold: Holds, x: float, y: float, r: float = RADIUS) -> str:
    """Draw full, half and open: they differ in ink, not in colour."""
    match hold:
        case Holds.ALL:
            return element("circle", cx=x, cy=y, r=r, paint="ink edge")
        case Holds.NASH:
            half = f"M{x:g} {y - r:g}a{r:g} {r:g} 0 0 0 0 {2 * r:g}z"
            circle = element("circle", cx=x, cy=y, r=r, paint="edge", fill="none")
            return circle + element("path", d=half, paint="ink")
        case Holds.WEAKER:
            return element("circle", cx=x, cy=y, r=r * 0.55, paint="edge", fill="none")
        case Holds.NO:
            return ""


def _legend(y: float) -> Iterator[str]:
    x = 5.0
    for hold, meaning in LEGEND.items():
        yield _mark(hold, x, y - 4)
        yield label([meaning], x + 10, y, paint="quiet", size=SMALL)
        x += text_width(meaning, SMALL) + 32


def _left_out(columns: Sequence[ReadingColumn], total: int | None) -> str:
    drawn = sum(column.weight for column in columns)
    if total is None or total == drawn:
        return ""
    return f" The columns stand for {drawn} of {total} combinations; the others are not drawn."


def _alt(
    rows: Sequence[OutcomeRow], columns: Sequence[ReadingColumn], contradictions: Sequence[str]
) -> str:
    drawn = sum(column.weight for column in columns)
    over = f" over {series(list(dict.fromkeys(contradictions)))}" if contradictions else ""
    start = f"{len(rows)} outcomes, drawn under {drawn} combinations of {_of(columns)}{over}."
    return " ".join([start, *(_in_words(row, columns) for row in rows)])


def _of(columns: Sequence[ReadingColumn]) -> str:
    """Give what the combinations are of; where preferences are uncertain, they have shares."""
    weighed = any(column.share is not None for column in columns)
    return "readings and preferences" if weighed else "readings"


def _in_words(row: OutcomeRow, columns: Sequence[ReadingColumn]) -> str:
    counts = {
        hold: sum(c.weight for c, h in zip(columns, row.holds, strict=True) if h is hold)
        for hold in IN_WORDS
    }
    does = f" ({row.does.rstrip('.')})" if row.does else ""
    how = "every combination" if row.everywhere else f"{percent(row.share)} of all combinations"
    ways = [f"{IN_WORDS[hold]} in {number}" for hold, number in counts.items() if number]
    drawn = f": {series(ways)} of those drawn" if ways else ", none of them drawn"
    return f"{row.label}{does} holds under {how}{drawn if row.share else ''}."
