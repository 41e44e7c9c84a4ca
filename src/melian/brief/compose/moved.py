"""How it moved: what was said more and when, what rises or falls after an event, who turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.debate_time import (
    in_words,
    named,
    polarisation_line,
    switching_strip,
)
from melian.brief.compose.trend_pictures import trend_figure
from melian.brief.compose.words import capital, number
from melian.brief.document import Cite, Items, Paragraph, Section, Strong
from melian.brief.drawing import percent
from melian.brief.figures.level_line import level_line
from melian.brief.figures.switching import switching
from melian.case.wording import counted, series
from melian.discourse.coalitions.wording import some_of
from melian.discourse.trends.claims import MINIMUM
from melian.discourse.trends.wording import refusal, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.brief.debate import Debate
    from melian.brief.document import Block, Prose
    from melian.discourse.polarisation.moving import Moment
    from melian.discourse.polarisation.reversing import Reversal
    from melian.discourse.trends.bursts import Burst
    from melian.discourse.trends.changes import Change
    from melian.discourse.trends.claims import Claim
    from melian.discourse.trends.report import Trends

TOLD = 5
BURSTS = 8
FEWEST_UNITS = 4
"""Fewer weeks, months or years show no course."""


def moved(found: Debate | None) -> tuple[Section, ...]:
    """Say how the debate went over time, or why that cannot be said."""
    if found is None or found.trends is None:
        return ()
    trends = found.trends
    blocks: list[Block] = [Paragraph((each,)) for each in _coverage(trends)]
    if _long_enough(trends):
        blocks.append(trend_figure(trends))
        concepts = [burst for burst in trends.bursts if burst.subject.concepts]
        blocks += _items("What came up far more than usual:", map(_burst, concepts[:BURSTS]))
        blocks += _items(
            "What changed for good:", [_change(c) for c in trends.changes if c.holds][:TOLD]
        )
    blocks += _after_events(trends)
    blocks += _camps(found)
    return (Section("moved", "How it moved", tuple(blocks)),)


def _long_enough(trends: Trends) -> bool:
    return len(trends.time) >= FEWEST_UNITS and len(trends.time.rows) >= MINIMUM


def _items(lead: str, proses: Iterable[Prose]) -> list[Block]:
    items = tuple(proses)
    return [Items(items, (lead,))] if items else []


def _coverage(trends: Trends) -> Iterator[str]:
    """Say how much of what is said can be put on a calendar."""
    left = trends.time.left_out.told
    dated = len(trends.time.rows)
    if not dated:
        yield f"How it moved cannot be told: {left or 'no statement is dated.'}"
        return
    if _long_enough(trends):
        if left:
            yield f"{left} They are left out of what follows."
        return
    some = counted(dated, "statement")
    units = counted(len(trends.time), trends.time.unit.removesuffix("s"))
    lead = f"{left} The {some} dated more closely" if left else f"The {some}"
    yield f"{lead} lie in {units}: too few to show a course."


def _burst(burst: Burst) -> Prose:
    often = f"{burst.count:,} of {burst.of:,} statements, where it is {percent(burst.share)} in all"
    when = f"{in_words(burst.first)} to {in_words(burst.last)}"
    return (Strong(_about(burst)), f", {when}: {often}", _cited(burst.statements), ".")


def _about(of: Burst | Change) -> str:
    return capital(named(of.subject))


def _change(change: Change) -> Prose:
    rise = "more" if change.after > change.before else "less"
    if change.measure == "share":
        course = f"{percent(change.before)} before, {percent(change.after)} since"
    else:
        course = f"{change.before:.2g} statements a day before, {change.after:.2g} since"
    sure = f"between {in_words(change.earliest)} and {in_words(change.latest)}"
    if change.earliest == change.latest:
        sure = "a date that is sure"
    return (
        Strong(_about(change)),
        f": {rise} from {in_words(change.date)} on ({sure}): {course}",
        _cited((*change.statements_before, *change.statements_after)),
        ".",
    )


def _after_events(trends: Trends) -> list[Block]:
    """Give the claims that hold around milestones, and why others are not made."""
    if not trends.sides:
        return []
    asked = [claim for claim in trends.claims.claims if claim.subject.claims]
    others = [claim for claim in trends.claims.claims if not claim.subject.claims]
    held = [_claim(claim, trends.claims.comparisons) for claim in others if claim.holds][:TOLD]
    names = series([sides.event.name for sides in trends.sides])
    answers = tuple(_claim(claim, trends.claims.comparisons) for claim in asked)
    blocks: list[Block] = _items(f"What is asked about {names}:", answers)
    if held:
        blocks.append(Items(tuple(held), (f"What rises or falls after {names}:",)))
    refused = [claim for claim in others if not claim.holds]
    if refused or trends.claims.unnamed or not held:
        blocks.append(Paragraph((_refused(trends, names, refused, bool(held)),)))
    return blocks


def _claim(claim: Claim, comparisons: int) -> Prose:
    """Give a claim that holds, or say of one that was asked for that it cannot be made."""
    cite = _cited((*claim.before.statements, *claim.after.statements))
    if claim.holds:
        return (sentence(claim, comparisons), cite)
    lead = f" are not said to rise or fall after {claim.event.name}"
    return (Strong(named(claim.subject)), lead, cite, f": {claim.why_not}")


def _refused(trends: Trends, names: str, refused: list[Claim], held: bool) -> str:
    """Say what is not said of events, and why."""
    if not refused:
        sides = trends.sides[0]
        before, after = (len(rows) for rows in sides.rows)
        left = sides.left_out.told
        return (
            f"Whether anything rises or falls after {names} cannot be told: "
            f"{number(before)} statements before it and {number(after)} after it can be "
            f"compared.{f' {left}' if left else ''}"
        )
    first = refusal(refused[0])
    more = len(refused) - 1 + trends.claims.unnamed
    lead = "Of nothing else" if held else "Of nothing"
    rest = f" It is the same with {more:,} others." if more else ""
    return f"{lead} can it be said that it rises or falls after {names}. {first}{rest}"


def _camps(found: Debate) -> list[Block]:
    """Draw polarisation over time, and say who changed sides or turned round."""
    blocks: list[Block] = []
    if found.course is not None and any(m.camps for m in found.course.moments):
        blocks.append(level_line(polarisation_line(found.course), anchor="polarisation"))
        strip = switching_strip(found.course)
        if strip.strips:
            blocks.append(switching(strip, anchor="switching"))
        opposed = (moment for moment in found.course.moments if _sides(moment)[1])
        blocks += _items("Who stood against whom:", map(_opposed, opposed))
    if found.reversals is not None:
        blocks += _items("Who turned round on what:", map(_reversal, _ranked(found)[:TOLD]))
    return blocks


def turned(found: Debate) -> tuple[Prose, ...]:
    """Say in a sentence who turned round on what, of those with most statements behind it."""
    return tuple(map(_reversal, _ranked(found)[:1]))


def _ranked(found: Debate) -> list[Reversal]:
    every = found.reversals.found if found.reversals is not None else ()
    return sorted(every, key=lambda turn: -len(turn.before) - len(turn.after))


def _sides(moment: Moment) -> tuple[list[str], list[str]]:
    """Give who stands on either side, the smaller side last."""
    sides = [[str(s.actor) for s in moment.stands if s.camp == camp] for camp in ("A", "B")]
    one, other = sorted(sides, key=len, reverse=True)
    return one, other


def _opposed(moment: Moment) -> Prose:
    one, other = (some_of(names) for names in _sides(moment))
    when = f"{in_words(moment.first)} to {in_words(moment.last)}"
    measure = f" (polarisation {moment.camps.polarisation:.2f})" if moment.camps else ""
    return (f"{when}: ", Strong(one), " against ", Strong(other), f"{measure}.")


def _reversal(turn: Reversal) -> Prose:
    verbs = ("asserted", "denied") if turn.denies else ("denied", "asserted")
    return (
        Strong(str(turn.actor)),
        f" {verbs[0]} “{turn.concept}” until {in_words(turn.until)}",
        _cited(turn.before),
        f", and {verbs[1]} it from {in_words(turn.since)} on",
        _cited(turn.after),
        ".",
    )


def _cited(statements: tuple[str, ...]) -> Cite:
    return Cite(tuple(dict.fromkeys(statements)))
