"""The best way to cut a series into stretches in which nothing changes.

Optimal partitioning, exact, with the pruning of PELT (Killick, Fearnhead and Eckley, "Optimal
detection of changepoints with a linear computational cost", JASA 107, 2012): the cuts for which
twice the negative log-likelihood, with a penalty for each cut, is least. Counts are Poisson, with
one rate per day in a stretch; shares are binomial.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Likelihood = Literal["poisson", "binomial"]
Penalty = Literal["bic", "mbic"]
PENALTIES: tuple[Penalty, ...] = get_args(Penalty)

_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Observed:
    """A series as a likelihood sees it.

    Attributes:
        counts: what came up in each unit.
        of: poisson: the days of the unit; binomial: out of how many. Above zero.
        likelihood: of the counts.
    """

    counts: NDArray[np.int64]
    of: NDArray[np.int64]
    likelihood: Likelihood

    def __len__(self) -> int:
        """Count the units."""
        return len(self.counts)


def fit(
    count: NDArray[np.int64], of: NDArray[np.int64], likelihood: Likelihood
) -> NDArray[np.float64]:
    """Give the log-likelihood of stretches, at the rate that fits each best.

    What does not depend on where the stretches end is left out.

    Args:
        count: what came up in each stretch.
        of: its days, or out of how many.
        likelihood: of the counts.
    """
    from scipy.special import xlogy

    rate = count / np.maximum(of, 1)
    found = xlogy(count, rate)
    if likelihood == "binomial":
        found = found + xlogy(of - count, 1 - rate)
    return np.asarray(found)


def penalty_of(penalty: Penalty, units: int) -> float:
    """Give what a cut costs.

    bic: 2 ln n, for the rate of one more stretch and for where it begins (Schwarz 1978).
    mbic: 3 ln n, less what :func:`partition` takes off for stretches that are short (Zhang and
    Siegmund, Biometrics 63, 2007).
    """
    return (2 if penalty == "bic" else 3) * float(np.log(max(units, 1)))


def dispersion(observed: Observed) -> float:
    """Give how many times more the units differ than the likelihood allows for; at least 1.

    What is said comes in clumps: many statements on one day, from one article. The estimate is the
    variance between neighbours over the one that the likelihood has for them, so that a few changes
    hardly touch it (after Rice, Annals of Statistics 12, 1984).
    """
    counts, of = observed.counts, observed.of
    pair, pair_of = counts[:-1] + counts[1:], of[:-1] + of[1:]
    rate = pair / np.maximum(pair_of, 1)
    free = pair * ((1 - rate) if observed.likelihood == "binomial" else 1)
    if not free.sum():
        return 1.0
    apart = counts[:-1] * of[1:] - counts[1:] * of[:-1]
    return max(1.0, float((apart**2 / (of[:-1] * of[1:])).sum() / free.sum()))


def partition(
    observed: Observed, penalty: Penalty = "bic", dispersed: float = 1.0
) -> tuple[int, ...]:
    """Give where the stretches after the first one begin, in the best partition.

    Of partitions that are as good, the one whose last stretch is longest is taken.

    Args:
        observed: the series.
        penalty: what a cut costs.
        dispersed: as :func:`dispersion` gives it; what is gained is divided by it.
    """
    units = len(observed)
    if units < 2:
        return ()
    each = penalty_of(penalty, units)
    counts, of = (np.concatenate([[0], np.cumsum(c)]) for c in (observed.counts, observed.of))
    best = np.zeros(units + 1)
    best[0] = -each
    before = np.zeros(units + 1, dtype=np.intp)
    starts = np.zeros(1, dtype=np.intp)
    for end in range(1, units + 1):
        fitted = fit(counts[end] - counts[starts], of[end] - of[starts], observed.likelihood)
        cost = -2 / dispersed * fitted
        if penalty == "mbic":
            cost = cost + np.log((end - starts) / units)
        whole = best[starts] + cost
        chosen = int(np.argmin(whole))
        best[end], before[end] = whole[chosen] + each, starts[chosen]
        starts = np.append(starts[whole <= best[end] + _ROUNDING], end)
    return _cuts(before, units)


def _cuts(before: NDArray[np.intp], units: int) -> tuple[int, ...]:
    found = []
    end = int(before[units])
    while end > 0:
        found.append(end)
        end = int(before[end])
    return tuple(reversed(found))
