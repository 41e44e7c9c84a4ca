"""A case of coded statements, whatever file they were in: rows become actors, concepts, records.

Each person and each organisation is an actor, once, whoever is its own organisation, too. A
person's words bind the organisation (:mod:`melian.formats.affiliations` says when).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case import csv_text
from melian.case.dates import ALWAYS, Period
from melian.case.formula import Atom, Signed
from melian.case.model import Actor, Case, Concept, Statement
from melian.case.wording import counted
from melian.formats.affiliations import Said, affiliations
from melian.formats.naming import Ids, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from melian.case.dates import Date
    from melian.case.model import Source
    from melian.case.notes import Notes
    from melian.problems import Location

DATASET = "dataset"
"""The type (CSL) of a source that is no document, but a table of what stands in many."""

KEPT = ("level", "scope", "frame", "venue", "coder")
"""What else may have been coded of a statement, and has a place of its own in a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A coded statement.

    Attributes:
        number: of the row, from 1.
        at: where it stands.
        id: what the file calls it, or "".
        person, organisation: who says it, and for whom; one of them may be "".
        concept, positive: what is asserted or denied.
        source: the id of its document.
        kept: what else was coded, by the names of :data:`KEPT`.
    """

    number: int
    at: Location
    id: str
    date: Date | None
    person: str
    organisation: str
    concept: str
    positive: bool
    source: str
    locator: str = ""
    quote: str = ""
    note: str = ""
    kept: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def stem_of(name: str) -> str:
    """Give what the ids of a file's statements begin with.

    >>> stem_of("Debate (2011)"), stem_of("!")
    ('debate-2011', 'table')
    """
    return slug(name) or "table"


def case_of(rows: Sequence[Row], name: str, sources: Iterable[Source], notes: Notes) -> Case:
    """Give the case that rows make: its period is from the first date to the last.

    Args:
        rows: the statements, in their order.
        name: of the file; the title of the case.
        sources: what the rows name as theirs.
        notes: takes what is ambiguous about whom a person speaks for.
    """
    actors, concepts = Ids("actor"), Ids("concept")
    places: dict[str, Location] = {}
    for row in rows:
        for named in filter(None, (row.organisation, row.person)):
            places.setdefault(actors[named], row.at)
        places.setdefault(f"that {concepts[row.concept]}", row.at)
    stem = stem_of(name)
    return Case(
        stem,
        title=name,
        period=period_of(rows),
        actors=MappingProxyType(_actors(rows, actors, places, notes)),
        concepts=MappingProxyType(
            {
                id_: Concept(id_, (), text, label=text, at=places[f"that {id_}"])
                for text, id_ in concepts.names()
            }
        ),
        sources=MappingProxyType({source.id: source for source in sources}),
        statements=tuple(_statement(row, actors, concepts, stem) for row in rows),
    )


def period_of(rows: Sequence[Row]) -> Period:
    """Give the time from the first date to the last; always, where none is dated."""
    dates = [row.date for row in rows if row.date is not None]
    if not dates:
        return ALWAYS
    return Period(min(dates, key=lambda d: d.first), max(dates, key=lambda d: d.last))


def told(rows: Sequence[Row]) -> str:
    """Say how many statements were read, and from when they are."""
    words = f"Read {counted(len(rows), 'statement')}"
    period = period_of(rows)
    if period.start is None or period.until is None:
        return f"{words}."
    first, last = period.start.in_words, period.until.in_words
    return f"{words}, {first if first == last else f'{first} to {last}'}."


def _actors(
    rows: Sequence[Row], ids: Ids, places: Mapping[str, Location], notes: Notes
) -> dict[str, Actor]:
    spoken: dict[str, list[Said]] = {}
    for row in rows:
        if row.person:
            whom = "" if row.organisation in {"", row.person} else ids[row.organisation]
            spoken.setdefault(ids[row.person], []).append(Said(whom, row.date, row.at))
    heads = {row.organisation for row in rows}
    ties = affiliations(spoken, {id_: name for name, id_ in ids.names()}, notes)
    return {
        id_: Actor(
            id_,
            name,
            "organisation" if name in heads else "person",
            speaks_for=ties.get(id_, ()),
            at=places[id_],
        )
        for name, id_ in ids.names()
    }


def _statement(row: Row, actors: Ids, concepts: Ids, stem: str) -> Statement:
    """Give the statement of a row; an id that is only a number gets the file's before it.

    An id that a spreadsheet would take for a formula keeps its words alone.
    """
    given = slug(row.id) if csv_text.FORMULA.match(row.id) else row.id
    id_ = given or f"row-{row.number}"
    number = given != row.id or not given or given.isdigit()
    return Statement(
        f"{stem}-{id_}" if number else id_,
        actors[row.person or row.organisation],
        Signed(Atom(concepts[row.concept]), row.positive),
        row.date,
        source=row.source,
        locator=row.locator or (f"statement {row.id}" if row.id else f"row {row.number}"),
        quote=row.quote,
        note=row.note,
        level=row.kept.get("level", ""),
        scope=row.kept.get("scope", ""),
        frame=row.kept.get("frame", ""),
        venue=row.kept.get("venue", ""),
        coder=row.kept.get("coder", ""),
        at=row.at,
    )
