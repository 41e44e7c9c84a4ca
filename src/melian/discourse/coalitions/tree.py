"""Hierarchical clustering of what actors say, and the tree that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from melian.discourse.coalitions.grouping import labels_of, modularity
from melian.discourse.coalitions.leaves import leaf_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.coalitions.grouping import Labels
    from melian.discourse.statements.table import Value

Linkage = Literal["average", "ward"]

MOST_GROUPS = 6
"""Of trees, groups up to so many are looked at."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two branches of a tree that become one.

    Attributes:
        left, right: the branches: actors by their place, and merges after them in order.
        height: how far apart they are.
        size: how many actors the new branch has.
    """

    left: int
    right: int
    height: float
    size: int


@dataclass(frozen=True, slots=True)
class Dendrogram:
    """A tree of actors.

    Attributes:
        actors: the leaves, by place.
        merges: from the leaves to the root.
        order: the leaves from left to right, with those next to one another as alike as can be
            (Bar-Joseph, Gifford & Jaakkola, Bioinformatics 17, 2001, S22).
        cophenetic: how well the heights at which two actors meet reflect how far apart they are,
            from -1 to 1 (Sokal & Rohlf, Taxon 11, 1962, 33); NaN where all are as far apart.
        linkage: how the distance of two branches is taken.
    """

    actors: tuple[Value, ...]
    merges: tuple[Merge, ...]
    order: tuple[int, ...]
    cophenetic: float
    linkage: Linkage


def distances(profiles: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Give the Jaccard distance of each two: the share, of what either says, that only one says.

    Two who say nothing are not apart.
    """
    counts = profiles.astype(np.float64)
    both = counts @ counts.T
    own = np.diag(both)
    either = own[:, None] + own - both
    return 1 - np.divide(both, either, out=np.ones_like(both), where=either > 0)


def joined(profiles: NDArray[np.bool_], linkage: Linkage = "average") -> NDArray[np.float64]:
    """Give the merges as scipy does, one a row: both branches, the height, the size.

    Ward's method needs Euclidean distances, which roots of Jaccard distances are (Gower &
    Legendre, Journal of Classification 3, 1986, 5); so its heights are on that scale.
    """
    from scipy.cluster import hierarchy

    return np.asarray(hierarchy.linkage(_condensed(profiles, linkage), linkage))


def _condensed(profiles: NDArray[np.bool_], linkage: Linkage) -> NDArray[np.float64]:
    from scipy.spatial.distance import squareform

    apart = distances(profiles)
    np.fill_diagonal(apart, 0)
    flat = np.asarray(squareform(apart, checks=False))
    return np.sqrt(flat) if linkage == "ward" else flat


def clustered(
    profiles: NDArray[np.bool_],
    ties: NDArray[np.float64],
    linkage: Linkage,
    groups: int | None = None,
    most: int = MOST_GROUPS,
) -> Labels:
    """Cut the tree into so many groups; into 2 to ``most``, whichever has the highest modularity.

    Args:
        profiles: who says what.
        ties: of the same actors, for the modularity.
        linkage: how the distance of two branches is taken.
        groups: how many.
        most: how many at the most, where that is left out.
    """
    if len(profiles) < 2:
        return np.zeros(len(profiles), dtype=np.intp)
    merges = joined(profiles, linkage)
    if groups is not None:
        return cut(merges, groups)
    several = (cut(merges, number) for number in range(2, min(most, len(profiles)) + 1))
    return max(several, key=lambda labels: modularity(ties, labels))


def cut(merges: NDArray[np.float64], groups: int) -> Labels:
    """Undo the last merges, so that there are so many groups, or as many as there are actors."""
    count = len(merges) + 1
    found = np.arange(count + len(merges))
    for number, (left, right) in enumerate(merges[: max(count - groups, 0), :2].astype(int)):
        found[(found == found[left]) | (found == found[right])] = count + number
    return labels_of(found[:count])


def dendrogram(
    actors: tuple[Value, ...], profiles: NDArray[np.bool_], linkage: Linkage = "average"
) -> Dendrogram:
    """Give the tree of actors by what they say."""
    from scipy.cluster import hierarchy

    if len(actors) < 2:
        return Dendrogram(actors, (), tuple(range(len(actors))), float("nan"), linkage)
    apart, merges = _condensed(profiles, linkage), joined(profiles, linkage)
    order = leaf_order(merges, distances(profiles))
    alike = apart.std() == 0 or len(actors) < 3
    return Dendrogram(
        actors,
        _turned(merges, order),
        order,
        float("nan") if alike else float(hierarchy.cophenet(merges, apart)[0]),
        linkage,
    )


def _turned(merges: NDArray[np.float64], order: tuple[int, ...]) -> tuple[Merge, ...]:
    """Give the merges with the branch that stands further left first."""
    place = np.argsort(order).tolist()
    found = []
    for one, other, height, size in merges.tolist():
        left, right = sorted((int(one), int(other)), key=place.__getitem__)
        place.append(place[left])
        found.append(Merge(left, right, height, int(size)))
    return tuple(found)
