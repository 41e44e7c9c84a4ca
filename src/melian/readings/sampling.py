"""Drawing sides: which sides the parties come down on in draw number n.

A draw depends on the seed and on its number alone, never on how many are drawn together: the random
numbers of draw n are those that the counter-based generator Philox (Salmon, Moraes, Dror and Shaw,
"Parallel random numbers: as easy as 1, 2, 3", 2011) gives for the counters that belong to n.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.readings.choices import Choice

_AT_ONCE = 4  # random numbers that belong to one counter
_BITS = 53  # of a random number are used: as many as a float holds exactly


def drawn(choices: Sequence[Choice], seed: int, first: int, count: int) -> NDArray[np.int64]:
    """Give the sides taken in some draws.

    Args:
        choices: where there is something to draw; sides come up as often as they weigh.
        seed: 0 or above.
        first: number of the first draw, from 0.
        count: how many.

    Returns:
        Indexes of sides, shape (count, choices).
    """
    numbers = _uniform(seed, first, count, len(choices))
    sides = np.empty(numbers.shape, dtype=np.int64)
    for column, choice in enumerate(choices):
        ends = accumulate(Fraction(side.weight, choice.weight) for side in choice.sides)
        bounds = np.array([float(end) for end in ends][:-1])
        sides[:, column] = np.searchsorted(bounds, numbers[:, column], side="right")
    return sides


def _uniform(seed: int, first: int, count: int, width: int) -> NDArray[np.float64]:
    """Give random numbers from 0 up to 1, a row a draw."""
    counters = -(-width // _AT_ONCE)
    key = np.random.SeedSequence(seed).generate_state(2, np.uint64)
    source = np.random.Philox(key=key, counter=first * counters)
    raw = np.asarray(source.random_raw(count * counters * _AT_ONCE), dtype=np.uint64)
    top = (raw >> np.uint64(64 - _BITS)).astype(np.float64) * 2.0**-_BITS
    return top.reshape(count, counters * _AT_ONCE)[:, :width]
