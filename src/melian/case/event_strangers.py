"""Names in an event table that no name of the case stands for, the most frequent first.

A table of the whole world is full of them. So those that matter go first: of an event that a rule
is true of, or whose other side the case names. Only where there are none of these do the others
count. Names that the case takes away on purpose (``not Media (Aria)``), and those that might stand
for several, are none.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from melian.case.event_names import KEPT

if TYPE_CHECKING:
    from melian.case.dates import Period
    from melian.case.event import Event
    from melian.case.event_judging import Seen
    from melian.case.event_names import Names

MOST_NAMES = 10


class Strangers:
    """Counts the names that stand for nobody, as actors and as targets of events."""

    def __init__(self, names: Names, period: Period) -> None:
        """Begin to count; names of a period's events go first."""
        self._names = names
        self._period = period
        self._actors, self._targets = _Counts(), _Counts()

    def take(self, event: Event, seen: Seen, *, ruled: bool) -> None:
        """Count the names of an event; ``ruled`` tells whether a rule is true of it."""
        if seen.actor and seen.target:
            return
        near = ruled or bool(seen.actor or seen.target)
        near = near and self._period.overlaps(event.date)
        if event.actor and not seen.actor:
            self._actors.add(event.actor, near=near)
        if event.target and not seen.target:
            self._targets.add(event.target, near=near)

    def actors(self) -> tuple[tuple[str, int], ...]:
        """Give the most frequent actors without a name, with their counts."""
        return self._actors.most(self._names)

    def targets(self) -> tuple[tuple[str, int], ...]:
        """Give the most frequent targets without a name, with their counts."""
        return self._targets.most(self._names)


class _Counts:
    """How often each name occurs; beyond :data:`KEPT` names, new ones are passed over."""

    def __init__(self) -> None:
        self.near: Counter[str] = Counter()
        self.far: Counter[str] = Counter()

    def add(self, name: str, *, near: bool) -> None:
        counts = self.near if near else self.far
        if name in counts or len(counts) < KEPT:
            counts[name] += 1

    def most(self, names: Names) -> tuple[tuple[str, int], ...]:
        return _first(self.near, names) or _first(self.far, names)


def _first(counts: Counter[str], names: Names) -> tuple[tuple[str, int], ...]:
    unknown = (each for each in counts.most_common() if not names.decides(each[0]))
    return tuple(islice(unknown, MOST_NAMES))
