"""How often who said what in which sense: the counts that all networks are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from melian.problems import TooLarge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.statements.table import Table, Value, Variable

MOST_CELLS = 2**27
"""A network of more cells than that (a gigabyte) is refused."""


@dataclass(frozen=True, eq=False)
class Tensor:
    """Counts of statements by row, column and level of the qualifier.

    Attributes:
        rows, columns: what the rows and columns stand for.
        qualifier: the variable whose levels are told apart; None where it is ignored.
        counts: float64 of shape (rows, columns, levels).
    """

    rows: tuple[Value, ...]
    columns: tuple[Value, ...]
    qualifier: Variable | None
    counts: NDArray[np.float64]

    @cached_property
    def each(self) -> NDArray[np.float64]:
        """How often each row comes up."""
        return np.asarray(self.counts.sum(axis=(1, 2)))

    @cached_property
    def flat(self) -> NDArray[np.float64]:
        """The counts with one column per pair of a column and a level."""
        rows, columns, levels = self.counts.shape
        return self.counts.reshape(rows, columns * levels)


def tensor(
    table: Table,
    kept: NDArray[np.intp],
    variables: tuple[str, str, str | None],
    loaded: NDArray[np.intp] | None = None,
    *,
    isolates: bool = False,
    weights: NDArray[np.float64] | None = None,
) -> Tensor:
    """Count statements.

    Args:
        table: the statements.
        kept: the rows that are counted, each with a value of the variables.
        variables: those of the rows, the columns and the qualifier, if levels are told apart.
        loaded: the rows from which the levels of the qualifier are taken, and how far they are
            apart; all, when left out.
        isolates: whether rows and columns are taken from there, too, and not from what is counted.
        weights: what each of those counted counts for; one, when left out.

    Raises:
        TooLarge: the counts would not fit.
    """
    row, column, kind = roles(table, kept, variables, loaded, isolates=isolates)
    shape = (len(row.levels), len(column.levels), len(kind.levels) if kind else 1)
    cells = shape[0] * shape[1] * shape[2]
    if cells > MOST_CELLS:
        raise TooLarge(
            f"{shape[0]:,} by {shape[1]:,} values and {shape[2]} levels make {cells:,} cells; at "
            f"most {MOST_CELLS:,} are counted. Leave out values, or take variables with fewer."
        )
    place = (row.codes[kept].astype(np.int64) * shape[1] + column.codes[kept]) * shape[2]
    if kind is not None:
        place += kind.codes[kept]
    counts = np.bincount(place, weights, minlength=cells).astype(np.float64, copy=False)
    return Tensor(row.levels, column.levels, kind, counts.reshape(shape))


def roles(
    table: Table,
    kept: NDArray[np.intp],
    variables: tuple[str, str, str | None],
    loaded: NDArray[np.intp] | None = None,
    *,
    isolates: bool = False,
) -> tuple[Variable, Variable, Variable | None]:
    """Give the variables of the rows, the columns and the qualifier, with the levels they have."""
    basis = np.arange(len(table)) if loaded is None else loaded
    present = basis if isolates else kept
    row, column = (table.variable(name).of(present) for name in variables[:2])
    return row, column, None if variables[2] is None else table.variable(variables[2]).of(basis)
