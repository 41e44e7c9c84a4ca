"""Networks of statements as pictures: maps of actors, or of actors and concepts, and matrices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.brief.figures.heat_map import (
    MOST_COLUMNS,
    MOST_ROWS,
    HeatName,
    HeatTable,
    heat_map,
)
from melian.brief.figures.network_choice import MapEdge, MapNode, MapWords, NetworkGraph
from melian.brief.figures.network_map import network_map, network_maps
from melian.brief.figures.time_axis import spoken
from melian.brief.figures.two_mode_map import two_mode_map
from melian.case.wording import counted, series
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.brief.document import Figure
    from melian.discourse.networks.building import Network
    from melian.discourse.networks.windows import Window
    from melian.discourse.statements.table import Table


MOST_WINDOWS = 24


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a network says, in words: its title, what ties of either sign are, what they count."""

    title: str
    above: str
    below: str
    unit: str
    sign: float = 1.0


_KINDS = {
    ("one", "congruence"): _Kind("Who agrees with whom", "agreement", "", "pairs of statements"),
    ("one", "conflict"): _Kind("Who clashes with whom", "", "clash", "pairs of statements", -1.0),
    ("one", "subtract"): _Kind(
        "Who stands with whom, and against whom",
        "agreement",
        "clash",
        "pairs of statements in the same sense, less those in the opposite sense",
    ),
    ("one", "ignore"): _Kind("Who speaks of the same", "common talk", "", "pairs of statements"),
    ("two", "subtract"): _Kind(
        "Who says what", "support", "rejection", "statements for, less those against"
    ),
    ("two", "ignore"): _Kind("Who speaks of what", "statements", "", "statements"),
}


def network_figure(table: Table, found: Network) -> Figure:
    """Draw a network as a map.

    Args:
        table: the statements that it was made of.
        found: the network.

    Raises:
        UsageError: its ties are no amounts, but combinations of levels.
    """
    kind = _kind(found)
    if _two(found):
        return two_mode_map(_bipartite(table, found, kind))
    return network_map(_graph(table, found, kind))


def window_figures(table: Table, series: Sequence[tuple[Window, Network]]) -> list[Figure]:
    """Draw the networks of windows as maps in which everyone keeps about the same place.

    Raises:
        UsageError: they are of actors and concepts, or more than can be looked at.
    """
    if len(series) > MOST_WINDOWS:
        raise UsageError(
            f"{len(series):,} maps are more than can be looked at; at most {MOST_WINDOWS} are "
            "drawn. Take longer windows, or let the next begin later (--step)."
        )
    graphs = []
    for window, found in series:
        if _two(found):
            raise UsageError("Windows are drawn of actors among themselves. Leave out two-mode.")
        some = counted(len(found.statements), "statement")
        span = f"{spoken(window.first)} to {spoken(window.last)}"
        graphs.append(replace(_graph(table, found, _kind(found)), title=f"{span}: {some}"))
    return network_maps(graphs)


def matrix_figure(table: Table, found: Network) -> Figure:
    """Draw a network as a matrix of its ties; those with like ties stand next to each other.

    Raises:
        UsageError: its ties are no amounts, but combinations of levels.
    """
    kind = _kind(found)
    matrix = found.matrix * kind.sign
    weights = [_weights(table, found, found.design.rows, found.rows)]
    if _two(found):
        weights.append(_weights(table, found, found.design.columns, found.columns))
        most = (MOST_ROWS, MOST_COLUMNS)
        if len(found.columns) > len(found.rows):
            most = (MOST_COLUMNS, MOST_ROWS)
        rows = _ordered(matrix, weights[0], most[0])
        columns = _ordered(matrix.T, weights[1], most[1])
    else:
        rows = columns = _ordered(matrix, weights[0], MOST_COLUMNS)
    names = tuple(HeatName(str(found.rows[n])) for n in rows)
    heads = tuple(HeatName(str(found.columns[n])) for n in columns)
    shown = matrix[np.ix_(rows, columns)]
    if _two(found) and len(heads) > len(names):  # the longer names, mostly, have room at the left
        names, heads, shown = heads, names, shown.T
    return heat_map(
        HeatTable(
            kind.title,
            names,
            heads,
            tuple(map(tuple, shown.tolist())),
            kind.above or "agreement",
            kind.below or "clash",
            _unit(found, kind),
            _not_shown(found, len(rows), len(columns)),
        )
    )


def _kind(found: Network) -> _Kind:
    kind = _KINDS.get((found.design.mode, found.design.aggregation))
    if kind is None:
        raise UsageError(
            "Combinations of levels are no amounts that can be drawn. Take --aggregation subtract "
            "or ignore."
        )
    return kind


def _two(found: Network) -> bool:
    return found.design.mode == "two"


def _unit(found: Network, kind: _Kind) -> str:
    way = found.design.normalization
    return kind.unit if way == "none" else f"{kind.unit} ({way})"


def _words(found: Network, kind: _Kind) -> MapWords:
    who = found.design.rows
    plural = f"{who[:-1]}ies" if who.endswith("y") else f"{who}s"
    return MapWords(node=(who, plural), agree=kind.above, clash=kind.below, tie=_unit(found, kind))


def _graph(table: Table, found: Network, kind: _Kind) -> NetworkGraph:
    nodes = _nodes(table, found)
    matrix = np.triu(found.matrix, 1) * kind.sign
    edges = tuple(
        MapEdge(nodes[one].id, nodes[other].id, float(matrix[one, other]))
        for one, other in zip(*map(np.ndarray.tolist, np.nonzero(matrix)), strict=True)
    )
    return NetworkGraph(kind.title, nodes, edges, (), _words(found, kind))


def _bipartite(table: Table, found: Network, kind: _Kind) -> NetworkGraph:
    actors = _nodes(table, found)
    said = _weights(table, found, found.design.columns, found.columns)
    concepts = tuple(
        MapNode(f"on {place}", str(name), float(weight), None, "concept")
        for place, (name, weight) in enumerate(zip(found.columns, said, strict=True))
    )
    edges = tuple(
        MapEdge(actors[one].id, concepts[other].id, float(found.matrix[one, other]))
        for one, other in zip(*map(np.ndarray.tolist, np.nonzero(found.matrix)), strict=True)
    )
    return NetworkGraph(kind.title, (*actors, *concepts), edges, (), _words(found, kind))


def _nodes(table: Table, found: Network) -> tuple[MapNode, ...]:
    said = _weights(table, found, found.design.rows, found.rows)
    return tuple(
        MapNode(f"by {name}", str(name), float(weight))
        for name, weight in zip(found.rows, said, strict=True)
    )


def _weights(
    table: Table, found: Network, variable: str, values: tuple[object, ...]
) -> NDArray[np.float64]:
    """Count the statements of each value."""
    coded = table.variable(variable)
    counts = np.bincount(coded.codes[found.statements], minlength=len(coded.levels))
    each: dict[object, int] = dict(zip(coded.levels, counts.tolist(), strict=False))
    return np.array([each.get(value, 0) for value in values], dtype=np.float64)


def _ordered(matrix: NDArray[np.float64], weights: NDArray[np.float64], number: int) -> list[int]:
    """Give those with most statements, so that neighbours have like ties (average linkage)."""
    most = np.sort(np.argsort(-weights, kind="stable")[:number])
    shown = matrix[most]
    if len(most) < 3:
        return [int(n) for n in most]
    from scipy.cluster.hierarchy import leaves_list, linkage

    length = np.sqrt((shown**2).sum(axis=1, keepdims=True))
    alike = np.divide(shown, length, out=np.zeros_like(shown), where=length > 0)
    return [int(most[n]) for n in leaves_list(linkage(alike, "average"))]


def _not_shown(found: Network, rows: int, columns: int) -> str:
    """Say how many were left out before the matrix is drawn."""
    left = [len(found.rows) - rows]
    if _two(found):
        left.append(len(found.columns) - columns)
    names = (found.design.rows, found.design.columns)
    parts = [
        counted(number, name, _plural(name))
        for number, name in zip(left, names, strict=False)
        if number
    ]
    return f"{series(parts)} with fewer statements left out." if parts else ""


def _plural(name: str) -> str:
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
