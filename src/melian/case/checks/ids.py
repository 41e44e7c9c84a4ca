"""No two records, and no two rules, have the same id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.place import where
from melian.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.model import Case, Deed, EventRule, Rule, Statement

    Entry = Rule | EventRule | Statement | Deed


def check(case: Case) -> Iterator[Problem]:
    """Give a problem at the second and each further entry with an id."""
    yield from _alike((*case.statements, *case.deeds))
    yield from _alike(case.rules)
    yield from _alike(case.events.rules if case.events else ())


def _alike(entries: Iterable[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        known = first.setdefault(entry.id, entry)
        if known is not entry:
            message = f'The id "{entry.id[:60]}" is taken.'
            hint = f"Give it another; the first one stands at {where(known.at)}."
            yield Problem(where(entry.at, "id"), "id-taken", message, hint)
