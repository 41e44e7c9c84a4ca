"""Drawing sides: which sides the parties come down on in draw number n.

The side that a fork takes in a draw depends on the seed, on the number of the draw and on the fork
itself, never on how many are drawn together or on what other forks there are: the random number is
the one that the counter-based generator Philox (Salmon, Moraes, Dror and Shaw, "Parallel random
numbers: as easy as 1, 2, 3", 2011) gives for the counter n with the key of the seed and the fork.
So two versions of a case can be compared draw by draw (common random numbers): a fork that they
share comes down on the same side in both.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from melian.readings.choices import Choice

_AT_ONCE = 4  # random numbers that the generator gives for one counter
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
    sides = np.empty((count, len(choices)), dtype=np.int64)
    for column, (choice, name) in enumerate(zip(choices, _names(choices), strict=True)):
        whole = choice.weight
        ends = accumulate(side.weight for side in choice.sides)
        bounds = np.array([end / whole for end in ends][:-1])
        numbers = _uniform(seed, name, first, count)
        sides[:, column] = np.searchsorted(bounds, numbers, side="right")
    return sides


def _names(choices: Iterable[Choice]) -> Iterator[str]:
    """Give each fork a name that it keeps whatever other forks there are.

    A contradiction is named by a commitment that it is about, since no other fork of its actor is
    about the same; what is uncertain, by the preferences. Forks that would be called the same are
    counted.
    """
    seen = Counter[tuple[str, ...]]()
    for choice in choices:
        mark = choice.marks[0]
        name = (choice.actor, type(mark).__name__, str(mark))
        seen[name] += 1
        yield "\n".join((*name, str(seen[name])))


def _uniform(seed: int, fork: str, first: int, count: int) -> NDArray[np.float64]:
    """Give the random numbers, from 0 up to 1, of one fork in some draws."""
    of = int.from_bytes(blake2b(fork.encode(), digest_size=16).digest(), "little")
    key = np.random.SeedSequence(seed, spawn_key=(of,)).generate_state(2, np.uint64)
    block, skipped = divmod(first, _AT_ONCE)
    raw = np.random.Philox(key=key, counter=block).random_raw(skipped + count)
    top = np.asarray(raw[skipped:], dtype=np.uint64) >> np.uint64(64 - _BITS)
    return top.astype(np.float64) * 2.0**-_BITS
