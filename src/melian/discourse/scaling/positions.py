"""Where actors stand on a dimension, which way round it is, and who is told apart on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.discourse.resampling import Interval


@dataclass(frozen=True, slots=True)
class Position:
    """Where an actor stands.

    Attributes:
        actor: whose it is.
        statements: how many it rests on.
        coordinates: one per dimension.
        intervals: of each; None where none can be had.
        spans: whether the actor helps span the dimension; else it was put there afterwards.
        contributions: of the actor to each dimension; nothing where it does not span it.
        quality: how much of the actor's profile each dimension shows, from 0 to 1.
    """

    actor: str
    statements: int
    coordinates: tuple[float, ...]
    intervals: tuple[Interval | None, ...]
    spans: bool = True
    contributions: tuple[float, ...] = ()
    quality: tuple[float, ...] = ()

    @property
    def value(self) -> float:
        """Where it stands on the first dimension."""
        return self.coordinates[0]


@dataclass(frozen=True, slots=True)
class Poles:
    """Which way round a dimension is.

    Attributes:
        left, right: the actors who fix it: the first is on the side of the smaller values.
        named: whether they were asked for; else they are those that differ most.
    """

    left: str
    right: str
    named: bool


def poles(
    actors: Sequence[str], values: NDArray[np.float64], left: str = "", right: str = ""
) -> tuple[Poles, float]:
    """Fix which way round a dimension is, and give the sign that its values take.

    Args:
        actors: who spans it.
        values: where they stand, either way round.
        left: who is to be on the side of the smaller values.
        right: who is to be on the other; either or both may be left out.

    Raises:
        UsageError: one of them is not among the actors, or they stand at the same place.
    """
    named = [_place(actors, name) for name in (left, right) if name]
    if len(named) == 2:
        one, other = named
        if one == other:
            raise UsageError("Two different actors say which way round it is: --left, --right.")
    elif named:
        one, other = named[0], int(np.argmax(np.abs(values - values[named[0]])))
        if right:
            one, other = other, one
    else:
        one, other = sorted((int(values.argmin()), int(values.argmax())))
    sign = -1.0 if values[one] > values[other] else 1.0
    return Poles(actors[one], actors[other], bool(named)), sign


def _place(actors: Sequence[str], name: str) -> int:
    if name in actors:
        return list(actors).index(name)
    hint = did_you_mean(name, actors, f"There are: {', '.join(actors[:12])}.")
    raise UsageError(f'Nobody called "{name[:40]}" has statements enough to span it. {hint}')


def told_apart(draws: NDArray[np.float64], level: float) -> float:
    """Give the share of all pairs of actors who stand in the same order in most draws.

    Args:
        draws: positions, of shape (draws, actors); NaN where an actor is not drawn.
        level: in how many, as 0.95, two-sided.
    """
    count, apart = draws.shape[1], 0
    for one in range(count - 1):
        gaps = draws[:, one + 1 :] - draws[:, one, None]
        both = np.maximum((~np.isnan(gaps)).sum(axis=0), 1)
        edge = (1 + level) / 2
        apart += int(((gaps > 0).sum(axis=0) / both >= edge).sum())
        apart += int(((gaps < 0).sum(axis=0) / both >= edge).sum())
    return float(apart / (count * (count - 1) / 2))


def agreement(one: Sequence[Position], other: Sequence[Position]) -> tuple[float, int]:
    """Give the rank correlation (Spearman's rho) of two scales, and over how many actors it is.

    Its sign says nothing where both scales may be either way round.
    """
    from scipy.stats import rankdata

    first = {each.actor: each.value for each in one if each.spans}
    second = {each.actor: each.value for each in other if each.spans}
    both = [actor for actor in first if actor in second]
    if len(both) < 3:
        return float("nan"), len(both)
    ranks = [rankdata([values[actor] for actor in both]) for values in (first, second)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1]), len(both)
