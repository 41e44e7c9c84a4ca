"""The objective by which DNA 3.1.2 measures polarisation: q, which it makes as large as it can.

For clusters of n(c) members, W = sum of n(c)(n(c) - 1) ordered pairs within and B = n(n - 1) - W
between, what is expected of a pair within c is the agreement n(c)(n(c) - 1)/W times that of all
pairs over W, and of a pair between c and d the clash n(c)n(d)/B times that of all pairs over B; and
of other pairs, nothing. q sums by how much pairs differ from what is expected of them, each pair
once; normalised, it is divided by all agreement and clash.

So q is a misfit: it is least where clusters are camps. DNA looks for clusters with the largest, by
a greedy or a genetic search; of two opposed camps of six it returns three of each in each cluster.

Over time DNA takes one network for both, agreement less clash, so that a pair that agrees counts as
one that clashes, too (:func:`~melian.discourse.dna.series.polarised`). Its cells are below zero
where clash prevails; they are summed without the sign, and compared with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.dna.series import polarised
from melian.discourse.ties import Ties
from melian.problems import TooLarge

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from melian.discourse.dna.moving import Unit
    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table

MOST_DIVISIONS = 50_000
"""So many balanced divisions are looked at, at the most: those of 18 actors."""

_FEWEST = 3
"""DNA divides no fewer actors into two clusters."""


def misfit(
    agreement: NDArray[np.float64],
    clash: NDArray[np.float64],
    clusters: NDArray[np.intp],
    *,
    normalized: bool = True,
) -> float:
    """Give q of a clustering.

    Args:
        agreement: congruence of each two actors, average-normalised, nothing on the diagonal.
        clash: conflict, likewise; over time, the same as agreement.
        clusters: the number of the cluster that each actor is in.
        normalized: whether it is divided by all agreement and clash.
    """
    ties, clashes = np.abs(agreement), np.abs(clash)
    same = clusters[:, None] == clusters
    other = ~same
    np.fill_diagonal(same, val=False)
    sizes = np.bincount(clusters).astype(np.float64)[clusters]
    within, between = int(same.sum()), int(other.sum())
    wanted = sizes * (sizes - 1) * ties.sum() / max(within, 1) ** 2
    apart = sizes[:, None] * sizes * clashes.sum() / max(between, 1) ** 2
    gaps = np.where(same, np.abs(agreement - wanted[:, None]) + clashes, 0)
    gaps += np.where(other, ties + np.abs(clash - apart), 0)
    whole = float(ties.sum() + clashes.sum()) if normalized else 1.0
    return float(gaps.sum()) / (2 * whole) if whole else 0.0


@dataclass(frozen=True, slots=True)
class Extremes:
    """How q is spread over all divisions into two clusters of the same size, or nearly so.

    Attributes:
        divisions: how many there are, each with its mirror image where both have the same size.
        least: the smallest q.
        most: the largest, which is what DNA looks for.
        worst: the actors of one cluster of a division that has it.
    """

    divisions: int
    least: float
    most: float
    worst: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """How q is spread in one of DNA's windows.

    Attributes:
        first, middle, last: the days of the window.
        actors: how many speak in it.
        extremes: none, where fewer than three do, or there are too many divisions to look at all.
    """

    first: date
    middle: date
    last: date
    actors: int
    extremes: Extremes | None


def over_time(table: Table, design: Design, unit: Unit, width: int) -> tuple[Around, ...]:
    """Look at all balanced divisions of each window, as long as there are not too many in all.

    Args:
        table: the statements.
        design: who is tied by what; its rules are not looked at.
        unit: what windows are measured in; each begins a unit after the one before.
        width: how many units each has; an odd number is one more.

    Raises:
        UsageError: there are too many windows.
        TooLarge: a network would not fit.
    """
    left, found = MOST_DIVISIONS, []
    for window, network in polarised(
        table, replace(design, rules="dna-3.1.2"), unit, width, "uniform"
    ):
        count = len(network.rows)
        number = comb(count, count // 2)
        ends = None
        if count >= _FEWEST and number <= left:
            left -= number
            ends = extremes(Ties(network.rows, network.matrix, network.matrix, window.rows))
        first, middle, last = window.start.date(), window.middle.date(), window.stop.date()
        found.append(Around(first, middle, last, count, ends))
    return tuple(found)


def extremes(tied: Ties) -> Extremes:
    """Look at all balanced divisions of a few actors.

    Raises:
        TooLarge: there are too many.
    """
    count = len(tied.actors)
    number = comb(count, count // 2)
    if number > MOST_DIVISIONS:
        raise TooLarge(
            f"{count} actors have {number:,} balanced divisions; at most {MOST_DIVISIONS:,} are "
            "looked at. Leave out who says little (--least)."
        )
    found = []
    for ones in combinations(range(count), count // 2):
        clusters = np.zeros(count, dtype=np.intp)
        clusters[list(ones)] = 1
        found.append((misfit(tied.agreement, tied.clash, clusters), ones))
    (least, _), (most, worst) = min(found), max(found)
    return Extremes(number, least, most, tuple(str(tied.actors[place]) for place in worst))
