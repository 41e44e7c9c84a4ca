"""How sure an effective number of issues is: statements drawn from what an agenda may be.

Statements drawn again from those that are there hold fewer issues than they, as some that came up
once are not drawn, and none comes up that had not. So statements are drawn from an estimate of the
whole agenda, with issues that have not come up yet (Chao et al., Ecological Monographs 84, 2014,
appendix G; Chao & Jost, Methods in Ecology and Evolution 6, 2015, appendix).

Statements of one document are not independent. Where there are documents enough, they are drawn,
too (the cluster bootstrap), and errors are multiplied by how much further numbers scatter, as
counted, if documents are drawn than if statements are: the root of the design effect (Kish, "Survey
Sampling", 1965, section 8.2), if it is above 1. Both lack the issues that have not come up, alike.

An interval is one of the logarithm: the estimate, divided and multiplied by exp(z s), where s is
the standard error of the logarithm. In simulations it held the true number more often than an
interval of the number itself, or of percentiles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.agenda.diversity import MEASURES, coverage, measures
from melian.discourse.agenda.shares import FEWEST_UNITS
from melian.discourse.resampling import Interval, groups_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.agenda.coding import Coding
    from melian.discourse.resampling import Resampling

_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class BreadthIntervals:
    """How sure the effective numbers of issues are.

    Attributes:
        effective, dominant: of what would be counted in as many statements, by order 1 and 2.
        effective_estimate, dominant_estimate: of the whole agenda, likewise; None where there is no
            estimate.
        errors: standard errors of their logarithms, in this order: effective, effective_estimate,
            dominant, dominant_estimate.
        units: how many documents (or coders, or days) the statements are of.
        together: whether these were drawn, too; else statements are taken for independent.
    """

    effective: Interval
    effective_estimate: Interval
    dominant: Interval
    dominant_estimate: Interval | None
    errors: tuple[float, ...]
    units: int
    together: bool

    def of(self, measure: str) -> Interval | None:
        """Give the interval of one of the measures."""
        spans = (self.effective, self.effective_estimate, self.dominant, self.dominant_estimate)
        return dict(zip(MEASURES, spans, strict=True))[measure]


def assemblage(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Estimate the shares of all issues of an agenda, those that have not come up yet last.

    As many as Chao1 estimates, rounded up, have not; they share equally what the coverage says is
    theirs. It is taken from the others, more from those that come up rarely: each share p becomes
    p (1 - w (1 - p)**n), where w makes the sum right.

    Args:
        counts: how often each issue comes up.
    """
    given = counts[counts > 0]
    total, once, twice = int(given.sum()), int((given == 1).sum()), int((given == 2).sum())
    pairs = once * once / (2 * twice) if twice else once * (once - 1) / 2
    unseen = int(np.ceil((total - 1) / total * pairs))
    shares, missing = given / total, 1 - coverage(given)
    if not unseen or missing <= 0:
        return np.asarray(shares)
    rare = np.power(1 - shares, total)
    weight = missing / float((shares * rare).sum())
    return np.concatenate([shares * (1 - weight * rare), np.full(unseen, missing / unseen)])


def drawn_from(
    shares: NDArray[np.float64], total: int, times: int, seed: int
) -> NDArray[np.float64]:
    """Draw statements of which issues have such shares, and measure how broad they are.

    Args:
        shares: of the issues.
        total: how many statements are drawn.
        times: how often.
        seed: the same gives the same.

    Returns:
        Effective numbers, of shape (times, measures).
    """
    rng = np.random.default_rng(seed)
    step = max(_CELLS // len(shares), 1)
    parts = [
        measures(rng.multinomial(total, shares / shares.sum(), size=min(step, times - done)))
        for done in range(0, times, step)
    ]
    return np.concatenate(parts)


def scatter(
    documents: NDArray[np.float64], statements: NDArray[np.float64], total: int
) -> NDArray[np.float64]:
    """Give how many times as far measures scatter if documents are drawn; 1 at least.

    It is that of the number as counted, for the estimate of the same order, too.

    Args:
        documents: measures in draws of documents, of shape (draws, measures).
        statements: measures in draws of statements from those that are there, likewise.
        total: how many statements there are.
    """
    clustered, simple = (standard_errors(each, total) for each in (documents, statements))
    ratio = np.divide(clustered, simple, out=np.ones_like(simple), where=simple > 0)
    return np.maximum(ratio, 1.0)[[0, 0, 2, 2]]


def standard_errors(draws: NDArray[np.float64], total: int) -> NDArray[np.float64]:
    """Give the standard error of the logarithm of each measure.

    Args:
        draws: of shape (draws, measures); those of no statement do not count.
        total: how many statements there are; it stands for an estimate where no issue comes up
            twice, as it could be at least as large.
    """
    some = draws[~np.isnan(draws[:, 0])]
    logs = np.log(np.where(np.isnan(some), total, some))
    return np.asarray(logs.std(axis=0, ddof=1)) if len(some) > 1 else np.zeros(draws.shape[1])


@dataclass(frozen=True, eq=False)
class Drawn:
    """What intervals of all agendas rest on.

    Attributes:
        by: what is drawn.
        counts: of issues, of shape (actors + 1, periods + 1, issues), where the last of both are
            all actors and all times.
        units: how many documents (or coders, or days) each is of.
        documents: effective numbers in each draw of them, of shape (draws, actors + 1, periods + 1,
            measures); None where statements are drawn.
    """

    by: Resampling
    counts: NDArray[np.int64]
    units: NDArray[np.int64]
    documents: NDArray[np.float64] | None
    _known: dict[tuple[int, int], NDArray[np.float64]] = field(default_factory=dict, repr=False)

    def errors(self, place: tuple[int, int]) -> NDArray[np.float64]:
        """Give standard errors of the logarithms of the effective numbers of an agenda."""
        if place not in self._known:  # each comparison of two asks for them again
            self._known[place] = self._errors(place)
        return self._known[place]

    def _errors(self, place: tuple[int, int]) -> NDArray[np.float64]:
        own = self.counts[place]
        total, times = int(own.sum()), self.by.times
        seeds = np.random.SeedSequence([self.by.seed, *place]).generate_state(2).tolist()
        found = standard_errors(drawn_from(assemblage(own), total, times, seeds[0]), total)
        documents = self.draws(place)
        if documents is None:
            return found
        again = drawn_from(own[own > 0] / total, total, times, seeds[1])
        return found * scatter(documents, again, total)

    def draws(self, place: tuple[int, int]) -> NDArray[np.float64] | None:
        """Give effective numbers in draws of documents, if an agenda is of enough of them."""
        if self.documents is None or self.units[place] < FEWEST_UNITS:
            return None
        return np.asarray(self.documents[:, place[0], place[1]])

    def intervals(self, place: tuple[int, int]) -> BreadthIntervals | None:
        """Give the intervals of an agenda; None where nothing is drawn, or nothing scatters."""
        if self.by.times < 2:
            return None
        errors = self.errors(place)
        if not errors[0]:  # of one issue: that others may come up, no draw can tell
            return None
        spans = [
            None if np.isnan(value) else _number(float(value), float(error), self.by.level)
            for value, error in zip(measures(self.counts[place]), errors, strict=True)
        ]
        effective, estimate, dominant, last = spans
        if effective is None or estimate is None or dominant is None:
            return None
        together = self.draws(place) is not None
        return BreadthIntervals(
            effective,
            estimate,
            dominant,
            last,
            tuple(errors.tolist()),
            int(self.units[place]),
            together,
        )


def around(value: float, error: float, level: float) -> Interval:
    """Give the interval of a figure, above zero, from the standard error of its logarithm."""
    from scipy.special import ndtri

    wide = float(np.exp(ndtri((1 + level) / 2) * error))
    return Interval(value / wide, value * wide)


def _number(value: float, error: float, level: float) -> Interval:
    found = around(value, error, level)
    return Interval(max(found.low, 1.0), found.high)  # no agenda is of less than one issue


def drawn(given: Coding, by: Resampling, unit: Resampling) -> Drawn:
    """Draw documents, or what else is the unit, and measure all agendas in each draw.

    Args:
        given: the statements.
        by: what was asked to be drawn; of it, agendas are said to be of so many.
        unit: what is drawn: statements where there are too few of those.
    """
    again = None
    if unit.unit != "statements" and unit.times:
        again = np.stack(
            [_measured(_with_all(given, given.counts(given.issue, n))) for n in given.drawn(unit)]
        )
    return Drawn(by, _with_all(given, given.counts(given.issue)), _units(given, by), again)


def _with_all(given: Coding, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Put all actors in the place of those not looked at one by one, and all times likewise."""
    actors, periods = len(given.actors), len(given.periods)
    some = np.concatenate([counts[:actors], counts.sum(axis=0, keepdims=True)])
    every = np.concatenate([some[:, :periods], some.sum(axis=1, keepdims=True)], axis=1)
    return np.asarray(every[..., :-1])


def _measured(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Measure all agendas; NaN for those of no statement."""
    found = np.full((*counts.shape[:-1], len(MEASURES)), np.nan)
    some = counts.any(axis=-1)
    found[some] = measures(counts[some])
    return found


def _units(given: Coding, by: Resampling) -> NDArray[np.int64]:
    """Count of how many documents each agenda is."""
    groups = groups_of(given.table, given.rows, by.unit)
    named = given.issue.codes < given.issue.places - 1
    shape = len(given.actors) + 1, len(given.periods) + 1
    found = np.zeros(shape, dtype=np.int64)
    for actor in range(shape[0]):
        own = named if actor == shape[0] - 1 else named & (given.actor == actor)
        for period in range(shape[1]):
            then = own if period == shape[1] - 1 else own & (given.period == period)
            found[actor, period] = len(np.unique(groups[then]))
    return found
