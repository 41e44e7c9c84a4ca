"""Groups that split: along the leading eigenvector, or where most shortest paths run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.coalitions.grouping import count_of, excess, labels_of, modularity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from melian.discourse.coalitions.grouping import Labels

_ROUNDING = 1e-9


def leading_eigenvector(ties: NDArray[np.float64], groups: int | None = None) -> Labels:
    """Split in two where modularity gains most, again and again, till no split gains any.

    Newman, "Finding community structure in networks using the eigenvectors of matrices", Physical
    Review E 74, 2006, 036104. The signs of the leading eigenvector of what a group is tied beyond
    chance say who goes where.

    Args:
        ties: not below zero, symmetric, nothing on the diagonal.
        groups: how many at the most; as many as there are when no split gains, when left out.
    """
    gains, labels = excess(ties), np.zeros(len(ties), dtype=np.intp)
    least = ties.sum() * _ROUNDING
    splits = {0: _halved(gains, np.arange(len(ties)))}
    while groups is None or len(splits) < groups:
        best = max(splits, key=lambda group: (splits[group][0], -group))
        gain, away = splits[best]
        if gain <= least:
            break
        labels[away] = new = len(splits)
        for group in (best, new):
            splits[group] = _halved(gains, np.flatnonzero(labels == group))
    return labels_of(labels)


def _halved(
    gains: NDArray[np.float64], members: NDArray[np.intp]
) -> tuple[float, NDArray[np.intp]]:
    """Give what splitting a group gains, and who would go; nobody, where it gains nothing."""
    own = gains[np.ix_(members, members)]
    own = own - np.diag(own.sum(axis=1))
    _, vectors = np.linalg.eigh(own)
    side = _tuned(own, np.where(vectors[:, -1] * np.sign(vectors[0, -1] or 1) >= 0, 1.0, -1.0))
    return float(side @ own @ side) / 2, members[side < 0]


def _tuned(gains: NDArray[np.float64], side: NDArray[np.float64]) -> NDArray[np.float64]:
    """Let all change sides once, who gains most first; keep the best; again, till nothing gains.

    So Newman tunes a split, after Kernighan and Lin (PNAS 103, 2006, 8577).
    """
    own = np.diag(gains)
    while True:
        tried, steps = side.copy(), np.zeros(len(side))
        order = np.zeros(len(side), dtype=np.intp)
        free = np.ones(len(side), dtype=np.bool_)
        pull = gains @ tried
        for step in range(len(side)):
            change = 4 * (own - tried * pull)
            one = int(np.where(free, change, -np.inf).argmax())
            steps[step], order[step], free[one] = change[one], one, False
            tried[one] *= -1
            pull += 2 * tried[one] * gains[one]
        sums = steps.cumsum()
        if sums.max() <= np.abs(gains).sum() * _ROUNDING:
            return side
        side = side.copy()
        side[order[: int(sums.argmax()) + 1]] *= -1


def edge_betweenness(ties: NDArray[np.float64], groups: int | None = None) -> Labels:
    """Cut the ties between groups first (Girvan & Newman, PNAS 99, 2002, 7821).

    What is cut is the tie on which most shortest paths run, over its weight (Newman, "Analysis of
    weighted networks", 2004); of several alike, all. The grouping with the highest modularity of
    those that come up is given.

    Args:
        ties: not below zero, symmetric, nothing on the diagonal.
        groups: how many are wanted; more, where a cut makes several at once.
    """
    if groups is not None:
        found = None
        for found in _cut_apart(ties):
            if count_of(found) >= groups:
                break
        return found if found is not None else labels_of(np.zeros(len(ties)))
    return max(_cut_apart(ties), key=lambda labels: modularity(ties, labels))


def _cut_apart(ties: NDArray[np.float64]) -> Iterator[Labels]:
    """Give the groups that hang together after each cut that makes more of them."""
    tied, before = ties > 0, 0
    while True:
        ways, reached = flows(tied)
        parts = labels_of(reached.argmax(axis=1))  # the first of those one can reach
        if count_of(parts) > before:
            yield parts
        before = count_of(parts)
        if not tied.any():
            return
        load = np.divide(ways, ties, out=np.zeros_like(ways), where=tied)
        tied = tied & (load < load.max() * (1 - _ROUNDING))


def flows(tied: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give on each tie how many shortest paths between two run, and who can reach whom.

    Brandes's accumulation ("A faster algorithm for betweenness centrality", Journal of
    Mathematical Sociology 25, 2001), for all sources at once, by products of matrices. Several
    shortest paths share one; each pair counts in both directions.
    """
    links = tied.astype(np.float64)
    layers, paths = _layers(links)
    counts, load = np.zeros_like(links), np.zeros_like(links)
    for near, far in zip(layers[-2::-1], layers[:0:-1], strict=True):
        share = np.divide(1 + load, paths, out=np.zeros_like(links), where=far)
        starts = np.where(near, paths, 0)
        counts += links * (starts.T @ share)
        load += starts * (share @ links)
    return counts + counts.T, np.logical_or.reduce(layers)


def _layers(links: NDArray[np.float64]) -> tuple[list[NDArray[np.bool_]], NDArray[np.float64]]:
    """Give who is so many steps from whom, for each number, and how many shortest paths lead."""
    near = np.eye(len(links), dtype=np.bool_)
    layers, paths, seen = [near], np.eye(len(links)), near.copy()
    while True:
        onward = np.where(layers[-1], paths, 0) @ links
        far = (onward > 0) & ~seen
        if not far.any():
            return layers, paths
        layers.append(far)
        seen |= far
        paths = np.where(far, onward, paths)
