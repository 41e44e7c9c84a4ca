"""How often who said what in which sense, and who said enough of what others speak of, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from melian.discourse.networks.building import counted
from melian.discourse.networks.tensor import tensor
from melian.discourse.ties import eligible
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.discourse.networks.building import Design
    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.statements.table import Table

LEAST = 10
"""So many statements an actor has to make to help span a dimension."""

SHARED = 2
"""So many actors have to say what helps span it."""


@dataclass(frozen=True, eq=False)
class Said:
    """The statements that count, and the counts of them.

    Attributes:
        counts: by actor, concept and sense.
        statements: the rows of the table that count, in order.
    """

    counts: Tensor
    statements: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Core:
    """Who spans a dimension, and with what.

    Attributes:
        rows: places of the actors that span it, in order.
        columns: places of the columns, likewise.
        apart: places of actors that say enough, though nothing that those above say.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    apart: NDArray[np.intp]

    @property
    def spans(self) -> bool:
        """Whether there is enough to span a dimension: three actors, and two columns."""
        return len(self.rows) >= 3 and len(self.columns) >= 2


def said(table: Table, design: Design) -> Said:
    """Count the statements of a design; what is said again is left out as it says.

    Raises:
        UsageError: a variable is not there, or none counts.
        TooLarge: the counts would not fit.
    """
    may = eligible(table, design)
    kept = counted(table, may, design)
    if not len(kept):
        raise UsageError("No statement counts: none has an actor, a concept and a sense.")
    names = (design.rows, design.columns, design.qualifier)
    return Said(tensor(table, kept, names, may), kept)


Columns = Callable[[NDArray[np.bool_]], NDArray[np.bool_]]
"""Tells which columns count among some of the rows."""


def core(matrix: NDArray[np.float64], least: int = LEAST, counting: Columns | None = None) -> Core:
    """Find who says enough of what others say, too, and leave out who is apart from the most.

    Leaving out an actor may leave a column to one alone, and that one with too few statements; so
    it is done until all that are left have enough. Where they fall into groups that share no
    column, the first axes of a correspondence analysis only tell these groups apart (Greenacre,
    "Theory and Applications of Correspondence Analysis", 1984, section 8.3), so the group with
    most statements is taken.

    Args:
        matrix: counts, of actors by columns.
        least: how many statements an actor needs in the columns that are left.
        counting: which columns count among some actors; those that two of them come up with, when
            left out.

    Raises:
        UsageError: fewer than three actors or two columns are left.
    """
    counts = counting or (lambda rows: _shared(matrix[rows]))
    found = _largest(matrix, least, counts)
    if not found.spans:
        raise _too_few(
            least, (n for n in range(least - 1, 0, -1) if _largest(matrix, n, counts).spans)
        )
    return found


def _too_few(least: int, fewer: Iterator[int]) -> UsageError:
    """Say that there is too little, and with how few statements an actor would be enough."""
    most = next(fewer, None)
    hint = "Fewer would not do, either" if most is None else f"It can be done with --least {most}"
    return UsageError(
        "There are too few statements to say: three actors are needed that each make at least "
        f"{least} about what another speaks of, too. {hint}."
    )


def _largest(matrix: NDArray[np.float64], least: int, counting: Columns) -> Core:
    """Give the group with most statements, of those who have enough."""
    rows, columns = _enough(matrix, least, counting)
    part = _parts(matrix[np.ix_(rows, columns)] > 0)
    sizes = np.bincount(part[: len(rows)], matrix[np.ix_(rows, columns)].sum(axis=1))
    largest = part == (np.argmax(sizes) if len(sizes) else 0)
    inside, within = largest[: len(rows)], largest[len(rows) :]
    return Core(rows[inside], columns[within], rows[~inside])


def _shared(matrix: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray((matrix > 0).sum(axis=0) >= SHARED)


def _enough(
    matrix: NDArray[np.float64], least: int, counting: Columns
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Drop actors and columns until each of those left has enough."""
    rows = np.ones(matrix.shape[0], dtype=np.bool_)
    while True:
        columns = counting(rows)
        still = rows & (matrix[:, columns].sum(axis=1) >= max(least, 1))
        if (still == rows).all():
            return np.flatnonzero(rows), np.flatnonzero(columns)
        rows = still


def _parts(tied: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Number the connected parts of a table: first those of its rows, then of its columns."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    height, width = tied.shape
    one, other = np.nonzero(tied)
    graph = coo_array((np.ones(len(one)), (one, other + height)), shape=(height + width,) * 2)
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
