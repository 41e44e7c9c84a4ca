"""How sure is each tie? Intervals of what ties each two actors, from draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from melian.discourse.resampling import samples
from melian.discourse.ties import eligible, ties
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.resampling import Resampling
    from melian.discourse.statements.table import Table, Value
    from melian.discourse.ties import Ties

Side = Literal["net", "agreement", "clash"]
SIDES: tuple[Side, ...] = get_args(Side)

MOST_VALUES = 2**27
"""Pairs by draws: of more (half a gigabyte) intervals are refused."""

_AT_ONCE = 4096


@dataclass(frozen=True, eq=False)
class TieIntervals:
    """Each two actors that are tied, and how far their tie moves when others are drawn.

    Attributes:
        by: what was drawn, how often, from which seed.
        side: agreement less clash, agreement, or clash.
        actors: all of them.
        one, other: the places of the two, the first before the second; each pair once.
        value: their tie in the data.
        low, high: between which it lies in most draws.
        same: the share of draws in which it has the same sign.
    """

    by: Resampling
    side: Side
    actors: tuple[Value, ...]
    one: NDArray[np.intp]
    other: NDArray[np.intp]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    same: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.one)

    def among(self, actors: Collection[Value]) -> TieIntervals:
        """Give the ties of some actors among themselves."""
        inside = np.array([actor in set(actors) for actor in self.actors], dtype=np.bool_)
        kept = inside[self.one] & inside[self.other]
        names = ("one", "other", "value", "low", "high", "same")
        return replace(self, **{name: getattr(self, name)[kept] for name in names})

    @property
    def firm(self) -> NDArray[np.bool_]:
        """Whether the interval of each excludes zero."""
        return np.asarray((self.low > 0) | (self.high < 0))

    @property
    def strongest(self) -> NDArray[np.intp]:
        """The pairs, those with the strongest tie first, whatever its sign."""
        return np.argsort(-np.abs(self.value).round(12), kind="stable")


def tie_intervals(table: Table, design: Design, by: Resampling, side: Side = "net") -> TieIntervals:
    """Give an interval for each tie: percentiles of the draws, of all that have one in the data.

    Who has no agreement and no clash in the data has none in any draw. Two of whom one was not
    drawn have no tie in that draw.

    Args:
        table: the statements.
        design: who is tied by what.
        by: what is drawn, how often, and how much of the draws an interval holds.
        side: which tie.

    Raises:
        UsageError: there are fewer than two to draw from.
        TooLarge: the draws of all ties would not fit.
    """
    may = eligible(table, design)
    found = ties(table, design, everyone=True)
    one, other = np.nonzero(np.triu((found.agreement != 0) | (found.clash != 0), 1))
    if len(one) * by.times > MOST_VALUES:
        raise TooLarge(
            f"{len(one):,} ties and {by.times:,} draws are too many; take fewer draws (--draws), "
            "or fewer actors."
        )
    drawn = np.zeros((by.times, len(one)), dtype=np.float32)
    for number, rows in enumerate(samples(table, may, by)):
        again = ties(table, design, rows, everyone=True)
        drawn[number] = _side(again, side)[one, other]
    value = _side(found, side)[one, other]
    same = (np.sign(drawn) == np.sign(value)).mean(axis=0) if by.times else np.zeros(len(one))
    low, high = _percentiles(drawn, by.level)
    return TieIntervals(by, side, found.actors, one, other, value, low, high, same)


def _percentiles(
    drawn: NDArray[np.float32], level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give both ends of the interval of each column, some columns at a time, to spare memory."""
    edges = (50 - 50 * level, 50 + 50 * level)
    found = np.zeros((2, drawn.shape[1]))
    for start in range(0, drawn.shape[1], _AT_ONCE):
        part = drawn[:, start : start + _AT_ONCE]
        found[:, start : start + _AT_ONCE] = np.percentile(part.astype(np.float64), edges, axis=0)
    return found[0], found[1]


def _side(of: Ties, side: Side) -> NDArray[np.float64]:
    if side == "net":
        return of.net
    return of.agreement if side == "agreement" else of.clash
