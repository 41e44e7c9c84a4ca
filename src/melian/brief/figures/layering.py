"""Layered layout of a small directed graph, from the top down.

After K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of hierarchical system
structures" (1981): longest-path layers, dummies where an edge passes a layer, barycentre ordering;
then the positions nearest to those of the neighbours, in the sense of least squares, that keep
the order and the gaps (isotonic regression by pooling adjacent violators).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, count, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Edge = tuple[int, int]

SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Layers:
    """Nodes in layers, each layer in order from the left.

    Attributes:
        layers: the nodes of each layer; a negative number is a dummy that an edge passes through.
        paths: per edge, in the order given, its nodes from one layer to the next, tail first.
    """

    layers: tuple[tuple[int, ...], ...]
    paths: tuple[tuple[int, ...], ...]

    def links(self) -> list[Edge]:
        """Give all pairs of nodes in neighbouring layers that an edge joins."""
        return [pair for path in self.paths for pair in pairwise(path)]


def layered(nodes: int, edges: Sequence[Edge], depth: Sequence[int] | None = None) -> Layers:
    """Give the layers of a graph whose nodes are 0, 1, ... ``nodes`` - 1.

    Every node stands as low as it can, so that premises stand next to what they serve. An edge
    that would close a cycle is laid out as if it ran the other way; a loop is left out.

    Args:
        nodes: how many there are.
        edges: pairs of nodes.
        depth: per node, the layer it must stand in, from 0; every layer has a node, and no edge
            joins two nodes of one.
    """
    given = [edge for edge in edges if edge[0] != edge[1]]
    if depth is None:
        down = _acyclic(given)
        depth = _depths(nodes, down)
    else:
        down = [(a, b) if depth[a] < depth[b] else (b, a) for a, b in given]
    dummy = count(-1, -1)
    rows: list[list[int]] = [[] for _ in range(max(depth, default=-1) + 1)]
    for node in range(nodes):
        rows[depth[node]].append(node)
    paths = []
    for edge, (tail, head) in zip(given, down, strict=True):
        passed = [next(dummy) for _ in range(depth[tail] + 1, depth[head])]
        for layer, node in enumerate(passed, start=depth[tail] + 1):
            rows[layer].append(node)
        path = (tail, *passed, head)
        paths.append(path if path[0] == edge[0] else path[::-1])
    start = Layers(tuple(map(tuple, rows)), tuple(paths))
    return Layers(_ordered(start), start.paths)


def crossings(layers: Layers) -> int:
    """Give how many pairs of links cross."""
    place = _places(layers.layers)
    links = [sorted(link, key=lambda node: place[node][0]) for link in layers.links()]
    spots = [(place[top][0], place[top][1], place[low][1]) for top, low in links]
    return sum(
        a[0] == b[0] and (a[1] - b[1]) * (a[2] - b[2]) < 0 for a, b in combinations(spots, 2)
    )


def positions(layers: Layers, widths: Mapping[int, float], gap: float) -> dict[int, float]:
    """Give the x of the middle of each node, from 0 on; no two of a layer come nearer than gap."""
    x = {
        node: at
        for row in layers.layers
        for node, at in zip(row, _spread([0.0] * len(row), row, widths, gap), strict=True)
    }
    near = _neighbours(layers.links())
    for _ in range(SWEEPS):
        for row in layers.layers:
            wish = [_mean([x[n] for n in near.get(node, ())], x[node]) for node in row]
            x.update(zip(row, _spread(wish, row, widths, gap), strict=True))
    left = min((x[node] - widths[node] / 2 for node in x), default=0.0)
    return {node: at - left for node, at in x.items()}


def _acyclic(edges: Iterable[Edge]) -> list[Edge]:
    after: dict[int, set[int]] = {}
    result = []
    for tail, head in edges:
        edge = (head, tail) if _reaches(after, head, tail) else (tail, head)
        after.setdefault(edge[0], set()).add(edge[1])
        result.append(edge)
    return result


def _reaches(after: Mapping[int, set[int]], start: int, goal: int) -> bool:
    seen, todo = {start}, [start]
    while todo:
        fresh = after.get(todo.pop(), set()) - seen
        seen |= fresh
        todo.extend(fresh)
    return goal in seen


def _depths(nodes: int, edges: Sequence[Edge]) -> list[int]:
    height = [0] * nodes
    for _ in range(nodes):
        for tail, head in edges:
            height[tail] = max(height[tail], height[head] + 1)
    return [max(height) - h for h in height]


def _ordered(start: Layers) -> tuple[tuple[int, ...], ...]:
    """Sweep down and up, each layer by the mean place of its neighbours, and keep the best."""
    near = _neighbours(start.links())
    best = start
    rows = [list(row) for row in start.layers]
    for sweep in range(SWEEPS):
        there = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for i in there:
            fixed = {node: at for at, node in enumerate(rows[i - 1 if sweep % 2 == 0 else i + 1])}
            rows[i].sort(key=_barycentre(near, fixed, {n: at for at, n in enumerate(rows[i])}))
        tried = Layers(tuple(map(tuple, rows)), start.paths)
        best = min(best, tried, key=crossings)
    return best.layers


def _barycentre(
    near: Mapping[int, Sequence[int]], fixed: Mapping[int, int], own: Mapping[int, int]
) -> Callable[[int], float]:
    return lambda node: _mean([fixed[n] for n in near.get(node, ()) if n in fixed], own[node])


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _neighbours(links: Iterable[Edge]) -> dict[int, list[int]]:
    near: dict[int, list[int]] = {}
    for a, b in links:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    return near


def _places(rows: Sequence[Sequence[int]]) -> dict[int, tuple[int, int]]:
    return {node: (i, at) for i, row in enumerate(rows) for at, node in enumerate(row)}


def _spread(
    wish: Sequence[float], row: Sequence[int], widths: Mapping[int, float], gap: float
) -> list[float]:
    """Give the places nearest to the wishes that keep the order and leave the gaps."""
    offsets = [0.0]
    for a, b in pairwise(row):
        offsets.append(offsets[-1] + (widths[a] + widths[b]) / 2 + gap)
    blocks: list[tuple[float, int]] = []  # mean and size
    for value, offset in zip(wish, offsets, strict=False):
        mean, size = value - offset, 1
        while blocks and blocks[-1][0] > mean:
            before, n = blocks.pop()
            mean, size = (mean * size + before * n) / (size + n), size + n
        blocks.append((mean, size))
    flat = [mean for mean, size in blocks for _ in range(size)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=False)]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node or dummy stands: the middle of it, and its own and its layer's extent."""

    x: float
    top: float
    bottom: float
    layer_bottom: float


def spots(
    layers: Layers, xs: Mapping[int, float], heights: Sequence[float], gap: float
) -> tuple[dict[int, Spot], float]:
    """Give where everything stands, layer below layer, and the height of it all.

    Args:
        layers: of the nodes and dummies.
        xs: the middle of each, from left to right.
        heights: of the nodes; a dummy is as high as its layer.
        gap: between two layers.
    """
    found: dict[int, Spot] = {}
    y = 3.0
    for row in layers.layers:
        bottom = y + max(heights[n] for n in row if n >= 0)
        for n in row:
            found[n] = Spot(xs[n], y, y + heights[n] if n >= 0 else bottom, bottom)
        y = bottom + gap
    return found, max(y - gap + 3, 6)
