"""Do two agendas differ by more than whole documents do?

Statements of one document are not independent: an article on one issue holds many of one kind, and
tests that take statements for independent find differences that are those of a few articles. So
whatever they find has to pass a test with the variance that the documents of either side show, too
(quasi-likelihood: McCullagh and Nelder, "Generalized Linear Models", 1989, section 9.2; on counts
of clusters: Rao and Scott, JASA 76, 1981).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.resampling import UNITS, groups_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.agenda.coding import Aspect, Coding
    from melian.discourse.resampling import Unit

FEWEST = 2
"""One document alone shows no variance; of it, statements are taken for independent."""


@dataclass(frozen=True, eq=False)
class Clumps:
    """What is written together.

    Attributes:
        coding: the statements.
        unit: documents, coders or days.
        of: the number of that of each statement.
    """

    coding: Coding
    unit: Unit
    of: NDArray[np.int64]

    def blocks(
        self, aspect: Aspect, rows: NDArray[np.bool_], value: int | None = None
    ) -> NDArray[np.int64]:
        """Count the values of some statements in each document that has any.

        Args:
            aspect: what the values are of.
            rows: which statements.
            value: the only one that is told from all others; all are, when left out.

        Returns:
            Of shape (documents, values), or (documents, 2) where there is only one value.
        """
        some = rows & (aspect.codes < len(aspect.values))
        codes, places = aspect.codes[some], len(aspect.values)
        if value is not None:
            codes, places = (codes == value).astype(np.int64), 2
        names, unit = np.unique(self.of[some], return_inverse=True)
        cells = np.bincount(unit * places + codes, minlength=len(names) * places)
        return cells.reshape(len(names), places)


def clumps(coding: Coding, wanted: str) -> Clumps | None:
    """Give what is written together; None where statements are to be taken for independent.

    Args:
        coding: the statements.
        wanted: what is drawn for intervals.

    Raises:
        UsageError: no coders are named.
    """
    unit = next(each for each in UNITS if each == wanted)
    if unit == "statements":
        return None
    groups = groups_of(coding.table, coding.rows, unit)
    count = int(groups.max(initial=-1)) + 1
    return Clumps(coding, unit, groups) if FEWEST <= count < len(groups) else None


def clumped(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Test whether two sides have other shares, with the variance that their documents show.

    The gain in likelihood of shares of their own, per degree of freedom, is divided by how much
    documents vary over how much chance makes them, at least 1, and compared with Fisher's F. Where
    no side has two documents that could differ there is nothing to go by, and p is 1.

    Args:
        one: counts of shape (documents, values).
        other: likewise, of the same values.
    """
    from scipy.stats import f

    totals = np.array([one.sum(axis=0), other.sum(axis=0)], dtype=np.float64)
    values = int((totals.sum(axis=0) > 0).sum()) - 1
    spread = [_spread(each) for each in (one, other)]
    free = sum(degrees for _, degrees in spread)
    if values < 1 or free < 1:
        return 1.0
    dispersion = max(1.0, sum(off for off, _ in spread) / free)
    gain = 2 * (_fit(totals[0]) + _fit(totals[1]) - _fit(totals.sum(axis=0)))
    return float(f.sf(gain / values / dispersion, values, free))


def _fit(counts: NDArray[np.float64]) -> float:
    """Give the log-likelihood of counts at the shares that fit them best."""
    from scipy.special import xlogy

    return float(xlogy(counts, counts / max(counts.sum(), 1)).sum())


def _spread(counts: NDArray[np.int64]) -> tuple[float, int]:
    """Give by how much documents are off their common shares (Pearson), and how freely."""
    some = counts[:, counts.sum(axis=0) > 0]
    size = some.sum(axis=1, keepdims=True)
    free = (len(some) - 1) * (some.shape[1] - 1)
    if free < 1:
        return 0.0, 0
    expected = size * some.sum(axis=0) / some.sum()
    return float(((some - expected) ** 2 / expected).sum()), free
