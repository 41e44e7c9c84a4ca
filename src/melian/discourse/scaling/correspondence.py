"""Correspondence analysis: a table of counts as distances between profiles.

The singular value decomposition of the standardised residuals, as in Greenacre, "Correspondence
Analysis in Practice" (third edition, 2017), appendix A.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.problems import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

DENSE = 60
"""Up to so many rows, all eigenvectors of a matrix are found as quickly as one."""

_NOTHING = 1e-12  # inertias below this share of the whole are rounding


@dataclass(frozen=True, eq=False)
class Points:
    """The rows of a table, or its columns, as points.

    Attributes:
        masses: share of all counts, float64 of shape (points,).
        standard: coordinates of unit variance, float64 of shape (points, axes).
        principal: those times the singular values: distances are chi-squared distances.
        contributions: of each point to the inertia of each axis; a column sums to one.
        quality: squared cosines: how much of a point each axis shows; a row sums to one.
    """

    masses: NDArray[np.float64]
    standard: NDArray[np.float64]
    principal: NDArray[np.float64]
    contributions: NDArray[np.float64]
    quality: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Correspondence:
    """A correspondence analysis.

    Attributes:
        inertias: principal inertias, largest first; their sum is chi-squared over the grand total.
        rows, columns: the points.
    """

    inertias: NDArray[np.float64]
    rows: Points
    columns: Points

    @property
    def shares(self) -> NDArray[np.float64]:
        """How much of all inertia each axis holds."""
        return np.asarray(self.inertias / self.inertias.sum())


def correspondence(counts: NDArray[np.float64]) -> Correspondence:
    """Analyse a table of counts, each row and column with at least one.

    Raises:
        UsageError: a row or column is empty, or all have the same profile.
    """
    if not counts.size or (counts.sum(axis=0) == 0).any() or (counts.sum(axis=1) == 0).any():
        raise UsageError("A row or a column without counts has no profile; leave it out.")
    residuals, rows, columns = _residuals(counts)
    left, values, right = np.linalg.svd(residuals, full_matrices=False)
    some = np.square(values) > _NOTHING
    if not some.any():
        raise UsageError("All speak of the same in the same proportions; nothing tells them apart.")
    values = values[some]
    return Correspondence(
        inertias=np.square(values),
        rows=_points(rows, left[:, some], values),
        columns=_points(columns, right[some].T, values),
    )


def first_axis(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the standard coordinates of the rows on the first axis alone, either way round.

    Far quicker than the whole analysis: one eigenvector of the smaller of both cross products.

    Args:
        counts: each row and column with at least one.
    """
    residuals, rows, _ = _residuals(counts)
    tall = residuals.shape[0] > residuals.shape[1]
    product = residuals.T @ residuals if tall else residuals @ residuals.T
    vector = _leading(product)
    if tall:
        vector = residuals @ vector
        vector /= np.linalg.norm(vector) or 1.0
    return np.asarray(vector / np.sqrt(rows))


def _leading(product: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the eigenvector of the largest eigenvalue; of a large matrix, by Lanczos' method."""
    if len(product) <= DENSE:
        return np.asarray(np.linalg.eigh(product)[1][:, -1])
    from scipy.sparse.linalg import eigsh

    start = np.random.default_rng(0).standard_normal(len(product))  # the same gives the same
    return np.asarray(eigsh(product, k=1, v0=start)[1][:, 0])


def _residuals(
    counts: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give the standardised residuals, and the masses of rows and columns."""
    shares = counts / counts.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    expected = np.outer(rows, columns)
    return (shares - expected) / np.sqrt(expected), rows, columns


def projected(
    counts: NDArray[np.float64], columns: Points, axes: int | None = None
) -> NDArray[np.float64]:
    """Give principal coordinates of supplementary rows: their profiles' weighted means of columns.

    A row without counts has none: NaN.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        profiles = counts / counts.sum(axis=-1, keepdims=True)
    return np.asarray(profiles @ columns.standard[:, :axes])


def _points(
    masses: NDArray[np.float64], vectors: NDArray[np.float64], values: NDArray[np.float64]
) -> Points:
    standard = vectors / np.sqrt(masses)[:, None]
    principal = standard * values
    squares = np.square(principal)
    of_all = squares.sum(axis=1, keepdims=True)
    quality = np.divide(squares, of_all, out=np.zeros_like(squares), where=of_all > 0)
    return Points(masses, standard, principal, np.square(vectors), quality)
