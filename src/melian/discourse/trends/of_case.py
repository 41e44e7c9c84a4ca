"""The milestones of a case, and what it asks about them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from melian.case.formula import Signed
from melian.case.wording import concept_text, name_of
from melian.discourse.trends.milestones import Event
from melian.discourse.trends.subject import Subject

if TYPE_CHECKING:
    from melian.case.model import Ask, Case

_EPOCH = date(1970, 1, 1)


def events_of(case: Case) -> tuple[Event, ...]:
    """Give the milestones that have a first and a last day, each with what is asked about it."""
    found = []
    for each in case.milestones.values():
        start, until = each.period.start, each.period.until
        if start is not None and until is not None:
            days = (start.first - _EPOCH).days, (until.last - _EPOCH).days
            found.append(
                Event(each.id, each.name, *days, tuple(_subject(case, a) for a in each.asks))
            )
    return tuple(found)


def _subject(case: Case, ask: Ask) -> Subject:
    """Give what is asked in the words of :mod:`~melian.discourse.statements.of_case`."""
    claims = (
        (concept_text(case, Signed(claim.atom, positive=True)), int(claim.positive))
        for claim in ask.claims
    )
    return Subject(actor=name_of(case, ask.actor), name=ask.name, claims=tuple(claims))
