"""The order of a tree's leaves in which those next to one another are as alike as can be.

Bar-Joseph, Gifford & Jaakkola, "Fast optimal leaf ordering for hierarchical clustering",
Bioinformatics 17, 2001, S22. It is done here since scipy's own does not give the shortest order
(its issue 11227).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def leaf_order(merges: NDArray[np.float64], apart: NDArray[np.float64]) -> tuple[int, ...]:
    """Give the leaves from left to right, so that the distances of neighbours sum up to the least.

    Args:
        merges: as scipy gives them, both branches first in each row.
        apart: the distance of each two leaves.
    """
    pairs = merges[:, :2].astype(int).tolist()
    leaves = [np.array([leaf]) for leaf in range(len(apart))]
    lengths = [np.zeros((1, 1)) for _ in range(len(apart))]
    for left, right in pairs:
        lengths.append(
            _lengths(lengths[left], apart[np.ix_(leaves[left], leaves[right])], lengths[right])
        )
        leaves.append(np.concatenate([leaves[left], leaves[right]]))
    return tuple(_walked(pairs, apart, leaves, lengths))


def _lengths(
    left: NDArray[np.float64], across: NDArray[np.float64], right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the least length of a branch's leaves for each two that may stand at its ends."""
    ours, theirs = across.shape
    found = np.full((ours + theirs, ours + theirs), np.inf)
    for end in range(ours):
        reached = (left[end][:, None] + across).min(axis=0)
        found[end, ours:] = (reached[:, None] + right).min(axis=0)
    found[ours:, :ours] = found[:ours, ours:].T
    return found


def _walked(
    pairs: list[list[int]],
    apart: NDArray[np.float64],
    leaves: list[NDArray[np.intp]],
    lengths: list[NDArray[np.float64]],
) -> list[int]:
    """Go down the tree with the two leaves at the ends of each branch, and give the order."""
    root = len(leaves) - 1
    order: list[int] = []
    count = len(apart)
    waiting = [(root, *_least(lengths[root]))]  # the ends by their place in the branch
    while waiting:
        branch, first, last = waiting.pop()
        if branch < count:
            order.append(branch)
            continue
        left, right = pairs[branch - count]
        ours = len(leaves[left])
        if first >= ours:  # the other branch comes first
            left, right, first, last = right, left, first - ours, last + len(leaves[right])
            ours = len(leaves[left])
        across = apart[np.ix_(leaves[left], leaves[right])]
        whole = lengths[left][first][:, None] + across + lengths[right][:, last - ours]
        near, far = _least(whole)
        waiting += [(right, far, last - ours), (left, first, near)]
    return order


def _least(values: NDArray[np.float64]) -> tuple[int, int]:
    """Give where the least of some values stands."""
    row, column = divmod(int(values.argmin()), values.shape[1])
    return row, column
