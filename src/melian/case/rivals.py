"""Which explanations are weighed against each other, and what each starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.case.model import Case, Evidence, Hypothesis

ROUNDING = 0.015
"""How far priors may be from one in sum: three thirds written as 33% are."""


def rivals(case: Case) -> dict[str, tuple[Hypothesis, ...]]:
    """Give the explanations by the actor they are about, those about nobody in particular by ""."""
    found: dict[str, list[Hypothesis]] = {}
    for hypothesis in case.hypotheses.values():
        found.setdefault(hypothesis.about, []).append(hypothesis)
    return {about: tuple(each) for about, each in found.items()}


def priors(group: Sequence[Hypothesis]) -> tuple[float, ...]:
    """Give what each explanation starts from; those without a number share what is left evenly.

    Where the numbers do not sum to one, none of them counts and all share evenly.
    """
    given = [hypothesis.prior for hypothesis in group]
    known = [prior for prior in given if prior is not None]
    if not sums_to_one(group):
        return (1 / len(group),) * len(group)
    if len(known) == len(given):
        return tuple(prior / sum(known) for prior in known)
    rest = (1 - sum(known)) / (len(given) - len(known))
    return tuple(rest if prior is None else prior for prior in given)


def sums_to_one(group: Sequence[Hypothesis]) -> bool:
    """Tell whether the priors given sum to one, or leave something to those without."""
    known = [hypothesis.prior for hypothesis in group if hypothesis.prior is not None]
    if len(known) < len(group):
        return sum(known) < 1
    return abs(sum(known) - 1) < ROUNDING


def coded_for(evidence: Evidence, group: Sequence[Hypothesis]) -> int:
    """Give for how many of the explanations it is said how likely the evidence is."""
    return sum(hypothesis.id in evidence.likely for hypothesis in group)
