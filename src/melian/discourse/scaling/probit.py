"""Gibbs sampling of the one-dimensional two-parameter probit model of answers.

An actor at position t says yes to a question with probability Phi(b t - a): b is how well the
question tells actors apart (its discrimination), a how hard it is to say yes to (its difficulty).
The model is that of Clinton, Jackman & Rivers, "The Statistical Analysis of Roll Call Data",
American Political Science Review 98 (2004); the sampler draws a latent answer for each real one
(Albert & Chib, Journal of the American Statistical Association 88, 1993). Questions that are not
answered are left out of the likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.problems import TooLarge

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

MOST_WORK = 2_000_000_000
"""So many latent answers are drawn at most: chains times sweeps times answers."""

VARIANCE = 4.0
"""Prior variance of difficulty and discrimination: that which MCMCpack's MCMCirt1d users take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """How the posterior is sampled.

    Attributes:
        number: of independent chains, each from its own random start.
        burn_in: sweeps of each that are thrown away.
        sweeps: those that follow.
        thin: one of so many of them is kept.
        seed: the same gives the same.
    """

    number: int = 4
    burn_in: int = 1000
    sweeps: int = 20_000
    thin: int = 10
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws from the posterior, each of shape (draws, chains, actors or questions)."""

    positions: NDArray[np.float64]
    difficulty: NDArray[np.float64]
    discrimination: NDArray[np.float64]


def sampled(answers: NDArray[np.float64], chains: Chains, variance: float = VARIANCE) -> Draws:
    """Draw from the posterior, where positions have a standard normal prior.

    As the model has it, all signs of positions and discriminations may turn at once.

    Args:
        answers: 1, 0 or NaN, of shape (actors, questions).
        chains: how.
        variance: of the normal priors of difficulty and discrimination, around zero.

    Raises:
        TooLarge: that takes too long.
    """
    given = ~np.isnan(answers)
    work = int(given.sum()) * chains.number * (chains.burn_in + chains.sweeps)
    if work > MOST_WORK:
        raise TooLarge(
            f"That takes {work:,} steps; at most {MOST_WORK:,} are made. Ask for fewer --sweeps, "
            "or leave out actors who say little (--least)."
        )
    sampler = _Sampler(answers, given, chains, variance)
    for _ in range(chains.burn_in):
        sampler.sweep()
    kept = []
    for number in range(chains.sweeps):
        sampler.sweep()
        if number % chains.thin == 0:
            kept.append((sampler.positions, sampler.difficulty, sampler.discrimination))
    return Draws(*(np.stack(each) for each in zip(*kept, strict=True)))


class _Sampler:
    """The state of all chains, swept at once; arrays have the chain first."""

    def __init__(
        self,
        answers: NDArray[np.float64],
        given: NDArray[np.bool_],
        chains: Chains,
        variance: float,
    ) -> None:
        self.rng: Generator = np.random.default_rng(chains.seed)
        self.given = given.astype(np.float64)
        self.actor, self.question = np.nonzero(given)
        self.sign = 2 * answers[given] - 1
        self.precision = 1 / variance
        height, width = answers.shape
        self.latent = np.zeros((chains.number, height, width))
        self.positions = self._normal(chains.number, height)
        self.discrimination = self._normal(chains.number, width)
        self.difficulty = self._normal(chains.number, width)

    def sweep(self) -> None:
        """Draw latent answers, then positions, then questions, each given the rest."""
        self._draw_latent()
        self._draw_positions()
        self._draw_questions()

    def _draw_latent(self) -> None:
        """Draw normal values above zero for a yes and below it for a no, by inversion."""
        from scipy.special import ndtr, ndtri

        mean = self.positions[:, self.actor] * self.discrimination[:, self.question]
        mean -= self.difficulty[:, self.question]
        uniform = 1 - self.rng.random(mean.shape)  # above 0, so that no value is infinite
        rest = ndtri(uniform * ndtr(self.sign * mean))
        self.latent[:, self.actor, self.question] = mean - self.sign * rest

    def _draw_positions(self) -> None:
        """Regress each actor's latent answers on the discriminations."""
        slopes = self.discrimination
        precision = 1 + np.square(slopes) @ self.given.T
        target = self.latent + self.difficulty[:, None, :] * self.given
        mean = (target @ slopes[:, :, None])[:, :, 0] / precision
        self.positions = mean + self._normal(*mean.shape) / np.sqrt(precision)

    def _draw_questions(self) -> None:
        """Regress each question's latent answers on the positions and -1.

        The Cholesky factor of the 2 by 2 precision matrix [[a, b], [b, c]] is written out.
        """
        at = self.positions
        a = np.square(at) @ self.given + self.precision
        c = self.given.sum(axis=0) + self.precision
        one = np.sqrt(a)
        two = -(at @ self.given) / one
        three = np.sqrt(c - np.square(two))
        first = (at[:, None, :] @ self.latent)[:, 0, :] / one
        second = (-self.latent.sum(axis=1) - two * first) / three
        scale = self._scales(np.square(first) + np.square(second))
        self.latent *= scale[:, None, :]
        first = first * scale + self._normal(*first.shape)
        second = second * scale + self._normal(*second.shape)
        self.difficulty = second / three
        self.discrimination = (first - two * self.difficulty) / one

    def _scales(self, explained: NDArray[np.float64]) -> NDArray[np.float64]:
        """Draw a factor for each question's latent answers, which keeps the posterior as it is.

        Chains mix far faster with it (Liu & Wu, "Parameter Expansion for Data Augmentation",
        Journal of the American Statistical Association 94, 1999).
        """
        left = np.square(self.latent).sum(axis=1) - explained
        return np.asarray(np.sqrt(self.rng.chisquare(self.given.sum(axis=0), left.shape) / left))

    def _normal(self, *shape: int) -> NDArray[np.float64]:
        return self.rng.standard_normal(shape)


def identified(draws: Draws) -> Draws:
    """Give draws with a scale of their own: positions of mean 0 and standard deviation 1 in each.

    The signs of each draw are turned towards the mean of all, so that none is a mirror image.
    """
    mean = draws.positions.mean(axis=2, keepdims=True)
    spread = draws.positions.std(axis=2, keepdims=True)
    positions = (draws.positions - mean) / spread
    turn = _turns(positions)
    return Draws(
        positions * turn,
        draws.difficulty - draws.discrimination * mean,
        draws.discrimination * spread * turn,
    )


def _turns(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give 1 or -1 for each draw: which way round it is like the others."""
    flat = positions.reshape(-1, positions.shape[2])
    _, _, axes = np.linalg.svd(flat.T @ flat)
    turn = np.where(flat @ axes[0] < 0, -1.0, 1.0)
    return turn.reshape(*positions.shape[:2], 1)
