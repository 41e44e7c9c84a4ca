"""Places in the files: an entry knows where each of its parts stands, down to the word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from melian.problems import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, eq=False)
class Place(Location):
    """The location of an entry, with the text around it.

    It equals, and sorts like, a plain location at the same line and column.

    Attributes:
        text: the whole text of the file.
        start: offset of the entry in it.
        parts: offsets (start, end) of the value under each key, or in each column; under ""
            the head of the entry, such as the id before the colon.
    """

    text: str = field(default="", repr=False)
    start: int = 0
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict, repr=False)

    def __eq__(self, other: object) -> bool:
        """Tell whether both stand in the same place."""
        return isinstance(other, Location) and _key(self) == _key(other)

    def __hash__(self) -> int:
        """Give the hash of the plain location."""
        return hash(_key(self))

    def __lt__(self, other: Location) -> bool:
        """Tell whether this one comes first."""
        return _key(self) < _key(other)

    def __gt__(self, other: Location) -> bool:
        """Tell whether the other comes first."""
        return _key(self) > _key(other)


def _key(location: Location) -> tuple[str, int, int]:
    return location.file, location.line, location.column


def where(at: Location, part: str = "", word: str = "", *, key: bool = False) -> Location:
    """Give the plain location of a word within a part of an entry.

    Where the word does not stand there literally, it is the beginning of the part; where the
    part is not known, the beginning of the entry. A word that is a ``key`` is looked for where a
    colon follows; only if there is none, anywhere.
    """
    if not isinstance(at, Place) or part not in at.parts:
        return Location(at.file, at.line, at.column)
    start, end = at.parts[part]
    offset = _find(at.text, word, start, end) if word else start
    if key and (found := _key_of(word).search(at.text, start, end)):
        offset = found.start()
    between = at.text[at.start : offset]
    breaks = list(_BREAK.finditer(between))
    if not breaks:
        return Location(at.file, at.line, at.column + len(between))
    return Location(at.file, at.line + len(breaks), len(between) - breaks[-1].end() + 1)


def _key_of(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(word)}(?=[\"']?\s*:)")


def _find(text: str, word: str, start: int, end: int) -> int:
    """Give where the whole word stands first, or ``start``."""
    at = text.find(word, start, end)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not any(character.isalnum() or character in "_-" for character in around):
            return at
        at = text.find(word, at + 1, end)
    return start
