"""Cases as they are once levers are pulled, each different conflict audited and solved once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from melian.case.spans import EVER
from melian.readings.levers.audits import Audits
from melian.readings.levers.pulling import Moved
from melian.readings.outcomes import outcomes
from melian.readings.workings import Workings

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from melian.audit.result import Audit
    from melian.case.model import Case, Lever
    from melian.case.spans import Span
    from melian.conflict.result import Concept
    from melian.readings.outcomes import Outcomes


_KEPT = 2**28  # bytes of outcomes that are kept, about
_COMBINATION = 2**10  # what one combination of readings takes of that


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A case as it is once levers are pulled, audited and solved."""

    case: Case
    audit: Audit
    outcomes: Outcomes


class Versions:
    """The versions of one case under sets of levers.

    Sets of levers that come to the same conflict are one version.

    Attributes:
        begun: the case before any lever is pulled.
        workings: what the versions share.
        complete: whether nothing was cut short in any version solved so far.
        combinations: of readings, over all versions solved so far.
    """

    def __init__(self, case: Case, audited: Audit, concept: Concept, window: Span = EVER) -> None:
        """Take a case and an audit of its decision makers, within a window of days."""
        self._audits = Audits(case, audited, window)
        self.begun = self._audits.begun
        self.workings = Workings()
        self.complete = True
        self.combinations = 0
        self._concept = concept
        self._known: set[Hashable] = set()
        self._solved: dict[Hashable, Version] = {}
        self._size = 0

    def __len__(self) -> int:
        """Give how many different conflicts have been solved."""
        return len(self._known)

    def key(self, moved: Moved) -> Hashable:
        """Give what tells the version of the case after moves from others."""
        return self._audits.key(moved)

    def pulled(self, levers: Iterable[Lever]) -> Version:
        """Give the version in which these levers are pulled, in turn.

        Raises:
            TooLarge: it has too many options, or preferences notice too many contradictions.
        """
        return self.solved(reduce(Moved.by, levers, self.begun))

    def solved(self, moved: Moved) -> Version:
        """Give the version of the case after moves.

        Raises:
            TooLarge: as :meth:`pulled` does.
        """
        key = self.key(moved)
        if key not in self._solved:
            audited = self._audits.of(moved)
            found = outcomes(moved.case, audited, (self._concept,), self.workings)
            self._keep(key, Version(moved.case, audited, found))
        return self._solved[key]

    def _keep(self, key: Hashable, version: Version) -> None:
        """Keep a version for when it is asked for again, and forget all when they are too many."""
        found = version.outcomes
        if key not in self._known:
            self._known.add(key)
            self.combinations += len(found.combos)
            self.complete &= found.complete
        if self._size > _KEPT:
            self._solved.clear()
            self._size = 0
        tables = (*found.equilibria.values(), *found.still.values())
        self._size += sum(table.nbytes for table in tables) + len(found.combos) * _COMBINATION
        self._solved[key] = version
