"""Audits of a case as it is once levers are pulled, each different position audited once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from melian.audit import audit
from melian.case.spans import EVER
from melian.readings.levers.pulling import Moved

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from melian.audit.result import Audit, Commitment
    from melian.case.model import Case, Conflict
    from melian.case.spans import Span


class Audits:
    """Audits the decision makers anew where facts, or what they are bound to, have changed.

    Attributes:
        begun: the case before any lever is pulled.
    """

    def __init__(self, case: Case, audited: Audit, window: Span = EVER) -> None:
        """Take a case and an audit of its decision makers, within a window of days."""
        self.begun = Moved(case)
        self._window = window
        self._bound: dict[Hashable, Mapping[str, tuple[Commitment, ...]]] = {}
        self._audits: dict[Hashable, Audit] = {_position(self.begun): audited}

    def of(self, moved: Moved) -> Audit:
        """Give an audit of the case after moves."""
        key = _position(moved)
        if key not in self._audits:
            said = (moved.case.statements, moved.given_up)
            if said not in self._bound:
                self._bound[said] = moved.bound(self._window)
            bound = self._bound[said]
            deciding = moved.case.conflict.actors if moved.case.conflict else ()
            parties = [actor for actor in deciding if actor in bound]
            self._audits[key] = audit(moved.case, parties, held=bound, window=self._window)
        return self._audits[key]

    def key(self, moved: Moved) -> Hashable:
        """Give what tells the case after moves from others that come to another conflict.

        What decides is what each party is bound to, the facts, the preferences (whatever reasons
        are given for them) and what is feasible.
        """
        return id(self.of(moved)), _wanted(moved.case.conflict)


def _position(moved: Moved) -> Hashable:
    """Give what an audit looks at, as far as levers change it."""
    facts = tuple((atom, fact.value) for atom, fact in moved.case.facts.items())
    deciding = moved.case.conflict.actors if moved.case.conflict else ()
    made = tuple(s for s in moved.case.statements if s.id.startswith("lever:"))
    return facts, deciding, made, moved.given_up


def _wanted(conflict: Conflict | None) -> Hashable:
    """Give what solving looks at, as far as levers change it."""
    if conflict is None:
        return None
    wanted = tuple(
        (actor, tuple(replace(each, why="") if each.why else each for each in preferences))
        for actor, preferences in conflict.preferences.items()
    )
    return wanted, conflict.infeasible
