"""Bursts: stretches of time in which a much larger share of what is said is about something.

Kleinberg's automaton with two states for batches of which some part is relevant ("Bursty and
hierarchical structure in streams", Data Mining and Knowledge Discovery 7, 2003, section 4). In the
base state a statement is relevant with the share p that it has in all; in the burst, with s p. To
rise from the first to the second costs gamma ln n, n the number of units; to fall costs nothing.
The sequence of states that costs least is found exactly (Viterbi). A unit without any statement
favours neither state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from melian.discourse.statements.table import Table
    from melian.discourse.trends.salience import Series
    from melian.discourse.trends.subject import Subject
    from melian.discourse.trends.timeline import Timeline

SCALE = 2.0
GAMMA = 1.0


@dataclass(frozen=True, slots=True)
class Burst:
    """A stretch of time in which a subject comes up much more than it does in all.

    Attributes:
        subject: what bursts.
        first, last: the first day of its first unit, and the last day of its last.
        units: the numbers of these two units.
        weight: by how much the burst explains the counts in it better than the base state, in
            natural logarithms of the likelihood (Kleinberg's weight).
        count, of: how many statements in it are about the subject, of how many that are made.
        share: what share they are in all of the time.
        statements: the ids of those about the subject.
    """

    subject: Subject
    first: date
    last: date
    units: tuple[int, int]
    weight: float
    count: int
    of: int
    share: float
    statements: tuple[str, ...]


def gains(
    counts: NDArray[np.int64], totals: NDArray[np.int64], scale: float = SCALE
) -> NDArray[np.float64]:
    """Give by how much the burst explains each unit better than the base state.

    Args:
        counts: relevant statements, of shape (series, units).
        totals: all statements, by unit.
        scale: how many times the share is that of the base state.

    Returns:
        Logarithms of the ratio of likelihoods. Where the share in all is so large that ``scale``
        times it would be one or more, minus infinity: such a series cannot burst.
    """
    base = counts.sum(axis=1, keepdims=True) / max(int(totals.sum()), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        less = np.log1p(-scale * base) - np.log1p(-base)
        found = counts * np.log(scale) + (totals - counts) * less
    return np.where(scale * base < 1, found, -np.inf)


def states(gain: NDArray[np.float64], cost: float) -> NDArray[np.bool_]:
    """Tell for each unit whether the least costly sequence of states is in the burst.

    Of sequences that cost the same, the one with fewer units in the burst is taken.

    Args:
        gain: as :func:`gains` gives it, of shape (series, units).
        cost: of rising.
    """
    series, units = gain.shape
    base, burst = np.zeros(series), np.full(series, np.inf)
    came_down = np.zeros((units, series), dtype=np.bool_)
    rose = np.zeros((units, series), dtype=np.bool_)
    for unit in range(units):
        came_down[unit] = burst < base
        rose[unit] = base + cost <= burst
        base, burst = (
            np.minimum(base, burst),
            np.minimum(base + cost, burst) - gain[:, unit],
        )
    inside = np.zeros((units, series), dtype=np.bool_)
    now = burst < base
    for unit in reversed(range(units)):
        inside[unit] = now
        now = np.where(now, ~rose[unit], came_down[unit])
    return inside.T


def bursts(
    table: Table,
    time: Timeline,
    series: Sequence[Series],
    scale: float = SCALE,
    gamma: float = GAMMA,
) -> tuple[Burst, ...]:
    """Give the bursts of some series, the weightiest first."""
    if not series or len(time) < 2:
        return ()
    gain = gains(np.array([each.counts for each in series]), time.totals, scale)
    inside = states(gain, gamma * float(np.log(len(time))))
    found = [
        _burst(table, time, each, gain[number], run)
        for number, each in enumerate(series)
        for run in runs(inside[number])
    ]
    return tuple(sorted(found, key=lambda burst: (-burst.weight, burst.first)))


def runs(inside: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Give the first and the last place of each run of what is true."""
    edges = np.diff(inside.astype(np.int8), prepend=0, append=0)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def _burst(
    table: Table, time: Timeline, series: Series, gain: NDArray[np.float64], run: tuple[int, int]
) -> Burst:
    first, last = run
    inside = slice(first, last + 1)
    return Burst(
        series.subject,
        time.firsts[first],
        time.last_of(last),
        run,
        float(gain[inside].sum()),
        int(series.counts[inside].sum()),
        int(time.totals[inside].sum()),
        series.total / int(time.totals.sum()),
        tuple(table.ids[row] for row in series.between(first, last).tolist()),
    )
