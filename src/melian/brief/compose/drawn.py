"""What is stable, where combinations of readings are too many to solve each: shares of a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose.coalitions import ALONE
from melian.brief.compose.doubts import rests
from melian.brief.compose.outcomes import described, left_out, merged, split
from melian.brief.compose.wants import wants
from melian.brief.compose.words import plural
from melian.brief.document import Items, Paragraph, Section, Table
from melian.brief.drawing import percent
from melian.conflict.result import Concept
from melian.readings.wording import WEIGHED, combined, large

if TYPE_CHECKING:
    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material
    from melian.readings.draws.drawing import Draws
    from melian.readings.draws.intervals import Estimate

STATES_SHOWN = 12


def sampled(material: Material, draws: Draws, speech: Speech) -> Section:
    """Say in what share of a sample of the combinations which outcomes are stable."""
    blocks: list[Block] = [Paragraph((_counted(draws, combined(speech.case)),))]
    blocks += merged(speech)
    if draws.status_quo is not None:
        blocks.append(Paragraph((_status_quo(draws, speech, draws.status_quo),)))
    splits = [choice for choice in draws.choices if len(choice.sides) > 1]
    items = tuple(split(material, speech, choice) for choice in splits)
    blocks.append(Items(items, ("What the parties' preferences rest on, and where it splits:",)))
    if draws.uncertain:
        blocks.append(Paragraph((WEIGHED,)))
    if draws.found(Concept.NASH):
        leading = f"{_leading(draws, speech)}{left_out(draws)}"
        blocks += [Paragraph((leading,)), _states(draws, speech)]
    if material.case.conflict is not None and material.case.conflict.coalitions:
        blocks.append(Paragraph((f"{ALONE} What coalitions would leave is not drawn.",)))
    blocks += [_options(draws, speech), wants(speech)]
    title = "What is stable, and under which readings"
    return Section("outcomes", title, tuple(blocks))


def expected(draws: Draws, speech: Speech, *, target: bool = True) -> list[Prose]:
    """Say for the answer what can be expected, as far as a sample tells.

    Args:
        draws: the sample.
        speech: about the case.
        target: whether to say how sure the target is.
    """
    found: list[Prose] = []
    if draws.found(Concept.NASH):
        found.append((_leading(draws, speech),))
    if target and draws.target is not None:
        assured, possible = map(draws.estimate, (draws.assured, draws.possible))
        sure = (
            f"That {speech.outcome(draws.target)} is sure in {about(assured)} of the combinations"
        )
        found.append((f"{sure}, and possible in {about(possible)}.",))
    return found


def unfollowed(draws: Draws, speech: Speech) -> tuple[Section, ...]:
    """Say that moves from the status quo are not followed, where there is one."""
    if draws.status_quo is None:
        return ()
    text = (
        f"The combinations of {combined(speech.case)} are too many to follow the moves from the "
        "status quo in each, so it is not told which outcomes they would lead to."
    )
    return (Section("coming-about", "How it could come about", (Paragraph((text,)),)),)


def about(estimate: Estimate) -> str:
    """Give an estimated share with its interval."""
    share, low, high = map(percent, (estimate.share, estimate.low, estimate.high))
    return f"{share} ({low} to {high})"


def _counted(draws: Draws, of: str) -> str:
    return (
        f"{rests(draws.choices)} The sides they may take make {large(draws.combinations)} "
        f"combinations of {of}, too many to solve each. {draws.draws:,} of them were drawn "
        f"(seed {draws.seed}) and make {plural(draws.profiles, 'different conflict')}, each with "
        f"{len(draws.decimals):,} possible states. Shares are estimates: the interval behind a "
        "share holds the exact one in about 19 samples of 20. An equilibrium (after Nash) is a "
        "state from which no party gains by moving alone."
    )


def _status_quo(draws: Draws, speech: Speech, state: int) -> str:
    told = described(draws, speech, state)
    share = about(draws.share(state, Concept.NASH))
    return f"If things stayed as they are, {told}. That can last in {share} of the combinations."


def _leading(draws: Draws, speech: Speech) -> str:
    first = draws.found(Concept.NASH)[0]
    share = about(draws.share(first, Concept.NASH))
    told = described(draws, speech, first)
    return f"Most often, in {share} of the combinations by a sample of them, {told}."


def _states(draws: Draws, speech: Speech) -> Table:
    found = draws.found(Concept.NASH)
    more = len(found) - STATES_SHOWN
    tail = f" {more:,} more are equilibria in some draw." if more > 0 else ""
    return Table(
        f"The equilibria that come up most often.{tail}",
        ("What is done", "Nash equilibrium in", "Under all five concepts in"),
        tuple(
            (
                (described(draws, speech, number),),
                (about(draws.share(number, Concept.NASH)),),
                (about(draws.share(number)),),
            )
            for number in found[:STATES_SHOWN]
        ),
        numeric=frozenset({1, 2}),
    )


def _options(draws: Draws, speech: Speech) -> Table:
    counts = zip(draws.options, draws.sure, draws.ruled_out, strict=True)
    return Table(
        "What can be expected of each option. It is sure where it is part of every Nash "
        f"equilibrium of a combination of {combined(speech.case)}, and ruled out where it is part "
        "of none.",
        ("Option", "Sure in", "Ruled out in"),
        tuple(
            (
                (f"{speech.owners(speech.option(name))}: {speech.option(name).text}",),
                (about(draws.estimate(sure)),),
                (about(draws.estimate(ruled_out)),),
            )
            for name, sure, ruled_out in counts
        ),
        numeric=frozenset({1, 2}),
    )
