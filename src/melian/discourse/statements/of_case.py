"""The statements of a case as columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from melian.case.speaking import party_of
from melian.case.wording import concept_name
from melian.discourse.statements.selection import DAY
from melian.discourse.statements.table import UNDATED, number_variable, table, text_variable

if TYPE_CHECKING:
    from datetime import date

    from melian.case.model import Case, Statement
    from melian.discourse.statements.table import Table

OTHERS = ("level", "scope", "frame", "venue", "source", "coder", "basis")
"""What else was coded of a statement, each a variable of texts."""


def statements_of(case: Case) -> Table:
    """Give the statements of a case as columns.

    The variables are ``actor`` (whom the words bind), ``person`` (whose they are, where they bind
    another), ``concept``, ``sign`` (1 asserted, 0 denied) and what else was coded
    (:data:`OTHERS`). A statement that binds several counts for each. A source is a document;
    one that is a table of statements (CSL's type ``dataset``) is not, and each row of it is one.
    """
    said = [(s, party) for s in case.statements for party in party_of(case, s.actor, s.date)]
    papers = [_document(case, s) for s, _ in said]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(papers))}
    texts = {
        "actor": [_name(case, party) for _, party in said],
        "person": [_name(case, s.actor) if s.actor != party else "" for s, party in said],
        "concept": [concept_name(case, s.claim.atom) for s, _ in said],
    } | {name: [getattr(s, name) for s, _ in said] for name in OTHERS}
    signs = number_variable([int(s.claim.positive) for s, _ in said], "boolean")
    return table(
        [s.id for s, _ in said],
        np.array([_second(s) for s, _ in said], dtype=np.int64),
        np.array([numbers[name] for name in papers], dtype=np.int32),
        {name: text_variable(values) for name, values in texts.items()} | {"sign": signs},
        last=np.array([_last(s) for s, _ in said], dtype=np.int64),
    )


def _name(case: Case, actor: str) -> str:
    found = case.actors.get(actor)
    return found.name if found is not None and found.name else actor


def _document(case: Case, statement: Statement) -> tuple[str, str]:
    source = case.sources.get(statement.source)
    table = source is not None and source.type == "dataset"
    return statement.source, statement.id if table else ""


def _second(statement: Statement) -> int:
    if statement.date is None:
        return UNDATED
    return _begins(statement.date.first)


def _last(statement: Statement) -> int:
    return UNDATED if statement.date is None else _begins(statement.date.last) + DAY - 1


def _begins(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
