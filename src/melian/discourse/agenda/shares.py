"""What agendas are made of: shares of what was coded, with intervals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.resampling import Interval, Resampling, groups_of, interval
from melian.discourse.statistics.proportions import wilson
from melian.problems import TooLarge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.agenda.coding import Aspect, Coding

LEAST_CODED = 5
"""Shares of fewer statements are not given."""

MOST_CELLS = 2**28
"""Of draws and of what is counted in each: of more (half a gigabyte) shares are refused."""

FEWEST_UNITS = 10
"""Of fewer documents, statements are drawn instead: so few tell nothing about others."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of what was coded has a value.

    Attributes:
        value: which.
        count: of how many statements.
        share: of those that were coded.
        interval: Wilson's; where documents are drawn, the hull of it and of that of the draws.
    """

    value: str
    count: int
    share: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Shares:
    """What was coded of statements of one kind, and of how many it was not.

    Attributes:
        aspect: the variable.
        statements: all.
        coded: of how many it was coded.
        shares: by value; nothing where fewer than :data:`LEAST_CODED` are coded.
    """

    aspect: str
    statements: int
    coded: int
    shares: tuple[Share, ...]

    @property
    def enough(self) -> bool:
        """Whether enough are coded for shares to be given."""
        return self.coded >= LEAST_CODED

    @property
    def uncoded(self) -> float:
        """Share of the statements of which it was not coded."""
        return 1 - self.coded / self.statements if self.statements else 0.0


@dataclass(frozen=True, eq=False)
class Counted:
    """Counts of an aspect, and of the draws.

    Attributes:
        aspect: what the values are of.
        counts: of shape (actors + 1, periods + 1, values + 1).
        draws: likewise, with the draws first; None where statements are the unit.
        level: of intervals.
    """

    aspect: Aspect
    counts: NDArray[np.int64]
    draws: NDArray[np.int64] | None
    level: float
    _known: dict[tuple[int | None, int | None], tuple[NDArray[np.int64], ...]] = field(
        default_factory=dict, repr=False
    )

    def of(self, actor: int | None, period: int | None) -> tuple[NDArray[np.int64], ...]:
        """Give the counts of an actor in a period, or of all, and those of the draws, if any."""
        key = (actor, period)
        if key not in self._known:  # the draws are many, and each pair of actors asks for them
            some = [counts for counts in (self.counts, self.draws) if counts is not None]
            self._known[key] = tuple(_slice(counts, actor, period) for counts in some)
        return self._known[key]


def _slice(counts: NDArray[np.int64], actor: int | None, period: int | None) -> NDArray[np.int64]:
    some = counts.sum(axis=-2) if period is None else counts[..., period, :]
    found = some.sum(axis=-2) if actor is None else some[..., actor, :]
    return np.asarray(found.astype(np.int64))


def unit_of(given: Coding, by: Resampling) -> Resampling:
    """Draw statements where there are too few documents, coders or days to be drawn."""
    if by.unit == "statements":
        return by
    units = int(groups_of(given.table, given.rows, by.unit).max(initial=-1)) + 1
    return by if units >= FEWEST_UNITS else replace(by, unit="statements")


def counted(given: Coding, aspects: list[Aspect], by: Resampling | None) -> list[Counted]:
    """Count what was coded, and again in each draw; where statements are drawn, nothing is.

    Raises:
        TooLarge: the draws would not fit.
    """
    level = by.level if by is not None else Resampling().level
    cells = sum(given.counts(aspect).size for aspect in aspects)
    if by is not None and by.unit != "statements" and cells * by.times > MOST_CELLS:
        raise TooLarge(
            f"{by.times:,} draws of {cells:,} counts each are too many; take fewer draws (--draws) "
            "or longer periods (--by year)."
        )
    drawn: list[list[NDArray[np.int64]]] = [[] for _ in aspects]
    if by is not None and by.unit != "statements":
        for times in given.drawn(by):
            for aspect, draws in zip(aspects, drawn, strict=True):
                draws.append(given.counts(aspect, times).astype(np.uint16))
    return [
        Counted(aspect, given.counts(aspect), np.stack(draws) if draws else None, level)
        for aspect, draws in zip(aspects, drawn, strict=True)
    ]


def shares_of(given: Counted, actor: int | None = None, period: int | None = None) -> Shares:
    """Give the shares of an actor in a period, or of all."""
    counts, *draws = given.of(actor, period)
    coded = int(counts[:-1].sum())
    shares: tuple[Share, ...] = ()
    if coded >= LEAST_CODED:
        shares = tuple(
            Share(
                value,
                int(counts[place]),
                int(counts[place]) / coded,
                _interval(int(counts[place]), coded, place, draws, given.level),
            )
            for place, value in enumerate(given.aspect.values)
        )
    return Shares(given.aspect.name, int(counts.sum()), coded, shares)


def _interval(
    count: int, coded: int, place: int, draws: list[NDArray[np.int64]], level: float
) -> Interval:
    score = wilson(count, coded, level)
    if not draws:
        return score
    of_draws = interval(drawn_shares(draws[0], place), level)
    return Interval(min(score.low, of_draws.low), max(score.high, of_draws.high))


def drawn_shares(draws: NDArray[np.int64], place: int) -> NDArray[np.float64]:
    """Give the share of a value in each draw; NaN where nothing is coded."""
    coded = draws[:, :-1].sum(axis=1, dtype=np.float64)
    found = np.full(len(draws), np.nan)
    return np.asarray(np.divide(draws[:, place], coded, out=found, where=coded > 0))
