"""Claims about agendas in words, with the figures they rest on: for a terminal and for a brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.case.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from melian.discourse.agenda.broader import BreadthClaim, Whose
    from melian.discourse.agenda.claims import Claim, Side
    from melian.discourse.agenda.result import Agenda

_DOING = {
    "scope": ("speak", " of {} questions"),
    "level": ("speak", " at the {} level"),
    "frame": ("frame", " what is said as {}"),
}
EVERYONE, OTHERS = "all together", "all others"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in parts, so that a brief can set them apart.

    Attributes:
        who: the subject.
        what: the rest of the sentence, without its end.
        figures: what it rests on, to stand in brackets.
    """

    who: str
    what: str
    figures: str

    @property
    def sentence(self) -> str:
        """The whole of it."""
        return f"{self.who} {self.what} ({self.figures})."


def claim_in_words(claim: Claim, periods: Sequence[Agenda]) -> Said:
    """Word a claim that somebody speaks of something more than another, or than before.

    Args:
        claim: one that holds.
        periods: the agendas of all, to name periods by.
    """
    more, less = claim.more, claim.less
    everyone = OTHERS if more.period is None else EVERYONE
    verb, rest = _DOING.get(claim.aspect, ("speak", ' of "{}"'))
    doing = f"{verb}{'s' if more.actor else ''}{rest.format(claim.value)} more"
    gap = claim.difference
    span = "" if gap is None else f", {100 * gap.low:.0f} to {100 * gap.high:.0f} points more"
    figures = f"{_of(more)}, against {_of(less)}{span}; {p_in_words(claim.corrected)}"
    if more.period is None:
        return Said(more.actor or everyone, f"{doing} than {less.actor or everyone}", figures)
    when = f"in {_when(more, periods)} than in {_when(less, periods)}"
    return Said(more.actor or everyone, f"{doing} {when}", figures)


def broader_in_words(claim: BreadthClaim, periods: Sequence[Agenda]) -> Said:
    """Word a claim that an agenda is broader than another, or broader or narrower than before.

    Args:
        claim: one that holds.
        periods: the agendas of all, to name periods by.
    """
    broader, narrower = claim.broader, claim.narrower
    figures = _issues(broader, narrower)
    if claim.interval is not None:
        figures += f": {claim.interval.low:.1f} to {claim.interval.high:.1f} times as many"
    figures += f"; {p_in_words(claim.corrected)}"
    if broader.period is None or narrower.period is None:
        what = f"has a broader agenda than {narrower.actor or EVERYONE}"
        return Said(broader.actor or EVERYONE, what, figures)
    has = "has" if broader.actor else "have"
    later, earlier, way = broader, narrower, "broader"
    if narrower.period > broader.period:
        later, earlier, way = narrower, broader, "narrower"
        figures = _issues(later, earlier) + figures.removeprefix(_issues(broader, narrower))
        figures = figures.replace("times as many", "times as many before")
    when = f"in {_when(later, periods)} than in {_when(earlier, periods)}"
    return Said(broader.actor or EVERYONE, f"{has} a {way} agenda {when}", figures)


def _issues(one: Whose, other: Whose) -> str:
    first, second = one.effective_estimate or 0.0, other.effective_estimate or 0.0
    return f"{first:.1f} issues in effect, against {second:.1f}"


def _when(side: Side | Whose, periods: Sequence[Agenda]) -> str:
    return "" if side.period is None else period_in_words(periods[side.period].period)


def period_in_words(period: tuple[date, date] | None) -> str:
    """Name a period by its first day, month or year, whichever is enough."""
    if period is None:
        return ""
    first, last = period
    if first == last:
        return str(first)
    days = (last - first).days
    return str(first.year) if days > 31 else f"{first:%Y-%m}" if days > 6 else f"{first} week"


def _of(side: Side) -> str:
    return f"{side.share:.0%}, {side.count} of {side.coded}"


def p_in_words(value: float | None) -> str:
    """Give a corrected p."""
    told = "" if value is None else "below 0.0001" if value < 1e-4 else f"{value:.2g}"
    return f"corrected p {told}"


def breadth_in_words(claims: Sequence[BreadthClaim], which: str) -> str:
    """Say of how many comparisons claims of breadth hold, to stand before them.

    Args:
        claims: all comparisons of a kind.
        which: between what: "actors" or "periods".
    """
    asked = [claim for claim in claims if claim.verdict != "too few"]
    if not asked:
        return f"Between {which}: too few statements to say that any agenda is broader."
    some = counted(len(asked), "comparison")
    if any(claim.holds for claim in asked):
        return f"Between {which}, this holds of breadth, of {some}:"
    return (
        f"Between {which}, no agenda is surely broader than another, given that {some} were made."
    )
