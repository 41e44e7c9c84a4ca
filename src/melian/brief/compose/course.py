"""How inconsistent the parties are, since when, and what they changed openly."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from melian.audit.measures import inconsistency
from melian.brief.compose.words import joined, number
from melian.brief.document import Cite, Group, Paragraph, Table
from melian.brief.figures.inconsistency_steps import Step, StepRow, inconsistency_steps
from melian.case.wording import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from melian.audit.measures import Inconsistency
    from melian.audit.result import Change, Commitment
    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Figure, Prose
    from melian.brief.gathering import Material
    from melian.case.model import Case, Deed, Statement

MOST_ROWS = 8
MOST_NAMED = 2
MARGIN = 20  # days before the first change and after the last record


def how_far(material: Material, speech: Speech) -> tuple[Block, ...]:
    """Say how far each position fails to hold together, as a table and over time."""
    measured = {
        actor: each for actor, each in inconsistency(material.audit).items() if each.whole.findings
    }
    if not measured:
        return ()
    blocks: list[Block] = [_table(speech, measured)]
    if picture := _picture(material.case, measured):
        blocks.append(picture)
    return (Group("how-far", "How far, and since when", tuple(blocks)),)


def changed(material: Material, speech: Speech, actor: str) -> Iterator[Paragraph]:
    """Tell of the positions that a party changed openly."""
    for change in material.audit.changes:
        if change.actor == actor:
            yield Paragraph((change.title, speech.cite(*change.commitments), *_how(change)))


def _how(change: Change) -> Prose:
    if change.how == "development":
        return (" That is a development, and no contradiction: one had ended before the other.",)
    return (" It said so", Cite(change.taken_back), ", and that is no contradiction.")


def _table(speech: Speech, measured: Mapping[str, Inconsistency]) -> Table:
    rows: list[tuple[Prose, ...]] = []
    for actor, each in sorted(measured.items(), key=lambda item: -item[1].whole.miv):
        most = [
            c for c, share in each.involvement.items() if share == max(each.involvement.values())
        ]
        bound = [speech.commitment(actor, c) for c in most]
        rows.append(
            (
                (name_of(speech.case, actor),),
                (str(each.whole.findings),),
                (f"{float(each.whole.miv):.2f}",),
                (f"{'' if each.whole.exact else 'at most '}{each.whole.repair_cost}",),
                _most(speech, bound),
            )
        )
    return Table(
        "How inconsistent each party is. Inconsistency is the sum, over its findings, of one over "
        "the number of commitments in each (MIV_C); the last column names what has the largest "
        "share in it.",
        ("Party", "Findings", "Inconsistency", "Records to take back", "Most involved"),
        tuple(rows),
        frozenset({1, 2, 3}),
    )


def _most(speech: Speech, bound: list[Commitment]) -> Prose:
    if len(bound) > MOST_NAMED:
        return (f"{number(len(bound))} commitments alike",)
    return tuple(joined([(speech.that(each), speech.cite(each)) for each in bound]))


def _picture(case: Case, measured: Mapping[str, Inconsistency]) -> Figure | None:
    """Draw how it moved, where something is dated: from just before the first day to the last."""
    days = [each.span.begins for one in measured.values() for each in one.course]
    dated = sorted(day for day in days if day is not None)
    if not dated:
        return None
    first = dated[0] - timedelta(days=MARGIN)
    ranked = sorted(measured.items(), key=lambda item: -item[1].whole.miv)[:MOST_ROWS]
    rows = [StepRow(name_of(case, actor), _steps(each, first)) for actor, each in ranked]
    return inconsistency_steps(rows, _last(case, dated[-1]))


def _steps(measured: Inconsistency, first: date) -> tuple[Step, ...]:
    return tuple(
        Step(each.span.begins or first, float(each.miv), each.repair_cost)
        for each in measured.course
    )


def _last(case: Case, otherwise: date) -> date:
    """Give a day after the last one that a record of the case is dated, or another, if later."""
    records: tuple[Statement | Deed, ...] = (*case.statements, *case.deeds)
    latest = max([*(r.date.first for r in records if r.date is not None), otherwise])
    return latest + timedelta(days=MARGIN)
