"""Changes: from when on something is said more, or less, or makes up another share.

The cuts of the best partition (:mod:`~melian.discourse.trends.stretches`) are tested one by one,
each between its neighbours. The statistic is the ratio of likelihoods at the best place for a cut;
the units in both stretches are put into a random order, time and again, to see how large it becomes
where nothing changes (a permutation test: Good, "Permutation, Parametric, and Bootstrap Tests of
Hypotheses", 2005). Units keep what was said in them, so that days on which all is said at once do
not make a change. As the neighbours were chosen by what they set apart, the whole series has to
pass the same test, too: whether any stretch of it differs from the rest by more than chance makes.
The interval of the date comes from units drawn again within each stretch
(Hušková and Kirch, "Bootstrapping confidence intervals for the change-point of time series",
Journal of Time Series Analysis 29, 2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from melian.discourse.statistics.correction import holm
from melian.discourse.trends.stretches import Observed, dispersion, fit, partition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date as Day  # noqa: N812 - a field is called date

    from numpy.typing import NDArray

    from melian.discourse.statements.table import Table
    from melian.discourse.trends.salience import Series
    from melian.discourse.trends.stretches import Likelihood, Penalty
    from melian.discourse.trends.subject import Subject
    from melian.discourse.trends.timeline import Timeline

    Statistic = Callable[[NDArray[np.int64], NDArray[np.int64], Observed], NDArray[np.float64]]

Measure = Literal["count", "share"]

DRAWS = 4_999
SEED = 1
ALPHA = 0.05
ENOUGH = 50
"""So many random orders with a cut as clear are enough to know that it may be chance."""

MINIMUM = 10
"""A series with fewer statements is not looked at."""

_DRAWS_OF_REACH = 999
_CELLS = 2_000_000  # of random numbers at a time
_AT_A_TIME = 500
_ENDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How changes are found and tested.

    Attributes:
        penalty: what a cut costs: bic or mbic.
        draws: random orders, and draws for the interval.
        seed: the same gives the same.
        alpha: a change holds where its p-value, corrected, is not above it.
    """

    penalty: Penalty = "bic"
    draws: int = DRAWS
    seed: int = SEED
    alpha: float = ALPHA


@dataclass(frozen=True, slots=True)
class Change:
    """A time from which on a series is another.

    Attributes:
        subject: what changes.
        measure: whether how often it comes up changes, or what share it is.
        among: of what it is a share, or all statements.
        place: the number of the first unit after the change.
        date: the first day of that unit.
        earliest, latest: the first days of the units between which it lies, with 95% confidence.
        before, after: the rate per day, or the share, in the stretch before and in that after.
        p: of the permutation test; how likely as clear a cut is where nothing changes.
        corrected: the same for all changes that were looked for (Holm 1979).
        holds: whether that is not above the level of the test.
        statements_before, statements_after: ids of those in the last unit before, and in the first
            one after.
    """

    subject: Subject
    measure: Measure
    among: Subject
    place: int
    date: Day
    earliest: Day
    latest: Day
    before: float
    after: float
    p: float
    corrected: float
    holds: bool
    statements_before: tuple[str, ...]
    statements_after: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """A cut of one series, and what was found out about it."""

    series: Series
    measure: Measure
    units: NDArray[np.intp]
    observed: Observed
    edges: tuple[int, int, int]
    p: float
    reach: tuple[int, int]


def changes(
    table: Table,
    time: Timeline,
    wanted: Sequence[tuple[Series, Measure]],
    detection: Detection | None = None,
) -> tuple[Change, ...]:
    """Give the changes of some series, the surest first.

    Args:
        table: the statements.
        time: the units of the series.
        wanted: each series, and whether its counts or its shares are looked at; those with fewer
            than :data:`MINIMUM` statements are passed over.
        detection: how.
    """
    how = detection or Detection()
    rng = np.random.default_rng(how.seed)
    looked = [each for each in wanted if enough(*each)]
    found: list[_Cut] = []
    unchanged = 0
    for series, measure in looked:
        cuts = list(_cuts(series, measure, time, how, rng))
        found += cuts
        unchanged += not cuts
    corrected = holm([cut.p for cut in found], len(found) + unchanged)
    made = [_change(table, time, cut, p, how) for cut, p in zip(found, corrected, strict=True)]
    return tuple(sorted(made, key=lambda change: (change.corrected, change.p, change.date)))


def enough(series: Series, measure: Measure) -> bool:
    """Tell whether a series has statements enough to look for changes in it."""
    if measure == "count":
        return series.total >= MINIMUM
    return min(series.total, int(series.of.sum()) - series.total) >= MINIMUM


def _cuts(
    series: Series, measure: Measure, time: Timeline, how: Detection, rng: np.random.Generator
) -> Iterator[_Cut]:
    """Cut a series, and test each cut; a unit without anything to be a share of says nothing."""
    of = time.days if measure == "count" else series.of
    kept = np.flatnonzero(of)
    likelihood: Likelihood = "poisson" if measure == "count" else "binomial"
    observed = Observed(series.counts[kept], of[kept], likelihood)
    cuts = (0, *partition(observed, how.penalty, dispersion(observed)), len(observed))
    parts = list(zip(cuts, cuts[1:], cuts[2:], strict=False))
    alone = [Observed(observed.counts[a:b], observed.of[a:b], likelihood) for a, _, b in parts]
    local = [p_value(part, how.draws, rng) for part in alone]
    whole = any_p(observed, how.draws, rng) if min(local, default=1) <= how.alpha else 0.0
    for (start, cut, end), part, p in zip(parts, alone, local, strict=True):
        low, high = (start + place for place in reach(part, cut - start, how.draws, rng))
        edges = (start, cut, end)
        yield _Cut(series, measure, kept, observed, edges, max(p, whole), (low, high))


def ratios(
    counts: NDArray[np.int64], of: NDArray[np.int64], observed: Observed
) -> NDArray[np.float64]:
    """Give twice the log-likelihood that a cut gains, for each place and each row of units.

    Args:
        counts: those of the series, in another order or drawn again; of shape (draws, units).
        of: likewise.
        observed: the series; how its counts are distributed.

    Returns:
        Of shape (draws, units - 1): the cut before the second unit first.
    """
    left, left_of = (np.cumsum(each, axis=-1) for each in (counts, of))
    total, total_of = left[..., -1:], left_of[..., -1:]
    one, other = left[..., :-1], left_of[..., :-1]
    pair = fit(one, other, observed.likelihood)
    pair = pair + fit(total - one, total_of - other, observed.likelihood)
    return np.asarray(2 * (pair - fit(total, total_of, observed.likelihood)))


def p_value(observed: Observed, draws: int, rng: np.random.Generator) -> float:
    """Give how likely a cut as clear is, if the order of the units means nothing.

    Once :data:`ENOUGH` orders have one as clear, no more are drawn (Besag and Clifford, "Sequential
    Monte Carlo p-values", Biometrika 78, 1991).
    """
    return _shuffled(observed, draws, rng, ratios)


def any_p(observed: Observed, draws: int, rng: np.random.Generator) -> float:
    """Give how likely it is that some stretch is as much apart, if the order means nothing.

    The statistic is twice what a rate of its own gains for the stretch, at the best stretch; where
    there are many units, stretches begin and end at one of :data:`_ENDS` places.
    """
    return _shuffled(observed, draws, rng, stretches)


def stretches(
    counts: NDArray[np.int64], of: NDArray[np.int64], observed: Observed
) -> NDArray[np.float64]:
    """Give twice what a rate of its own gains, for each stretch and each row of units.

    Args:
        counts: those of the series, in another order; of shape (draws, units).
        of: likewise.
        observed: the series; how its counts are distributed.
    """
    ends = np.unique(np.linspace(0, len(observed), min(len(observed), _ENDS) + 1).astype(np.intp))
    first, last = np.triu_indices(len(ends), 1)
    inside, inside_of = (
        sums[:, ends[last]] - sums[:, ends[first]]
        for sums in (np.pad(np.cumsum(each, axis=1), ((0, 0), (1, 0))) for each in (counts, of))
    )
    total, total_of = (each.sum(axis=1, keepdims=True) for each in (counts, of))
    pair = fit(inside, inside_of, observed.likelihood)
    pair = pair + fit(total - inside, total_of - inside_of, observed.likelihood)
    return np.asarray(2 * (pair - fit(total, total_of, observed.likelihood)))


def _shuffled(
    observed: Observed, draws: int, rng: np.random.Generator, statistic: Statistic
) -> float:
    """Give the p-value of the largest value of a statistic, by random orders of the units."""
    seen = statistic(observed.counts[None], observed.of[None], observed).max()
    clearer = drawn = 0
    while drawn < draws and clearer < ENOUGH:
        size = min(_AT_A_TIME, max(1, _CELLS // len(observed)), draws - drawn)
        order = rng.random((size, len(observed))).argsort(axis=1)
        found = statistic(observed.counts[order], observed.of[order], observed).max(axis=1)
        clearer += int((found >= seen - 1e-9).sum())
        drawn += size
    return (1 + clearer) / (1 + drawn)


def reach(observed: Observed, cut: int, draws: int, rng: np.random.Generator) -> tuple[int, int]:
    """Give the first and the last place of the cut, with 95% confidence."""
    units, times = len(observed), min(draws, _DRAWS_OF_REACH)
    if not times:
        return cut, cut

    def again(size: int) -> NDArray[np.intp]:
        left = rng.integers(cut, size=(size, cut))
        right = cut + rng.integers(units - cut, size=(size, units - cut))
        return np.concatenate([left, right], axis=1)

    sizes = [min(_AT_A_TIME, times - done) for done in range(0, times, _AT_A_TIME)]
    drawn = [again(size) for size in sizes]
    gains = (ratios(observed.counts[places], observed.of[places], observed) for places in drawn)
    found = np.concatenate([each.argmax(axis=1) + 1 for each in gains])
    low, high = np.percentile(found - cut, [2.5, 97.5], method="closest_observation")
    first, last = sorted((cut - int(high), cut - int(low)))
    return max(min(first, cut), 1), min(max(last, cut), units - 1)


def _change(table: Table, time: Timeline, cut: _Cut, corrected: float, how: Detection) -> Change:
    start, middle, end = cut.edges
    first, last = (int(cut.units[place]) for place in (middle - 1, middle))
    return Change(
        cut.series.subject,
        cut.measure,
        cut.series.among,
        last,
        time.firsts[last],
        time.firsts[int(cut.units[cut.reach[0]])],
        time.firsts[int(cut.units[cut.reach[1]])],
        _rate(cut.observed, start, middle),
        _rate(cut.observed, middle, end),
        cut.p,
        corrected,
        corrected <= how.alpha,
        tuple(table.ids[row] for row in cut.series.between(first, first).tolist()),
        tuple(table.ids[row] for row in cut.series.between(last, last).tolist()),
    )


def _rate(observed: Observed, start: int, end: int) -> float:
    inside = slice(start, end)
    return float(observed.counts[inside].sum() / observed.of[inside].sum())
