"""Where each party's position does not hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose import course, findings
from melian.brief.compose.words import capital, number, plural
from melian.brief.document import Group, Paragraph, Section
from melian.case.wording import name_of, series

if TYPE_CHECKING:
    from collections.abc import Collection

    from melian.audit.result import Finding, Kind, Standing
    from melian.brief.compose.words import Speech
    from melian.brief.document import Block
    from melian.brief.gathering import Material

DRAWN = 4


def positions(material: Material, speech: Speech) -> Section:
    """Say for each party where its position does not hold together, and what it could give up."""
    by_party = {actor: material.findings(actor) for actor in material.audit.actors}
    parties = sorted((a for a in by_party if by_party[a]), key=lambda a: -len(by_party[a]))
    drawn = _drawn(material.audit.findings)
    standings = material.audit.actors
    blocks: list[Block] = [
        _party(material, speech, standings[actor], by_party[actor], drawn) for actor in parties
    ]
    blocks += [
        Group(f"position-{actor}", capital(name_of(material.case, actor)), moves)
        for actor in by_party
        if not by_party[actor] and (moves := tuple(course.changed(material, speech, actor)))
    ]
    sound = [name_of(material.case, actor) for actor in by_party if not by_party[actor]]
    if sound and material.audit.complete:
        blocks.append(Paragraph((f"What is coded of {series(sound)} holds together.",)))
    blocks += course.how_far(material, speech)
    return Section("positions", "Where each position does not hold together", tuple(blocks))


def _drawn(found: Collection[Finding]) -> frozenset[str]:
    """Choose the findings to draw: the plainest that rest on a rule, each of another kind first."""
    argued = [finding for finding in found if finding.rules]
    first: dict[Kind, str] = {}
    for finding in argued:
        first.setdefault(finding.kind, finding.id)
    ranked = dict.fromkeys([*first.values(), *(finding.id for finding in argued)])
    return frozenset(list(ranked)[:DRAWN])


def _party(
    material: Material,
    speech: Speech,
    standing: Standing,
    found: Collection[Finding],
    drawn: Collection[str],
) -> Group:
    blocks: list[Block] = [_overview(speech, standing, len(found))]
    by_component: dict[int, list[Finding]] = {}
    for finding in found:
        by_component.setdefault(finding.component, []).append(finding)
    for index, members in by_component.items():
        blocks += [findings.told(speech, finding, drawn=finding.id in drawn) for finding in members]
        component = standing.components[index]
        mended = findings.mended(speech, members[0], component)
        blocks.append(Paragraph((mended, *findings.stake(material.solved, speech, members[0]))))
    blocks += course.changed(material, speech, standing.actor)
    who = name_of(speech.case, standing.actor)
    return Group(f"position-{standing.actor}", capital(who), tuple(blocks))


def _overview(speech: Speech, standing: Standing, count: int) -> Paragraph:
    who = name_of(speech.case, standing.actor)
    others = [name_of(speech.case, v) for v in speech.voices(standing) if v != standing.actor]
    through = f", also through {series(others)}," if others else ""
    reasons = sum(not c.statements and bool(c.warrants) for c in standing.commitments)
    aside = f", {number(reasons)} of them only in giving reasons" if reasons else ""
    text = (
        f"{capital(who)} has taken{through} "
        f"{plural(len(standing.commitments), 'position')}{aside}. They "
        f"{places(count, len(standing.components))}."
    )
    order = " What is plainest comes first: a flat denial before a clash that rests on a rule."
    return Paragraph((text + order if count > 1 else text,))


def places(count: int, components: int) -> str:
    """Say how often positions clash: ``clash in 18 places, which form 12 contradictions``."""
    text = f"clash in {plural(count, 'place')}"
    if components == count:
        return text
    return f"{text}, which form {plural(components, 'contradiction')}"
