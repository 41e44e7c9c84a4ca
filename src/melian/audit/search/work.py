"""How much an audit may do, and how its tasks share that.

A step is about what it takes to touch one element of a set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from melian.effort import Price

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STEPS = 3_000_000
"""What each stage of an audit may take, all parties together: a few seconds."""

PRICE = Price(call=100, assumption=1, each=100)
"""A conflict inside the solver takes about as much as a hundred elements; so does a mere call."""


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
