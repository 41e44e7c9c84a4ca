"""No two names look the same, and no name is made of letters that only look like others."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from melian.case.place import where
from melian.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from melian.case.model import Case, Concept, Principle

    Names = Mapping[str, Location]

# Greek and Cyrillic letters that are drawn like a Latin one, in small or in capital.
_DRAWN_ALIKE = str.maketrans(
    "\u03b1\u03b2\u03b3\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458",
    "abyezhikmvoptuxabekmhopctyxsij",
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ")


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for each name that looks like another, or mixes alphabets within a word."""
    for names in _namespaces(case):
        first: dict[str, str] = {}
        for name, at in names.items():
            if len(_scripts(name)) > 1:
                message = f'"{name[:60]}" mixes letters of several alphabets within a word.'
                hint = "Type it anew: some letters only look like others."
                yield Problem(at, "mixed-alphabets", message, hint, Severity.WARNING)
            known = first.setdefault(drawn(name), name)
            if known != name:
                message = f'"{name[:60]}" looks like "{known[:60]}", and is another name.'
                hint = "Rename one of them, or spell both alike if they are the same."
                yield Problem(at, "look-alike", message, hint, Severity.WARNING)


def _namespaces(case: Case) -> Iterator[Names]:
    instances = dict.fromkeys(case.instances, Location("case.yaml"))
    yield instances | {name: where(each.at) for name, each in case.actors.items()}
    stated: dict[str, Concept | Principle] = {**case.concepts, **case.principles}
    yield {name: where(each.at) for name, each in stated.items()}
    options = case.conflict.options if case.conflict is not None else {}
    yield {name: where(each.at) for name, each in options.items()}
    yield {name: where(each.at) for name, each in case.sources.items()}
    yield {name: where(each.at) for name, each in case.levers.items()}
    yield {name: where(each.at) for name, each in case.hypotheses.items()}
    yield {name: where(each.at) for name, each in case.milestones.items()}
    yield {name: where(each[0].at) for name, each in case.terms.items() if each}


def drawn(name: str) -> str:
    """Give what names that look the same have in common.

    Compatible forms count as one (Unicode NFKC: a ligature is its letters), as do small and
    capital letters, and letters of other alphabets that are drawn like a Latin one.
    """
    return unicodedata.normalize("NFKC", name).casefold().translate(_DRAWN_ALIKE)


def _scripts(name: str) -> set[str]:
    """Give the alphabets of the first word that mixes some; of none, where no word does."""
    if name.isascii():
        return set()
    each = (
        {script for letter in word for script in _SCRIPTS if _called(letter).startswith(script)}
        for word in _LETTERS.findall(name)
    )
    return next((scripts for scripts in each if len(scripts) > 1), set())


def _called(letter: str) -> str:
    return unicodedata.name(letter, "")
