"""Every division of a few actors, looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_ENUMERATED = 20
"""Of so many actors every division is looked at: half a million."""

SAME = 1e-9
"""Divisions whose values differ by less than this share of all there is are as good."""


def enumerated(gains: NDArray[np.float64]) -> tuple[NDArray[np.int8], int]:
    """Give the best division of all, and how many are as good.

    Half of the actors are divided in every way, and so is the other half; what both halves gain
    from each other is one product of matrices. The first actor stays on one side, so that no
    division is looked at twice.

    Args:
        gains: what each two gain by standing together, symmetric, nothing on the diagonal.
    """
    count = len(gains)
    if count < 2:
        return np.ones(count, dtype=np.int8), 1
    half = (count + 1) // 2
    one, other = _all_sides(half)[: 2 ** (half - 1)], _all_sides(count - half)
    values = 2 * one @ gains[:half, half:] @ other.T
    values += _own(gains[:half, :half], one)[:, None] + _own(gains[half:, half:], other)
    row, column = np.unravel_index(int(np.argmax(values)), values.shape)
    sides = np.concatenate([one[row], other[column]]).astype(np.int8)
    same = values >= values[row, column] - SAME * float(np.abs(gains).sum())
    return sides, int(same.sum())


def _all_sides(count: int) -> NDArray[np.float64]:
    """Give every way to put actors on sides; in the first half of them the first one has 1."""
    codes = np.arange(2**count)[:, None] >> np.arange(count)[::-1]
    return np.asarray(1.0 - 2 * (codes & 1))


def _own(gains: NDArray[np.float64], sides: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(((sides @ gains) * sides).sum(axis=1))
