"""Whom each speaker of a table speaks for, and when, by what the rows say.

A person with one organisation speaks for it always. One who changes speaks for each from the
first to the last statement there: for the first since ever, for the last ever since. Where two
overlap, or a row has no date, it cannot be told which of them is bound, and a warning says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from melian.case.dates import ALWAYS, Period
from melian.case.model import Tie

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from melian.case.dates import Date
    from melian.case.notes import Notes
    from melian.problems import Location


@dataclass(frozen=True, slots=True)
class Said:
    """One row of a person: the organisation spoken for ("" for nobody else), when, and where."""

    whom: str
    date: Date | None
    at: Location


@dataclass(frozen=True, slots=True)
class _Spell:
    """The time in which a person speaks for one organisation."""

    whom: str
    first: Date | None
    last: Date | None
    at: Location


def affiliations(
    spoken: Mapping[str, Sequence[Said]], names: Mapping[str, str], notes: Notes
) -> dict[str, tuple[Tie, ...]]:
    """Give whom each person speaks for.

    Args:
        spoken: the rows of each person, by id.
        names: of all actors, by id.
        notes: takes what is ambiguous, and each tie that would close a circle.
    """
    kept: dict[str, tuple[Tie, ...]] = {}
    for person, rows in spoken.items():
        tied = _ties(_spells(names[person], rows, names, notes))
        kept[person] = tuple(tie for tie in tied if person not in _reached(tie.actor, kept))
        for tie in tied:
            if tie not in kept[person]:
                one, other = names[person], names[tie.actor]
                message = f"{one} speaks for {other}, and {other}, in the end, for {one}."
                hint = "The tie met last is left out; correct the organisations in the table."
                notes.error(rows[0].at, "circle", message, hint)
    return kept


def _ties(spells: Sequence[_Spell]) -> tuple[Tie, ...]:
    """Give the ties of the spells, open at both ends."""
    if len(spells) == 1:
        return tuple(Tie(spell.whom, ALWAYS) for spell in spells if spell.whom)
    first, last = spells[0], spells[-1]
    return tuple(
        Tie(
            spell.whom,
            Period(None if spell is first else spell.first, None if spell is last else spell.last),
        )
        for spell in spells
        if spell.whom
    )


def _spells(
    person: str, rows: Sequence[Said], names: Mapping[str, str], notes: Notes
) -> list[_Spell]:
    several = {row.whom for row in rows}
    if len(several) == 1:
        return [_Spell(rows[0].whom, None, None, rows[0].at)]
    dated = [(row.date, row) for row in rows if row.date is not None]
    dated.sort(key=lambda pair: pair[0].first)
    spells = []
    for whom, group in groupby(dated, key=lambda pair: pair[1].whom):
        pairs = list(group)
        last = max((date for date, _ in pairs), key=lambda date: date.last)
        spells.append(_Spell(whom, pairs[0][0], last, pairs[0][1].at))
    spells += [
        _Spell(w, None, None, rows[0].at) for w in sorted(several - {s.whom for s in spells})
    ]
    for row in rows:
        if row.date is None:
            message = f"{person} speaks for several organisations, and this row has no date."
            hint = "Add the date; without it the statement binds all of them."
            notes.warning(row.at, "ambiguous-organisation", message, hint)
    for one, other in pairwise(spells):
        _tell_overlap(person, one, other, names, notes)
    return spells


def _tell_overlap(
    person: str, one: _Spell, other: _Spell, names: Mapping[str, str], notes: Notes
) -> None:
    if one.last is None or other.first is None or one.last.last < other.first.first:
        return
    first, second = (names[s.whom] if s.whom else "nobody else" for s in (one, other))
    message = f"{person} speaks for {first} and for {second} in {other.first.in_words}."
    hint = "Correct the row, or speaks_for in case.yaml; what is said then binds both."
    notes.warning(other.at, "ambiguous-organisation", message, hint)


def _reached(actor: str, ties: Mapping[str, tuple[Tie, ...]]) -> set[str]:
    """Give everybody that an actor speaks for, directly or through others, and itself."""
    seen = {actor}
    queue = [actor]
    for each in queue:
        fresh = {tie.actor for tie in ties.get(each, ())} - seen
        seen |= fresh
        queue.extend(fresh)
    return seen
