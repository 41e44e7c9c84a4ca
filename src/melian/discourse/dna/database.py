"""Databases of the Discourse Network Analyzer (.dna), versions 2 and 3, as columns.

:mod:`melian.formats.dna_database` reads them. Where a statement lacks a value, it is missing, and
said so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.case.wording import counted
from melian.discourse.statements.table import UNDATED, number_variable, table, text_variable
from melian.formats.dna import check_names
from melian.formats.dna_database import SPEAKERS
from melian.formats.dna_database import read as records
from melian.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from melian.discourse.statements.table import Table
    from melian.discourse.statements.table import Variable as Column
    from melian.formats.dna_database import Statement, Variable

DOCUMENT_FIELDS = ("author", "source", "section", "type", "title")
"""What is known of a document, each a variable of the statements in it."""

_LAST = 253_402_300_799  # the last second of the year 9999; no calendar has later ones


def read(
    path: Path, kind: str = "", names: Mapping[str, str] | None = None
) -> tuple[Table, tuple[Problem, ...]]:
    """Give the statements of one type, and what is doubtful about them.

    Args:
        path: of the database.
        kind: the label of the statement type; that with most statements, when left out.
        names: what its variables are called, by what they hold (person, organization, concept,
            agreement), where that is not the usual name; they have the usual one, too.

    Raises:
        OutsideError: the file is no such database.
        UsageError: there is no statement type of that label, or no variable of that name.
    """
    called = names or {}
    base = records(path, kind, called)
    check_names(base, called)
    said = base.statements
    missing = {
        name: sum(each.id not in variable.values for each in said)
        for name, variable in base.variables.items()
    }
    coded = {name: _column(variable, said) for name, variable in base.variables.items()}
    fields = {
        name: text_variable([getattr(each.document, name) for each in said])
        for name in (*DOCUMENT_FIELDS,)
    }
    coded |= {role: coded[name] for role, name in called.items()}
    fields["coder"] = text_variable([each.coder for each in said])
    found = table(
        [str(each.id) for each in said],
        np.array([_second(each) for each in said], dtype=np.int64),
        _documents(said),
        {n: v for n, v in fields.items() if n not in coded} | _usual(coded) | coded,
        np.array([each.start for each in said], dtype=np.int64),
    )
    lacking = [_missing(path.name, name, count) for name, count in missing.items() if count]
    return found, tuple(lacking)


def _second(said: Statement) -> int:
    seconds = said.document.seconds
    if seconds is None or not UNDATED <= seconds <= _LAST:
        return UNDATED
    return seconds


def _documents(said: Sequence[Statement]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Number the documents from 1, in the order of their ids."""
    ids = sorted({each.document.id for each in said})
    place = {document: number for number, document in enumerate(ids, start=1)}
    return np.array([place[each.document.id] for each in said], dtype=np.int32)


def _column(variable: Variable, said: Sequence[Statement]) -> Column:
    values = [variable.values.get(each.id) for each in said]
    if variable.form == "short text":
        return text_variable(["" if each is None else str(each) for each in values])
    numbers = [None if each is None else int(each) for each in values]
    return number_variable(numbers, "boolean" if variable.form == "boolean" else "integer")


def _usual(variables: dict[str, Column]) -> dict[str, Column]:
    """Give the variables that every table has, under their usual names."""
    found: dict[str, Column] = {}
    speakers = [variables[each] for each in SPEAKERS if each in variables]
    if speakers:
        found["actor"] = text_variable(
            [next(filter(None, names), "") for names in zip(*map(_texts, speakers), strict=True)]
        )
    signs = [each for each in variables.values() if each.kind == "boolean"]
    if signs:
        found["sign"] = variables.get("agreement", signs[0])
    return found


def _texts(variable: Column) -> list[str]:
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
