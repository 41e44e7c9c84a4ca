"""The notepad of a reader: problems are written down, never raised."""

from __future__ import annotations

from typing import Protocol

from melian.problems import Location, Problem, Severity


class Placed(Protocol):
    """Whatever has a line and a column: a node of a tree, a location."""

    @property
    def line(self) -> int:
        """The line, from 1."""

    @property
    def column(self) -> int:
        """The column, from 1."""


class Notes:
    """The problems of one file, in the order in which they were found.

    Attributes:
        file: relative to the folder of the case.
        text: what stands in it.
        problems: so far.
        left_out: the text of each entry that could not be read.
    """

    def __init__(self, file: str, text: str = "") -> None:
        """Open an empty notepad for a file, named relative to the folder of the case."""
        self.file = file
        self.text = text
        self.problems: list[Problem] = []
        self.left_out: list[str] = []

    def error(self, at: Placed, code: str, message: str, hint: str, *, shift: int = 0) -> None:
        """Note that something was left out; ``shift`` moves the column to the right."""
        self._note(Severity.ERROR, _at(self.file, at, shift), code, message, hint)

    def warning(self, at: Placed, code: str, message: str, hint: str, *, shift: int = 0) -> None:
        """Note something doubtful that was kept all the same."""
        self._note(Severity.WARNING, _at(self.file, at, shift), code, message, hint)

    def _note(
        self, severity: Severity, location: Location, code: str, message: str, hint: str
    ) -> None:
        self.problems.append(Problem(location, code, message, hint, severity))


def _at(file: str, at: Placed, shift: int) -> Location:
    return Location(file, at.line, at.column + shift)
