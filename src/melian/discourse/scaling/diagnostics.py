"""Whether chains have come to the same answer, and how many draws theirs are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def split_r_hat(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the potential scale reduction of each parameter: 1 where halves of chains are alike.

    Gelman et al., "Bayesian Data Analysis" (third edition, 2013), section 11.4.

    Args:
        draws: of shape (draws, chains, parameters), at least four draws.
    """
    halves = _halves(draws)
    within, pooled = _variances(halves)
    return np.asarray(
        np.sqrt(np.divide(pooled, within, out=np.ones_like(within), where=within > 0))
    )


def effective_size(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give how many independent draws tell as much about the mean of each parameter.

    Autocorrelations of halves of chains, summed in pairs as long as these are positive and made to
    fall (Geyer, Statistical Science 7, 1992; Vehtari et al., Bayesian Analysis 16, 2021).

    Args:
        draws: of shape (draws, chains, parameters), at least four draws.
    """
    halves = _halves(draws)
    length, chains = halves.shape[:2]
    within, pooled = _variances(halves)
    fixed = pooled <= 0
    lagged = _covariances(halves).mean(axis=1) * length / (length - 1)
    correlation = 1 - (within - lagged) / np.where(fixed, 1, pooled)
    correlation[0] = 1
    even = length // 2 * 2
    pairs = correlation[0:even:2] + correlation[1:even:2]
    positive = np.logical_and.accumulate(pairs > 0, axis=0)
    falling = np.minimum.accumulate(pairs, axis=0)
    time = 2 * np.where(positive, falling, 0).sum(axis=0) - 1
    total = length * chains
    # chains that swing to and fro are worth more than they are long, though not without end
    size = total / np.maximum(time, 1 / np.log10(max(total, 10)))
    return np.asarray(np.where(fixed, total, size))


def densest(draws: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    """Give the shortest interval that holds so much of the draws of each parameter.

    Chen & Shao, Journal of Computational and Graphical Statistics 8 (1999).

    Args:
        draws: of shape (draws, parameters).
        level: how much, as 0.95.

    Returns:
        Lower and upper ends, of shape (2, parameters).
    """
    ordered = np.sort(draws, axis=0)
    inside = min(max(int(np.ceil(level * len(ordered))), 1), len(ordered))
    widths = ordered[inside - 1 :] - ordered[: len(ordered) - inside + 1]
    start = widths.argmin(axis=0)
    each = np.arange(ordered.shape[1])
    return np.stack([ordered[start, each], ordered[start + inside - 1, each]])


def _halves(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """Make two chains of each; the middle draw of an odd number is left out."""
    half = len(draws) // 2
    return np.concatenate([draws[:half], draws[-half:]], axis=1)


def _variances(chains: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the variance within chains, and the estimate of that of the posterior."""
    length = len(chains)
    within = chains.var(axis=0, ddof=1).mean(axis=0)
    between = chains.mean(axis=0).var(axis=0, ddof=1)
    return within, within * (length - 1) / length + between


def _covariances(chains: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the autocovariance at every lag, by Fourier transform."""
    length = len(chains)
    centred = chains - chains.mean(axis=0)
    powers = np.abs(np.fft.rfft(centred, 2 * length, axis=0)) ** 2
    return np.asarray(np.fft.irfft(powers, axis=0)[:length] / length)
