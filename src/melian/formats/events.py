"""Event tables as a format: what the rules of a case make of one becomes deeds of that case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.case.decoding import legible
from melian.case.event_rules import Table, deeds_of
from melian.case.model import Case, Source
from melian.case.sound import sound
from melian.formats.event_table import open_table
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from melian.case.event_rules import Mapped
    from melian.case.model import Deed
    from melian.formats.event_table import EventTable
    from melian.problems import Problem

_TITLES = {"icews": "ICEWS events", "polecat": "POLECAT events", "gdelt": "GDELT events"}
_LONGEST_ID = 60
_MOST_LISTED = 5


def read(path: Path, case: Case) -> tuple[Case | tuple[Problem, ...] | str, ...]:
    """Give the deeds that the rules of a case make of an event table.

    Args:
        path: of the table.
        case: that the deeds are for; its section ``events`` says whose names a table uses and what
            events show.

    Returns:
        A case that holds the deeds and the table as their source, what is wrong with the table, and
        sentences on what became of its events.

    Raises:
        OutsideError: the file cannot be read.
        UsageError: it is no event table, or the case has no rules on events.
    """
    if case.events is None or not case.events.rules:
        raise UsageError(
            "The case does not say what events show. Write names and rules under events: in "
            "case.yaml, such as: when: actor in russia and cameo in 163, shows: not open-border."
        )
    table = open_table(path)
    source = _source(path, table)
    file = legible(path.name)
    mapped = deeds_of(sound(case), table.events(), Table(file, source.id, table.layout.name))
    sorted_ = _sorted(case, mapped.deeds)
    addition = Case(
        case.id, sources={source.id: source} if sorted_.fresh else {}, deeds=sorted_.fresh
    )
    problems = tuple(sorted((*table.problems, *mapped.problems)))
    return addition, problems, *_told(table, mapped), *sorted_.told()


def _source(path: Path, table: EventTable) -> Source:
    words = "-".join(re.findall(r"[^\W_]+", legible(path.stem).lower()))
    title = f"{_TITLES.get(table.layout.name, 'Events')}: {legible(path.name)}"
    return Source(f"events-{words}"[:_LONGEST_ID].strip("-"), title, type="dataset")


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Deeds by whether the case has them.

    Attributes:
        fresh: those that it has not, or has just as they are.
        known: ids of those that it has by another report: another table, another number of rows.
        other: ids that it has with another content, be it edited or by other rules.
    """

    fresh: tuple[Deed, ...]
    known: tuple[str, ...]
    other: tuple[str, ...]

    def told(self) -> Iterator[str]:
        if self.known:
            yield f"In the case by another report, and not added again: {_some(self.known)}."
        if self.other:
            yield f"In the case with other content, and left as they are: {_some(self.other)}."


def _sorted(case: Case, deeds: Sequence[Deed]) -> _Sorted:
    by_id = {deed.id: deed for deed in case.deeds}
    done = {_what(deed) for deed in case.deeds if deed.target}
    fresh: list[Deed] = []
    known: list[str] = []
    other: list[str] = []
    for deed in deeds:
        namesake = by_id.get(deed.id)
        if namesake == deed or (namesake is None and _what(deed) not in done):
            fresh.append(deed)
        elif namesake is None or _what(namesake) == _what(deed):
            known.append(deed.id)
        else:
            other.append(deed.id)
    return _Sorted(tuple(fresh), tuple(known), tuple(other))


def _what(deed: Deed) -> tuple[object, ...]:
    """Give by what two deeds are the same, whatever table reports them."""
    return deed.actor, deed.action, deed.target, deed.date, frozenset(deed.shows), deed.until


def _told(table: EventTable, mapped: Mapped) -> Iterator[str]:
    """Give what became of the events, in sentences."""
    unread = f"; {table.unread:,} could not be read" if table.unread else ""
    rows = f"{table.rows:,} row{'' if table.rows == 1 else 's'}"
    yield f"Read {_events(mapped.read)} in {rows}{unread}."
    yield f"{_events(mapped.mapped)} became {_deeds(len(mapped.deeds))}."
    for rule, count in mapped.rules.items():
        yield f'Rule "{rule}": {_events(count.events)}, {_deeds(count.deeds)}.'
    for reason, number in mapped.left_out.items():
        yield f"Left out {_events(number)}: {reason}."
    for who, unnamed in (("Actors", mapped.unnamed), ("Targets", mapped.unnamed_targets)):
        names = [f"{legible(name)} ({number:,})" for name, number in unnamed]
        if names:
            yield f"{who} without a name in the case: {_some(names)}."


def _events(number: int) -> str:
    return f"{number:,} event{'' if number == 1 else 's'}"


def _deeds(number: int) -> str:
    return f"{number:,} deed{'' if number == 1 else 's'}"


def _some(words: Sequence[str]) -> str:
    more = len(words) - _MOST_LISTED
    return ", ".join(words[:_MOST_LISTED]) + (f" and {more:,} more" if more > 0 else "")
