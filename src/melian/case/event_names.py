"""Whom a name in an event table stands for in a case.

A name as it is written goes before a pattern, and of two patterns the one that says more letters
of the name: ``Police (Georgia)`` before ``* (Georgia)`` before ``*``. Where that leaves two, the
name is ambiguous and stands for nobody. Capitals do not count: tables write RUSSIA and Russia.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from melian.case.dates import Date
    from melian.case.model import Case

ANY = "*"
KEPT = 200_000
"""How many names are remembered at most; a table may have any number."""
_NOT = "not "


def plain(name: str) -> str:
    """Give what names that count as the same have in common.

    >>> plain("  Military   (RUSSIA) ")
    'military (russia)'
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class Pattern:
    """A name, with ``*`` for any letters; its parts are what stands between the stars.

    >>> Pattern.of("* (Georgia)").fits("police (georgia)"), Pattern.of("un *").fits("united")
    (True, False)
    """

    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Pattern:
        """Give the pattern that a text says."""
        return cls(tuple(plain_part(part) for part in text.split(ANY)))

    @property
    def exact(self) -> bool:
        """Whether it fits one name only."""
        return len(self.parts) == 1

    @property
    def letters(self) -> int:
        """How many letters of a name it says."""
        return sum(map(len, self.parts))

    def fits(self, name: str) -> bool:
        """Tell whether a plain name is one that the pattern says."""
        first, *middle = self.parts
        if not middle:
            return name == first
        *middle, last = middle
        if len(name) < len(first) + len(last):
            return False
        if not (name.startswith(first) and name.endswith(last)):
            return False
        at, end = len(first), len(name) - len(last)
        for part in middle:  # the first place where each fits leaves most room for the rest
            found = name.find(part, at, end)
            if found < 0:
                return False
            at = found + len(part)
        return True


def plain_part(text: str) -> str:
    """Give a part of a pattern as plain names have it, with a blank at its ends where one is."""
    inner = plain(text)
    if not inner:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{inner}{' ' * text[-1].isspace()}"


def excluded(text: str) -> str:
    """Give the pattern that ``not PATTERN`` takes away, "" where the text is another."""
    return text[len(_NOT) :].strip() if text.startswith(_NOT) else ""


def pattern(text: str) -> Pattern:
    """Give the pattern of a text that stands alone: blanks around it say nothing."""
    return Pattern.of(text.strip())


@dataclass
class Names:
    """Finds the actor or instance that a name stands for, and keeps what is ambiguous.

    Attributes:
        ambiguous: by name as the table has it, those between which it does not decide.
    """

    names: Mapping[str, Iterable[str]]
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)
    _exact: dict[str, set[str]] = field(default_factory=dict)
    _patterns: list[tuple[str, Pattern]] = field(default_factory=list)
    _not: dict[str, list[Pattern]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the names into those that are whole and those with a star."""
        for actor, texts in self.names.items():
            for text in texts:
                if away := excluded(text):
                    self._not.setdefault(actor, []).append(pattern(away))
                elif (known := pattern(text)).exact:
                    self._exact.setdefault(known.parts[0], set()).add(actor)
                else:
                    self._patterns.append((actor, known))

    def of(self, name: str) -> str:
        """Give the id that a name stands for, "" where there is none or it is ambiguous."""
        if name not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[name] = self._find(name)
        return self._known[name]

    def decides(self, name: str) -> bool:
        """Tell whether the names have something to say of one, be it that it stands for nobody."""
        whole = plain(name)
        return name in self.ambiguous or bool(
            self.of(name) or any(self._taken_away(actor, whole) for actor in self._not)
        )

    def _find(self, name: str) -> str:
        whole = plain(name)
        found = self._exact.get(whole) or self._nearest(whole)
        if len(found) > 1:
            self.ambiguous[name] = tuple(sorted(found))
        return next(iter(found)) if len(found) == 1 else ""

    def _nearest(self, whole: str) -> set[str]:
        if not whole:
            return set()
        fitting = [(p.letters, actor) for actor, p in self._patterns if p.fits(whole)]
        left = [each for each in fitting if not self._taken_away(each[1], whole)]
        most = max((letters for letters, _ in left), default=0)
        return {actor for letters, actor in left if letters == most}

    def _taken_away(self, actor: str, whole: str) -> bool:
        return any(each.fits(whole) for each in self._not.get(actor, ()))


@dataclass
class Circles:
    """Finds for whom an actor speaks and of what it is a member on a day, itself included."""

    case: Case
    _known: dict[tuple[str, Date], frozenset[str]] = field(default_factory=dict)

    def of(self, actor: str, when: Date) -> frozenset[str]:
        """Give the actor and all whom its ties lead to on that day, through any number of them."""
        if (actor, when) not in self._known:
            self._known[actor, when] = self._find(actor, when)
        return self._known[actor, when]

    def _find(self, actor: str, when: Date) -> frozenset[str]:
        found, queue = {actor} if actor else set(), [actor]
        for each in queue:
            known = self.case.actors.get(each)
            ties = (*known.speaks_for, *known.member_of) if known else ()
            fresh = {tie.actor for tie in ties if tie.period.overlaps(when)} - found
            found |= fresh
            queue.extend(sorted(fresh))
        return frozenset(found)
