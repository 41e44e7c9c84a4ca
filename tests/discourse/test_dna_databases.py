"""Databases of DNA: version 3 as DNA writes it, version 2 made here after its schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from melian.discourse.dna.database import read
from melian.discourse.networks.building import Design, network
from melian.discourse.statements.reading import parse
from melian.problems import OutsideError, UsageError

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"
DAY = 86_400

TABLES = """
CREATE TABLE SETTINGS(Property, Value);
CREATE TABLE DOCUMENTS(ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date);
CREATE TABLE STATEMENTTYPES(ID, Label, Red, Green, Blue);
CREATE TABLE VARIABLES(ID, Variable, DataType, StatementTypeId);
CREATE TABLE STATEMENTS(ID, StatementTypeId, DocumentId, Start, Stop, Coder);
CREATE TABLE DATABOOLEAN(ID, StatementId, VariableId, StatementTypeId, Value);
CREATE TABLE DATAINTEGER(ID, StatementId, VariableId, StatementTypeId, Value);
CREATE TABLE DATASHORTTEXT(ID, StatementId, VariableId, StatementTypeId, Value);
"""


def second_version(path, version="2.0 beta 19"):
    """Make a database of version 2: Bela, Mona and the port over one quay."""
    with closing(sqlite3.connect(path)) as base:
        base.executescript(TABLES)
        base.execute("INSERT INTO SETTINGS VALUES ('version', ?)", (version,))
        base.executemany(
            "INSERT INTO DOCUMENTS VALUES (?, ?, '', 1, '', 'Harbour News', '', '', '', ?)",
            [(1, "later", 20 * DAY * 1000), (2, "first", 3 * DAY * 1000 + 7)],
        )
        base.executemany(
            "INSERT INTO STATEMENTTYPES VALUES (?, ?, 0, 0, 0)", [(1, "Said"), (2, "Note")]
        )
        base.executemany(
            "INSERT INTO VARIABLES VALUES (?, ?, ?, 1)",
            [
                (1, "person", "short text"),
                (2, "organization", "short text"),
                (3, "concept", "short text"),
                (4, "agreement", "boolean"),
                (5, "strength", "integer"),
                (6, "remark", "long text"),
            ],
        )
        said = [
            (1, 1, 40, "Bela", "Port", "full", 1, 2),
            (2, 1, 9, "Mona", "Ships", "full", 0, -1),
            (3, 2, 1, "Mona", "", "full", 1, 0),
        ]
        for number, document, start, *values in said:
            base.execute(
                "INSERT INTO STATEMENTS VALUES (?, 1, ?, ?, ?, 1)",
                (number, document, start, start + 5),
            )
            for variable, value in enumerate(values[:3], start=1):
                base.execute(
                    "INSERT INTO DATASHORTTEXT VALUES (0, ?, ?, 1, ?)", (number, variable, value)
                )
            base.execute("INSERT INTO DATABOOLEAN VALUES (0, ?, 4, 1, ?)", (number, values[3]))
            if number != 3:
                base.execute("INSERT INTO DATAINTEGER VALUES (0, ?, 5, 1, ?)", (number, values[4]))
        base.commit()
    return path


def test_version_2_is_read(tmp_path):
    found, problems = read(second_version(tmp_path / "quay.dna"))
    assert found.ids == ("3", "2", "1")  # by date, and then by the place in the document
    assert found.seconds.tolist() == [3 * DAY, 20 * DAY, 20 * DAY]
    assert found.documents.tolist() == [2, 1, 1]
    person = found.variable("person")
    assert [person.levels[code] for code in person.codes] == ["Mona", "Mona", "Bela"]
    actor = found.variable("actor")
    assert [actor.levels[code] for code in actor.codes] == ["Mona", "Ships", "Port"]
    assert found.variable("sign").codes.tolist() == [1, 0, 1]
    assert found.variable("strength").codes.tolist() == [-1, 0, 1]
    assert found.variable("source").levels == ("Harbour News",)
    assert found.variable("title").levels == ("first", "later")
    assert [problem.code for problem in problems] == ["missing-value"]
    assert '1 statement without a value of "strength"' in problems[0].message


def test_variables_are_named_by_what_they_hold(tmp_path):
    path = second_version(tmp_path / "quay.dna")
    with closing(sqlite3.connect(path)) as base:
        base.execute("UPDATE VARIABLES SET Variable = 'claim' WHERE Variable = 'concept'")
        base.execute("UPDATE VARIABLES SET Variable = 'speaker' WHERE Variable = 'person'")
        base.commit()
    found, _ = read(path, names={"concept": "claim", "person": "speaker"})
    assert found.variable("concept").levels == found.variable("claim").levels == ("full",)
    assert found.variable("person").levels == ("Bela", "Mona")
    assert set(found.variable("actor").levels) == {"Port", "Ships", "Mona"}
    with pytest.raises(UsageError, match='No variable is called "claims"'):
        read(path, names={"concept": "claims"})


def test_what_is_no_database_of_dna_is_said_to_be_none(tmp_path):
    (tmp_path / "text.dna").write_text("not at all", encoding="utf-8")
    with pytest.raises(OutsideError, match="is no database of the Discourse Network Analyzer"):
        read(tmp_path / "text.dna")
    with pytest.raises(OutsideError, match="is of version 1"):
        read(second_version(tmp_path / "old.dna", version="1.31"))
    with pytest.raises(UsageError, match=r'no statement type "Sayd"\. Did you mean "Said"'):
        read(second_version(tmp_path / "two.dna"), "Sayd")
    assert len(read(tmp_path / "two.dna", "Note")[0]) == 0
    with pytest.raises(OutsideError):
        read(tmp_path / "nowhere.dna")


@pytest.mark.parametrize("qualifier", ["agreement", "strength", "frame"])
def test_version_3_says_what_the_table_of_the_same_statements_says(qualifier):
    if not ANCHORS.is_dir():
        pytest.skip("the database that DNA wrote is not here")
    base, problems = read(ANCHORS / "small_extra.dna")
    assert problems == ()
    table, _ = parse((ANCHORS / "small_extra.csv").read_text("utf-8"), "small_extra.csv")
    for kind in ("congruence", "conflict"):
        wanted = Design(qualifier=qualifier, aggregation=kind, duplicates="document")
        one, other = network(base, wanted), network(table, wanted)
        assert one.rows == other.rows
        assert np.array_equal(one.matrix, other.matrix)
        assert len(one.statements) == len(other.statements)
