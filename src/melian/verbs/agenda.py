"""What actors speak of, how broadly, and in what they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from melian.problems import UsageError
from melian.verbs.words import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.discourse.agenda.broader import BreadthClaim
    from melian.discourse.agenda.claims import Claim
    from melian.discourse.agenda.result import Agenda, Agendas
    from melian.discourse.networks.building import Design
    from melian.discourse.networks.windows import Unit
    from melian.discourse.statements.table import Table


def agendas(
    table: Table,
    design: Design,
    *,
    by: str = "",
    resample: str = "documents",
    draws: int = 1000,
    seed: int = 1,
    most: int = 12,
) -> Agendas:
    """Say what each actor speaks of, how broadly, and in what it differs from others.

    Args:
        table: the statements.
        design: which of them count; its columns are the issues.
        by: day, week, month or year; no periods, when left out.
        resample: what is drawn for intervals.
        draws: how often; 0 for intervals that take statements for independent.
        seed: of all that is random.
        most: how many actors are looked at one by one.

    Raises:
        UsageError: a variable is not there, a word is not known, or no statement counts.
    """
    from melian.discourse.agenda.result import agendas as run
    from melian.discourse.resampling import UNITS, Resampling

    unit = known("--resample", resample, UNITS)
    sampling = Resampling(unit=unit, times=draws, seed=seed)
    if most < 1:
        raise UsageError("At least one actor is looked at: --most 12.")
    return run(table, design, unit=_unit(by), by=sampling, most=most)


def _unit(by: str) -> Unit | None:
    if not by:
        return None
    units: tuple[Unit, ...] = ("days", "weeks", "months", "years")
    return known("--by", by if by.endswith("s") else f"{by}s", units)


def agendas_data(found: Agendas) -> dict[str, Any]:
    """Give agendas as data."""
    from melian.discourse.agenda.form import agendas_form

    return agendas_form(found)


def claim_said(found: Agendas, claim: Claim) -> str:
    """Word a claim that holds: that somebody speaks of something more."""
    from melian.discourse.agenda.wording import claim_in_words

    return claim_in_words(claim, found.periods).sentence


def broader_said(found: Agendas, claim: BreadthClaim) -> str:
    """Word a claim that holds: that an agenda is broader, or narrower."""
    from melian.discourse.agenda.wording import broader_in_words

    return broader_in_words(claim, found.periods).sentence


def breadth_said(claims: Sequence[BreadthClaim], which: str) -> str:
    """Say of how many comparisons claims of breadth hold."""
    from melian.discourse.agenda.wording import breadth_in_words

    return breadth_in_words(claims, which)


def period_said(agenda: Agenda) -> str:
    """Name the period of an agenda."""
    from melian.discourse.agenda.wording import period_in_words

    return period_in_words(agenda.period)
