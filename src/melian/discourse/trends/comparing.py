"""Tests of whether a rate or a share is another after an event than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.statistics.proportions import fisher
from melian.discourse.trends.stretches import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.discourse.trends.stretches import Likelihood

Blocks = tuple["NDArray[np.int64]", "NDArray[np.int64]"]
"""Counts, and the days that they are of, or the number of statements that they are some of."""


def compared(
    counts: tuple[int, int], days: tuple[int, int], level: float = 0.95
) -> tuple[float, tuple[float, float], float]:
    """Compare two rates: their ratio (after by before), its exact interval, and the p-value.

    The p-value is twice that of the smaller tail, so that it agrees with the interval.

    Args:
        counts: before and after; not both 0.
        days: before and after.
        level: of the interval.
    """
    from scipy.stats import beta, binom

    (before, after), (early, late) = counts, days
    count, even = before + after, late / (early + late)
    tails = binom.cdf(after, count, even), binom.sf(after - 1, count, even)
    edge = (1 - level) / 2
    low = beta.ppf(edge, after, before + 1) if after else 0.0
    high = beta.ppf(1 - edge, after + 1, before) if before else 1.0
    ratios = [_odds(float(each)) * early / late for each in (after / count, low, high)]
    return ratios[0], (ratios[1], ratios[2]), min(1.0, 2 * float(min(tails)))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def odds_ratio(counts: tuple[int, int], of: tuple[int, int]) -> tuple[float, float]:
    """Give the ratio of odds, after by before, and the p-value of Fisher's exact test.

    Args:
        counts: before and after.
        of: out of how many, before and after.
    """
    (before, after), (early, late) = counts, of
    crossed = after * (early - before), before * (late - after)
    p, _ = fisher((before, early), (after, late))
    if not crossed[1]:
        return (float("inf") if crossed[0] else 1.0), p
    return crossed[0] / crossed[1], p


def clumped(blocks: Sequence[Blocks], likelihood: Likelihood) -> float:
    """Test whether two sides differ, with the variance that the days of a side show.

    Where that is less than the likelihood has, the latter is taken. A side without any statement,
    or of which all are counted, shows no variance. Where no side has two days there is nothing to
    go by, and the p-value is 1.

    Args:
        blocks: of the days (or months) before, and of those after.
        likelihood: poisson for rates, binomial for shares.
    """
    from scipy.stats import f

    free = sum(
        max(len(counts) - 1, 0) for counts, of in blocks if _may_vary(counts, of, likelihood)
    )
    if free < 1:
        return 1.0
    off = sum(_pearson(*each, likelihood) for each in blocks)
    totals = np.array([[counts.sum(), of.sum()] for counts, of in blocks])
    apart = fit(totals[:, 0], totals[:, 1], likelihood).sum()
    together = fit(totals[:, 0].sum(), totals[:, 1].sum(), likelihood)
    gain = 2 * float(apart - together)
    return float(f.sf(gain / max(1.0, off / free), 1, free))


def _may_vary(counts: NDArray[np.int64], of: NDArray[np.int64], likelihood: Likelihood) -> bool:
    """Tell whether a side shows any variance: not where nothing, or all, is counted."""
    return bool(counts.any() and (likelihood == "poisson" or (counts < of).any()))


def _pearson(counts: NDArray[np.int64], of: NDArray[np.int64], likelihood: Likelihood) -> float:
    """Give the sum of squares by which counts are off their common rate, over their variance."""
    rate = counts.sum() / max(int(of.sum()), 1)
    spread = of * rate * ((1 - rate) if likelihood == "binomial" else 1)
    if not rate or (likelihood == "binomial" and rate == 1):
        return 0.0
    return float(((counts - of * rate) ** 2 / spread).sum())
