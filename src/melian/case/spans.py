"""Spans of days, to reckon with: when something holds, and when several things hold together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from melian.case.dates import Period


class Span(NamedTuple):
    """From one day to another, both included, as numbers of days (``date.toordinal``)."""

    first: int
    last: int

    def clipped(self, to: Span) -> Span:
        """Give the part of it that lies within another; it may be empty."""
        return Span(max(self.first, to.first), min(self.last, to.last))

    @property
    def empty(self) -> bool:
        """Whether there is no day in it."""
        return self.first > self.last

    @property
    def begins(self) -> date | None:
        """Its first day, or nothing when it has always held."""
        return None if self.first <= EVER.first else date.fromordinal(self.first)

    @property
    def ends(self) -> date | None:
        """Its last day, or nothing when it holds on."""
        return None if self.last >= EVER.last else date.fromordinal(self.last)


Spans = tuple[Span, ...]
"""Spans in their order, with days between them."""

EVER = Span(date.min.toordinal(), date.max.toordinal())


def span_of(period: Period) -> Span:
    """Give the days that a period may mean.

    >>> from melian.case.dates import parse_period
    >>> span_of(parse_period("2008-02")).begins, span_of(parse_period("..2008")).begins
    (datetime.date(2008, 2, 1), None)
    """
    start, until = period.start, period.until
    return Span(
        EVER.first if start is None else start.first.toordinal(),
        EVER.last if until is None else until.last.toordinal(),
    )


def merged(spans: Iterable[Span]) -> Spans:
    """Give the days that lie in any of the spans.

    >>> merged([Span(5, 9), Span(1, 4), Span(12, 13), Span(7, 3)])
    (Span(first=1, last=9), Span(first=12, last=13))
    """
    given = sorted(span for span in spans if span.first <= span.last)
    if given and given[0].last >= EVER.last:  # as most do: what is said goes on binding
        return (given[0],)
    found: list[Span] = []
    for span in given:
        if found and span.first <= found[-1].last + 1:
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return tuple(found)


def common(many: Iterable[Spans]) -> Spans:
    """Give the days that lie in all of them.

    >>> common([(Span(1, 9), Span(12, 20)), (Span(4, 13),)])
    (Span(first=4, last=9), Span(first=12, last=13))
    """
    left: Spans = (EVER,)
    for spans in many:
        left = merged(one.clipped(other) for one in left for other in spans)
    return left


def in_words(span: Span) -> str:
    """Give the days of a span for a reader.

    >>> from melian.case.dates import parse_period
    >>> in_words(span_of(parse_period("2008-02..2009"))), in_words(span_of(parse_period("2008..")))
    ('from 1 February 2008 until 31 December 2009', 'since 1 January 2008')
    """
    first, last = (f"{d.day} {d:%B %Y}" if d else "" for d in (span.begins, span.ends))
    if first and last:
        return f"on {first}" if first == last else f"from {first} until {last}"
    if last:
        return f"until {last}"
    return f"since {first}" if first else "throughout"
