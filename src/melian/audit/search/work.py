"""How much a search may do, in steps that come out alike on every machine.

A step is about what it takes to touch one element of a set. Some small cases have more conflicts
than anybody could list, or one that no solver finds; a search that runs out of work gives what it
has, and says that this may not be all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pysat.solvers import Minisat22

STEPS = 3_000_000
"""What each stage of an audit may take, all parties together: a few seconds."""

_CALL = 100  # steps that a call of the solver takes before it looks at anything
_CONFLICT = 100  # steps that one conflict inside the solver takes, about


class OutOfWork(Exception):
    """A search has done all the work that it may."""


class Work:
    """The steps that a search has left."""

    def __init__(self, steps: int = STEPS) -> None:
        """Start with that many steps."""
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take steps off.

        Raises:
            OutOfWork: they are more than are left.
        """
        self.left -= steps
        if self.left < 0:
            raise OutOfWork

    def solve(self, solver: Minisat22, assumptions: Sequence[int] = ()) -> bool:
        """Tell whether a formula can be satisfied under assumptions.

        Raises:
            OutOfWork: the solver needs more steps than are left.
        """
        self.spend(_CALL + len(assumptions))
        before = solver.accum_stats()["conflicts"]
        solver.conf_budget(self.left // _CONFLICT + 1)
        answer = solver.solve_limited(assumptions=assumptions)
        if answer is None:
            self.left = 0
            raise OutOfWork
        self.left -= (solver.accum_stats()["conflicts"] - before) * _CONFLICT
        return bool(answer)


class Task(Protocol):
    """What came of a task: whether it ended, and the steps that it took."""

    @property
    def complete(self) -> bool:
        """Whether it came to its end; stopped by a limit it did not."""

    @property
    def spent(self) -> int:
        """The steps that it took; if it did not end, all that it had."""


_Task = TypeVar("_Task", bound=Task)


def shared(tasks: Sequence[Callable[[int], _Task]], steps: int) -> list[_Task]:
    """Do tasks that each take a number of steps, with so many steps for all.

    All have the same share. Those that do not come to their end with it begin again with what the
    others left, if that is at least twice as much. More steps, or a larger limit on what they
    give, never make any one's share smaller.
    """
    share = steps // max(1, len(tasks))
    done = [task(share) for task in tasks]
    cut = [number for number, each in enumerate(done) if not each.complete]
    left = steps - sum(each.spent for each in done if each.complete)
    if cut and left // len(cut) >= 2 * share:
        for number in cut:
            done[number] = tasks[number](left // len(cut))
    return done
