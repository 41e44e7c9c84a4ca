"""The order of names in columns, so that the lines between them cross little.

It begins with the Fiedler vector, which draws those that are tied together (Y. Koren, "Drawing
graphs by eigenvectors", 2005), and goes on with barycentres (K. Sugiyama, S. Tagawa and M. Toda,
1981); of all orders on the way, that with fewest crossings is kept.
"""

from __future__ import annotations

from functools import partial
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Tie = tuple[str, str, float]
    Columns = list[list[str]]

SWEEPS = 8


def ordered(
    columns: Sequence[Sequence[str]], groups: Mapping[str, object], ties: Sequence[Tie]
) -> Columns:
    """Give each column in its order; those of a group stay together in theirs.

    Args:
        columns: ids, each once.
        groups: of the ids.
        ties: of two ids in neighbouring columns, with a weight above zero.
    """
    begun = [list(column) for column in columns]
    return min((begun, *_tried(columns, groups, ties)), key=lambda each: crossings(each, ties))


def _tried(
    columns: Sequence[Sequence[str]], groups: Mapping[str, object], ties: Sequence[Tie]
) -> Iterator[Columns]:
    near: dict[str, list[tuple[str, float]]] = {}
    for one, other, weight in ties:
        near.setdefault(one, []).append((other, weight))
        near.setdefault(other, []).append((one, weight))
    along = _along([node for column in columns for node in column], ties)
    now = [_sorted(column, along, groups) for column in columns]
    yield now
    for _ in range(SWEEPS):
        for place in range(len(now)):
            share = {n: (at + 0.5) / len(each) for each in now for at, n in enumerate(each)}
            wish = {node: _barycentre(node, near, share) for node in now[place]}
            now = [*now[:place], _sorted(now[place], wish, groups), *now[place + 1 :]]
        yield now


def crossings(columns: Sequence[Sequence[str]], ties: Sequence[Tie]) -> int:
    """Count the pairs of ties between the same two columns that cross."""
    place = {node: (c, at) for c, column in enumerate(columns) for at, node in enumerate(column)}
    lines = [sorted((place[one], place[other])) for one, other, _ in ties]
    return sum(
        a[0][0] == b[0][0] and a[1][0] == b[1][0] and (a[0][1] - b[0][1]) * (a[1][1] - b[1][1]) < 0
        for a, b in combinations(lines, 2)
    )


def _sorted(
    column: Sequence[str], wish: Mapping[str, float], groups: Mapping[str, object]
) -> list[str]:
    of: dict[object, list[float]] = {}
    for node in column:
        of.setdefault(groups[node], []).append(wish[node])
    mean = {group: fmean(wishes) for group, wishes in of.items()}
    return sorted(column, key=partial(_key, mean, wish, groups))


def _key(
    mean: Mapping[object, float],
    wish: Mapping[str, float],
    groups: Mapping[str, object],
    node: str,
) -> tuple[float, str, float]:
    return mean[groups[node]], repr(groups[node]), wish[node]


def _barycentre(
    node: str, near: Mapping[str, Sequence[tuple[str, float]]], share: Mapping[str, float]
) -> float:
    ties = near.get(node, ())
    total = sum(weight for _, weight in ties)
    return sum(share[other] * weight for other, weight in ties) / total if total else share[node]


def _along(nodes: Sequence[str], ties: Sequence[Tie]) -> dict[str, float]:
    """Give an order of all nodes: component by component, the order of each from 0 to below 1."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from(ties)
    found: dict[str, float] = {}
    for number, members in enumerate(nx.connected_components(graph)):
        ours = [node for node in nodes if node in members]
        within = _fiedler(nx.laplacian_matrix(graph, ours).toarray())
        found |= {node: number + each for node, each in zip(ours, within, strict=True)}
    return found


def _fiedler(laplacian: NDArray[np.float64]) -> list[float]:
    """Give the second eigenvector, scaled to below 1, the first node in its lower half."""
    import numpy as np

    if len(laplacian) < 3:
        return [0.0] * len(laplacian)
    axis = np.linalg.eigh(laplacian)[1][:, 1]
    axis = axis * (-1.0 if axis[0] > 0 else 1.0)
    return list(np.round((axis - axis.min()) / np.ptp(axis) * 0.9, 6).tolist())
