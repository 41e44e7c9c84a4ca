"""How much a search may do, counted so that it comes out alike on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pysat.solvers import Minisat22

STEPS = 200_000_000
"""What a search may take unless the caller allows more: about a minute."""

_CALL = 100  # steps that a call of a solver takes before it propagates anything


class OutOfWork(Exception):
    """A search has done all the work that it may."""


class Work:
    """The steps a search has left: each is a literal that a solver propagates.

    Attributes:
        calls: how often a solver was called.
        left: how many steps are left.
    """

    def __init__(self, steps: int = STEPS) -> None:
        """Start with that many steps."""
        self.calls = 0
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take steps off.

        Raises:
            OutOfWork: they are more than are left.
        """
        self.left -= steps
        if self.left < 0:
            raise OutOfWork

    def solve(self, solver: Minisat22, assumptions: Sequence[int]) -> bool:
        """Tell whether the clauses of a solver can be satisfied under assumptions.

        Raises:
            OutOfWork: the solver needs more steps than are left.
        """
        self.spend(_CALL)
        self.calls += 1
        before = solver.accum_stats()["propagations"]
        solver.prop_budget(self.left + 1)
        answer = solver.solve_limited(assumptions=assumptions)
        self.left -= solver.accum_stats()["propagations"] - before
        if answer is None:
            raise OutOfWork
        return bool(answer)
