"""Coalitions as pictures: the map, the tree, who is together in draws, and how firm ties are."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from melian.brief.figures.dendrogram import Leaf, Merge, Tree, dendrogram
from melian.brief.figures.heat_map import MOST_COLUMNS, HeatName, HeatTable, heat_map
from melian.brief.figures.interval_plot import Estimate, IntervalTable, interval_plot
from melian.brief.figures.network_choice import MapEdge, MapNode, MapWords, NetworkGraph
from melian.brief.figures.network_map import network_map
from melian.case.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.brief.document import Figure
    from melian.discourse.coalitions.engine import Coalitions
    from melian.discourse.coalitions.sureness import Sureness
    from melian.discourse.coalitions.tie_intervals import TieIntervals

MOST_TIES = 40


def coalition_map(found: Coalitions) -> Figure:
    """Draw who is tied to whom, for and against, with the coalition of each."""
    groups = _groups(found)
    nodes = (
        MapNode(str(place), str(actor), float(said), groups.get(place))
        for place, (actor, said) in enumerate(
            zip(found.basis.actors, found.basis.said.tolist(), strict=True)
        )
    )
    few = len(found.left.few)
    return network_map(
        NetworkGraph(
            title="Who stands together",
            nodes=tuple(nodes),
            edges=tuple(_edges(found)),
            groups=_names(found),
            words=MapWords(tie=_unit(found)),
            left_out=(few, f"with fewer than {counted(found.search.least, 'statement')}"),
        )
    )


def coalition_tree(found: Coalitions) -> Figure:
    """Draw which actors say most alike, and at what distance they meet, with their coalitions."""
    groups, tree = _groups(found), found.tree
    merges = tree.merges if tree else ()
    return dendrogram(
        Tree(
            title="Who says what is alike",
            leaves=tuple(
                Leaf(str(actor), groups.get(place))
                for place, actor in enumerate(found.basis.actors if tree else ())
            ),
            merges=tuple(Merge(m.left, m.right, m.height, m.size) for m in merges),
            height="Jaccard distance",
            groups=_names(found),
        )
    )


def drawn_together(found: Coalitions, sure: Sureness) -> Figure:
    """Draw in which share of draws each two actors are in one group; those who speak most."""
    labels = found.agreement.shown.labels if found.agreement else np.zeros(0, np.intp)
    heard = np.argsort(-found.basis.said, kind="stable")[:MOST_COLUMNS]
    order = heard[np.lexsort((-found.basis.said[heard], labels[heard]))].tolist()
    less = len(labels) - len(order)
    names = [HeatName(str(found.basis.actors[n]), f"coalition {labels[n] + 1}") for n in order]
    cells = sure.together[np.ix_(order, order)].tolist()
    return heat_map(
        HeatTable(
            title="Who is found together when others are drawn",
            rows=tuple(names),
            columns=tuple(names),
            cells=tuple(tuple(None if isnan(cell) else cell for cell in row) for row in cells),
            above="together",
            below="",
            unit=f"shares of {counted(sure.by.times, 'draw')} of {sure.by.unit}",
            left_out=f"{counted(less, 'actor')} with fewer statements {_are(less)} not drawn."
            if less
            else "",
        )
    )


def tie_plot(ties: TieIntervals) -> Figure:
    """Draw the strongest ties with their intervals."""
    name = "agreement less clash" if ties.side == "net" else ties.side
    return interval_plot(
        IntervalTable(
            title="How firm the strongest ties are",
            estimates=tuple(
                Estimate(
                    f"{ties.actors[ties.one[n]]} - {ties.actors[ties.other[n]]}",
                    float(ties.value[n]),
                    float(ties.low[n]),
                    float(ties.high[n]),
                )
                for n in ties.strongest[:MOST_TIES].tolist()
            ),
            name=name,
            interval=f"{ties.by.level:.0%} of {counted(ties.by.times, 'draw')} of {ties.by.unit}",
        )
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _edges(found: Coalitions) -> Iterator[MapEdge]:
    net = np.triu(found.basis.net, 1)
    if found.search.standing == "congruence":
        net = np.triu(found.basis.weights, 1)
    for one, other in zip(*map(np.ndarray.tolist, np.nonzero(net)), strict=True):
        yield MapEdge(str(one), str(other), float(net[one, other]))


def _unit(found: Coalitions) -> str:
    net = " (agreement less clash)" if found.search.standing == "subtract" else ""
    return f"pairs of statements{net}"


def _groups(found: Coalitions) -> dict[int, int]:
    if found.agreement is None:
        return {}
    return dict(enumerate(found.agreement.shown.labels.tolist()))


def _names(found: Coalitions) -> tuple[str, ...]:
    return tuple(f"{each.number}: {each.name}" for each in found.coalitions)
