"""Progress of long work, on stderr, where somebody is watching."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from melian.workers import Spread

Task = TypeVar("Task")
Result = TypeVar("Result")


def watched(spread: Spread, doing: str) -> Spread:
    """Give what spreads work and shows how much of it is done, if stderr is a terminal.

    Args:
        spread: does the work.
        doing: what is being done, in a word or two.
    """
    return _Watched(spread, doing) if sys.stderr.isatty() else spread


class _Watched:
    """Counts results as they come; what is shown goes when all are there."""

    def __init__(self, spread: Spread, doing: str) -> None:
        self._spread, self._doing = spread, doing

    def __call__(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Result]:
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as shown:
            yield from shown.track(
                self._spread(function, tasks), total=len(tasks), description=self._doing
            )
