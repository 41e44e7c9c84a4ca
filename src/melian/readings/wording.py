"""Conditions on the readings in a few words, by the names that the case gives things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import name_of
from melian.readings.marks import Above, Held

if TYPE_CHECKING:
    from melian.case.model import Case
    from melian.readings.conditions import Condition, HangsOn

WEIGHED = (
    "Shares weigh a preference by the probability that the case gives it. Where nobody knows, all "
    "possibilities count alike; that is a convention and not a finding."
)


def in_short(case: Case, condition: Condition) -> str:
    """Give a condition in a few words: ``Russia keeps nato-relic``."""
    who, mark = name_of(case, condition.actor), condition.mark
    match mark:
        case Held():
            return f'{who} {"prefers" if condition.kept else "does not care about"} "{mark}"'
        case Above(upper, lower):
            first, second = (upper, lower) if condition.kept else (lower, upper)
            return f'{who} puts "{first}" before "{second}"'
        case _:
            return f"{who} {'keeps' if condition.kept else 'drops'} {mark}"


def alternatives(case: Case, hangs: HangsOn, most: int) -> str:
    """Give when something holds, alternative by alternative; "" when it always does.

    Args:
        case: whose actors are named.
        hangs: the conditions.
        most: how many alternatives are told; the others are counted.
    """
    told = [" and ".join(in_short(case, c) for c in each) for each in hangs.cover]
    more = len(told) - most
    return "; or ".join([*told[:most], *([f"{more} more"] if more > 0 else [])])
