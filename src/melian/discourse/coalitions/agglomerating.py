"""Groups that grow: the two whose union gains most modularity become one, again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.coalitions.grouping import excess, labels_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.coalitions.grouping import Labels


def greedy(ties: NDArray[np.float64], groups: int | None = None) -> Labels:
    """Group by greedy modularity (Clauset, Newman & Moore, Physical Review E 70, 2004, 066111).

    Args:
        ties: not below zero, symmetric, nothing on the diagonal.
        groups: how many are wanted; as many as are left when no union gains, when left out.
    """
    gains, count = excess(ties), len(ties)
    np.fill_diagonal(gains, -np.inf)
    labels = np.arange(count)
    least = np.abs(ties).max(initial=0) * 1e-12
    for left in range(count, 1, -1):
        if groups is not None and left <= groups:
            break
        one, other = np.unravel_index(int(gains.argmax()), gains.shape)
        if groups is None and gains[one, other] <= least:
            break
        _unite(gains, int(one), int(other))
        labels[labels == other] = one
    return labels_of(labels)


def _unite(gains: NDArray[np.float64], one: int, other: int) -> None:
    """Let one group take in another: what both gain with a third is added up."""
    gains[one] += gains[other]
    gains[:, one] = gains[one]
    gains[one, one] = -np.inf
    gains[other] = gains[:, other] = -np.inf
