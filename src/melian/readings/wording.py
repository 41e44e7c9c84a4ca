"""Conditions on the readings in a few words, by the names that the case gives things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import counted, name_of
from melian.readings.doubts import doubts
from melian.readings.marks import Above, Held

if TYPE_CHECKING:
    from melian.case.model import Case
    from melian.readings.conditions import Condition, HangsOn
    from melian.readings.draws.intervals import Estimate

WEIGHED = (
    "Shares weigh a preference by the probability that the case gives it. Where nobody knows, all "
    "possibilities count alike; that is a convention and not a finding."
)


def combined(case: Case) -> str:
    """Give what the combinations that are counted are of, to put after "combinations of".

    They are of readings; where preferences are uncertain, also of what the parties may prefer.
    """
    wishes = case.conflict.preferences.items() if case.conflict else ()
    forks = (fork for actor, preferences in wishes for fork in doubts(actor, preferences))
    return "readings and preferences" if any(len(f.sides) > 1 for f in forks) else "readings"


def single_parties(case: Case) -> str:
    """Say that coalitions are not asked, where the case has some; "" where it has none."""
    if case.conflict is None or not case.conflict.coalitions:
        return ""
    return (
        "Only single parties are asked. The case has coalitions: melian stability says which "
        "equilibria they would leave."
    )


def beyond(count: int) -> str:
    """Say how many equilibria are left out because they cannot come about; "" for none.

    >>> beyond(2)
    'Left out: 2 Nash equilibria that no moves, in whatever number, lead to from the status quo.'
    """
    some = counted(count, "Nash equilibrium", "Nash equilibria")
    told = f"Left out: {some} that no moves, in whatever number, lead to from the status quo."
    return told if count else ""


def large(count: int) -> str:
    """Give a count as people read it, however large.

    >>> large(65536), large(3**90)
    ('65,536', 'about 10^42')
    """
    return f"{count:,}" if count < 10**15 else f"about 10^{len(str(count)) - 1}"


def between(estimate: Estimate) -> str:
    """Give an estimated share in percent, with its interval.

    >>> from melian.readings.draws.intervals import Estimate
    >>> between(Estimate(1200, 2000)), between(Estimate(0, 2000))
    ('60.0% (57.8 to 62.1)', '0.0% (0.0 to 0.2)')
    """
    share, low, high = (100 * x for x in (estimate.share, estimate.low, estimate.high))
    return f"{share:.1f}% ({low:.1f} to {high:.1f})"


def in_short(case: Case, condition: Condition) -> str:
    """Give a condition in a few words: ``Russia keeps nato-relic``."""
    who, mark = name_of(case, condition.actor), condition.mark
    match mark:
        case Held():
            verb = "prefers" if condition.kept else "does not have the preference"
            return f'{who} {verb} "{mark}"'
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
