"""When what a party said or did binds it: from when, until when, and what took it back.

A record binds from its date (or ``from``) on, and goes on binding: a party is held to what it says
until it says when that ends (``until``) or takes it back (``retracts``). A record without a date
has always bound.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.audit.result import Commitment
from melian.case.dates import ALWAYS
from melian.case.grounding import GroundRule
from melian.case.retracting import may_take_back
from melian.case.spans import EVER, Span, common, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from melian.audit.encoding import Element
    from melian.case.dates import Date
    from melian.case.model import Case, Deed, Statement
    from melian.case.spans import Spans


def taken_back(case: Case) -> Mapping[str, Statement]:
    """Give the statement that takes a record back, the first of them, by record.

    A party can take back only what binds it, and only what it said or did before; whatever else
    a statement names as taken back goes on binding.
    """
    taking = [statement for statement in case.statements if statement.retracts]
    if not taking:
        return MappingProxyType({})
    records: dict[str, Statement | Deed] = {deed.id: deed for deed in case.deeds}
    records |= {statement.id: statement for statement in case.statements}
    found: dict[str, Statement] = {}
    for statement in taking:
        for each in statement.retracts:
            if each in records and may_take_back(case, statement, records[each]):
                earlier = found.setdefault(each, statement)
                if _start(statement) < _start(earlier):
                    found[each] = statement
    return MappingProxyType(found)


def in_force(case: Case, window: Span = EVER) -> Mapping[str, Span]:
    """Give the days within the window on which each record binds.

    There are none for one that was taken back as soon as it was made. Records that neither bind
    nor were made within the window are missing.
    """
    ended = taken_back(case)
    spans: dict[str, Span] = {}
    records: tuple[Statement | Deed, ...] = (*case.statements, *case.deeds)
    for record in records:
        span = _span(record)
        if record.id in ended:
            span = Span(span.first, min(span.last, _start(ended[record.id]) - 1))
        clipped = span if window is EVER else span.clipped(window)
        if not clipped.empty or window.first <= span.first <= window.last:
            spans[record.id] = clipped
    return MappingProxyType(spans)


def days(elements: Iterable[Element]) -> Spans:
    """Give the days on which all elements of a set hold or bind."""
    limited = (e for e in elements if not isinstance(e, GroundRule))
    spans = (e.spans if isinstance(e, Commitment) else (span_of(e.period),) for e in limited)
    return common(dict.fromkeys(spans))


def while_in_force(commitment: Commitment, spans: Spans, binding: Mapping[str, Span]) -> Commitment:
    """Give a commitment with those records only that bind on some of the days."""

    def kept(records: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(r for r in records if r not in binding or common([spans, (binding[r],)]))

    return replace(
        commitment,
        statements=kept(commitment.statements),
        warrants=kept(commitment.warrants),
        deeds=kept(commitment.deeds),
    )


def facts_within(case: Case, window: Span) -> Case:
    """Give the case with the facts that hold on some day of the window."""
    if all(fact.period == ALWAYS for fact in case.facts.values()):
        return case
    here = {
        atom: fact
        for atom, fact in case.facts.items()
        if not span_of(fact.period).clipped(window).empty
    }
    return replace(case, facts=MappingProxyType(here))


def _span(record: Statement | Deed) -> Span:
    until = record.until
    return Span(_start(record), EVER.last if until is None else until.last.toordinal())


def _start(record: Statement | Deed) -> int:
    when: Date | None = record.date if record.since is None else record.since
    return EVER.first if when is None else when.first.toordinal()
