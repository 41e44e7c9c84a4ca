"""Databases of DNA as cases: every statement once, its words cut out where Java would cut them."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from dna_files import DNA, Made
from hypothesis import given, settings
from hypothesis import strategies as st

from melian import verbs
from melian.formats.dna import read
from melian.formats.dna_database import cut
from melian.problems import OutsideError, Severity, UsageError

if TYPE_CHECKING:
    from melian.case.model import Case

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"
FIRST = 1_300_000_000  # 13 March 2011, 07:06:40 UTC
DAY = 86_400
TEXT = "\U0001f600\U00010384 Bela: the quay is full.\nMona: it is not \u2013 \U0001f6a2!\n\nEnd."


def units(text: str) -> int:
    """Count as Java does: one for each character, two beyond the first 65,536."""
    return sum(1 + (ord(each) > 0xFFFF) for each in text)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = units(text[: text.index(words)])
    return start, start + units(words)


def quay(path: Path, version: int) -> Path:
    """Make a database of two statements in one document, and one in another."""
    made = Made(path, version)
    made.kind("Annotation", {"note": "long text"})
    known = {"author": "Ida", "source": "Harbour News", "section": "p. 3", "type": "report"}
    first = made.document("The quay", TEXT, FIRST, **known)
    second = made.document("The quay", "Tara: yes", FIRST + 40 * DAY)
    said = made.kind(
        "Claim", {**DNA, "level": "short text", "note": "long text", "strength": "integer"}
    )
    made.say(said, second, (6, 9), person="Tara", organization="", concept="full", agreement=1)
    made.say(
        said, first, span("it is not \u2013 \U0001f6a2"), person="Mona", organization="Ships",
        concept="full", agreement=0, level="political", note="angry", strength=2,
    )  # fmt: skip
    made.say(
        said, first, span("the quay is full"), 1, person="Bela", organization="Port",
        concept="full", agreement=1,
    )  # fmt: skip
    return path


@pytest.mark.parametrize("version", [2, 3])
def test_statements_are_cut_from_their_documents(version: int, tmp_path: Path) -> None:
    case, problems, *told = read(quay(tmp_path / "quay.dna", version))
    assert problems == ()
    assert [(s.actor, str(s.claim), s.quote, s.locator, s.coder) for s in case.statements] == [
        ("bela", "full", "the quay is full", "par. 1, characters 10-25", "Admin"),
        ("mona", "not full", "it is not \u2013 \U0001f6a2", "par. 2, characters 34-46", "Ada"),
        ("tara", "full", "yes", "characters 7-9", "Ada"),
    ]
    mona = case.statements[1]
    assert (mona.level, mona.note, mona.id) == ("political", "angry", "quay-2")
    assert [str(s.date) for s in case.statements] == ["2011-03-13", "2011-03-13", "2011-04-22"]
    assert str(case.period) == "2011-03-13..2011-04-22"
    paper = case.sources[mona.source]
    assert (paper.title, paper.author, paper.publisher) == ("The quay", "Ida", "Harbour News")
    assert dict(paper.fields) == {"section": "p. 3", "genre": "report"}
    assert str(paper.issued) == "2011-03-13"
    assert [*case.sources] == ["the-quay", "the-quay-2"]
    assert case.actors["mona"].speaks_for[0].actor == "ships"
    assert [a.kind for a in case.actors.values()].count("organisation") == 2
    assert case.title == "quay"
    assert told[0] == "Read 3 statements, 13 March 2011 to 22 April 2011."
    assert told[-1].endswith('it leaves out: 1 value of "strength", 2 texts of a document.')


@pytest.mark.parametrize("version", [2, 3])
def test_a_database_becomes_a_folder_once(version: int, tmp_path: Path) -> None:
    path = quay(tmp_path / "quay.dna", version)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    done = verbs.import_file(path, tmp_path / "case")
    assert done.format.name == "dna"
    opened = verbs.open_case(str(tmp_path / "case"))
    assert opened.problems == ()
    direct = verbs.open_case(str(path))
    assert direct.problems == ()
    for part in ("actors", "concepts", "sources", "statements", "period"):
        assert getattr(opened.case, part) == getattr(direct.case, part), part
    assert verbs.import_file(path, tmp_path / "case").merge.texts == {}
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["case", "quay.dna"]


def test_the_type_with_most_statements_that_say_who_and_what_is_taken(tmp_path: Path) -> None:
    path = quay(tmp_path / "quay.dna", 3)
    with closing(sqlite3.connect(path)) as base:  # five annotations against three claims
        base.executemany(
            "INSERT INTO STATEMENTS VALUES (NULL, 1, 1, ?, 9, 1)", [(n,) for n in "12345"]
        )
        base.commit()
    case, _, *told = read(path)
    assert len(case.statements) == 3
    assert "5 statements of another type" in told[-1]
    with pytest.raises(UsageError, match=r'type "Annotation" have no variable for: concept'):
        read(path, kind="Annotation")
    with pytest.raises(UsageError, match=r'no statement type "Clam"\. Did you mean "Claim"'):
        verbs.open_case(str(path), kind="Clam")


def test_variables_may_be_called_otherwise(tmp_path: Path) -> None:
    made = Made(tmp_path / "other.dna")
    kind = made.kind("Said", {"who": "short text", "what": "short text", "yes": "integer"})
    paper = made.document("One", "abc", FIRST)
    made.say(kind, paper, (0, 1), who="Ida", what="Deich", yes=1)
    made.say(kind, paper, (1, 2), who="Ida", what="Deich", yes=-1)
    with pytest.raises(UsageError, match=r"There are: who, what, yes\..*--names concept=NAME"):
        verbs.open_case(str(made.path))
    names = {"person": "who", "concept": "what", "agreement": "yes"}
    case = verbs.open_case(str(made.path), names).case
    assert [str(s.claim) for s in case.statements] == ["deich", "not deich"]
    with pytest.raises(UsageError, match=r'No variable is called "wat"\. Did you mean "what"'):
        read(made.path, {**names, "concept": "wat"})
    with pytest.raises(UsageError, match=r'"concpt" is nothing .* Did you mean "concept"'):
        read(made.path, {"concpt": "what"})


def test_what_a_statement_lacks_is_told(tmp_path: Path) -> None:
    made = Made(tmp_path / "half.dna")
    kind = made.kind("Claim")
    paper = made.document("One", "abc", FIRST)
    far = made.document("Far", "abc", 10**15)
    ida: dict[str, Any] = {"person": "Ida", "organization": "", "concept": "Deich", "agreement": 1}
    made.say(kind, paper, (0, 1), **{**ida, "concept": ""})
    made.say(kind, paper, (0, 1), **{**ida, "person": ""})
    made.say(kind, paper, (0, 1), **{**ida, "agreement": 7})
    made.say(kind, paper, (0, 1), person="Ida", concept="Deich")
    made.say(kind, paper, (50, 60), **ida)
    made.say(kind, far, (0, 3), **ida)
    case, problems, *_ = read(made.path)
    assert [(s.id, s.quote, s.date is None) for s in case.statements] == [
        ("half-5", "", False),
        ("half-6", "abc", True),
    ]
    assert [(p.code, p.severity) for p in problems] == [
        ("missing-cell", Severity.ERROR),
        ("missing-cell", Severity.ERROR),
        ("bad-sign", Severity.ERROR),
        ("bad-sign", Severity.ERROR),
        ("no-quote", Severity.WARNING),
        ("bad-date", Severity.ERROR),
    ]
    assert "Statement 4 has no value" in problems[3].message


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_span_is_cut_where_java_cuts_it(data: Any) -> None:
    letters = st.sampled_from("ab\u00e9\u6c34\U0001f600\U00010384\n")
    text = data.draw(st.text(letters, max_size=30))
    start = data.draw(st.integers(0, units(text) + 2))
    stop = data.draw(st.integers(start, units(text) + 4))
    coded = text.encode("utf-16-le")
    before, piece = (
        coded[2 * one : 2 * other].decode("utf-16-le", errors="ignore")  # halves are left out
        for one, other in ((0, start), (start, stop))
    )
    ((found, first, last),) = cut(text, [(start, stop)])
    assert found == piece
    if piece:
        assert text[first:last] == piece
        assert first == len(before) or text[first - 1] > "\uffff"


def test_what_would_be_executed_is_refused(tmp_path: Path) -> None:
    path = quay(tmp_path / "quay.dna", 3)
    with closing(sqlite3.connect(path)) as base:  # a view without an end in the place of a table
        base.executescript(
            "DROP TABLE CODERS; ALTER TABLE DOCUMENTS RENAME TO D; CREATE VIEW DOCUMENTS AS "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;"
        )
    with pytest.raises(OutsideError, match="it has no table DOCUMENTS"):
        read(path)


def test_what_another_program_has_not_written_yet_is_told(tmp_path: Path) -> None:
    path = quay(tmp_path / "quay.dna", 3)
    (tmp_path / "quay.dna-wal").write_bytes(b"more")
    assert [problem.code for problem in read(path)[1]] == ["unsaved"]
    assert (tmp_path / "quay.dna-wal").read_bytes() == b"more"


def test_texts_that_are_a_view_are_refused(tmp_path: Path) -> None:
    path = quay(tmp_path / "quay.dna", 3)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            "DROP TABLE ENTITIES; CREATE VIEW ENTITIES AS SELECT 1 AS ID, 'x' AS Value;"
        )
    with pytest.raises(OutsideError, match="it has no table ENTITIES"):
        read(path)


@pytest.mark.parametrize("value", ["x", 9.5e30, "9" * 40, b"\xff", -5, None])
@pytest.mark.parametrize("column", ["Start", "Stop", "DocumentId", "Coder"])
def test_values_of_any_kind_are_read_or_left_out(column: str, value: Any, tmp_path: Path) -> None:
    path = quay(tmp_path / "quay.dna", 3)
    with closing(sqlite3.connect(path)) as base:  # as SQLite takes any value into any column
        sql = base.execute("SELECT sql FROM sqlite_master WHERE name = 'STATEMENTS'").fetchone()[0]
        base.executescript("CREATE TABLE S AS SELECT * FROM STATEMENTS; DROP TABLE STATEMENTS;")
        base.execute(sql.replace("INTEGER", "").replace("NOT NULL", ""))
        base.execute("INSERT INTO STATEMENTS SELECT * FROM S")
        base.execute(f"UPDATE STATEMENTS SET {column} = ? WHERE ID = 2", (value,))  # noqa: S608
        base.execute("UPDATE DOCUMENTS SET Date = ? WHERE ID = 2", (2**62,))
        base.commit()
    opened = verbs.open_case(str(path))
    assert {"quay-1", "quay-3"} <= {each.id for each in opened.case.statements}
    assert len(verbs.statements(str(path)).table) == len(opened.case.statements)


@pytest.mark.parametrize(
    "content", [b"", b"not at all", b"SQLite format 3\0" + b"\xff" * 200, b"PK\3\4"]
)
def test_what_is_no_database_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "quay.dna"
    path.write_bytes(content)
    with pytest.raises(OutsideError, match="is no database of the Discourse Network Analyzer"):
        verbs.open_case(str(path))


def names(case: Case) -> set[tuple[str, ...]]:
    return {
        (
            s.id.rsplit("-", 1)[1],
            str(s.date),
            case.actors[s.actor].name,
            ", ".join(case.actors[tie.actor].name for tie in case.actors[s.actor].speaks_for),
            case.concepts[s.claim.atom.name].text,
            str(int(s.claim.positive)),
            s.frame,
        )
        for s in case.statements
    }


def test_a_database_and_a_table_of_the_same_statements_give_the_same_case() -> None:
    if not ANCHORS.is_dir():
        pytest.skip("the database that DNA wrote is not here")
    base = verbs.open_case(str(ANCHORS / "small_extra.dna"))
    table = verbs.open_case(str(ANCHORS / "small_extra.csv"))
    assert base.problems == table.problems == ()
    assert names(base.case) == names(table.case)
    assert len(base.case.statements) == 300
    assert [a.name for a in base.case.actors.values()] == [
        a.name for a in table.case.actors.values()
    ]
    assert base.case.actors == table.case.actors
    assert base.case.concepts == table.case.concepts
    assert base.case.period == table.case.period
    one, other = (verbs.audit(each.case).findings for each in (base, table))
    assert one == other != ()
    with (ANCHORS / "small_extra.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert names(base.case) == {
        (
            r["statement_id"], r["date"][:10], r["person"], r["organization"], r["concept"],
            r["agreement"], r["frame"],
        )
        for r in rows
    }  # fmt: skip


def test_the_same_count_by_sql() -> None:
    if not ANCHORS.is_dir():
        pytest.skip("the database that DNA wrote is not here")
    path = ANCHORS / "two_camps.dna"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
        rows = base.execute(
            "SELECT s.ID, substr(d.Text, s.Start + 1, s.Stop - s.Start), date(d.Date, 'unixepoch'),"
            " b.Value FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId "
            "JOIN DATABOOLEAN b ON b.StatementId = s.ID"
        ).fetchall()
    case = verbs.open_case(str(path)).case
    assert len(rows) == 288
    assert {(s.id, s.quote, str(s.date), int(s.claim.positive)) for s in case.statements} == {
        (f"two-camps-{number}", *rest) for number, *rest in rows
    }
