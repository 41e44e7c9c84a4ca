"""A network as a graph with all that is known of its nodes and ties, for files of other programs.

Over time, each window's network stands for the days that are nearer to it than to its neighbours:
from halfway between the end of the window before and its own beginning to the same at its end. So
what is shown of a day is one network, also where windows overlap; of several windows that end up
on the same day, the first is shown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from melian import __version__
from melian.discourse.networks.building import tied
from melian.discourse.networks.evidence import evidence
from melian.discourse.statements.table import MISSING, UNDATED
from melian.formats.graphs.graph import Edge, Graph, Node, Spell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design, Network
    from melian.discourse.networks.windows import Window
    from melian.discourse.statements.table import Table
    from melian.formats.graphs.graph import Value

    Parts = Mapping[str, Network]
    Key = tuple[int, Value]  # 0 for rows and 1 for columns, which may have the same name

AFFILIATIONS = ("organization", "person")
"""What is told of an actor beside its name: for whom it spoke, or who spoke for it."""


def parts_of(design: Design) -> dict[str, Design]:
    """Give the designs of what the ties are put together from, by name; of most, there are none."""
    if design.mode == "two" or design.aggregation != "subtract":
        return {}
    return {
        "congruence": replace(design, aggregation="congruence"),
        "conflict": replace(design, aggregation="conflict"),
    }


def graph_of(
    table: Table, network: Network, parts: Parts, title: str = "", *, statements: bool = True
) -> Graph:
    """Give a network as a graph.

    Args:
        table: the statements that it was made of.
        network: as it was made.
        parts: the networks of :func:`parts_of` its design.
        title: what the statements are of.
        statements: whether ties carry the names of the statements behind them.

    Raises:
        TooLarge: there are too many statements behind the ties.
    """
    nodes = _nodes(table, [network])
    place = {key: number for number, key in enumerate(nodes)}
    edges = [
        Edge(place[one], place[other], weight, of)
        for (one, other), of, weight in _ties(table, network, parts, statements=statements)
    ]
    about = {"title": title, **_about(network.design), "statements": len(network.statements)}
    return Graph(about, tuple(nodes.values()), tuple(edges))


def graph_over_time(
    table: Table,
    series: Sequence[tuple[Window, Network]],
    parts: Sequence[Parts],
    title: str = "",
    *,
    statements: bool = True,
) -> Graph:
    """Give networks of windows as a graph whose nodes and ties come and go.

    Args:
        table: the statements that they were made of.
        series: the windows and their networks, in order.
        parts: the networks of :func:`parts_of` the design, for each window.
        title: what the statements are of.
        statements: whether ties carry the names of the statements behind them.

    Raises:
        TooLarge: there are too many statements behind the ties.
    """
    there: dict[Key, list[Spell]] = {}
    ties: dict[tuple[Key, Key], list[Spell]] = {}
    for (first, last), number in _days([window for window, _ in series]):
        network = series[number][1]
        for key, node in _nodes(table, [network]).items():
            then = {"statements_then": node.attributes["statements"]}
            there.setdefault(key, []).append(Spell(first, last, then))
        for tie, of, weight in _ties(table, network, parts[number], statements=statements):
            then = {"weight": weight, "tie": weight, **of}  # networkx keeps one weight only
            ties.setdefault(tie, []).append(Spell(first, last, then))
    nodes = {
        key: replace(node, spells=tuple(there[key]))
        for key, node in _nodes(table, [network for _, network in series]).items()
        if key in there
    }
    place = {key: number for number, key in enumerate(nodes)}
    edges = [
        Edge(place[one], place[other], None, {}, tuple(spells))
        for (one, other), spells in sorted(ties.items(), key=lambda tie: [place[e] for e in tie[0]])
    ]
    about = {} if not series else _about(series[0][1].design)
    return Graph(
        {"title": title, **about, "windows": len(series)}, tuple(nodes.values()), tuple(edges)
    )


def _days(windows: Sequence[Window]) -> Iterator[tuple[tuple[date, date], int]]:
    """Give the days that each window stands for, if any, and its number."""
    one = timedelta(days=1)
    halves = [
        other.first + timedelta(days=((window.last + one - other.first).days + 1) // 2)
        for window, other in pairwise(windows)
    ]
    for number, window in enumerate(windows):
        first = max(window.first, halves[number - 1]) if number else window.first
        last = min(window.last, halves[number] - one) if number < len(halves) else window.last
        if first <= last:
            yield (first, last), number


def _about(design: Design) -> dict[str, Value]:
    """Say how a network was made."""
    two = design.mode == "two"
    ends = {"from": design.start, "until": design.until}
    return {
        "creator": f"melian {__version__}",
        "type": f"two-mode {design.aggregation}" if two else design.aggregation,
        "normalization": design.normalization,
        "duplicates": design.duplicates,
        "rows": design.rows,
        "columns": design.columns,
        "qualifier": design.qualifier,
        "rules": design.rules,
        **{
            name: str(_moment(second).date()) for name, second in ends.items() if second is not None
        },
    }


def _nodes(table: Table, networks: Sequence[Network]) -> dict[Key, Node]:
    """Give what is known of the nodes of networks of one design, by side and name."""
    found: dict[Key, Node] = {}
    if not networks:
        return found
    design = networks[0].design
    rows = np.unique(np.concatenate([network.statements for network in networks]))
    names = [{name for network in networks for name in network.rows}]
    if design.mode == "two":
        names.append({name for network in networks for name in network.columns})
    for side, there in enumerate(names):
        mode = design.columns if side else design.rows
        known = _known(table, mode, rows)
        for code, name in enumerate(table.variable(mode).levels):
            if name in there:
                of = {key: values[code] for key, values in known.items() if code in values}
                found[side, name] = Node(str(name), {"mode": mode, **of})
    return found


def _known(table: Table, mode: str, rows: NDArray[np.intp]) -> dict[str, dict[int, Value]]:
    """Give what is known of the values of a variable, by attribute and the value's code."""
    variable = table.variable(mode)
    codes, levels = variable.codes[rows], len(variable.levels)
    counts = np.bincount(codes, minlength=levels).tolist()
    known: dict[str, dict[int, Value]] = {"statements": dict(enumerate(counts))}
    timed = table.seconds[rows] != UNDATED
    for name, seconds, best in (
        ("first", table.seconds, np.minimum),
        ("last", table.last, np.maximum),
    ):
        known[name] = _extreme(codes[timed], seconds[rows[timed]], best)
    for name in AFFILIATIONS:
        if name != mode and name in table.variables and mode not in {"concept", "sign"}:
            known[name] = _together(table, mode, name, rows)
    return known


def _extreme(
    codes: NDArray[np.int32], seconds: NDArray[np.int64], best: np.ufunc
) -> dict[int, Value]:
    """Give the first or the last day of each code."""
    order = np.argsort(codes, kind="stable")
    there, starts = np.unique(codes[order], return_index=True)
    found = best.reduceat(seconds[order], starts) if len(starts) else starts
    return {
        code: str(_moment(second).date())
        for code, second in zip(there.tolist(), found.tolist(), strict=True)
    }


def _together(table: Table, mode: str, name: str, rows: NDArray[np.intp]) -> dict[int, Value]:
    """Give the values of another variable that come up with each code, unless it is the same."""
    one, other = table.variable(mode), table.variable(name)
    both = np.stack([one.codes[rows], other.codes[rows]])
    met: dict[int, list[str]] = {}
    for code, second in np.unique(both[:, (both != MISSING).all(axis=0)], axis=1).T.tolist():
        if one.levels[code] != other.levels[second]:
            met.setdefault(code, []).append(str(other.levels[second]))
    return {code: "; ".join(names) for code, names in met.items()}


def _ties(
    table: Table, network: Network, parts: Parts, *, statements: bool
) -> Iterator[tuple[tuple[Key, Key], dict[str, Value], float]]:
    """Give each tie, what is known of it, and its weight."""
    one, other = tied(network)
    order = np.lexsort((other, one))
    one, other = one[order], other[order]
    behind = evidence(table, network, (one, other)) if statements else None
    side = int(network.design.mode == "two")
    shares = {name: part.matrix[one, other].tolist() for name, part in parts.items()}
    weights = network.matrix[one, other].tolist()
    for number, (a, b) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        weight = weights[number]
        of: dict[str, Value] = {"strength": abs(weight), "sign": 1 if weight > 0 else -1}
        of |= {name: ties[number] for name, ties in shares.items()}
        if behind is not None:
            ids = [table.ids[row] for row in behind.of(number).tolist()]
            of |= {"statements": len(ids), "statement_ids": ";".join(ids)}
        yield ((0, network.rows[a]), (side, network.columns[b])), of, weight


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
