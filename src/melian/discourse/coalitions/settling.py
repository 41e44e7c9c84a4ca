"""Groups that nobody would leave: actors move to where they gain most, then groups do.

This is the method of Louvain (Blondel et al., "Fast unfolding of communities in large networks",
Journal of Statistical Mechanics, 2008, P10008), over any matrix of gains, so that it serves where
ties may be below zero (as Jutla, Jeub & Mucha's GenLouvain does).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.coalitions.grouping import labels_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.coalitions.grouping import Labels

STARTS = 10
"""So many orders in which actors may move are tried."""

_LEAST_GAIN = 1e-10  # of the largest gain: less is rounding, and would go round in circles


def settled(gains: NDArray[np.float64], seed: int, starts: int = STARTS) -> Labels:
    """Group so that the sum of gains within groups is as large as can be found.

    Args:
        gains: what it is worth that two are in one group, symmetric.
        seed: of the orders in which they move; the best of all is given.
        starts: how many orders are tried.
    """
    rng = np.random.default_rng(seed)
    found = [_once(gains, rng) for _ in range(starts)]
    worth = [float(gains[labels[:, None] == labels].sum()) for labels in found]
    near = max(worth, default=0) - abs(max(worth, default=0)) * 1e-9  # the first of those alike
    return next(labels for labels, each in zip(found, worth, strict=True) if each >= near)


def _once(gains: NDArray[np.float64], rng: np.random.Generator) -> Labels:
    """Move single actors, then groups as wholes, until nothing gains; then single ones again."""
    labels = np.arange(len(gains))
    level = gains
    while True:
        moved = _moved(level, np.arange(len(level)), rng)
        labels = moved[labels]
        if len(level) == moved.max(initial=-1) + 1:
            break
        level = _summed(gains, labels)
    return labels_of(_moved(gains, labels, rng))


def _moved(gains: NDArray[np.float64], labels: Labels, rng: np.random.Generator) -> Labels:
    """Move each to the group where it gains most, again and again, till all stay."""
    count = len(gains)
    apart = gains - np.diag(np.diag(gains))
    least = np.abs(gains).max(initial=0) * _LEAST_GAIN
    labels, busy = labels.copy(), True
    worth = np.zeros((count, count))  # of each actor in each group
    np.add.at(worth.T, labels, apart)
    while busy:
        busy = False
        for one in rng.permutation(count).tolist():
            own, best = int(labels[one]), int(worth[one].argmax())
            if worth[one, best] < 0:  # better alone
                best = int(np.bincount(labels, minlength=count).argmin())
            if worth[one, best] > worth[one, own] + least:
                worth[:, own] -= apart[one]
                worth[:, best] += apart[one]
                labels[one], busy = best, True
    return np.unique(labels, return_inverse=True)[1].astype(np.intp)


def _summed(gains: NDArray[np.float64], labels: Labels) -> NDArray[np.float64]:
    """Give what it is worth that two groups are one; on the diagonal, what each is worth."""
    into = np.zeros((len(gains), int(labels.max(initial=-1)) + 1))
    into[np.arange(len(gains)), labels] = 1
    return np.asarray(into.T @ gains @ into)
