"""What can go wrong, and where: problems in a case, and the exceptions of the program.

Three kinds are never mixed:

* what is wrong **in the text of a case** is collected as :class:`Problem`, never raised;
* **wrong use** of a command or a function raises :class:`UsageError`;
* what is wrong **in the outside world** raises :class:`OutsideError`.

The tree::

    MelianError
    ├── UsageError        a wrong argument: says which, and what to give instead
    ├── OutsideError      a file, a folder or a solver that is not as it should be
    └── TooLarge          an answer that would not fit: says how large, and what to do
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class MelianError(Exception):
    """Base of everything melian raises on purpose; its text is a sentence for the user."""


class UsageError(MelianError):
    """An argument is wrong; the text names it and says what to give instead."""


class OutsideError(MelianError):
    """A file, folder or installed part is not as it should be."""


class TooLarge(MelianError):
    """The answer would not fit in memory or on the screen; the text says what to do."""


class Severity(StrEnum):
    """How grave a problem is: an error leaves something out, a warning leaves all in."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file of a case; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Give ``file:line:column``, which editors can jump to."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in the text of a case.

    Attributes:
        location: where it is.
        code: a short stable name, such as ``unknown-actor``.
        message: a sentence that says what is wrong.
        hint: what to type instead.
        severity: error or warning.
        missed: the names that it says nothing has, or refers to. It is not said where an entry
            that could not be read names them all.
    """

    location: Location
    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR
    missed: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def as_dict(self) -> dict[str, str | int]:
        """Give the problem as ``melian check --json`` prints it."""
        return {
            "file": self.location.file,
            "line": self.location.line,
            "column": self.location.column,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "hint": self.hint,
        }


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Give ``Did you mean "x"?`` for the nearest known word, or the other sentence.

    >>> did_you_mean("rusia", ["russia", "nato"], "Add it under actors.")
    'Did you mean "russia"?'
    >>> did_you_mean("china", ["russia", "nato"], "Add it under actors.")
    'Add it under actors.'
    """
    near = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.7)
    return f'Did you mean "{near[0]}"?' if near else otherwise
