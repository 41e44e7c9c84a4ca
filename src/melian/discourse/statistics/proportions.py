"""Shares and their differences: intervals, and the exact test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.resampling import LEVEL, Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TIES = 1 + 1e-7  # probabilities nearer than that are taken for the same, as R and scipy do


def wilson(count: int, total: int, level: float = LEVEL) -> Interval:
    """Give the score interval of a share (Wilson, JASA 22, 1927); it is never of no width."""
    from scipy.special import ndtri

    if not total:
        return Interval(0.0, 1.0)
    z, share = float(ndtri((1 + level) / 2)), count / total
    middle = share + z * z / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low, high = (float((middle + sign * half) / (1 + z * z / total)) for sign in (-1, 1))
    return Interval(0.0 if not count else low, 1.0 if count == total else high)


def newcombe(one: tuple[int, int], other: tuple[int, int], level: float = LEVEL) -> Interval:
    """Give the interval of the difference of two shares (Newcombe 1998, method 10).

    Args:
        one: how many of how many.
        other: likewise.
        level: how sure.
    """
    first, second = one[0] / one[1], other[0] / other[1]
    a, b = wilson(*one, level), wilson(*other, level)
    gap = first - second
    below = np.hypot(first - a.low, b.high - second)
    above = np.hypot(a.high - first, second - b.low)
    return Interval(float(gap - below), float(gap + above))


def fisher(one: tuple[int, int], other: tuple[int, int]) -> tuple[float, float]:
    """Give the p of Fisher's exact test, two-sided, and the least p that could have come out.

    The second goes by the margins alone, so that comparisons in which nothing could come out may
    be left aside (Tarone, Biometrics 46, 1990).

    Args:
        one: how many of how many.
        other: likewise.
    """
    from scipy.special import gammaln

    (seen, size), rest = one, other[1]
    total = seen + other[0]
    support = np.arange(max(0, total - rest), min(size, total) + 1)

    def ways(count: int, chosen: NDArray[np.int64]) -> NDArray[np.float64]:
        rest = gammaln(chosen + 1) + gammaln(count - chosen + 1)
        return np.asarray(gammaln(count + 1) - rest)

    logs = ways(size, support) + ways(rest, total - support) - ways(size + rest, np.array(total))
    chances = np.exp(logs)
    least = chances.min()
    own = chances[seen - support[0]]
    p, smallest = (float(chances[chances <= limit * _TIES].sum()) for limit in (own, least))
    return min(p, 1.0), min(smallest, 1.0)
