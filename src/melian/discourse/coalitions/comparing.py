"""How far two groupings of the same actors agree, and which stands for several best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.coalitions.grouping import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.discourse.coalitions.grouping import Labels

GOOD = 0.8
"""From this adjusted Rand index on two groupings agree well (Steinley, Psychological Methods 9,
2004, 386)."""


def overlaps(one: Labels, other: Labels) -> NDArray[np.float64]:
    """Count the actors that each group of one grouping shares with each of the other."""
    found = np.zeros((count_of(one), count_of(other)))
    np.add.at(found, (one, other), 1)
    return found


def adjusted_rand(one: Labels, other: Labels) -> float:
    """Give the adjusted Rand index (Hubert & Arabie, Journal of Classification 2, 1985, 193).

    Returns:
        The share of pairs on which both agree, so scaled that it is 1 where they are the same, and
        0 on average where they have nothing to do with each other; 1 where both are trivial.
    """
    shared = overlaps(one, other)
    within = _pairs(shared).sum()
    ours, theirs = _pairs(shared.sum(axis=1)).sum(), _pairs(shared.sum(axis=0)).sum()
    total = _pairs(np.array(float(len(one))))
    expected = ours * theirs / total if total else 0.0
    most = (ours + theirs) / 2
    return float((within - expected) / (most - expected)) if most != expected else 1.0


def variation_of_information(one: Labels, other: Labels) -> float:
    """Give how much one grouping leaves open of the other, and the other way round.

    Meila, "Comparing clusterings: an information based distance", Journal of Multivariate Analysis
    98, 2007, 873; divided by the logarithm of the number of actors.

    Returns:
        From 0, where they are the same, to 1.
    """
    if len(one) < 2:
        return 0.0
    shared = overlaps(one, other) / len(one)
    found = 2 * _entropy(shared) - _entropy(shared.sum(axis=1)) - _entropy(shared.sum(axis=0))
    return max(float(found / np.log(len(one))), 0.0)


def together(groupings: Sequence[Labels]) -> NDArray[np.float64]:
    """Give for each two actors in which share of the groupings they are in one group."""
    found = [labels[:, None] == labels for labels in groupings]
    return np.asarray(np.mean(found, axis=0))


def mean_agreement(groupings: Sequence[Labels]) -> list[float]:
    """Give the mean adjusted Rand index of each grouping with all of them.

    That with the highest stands for all. The best of those given is at most twice as far from all
    as any grouping could be (Filkov & Skiena, "Integrating microarray data by consensus
    clustering", International Journal on Artificial Intelligence Tools 13, 2004, 863, of the
    number of pairs on which two differ), and, unlike a mixture, one that a method finds.
    """
    return [float(np.mean([adjusted_rand(one, other) for other in groupings])) for one in groupings]


def matched(one: Labels, other: Labels) -> Labels:
    """Number the groups of another grouping as those of this one with which they share most.

    Groups are matched one to one, so that as many actors as can be are in groups of the same
    number; those of the other grouping that match none have numbers of their own.
    """
    from scipy.optimize import linear_sum_assignment

    shared = overlaps(one, other)
    ours, theirs = linear_sum_assignment(-shared)
    number = np.arange(shared.shape[1]) + shared.shape[0]
    number[theirs] = ours
    return np.asarray(number[other])


def _pairs(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return counts * (counts - 1) / 2


def _entropy(shares: NDArray[np.float64]) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum())
