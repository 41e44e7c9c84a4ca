"""What is answered about a framework: labels, extensions, acceptance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Semantics(StrEnum):
    """When a set of arguments can be maintained (Dung 1995).

    A set is admissible when none of its members attack each other and it attacks whatever attacks
    it. It is complete when it also holds every argument that it defends; the least complete set is
    grounded, the largest are preferred, and those that attack all else are stable.
    """

    GROUNDED = "grounded"
    COMPLETE = "complete"
    PREFERRED = "preferred"
    STABLE = "stable"


class Label(StrEnum):
    """How an argument fares (Caminada 2006)."""

    IN = "in"
    OUT = "out"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Labelling:
    """The grounded labelling.

    Attributes:
        labels: one per argument.
        ranks: one per argument: the round in which it was labelled, from 0; an argument that is in
            is defended by arguments of lower ranks only. Those undecided have -1.
    """

    labels: tuple[Label, ...]
    ranks: tuple[int, ...]

    def where(self, label: Label) -> tuple[int, ...]:
        """Give the arguments with a label."""
        return tuple(number for number, each in enumerate(self.labels) if each is label)


@dataclass(frozen=True, slots=True)
class Extensions:
    """The extensions of a framework: each the numbers of its arguments, ascending.

    Attributes:
        complete: whether these are all; if not, each of them is one all the same.
    """

    semantics: Semantics
    sets: tuple[tuple[int, ...], ...]
    complete: bool = True
    method: str = ""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Which arguments are in some extension, and which in all of them.

    Attributes:
        credulous: those in some extension.
        skeptical: those in every extension: all arguments, when there is no extension.
        complete: whether the search came to its end; if not, more may be credulously accepted and
            fewer skeptically.
    """

    semantics: Semantics
    credulous: frozenset[int]
    skeptical: frozenset[int]
    complete: bool = True
    method: str = ""
