"""What the conflict engine answers: who is stable where, under which concept."""

from __future__ import annotations

from dataclasses import dataclass, field
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
        return _letters(decimal, len(self.options))


def _letters(decimal: int, options: int) -> str:
    """Give a decimal as Y and N, lowest bit first: at once, as there may be a million of them."""
    return f"{decimal:0{options}b}"[::-1][:options].translate(_LETTERS)


_LETTERS = str.maketrans("01", "NY")


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """The feasible states of a conflict, by number, letters and options taken.

    Attributes:
        options: the options; option i is bit i of a state's decimal.
        decimals: the feasible states, ascending; state number n is ``decimals[n - 1]``.
        varying: per state, the bits of the options that are taken in some of the decimals that
            count as it and not in others; None where each counts by itself.
    """

    options: tuple[str, ...]
    decimals: NDArray[np.int64]
    varying: NDArray[np.int64] | None = field(default=None, kw_only=True)

    def taken(self, number: int) -> tuple[str, ...]:
        """Give the options taken in a state, in the order of the case.

        Where several decimals count as the state, it is those taken in all of them.
        """
        return self._of(int(self.decimals[number - 1]) & ~self._varying(number))

    def lowest(self, number: int) -> tuple[str, ...]:
        """Give the options taken in the lowest decimal that counts as a state."""
        return self._of(int(self.decimals[number - 1]))

    def either(self, number: int) -> tuple[str, ...]:
        """Give the options that a state leaves open: several decimals count as it, and differ."""
        return self._of(self._varying(number))

    def letters(self, number: int) -> str:
        """Give a state as Y and N, option 0 first; states are numbered from 1.

        Where several decimals count as the state, they are those of the lowest; see :meth:`shown`.
        """
        return _letters(int(self.decimals[number - 1]), len(self.options))

    def shown(self, number: int) -> str:
        """Give a state as Y and N, with a dash for each option that it leaves open."""
        varying = self._varying(number)
        each = enumerate(self.letters(number))
        return "".join("-" if varying >> bit & 1 else letter for bit, letter in each)

    def having(self, bit: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Give, per state, whether an option is taken in all decimals that count as it; in some.

        Args:
            bit: the index of the option.
        """
        has = (self.decimals >> bit & 1).astype(np.bool_)
        if self.varying is None:
            return has, has
        open_ = (self.varying >> bit & 1).astype(np.bool_)
        return np.logical_and(has, ~open_), np.logical_or(has, open_)

    def _varying(self, number: int) -> int:
        return 0 if self.varying is None else int(self.varying[number - 1])

    def _of(self, bits: int) -> tuple[str, ...]:
        return tuple(o for bit, o in enumerate(self.options) if bits >> bit & 1)


def open_form(states: States, number: int) -> dict[str, list[str]]:
    """Give the options that a state leaves open as JSON-ready data; nothing where it is none."""
    return {"either": list(states.either(number))} if states.either(number) else {}


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
