"""Records fall into the period of the case, begin before they end, and come from who may speak."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case, Deed, Statement


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for each record that ends early or is outside a period or an office."""
    records: tuple[Statement | Deed, ...] = (*case.statements, *case.deeds)
    for record in records:
        if record.date is not None and not case.period.overlaps(record.date):
            message = f"{record.date.in_words} is outside the period {case.period} of the case."
            hint = "Check the date, or widen the period in case.yaml."
            at = where(record.at, "date")
            yield Problem(at, "outside-period", message, hint, Severity.WARNING)
        if record.until is not None and _begins(record) > record.until.last:
            message = "It ends before it begins, and so never binds."
            hint = "Check until against the date and from."
            at = where(record.at, "until")
            yield Problem(at, "ends-early", message, hint, Severity.WARNING)
    for statement in case.statements:
        yield from _office(case, statement)


def _begins(record: Statement | Deed) -> date:
    begins = record.since or record.date
    return date.min if begins is None else begins.first


def _office(case: Case, record: Statement) -> Iterator[Problem]:
    actor = case.actors.get(record.actor)
    if actor is None or record.date is None or not actor.speaks_for:
        return
    if not any(tie.period.overlaps(record.date) for tie in actor.speaks_for):
        when = f"{record.date.preposition} {record.date.in_words}"
        message = f"{actor.name} speaks for nobody {when}."
        hint = f"Check the date, or the period under speaks_for of {actor.id}."
        yield Problem(where(record.at, "date"), "out-of-office", message, hint, Severity.WARNING)
