"""Turns of phrase for preferences that a party may or may not hold, and for their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.wording import name_of, of_itself, series
from melian.readings.marks import Above, Held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.brief.compose.clauses import Clauses
    from melian.brief.document import Prose
    from melian.readings.conditions import Condition


def wish(clauses: Clauses, actor: str, mark: Held) -> str:
    """Give what an actor prefers as a clause: ``it would not confront NATO``."""
    who = name_of(clauses.case, actor)
    return of_itself(clauses.outcome(mark.preference.prefer), who, clauses.names)


def wishes(clauses: Clauses, conditions: Sequence[Condition]) -> list[Prose]:
    """Give what one actor prefers, does not prefer, and prefers most, as predicates."""
    parts: list[Prose] = []
    for kept, verb, that in (
        (True, "prefers", "that"),
        (False, "does not have the preference", "that"),
    ):
        each = [
            f"{that} {wish(clauses, condition.actor, condition.mark)}"
            for condition in conditions
            if condition.kept is kept and isinstance(condition.mark, Held)
        ]
        if each:
            parts.append((f"{verb} {series(each, 'and' if kept else 'or')}",))
    for condition in conditions:
        if isinstance(condition.mark, Above):
            pair = (condition.mark.upper, condition.mark.lower)
            first, second = pair if condition.kept else pair[::-1]
            more, less = (wish(clauses, condition.actor, each) for each in (first, second))
            parts.append((f"cares more that {more} than that {less}",))
    return parts
