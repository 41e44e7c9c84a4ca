"""Names in pictures: wrapped, or cut where there is no room, and whole where one points at them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from melian.brief.drawing import SIZE, SMALL, element, label, text_width, words, wrap
from melian.case.wording import series

if TYPE_CHECKING:
    from collections.abc import Sequence

LEADING = 1.25
LINE = SMALL * LEADING
NAMELESS = "(no name)"
CUT = "…"
LONG = 60
"""So many letters of a name are told in words; more make a sentence that no one follows."""


JOINERS = "\u200c\u200d"
"""What joins and parts letters of some scripts: not seen, but needed."""


def one_line(text: str) -> str:
    """Give a name in one line, without what is not seen: control characters, turns of direction.

    >>> one_line(" Öko  Institut ")
    'Öko Institut'
    """
    kept = (c if c.isprintable() or c in JOINERS else " " * c.isspace() for c in text)
    return " ".join("".join(kept).split()) or NAMELESS


def shortened(text: str, width: float, size: float = SMALL, *, bold: bool = False) -> str:
    """Give a text in one line no wider than ``width`` px, cut with an ellipsis if it must be.

    >>> shortened("Federal Ministry of the Environment", 120)
    'Federal Ministry of t…'
    """
    whole = one_line(text)
    wide = partial(text_width, size=size, bold=bold)
    if wide(whole) <= width:
        return whole
    kept = whole
    while kept and wide(kept + CUT) > width:
        kept = kept[:-1]
    return kept.rstrip() + CUT


def in_lines(
    text: str, width: float, most: int = 2, size: float = SMALL, *, bold: bool = False
) -> tuple[str, ...]:
    """Give a name in at most so many lines of at most ``width`` px, the last cut if it must be."""
    rest = one_line(text)
    lines = wrap(rest, width, size, bold=bold)
    if len(lines) <= most:
        return lines
    for taken in lines[: most - 1]:
        rest = rest.removeprefix(taken).lstrip()
    cut = shortened(rest, width, size, bold=bold)
    return (*lines[: most - 1], cut)


def pointed(told: str, *inside: str) -> str:
    """Give elements as a group that says more of itself to who points at it."""
    return element("g", element("title", words(told)), *inside)


def widest(lines: Sequence[str], size: float = SMALL, *, bold: bool = False) -> float:
    """Give the width of the widest line, in px; 0 of none."""
    return max((text_width(each, size, bold=bold) for each in lines), default=0.0)


def quiet(
    text: str, x: float, y: float, *, text_anchor: str | None = None, transform: str | None = None
) -> str:
    """Give a line of small quiet text: what is written at axes and in legends."""
    return label(
        [text], x, y, paint="quiet", size=SMALL, text_anchor=text_anchor, transform=transform
    )


def note(text: str, width: float, y: float) -> tuple[str, float]:
    """Give a sentence across a picture that has nothing else to show, and where it ends."""
    lines = wrap(text, width - 16, SIZE)
    return label(lines, 8, y + SIZE, paint="quiet"), y + len(lines) * SIZE * LEADING + 8


def told(name: str) -> str:
    """Give a name as a sentence says it: in one line, cut if it is very long."""
    whole = one_line(name)
    return whole if len(whole) <= LONG else whole[: LONG - 1].rstrip() + CUT


def some(names: Sequence[str], most: int = 4) -> str:
    """Enumerate names, or the first of them and how many others there are.

    >>> some(["a", "b", "c"]), some(["a", "b", "c", "d"], 2)
    ('a, b and c', 'a, b and 2 others')
    """
    if len(names) <= most + 1:
        return series([told(name) for name in names])
    rest = len(names) - most
    return f"{', '.join(told(name) for name in names[:most])} and {rest:,} others"


def figure_of(value: float) -> str:
    """Give a number as a reader sees it: whole, or with as many decimals as say something.

    >>> figure_of(1200.0), figure_of(-0.25), figure_of(3.14159), figure_of(0.00012)
    ('1,200', '−0.25', '3.14', '0.00012')
    """
    if float(value).is_integer():
        text = f"{abs(value):,.0f}"
    elif abs(value) >= 0.01:
        text = f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    else:
        text = f"{abs(value):.2g}"
    return f"−{text}" if value < 0 and text != "0" else text
