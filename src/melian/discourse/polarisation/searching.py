"""Good divisions into two camps, by local search from many starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STARTS = 64
"""From so many random divisions a search begins."""

TOLERANCE = 1e-12
"""A change that gains less than this share of all there is, gains nothing."""


def value_of(gains: NDArray[np.float64], sides: NDArray[np.int8]) -> float:
    """Give the sum, over ordered pairs, of what each two gain by being on the same side, or lose.

    Args:
        gains: what each two actors gain by standing together, symmetric, nothing on the diagonal.
        sides: 1 or -1 of each actor.
    """
    signs = sides.astype(np.float64)
    return float(signs @ gains @ signs)


def searched(
    gains: NDArray[np.float64],
    seed: int,
    starts: int = STARTS,
    given: NDArray[np.int8] | None = None,
) -> NDArray[np.int8]:
    """Give the best division that is found, which may not be the best there is.

    All starts climb at once: each moves the actor that gains most, then, where no move gains,
    swaps the two that do, as Kernighan and Lin ("An efficient heuristic procedure for
    partitioning graphs", Bell System Technical Journal 49, 1970) exchange pairs.

    Args:
        gains: what each two gain by standing together.
        seed: of the starts.
        starts: how many.
        given: divisions to begin with as well, one a row.

    Returns:
        1 or -1 of each actor; the first actor has 1.
    """
    count = len(gains)
    if not count:
        return np.zeros(0, dtype=np.int8)
    rng = np.random.default_rng(seed)
    first = np.ones((1, count)) if given is None else np.atleast_2d(given).astype(np.float64)
    sides: NDArray[np.float64] = np.vstack([first, rng.integers(2, size=(starts, count)) * 2.0 - 1])
    least = TOLERANCE * float(np.abs(gains).sum())
    while True:
        _climb(gains, sides, least)
        if not _swap(gains, sides, least):
            break
    values = ((sides @ gains) * sides).sum(axis=1)
    best = sides[int(np.argmax(values))]
    return np.asarray(best * best[0]).astype(np.int8)


def _climb(gains: NDArray[np.float64], sides: NDArray[np.float64], least: float) -> None:
    """Move, in each division, who gains most by moving, until nobody does."""
    pull = sides @ gains
    while True:
        loss = sides * pull  # a quarter of what moving each costs
        who = loss.argmin(axis=1)
        rows = np.flatnonzero(loss[np.arange(len(sides)), who] < -least)
        if not len(rows):
            return
        movers = who[rows]
        pull[rows] -= 2 * sides[rows, movers][:, None] * gains[movers]
        sides[rows, movers] *= -1


def _swap(gains: NDArray[np.float64], sides: NDArray[np.float64], least: float) -> bool:
    """Move two at once in the best division, where that gains; tell whether it did.

    Only pairs are tried of which one costs little to move.
    """
    best = sides[int(np.argmax(((sides @ gains) * sides).sum(axis=1)))]
    loss = best * (gains @ best)
    together = loss[:, None] + loss - 2 * gains * best[:, None] * best
    np.fill_diagonal(together, np.inf)
    one, other = np.unravel_index(int(np.argmin(together)), together.shape)
    if len(best) < 2 or together[one, other] >= -least:
        return False
    best[[one, other]] *= -1
    return True
