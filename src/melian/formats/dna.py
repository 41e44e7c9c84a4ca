"""Databases of the Discourse Network Analyzer (.dna) as cases.

Each document is a source, each statement a record: the quote is what it marks in the text of the
document, the locator says between which characters, and in which paragraph. What was coded under
a name that a case has a place for is kept: level, scope, frame, venue, and a note.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case.dates import Date
from melian.case.decoding import legible
from melian.case.model import Source
from melian.case.notes import Notes
from melian.formats import dna_database
from melian.formats.coded_rows import KEPT, Row, case_of, told
from melian.formats.dna_database import AGREEMENT, CONCEPT, SPEAKERS, cut
from melian.formats.losses import told as told_losses
from melian.formats.naming import Names
from melian.formats.statement_tables import SIGNS
from melian.problems import Location, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from melian.case.model import Case
    from melian.formats.dna_database import Database, Document, Statement, Variable
    from melian.problems import Problem

ROLES = (*SPEAKERS, CONCEPT, AGREEMENT, "note", *KEPT)
"""What variables can hold that a case has a place for."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CODE = "Open the database with DNA, and code it."


def read(
    path: Path, columns: Mapping[str, str] | None = None, kind: str = ""
) -> tuple[Case | tuple[Problem, ...] | str, ...]:
    """Give the case in a database, what is wrong with it, and sentences on what was made of it.

    Args:
        path: of the database.
        columns: what its variables are called, by what they hold (:data:`ROLES`).
        kind: the label of the statement type; that with most statements, when left out.

    Raises:
        UsageError: a variable that is needed, or was named, is not there.
        OutsideError: the file is no such database.
    """
    names = dict(columns or {})
    base = dna_database.read(path, kind, names, texts=True)
    variables = _roles(base, names)
    notes = Notes(legible(path.name))
    _tell_unsaved(path, notes)
    sources = _sources(base)
    rows = tuple(_rows(base, variables, sources, notes))
    used = {row.source for row in rows}
    kept = [source for source in sources.values() if source.id in used]
    case = case_of(rows, legible(path.stem), kept, notes)
    return case, tuple(notes.problems), *_remarks(base, variables, rows)


def _roles(base: Database, names: Mapping[str, str]) -> dict[str, Variable]:
    """Give the variables by what they hold.

    Raises:
        UsageError: one that is needed, or was named, is not there.
    """
    check_names(base, names)
    found = {role: base.variables[names.get(role, role)] for role in ROLES
             if names.get(role, role) in base.variables}  # fmt: skip
    missing = [role for role in (CONCEPT, AGREEMENT) if role not in found]
    missing += [] if found.keys() & {*SPEAKERS} else ["person"]
    if missing:
        kind = legible(base.kind)[:60]
        raise UsageError(
            f'Statements of the type "{kind}" have no variable for: {", ".join(missing)}. '
            f"{_there_are(base)} Say which is which: --names {missing[0]}=NAME; "
            f"or once and for all: melian import FILE CASE --names {missing[0]}=NAME."
        )
    return found


def check_names(base: Database, names: Mapping[str, str]) -> None:
    """Make sure that what is said to be called something is there.

    Raises:
        UsageError: it is not, or no variable holds that.
    """
    for role, name in names.items():
        if role not in ROLES:
            hint = did_you_mean(role, ROLES, f"They are: {', '.join(ROLES)}.")
            raise UsageError(f'"{role[:40]}" is nothing that a variable can hold. {hint}')
        if name not in base.variables:
            hint = did_you_mean(name, base.variables, _there_are(base))
            raise UsageError(f'No variable is called "{name[:40]}". {hint}')


def _there_are(base: Database) -> str:
    names = legible(", ".join(base.variables))[:200]
    return f"There are: {names}." if names else "There are none."


def _tell_unsaved(path: Path, notes: Notes) -> None:
    """Warn of what another program has not written into the file yet."""
    beside = path.with_name(f"{path.name}-wal")
    try:
        unsaved = beside.stat().st_size > 0
    except OSError:
        return
    if unsaved:
        message = "Another program has the database open; what it wrote last is not read."
        notes.warning(Location(notes.file), "unsaved", message, "Close it there, and read again.")


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a statement marks in its document, and where."""

    quote: str
    locator: str


# Documents


def _sources(base: Database) -> dict[int, Source]:
    """Give the source that each document is, by its number, in that order."""
    documents = {said.document.id: said.document for said in base.statements}
    names = Names("document")
    return {
        number: _source(
            names.new(documents[number].title or f"document {number}"), documents[number]
        )
        for number in sorted(documents)
    }


def _source(id_: str, document: Document) -> Source:
    fields = {"section": document.section, "genre": document.type, "note": document.notes}
    clean = {key: legible(value).strip() for key, value in fields.items()}
    return Source(
        id_,
        title=_line(document.title) or f"Document {document.id}",
        author=_line(document.author),
        issued=_day(document.seconds),
        publisher=_line(document.source),
        fields=MappingProxyType({key: value for key, value in clean.items() if value}),
    )


def _day(seconds: int | None) -> Date | None:
    """Give the day, of UTC, that a second is on; None where it is none of the calendar."""
    if seconds is None:
        return None
    try:
        day = _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return Date(day.year, day.month, day.day)


def _line(text: str) -> str:
    return " ".join(legible(text).split())


# Statements


def _rows(
    base: Database, variables: Mapping[str, Variable], sources: Mapping[int, Source], notes: Notes
) -> Iterator[Row]:
    marked = _marked(base.statements)
    for said in base.statements:
        coded = {
            role: _line(str(variable.values.get(said.id, "")))
            for role, variable in variables.items()
        }
        if _complete(said, coded, variables, notes):
            _tell_doubts(said, marked[said.id], notes)
            at = Location(notes.file)
            yield _row(said, coded, marked[said.id], sources[said.document.id], at)


def _row(
    said: Statement, coded: Mapping[str, str], mark: _Mark, source: Source, at: Location
) -> Row:
    kept = {role: coded[role] for role in KEPT if role in coded}
    return Row(
        number=said.id,
        at=at,
        id=str(said.id),
        date=source.issued,
        person=coded.get("person", ""),
        organisation=coded.get("organization", ""),
        concept=coded[CONCEPT],
        positive=SIGNS[coded[AGREEMENT].lower()],
        source=source.id,
        locator=mark.locator,
        quote=_line(mark.quote),
        note=coded.get("note", ""),
        kept=MappingProxyType({"coder": _line(said.coder), **kept}),
    )


def _complete(
    said: Statement, coded: Mapping[str, str], variables: Mapping[str, Variable], notes: Notes
) -> bool:
    """Tell whether a statement says who agrees or disagrees with what; note what it lacks."""
    if not coded[CONCEPT] or not any(coded.get(role) for role in SPEAKERS):
        lacks = "speaker" if coded[CONCEPT] else "concept"
        message = f"Statement {said.id} names no {lacks} and is left out."
        notes.error(Location(notes.file), "missing-cell", message, _CODE)
        return False
    if coded[AGREEMENT].lower() not in SIGNS:
        name, shown = legible(variables[AGREEMENT].name)[:40], coded[AGREEMENT][:40]
        says = f'says "{shown}" under "{name}"' if shown else f'has no value of "{name}"'
        message = f"Statement {said.id} {says}, which is neither yes nor no, and is left out."
        notes.error(Location(notes.file), "bad-sign", message, _CODE)
        return False
    return True


def _tell_doubts(said: Statement, mark: _Mark, notes: Notes) -> None:
    if said.document.text and not mark.quote:
        message = (
            f"Statement {said.id} marks nothing in the text of its document; no quote is kept."
        )
        notes.warning(Location(notes.file), "no-quote", message, "Mark its words with DNA.")
    if said.document.seconds is not None and _day(said.document.seconds) is None:
        message = f"The date of statement {said.id} is none of the calendar; it is kept without."
        notes.error(Location(notes.file), "bad-date", message, "Give its document a date in DNA.")


def _marked(said: Sequence[Statement]) -> dict[int, _Mark]:
    """Give, by statement, what it marks in its document, and where that is."""
    by_document: dict[int, list[Statement]] = defaultdict(list)
    for each in said:
        by_document[each.document.id].append(each)
    found = {}
    for group in by_document.values():
        text = group[0].document.text
        lines = _paragraphs(text)
        pieces = cut(text, [(each.start, each.stop) for each in group])
        for each, (quote, start, stop) in zip(group, pieces, strict=True):
            found[each.id] = _Mark(quote, _locator(lines, start, stop) if quote else "")
    return found


def _paragraphs(text: str) -> list[int]:
    """Give where each paragraph of a text begins: a line that is not empty."""
    found, place = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append(place)
        place += len(line)
    return found


def _locator(paragraphs: Sequence[int], start: int, stop: int) -> str:
    """Give the paragraph of a place, where there are several, and its characters, from 1."""
    place = f"characters {start + 1}-{stop}"
    if len(paragraphs) < 2:
        return place
    return f"par. {max(1, bisect_right(paragraphs, start))}, {place}"


# What was made of it


def _remarks(
    base: Database, variables: Mapping[str, Variable], rows: Sequence[Row]
) -> Iterator[str]:
    yield told(rows)
    if base.version == 2:
        yield "Dates are read as those of UTC; DNA 2 does not say of which time zone they are."
    lost = _lost(base, variables)
    if lost:
        yield f"A case has no place for, so it leaves out: {told_losses(lost)}."


def _lost(base: Database, variables: Mapping[str, Variable]) -> dict[str, int]:
    held = {variable.name for variable in variables.values()}
    ids = {said.id for said in base.statements}
    lost: Counter[str] = Counter()
    for name, variable in base.variables.items():
        if name not in held:
            values = (value for each, value in variable.values.items() if each in ids)
            lost[f'value of "{legible(name)[:40]}"'] = sum(value != "" for value in values)
    documents = {said.document.id: said.document for said in base.statements}
    lost["text of a document"] = sum(bool(each.text.strip()) for each in documents.values())
    return {thing: count for thing, count in lost.items() if count} | dict(base.besides)
