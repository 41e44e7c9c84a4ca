"""Words for how likely something is, and the numbers they stand for.

The words and their ranges are those of Intelligence Community Directive 203, *Analytic Standards*
(2015), section D.6.e(2)(a). A word stands for the middle of its range. Readers differ in what such
words mean to them (Budescu, Por and Broomell 2012), so whatever rests on a word also says what it
would be one step up and one step down.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SCALE: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "remote": (0.01, 0.05),
        "very-unlikely": (0.05, 0.2),
        "unlikely": (0.2, 0.45),
        "even": (0.45, 0.55),
        "likely": (0.55, 0.8),
        "very-likely": (0.8, 0.95),
        "almost-certain": (0.95, 0.99),
    }
)
"""Each word with the least and the most it stands for, from the least likely up."""

WORDS = tuple(SCALE)


def value_of(word: str) -> float:
    """Give the number that a word of the scale stands for.

    >>> value_of("likely"), value_of("even")
    (0.675, 0.5)
    """
    return round(sum(SCALE[word]) / 2, 4)


def word_of(value: float) -> str:
    """Give the word in whose range a likelihood lies; a bound belongs to the word above it.

    >>> word_of(0.7), word_of(0.8), word_of(0.999)
    ('likely', 'very-likely', 'almost-certain')
    """
    return next((word for word, (_, most) in SCALE.items() if value < most), WORDS[-1])


def neighbours(value: float) -> tuple[float, float]:
    """Give what a likelihood would be one word down and one word up.

    Beyond the last words lie the ends of the scale.

    >>> neighbours(0.675), neighbours(0.97)
    ((0.5, 0.875), (0.875, 0.99))
    """
    at = WORDS.index(word_of(value))
    lowest, highest = SCALE[WORDS[0]][0], SCALE[WORDS[-1]][1]
    below = value_of(WORDS[at - 1]) if at else min(value, lowest)
    above = value_of(WORDS[at + 1]) if at + 1 < len(WORDS) else max(value, highest)
    return below, above
