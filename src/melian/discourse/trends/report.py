"""All that is asked about time, in one call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.networks.building import counted
from melian.discourse.statements.selection import DAY, within
from melian.discourse.statements.table import UNDATED
from melian.discourse.trends import salience
from melian.discourse.trends.bursts import GAMMA, SCALE, bursts
from melian.discourse.trends.changes import Detection, changes, enough
from melian.discourse.trends.claims import claims
from melian.discourse.trends.milestones import sides
from melian.discourse.trends.salience import TOP, series_of
from melian.discourse.trends.subject import Subject
from melian.discourse.trends.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.statements.calendar import CalendarUnit
    from melian.discourse.statements.table import Table
    from melian.discourse.trends.bursts import Burst
    from melian.discourse.trends.changes import Change, Measure
    from melian.discourse.trends.claims import Claims
    from melian.discourse.trends.milestones import Event, Sides
    from melian.discourse.trends.salience import Series
    from melian.discourse.trends.timeline import Timeline

FOCUS = 5
"""Changes of what share a concept has are looked for in what so many actors say on so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked about time.

    Attributes:
        unit: days, weeks, months or years; chosen from the span, when left out.
        span: the first and the last second that are looked at; those of the statements, when None.
        subject: whose statements on what; each concept and each actor, when left out.
        top: so many concepts and actors, those that come up most; None for all.
        events: around which it is asked what rises or falls.
        days: so many on both sides of an event; as many as there are, when left out.
        scale, gamma: how many times its share something has in a burst, and what it costs to
            enter one.
        detection: how changes are found and tested.
    """

    unit: CalendarUnit | None = None
    span: tuple[int | None, int | None] = (None, None)
    subject: Subject | None = None
    top: int | None = TOP
    events: tuple[Event, ...] = ()
    days: int | None = None
    scale: float = SCALE
    gamma: float = GAMMA
    detection: Detection = field(default_factory=Detection)


@dataclass(frozen=True, eq=False)
class Trends:
    """How a debate goes over time.

    Attributes:
        question: what was asked.
        time: the units of time, and the statements in them.
        series: how much is said of the subject, or of each concept, and then by each actor.
        bursts: the weightiest first.
        changes: the surest first.
        looked: how many series were looked at for changes.
        sides: the statements before and after each event.
        claims: what rises or falls after an event, and what is not said to.
    """

    question: Question
    time: Timeline
    series: tuple[Series, ...]
    bursts: tuple[Burst, ...]
    changes: tuple[Change, ...]
    looked: int
    sides: tuple[Sides, ...]
    claims: Claims


def trends(table: Table, design: Design, question: Question) -> Trends:
    """Give how a debate goes over time.

    Args:
        table: the statements.
        design: which of them count, and what its actors, concepts and senses are called.
        question: what is asked.

    Raises:
        UsageError: a variable is not there, or there are too many units of time.
        TooLarge: there are too many series.
    """
    loaded = np.flatnonzero(within(table, design.start, design.until))
    kept = counted(table, loaded, design)
    time = timeline(table, kept, question.unit, question.span)
    series = _series(table, design, time, question)
    looked = [each for each in _looked(table, design, time, series) if enough(*each)]
    edges = _edges(table, kept, question.span)
    around = tuple(sides(table, kept, event, edges, question.days) for event in question.events)
    subjects = () if question.subject is None else (question.subject,)
    return Trends(
        question,
        time,
        series,
        bursts(table, time, series, question.scale, question.gamma),
        changes(table, time, looked, question.detection),
        len(looked),
        around,
        claims(table, design, around, subjects, question.detection.alpha),
    )


def _series(table: Table, design: Design, time: Timeline, asked: Question) -> tuple[Series, ...]:
    if asked.subject is not None:
        return (series_of(table, design, time, asked.subject, _basis(asked.subject)),)
    concepts = salience.concepts(table, design, time, asked.top)
    return (*concepts, *salience.actors(table, design, time, asked.top))


def _basis(subject: Subject) -> Subject:
    """Give what a subject is a share of: what its actor says, or all."""
    told = subject.concepts or subject.sense is not None
    return Subject(actor=subject.actor if told else "")


def _looked(
    table: Table, design: Design, time: Timeline, series: Sequence[Series]
) -> Iterator[tuple[Series, Measure]]:
    """Give what is looked at for changes.

    These are how often something comes up, and its share of all statements; the share of those
    for a concept in what is said on it; and that of the concepts that come up most in what those
    say who say most.
    """
    for each in series:
        yield each, "count"
        yield each, "share"
    if len(series) < 2:
        return
    concepts = [each.subject for each in series if each.subject.concepts]
    actors = [each.subject for each in series if each.subject.actor]
    if table.variable(design.qualifier).kind == "boolean":
        for concept in concepts:
            agreed = Subject(concepts=concept.concepts, sense=1)
            yield series_of(table, design, time, agreed, concept), "share"
    for actor in actors[:FOCUS]:
        for concept in concepts[:FOCUS]:
            both = Subject(actor=actor.actor, concepts=concept.concepts)
            yield series_of(table, design, time, both, actor), "share"


def _edges(
    table: Table, kept: NDArray[np.intp], span: tuple[int | None, int | None]
) -> tuple[int, int]:
    """Give the first and the last day that are looked at around events."""
    known = kept[table.seconds[kept] != UNDATED]
    first = int(table.seconds[known].min()) if len(known) else 0
    last = int(table.last[known].max()) if len(known) else 0
    start, until = span
    return (first if start is None else start) // DAY, (last if until is None else until) // DAY
