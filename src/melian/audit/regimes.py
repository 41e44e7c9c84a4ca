"""The conflicts of one party over time: which sets clash, and on which days.

Everything but exceptions is weighed by its days after the search: a set clashes on the days on
which all of it is in force. An **exception** changes what a rule says. It counts until it ends:
what is claimed later speaks for what was said earlier, but what has lapsed speaks for nothing any
more. So the search is done anew for each stretch of days between the ends of exceptions, of which
there are none in most cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.audit.base import name_of
from melian.audit.periods import days
from melian.audit.search.sat import conflicts
from melian.case.spans import Span, common, merged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from melian.audit.base import Background
    from melian.audit.encoding import Element
    from melian.audit.result import Commitment
    from melian.case.spans import Spans

    Conflict = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """What cannot hold together, by the numbers of elements; commitments come first.

    Attributes:
        elements: everything that may clash.
        together: the sets that were in force on one day, with the days; smallest first.
        apart: the sets that never were.
        unsearched: the elements in parts that were not searched to the end.
        complete: whether these are all sets.
        spent: the steps that the search took.
    """

    elements: tuple[Element, ...]
    together: Mapping[Conflict, Spans]
    apart: tuple[Conflict, ...]
    unsearched: frozenset[int]
    complete: bool
    spent: int


def conflicts_over_time(
    background: Background,
    actor: str,
    bound: Sequence[Commitment],
    window: Span,
    *,
    limit: int,
    steps: int,
) -> Timed:
    """Give the minimal sets of a party's position that cannot hold together, with their days.

    Args:
        background: the facts and rules of the case.
        actor: the party.
        bound: its commitments.
        window: the days to look at.
        limit: how many sets to give in each stretch of days.
        steps: what the search may take, all stretches together.
    """
    gathered = _Gathered(bound)
    ends = [day for day in background.ends_of_exceptions(bound) if window.first < day]
    starts = [window.first, *(day for day in sorted(set(ends)) if day <= window.last)]
    for number, first in enumerate(starts):
        last = starts[number + 1] - 1 if number + 1 < len(starts) else window.last
        left = (steps - gathered.spent) // (len(starts) - number)
        gathered.search(background, actor, Span(first, last), limit=limit, steps=left)
    return gathered.timed()


class _Gathered:
    """The conflicts of several searches, over elements with common numbers."""

    def __init__(self, bound: Sequence[Commitment]) -> None:
        self.bound = bound
        self.elements: list[Element] = list(bound)
        self.numbers = {self._key(element): number for number, element in enumerate(bound)}
        self.together: dict[Conflict, Spans] = {}
        self.apart: dict[Conflict, None] = {}
        self.unsearched: set[int] = set()
        self.complete = True
        self.spent = 0

    def search(
        self, background: Background, actor: str, stretch: Span, *, limit: int, steps: int
    ) -> None:
        base = background.base(actor, self.bound, stretch.first)
        found = conflicts(base.groups, limit=limit, steps=steps)
        for one in found.sets:
            elements = [base.elements[n] for n in one]
            numbers = tuple(sorted(map(self._number, elements)))
            if here := common([(stretch,), days(elements)]):
                self.together[numbers] = merged((*self.together.get(numbers, ()), *here))
            elif not days(elements):
                self.apart[numbers] = None
        left_open = (base.elements[n] for part in found.unsearched for n in part)
        self.unsearched.update(map(self._number, left_open))
        self.complete = self.complete and found.complete
        self.spent += found.spent

    def timed(self) -> Timed:
        return Timed(
            tuple(self.elements),
            MappingProxyType(dict(sorted(self.together.items(), key=lambda i: (len(i[0]), i[0])))),
            tuple(one for one in self.apart if one not in self.together),
            frozenset(self.unsearched),
            self.complete,
            self.spent,
        )

    def _number(self, element: Element) -> int:
        number = self.numbers.setdefault(self._key(element), len(self.elements))
        if number == len(self.elements):
            self.elements.append(element)
        return number

    def _key(self, element: Element) -> tuple[type, str]:
        """Name an element: a rule is the same whichever of its exceptions count."""
        return type(element), name_of(element)
