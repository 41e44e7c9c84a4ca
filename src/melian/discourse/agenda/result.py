"""The agendas of a debate: of all, of each actor, over time, and what may be said of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.agenda.assemblage import drawn
from melian.discourse.agenda.broader import (
    DEALS,
    LEAST,
    LEAST_COVERAGE,
    broader_actors,
    broader_periods,
)
from melian.discourse.agenda.claims import ALPHA, between_actors, between_periods
from melian.discourse.agenda.clumps import clumps
from melian.discourse.agenda.coding import Aspect, coding
from melian.discourse.agenda.diversity import breadth
from melian.discourse.agenda.overlap import PERMUTATIONS, overlaps
from melian.discourse.agenda.shares import counted, shares_of, unit_of
from melian.discourse.resampling import Resampling

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from melian.discourse.agenda.assemblage import BreadthIntervals, Drawn
    from melian.discourse.agenda.broader import BreadthClaim
    from melian.discourse.agenda.claims import Claim
    from melian.discourse.agenda.coding import Coding
    from melian.discourse.agenda.diversity import Breadth
    from melian.discourse.agenda.overlap import Overlap
    from melian.discourse.agenda.shares import Counted, Shares
    from melian.discourse.networks.building import Design
    from melian.discourse.networks.windows import Unit
    from melian.discourse.statements.table import Table

MOST_ACTORS = 12
MOST_ISSUES = 40

_SAMPLING = Resampling()


@dataclass(frozen=True, slots=True)
class Agenda:
    """What an actor speaks of, or all do, at all times or in a period.

    Attributes:
        actor: whose it is; "" for all together.
        period: first and last day; None for all times.
        statements: how many there are.
        unnamed: of how many the issue is not coded.
        breadth: of how many issues it is; None where there are none.
        intervals: of the effective numbers; None where there is not enough to say how broad it is,
            or nothing was drawn.
        issues: shares of those spoken of most; those with less are together under "".
        aspects: shares of what else was coded.
    """

    actor: str
    period: tuple[date, date] | None
    statements: int
    unnamed: int
    breadth: Breadth | None
    intervals: BreadthIntervals | None
    issues: Shares
    aspects: tuple[Shares, ...]

    @property
    def broad_enough(self) -> bool:
        """Whether there is enough to say how broad it is."""
        found = self.breadth
        return found is not None and found.statements >= LEAST and found.coverage >= LEAST_COVERAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Agendas:
    """The agendas of a debate.

    Attributes:
        design: which statements count; its columns are the issues.
        unit: of the periods; None where time is not looked at.
        all: the agenda of all together.
        actors: those of single actors, with most statements first.
        others: how many more actors there are, who are in that of all.
        periods: that of all in each period.
        over_time: those of each actor in each period.
        undated: how many statements are in no period: without a date, or with one that is longer.
        overlaps: of each two actors.
        differences: claims that one actor speaks of something more than another, or, of an issue,
            than all others.
        changes: claims that a period has more of something than the one before.
        broader_actors: claims that the agenda of one actor is broader than that of another.
        broader_periods: claims that an agenda is broader in a period than in the one before, or
            narrower.
        resampling: what intervals rest on; statements stand for Wilson's and Newcombe's intervals,
            for which nothing is drawn.
        wanted: what was to be drawn.
        drawn: how often, for intervals of breadth.
        alpha: up to which corrected p a claim holds.
        permutations: of each overlap, with the seed of the resampling.
        deals: of each comparison of breadth, likewise.
    """

    design: Design
    unit: Unit | None
    all: Agenda
    actors: tuple[Agenda, ...]
    others: int
    periods: tuple[Agenda, ...]
    over_time: tuple[tuple[Agenda, ...], ...]
    undated: int
    overlaps: tuple[Overlap, ...]
    differences: tuple[Claim, ...]
    changes: tuple[Claim, ...]
    broader_actors: tuple[BreadthClaim, ...]
    broader_periods: tuple[BreadthClaim, ...]
    resampling: Resampling
    wanted: str
    drawn: int
    alpha: float
    permutations: int = PERMUTATIONS
    deals: int = DEALS
    exact: bool = False


def agendas(
    table: Table,
    design: Design,
    *,
    unit: Unit | None = None,
    by: Resampling = _SAMPLING,
    most: int = MOST_ACTORS,
    alpha: float = ALPHA,
) -> Agendas:
    """Say what each actor speaks of, how broadly, and in which it differs from others.

    Args:
        table: the statements.
        design: which of them count; its columns are the issues.
        unit: of periods; None for all times together.
        by: how intervals are drawn. Where there are too few documents to be drawn, statements are
            taken for independent, and intervals are Wilson's.
        most: how many actors are looked at one by one, those with most statements first.
        alpha: up to which corrected p a claim holds.

    Raises:
        UsageError: a variable is not there, or no statement counts.
    """
    given = coding(table, design, unit, most)
    sampling = unit_of(given, by) if by.times else replace(by, unit="statements")
    *aspects, issues = counted(given, [*given.aspects, _main_issues(given)], sampling)
    whole = given.counts(given.issue)
    together = clumps(given, by.unit)
    sure = drawn(given, by, sampling)
    agenda = _Agendas(given, tuple(aspects), issues, whole, sure)
    actors, periods = range(len(given.actors)), range(len(given.periods))
    return Agendas(
        design=design,
        unit=unit,
        all=agenda.of(None, None),
        actors=tuple(agenda.of(actor, None) for actor in actors),
        others=given.others,
        periods=tuple(agenda.of(None, period) for period in periods),
        over_time=tuple(tuple(agenda.of(actor, period) for period in periods) for actor in actors),
        undated=int(whole[:, -1].sum()) if given.periods else 0,
        overlaps=overlaps(given, by.seed, alpha, together),
        differences=between_actors(given, aspects, issues, alpha, together),
        changes=between_periods(given, aspects, issues, alpha, together),
        broader_actors=broader_actors(given, sure, alpha),
        broader_periods=broader_periods(given, sure, alpha),
        resampling=sampling,
        wanted=by.unit,
        drawn=by.times,
        alpha=alpha,
    )


def _main_issues(given: Coding) -> Aspect:
    """Put the issues spoken of least together, as the last of the values."""
    issue = given.issue
    counts = np.bincount(issue.codes, minlength=issue.places)[:-1]
    order = np.argsort(-counts, kind="stable")[:MOST_ISSUES]
    rest = len(order) < len(counts)
    place = np.full(issue.places, len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    place[-1] = len(order) + rest
    values = tuple(issue.values[n] for n in order.tolist()) + (("",) if rest else ())
    return Aspect(issue.name, values, place[issue.codes])


@dataclass(frozen=True, eq=False)
class _Agendas:
    """All that single agendas are made from."""

    given: Coding
    aspects: tuple[Counted, ...]
    issues: Counted
    whole: NDArray[np.int64]
    drawn: Drawn

    def of(self, actor: int | None, period: int | None) -> Agenda:
        """Give the agenda of an actor in a period, or of all."""
        counts = self.whole.sum(axis=1) if period is None else self.whole[:, period]
        own = counts.sum(axis=0) if actor is None else counts[actor]
        window = None if period is None else self.given.periods[period]
        found = Agenda(
            "" if actor is None else self.given.actors[actor],
            None if window is None else (window.first, window.last),
            int(own.sum()),
            int(own[-1]),
            breadth(own[:-1]),
            None,
            shares_of(self.issues, actor, period),
            tuple(shares_of(each, actor, period) for each in self.aspects),
        )
        return (
            replace(found, intervals=self._intervals(actor, period))
            if found.broad_enough
            else found
        )

    def _intervals(self, actor: int | None, period: int | None) -> BreadthIntervals | None:
        everyone, always = len(self.given.actors), len(self.given.periods)
        place = everyone if actor is None else actor, always if period is None else period
        return self.drawn.intervals(place)
