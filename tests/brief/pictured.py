"""What the tests of pictures share: names of all sorts, and what can be read in a picture."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from test_figures import SVG, assert_sound, parsed

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from melian.brief.document import Figure

__all__ = ["SVG", "assert_sound", "classed", "names", "numbers", "parsed", "pointed_at", "sound"]

HARD = (
    "",
    "a",
    "<b>&\"'</b>",
    "x" * 60,
    "Bundesministerium für Umwelt, Naturschutz und Reaktorsicherheit",
    "حزب الخضر الألماني",
    "ドイツ連邦環境自然保護原子力安全省の公式見解",
    "\x00\x07control\x1b",
    "Ärzte für Öfen",
    "\ud800lone",
)
names = st.one_of(st.sampled_from(HARD), st.text(max_size=60))


def pointed_at(figure: Figure) -> Counter[str]:
    """Count what one reads who points at a part of a picture, in one line."""
    titles = parsed(figure.svg).iter(f"{SVG}title")
    return Counter(" ".join("".join(title.itertext()).split()) for title in titles)


def plain(name: str) -> str:
    """Give a name as XML can hold it, in one line."""
    kept = (c for c in name if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff"))
    return " ".join("".join(c for c in kept if c not in "\ufffe\uffff").split())


def named(figure: Figure, name: str) -> bool:
    """Tell whether a picture says a name, whole, to who points at it."""
    told = plain(name)
    return any(title.startswith(told) for title in pointed_at(figure))


def numbers(text: str) -> list[int]:
    """Give the whole numbers in a text."""
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


def classed(figure: Figure, tag: str, paint: str) -> list[ET.Element]:
    """Give the elements with a paint among theirs."""
    found = parsed(figure.svg).iter(f"{SVG}{tag}")
    return [e for e in found if paint in (e.get("class") or "").split()]


def sound(figure: Figure, words: int = 120) -> None:
    """Check the picture, and that its words are few and say what it holds, not that it is one."""
    assert_sound(figure)
    assert len(figure.alt.split()) <= words, figure.alt
    assert not re.search(r"\b(chart|figure|picture|graph) (show|of)", figure.alt)
