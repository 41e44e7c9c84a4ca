"""What could move it, where combinations of readings are too many to solve each: in a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.brief.compose import pictures
from melian.brief.compose.drawn import about
from melian.brief.compose.levers import SETS_SHOWN, TITLE, idle, sought, unweighed
from melian.brief.compose.moves import together
from melian.brief.compose.words import capital, lever_id, number, plural
from melian.brief.document import Cite, Paragraph, Section, Table
from melian.case.wording import sentence
from melian.readings.wording import combined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.brief.compose.words import Speech
    from melian.brief.document import Block, Prose
    from melian.brief.gathering import Material
    from melian.case.model import Case
    from melian.readings.levers.result import DrawnPull, DrawnSearch

MOVES_SHOWN = 12


def moving(material: Material, speech: Speech) -> Section:
    """Say in what share of a sample of the combinations which moves bring the target about."""
    case, aim = material.case, material.moved
    if aim is None:
        return unweighed(case)
    blocks: list[Block] = [
        Paragraph((_standing(aim, speech),)),
        Paragraph((_sufficing(aim),)),
        pictures.levers(case, aim),
        *_moves(case, aim),
        *idle(case, aim),
    ]
    return Section("levers", TITLE, tuple(blocks))


def likeliest(aim: DrawnSearch, speech: Speech) -> str:
    """Say for the answer how sure the target is, and which move alone would do most."""
    now, best = aim.baseline, max(aim.alone, key=lambda p: (p.assured.count, p.possible.count))
    told = f"That {speech.outcome(aim.target)} is sure in {about(now.assured)} of the combinations"
    if best.assured.count <= now.assured.count:
        possible = f"possible in {about(now.possible)}"
        return f"{told} and {possible}, and no lever alone would make it surer."
    return f"{told}, and in {about(best.assured)} if {together(speech.case, best, 'were to')}."


def _standing(aim: DrawnSearch, speech: Speech) -> str:
    among = f"the combinations of {combined(speech.case)}"
    shares = about(aim.baseline.assured), about(aim.baseline.possible)
    return (
        f"{sought(speech, aim.target, among, shares)} These are shares of {aim.draws:,} draws "
        f"(seed {aim.seed}), and every move is looked at in the same draws. What its effect hangs "
        "on, and who gains by it, is not told from a sample."
    )


def _sufficing(aim: DrawnSearch) -> str:
    """Say how many moves it takes in all draws, and what that proves."""
    if aim.baseline.holds_in("assured") == 1:
        return f"No move is needed for that in any draw. {_bounded(aim)}"
    if not aim.smallest:
        every = aim.largest == len(aim.alone)
        which = "No set of moves" if every else f"No set of up to {plural(aim.largest, 'move')}"
        total = sum(aim.searched.values()) - len(aim.unsolved)
        return (
            f"{which} makes it sure in every combination: all {total:,} were looked at, and each "
            "fails in some draw."
        )
    size, count = len(aim.smallest[0].levers), len(aim.smallest)
    makes = "makes" if count == 1 else "make"
    if size == 1:
        which = f"{capital(plural(count, 'move'))} alone {makes}"
        return f"{which} it sure in every draw. {_bounded(aim)}"
    smaller = sum(each for n, each in aim.searched.items() if n < size)
    return (
        f"{capital(plural(count, 'set'))} of {number(size)} moves {makes} it sure in every draw. "
        f"No smaller set does: all {smaller:,} of them fail in some draw. {_bounded(aim)}"
    )


def _bounded(aim: DrawnSearch) -> str:
    return (
        f"What is so in every draw is so in at least {100 * aim.at_least:.1f}% of the "
        "combinations, at the lower end of the interval."
    )


def _moves(case: Case, aim: DrawnSearch) -> Iterator[Table]:
    """Tell of the moves that change something, those that do most first, and of sets in all."""
    alone = [pull for pull in aim.alone if pull not in aim.still]
    alone.sort(key=lambda pull: (-pull.assured.count, -pull.possible.count))
    sets = [pull for pull in aim.smallest if len(pull.levers) > 1]
    shown = [*sets[:SETS_SHOWN], *alone[:MOVES_SHOWN]]
    more = len(sets) + len(alone) - len(shown)
    tail = f" {more:,} more change something, too." if more else ""
    if not shown:
        return
    yield Table(
        f"What moves would do, as coded.{tail}",
        ("What is done", "Sure in", "Possible in"),
        tuple(
            (_told(case, pull), (about(pull.assured),), (about(pull.possible),)) for pull in shown
        ),
        numeric=frozenset({1, 2}),
    )


def _told(case: Case, pull: DrawnPull) -> Prose:
    cited = Cite(tuple(lever_id(lever) for lever in pull.levers))
    return (sentence(together(case, pull, "could")).rstrip("."), cited)
