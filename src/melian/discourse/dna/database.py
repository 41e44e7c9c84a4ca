"""Databases of the Discourse Network Analyzer (.dna, SQLite), versions 2 and 3.

A statement takes its time from its document. Dates are seconds since 1970 in version 3, and
milliseconds in version 2. Short texts are entities of their own in version 3, and stand beside
the statement in version 2. Where a statement lacks a value, it is missing, and said so.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.case.wording import counted
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.problems import Location, OutsideError, Problem, Severity, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from melian.discourse.statements.table import Table, Variable

DOCUMENT_FIELDS = ("author", "source", "section", "type", "title")
"""What is known of a document, each a variable of the statements in it."""

_SHORT_TEXTS = {
    3: "SELECT d.StatementId, e.Value FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity "
    "WHERE d.VariableId = ?",
    2: "SELECT StatementId, Value FROM DATASHORTTEXT WHERE VariableId = ?",
}
_NUMBERS = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER"}


@dataclass(frozen=True, slots=True)
class _Said:
    """The statements of a type, in the order of their documents and places."""

    ids: tuple[int, ...]
    documents: tuple[int, ...]
    places: tuple[int, ...]
    dates: tuple[int, ...]
    fields: tuple[tuple[str, ...], ...]


def read(path: Path, kind: str = "") -> tuple[Table, tuple[Problem, ...]]:
    """Give the statements of one type, and what is doubtful about them.

    Args:
        path: of the database.
        kind: the label of the statement type; that with most statements, when left out.

    Raises:
        OutsideError: the file is no such database.
        UsageError: there is no statement type of that label.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
            return _read(base, path.name, kind)
    except sqlite3.Error as error:
        raise OutsideError(
            f'"{path.name}" is no database of the Discourse Network Analyzer: {error}.'
        ) from error


def _read(base: sqlite3.Connection, file: str, kind: str) -> tuple[Table, tuple[Problem, ...]]:
    version = _version(base, file)
    chosen = _type(base, kind)
    said = _said(base, chosen, 1 if version == 3 else 1000)
    coded = base.execute(
        "SELECT ID, Variable, DataType FROM VARIABLES WHERE StatementTypeId = ? ORDER BY ID",
        (chosen,),
    ).fetchall()
    variables: dict[str, Variable] = {}
    problems: list[Problem] = []
    for number, name, form in coded:
        if form == "long text":
            continue
        values = _values(base, version, number, form)
        missing = sum(each not in values for each in said.ids)
        if missing:
            problems.append(_missing(file, name, missing))
        variables[name] = _variable([values.get(each) for each in said.ids], form)
    fields = dict(zip(DOCUMENT_FIELDS, map(text_variable, said.fields), strict=True))
    found = table(
        [str(each) for each in said.ids],
        np.array(said.dates, dtype=np.int64),
        np.array(said.documents, dtype=np.int32),
        {n: v for n, v in fields.items() if n not in variables} | _usual(variables) | variables,
        np.array(said.places, dtype=np.int64),
    )
    return found, tuple(problems)


def _version(base: sqlite3.Connection, file: str) -> int:
    row = base.execute("SELECT Value FROM SETTINGS WHERE lower(Property) = 'version'").fetchone()
    version = str(row[0])[:1] if row else ""
    if version not in {"2", "3"}:
        shown = str(row[0])[:20] if row else "none"
        raise OutsideError(
            f'"{file}" is of version {shown} of the Discourse Network Analyzer; 2 and 3 are read. '
            "Open it with DNA 3, and save it."
        )
    return int(version)


def _type(base: sqlite3.Connection, kind: str) -> int:
    """Give the number of a statement type."""
    labels = dict(base.execute("SELECT Label, ID FROM STATEMENTTYPES ORDER BY ID").fetchall())
    if kind:
        if kind not in labels:
            hint = did_you_mean(kind, labels, f"There are: {', '.join(labels)}.")
            raise UsageError(f'There is no statement type "{kind[:40]}". {hint}')
        return int(labels[kind])
    counts = Counter(row[0] for row in base.execute("SELECT StatementTypeId FROM STATEMENTS"))
    return int(counts.most_common(1)[0][0]) if counts else int(next(iter(labels.values()), 1))


def _said(base: sqlite3.Connection, kind: int, per_second: int) -> _Said:
    rows = base.execute(
        "SELECT s.ID, s.DocumentId, s.Start, d.Date, "
        "d.Author, d.Source, d.Section, d.Type, d.Title "
        "FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId "
        "WHERE s.StatementTypeId = ? ORDER BY d.Date, s.DocumentId, s.Start, s.ID",
        (kind,),
    ).fetchall()
    ids, documents, places, dates, *fields = zip(*rows, strict=True) if rows else [()] * 9
    texts = tuple(tuple(str(value or "").strip() for value in field) for field in fields)
    seconds = tuple(int(date or 0) // per_second for date in dates)
    return _Said(ids, documents, tuple(int(each or 0) for each in places), seconds, texts)


def _values(base: sqlite3.Connection, version: int, number: int, form: str) -> dict[int, str | int]:
    if form == "short text":
        return dict(base.execute(_SHORT_TEXTS[version], (number,)).fetchall())
    place = _NUMBERS.get(form)
    if place is None:
        raise OutsideError(f'The database has a variable of an unknown kind, "{form[:40]}".')
    query = f"SELECT StatementId, Value FROM {place} WHERE VariableId = ?"  # noqa: S608
    return dict(base.execute(query, (number,)).fetchall())


def _variable(values: Sequence[str | int | None], form: str) -> Variable:
    if form == "short text":
        return text_variable(["" if each is None else str(each) for each in values])
    numbers = [None if each is None else int(each) for each in values]
    return number_variable(numbers, "boolean" if form == "boolean" else "integer")


def _usual(variables: dict[str, Variable]) -> dict[str, Variable]:
    """Give the variables that every table has, under their usual names."""
    found: dict[str, Variable] = {}
    speakers = [variables[each] for each in ("organization", "person") if each in variables]
    if speakers:
        found["actor"] = text_variable(
            [next(filter(None, names), "") for names in zip(*map(_texts, speakers), strict=True)]
        )
    signs = [each for each in variables.values() if each.kind == "boolean"]
    if signs:
        found["sign"] = variables.get("agreement", signs[0])
    return found


def _texts(variable: Variable) -> list[str]:
    names = [*map(str, variable.levels), ""]
    return [names[code] for code in variable.codes.tolist()]


def _missing(file: str, name: str, count: int) -> Problem:
    return Problem(
        Location(file),
        "missing-value",
        f'{counted(count, "statement")} without a value of "{name}"; left out where one is needed.',
        "Open the database with DNA, and code them.",
        Severity.WARNING,
    )
