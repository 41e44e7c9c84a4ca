"""How much a search may do, in steps that come out alike on every machine.

Some small cases have more solutions than anybody could list, or one that no solver finds. A search
that runs out of work gives what it has, and says that this may not be all. What a step stands for,
and what a call of a solver takes, is for each engine to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pysat.solvers import Glucose4, Minisat22


@dataclass(frozen=True, slots=True)
class Price:
    """What solving takes.

    Attributes:
        call: steps that a call takes before the solver looks at anything.
        assumption: steps for each assumption.
        of: what the solver counts.
        each: steps for one of those.
    """

    call: int
    assumption: int = 0
    of: Literal["conflicts", "propagations"] = "conflicts"
    each: int = 1


class OutOfWork(Exception):
    """A search has done all the work that it may."""


class Work:
    """The steps that a search has left.

    Attributes:
        calls: how often a solver was called.
        left: how many steps are left.
    """

    def __init__(self, steps: int, price: Price) -> None:
        """Start with that many steps, and with what solving takes of them."""
        self.calls = 0
        self.left = steps
        self._price = price

    def spend(self, steps: int) -> None:
        """Take steps off.

        Raises:
            OutOfWork: they are more than are left.
        """
        self.left -= steps
        if self.left < 0:
            raise OutOfWork

    def solve(self, solver: Glucose4 | Minisat22, assumptions: Sequence[int] = ()) -> bool:
        """Tell whether the clauses of a solver can be satisfied under assumptions.

        Some solvers look at what they may do only now and then (Glucose: between restarts); what
        they did beyond it is taken off all the same.

        Raises:
            OutOfWork: the solver needs more steps than are left.
        """
        price = self._price
        self.spend(price.call + price.assumption * len(assumptions))
        self.calls += 1
        before = solver.accum_stats()[price.of]
        allow = solver.conf_budget if price.of == "conflicts" else solver.prop_budget
        allow(self.left // price.each + 1)
        answer = solver.solve_limited(assumptions=assumptions)
        if answer is None:
            self.left = 0
            raise OutOfWork
        self.left -= (solver.accum_stats()[price.of] - before) * price.each
        return bool(answer)
