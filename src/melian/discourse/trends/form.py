"""How a debate goes over time, as plain data: what ``melian trends --json`` prints; and as CSV."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any

from melian.case.csv_text import guarded
from melian.discourse.trends.wording import refusal, sentence

if TYPE_CHECKING:
    from melian.discourse.trends.bursts import Burst
    from melian.discourse.trends.changes import Change
    from melian.discourse.trends.claims import Claim, Side
    from melian.discourse.trends.milestones import Sides
    from melian.discourse.trends.report import Trends
    from melian.discourse.trends.salience import Series
    from melian.discourse.trends.subject import Subject
    from melian.discourse.trends.timeline import Coarse


def trends_form(found: Trends) -> dict[str, Any]:
    """Give all of it as data."""
    how = found.question.detection
    return {
        "unit": found.time.unit,
        "units": [str(day) for day in found.time.firsts],
        "statements": len(found.time.rows),
        "left_out": coarse_form(found.time.left_out),
        "totals": found.time.totals.tolist(),
        "salience": [_series(each) for each in found.series],
        "bursts": [_burst(each) for each in found.bursts],
        "changes": [_change(each) for each in found.changes],
        "milestones": [_sides(each) for each in found.sides],
        "claims": [_claim(each, found.claims.comparisons) for each in found.claims.claims],
        "method": {
            "bursts": {
                "name": "two-state automaton for batches (Kleinberg 2003)",
                "scale": found.question.scale,
                "gamma": found.question.gamma,
                "exact": True,
            },
            "changes": {
                "name": "optimal partitioning (PELT), permutation test",
                "penalty": how.penalty,
                "draws": how.draws,
                "seed": how.seed,
                "series": found.looked,
                "exact": True,
            },
            "claims": {
                "name": "conditional binomial and Fisher's exact test, corrected (Holm)",
                "comparisons": found.claims.comparisons,
                "minimum": found.claims.minimum,
                "level": found.claims.alpha,
                "unnamed": found.claims.unnamed,
            },
        },
    }


def subject_form(subject: Subject) -> dict[str, Any]:
    """Give a subject as data: what is said of it, and how it is called."""
    said = {
        "actor": subject.actor,
        "concepts": list(subject.concepts),
        "sense": subject.sense,
        "claims": [list(claim) for claim in subject.claims],
        subject.variable: subject.value,
    }
    return {"label": subject.label} | {
        key: value for key, value in said.items() if key and value not in ("", [], None)
    }


def coarse_form(left: Coarse) -> dict[str, int]:
    """Give the statements that are left out for their dates, as data."""
    return {
        "undated": left.undated,
        "months": left.months,
        "years": left.years,
        "other": left.other,
        "of": left.of,
    }


def trends_csv(found: Trends) -> str:
    """Give the counts of each series as comma-separated values, a unit of a series a line."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["first", "last", "subject", "statements", "of"])
    for series in found.series:
        name = guarded(series.subject.label)
        for place, first in enumerate(found.time.firsts):
            counts = (int(series.counts[place]), int(series.of[place]))
            lines.writerow([first, found.time.last_of(place), name, *counts])
    return out.getvalue()


def _series(series: Series) -> dict[str, Any]:
    return {
        **subject_form(series.subject),
        "among": series.among.label,
        "statements": series.total,
        "counts": series.counts.tolist(),
        "shares": [_number(share) for share in series.shares.tolist()],
    }


def _number(value: float | None) -> float | None:
    """Give a number, or null where JSON has none."""
    return value if value is not None and math.isfinite(value) else None


def _burst(burst: Burst) -> dict[str, Any]:
    return {
        **subject_form(burst.subject),
        "first": str(burst.first),
        "last": str(burst.last),
        "weight": burst.weight,
        "count": burst.count,
        "of": burst.of,
        "share": burst.share,
        "statements": list(burst.statements),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        **subject_form(change.subject),
        "measure": change.measure,
        "among": change.among.label,
        "date": str(change.date),
        "earliest": str(change.earliest),
        "latest": str(change.latest),
        "before": change.before,
        "after": change.after,
        "p": change.p,
        "corrected": change.corrected,
        "holds": change.holds,
        "statements_before": list(change.statements_before),
        "statements_after": list(change.statements_after),
    }


def _sides(sides: Sides) -> dict[str, Any]:
    names = ("before_first", "before_last", "after_first", "after_last")
    return {
        "id": sides.event.id,
        "name": sides.event.name,
        **{name: str(day) for name, day in zip(names, sides.dates, strict=True)},
        "days_before": sides.days[0],
        "days_after": sides.days[1],
        "statements_before": len(sides.rows[0]),
        "statements_after": len(sides.rows[1]),
        "left_out": coarse_form(sides.left_out),
    }


def _claim(claim: Claim, comparisons: int) -> dict[str, Any]:
    edges = claim.interval or (None, None)
    return {
        **subject_form(claim.subject),
        "milestone": claim.event.id,
        "measure": claim.measure,
        "among": claim.among.label,
        "before": _side(claim.before),
        "after": _side(claim.after),
        "ratio": _number(claim.ratio),
        "interval": [_number(edge) for edge in edges],
        "p": claim.p,
        "p_clumped": claim.clumped,
        "corrected": claim.corrected,
        "holds": claim.holds,
        "general": claim.general,
        "sentence": sentence(claim, comparisons) if claim.holds else refusal(claim),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "days": side.days,
        "count": side.count,
        "of": side.of,
        "statements": list(side.statements),
    }
