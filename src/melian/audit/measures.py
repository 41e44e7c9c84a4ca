"""How inconsistent a party is, as a whole and from day to day.

Two measures of many (Thimm 2018, *Journal of Automated Reasoning* 63): **MIV_C**, the sum over
findings of one over the number of commitments in each, so that a clash of few counts more than one
of many; its share for one commitment is that commitment's Shapley value in the game of making
conflicts (Hunter & Konieczny 2008, *Proceedings of KR*). And the **repair cost**: how many of its
own records, the fewest possible, the party would have to take back to be consistent.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.audit.search.cheapest import cheapest
from melian.audit.search.work import PRICE, STEPS
from melian.audit.severity import records_of
from melian.case.spans import EVER, Span
from melian.effort import Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from melian.audit.result import Audit, Finding


@dataclass(frozen=True, slots=True)
class Measure:
    """How inconsistent a party is on the days of a span.

    Attributes:
        span: the days.
        findings: how many findings are in force on them.
        miv: MIV_C, the sum of one over the number of commitments of each finding.
        repair_cost: how many records would have to be taken back, at the least.
        exact: whether that is the least, or only the best that was found.
    """

    span: Span
    findings: int
    miv: Fraction
    repair_cost: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """How inconsistent a party is.

    Attributes:
        whole: over all the time looked at.
        course: from day to day, in spans that follow one another; none when there is no finding.
        involvement: MIV_C of each commitment that is in a finding, highest first.
    """

    whole: Measure
    course: tuple[Measure, ...]
    involvement: Mapping[str, Fraction]


def inconsistency(audit: Audit, steps: int = STEPS) -> Mapping[str, Inconsistency]:
    """Measure how inconsistent each party of an audit is.

    Args:
        audit: the audit.
        steps: what the search for repairs may take, all parties together.
    """
    by_actor: dict[str, list[Finding]] = {actor: [] for actor in audit.actors}
    for finding in audit.findings:
        by_actor[finding.actor].append(finding)
    share = steps // max(len(by_actor), 1)
    return MappingProxyType(
        {actor: _Party(found, audit.binding, share).measured() for actor, found in by_actor.items()}
    )


class _Party:
    """One party's findings, and when the records behind them bind."""

    def __init__(self, findings: list[Finding], binding: Mapping[str, Span], steps: int) -> None:
        self.findings = findings
        self.binding = binding
        self.work = Work(steps, PRICE)
        self.known: dict[object, tuple[int, bool]] = {}

    def measured(self) -> Inconsistency:
        course = tuple(
            self._on(span, [f for f in self.findings if _in_force(f, span)])
            for span in _spans(self.findings)
        )
        return Inconsistency(self._on(EVER, self.findings), course, self._involvement())

    def _on(self, span: Span, findings: list[Finding]) -> Measure:
        cost, exact = self._cost(span, findings)
        return Measure(
            span,
            len(findings),
            sum((_value(finding) for finding in findings), Fraction()),
            cost,
            exact,
        )

    def _cost(self, span: Span, findings: list[Finding]) -> tuple[int, bool]:
        """Count the records to take back, of those in force on some day of the span."""
        behind: dict[str, frozenset[str]] = {}
        for finding in findings:
            for commitment in finding.commitments:
                records = frozenset(r for r in records_of(commitment) if self._binds(r, span))
                behind[commitment.id] = behind.get(commitment.id, frozenset()) | records
        held = {name: records or frozenset({name}) for name, records in behind.items()}
        edges = [frozenset(c.id for c in finding.commitments) for finding in findings]
        key = (frozenset(edges), tuple(sorted(held.items())))
        if key not in self.known:
            found = cheapest(edges, held, self.work)
            self.known[key] = len(found.records), found.exact
        return self.known[key]

    def _binds(self, record: str, span: Span) -> bool:
        return not self.binding.get(record, EVER).clipped(span).empty

    def _involvement(self) -> Mapping[str, Fraction]:
        shares: dict[str, Fraction] = {}
        for finding in self.findings:
            for commitment in finding.commitments:
                shares[commitment.id] = shares.get(commitment.id, Fraction()) + _value(finding)
        ordered = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
        return MappingProxyType(dict(ordered))


def _value(finding: Finding) -> Fraction:
    return Fraction(1, len(finding.commitments))


def _spans(findings: Iterable[Finding]) -> list[Span]:
    """Give the spans between the days on which findings come into force or cease to be."""
    days = {each for f in findings for span in f.spans for each in (span.first, span.last + 1)}
    if not days:
        return []
    edges = sorted({EVER.first, *days, EVER.last + 1})
    return [Span(first, after - 1) for first, after in pairwise(edges)]


def _in_force(finding: Finding, span: Span) -> bool:
    return any(s.first <= span.first and span.last <= s.last for s in finding.spans)
