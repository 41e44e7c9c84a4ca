"""How broad an agenda is: of how many issues, as if all were spoken of equally often.

Effective numbers of issues are Hill numbers (Jost, "Entropy and diversity", Oikos 113, 2006): that
of order 1 is the exponential of Shannon's entropy, that of order 2 counts how often two statements
are of the same issue. Counted in few statements, they are too small, as issues are missing that
would come up in more; so what Chao & Jost (Methods in Ecology and Evolution 6, 2015) estimate
stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


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
    shares = given / given.sum()
    entropy = abs(float(-(shares * np.log(shares)).sum()))
    return Breadth(
        int(given.sum()),
        len(given),
        entropy,
        float(np.exp(entropy)),
        float(np.exp(entropy_estimate(given))),
        float(1 / np.square(shares).sum()),
        _dominant_estimate(given),
        coverage(given),
    )


def entropy_estimate(given: NDArray[np.int64]) -> float:
    """Estimate Shannon's entropy, in nats (Chao, Wang & Jost 2013, equation 7).

    Args:
        given: counts above zero.
    """
    total = int(given.sum())
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, total + 1))])
    known = float((given / total * (harmonic[total - 1] - harmonic[given - 1])).sum())
    once, chance = int((given == 1).sum()), _unseen(given)
    if not once or chance >= 1:
        return known
    steps = np.arange(1, total)
    tail = -np.log(chance) - (np.power(1 - chance, steps) / steps).sum()
    return known + once / total * float((1 - chance) ** (1 - total) * tail)


def coverage(given: NDArray[np.int64]) -> float:
    """Estimate how much of all that would be said is of issues that have come up.

    Args:
        given: counts above zero.
    """
    total, once, twice = int(given.sum()), int((given == 1).sum()), int((given == 2).sum())
    if once == total:
        return 0.0
    if twice:
        factor = (total - 1) * once / ((total - 1) * once + 2 * twice)
    elif once:
        factor = (total - 1) * (once - 1) / ((total - 1) * (once - 1) + 2)
    else:
        factor = 0.0
    return 1 - once / total * factor


def _unseen(given: NDArray[np.int64]) -> float:
    """Estimate the mean share of those issues that come up once (A of Chao & Jost)."""
    total, once, twice = int(given.sum()), int((given == 1).sum()), int((given == 2).sum())
    if twice:
        return 2 * twice / ((total - 1) * once + 2 * twice)
    return 2 / ((total - 1) * (once - 1) + 2) if once else 1.0


def _dominant_estimate(given: NDArray[np.int64]) -> float | None:
    total = int(given.sum())
    pairs = float((given * (given - 1)).sum())
    return total * (total - 1) / pairs if pairs else None
