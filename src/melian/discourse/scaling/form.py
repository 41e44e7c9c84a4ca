"""Positions as plain data: what ``melian scaling --json`` prints, and as a CSV table."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from melian.case.csv_text import guarded
from melian.discourse.scaling.of_profiles import ProfileScale

if TYPE_CHECKING:
    from melian.discourse.networks.building import Design
    from melian.discourse.resampling import Interval
    from melian.discourse.scaling.of_answers import AnswerScale
    from melian.discourse.scaling.positions import Position


def scale_form(scale: ProfileScale | AnswerScale) -> dict[str, Any]:
    """Give positions as data, and how they were made."""
    return _profiles(scale) if isinstance(scale, ProfileScale) else _answers(scale)


def both_form(profiles: ProfileScale, answers: AnswerScale) -> dict[str, Any]:
    """Give the positions of both methods as data, and how far they agree."""
    from melian.discourse.scaling.positions import agreement

    rho, actors = agreement(profiles.positions, answers.positions)
    return {
        "correspondence": _profiles(profiles),
        "item_response": _answers(answers),
        "agreement": {"rank_correlation": None if math.isnan(rho) else rho, "actors": actors},
    }


def positions_csv(scale: ProfileScale | AnswerScale) -> str:
    """Give positions as comma-separated values, one actor and dimension a line."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["actor", "statements", "spans", "dimension", "position", "low", "high"])
    for each in scale.positions:
        for axis, (at, span) in enumerate(zip(each.coordinates, each.intervals, strict=True), 1):
            ends = ("", "") if span is None else (span.low, span.high)
            lines.writerow([guarded(each.actor), each.statements, int(each.spans), axis, at, *ends])
    return out.getvalue()


def _profiles(scale: ProfileScale) -> dict[str, Any]:
    axes = len(scale.positions[0].coordinates)
    return {
        "method": "correspondence analysis",
        **_common(scale.design, scale),
        "dimensions": [
            {"inertia": inertia, "share": share}
            for inertia, share in list(zip(scale.inertias, scale.shares, strict=True))[:axes]
        ],
        "inertias": list(scale.inertias),
        "concepts": [asdict(mark) for mark in scale.marks],
        "intervals": None
        if scale.resampling is None
        else {"method": "partial bootstrap", **asdict(scale.resampling)},
        "stability": None
        if scale.stability is None
        else dict(zip(("low", "median"), scale.stability, strict=True)),
    }


def _answers(scale: AnswerScale) -> dict[str, Any]:
    return {
        "method": "item response, two-parameter probit",
        **_common(scale.design, scale),
        "threshold": scale.threshold,
        "answers": scale.answers,
        "concepts": [
            asdict(each)
            | {
                "discrimination_interval": _ends(each.discrimination_interval),
                "difficulty_interval": _ends(each.difficulty_interval),
            }
            for each in scale.questions
        ],
        "intervals": {"method": "highest posterior density", "level": scale.level},
        "chains": asdict(scale.chains),
        "r_hat": scale.r_hat,
        "effective_size": scale.effective_size,
        "converged": scale.converged,
        "dimension": asdict(scale.dimension)
        | {"there": scale.dimension.there, "known": scale.dimension.known},
        "ranks": scale.ranks,
    }


def _common(design: Design, scale: ProfileScale | AnswerScale) -> dict[str, Any]:
    return {
        "variables": {
            "rows": design.rows,
            "columns": design.columns,
            "qualifier": design.qualifier,
        },
        "duplicates": design.duplicates,
        "least": scale.least,
        "poles": asdict(scale.poles),
        "positions": [_position(each) for each in scale.positions],
        "apart": list(scale.apart),
        "told_apart": scale.told_apart,
        "exact": scale.exact,
    }


def _position(each: Position) -> dict[str, Any]:
    return asdict(each) | {"intervals": [span and _ends(span) for span in each.intervals]}


def _ends(span: Interval) -> dict[str, float]:
    return {"low": span.low, "high": span.high}
