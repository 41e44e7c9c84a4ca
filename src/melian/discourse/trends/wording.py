"""Bursts, changes and claims as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import capital, counted
from melian.discourse.statistics.correction import p_words
from melian.discourse.trends.subject import Subject

if TYPE_CHECKING:
    from melian.discourse.trends.claims import Claim, Side


def sentence(claim: Claim, comparisons: int) -> str:
    """Give a claim that holds as a sentence.

    Args:
        claim: it holds.
        comparisons: how many were made in all.
    """
    way = "more" if claim.rises else "less"
    after = f"after {claim.event.name}"
    sure = f"{p_words(claim.p or 0)}; for all {comparisons:,}, {p_words(claim.corrected or 0)}"
    name = capital(claim.subject.label)
    if claim.measure == "share":
        what = f"a {'larger' if claim.rises else 'smaller'} share of {whole(claim.among)} {after}"
        return f"{name}: {what}: {_part(claim.before)} before, {_part(claim.after)} since ({sure})."
    what = f"{way} often {after}"
    return (
        f"{name}: {what}: {_often(claim.before)} before, {_often(claim.after)} since "
        f"({_times(claim)}; {sure}).{_general(claim)}"
    )


def refusal(claim: Claim) -> str:
    """Give why a claim is not made, as a sentence."""
    what = "" if claim.p is None else f" ({claim.measure})"
    return f"{capital(claim.subject.label)}{what}: {claim.why_not}"


def whole(among: Subject) -> str:
    """Give what something is a share of, in words."""
    if among == Subject():
        return "all that is said"
    return f"what {among.actor} says" if not among.concepts else f"what is said {among.label}"


def _often(side: Side) -> str:
    return f"{counted(side.count, 'statement')} in {counted(side.days, 'day')}"


def _part(side: Side) -> str:
    return f"{side.count:,} of {side.of:,}" + (f" ({side.count / side.of:.0%})" if side.of else "")


def _times(claim: Claim) -> str:
    low, high = claim.interval or (0.0, float("inf"))
    edges = f"95% interval {_number(low)} to {_number(high)}"
    if claim.ratio is None or claim.ratio == float("inf"):
        return f"at least {_number(low)} times as often"
    return f"{_number(claim.ratio)} times as often, {edges}"


def _number(value: float) -> str:
    if value == float("inf"):
        return "any number"
    return f"{value:.0f}" if value >= 20 else f"{value:.2g}"


def _general(claim: Claim) -> str:
    if not claim.general:
        return ""
    return " This may be no more than what is said in all: its share is not surely another."
