"""Ids for what other files name freely: the words of a name, joined by hyphens."""

from __future__ import annotations

import re
import unicodedata

from melian.case.shapes import KEYWORDS

LONGEST = 40

_NAME = re.compile(r"\w+(?:-\w+)*")


def is_name(text: str) -> bool:
    """Tell whether a text can be the id of something in a case as it is.

    >>> is_name("may-join"), is_name("may join"), is_name("not")
    (True, False, False)
    """
    good = _NAME.fullmatch(text) is not None and text not in KEYWORDS
    return good and unicodedata.is_normalized("NFC", text)


def slug(text: str) -> str:
    """Give the words of a text in small letters with hyphens between them, as many as fit.

    >>> slug("Freedom of Speech?"), slug("Être, ou ne pas être"), slug("!?")
    ('freedom-of-speech', 'être-ou-ne-pas-être', '')
    """
    lowered = unicodedata.normalize("NFC", text[: 4 * LONGEST].lower())
    words = re.findall(r"[^\W_]+", lowered)
    found = ""
    for word in words:
        longer = f"{found}-{word}" if found else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        found = longer
    return found


class Names:
    """Hands out ids, none of them twice."""

    def __init__(self, kind: str) -> None:
        """Begin with none; ``kind`` is the word for what has no words of its own."""
        self._kind = kind
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, name: str) -> bool:
        """Take an id as it is; tell whether it was free."""
        free = name not in self._taken
        self._taken.add(name)
        return free

    def new(self, text: str) -> str:
        """Take and give an id for what a text names: numbered, if its words are taken.

        >>> names = Names("concept")
        >>> [names.new(text) for text in ("Open port", "Open port!", "not", "?")]
        ['open-port', 'open-port-2', 'concept-not', 'concept-1']
        """
        stem = slug(text)
        if stem in KEYWORDS:
            stem = f"{self._kind}-{stem}"
        if stem and self.take(stem):
            return stem
        stem, first = stem or self._kind, 2 if stem else 1
        while True:  # goes on from the number given last, so that many alike cost no more than few
            self._last[stem] = self._last.get(stem, first - 1) + 1
            numbered = f"{stem}-{self._last[stem]}"
            if self.take(numbered):
                return numbered


class Ids:
    """One id for each name, given out as they come; the same name has the same id."""

    def __init__(self, kind: str) -> None:
        """Begin with no name; ``kind`` is as for :class:`Names`."""
        self._new = Names(kind)
        self._ids: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """Give the id of a name.

        >>> ids = Ids("actor")
        >>> ids["SPD"], ids["spd"], ids["SPD"]
        ('spd', 'spd-2', 'spd')
        """
        if name not in self._ids:
            self._ids[name] = self._new.new(name)
        return self._ids[name]

    def names(self) -> list[tuple[str, str]]:
        """Give the names with their ids, as they came."""
        return list(self._ids.items())
