"""A small SVG builder: escaped elements, paints that follow the page, text that is measured.

Drawings take their colours from the page by class (``ink``, ``quiet``, ``accent`` ...). The same
colours stand beside as plain attributes, which any style of the page overrides, so that a drawing
is also right when it stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DECIMALS = 6
WIDTH = 680.0
"""Width of the text column in px, and so of a drawing at its natural size."""

SIZE = 12.0
"""Size of ordinary text in a drawing, in px; nothing is below 11."""

SMALL = 11.0

FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', system-ui, sans-serif"
"""Faces of one width, so that text is as wide everywhere as :func:`text_width` takes it to be."""

_COLOURS: Mapping[str, tuple[str, str]] = {  # on light ground, and on dark
    "ink": ("#1f1d1a", "#e8e4dc"),
    "quiet": ("#66605a", "#a39c92"),
    "accent": ("#9a3a17", "#ee9b73"),
    "wash": ("#efebe3", "#2a2723"),
    "paper": ("#fffefb", "#171614"),
    "line": ("#d9d4cb", "#3d3934"),
    "mover-1": ("#1f5f99", "#7fb3e6"),
    "mover-2": ("#9a3a17", "#ee9b73"),
    "mover-3": ("#2f6b3a", "#86c493"),
    "mover-4": ("#7a3f8f", "#cf9be0"),
    "mover-5": ("#6b5a00", "#d9c254"),
}

_PAINTED: Mapping[str, tuple[str, str]] = {  # what a paint colours, and with which colour
    **{name: ("fill", name) for name in _COLOURS if name != "line"},
    **{f"{name}-edge": ("stroke", name) for name in _COLOURS if name not in {"ink", "line"}},
    "line": ("stroke", "line"),
    "edge": ("stroke", "ink"),
}

_PAINTS: Mapping[str, Mapping[str, str]] = {
    name: {what: _COLOURS[colour][0]} for name, (what, colour) in _PAINTED.items()
}

MOVERS = 5
"""Colours that tell apart who moves."""

DASHES = ("", "7 3", "2 3", "10 3 2 3")
"""Patterns that tell it in print; with the colours they make 20 pairs before any is repeated."""

# Advance widths of a Helvetica-like face in thousandths of its size, by class of character.
# Rounded up: a system's own face may run wider, and a label that is a little short is no harm.
_WIDTHS: Mapping[str, int] = {
    **dict.fromkeys("ijl|'!.,:;I", 290),
    **dict.fromkeys(" ft()[]/-r", 350),
    **dict.fromkeys("sckvxyzJ", 530),
    **dict.fromkeys("ABEFKLPSTVXYZ&", 700),
    **dict.fromkeys("CDGHNOQRUw+=<>~", 770),
    **dict.fromkeys("mM%", 920),
    **dict.fromkeys("W—@…", 1010),
}
_OTHER = 590
_WIDE = 1010
_FIRST_WIDE = "\u1100"
_BOLD = 1.07


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in a drawing, in px from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two share more than an edge."""
        apart_x = self.x + self.width <= other.x or other.x + other.width <= self.x
        apart_y = self.y + self.height <= other.y or other.y + other.height <= self.y
        return not (apart_x or apart_y)


def text_width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Give about how wide a text runs, in px, on the safe side."""
    units = sum(_WIDTHS.get(c, _WIDE if c >= _FIRST_WIDE else _OTHER) for c in text)
    return units * size / 1000 * (_BOLD if bold else 1)


def wrap(text: str, width: float, size: float = SIZE, *, bold: bool = False) -> tuple[str, ...]:
    """Give the lines of a text, none wider than ``width`` px; a longer word is broken.

    >>> wrap("Offer a membership plan", 90)
    ('Offer a', 'membership', 'plan')
    """
    lines: list[str] = []
    for word in text.split():
        whole = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(whole, size, bold=bold) <= width:
            lines[-1] = whole
        else:
            lines.extend(_broken(word, width, size, bold=bold))
    return tuple(lines)


def _broken(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def element(tag: str, *inside: str, paint: str = "", **attributes: object) -> str:
    """Give an element; ``inside`` is markup already, attributes are escaped.

    Args:
        tag: its name.
        inside: the elements or :func:`words` in it.
        paint: names of paints, with spaces; they become classes and fallback colours.
        attributes: ``stroke_width`` becomes ``stroke-width``; None leaves it out.
    """
    colours = {k: v for name in paint.split() for k, v in _PAINTS[name].items()}
    given = {"class": paint or None, **colours, **attributes}
    parts = (
        f" {name.replace('_', '-')}={quoteattr(_value(value))}"
        for name, value in given.items()
        if value is not None
    )
    return f"<{tag}{''.join(parts)}>{''.join(inside)}</{tag}>"


def words(text: str) -> str:
    """Give text as it may stand inside an element."""
    return escape(_clean(text))


def label(
    lines: Iterable[str],
    x: float,
    y: float,
    *,
    paint: str = "ink",
    size: float = SIZE,
    leading: float = 1.25,
    **attributes: object,
) -> str:
    """Give lines of text, the first baseline at ``y``; attributes as in :func:`element`.

    No lines give no element.
    """
    spans = [
        element("tspan", words(line), x=x, y=y + i * size * leading) for i, line in enumerate(lines)
    ]
    if not spans:
        return ""
    return element("text", *spans, paint=paint, font_size=size, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, paint: str = "line", **more: object) -> str:
    """Give a straight line, a hairline unless ``stroke_width`` says otherwise."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, paint=paint, **more)


def drawing(
    name: str,
    title: str,
    alt: str,
    parts: Iterable[str],
    *,
    height: float,
    width: float = WIDTH,
    role: Literal["img", "group"] = "img",
) -> str:
    """Give a whole SVG, of natural size ``width`` by ``height`` px, named for those who hear it.

    ``role`` is "group" for a drawing with links, which those who hear it must be able to reach.
    """
    head = (
        element("title", words(title), id=f"{name}-title"),
        element("desc", words(alt), id=f"{name}-desc"),
    )
    return element(
        "svg",
        *head,
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role=role,
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        width=width,
        height=height,
        font_family=FONT,
        font_size=SIZE,
    )


def standalone(svg: str) -> str:
    """Give a drawing as a file of its own: it follows the theme of the screen, and prints light."""
    dark = "".join(
        f".{name}{{{what}:{_COLOURS[colour][1]}}}" for name, (what, colour) in _PAINTED.items()
    )
    light, night = _COLOURS["paper"]
    rules = (
        f"svg{{background:{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{svg{{background:{night}}}{dark}}}"
    )
    head, rest = svg.split(">", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>{element("style", rules)}{rest}\n'


def mover_paint(index: int) -> str:
    """Give the name of the paint of a mover; "-edge" after it is that of its lines."""
    return f"mover-{index % MOVERS + 1}"


def mover_dash(index: int) -> str | None:
    """Give the dash pattern of a mover's lines; none for the first."""
    return DASHES[index % len(DASHES)] or None


def percent(share: float) -> str:
    """Give a share as a reader sees it; only all is 100% and only none is 0%.

    >>> percent(0.999), percent(0.25), percent(0)
    ('99%', '25%', '0%')
    """
    whole = int(share * 100 + 0.5)
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    return f"{whole}%"


def percents(before: float, after: float) -> tuple[str, str]:
    """Give two shares with as few decimals as it takes to tell them apart.

    >>> percents(0.011, 0.014), percents(0.5, 0.5), percents(0.011, 0.5)
    (('1.1%', '1.4%'), ('50%', '50%'), ('1%', '50%'))
    """
    whole = percent(before), percent(after)
    if before == after or whole[0] != whole[1]:
        return whole
    for decimals in range(1, DECIMALS):
        one, other = (f"{share * 100:.{decimals}f}%" for share in (before, after))
        if one != other:
            return one, other
    return f"{before * 100:.{DECIMALS}g}%", f"{after * 100:.{DECIMALS}g}%"


def _value(value: object) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return _clean(text)


def _clean(text: str) -> str:
    """Drop what XML cannot hold: control characters and lone surrogates."""
    kept = (c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff"))
    return "".join(c for c in kept if c not in "\ufffe\uffff")
