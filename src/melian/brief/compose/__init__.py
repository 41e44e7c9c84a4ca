"""From the engines' results to a finished brief: one module per section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian import __version__
from melian.audit.arguing.survival_form import survival_form
from melian.audit.form import audit_form
from melian.audit.terms_form import terms_form
from melian.brief.compose.agenda import agenda
from melian.brief.compose.answer import answer
from melian.brief.compose.debate_data import debate_data, debate_made
from melian.brief.compose.drawn import sampled, unfollowed
from melian.brief.compose.drawn_levers import moving
from melian.brief.compose.evolution import coming_about
from melian.brief.compose.hypergame import believed
from melian.brief.compose.levers import movable, searched
from melian.brief.compose.moved import moved
from melian.brief.compose.outcomes import stable
from melian.brief.compose.positions import positions
from melian.brief.compose.sources import limits, records, references
from melian.brief.compose.stances import stances
from melian.brief.compose.standing import standing
from melian.brief.compose.survival import survival
from melian.brief.compose.terms import meanings
from melian.brief.compose.why import explanations
from melian.brief.compose.words import Speech
from melian.brief.document import Brief, Section
from melian.case.spans import EVER, in_words
from melian.case.wording import counted
from melian.conflict.hypergame_form import hypergame_form
from melian.hypotheses.form import why_form
from melian.readings.draws.form import draws_form
from melian.readings.evolution.form import evolution_form
from melian.readings.form import outcomes_form
from melian.readings.levers.drawn_form import drawn_search_form
from melian.readings.levers.form import search_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.brief.gathering import Material

__all__ = ["compose"]


def compose(material: Material) -> Brief:
    """Give the brief of a case: question, answer, positions, outcomes, levers, sources."""
    case = material.case
    speech = Speech(case, material.audit)
    said = Section(
        "said",
        "Who speaks on what, and how far it carries",
        (*limits(case), *stances(case, material.audit)),
    )
    return Brief(
        title=case.title or case.id,
        question=case.question,
        answer=answer(material, speech),
        sections=(
            *_said(material, speech),
            *_conflict(material, speech),
            said,
        ),
        records=records(case),
        references=references(case),
        made=_made(material),
        data=_data(material, speech),
    )


def _said(material: Material, speech: Speech) -> tuple[Section, ...]:
    """Give what positions and the debate show: the latter first, where no rule tells of clashes."""
    case = material.case
    held = (
        positions(material, speech),
        *survival(speech, material.survival),
        *explanations(speech, material.why),
        *meanings(speech, material.contests),
    )
    debated = (*standing(material.debate), *moved(material.debate), *agenda(material.debate))
    return (*held, *debated) if case.rules or case.principles else (*debated, *held)


def _conflict(material: Material, speech: Speech) -> tuple[Section, ...]:
    if material.drawn is not None:
        return (
            sampled(material, material.drawn, speech),
            *unfollowed(material.drawn, speech),
            *believed(material, speech),
            moving(material, speech),
        )
    return (
        stable(material, speech),
        *coming_about(material, speech),
        *believed(material, speech),
        movable(material, speech) if material.moved is None else moving(material, speech),
    )


def _made(material: Material) -> Mapping[str, str]:
    case = material.case
    made = {
        "Program": f"melian {__version__}",
        "Case": f"{case.id}: {counted(len(case.statements), 'statement')}, "
        f"{counted(len(case.deeds), 'deed')}, {counted(len(case.facts), 'fact')}, "
        f"{counted(len(case.concepts), 'concept')}",
        **({} if material.window == EVER else {"Looked at": in_words(material.window)}),
        "Audit": _completed(material.audit.method, complete=material.audit.complete),
    }
    if material.survival is not None:
        found = material.survival
        made["Claims"] = _completed(found.method, complete=found.complete)
    if material.why is not None and material.why.weighings:
        made["Explanations"] = material.why.method
    made |= debate_made(material.debate)
    if material.solved is not None:
        outcomes = material.solved.outcomes
        made["Outcomes"] = _completed(outcomes.method, complete=outcomes.complete)
        if material.solved.ahead is not None:
            made["How it could come about"] = material.solved.ahead.method
        if material.solved.aim is not None and material.solved.aim.alone:
            made["Levers"] = searched(material.solved.aim)
    if material.perceived is not None:
        made["Beliefs"] = material.perceived.method
    if material.drawn is not None:
        made["Outcomes"] = f"{material.drawn.method}; a sample, and not complete"
    if material.moved is not None:
        made["Levers"] = searched(material.moved)
    return made


def _completed(method: str, *, complete: bool) -> str:
    return f"{method}; {'complete' if complete else 'cut short: not everything was searched'}"


def _data(material: Material, speech: Speech) -> Mapping[str, object]:
    data: dict[str, object] = {"audit": audit_form(material.audit, defence=speech.defence)}
    if material.survival is not None:
        data["claims"] = survival_form(material.case, material.survival, material.survival.claims)
    if material.why is not None and material.why.weighings:
        data["why"] = why_form(material.why)
    data |= debate_data(material.debate)
    if material.contests:
        data["terms"] = terms_form(material.contests)
    if material.drawn is not None:
        data["outcomes"] = draws_form(material.drawn)
    if material.moved is not None:
        data["levers"] = drawn_search_form(material.moved)
    if material.perceived is not None and material.case.conflict is not None:
        data["hypergame"] = hypergame_form(material.perceived, material.case.conflict)
    if material.solved is None:
        return data
    data["outcomes"] = outcomes_form(material.solved.outcomes)
    if material.solved.ahead is not None:
        data["evolution"] = evolution_form(material.solved.ahead)
    if material.solved.aim is not None:
        data["levers"] = search_form(material.solved.aim)
    return data
