"""Databases of the Discourse Network Analyzer, made for tests after its schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_BOTH = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL);
CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL,
    Coder INTEGER, Author TEXT NOT NULL DEFAULT '', Source TEXT NOT NULL DEFAULT '',
    Section TEXT NOT NULL DEFAULT '', Notes TEXT NOT NULL DEFAULT '',
    Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL);
CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL);
CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL,
    DataType TEXT NOT NULL, StatementTypeId INTEGER);
CREATE TABLE REGEXES(Label TEXT PRIMARY KEY);
CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER,
    DocumentId INTEGER, Start INTEGER NOT NULL, Stop INTEGER NOT NULL, Coder INTEGER);
"""
_THIRD = """
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER,
    Value INTEGER NOT NULL DEFAULT 1);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER,
    Value INTEGER NOT NULL DEFAULT 0);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER,
    Value TEXT DEFAULT '');
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER,
    Entity INTEGER NOT NULL);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, ChildOf INTEGER,
    UNIQUE (VariableId, Value));
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY, EntityId INTEGER, AttributeValue TEXT);
"""
_SECOND = """
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER,
    StatementTypeId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER,
    StatementTypeId INTEGER, Value INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER,
    StatementTypeId INTEGER, Value TEXT);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER,
    StatementTypeId INTEGER, Value TEXT);
CREATE TABLE ATTRIBUTES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, Type TEXT,
    Alias TEXT, Notes TEXT, ChildOf TEXT);
CREATE TABLE STATEMENTLINKS(ID INTEGER PRIMARY KEY, SourceId INTEGER, TargetId INTEGER);
"""
_TABLES = {
    "boolean": "DATABOOLEAN",
    "integer": "DATAINTEGER",
    "long text": "DATALONGTEXT",
    "short text": "DATASHORTTEXT",
}
DNA = {"person": "short text", "organization": "short text", "concept": "short text",
       "agreement": "boolean"}  # fmt: skip


class Made:
    """A database that is being made: documents and statement types first, then statements."""

    def __init__(self, path: Path, version: int = 3) -> None:
        self.path, self.version = path, version
        self.variables: dict[int, dict[str, tuple[int, str]]] = {}
        with closing(sqlite3.connect(path)) as base:
            base.executescript(_BOTH + (_THIRD if version == 3 else _SECOND))
            name = "3.0.7" if version == 3 else "2.0 beta 19"
            base.execute("INSERT INTO SETTINGS VALUES ('version', ?)", (name,))
            base.executemany("INSERT INTO CODERS VALUES (?, ?)", [(1, "Admin"), (2, "Ada")])
            base.commit()

    def put(self, query: str, *values: Any) -> int:
        """Run one line of SQL, and give the number of the row."""
        with closing(sqlite3.connect(self.path)) as base:
            number = base.execute(query, values).lastrowid
            base.commit()
        return number or 0

    def document(self, title: str, text: str, seconds: int, **known: str) -> int:
        """Add a document; its date is given in seconds, and written as the version has it."""
        date = seconds if self.version == 3 else seconds * 1000 + 123
        fields = ("Author", "Source", "Section", "Notes", "Type")
        return self.put(
            "INSERT INTO DOCUMENTS VALUES (NULL, ?, ?, 1, ?, ?, ?, ?, ?, ?)",
            title, text, *(known.get(each.lower(), "") for each in fields), date,
        )  # fmt: skip

    def kind(self, label: str, variables: Mapping[str, str] = DNA) -> int:
        """Add a statement type, with variables by name."""
        number = self.put("INSERT INTO STATEMENTTYPES VALUES (NULL, ?)", label)
        query = "INSERT INTO VARIABLES VALUES (NULL, ?, ?, ?)"
        self.variables[number] = {
            name: (self.put(query, name, form, number), form) for name, form in variables.items()
        }
        return number

    def say(
        self, kind: int, document: int, span: Sequence[int], coder: int = 2, **said: Any
    ) -> int:
        """Add a statement, with the values of its variables."""
        number = self.put(
            "INSERT INTO STATEMENTS VALUES (NULL, ?, ?, ?, ?, ?)", kind, document, *span, coder
        )
        for name, value in said.items():
            variable, form = self.variables[kind][name]
            table = _TABLES[form]
            if self.version == 2:
                query = f"INSERT INTO {table} VALUES (NULL, ?, ?, ?, ?)"  # noqa: S608
                self.put(query, number, variable, kind, value)
            else:
                stored = self._entity(variable, value) if form == "short text" else value
                query = f"INSERT INTO {table} VALUES (NULL, ?, ?, ?)"  # noqa: S608
                self.put(query, number, variable, stored)
        return number

    def _entity(self, variable: int, value: str) -> int:
        self.put("INSERT OR IGNORE INTO ENTITIES VALUES (NULL, ?, ?, NULL)", variable, value)
        with closing(sqlite3.connect(self.path)) as base:
            (number,) = base.execute(
                "SELECT ID FROM ENTITIES WHERE VariableId = ? AND Value = ?", (variable, value)
            ).fetchone()
        return int(number)
