"""What the conflict engine answers: who is stable where, under which concept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


class Concept(StrEnum):
    """The stability concepts of the graph model (Fang, Hipel & Kilgour 1993, ch. 3)."""

    NASH = "nash"
    GMR = "gmr"
    SMR = "smr"
    SEQ = "seq"
    SIM = "sim"


@dataclass(frozen=True, slots=True)
class Decimals:
    """States known by their decimals alone, which may be larger than any array could count.

    Attributes:
        options: the options; option i is bit i of a decimal.
    """

    options: tuple[str, ...]

    def taken(self, decimal: int) -> tuple[str, ...]:
        """Give the options taken in a state, in the order of the case."""
        return tuple(o for bit, o in enumerate(self.options) if decimal >> bit & 1)

    def letters(self, decimal: int) -> str:
        """Give a state as Y and N, option 0 first.

        >>> Decimals(("talk", "strike")).letters(0b01)
        'YN'
        """
        return "".join("NY"[decimal >> bit & 1] for bit in range(len(self.options)))


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """The feasible states of a conflict, by number, letters and options taken.

    Attributes:
        options: the options; option i is bit i of a state's decimal.
        decimals: the feasible states, ascending; state number n is ``decimals[n - 1]``.
    """

    options: tuple[str, ...]
    decimals: NDArray[np.int64]

    def taken(self, number: int) -> tuple[str, ...]:
        """Give the options taken in a state, in the order of the case."""
        decimal = int(self.decimals[number - 1])
        return tuple(o for bit, o in enumerate(self.options) if decimal >> bit & 1)

    def letters(self, number: int) -> str:
        """Give a state as Y and N, option 0 first; states are numbered from 1."""
        decimal = int(self.decimals[number - 1])
        return "".join("NY"[decimal >> bit & 1] for bit in range(len(self.options)))


@dataclass(frozen=True, slots=True, eq=False)
class Stability(States):
    """Which feasible states are stable for whom, and which are equilibria.

    Attributes:
        actors: the decision makers, in the order of the first axis of ``stable``.
        stable: per concept a boolean array, shape (actors, feasible states).
    """

    actors: tuple[str, ...]
    stable: Mapping[Concept, NDArray[np.bool_]]

    def equilibria(self, concept: Concept) -> NDArray[np.bool_]:
        """Give, per feasible state, whether it is stable for every actor."""
        return np.asarray(self.stable[concept].all(axis=0), dtype=np.bool_)
