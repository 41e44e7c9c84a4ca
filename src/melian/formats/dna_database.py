"""Databases of the Discourse Network Analyzer (.dna, SQLite), versions 2 and 3, as plain records.

A statement takes its time from its document. Dates are seconds since 1970 in version 3, and
milliseconds in version 2. Short texts are entities of their own in version 3, and stand beside
the statement in version 2. Where a statement begins and ends is counted as Java counts: in units
of UTF-16, of which a character beyond the first 65,536 takes two.

A file comes by mail: it is opened for reading only, its schema is not trusted, and what should be
a table and is a view, which would be executed, is refused.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from melian.case.decoding import legible
from melian.problems import OutsideError, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

SPEAKERS = ("organization", "person")
"""What the variables are called that say whose a statement is."""

CONCEPT, AGREEMENT = "concept", "agreement"
"""What the variables are called that say on what it is, and in which sense."""

LONG = "long text"

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LARGEST = 2**63
_NEEDED = (
    *("SETTINGS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "STATEMENTS"),
    *("DATABOOLEAN", "DATAINTEGER", "DATASHORTTEXT"),
)
_DOCUMENTS = {
    True: "SELECT ID, Date, Text, Title, Author, Source, Section, Type, Notes FROM DOCUMENTS",
    False: "SELECT ID, Date, '', Title, Author, Source, Section, Type, Notes FROM DOCUMENTS",
}
_VALUES = {
    "boolean": "SELECT StatementId, Value FROM DATABOOLEAN WHERE VariableId = ?",
    "integer": "SELECT StatementId, Value FROM DATAINTEGER WHERE VariableId = ?",
    LONG: "SELECT StatementId, Value FROM DATALONGTEXT WHERE VariableId = ?",
}
_SHORT_TEXTS = {
    3: "SELECT d.StatementId, e.Value FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity "
    "WHERE d.VariableId = ?",
    2: "SELECT StatementId, Value FROM DATASHORTTEXT WHERE VariableId = ?",
}
_COUNTED = {
    "attribute": {
        3: "SELECT count(*) FROM ATTRIBUTEVALUES WHERE AttributeValue <> ''",
        2: "SELECT count(*) FROM ATTRIBUTES WHERE Type <> '' OR Alias <> '' OR Notes <> ''",
    },
    "pattern of highlighting": dict.fromkeys((2, 3), "SELECT count(*) FROM REGEXES"),
    "link between statements": {2: "SELECT count(*) FROM STATEMENTLINKS"},
}

Value = str | int


@dataclass(frozen=True, slots=True)
class Variable:
    """What was coded of the statements of a type.

    Attributes:
        form: boolean, integer, short text or long text.
        values: by statement; one that has none is missing.
    """

    name: str
    form: str
    values: Mapping[int, Value]


@dataclass(frozen=True, slots=True)
class Document:
    """A document, with what is known of it; its date in seconds of UTC, None where it has none."""

    id: int
    title: str
    author: str
    source: str
    section: str
    type: str
    notes: str
    seconds: int | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: in which document it stands, and from where to where, in units of UTF-16."""

    id: int
    document: Document
    start: int
    stop: int
    coder: str


@dataclass(frozen=True, slots=True)
class Database:
    """The statements of one type.

    Attributes:
        version: 2 or 3.
        kind: the label of their type.
        statements: in the order of date, document and place in it.
        variables: what was coded of them, by name, in the order of the database.
        besides: how many things of other kinds there are: statements of other types, attributes.
    """

    version: int
    kind: str
    statements: tuple[Statement, ...]
    variables: Mapping[str, Variable]
    besides: Mapping[str, int]


def read(
    path: Path, kind: str = "", names: Mapping[str, str] | None = None, *, texts: bool = False
) -> Database:
    """Give the statements of one type.

    Args:
        path: of the database.
        kind: the label of their type; when left out, that with most statements of which it was
            coded whose they are, and on what; or else with most.
        names: what variables are called, by what they hold, where that is not the usual name.
        texts: whether the texts of documents, and long texts, are wanted.

    Raises:
        OutsideError: the file is no such database.
        UsageError: there is no statement type of that label.
    """
    file = legible(path.name)[:200]
    try:
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as base:
            base.execute("PRAGMA trusted_schema = OFF")
            base.text_factory = _text
            return _read(base, file, kind, names or {}, texts=texts)
    except (sqlite3.Error, OverflowError) as error:
        reason = legible(str(error))[:200]
        raise OutsideError(
            f'"{file}" is no database of the Discourse Network Analyzer: {reason}.'
        ) from error


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _read(
    base: sqlite3.Connection, file: str, kind: str, names: Mapping[str, str], *, texts: bool
) -> Database:
    tables = _tables(base, file)
    version = _version(base, file)
    if version == 3:
        _there(file, tables, ["ENTITIES"])
    label, number = _type(base, kind, names)
    coded = base.execute(
        "SELECT ID, Variable, DataType FROM VARIABLES WHERE StatementTypeId = ? ORDER BY ID",
        (number,),
    ).fetchall()
    variables = {
        str(name): Variable(str(name), str(form), _values(base, version, place, str(form), tables))
        for place, name, form in coded
        if texts or form != LONG
    }
    return Database(
        version,
        label,
        _statements(base, number, version, tables, texts=texts),
        variables,
        _besides(base, number, version, tables) if texts else {},
    )


def _tables(base: sqlite3.Connection, file: str) -> frozenset[str]:
    """Give the names of the tables; those that are needed are there, and are tables of data."""
    rows = base.execute("SELECT upper(name), type, coalesce(sql, '') FROM sqlite_master").fetchall()
    plain = {
        name for name, form, sql in rows if form == "table" and "VIRTUAL" not in sql[:200].upper()
    }
    _there(file, plain, _NEEDED)
    return frozenset(plain)


def _there(file: str, tables: Collection[str], needed: Sequence[str]) -> None:
    for name in needed:
        if name not in tables:
            raise OutsideError(
                f'"{file}" is no database of the Discourse Network Analyzer: '
                f"it has no table {name}."
            )


def _version(base: sqlite3.Connection, file: str) -> int:
    row = base.execute("SELECT Value FROM SETTINGS WHERE lower(Property) = 'version'").fetchone()
    version = str(row[0])[:1] if row else ""
    if version not in {"2", "3"}:
        shown = legible(str(row[0])[:20]) if row else "none"
        raise OutsideError(
            f'"{file}" is of version {shown} of the Discourse Network Analyzer; 2 and 3 are read. '
            "Open it with DNA 3, and save it."
        )
    return int(version)


def _type(base: sqlite3.Connection, kind: str, names: Mapping[str, str]) -> tuple[str, int]:
    """Give the label and the number of a statement type."""
    rows = base.execute("SELECT Label, ID FROM STATEMENTTYPES ORDER BY ID").fetchall()
    labels = {str(label): number for label, number in rows}
    if kind:
        if kind not in labels:
            shown = legible(", ".join(labels))[:200]
            hint = did_you_mean(kind, labels, f"There are: {shown}.")
            raise UsageError(f'There is no statement type "{kind[:40]}". {hint}')
        return kind, labels[kind]
    counts = Counter(row[0] for row in base.execute("SELECT StatementTypeId FROM STATEMENTS"))
    coded: dict[Any, set[str]] = {}
    for name, number in base.execute("SELECT Variable, StatementTypeId FROM VARIABLES"):
        coded.setdefault(number, set()).add(str(name))
    best = max(
        labels,
        key=lambda each: (_says(coded.get(labels[each], set()), names), counts[labels[each]]),
        default="",
    )
    return best, labels.get(best, 1)


def _says(variables: set[str], names: Mapping[str, str]) -> bool:
    """Tell whether it was coded whose the statements of a type are, and on what."""
    said = {names.get(each, each) for each in SPEAKERS} & variables
    return bool(said) and names.get(CONCEPT, CONCEPT) in variables


def _statements(
    base: sqlite3.Connection, kind: int, version: int, tables: frozenset[str], *, texts: bool
) -> tuple[Statement, ...]:
    documents = _documents(base, version, texts=texts)
    coders: dict[Any, str] = {}
    if "CODERS" in tables:
        coders = {number: str(name) for number, name in base.execute("SELECT ID, Name FROM CODERS")}
    found = [
        Statement(
            _whole(number) or 0,
            documents[document],
            _whole(start) or 0,
            _whole(stop) or 0,
            coders.get(coder, ""),
        )
        for number, document, start, stop, coder in base.execute(
            "SELECT ID, DocumentId, Start, Stop, Coder FROM STATEMENTS WHERE StatementTypeId = ?",
            (kind,),
        )
        if document in documents
    ]
    return tuple(sorted(found, key=_order))


def _order(said: Statement) -> tuple[bool, int, int, int, int]:
    paper = said.document
    return paper.seconds is not None, paper.seconds or 0, paper.id, said.start, said.id


def _documents(base: sqlite3.Connection, version: int, *, texts: bool) -> dict[Any, Document]:
    per_second = 1 if version == 3 else 1000
    found = {}
    for number, date, text, *fields in base.execute(_DOCUMENTS[texts]):
        title, author, source, section, type_, notes = (_said(field).strip() for field in fields)
        seconds = _whole(date)
        seconds = None if seconds is None else seconds // per_second
        found[number] = Document(
            _whole(number) or 0, title, author, source, section, type_, notes, seconds, _said(text)
        )
    return found


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _values(
    base: sqlite3.Connection, version: int, number: int, form: str, tables: frozenset[str]
) -> dict[int, Value]:
    if form == LONG and "DATALONGTEXT" not in tables:
        return {}
    query = _SHORT_TEXTS[version] if form == "short text" else _VALUES.get(form)
    if query is None:
        raise OutsideError(
            f'The database has a variable of an unknown kind, "{legible(form[:40])}".'
        )
    reader: Callable[[Any], Value | None] = str if form.endswith("text") else _whole
    rows = base.execute(query, (number,)).fetchall()
    read_ = ((each, None if value is None else reader(value)) for each, value in rows)
    return {each: value for each, value in read_ if value is not None}


def _whole(value: Any) -> int | None:
    """Give a whole number; None for what is none, as SQLite takes any value into any column."""
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if -_LARGEST <= number < _LARGEST else None


def _besides(
    base: sqlite3.Connection, kind: int, version: int, tables: frozenset[str]
) -> dict[str, int]:
    """Count what there is of other kinds."""
    others = "SELECT count(*) FROM STATEMENTS WHERE StatementTypeId <> ?"
    found = {"statement of another type": base.execute(others, (kind,)).fetchone()[0]}
    for thing, queries in _COUNTED.items():
        query = queries.get(version, "")
        if query and query.split(" FROM ")[1].split()[0] in tables:
            found[thing] = base.execute(query).fetchone()[0]
    return {thing: count for thing, count in found.items() if count}


def cut(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, int, int]]:
    r"""Give what stands in a text between units of UTF-16, and between which characters that is.

    A span that begins or ends in the middle of a character leaves that character out; one that
    ends beyond the text ends with it.

    >>> cut("\U0001f600 yes, no", [(3, 6), (8, 10)])
    [('yes', 2, 5), ('no', 7, 9)]
    """
    before = [each.start() + number for number, each in enumerate(_ASTRAL.finditer(text))]
    return [_piece(text, before, max(start, 0), max(stop, 0)) for start, stop in spans]


def _piece(text: str, astral: Sequence[int], start: int, stop: int) -> tuple[str, int, int]:
    """Give a piece; ``astral`` are the units at which characters of two units begin."""
    left, right = bisect_left(astral, start), bisect_left(astral, stop)
    split = left > 0 and astral[left - 1] + 1 == start
    first, last = start - left + split, min(stop - right, len(text))
    return text[first:last], first, last
