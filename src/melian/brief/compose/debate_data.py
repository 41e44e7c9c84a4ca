"""What a brief carries beside the prose on a debate: the results, and how they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import counted
from melian.discourse.agenda.form import agendas_form
from melian.discourse.coalitions.form import coalitions_form
from melian.discourse.openings.form import openings_form
from melian.discourse.polarisation.form import Polarised, polarised_form
from melian.discourse.polarisation.issues import issues
from melian.discourse.trends.form import trends_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from melian.brief.debate import Debate


def debate_data(found: Debate | None) -> Mapping[str, object]:
    """Give the results by engine, as the commands of the same names do."""
    return dict(_results(found)) if found is not None else {}


def _results(found: Debate) -> Iterator[tuple[str, object]]:
    yield "coalitions", coalitions_form(found.coalitions)
    if found.camps is not None and found.reversals is not None:
        polarised = Polarised(
            camps=found.camps,
            issues=issues(found.table, found.camps),
            certainty=None,
            undrawn="",
            chance=found.by_chance,
            course=found.course,
            reversals=found.reversals,
            misfit=None,
        )
        yield "polarisation", polarised_form(polarised)
    if found.trends is not None:
        yield "trends", trends_form(found.trends)
    if found.agendas is not None:
        yield "agenda", agendas_form(found.agendas)
    if found.openings is not None:
        yield "openings", openings_form(found.openings)


def debate_made(found: Debate | None) -> Mapping[str, str]:
    """Say how the parts on the debate were made, label to text."""
    return dict(_made(found)) if found is not None else {}


def _made(found: Debate) -> Iterator[tuple[str, str]]:
    grouped = found.coalitions
    if grouped.agreement is not None and grouped.by is not None:
        shown, asked = grouped.agreement.shown.method, len(grouped.groupings)
        draws = f"{counted(grouped.by.times, 'draw')} of {grouped.by.unit}"
        yield "Coalitions", f"{shown}, of {asked} methods; {draws} (seed {grouped.by.seed})"
    if found.camps is not None:
        proof = "exact" if found.camps.exact else "the best that was found, with a bound"
        yield "Polarisation", f"opposition of the two camps that fit best; {proof}"
    if found.trends is not None:
        how = found.trends.question.detection
        tests = f"{how.draws:,} permutations (seed {how.seed}), corrected by Holm"
        yield "Trends", f"bursts by Kleinberg's two states; changes by likelihood and {tests}"
