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
    tree = _Tree(merges[:, :2].astype(int).tolist(), apart)
    for branch in range(len(apart), len(tree.leaves)):
        tree.join(branch)
    return tuple(tree.order())


class _Tree:
    """The branches of a tree, and the least lengths of their leaves for each two ends.

    Two leaves are the ends of one branch only, the smallest that holds both: so one matrix has the
    lengths of all branches.
    """

    def __init__(self, pairs: list[list[int]], apart: NDArray[np.float64]) -> None:
        self._pairs, self._apart, self._count = pairs, apart, len(apart)
        self._lengths = np.zeros_like(apart)
        self.leaves = [np.array([leaf]) for leaf in range(len(apart))]
        for left, right in pairs:
            self.leaves.append(np.concatenate([self.leaves[left], self.leaves[right]]))

    def join(self, branch: int) -> None:
        """Find the least lengths of a branch, when those of both in it are known."""
        left, right = self._pairs[branch - self._count]
        ours, theirs = self.leaves[left], self.leaves[right]
        near, far = self._ends(left), self._ends(right)
        across = self._apart[np.ix_(ours, theirs)]
        for place, end in enumerate(ours.tolist()):
            reached = (near[place][:, None] + across).min(axis=0)
            self._lengths[end, theirs] = (reached[:, None] + far).min(axis=0)
        self._lengths[np.ix_(theirs, ours)] = self._lengths[np.ix_(ours, theirs)].T

    def _ends(self, branch: int) -> NDArray[np.float64]:
        """Give the least length of a branch for each two of its leaves at its ends."""
        leaves = self.leaves[branch]
        if branch < self._count:
            return np.zeros((1, 1))
        first = len(self.leaves[self._pairs[branch - self._count][0]])
        found: NDArray[np.float64] = self._lengths[np.ix_(leaves, leaves)]
        found[:first, :first] = found[first:, first:] = np.inf  # both in one part of it
        return found

    def order(self) -> list[int]:
        """Go down the tree with the two leaves at the ends of each branch, and give the order."""
        order: list[int] = []
        root = len(self.leaves) - 1
        waiting = [(root, *_least(self._ends(root)))]  # the ends by their place in the branch
        while waiting:
            branch, first, last = waiting.pop()
            if branch < self._count:
                order.append(branch)
                continue
            left, right = self._pairs[branch - self._count]
            if first >= len(self.leaves[left]):  # the other part comes first
                first, last = first - len(self.leaves[left]), last + len(self.leaves[right])
                left, right = right, left
            last -= len(self.leaves[left])
            across = self._apart[np.ix_(self.leaves[left], self.leaves[right])]
            whole = self._ends(left)[first][:, None] + across + self._ends(right)[:, last]
            near, far = _least(whole)
            waiting += [(right, far, last), (left, first, near)]
        return order


def _least(values: NDArray[np.float64]) -> tuple[int, int]:
    """Give where the least of some values stands."""
    row, column = divmod(int(values.argmin()), values.shape[1])
    return row, column
