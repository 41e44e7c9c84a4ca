"""What is said when, as a picture: counts in each unit of time, bursts, changes and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.figures.timeline import (
    MOST,
    Change,
    Counts,
    Milestone,
    Span,
    Timeline,
    timeline,
)
from melian.discourse.statements.calendar import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.brief.document import Figure
    from melian.discourse.trends.report import Trends
    from melian.discourse.trends.salience import Series


def trend_figure(found: Trends) -> Figure:
    """Draw how much is said of each subject over time; of changes, those that hold."""
    time = found.time
    units = tuple(Span(first, time.last_of(n)) for n, first in enumerate(time.firsts))
    events = found.question.events
    return timeline(
        Timeline(
            title="What is spoken of when",
            units=units,
            rows=tuple(_row(found, each) for each in _ordered(found.series)),
            milestones=tuple(Milestone(day(each.first), each.name) for each in events),
            unit=time.unit.removesuffix("s"),
            left_out=time.left_out.told,
        )
    )


def _ordered(series: Sequence[Series]) -> list[Series]:
    """Put first what is drawn: concepts and actors that come up most, some of each."""
    actors = [each for each in series if each.subject.actor and not each.subject.concepts]
    others = [each for each in series if each not in actors]
    room = MOST - min(len(actors), MOST // 2)
    few = [*others[:room], *actors[: MOST - len(others[:room])]]
    return [*few, *(each for each in series if each not in few)]


def _name(series: Series) -> str:
    """Name a concept as such; whatever is told apart further, as it is told elsewhere."""
    subject = series.subject
    plain = len(subject.concepts) == 1 and not subject.actor and not subject.variable
    return subject.concepts[0] if plain and subject.sense is None else subject.label


def _row(found: Trends, series: Series) -> Counts:
    ours = [each for each in found.changes if each.subject == series.subject and each.holds]
    return Counts(
        _name(series),
        tuple(map(float, series.counts.tolist())),
        tuple(Span(b.first, b.last) for b in found.bursts if b.subject == series.subject),
        tuple(Change(each.date, each.earliest, each.latest) for each in ours),
    )
