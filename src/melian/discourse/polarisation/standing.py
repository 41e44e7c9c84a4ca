"""Who stands where in a window, and whether it has two camps at all.

Two camps can be had of any statements, also where all agree. So a window has two camps only if
they fit better than one, and better than in all but one in twenty deals by chance (a permutation
test, see :mod:`~melian.discourse.polarisation.certainty`). In any other, nobody is on a side.

Actors whom a window puts to neither side clearly are undecided in it: those of whose ties less than
60 % fit their side, and those who are on the other side in more than a quarter of the draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from melian.discourse.polarisation.camps import Camp, Camps, Member
    from melian.discourse.polarisation.certainty import Certainty, Chance
    from melian.discourse.statements.table import Value

FEWEST_ACTORS = 4
FEWEST_STATEMENTS = 20
"""A window with less is too thin to speak of camps: two against two can nearly always be found."""

DEALS = 99
"""Chance deals so often in each window, also where nothing is drawn: with these, the least share of
deals that do as well as the debate is one in a hundred."""

OFTEN = 0.05
"""Two camps are no evidence if chance does as well in a larger share of the deals."""

STEADY = 0.75
"""In this share of the draws an actor has to be on its side, if it is to be clear."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an actor stands in a window.

    Attributes:
        actor: who.
        camp: in which camp, or in neither clearly.
        statements: how many it makes.
        fit: the share of its ties that fit the side it is put on, less those that do not.
        kept: in which share of the draws it is on that side; none, where nothing was drawn.
    """

    actor: Value
    camp: Camp | None
    statements: int
    fit: float
    kept: float | None


def thin(found: Camps) -> str:
    """Say why a window is too thin to speak of camps; nothing, if it is not."""
    if found.statements < FEWEST_STATEMENTS:
        return f"fewer than {FEWEST_STATEMENTS} statements"
    if len(found.members) < FEWEST_ACTORS:
        least = found.wanted.least
        return f"fewer than {FEWEST_ACTORS} actors with {least} statements or more"
    return ""


def stands(
    found: Camps, sure: Certainty | None, last: dict[Value, int]
) -> tuple[tuple[Stand, ...], float | None]:
    """Name camps as they were named before, and give the share that is where it was.

    Args:
        found: the camps of a window.
        sure: what draws give, if there were any.
        last: 1 of those who were last in A, -1 of those in B.
    """
    members = found.members
    kept = {} if sure is None else dict(zip(found.actors, sure.kept, strict=True))
    same: dict[int, int] = {}
    for each in members:
        step = each.statements * sign(each.camp) * last.get(each.actor, 0)
        same[each.part] = same.get(each.part, 0) + step
    found_stands = tuple(
        Stand(
            each.actor,
            _camp(each, same[each.part], kept.get(each.actor)),
            each.statements,
            each.fit,
            kept.get(each.actor),
        )
        for each in members
    )
    known = sum(each.statements for each in members if each.actor in last)
    turned = sum(abs(value) for value in same.values())
    return found_stands, (known + turned) / (2 * known) if known else None


def _camp(member: Member, same: int, kept: float | None) -> Camp | None:
    """Give the camp of an actor by its older name; none, if its side is not clear."""
    steady = kept is None or kept >= STEADY
    if not member.firm or member.free or not steady or same == 0:
        return None
    return "A" if sign(member.camp) * same > 0 else "B"


def united(dealt: Chance | None) -> str:
    """Say why a window has not two camps; nothing, if it has.

    Args:
        dealt: what chance gives; none, where two camps fit no better than one.
    """
    if dealt is None:
        return "two camps fit no better than one"
    if dealt.above > OFTEN:
        return "no more than chance"
    return ""


def sign(camp: Camp) -> int:
    """Give 1 for A, and -1 for B."""
    return 1 if camp == "A" else -1
