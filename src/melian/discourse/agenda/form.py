"""Agendas as plain data: what ``melian agenda --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from melian.discourse.agenda.diversity import MEASURES

if TYPE_CHECKING:
    from melian.discourse.agenda.broader import BreadthClaim, Whose
    from melian.discourse.agenda.claims import Claim, Side
    from melian.discourse.agenda.overlap import Overlap
    from melian.discourse.agenda.result import Agenda, Agendas
    from melian.discourse.agenda.shares import Shares


def agendas_form(found: Agendas) -> dict[str, Any]:
    """Give agendas as data, with what may be said of them and how they were made."""
    design = found.design
    return {
        "issues": design.columns,
        "variables": {"rows": design.rows, "columns": design.columns},
        "duplicates": design.duplicates,
        "all": _agenda(found.all),
        "actors": [_agenda(each) for each in found.actors],
        "others": found.others,
        "unit": found.unit,
        "periods": [_agenda(each) for each in found.periods],
        "over_time": [[_agenda(each) for each in own] for own in found.over_time],
        "undated": found.undated,
        "overlaps": [_overlap(each) for each in found.overlaps],
        "differences": [_claim(each, found) for each in found.differences],
        "changes": [_claim(each, found) for each in found.changes],
        "broader_actors": [_broader(each, found) for each in found.broader_actors],
        "broader_periods": [_broader(each, found) for each in found.broader_periods],
        "resampling": asdict(found.resampling),
        "wanted": found.wanted,
        "drawn": found.drawn,
        "alpha": found.alpha,
        "permutations": found.permutations,
        "deals": found.deals,
        "exact": found.exact,
    }


def _agenda(agenda: Agenda) -> dict[str, Any]:
    return {
        "actor": agenda.actor,
        "period": _days(agenda),
        "statements": agenda.statements,
        "unnamed": agenda.unnamed,
        "breadth": _breadth(agenda),
        "broad_enough": agenda.broad_enough,
        "issues": _shares(agenda.issues),
        "aspects": [_shares(each) for each in agenda.aspects],
    }


def _breadth(agenda: Agenda) -> dict[str, Any] | None:
    if agenda.breadth is None:
        return None
    sure = agenda.intervals
    intervals = {
        f"{name}_interval": span and asdict(span)
        for name, span in ((name, sure and sure.of(name)) for name in MEASURES)
    }
    units = {} if sure is None else {"units": sure.units, "units_drawn": sure.together}
    return asdict(agenda.breadth) | intervals | units


def _days(agenda: Agenda) -> dict[str, str] | None:
    if agenda.period is None:
        return None
    first, last = agenda.period
    return {"first": str(first), "last": str(last)}


def _shares(shares: Shares) -> dict[str, Any]:
    return asdict(shares) | {"enough": shares.enough, "uncoded": shares.uncoded}


def _overlap(overlap: Overlap) -> dict[str, Any]:
    return asdict(overlap)


def _claim(claim: Claim, found: Agendas) -> dict[str, Any]:
    return asdict(claim) | {
        "more": _side(claim.more, found),
        "less": _side(claim.less, found),
        "statements": list(claim.statements),
        "holds": claim.holds,
    }


def _side(side: Side, found: Agendas) -> dict[str, Any]:
    period = None if side.period is None else _days(found.periods[side.period])
    return asdict(side) | {"period": period, "share": side.share if side.coded else None}


def _broader(claim: BreadthClaim, found: Agendas) -> dict[str, Any]:
    return asdict(claim) | {
        "broader": _whose(claim.broader, found),
        "narrower": _whose(claim.narrower, found),
        "holds": claim.holds,
    }


def _whose(side: Whose, found: Agendas) -> dict[str, Any]:
    period = None if side.period is None else _days(found.periods[side.period])
    return asdict(side) | {"period": period}
