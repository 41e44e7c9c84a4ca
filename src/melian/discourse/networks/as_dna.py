"""What DNA 3.1.2 does otherwise than is right, so that its figures can be had and compared.

Each function here stands for the one of the same name that does it right; its docstring says what
differs. Where none is named here, both do the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.networks import one_mode as right
from melian.discourse.networks import two_mode as right_two
from melian.discourse.statements import selection
from melian.discourse.statements.selection import DAY
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.statements.selection import Scope
    from melian.discourse.statements.table import Table

_SUNDAY = 4  # 1 January 1970 was a Thursday, four days after one


def first_of(
    table: Table, rows: NDArray[np.intp], same: Sequence[str], scope: Scope
) -> NDArray[np.intp]:
    """Give the first of each group that says the same in a scope.

    Months and weeks are numbers within the year, so that January 2008 and January 2009 are one.
    Weeks are those of the machine's country; here, those of an English one: from Sunday on, the
    first being that of 1 January.
    """
    if scope not in {"month", "week"}:
        return selection.first_of(table, rows, same, scope)
    days = (table.seconds[rows] // DAY).astype("datetime64[D]")
    if scope == "month":
        number = days.astype("datetime64[M]").astype(np.int64) % 12
    else:
        number = _weeks(days)
    return selection.first(rows, selection.alike(table, rows, same), number)


def _weeks(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Give the number of the week in its year; the days before the next 1 January are in its."""
    sunday = days.astype(np.int64) - (days.astype(np.int64) + _SUNDAY) % 7
    saturday = (sunday + 6).astype("datetime64[D]")
    year = saturday.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    first = year - (year + _SUNDAY) % 7
    return np.asarray((sunday - first) // 7)


def one_mode(
    counted: Tensor, aggregation: right.Aggregation, normalization: right.Normalization = "none"
) -> NDArray[np.float64]:
    """Give the network of the rows among themselves.

    With texts as the qualifier, conflict counts what one says and the other does not, concepts
    that the other never speaks of included. What is called cosine divides by the product of both
    numbers of statements; what is called Jaccard mixes numbers of statements and of pairs, and
    minds the qualifier where that is ignored.
    """
    found = _tied(counted, aggregation)
    found = right.divided(found, _shares(counted, normalization))
    np.fill_diagonal(found, 0)
    return found


def _tied(counted: Tensor, aggregation: right.Aggregation) -> NDArray[np.float64]:
    if counted.qualifier is None or counted.qualifier.kind != "text" or aggregation == "ignore":
        levels = counted.counts
        if aggregation == "ignore":
            levels = levels.sum(axis=2, keepdims=True)
        return right.pairs(levels, right.weights_of(counted.qualifier, aggregation))
    alike = right.pairs(counted.counts, None)
    if aggregation == "congruence":
        return alike
    alone = _alone(counted)
    return alone + alone.T if aggregation == "conflict" else alike - alone - alone.T


def _alone(counted: Tensor) -> NDArray[np.float64]:
    """Count the statements of one row of a kind that the other makes none of."""
    return np.asarray(counted.flat @ (counted.flat == 0).T.astype(np.float64))


def _shares(counted: Tensor, normalization: right.Normalization) -> NDArray[np.float64] | None:
    each = counted.each
    if normalization == "none":
        return None
    if normalization == "average":
        return np.asarray((each[:, None] + each) / 2)
    if normalization == "cosine":
        return np.asarray(each[:, None] * each)
    alone = _alone(counted)
    return np.asarray(alone + alone.T + right.pairs(counted.counts, None))


def two_mode(
    counted: Tensor,
    aggregation: right_two.Aggregation,
    normalization: right_two.Normalization = "none",
) -> NDArray[np.float64]:
    """Give the network of rows and columns.

    Texts are not subtracted but counted.

    Raises:
        UsageError: prominence of combined levels, at which DNA breaks off or divides by the wrong
            number, depending on the table.
    """
    if aggregation == "combine" and normalization == "prominence":
        raise UsageError(
            "DNA 3.1.2 has no prominence of combined levels: it takes rows for columns, and breaks "
            "off. Leave out --compat, or take another normalization."
        )
    texts = counted.qualifier is not None and counted.qualifier.kind == "text"
    if aggregation == "subtract" and texts:
        aggregation = "ignore"
    return right_two.two_mode(counted, aggregation, normalization)


def spectrum(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give what is called the eigenvalues of the Laplacian: the shares of all ties, ascending.

    The ties are never taken from the degrees.
    """
    degrees = np.sort(np.maximum(matrix, 0).sum(axis=1))
    total = degrees.sum()
    return np.asarray(degrees / total if total else degrees)


def distance(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Give what is called the Euclidean distance: the sum of absolute differences."""
    return float(np.abs(one - other).sum())
