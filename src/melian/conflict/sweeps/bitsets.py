"""Sets of settings as bits in 64-bit words, one set a column: shape (words, columns).

A setting of several actors' options is numbered with the last actor's as the fastest, as in a
C-ordered array with one axis for each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.sweeps.moves import MOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Words = NDArray[np.uint64]

WORD = 64


def together(each: Sequence[NDArray[np.bool_]], columns: int) -> Words:
    """Give all combinations of what each actor may choose.

    Args:
        each: per actor, shape (settings, columns); the number of settings is a power of 2.
        columns: how many sets there are.

    Returns:
        The products, column by column; with no actors, the set of the one empty setting.
    """
    words, width = np.ones((1, columns), dtype=np.uint64), 1
    for chosen in reversed(each):
        room = min(max(WORD // width, 1), len(chosen))
        found = np.zeros((len(chosen) // room, *words.shape), dtype=np.uint64)
        for setting, holds in enumerate(chosen):
            group, shift = divmod(setting, room)
            found[group] |= np.where(holds, words << np.uint64(shift * width), np.uint64(0))
        words = found.reshape(len(found) * len(words), columns)
        width *= len(chosen)
    return words


def levels(reached: NDArray[np.int32], top: int) -> tuple[NDArray[np.int64], Words]:
    """Give, for each rank, the settings that leave an actor there or lower.

    Args:
        reached: the actor's rank, shape (groups, settings); 0 where the state is infeasible,
            which is in no set.
        top: the highest rank there is.

    Returns:
        Per group and rank the column of its set, shape (groups, top + 1), and the sets.
    """
    groups, settings = reached.shape
    rows = np.arange(groups)[:, np.newaxis]
    counts = np.bincount((rows * (top + 1) + reached).ravel(), minlength=groups * (top + 1))
    counts = counts.reshape(groups, top + 1)
    counts[:, 0] = 0
    order = np.argsort(np.where(reached > 0, reached, MOST), axis=1)
    sets = np.zeros((-(-settings // WORD), groups, settings + 1), dtype=np.uint64)
    bits = np.uint64(1) << (order % WORD).astype(np.uint64)
    sets[order // WORD, rows, np.arange(1, settings + 1)] = bits
    sets = np.bitwise_or.accumulate(sets, axis=2)
    return rows * (settings + 1) + counts.cumsum(axis=1), sets.reshape(len(sets), -1)
