"""The answer in five sentences: what is sure, what hangs on what, what is wrong, what could help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose import moves
from melian.brief.compose.outcomes import leading, settled
from melian.brief.compose.words import capital, name, number, plural
from melian.brief.document import Cite, Refer
from melian.case.wording import series
from melian.conflict.result import Concept
from melian.readings.outlook import outlook

if TYPE_CHECKING:
    from melian.brief.compose.words import Speech
    from melian.brief.document import Prose
    from melian.brief.gathering import Material
    from melian.case.model import Conflict
    from melian.readings.conditions import HangsOn
    from melian.readings.outcomes import Outcomes
    from melian.readings.outlook import Outlook

SENTENCES = 5


def answer(material: Material, speech: Speech) -> tuple[Prose, ...]:
    """Give the answer, one prose a sentence."""
    outcomes, conflict = material.outcomes, material.case.conflict
    told: list[Prose] = []
    if outcomes is not None and conflict is not None:
        told += _expected(material, speech, outcomes, conflict)
    told.append(_unsound(material))
    closing = moves.summary(material)
    room = SENTENCES - bool(closing) - 1
    told = [*told[: room - 1 + (len(told) <= room)], told[-1]] if len(told) > room + 1 else told
    if closing:
        told.append((closing,))
    return tuple(told)


def _expected(
    material: Material, speech: Speech, outcomes: Outcomes, conflict: Conflict
) -> list[Prose]:
    views = outlook(outcomes)
    sentences: list[Prose] = []
    sure = settled(views, conflict, speech)
    if sure:
        count = plural(outcomes.combinations, "combination")
        lead = "Whichever side of its own contradictions each party comes down on"
        sentences.append((f"{lead} (in all {count} of readings): {sure}.",))
    elif outcomes.stable(Concept.NASH):
        sentences.append(leading(material, speech))
    sentences += _hanging(speech, outcomes, conflict, views)
    return sentences


def _hanging(
    speech: Speech, outcomes: Outcomes, conflict: Conflict, views: tuple[Outlook, ...]
) -> list[Prose]:
    """Say what the open moves hang on, those that hang on least first; alike ones in one breath."""
    by_mask: dict[bytes, list[Outlook]] = {}
    for view in views:
        if view.settled is None and view.taken.any():
            by_mask.setdefault(view.taken.tobytes(), []).append(view)
    found = [(outcomes.hangs_on(alike[0].taken), alike) for alike in by_mask.values()]
    found.sort(key=lambda pair: _length(pair[0]))
    return [
        (
            capital(speech.would([conflict.options[v.option] for v in alike])),
            " ",
            *speech.hangs_on(hangs),
            ".",
        )
        for hangs, alike in found
    ]


def _length(hangs: HangsOn) -> tuple[int, int]:
    return sum(len(conditions) for conditions in hangs.cover), len(hangs.cover)


def _unsound(material: Material) -> Prose:
    findings = material.audit.findings
    if not findings:
        return ("What is coded of each party holds together.",)
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.actor] = counts.get(finding.actor, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    (first, most), rest = ranked[0], ranked[1:]
    text = f"{name(material.case, first)}'s position does not hold together in "
    text += plural(most, "place")
    if rest:
        text += ", " + series([f"{name(material.case, a)}'s in {number(n)}" for a, n in rest])
    gravest = findings[0]
    return (
        f"{text}; the gravest: ",
        Refer(gravest.title.rstrip("."), f"finding-{gravest.id}"),
        Cite((*gravest.statements, *gravest.deeds)),
        ".",
    )
