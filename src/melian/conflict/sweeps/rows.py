"""States in rows: those of a row differ in one actor's options only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from melian.conflict.sweeps.moves import gather, runs, subsets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Values = NDArray[np.int32]
    Decimals = NDArray[np.int64]

_Whole = TypeVar("_Whole", bound=np.signedinteger[Any])
_SPARSE = 4  # to look at less than one row in so many takes less than to arrange them all


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows in which one actor moves.

    Attributes:
        mask: the bits of the actor's options.
        settings: the decimals of their settings, one a column.
        others: the bits of all other options; their settings number the rows.
    """

    mask: int
    settings: Decimals
    others: int

    @classmethod
    def of(cls, graph: Graph, actor: int) -> Rows:
        """Give the rows in which an actor moves."""
        mask = graph.owned[actor]
        return cls(mask, subsets(mask), len(graph.feasible) - 1 & ~mask)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return 1 << self.others.bit_count()

    def arrange(self, values: Values) -> Values:
        """Give values per decimal as an array of shape (rows, settings)."""
        shape, inside = runs(len(values), self.mask)
        outside = [axis for axis in range(len(shape)) if axis not in inside]
        moved = values.reshape(shape).transpose(*outside, *inside)
        return np.ascontiguousarray(moved).reshape(-1, len(self.settings))

    def row(self, states: NDArray[_Whole]) -> NDArray[_Whole]:
        """Give the rows that states are in."""
        return gather(states, self.others)

    def column(self, states: Decimals) -> Decimals:
        """Give the columns that states are in."""
        return gather(states, self.mask)

    def put(self, states: Decimals, columns: Decimals) -> Decimals:
        """Give the states with the actor's options changed to other settings."""
        return states & self.others | self.settings[columns]


class Table:
    """Values that are looked at row by row."""

    def __init__(self, rows: Rows, values: Values, looks: int) -> None:
        """Arrange the values, where it pays.

        Args:
            rows: which.
            values: per decimal.
            looks: how many rows will be looked at, about.
        """
        self._rows, self._values = rows, values
        self._arranged = rows.arrange(values) if looks > rows.count // _SPARSE else None

    def at(self, states: Decimals) -> Values:
        """Give the rows that states are in, shape (states, settings)."""
        if self._arranged is not None:
            return np.asarray(self._arranged[self._rows.row(states)])
        settings = self._rows.settings
        return np.asarray(self._values[(states & self._rows.others)[:, np.newaxis] | settings])
