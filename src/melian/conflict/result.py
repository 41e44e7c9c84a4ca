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


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """Which feasible states are stable for whom, and which are equilibria.

    Attributes:
        actors: the decision makers, in the order of the first axis of ``stable``.
        options: the options; option i is bit i of a state's decimal.
        decimals: the feasible states, ascending; state number n is ``decimals[n - 1]``.
        stable: per concept a boolean array, shape (actors, feasible states).
    """

    actors: tuple[str, ...]
    options: tuple[str, ...]
    decimals: NDArray[np.int64]
    stable: Mapping[Concept, NDArray[np.bool_]]

    def equilibria(self, concept: Concept) -> NDArray[np.bool_]:
        """Give, per feasible state, whether it is stable for every actor."""
        return np.asarray(self.stable[concept].all(axis=0), dtype=np.bool_)

    def letters(self, number: int) -> str:
        """Give a state as Y and N, option 0 first; states are numbered from 1."""
        decimal = int(self.decimals[number - 1])
        return "".join("NY"[decimal >> bit & 1] for bit in range(len(self.options)))
