"""How a position changed, where what cannot hold together was never held on one day.

What a party takes back in so many words (``retracts``) it changed openly: a **declared** change.
What had ended by its own terms (``until``), or was the case for a time only, left room for the
other: a **development**. A position given up without a word still binds, so that its opposite is a
**reversal**, which is a finding (:mod:`melian.audit.kinds`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from melian.audit.severity import records_of
from melian.case.spans import EVER, Span, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from melian.audit.clash import Clash
    from melian.audit.result import Commitment


@dataclass(frozen=True, slots=True)
class Held:
    """A commitment when it was last held.

    Attributes:
        commitment: what was held.
        span: the last days without a break on which it bound.
        first, last: the records that began those days and ended them.
    """

    commitment: Commitment
    span: Span
    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """How the commitments of a set followed one another.

    Attributes:
        how: as in :class:`melian.audit.result.Change`.
        ended: what ended before something else of the set began, in order of its end.
        since: the others, in order of their beginning.
        taken_back: the statements that took a part of the set back before the last of it began.
    """

    how: Literal["declared", "development"]
    ended: tuple[Held, ...]
    since: tuple[Held, ...]
    taken_back: tuple[str, ...]


def change_of(clash: Clash, binding: Mapping[str, Span], taken_back: Mapping[str, str]) -> Course:
    """Tell how the parts of a set that were never in force together followed one another.

    Args:
        clash: the set.
        binding: when each record binds, whatever window is looked at.
        taken_back: the statement that takes a record back, by record.
    """
    held = sorted((_held(c, binding) for c in clash.commitments), key=lambda h: h.span.last)
    latest = max([h.span.first for h in held] + [span_of(f.period).first for f in clash.facts])
    ended = tuple(h for h in held if h.span.last < latest)
    since = sorted((h for h in held if h.span.last >= latest), key=lambda h: h.span.first)
    declared = any(record in taken_back for h in ended for record in h.last)
    by = dict.fromkeys(taken_back[r] for r in _ended_before(latest, clash, binding, taken_back))
    how: Literal["declared", "development"] = "declared" if declared else "development"
    return Course(how, ended, tuple(since), tuple(by))


def _ended_before(
    day: int, clash: Clash, binding: Mapping[str, Span], taken_back: Mapping[str, str]
) -> Iterator[str]:
    """Give the records of a set that were taken back before a day, in the order of that."""
    records = {r for c in clash.commitments for r in records_of(c) if r in taken_back}
    known = sorted((binding.get(r, EVER).last, r) for r in records)
    return (record for last, record in known if last < day)


def _held(commitment: Commitment, binding: Mapping[str, Span]) -> Held:
    spans = sorted((binding.get(r, EVER), r) for r in sorted(records_of(commitment)))
    if not spans:
        return Held(commitment, commitment.spans[-1] if commitment.spans else EVER, (), ())
    first, last = spans[0][0]
    for span, _ in spans:
        first = span.first if span.first > last + 1 else first
        last = max(last, span.last) if span.first <= last + 1 else span.last
    return Held(
        commitment,
        Span(first, last),
        tuple(r for span, r in spans if span.first == first),
        tuple(r for span, r in spans if span.last == last),
    )
