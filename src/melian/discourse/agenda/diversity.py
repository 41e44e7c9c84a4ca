"""How broad an agenda is: of how many issues, as if all were spoken of equally often.

Effective numbers of issues are Hill numbers (Jost, "Entropy and diversity", Oikos 113, 2006): that
of order 1 is the exponential of Shannon's entropy, that of order 2 counts how often two statements
are of the same issue. Counted in few statements, they are too small, as issues are missing that
would come up in more; so what Chao & Jost (Methods in Ecology and Evolution 6, 2015) estimate
stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


MEASURES = ("effective", "effective_estimate", "dominant", "dominant_estimate")
"""Effective numbers of order 1 and of order 2, each as counted and as estimated."""


@dataclass(frozen=True, slots=True)
class Breadth:
    """How broad an agenda is.

    Attributes:
        statements: how many name an issue.
        issues: how many issues come up.
        entropy: Shannon's, in nats, as counted.
        effective: effective number of issues of order 1, as counted.
        effective_estimate: the same as estimated by Chao & Jost.
        dominant: effective number of order 2, as counted: it goes by the issues spoken of most.
        dominant_estimate: without its bias; None where no issue comes up twice.
        coverage: how much of all that would be said is of issues that have come up (Chao & Jost,
            Ecology 93, 2012); where it is low, the rest is guesswork.
    """

    statements: int
    issues: int
    entropy: float
    effective: float
    effective_estimate: float
    dominant: float
    dominant_estimate: float | None
    coverage: float


def breadth(counts: ArrayLike) -> Breadth | None:
    """Give how broad an agenda is, from how often each issue comes up; None if none does."""
    given = np.asarray(counts, dtype=np.int64)
    given = given[given > 0]
    if not len(given):
        return None
    numbers = dict(zip(MEASURES, measures(given).tolist(), strict=True))
    dominant = numbers["dominant_estimate"]
    return Breadth(
        int(given.sum()),
        len(given),
        abs(float(entropy(given))),
        numbers["effective"],
        numbers["effective_estimate"],
        numbers["dominant"],
        None if np.isnan(dominant) else dominant,
        coverage(given),
    )


def measures(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give effective numbers of many agendas at once.

    Args:
        counts: how often each issue comes up, with issues last; at least one does in each.

    Returns:
        An array of the same shape, with :data:`MEASURES` last; NaN where there is no estimate.
    """
    total = counts.sum(axis=-1, dtype=np.float64)
    pairs = np.square(counts, dtype=np.float64).sum(axis=-1)
    repeated = pairs - total
    estimate = np.full_like(total, np.nan)
    np.divide(total * (total - 1), repeated, out=estimate, where=repeated > 0)
    orders = (np.exp(entropy(counts)), np.exp(entropy_estimate(counts)))
    return np.stack([*orders, np.square(total) / pairs, estimate], axis=-1)


def entropy(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give Shannon's entropy, in nats, as counted, with issues last."""
    total = counts.sum(axis=-1, dtype=np.float64)
    logs = np.log(np.maximum(counts, 1))
    return np.asarray(np.log(total) - (counts * logs).sum(axis=-1) / total)


def entropy_estimate(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Estimate Shannon's entropy, in nats (Chao, Wang & Jost 2013, equation 7).

    Args:
        counts: how often each issue comes up, with issues last.
    """
    total, once, twice = _rare(counts)
    most = int(total.max(initial=1))
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, most + 1))])
    gaps = harmonic[total - 1][..., None] - harmonic[np.maximum(counts - 1, 0)]
    known = (counts * gaps).sum(axis=-1) / total
    chance = np.where(once > 0, _unseen(total, once, twice), 1.0)
    return np.asarray(known + once / total * _tail(total, chance))


def _tail(total: NDArray[np.int64], chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the sum of (1 - A)**k / (n - 1 + k) from k = 1, by which unseen issues add to entropy.

    The formula has it as the difference of a logarithm and a sum, times a power so immense that
    nothing but rounding is left of it. It is the Laplace transform of 1 / (1 - exp(-w / n)), where
    w starts at -n log(1 - A): that of n / w is the exponential integral, and what is left is so
    smooth that Gauss and Laguerre's sum gives it to twelve digits.

    Args:
        total: n, how many statements there are.
        chance: A, the mean share of issues that come up once; nothing is added where it is 1.
    """
    from scipy.special import exp1

    points, weights = _nodes()
    some = chance < 1
    start = -total * np.log1p(-np.where(some, chance, 0.5))
    steps = points + start[..., None]
    near = np.minimum(start, 30.0)
    main = np.where(start < 30, np.exp(near) * exp1(near), (weights / steps).sum(axis=-1))
    ratio = steps / total[..., None]
    even = np.maximum(ratio, 1e-4)
    rest = np.where(ratio < 1e-4, 0.5 + ratio / 12, -1 / np.expm1(-even) - 1 / even)
    return np.asarray(
        np.where(some, (1 - chance) * (main + (rest * weights).sum(axis=-1) / total), 0.0)
    )


@cache
def _nodes() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    points, weights = np.polynomial.laguerre.laggauss(32)
    return np.asarray(points), np.asarray(weights)


def coverage(given: NDArray[np.int64]) -> float:
    """Estimate how much of all that would be said is of issues that have come up.

    Args:
        given: how often each issue comes up.
    """
    total, once, _ = (int(each) for each in _rare(given))
    if once == total:
        return 0.0
    if not once:
        return 1.0
    return 1 - once / total * float(1 - _unseen(*_rare(given)))


def _rare(counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Give how many statements there are, and how many issues come up once and twice."""
    return tuple(
        np.asarray(each, dtype=np.int64)
        for each in (counts.sum(axis=-1), (counts == 1).sum(axis=-1), (counts == 2).sum(axis=-1))
    )


def _unseen(
    total: NDArray[np.int64], once: NDArray[np.int64], twice: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Estimate the mean share of those issues that come up once (A of Chao & Jost)."""
    double = np.where(twice > 0, 2 * twice, 2)
    single = np.where(twice > 0, once, np.maximum(once - 1, 0))
    return np.asarray(double / ((total - 1) * single + double))
