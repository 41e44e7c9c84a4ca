"""Equilibria of a conflict of any size that satisfy a formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from melian.conflict.symbolic.search import Search
from melian.conflict.symbolic.work import PRICE, STEPS
from melian.effort import OutOfWork, Work

if TYPE_CHECKING:
    from melian.case.formula import Formula
    from melian.conflict.result import Concept
    from melian.conflict.symbolic.model import SymbolicModel

Ended = Literal["all", "limit", "work"]
"""Why a search ended."""


@dataclass(frozen=True, slots=True)
class Equilibria:
    """Equilibria under one concept, in ascending order.

    Attributes:
        concept: which.
        options: the options of the conflict; option i is bit i of a decimal.
        decimals: the equilibria found; no number is too large for them.
        ended: why the search ended: ``all`` are found, the ``limit`` is reached, or the ``work``
            allowed is used up.
        calls: how often a SAT solver was called.
        refinements: how often something was learned from an objection to a state.
        only_counted: how many there are, where they were counted and not listed.
    """

    concept: Concept
    options: tuple[str, ...]
    decimals: tuple[int, ...]
    ended: Ended
    calls: int
    refinements: int
    only_counted: int | None = None

    @property
    def count(self) -> int:
        """How many were found."""
        return len(self.decimals) if self.only_counted is None else self.only_counted

    @property
    def complete(self) -> bool:
        """Whether there are no others; none found and complete is proof that there is none."""
        return self.ended == "all"


def equilibria(
    model: SymbolicModel,
    concept: Concept,
    where: Formula | None = None,
    limit: int | None = None,
    work: int = STEPS,
) -> Equilibria:
    """Find the equilibria of a conflict that satisfy a formula.

    Args:
        model: the conflict as formulas.
        concept: the stability concept.
        where: a formula over options that is true of them; any, when left out.
        limit: how many are wanted at most.
        work: how many steps the search may take: literals that solvers propagate.

    Raises:
        UsageError: the formula names something that is no option.
    """
    steps = Work(work, PRICE)
    search = Search(model, concept, where, steps)
    found: list[int] = []
    ended: Ended = "work"
    try:
        for state in search:
            if len(found) == limit:
                ended = "limit"
                break
            found.append(state)
        else:
            ended = "all"
    except OutOfWork:
        pass
    return Equilibria(
        concept, model.options, tuple(sorted(found)), ended, steps.calls, search.refinements
    )


def number(
    model: SymbolicModel, concept: Concept, where: Formula | None = None, work: int = STEPS
) -> Equilibria:
    """Count the equilibria of a conflict that satisfy a formula, without listing them.

    The arguments and errors are those of :func:`equilibria`.
    """
    steps = Work(work, PRICE)
    search = Search(model, concept, where, steps)
    found = 0
    ended: Ended = "work"
    try:
        for more in search.counts():
            found += more
        ended = "all"
    except OutOfWork:
        pass
    return Equilibria(
        concept, model.options, (), ended, steps.calls, search.refinements, only_counted=found
    )
