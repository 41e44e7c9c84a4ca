"""The methods that group actors, each by its name: from a basis to labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from melian.discourse.coalitions.agglomerating import greedy
from melian.discourse.coalitions.grouping import (
    count_of,
    excess,
    labels_from,
    modularity,
    signed_excess,
    signed_modularity,
)
from melian.discourse.coalitions.settling import settled
from melian.discourse.coalitions.splitting import edge_betweenness, leading_eigenvector
from melian.discourse.coalitions.tree import clustered
from melian.problems import UsageError

if TYPE_CHECKING:
    from melian.discourse.coalitions.basis import Basis
    from melian.discourse.coalitions.grouping import Labels

Method = Literal[
    "louvain",
    "greedy",
    "label-propagation",
    "edge-betweenness",
    "leading-eigenvector",
    "average-linkage",
    "ward",
    "signed-louvain",
]
METHODS: tuple[Method, ...] = get_args(Method)

COUNTED: frozenset[Method] = frozenset(
    {"greedy", "edge-betweenness", "leading-eigenvector", "average-linkage", "ward"}
)
"""Methods that can be asked for a number of groups; the others have their own."""

MAXIMISING: frozenset[Method] = frozenset(
    {"louvain", "greedy", "leading-eigenvector", "signed-louvain"}
)
"""Methods that look for the highest modularity, so that they agree more easily than others."""

MOST_CUT = 100
"""Edge betweenness is asked of so many actors at the most: it looks at all paths for each tie."""


@dataclass(frozen=True, eq=False)
class Grouping:
    """What a method finds.

    Attributes:
        method: which.
        labels: the group of each actor.
        modularity: of these groups, over the ties of the basis.
        signed: the same over agreement less clash, where what is below zero counts as well.
    """

    method: Method
    labels: Labels
    modularity: float
    signed: float

    @property
    def count(self) -> int:
        """How many groups there are."""
        return count_of(self.labels)


def grouping(basis: Basis, method: Method, seed: int, groups: int | None = None) -> Grouping:
    """Group actors by a method.

    Args:
        basis: the actors.
        method: the name of the method.
        seed: of what is random in it.
        groups: how many are wanted; a method that finds its own number does not look at it.

    Raises:
        UsageError: there are too many actors for the method.
    """
    labels = grouped(basis, method, seed, groups)
    return Grouping(
        method,
        labels,
        modularity(basis.weights, labels),
        signed_modularity(basis.net, labels),
    )


def grouped(basis: Basis, method: Method, seed: int, groups: int | None = None) -> Labels:
    """Give the labels alone; see :func:`grouping`."""
    ties = basis.weights
    if method == "louvain":
        return settled(excess(ties), seed)
    if method == "signed-louvain":
        return settled(signed_excess(basis.net), seed)
    if method == "greedy":
        return greedy(ties, groups)
    if method == "label-propagation":
        return _propagated(basis, seed)
    if method == "leading-eigenvector":
        return leading_eigenvector(ties, groups)
    if method == "edge-betweenness":
        if len(basis) > MOST_CUT:
            raise UsageError(
                f"Edge betweenness is asked of at most {MOST_CUT} actors, and there are "
                f"{len(basis):,}. Take another method, or only those who say more (--least)."
            )
        return edge_betweenness(ties, groups)
    return clustered(basis.profiles, ties, "ward" if method == "ward" else "average", groups)


def asked(count: int) -> tuple[Method, ...]:
    """Give the methods that so many actors are grouped by."""
    return tuple(m for m in METHODS if m != "edge-betweenness" or count <= MOST_CUT)


def _propagated(basis: Basis, seed: int) -> Labels:
    """Let each take the label that weighs most around it, in random order, till all have it.

    Raghavan, Albert & Kumara, Physical Review E 76, 2007, 036106.
    """
    import networkx as nx

    graph = nx.from_numpy_array(basis.weights)
    rng = np.random.default_rng(seed)
    groups = nx.community.asyn_lpa_communities(graph, "weight", int(rng.integers(2**31)))
    return labels_from(groups, len(basis))
