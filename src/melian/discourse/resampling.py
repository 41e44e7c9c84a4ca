"""How sure is it? The same figures from documents, coders or days drawn again, with replacement.

Statements of one document are not independent, nor are those of one coder; so whole documents or
whole coders are drawn (the cluster bootstrap: Davison and Hinkley, "Bootstrap Methods and their
Application", 1997, section 3.8). An interval says how far a figure would have moved had others of
the same kind been coded. It says nothing of what no document holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from melian.discourse.statements.selection import DAY
from melian.discourse.statements.table import MISSING
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from melian.discourse.statements.table import Table

Unit = Literal["documents", "coders", "days", "statements"]
"""What is drawn again."""

UNITS: tuple[Unit, ...] = get_args(Unit)

TIMES = 1000
LEVEL = 0.95
SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampling:
    """How figures are drawn again.

    Attributes:
        unit: what is drawn.
        times: how often.
        seed: the same gives the same.
        level: how much of the draws an interval holds.
    """

    unit: Unit = "documents"
    times: int = TIMES
    seed: int = SEED
    level: float = LEVEL


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which values a figure lies in most draws."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        """Tell whether a value lies in it."""
        return self.low <= value <= self.high


def samples(table: Table, rows: NDArray[np.intp], by: Resampling) -> Iterator[NDArray[np.intp]]:
    """Draw again, and give the rows of each draw, in order, a row as often as it was drawn.

    Args:
        table: the statements.
        rows: those that are drawn from, in order.
        by: what is drawn, how often.

    Raises:
        UsageError: there are fewer than two to draw from.
    """
    groups = groups_of(table, rows, by.unit)
    count = int(groups.max(initial=-1)) + 1
    if count < 2:
        raise UsageError(
            f"There is nothing to draw from: the statements have {count or 'no'} "
            f"{by.unit.removesuffix('s')}{' only' if count else ''}. "
            f"Draw others: {', '.join(unit for unit in UNITS if unit != by.unit)}."
        )
    rng = np.random.default_rng(by.seed)
    for _ in range(by.times):
        drawn = np.bincount(rng.integers(count, size=count), minlength=count)
        yield np.repeat(rows, drawn[groups])


def or_statements(table: Table, rows: NDArray[np.intp], by: Resampling) -> Resampling:
    """Draw statements instead where all rows are of one document, day or coder."""
    one = by.unit != "statements" and len(rows) > 1 and not groups_of(table, rows, by.unit).any()
    return replace(by, unit="statements") if one else by


def groups_of(table: Table, rows: NDArray[np.intp], unit: Unit) -> NDArray[np.int64]:
    """Number, from 0 without gaps, what is drawn together with each row.

    Raises:
        UsageError: no coders are named.
    """
    if unit == "statements":
        return np.arange(len(rows))
    if unit == "coders":
        codes = table.variable("coder").codes if "coder" in table.variables else None
        if codes is None or (codes[rows] == MISSING).all():
            raise UsageError("No statement says who coded it; draw documents instead.")
        named = codes[rows].astype(np.int64)
    elif unit == "documents":
        named = table.documents[rows].astype(np.int64)
    else:
        named = table.seconds[rows] // DAY
    return np.unique(named, return_inverse=True)[1].astype(np.int64)


def interval(values: ArrayLike, level: float = LEVEL) -> Interval:
    """Give the percentile interval of the values of the draws; those that are NaN do not count."""
    edges = (50 - 50 * level, 50 + 50 * level)
    low, high = np.nanpercentile(np.asarray(values, dtype=np.float64), edges)
    return Interval(float(low), float(high))
