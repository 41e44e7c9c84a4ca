"""The audit as plain data: what ``melian audit --json`` and ``melian readings --json`` print."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any

from melian.audit.measures import inconsistency

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.audit.distinctions import Defence
    from melian.audit.measures import Inconsistency, Measure
    from melian.audit.result import Audit, Change, Finding, Standing
    from melian.case.spans import Spans

MOST_READINGS = 100
"""Readings multiply out; this many are listed per actor, and all are counted."""


def audit_form(
    audit: Audit, findings: Sequence[Finding] | None = None, defence: Defence | None = None
) -> dict[str, Any]:
    """Give the findings and how each actor stands, as JSON-ready data.

    Args:
        audit: the audit.
        findings: its findings in another order than gravest first.
        defence: of the case, to give with each finding what would dissolve it.
    """
    measured = inconsistency(audit)
    return {
        "findings": [
            finding_form(finding, defence)
            for finding in (audit.findings if findings is None else findings)
        ],
        "actors": {
            actor: {
                "commitments": len(standing.commitments),
                "readings": standing.readings,
                "unsearched": list(standing.unsearched),
                **inconsistency_form(measured[actor]),
            }
            for actor, standing in audit.actors.items()
        },
        "changes": [change_form(change) for change in audit.changes],
        "complete": audit.complete,
        "method": audit.method,
    }


def inconsistency_form(measured: Inconsistency) -> dict[str, Any]:
    """Give how inconsistent an actor is, as JSON-ready data: as a whole and from day to day."""
    return {
        **measure_form(measured.whole),
        "course": [
            {"span": spans_form((each.span,))[0], **measure_form(each)} for each in measured.course
        ],
        "involvement": {
            name: round(float(share), 4) for name, share in measured.involvement.items()
        },
    }


def measure_form(measure: Measure) -> dict[str, Any]:
    """Give a measure as JSON-ready data."""
    return {
        "findings": measure.findings,
        "miv_c": round(float(measure.miv), 4),
        "repair_cost": measure.repair_cost,
        "repair_cost_exact": measure.exact,
    }


def finding_form(finding: Finding, defence: Defence | None = None) -> dict[str, Any]:
    """Give one finding as JSON-ready data, with what would dissolve it when a defence is given."""
    severity = finding.severity
    told = {} if defence is None else {"distinctions": distinctions_form(defence, finding)}
    return {
        "id": finding.id,
        "kind": finding.kind.value,
        "direction": finding.direction,
        "actor": finding.actor,
        "title": finding.title,
        "commitments": [commitment.id for commitment in finding.commitments],
        "statements": list(finding.statements),
        "deeds": list(finding.deeds),
        "facts": [str(fact.claim) for fact in finding.facts],
        "contested": {
            str(fact.claim): list(fact.contested_by) for fact in finding.facts if fact.contested_by
        },
        "rules": [rule.id for rule in finding.rules],
        "repairs": [list(repair) for repair in finding.repairs],
        "speakers": list(finding.speakers),
        "in_force": spans_form(finding.spans),
        "component": finding.component,
        "severity": round(severity.score, 4),
        "severity_parts": {name: round(part, 4) for name, part in severity.parts.items()},
        **told,
    }


def change_form(change: Change) -> dict[str, Any]:
    """Give one change of position as JSON-ready data."""
    return {
        "id": change.id,
        "how": change.how,
        "actor": change.actor,
        "title": change.title,
        "commitments": [commitment.id for commitment in change.commitments],
        "statements": list(change.statements),
        "deeds": list(change.deeds),
        "facts": [str(fact.claim) for fact in change.facts],
        "rules": [rule.id for rule in change.rules],
        "taken_back": list(change.taken_back),
    }


def spans_form(spans: Spans) -> list[list[str | None]]:
    """Give spans of days as pairs of dates, with nothing for an open end."""
    ends = ((span.begins, span.ends) for span in spans)
    return [[None if each is None else each.isoformat() for each in pair] for pair in ends]


def distinctions_form(defence: Defence, finding: Finding) -> list[dict[str, Any]]:
    """Give what would dissolve a finding as JSON-ready data."""
    return [
        {
            "claim": str(each.claim),
            "how": each.how,
            "standing": each.standing,
            "by": list(each.by),
            "rule": each.rule,
        }
        for each in defence.distinctions(finding)
    ]


def readings_form(audit: Audit) -> dict[str, Any]:
    """Give the readings of each actor, as JSON-ready data.

    Readings of independent components multiply; at most :data:`MOST_READINGS` are listed per
    actor, and ``complete`` is false where there are more. ``components`` lists them unmultiplied,
    and ``counts`` says how many there are.
    """
    return {
        "actors": {
            actor: list(islice(_readings(standing), MOST_READINGS))
            for actor, standing in audit.actors.items()
        },
        "counts": {actor: standing.readings for actor, standing in audit.actors.items()},
        "components": {
            actor: [_component(standing, index) for index in range(len(standing.components))]
            for actor, standing in audit.actors.items()
        },
        "complete": audit.complete
        and all(standing.readings <= MOST_READINGS for standing in audit.actors.values()),
    }


def _readings(standing: Standing) -> Iterator[dict[str, Any]]:
    """Multiply the components out, lazily; the names say which reading of each was taken."""
    everything = [commitment.id for commitment in standing.commitments]
    options = [range(len(component.readings)) for component in standing.components]
    for picked in product(*options):
        sides = zip(standing.components, picked, strict=True)
        drops = frozenset[str]().union(*(c.readings[i].drops for c, i in sides))
        yield {
            "id": f"{standing.actor}:{'.'.join(str(i + 1) for i in picked) or '1'}",
            "keeps": [name for name in everything if name not in drops],
            "drops": [name for name in everything if name in drops],
        }


def _component(standing: Standing, index: int) -> dict[str, Any]:
    component = standing.components[index]
    return {
        "id": index,
        "findings": list(component.findings),
        "commitments": list(component.commitments),
        "readings": [
            {"keeps": sorted(reading.keeps), "drops": sorted(reading.drops)}
            for reading in component.readings
        ],
        "complete": component.complete,
    }
