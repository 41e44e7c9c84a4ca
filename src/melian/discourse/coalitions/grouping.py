"""A grouping of actors, and how much more is tied within its groups than chance would tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

    Labels = NDArray[np.intp]
    """The number of the group of each actor, from 0 without gaps, the largest group first."""


def labels_of(groups: ArrayLike) -> Labels:
    """Number groups, however they are marked: the largest first, then whose first member is first.

    >>> labels_of([7, 3, 3, 7, 3, 9]).tolist()
    [1, 0, 0, 1, 0, 2]
    """
    _, first, number, sizes = np.unique(
        np.asarray(groups), return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -sizes))
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    return np.asarray(place[number])


def labels_from(groups: Iterable[Iterable[int]], count: int) -> Labels:
    """Give the labels of sets of places."""
    found = np.zeros(count, dtype=np.intp)
    for number, members in enumerate(groups):
        found[list(members)] = number
    return labels_of(found)


def count_of(labels: Labels) -> int:
    """Count the groups."""
    return int(labels.max(initial=-1)) + 1


def members_of(labels: Labels, group: int) -> tuple[int, ...]:
    """Give the places of the members of a group, in order."""
    return tuple(np.flatnonzero(labels == group).tolist())


def excess(ties: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give what each two are tied beyond chance: a tie less the product of both sums over all.

    The null model is that of Newman and Girvan, with weights as Newman has them ("Analysis of
    weighted networks", Physical Review E 70, 2004, 056131).

    Args:
        ties: not below zero, symmetric, nothing on the diagonal.
    """
    each = ties.sum(axis=1)
    total = each.sum()
    return ties - np.outer(each, each) / total if total else np.zeros_like(ties)


def modularity(ties: NDArray[np.float64], labels: Labels) -> float:
    """Give the modularity of a grouping (Newman & Girvan, Physical Review E 69, 2004, 026113).

    Args:
        ties: not below zero, symmetric, nothing on the diagonal.
        labels: the group of each.

    Returns:
        The share of all ties that is within groups, less what it would be by chance; from -1/2 to
        1, and 0 where nothing is tied.
    """
    total = ties.sum()
    return float(_within(excess(ties), labels) / total) if total else 0.0


def signed_excess(net: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give what each two agree beyond chance, less what they clash beyond chance."""
    return excess(np.maximum(net, 0)) - excess(np.maximum(-net, 0))


def signed_modularity(net: NDArray[np.float64], labels: Labels) -> float:
    """Give the modularity of a grouping where ties may be below zero.

    Agreement within groups counts for it and clash against it, each less what chance would give,
    in their shares of all ties (Gómez, Jensen & Arenas, Physical Review E 80, 2009, 016114).

    Args:
        net: agreement less clash, symmetric, nothing on the diagonal.
        labels: the group of each.
    """
    total = np.abs(net).sum()
    return float(_within(signed_excess(net), labels) / total) if total else 0.0


def _within(values: NDArray[np.float64], labels: Labels) -> float:
    return float(values[labels[:, None] == labels].sum())
