"""How far a target is reached: whether it may come about, and whether it is sure to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.result import Concept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.readings.conditions import HangsOn
    from melian.readings.outcomes import Outcomes


@dataclass(frozen=True, slots=True)
class Reach:
    """In which share of the combinations of readings a target is reached.

    Attributes:
        possible: some equilibrium satisfies it, or may, where it stands for several decimals.
        assured: there are equilibria, and all of them satisfy it, in all that they stand for.
        combinations: how many combinations of readings there are.
        hangs_on: when it is assured.
    """

    possible: float
    assured: float
    combinations: int
    hangs_on: HangsOn


def reach(outcomes: Outcomes, target: Formula, concept: Concept = Concept.NASH) -> Reach:
    """Give the shares of the combinations of readings in which a target is reached.

    Raises:
        UsageError: the target names something that is no option.
    """
    met, shares = masks(outcomes, target, concept), reached(outcomes, target, concept)
    return Reach(
        float(shares.possible),
        float(shares.assured),
        outcomes.combinations,
        outcomes.hangs_on(met.assured),
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """In which exact shares of the combinations of readings a target is reached."""

    possible: Fraction
    assured: Fraction


def reached(outcomes: Outcomes, target: Formula, concept: Concept) -> Shares:
    """Give the exact shares of the combinations of readings in which a target is reached.

    Raises:
        UsageError: the target names something that is no option.
    """
    met = masks(outcomes, target, concept)
    return Shares(share(outcomes, met.possible), share(outcomes, met.assured))


@dataclass(frozen=True, slots=True, eq=False)
class Masks:
    """In which combinations of readings a target is reached, each of shape (combinations,)."""

    possible: NDArray[np.bool_]
    assured: NDArray[np.bool_]


def masks(outcomes: Outcomes, target: Formula, concept: Concept) -> Masks:
    """Give the combinations of readings in which a target is possible, and assured.

    Raises:
        UsageError: the target names something that is no option.
    """
    satisfied = outcomes.satisfying(target)
    stable = outcomes.equilibria[concept]
    some = (stable & satisfied.some).any(axis=1)
    every = stable.any(axis=1) & ~(stable & ~satisfied.every).any(axis=1)
    return Masks(np.asarray(some)[outcomes.profile], np.asarray(every)[outcomes.profile])


def share(outcomes: Outcomes, met: NDArray[np.bool_]) -> Fraction:
    """Give the exact share of the combinations of readings that a mask of combinations covers."""
    return Fraction(outcomes.weights[met].sum()) / Fraction(outcomes.weights.sum())
