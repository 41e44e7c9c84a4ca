"""Event tables of every layout, and what of a table cannot be read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from melian.case.dates import parse_date
from melian.case.loading import load_text
from melian.formats import event_table
from melian.formats.event_cells import date_of
from melian.formats.event_layouts import is_event_table, layout_of
from melian.formats.event_table import open_table
from melian.formats.events import read
from melian.problems import OutsideError, UsageError

EVENTS = Path(__file__).parents[3] / "shared" / "corpus" / "events"

ICEWS = """\
Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\
\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID
901\t2008-04-16\tPort Police (Mar)\tPolice,Government\tMar\tImpose embargo\t163\t-8\tLin\tNA\tLin\t5
902\t2008-04-17\tMar\tNA\tMar\tMake statement\t010\t0\tLin\tNA\tLin\t6
"""
SHORT = """\
source,event_text,target,date,cameo,goldstein
"Lin, Republic of",Consult,Mar,2008-04-16,04,1
"""
POLECAT = """\
#!Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\
\tActor Country\tPrimary Actor Sector\tActor Sectors\tActor Name Raw\tRecipient Name\
\tRecipient Country\tRecipient Sectors\tSource\tLanguage
2023-A-1\t2023-02-03\tCOERCE\tarrest\t-7.0\tMATERIAL CONFLICT\tlegal\tMar; Lin\
\tMar\tGOV\tGOV; MIL\tthe Mar\tNone\tNone\tNone\tThe Salt Gazette\ten
"""


def gdelt(width: int, **cells: str) -> str:
    row = ["x"] * width
    at = {
        "id": 0,
        "date": 1,
        "actor": 6,
        "country": 7,
        "target": 16,
        "whose": 17,
        "code": 26,
        "score": 30,
    }
    for name, value in cells.items():
        row[at[name]] = value
    return "\t".join(row) + "\n"


GDELT_CELLS = {
    "id": "410", "date": "20130401", "actor": "MAR", "country": "MAR", "target": "", "whose": "LIN",
    "code": "0211", "score": "3.4",
}  # fmt: skip


def events_of(tmp_path, text, name="table.tab", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    table = open_table(path)
    return table, list(table.events())


def test_icews(tmp_path):
    table, (first, second) = events_of(tmp_path, ICEWS)
    assert (table.layout.name, table.rows, table.unread, table.problems) == ("icews", 2, 0, ())
    assert (first.line, first.id, first.mark, first.date) == (
        2,
        "901",
        "901",
        parse_date("2008-04-16"),
    )
    assert (first.actor, first.target, first.text) == ("Port Police (Mar)", "Lin", "Impose embargo")
    assert (first.cameo, first.plover, first.goldstein) == ("163", "COERCE", -8.0)
    assert (first.sector, first.country, first.target_sector) == ("Police,Government", "Mar", "")
    assert (second.line, second.cameo, second.plover, second.sector) == (3, "010", "", "")


def test_a_short_extract(tmp_path):
    table, (event,) = events_of(tmp_path, SHORT, "extract.csv")
    assert (table.layout.name, event.id) == ("event", "")
    assert (event.actor, event.target, event.text) == ("Lin, Republic of", "Mar", "Consult")
    assert (event.cameo, event.plover, event.goldstein) == ("04", "CONSULT", 1.0)


def test_polecat__one_event_for_each_actor(tmp_path):
    table, events = events_of(tmp_path, POLECAT)
    assert table.layout.name == "polecat"
    assert [(e.mark, e.actor, e.target) for e in events] == [
        ("2023-A-1", "Mar", ""),
        ("2023-A-1-2", "Lin", ""),
    ]
    first = events[0]
    assert (first.cameo, first.plover, first.mode, first.context) == (
        "",
        "COERCE",
        "arrest",
        "legal",
    )
    assert (first.goldstein, first.sector) == (-7.0, "GOV; MIL")


@pytest.mark.parametrize("width", [57, 58, 61])
def test_gdelt_is_known_by_its_width(tmp_path, width):
    text = gdelt(width, **GDELT_CELLS) + gdelt(width, **{**GDELT_CELLS, "id": "411", "code": "190"})
    table, (first, second) = events_of(tmp_path, text, "20130401.export.CSV")
    assert (table.layout.name, table.rows) == ("gdelt", 2)
    assert (first.line, first.id, str(first.date), first.actor) == (1, "410", "2013-04-01", "MAR")
    assert (first.cameo, first.goldstein, first.target, first.target_country) == (
        "0211",
        3.4,
        "",
        "LIN",
    )
    assert (second.id, second.cameo, second.plover) == ("411", "190", "ASSAULT")
    assert not is_event_table(gdelt(width + 5, **GDELT_CELLS).encode())


def test_gdelt_with_a_header(tmp_path):
    head = "GLOBALEVENTID,SQLDATE,Actor1Name,Actor2Name,EventCode,GoldsteinScale\n"
    text = f"{head}7,20130401,A,B,042,1.9\n"
    table, (event,) = events_of(tmp_path, text)
    assert (table.layout.name, event.actor, event.target, event.cameo) == ("gdelt", "A", "B", "042")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "a,b,c\n1,2,3\n",
        "date,source\n2008,Mar\n",
        "{}",
        'date,"source',
        "\x00\x01",
        "%PDF-1.5",
    ],
)
def test_other_files_are_none(tmp_path, text):
    path = tmp_path / "other.csv"
    path.write_text(text)
    assert layout_of(text.encode()) is None
    with pytest.raises(UsageError, match="must name columns for the date, the actor and the CAMEO"):
        open_table(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(OutsideError, match="cannot be read: No such file"):
        open_table(tmp_path / "none.csv")


CELLS = st.text(st.sampled_from("abc ÄЖ,;'()"), max_size=6).map(lambda text: " ".join(text.split()))
TABLE_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2008-04-16", "20080417", "2008-04-18 00:00:00"]),
        CELLS, CELLS, st.sampled_from(["010", "0211", "163", "04"]), CELLS,
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    TABLE_ROWS,
    st.permutations(
        ["Event Date", "Source Name", "target_name", "CAMEO code", "Event Text", "Other"]
    ),
    st.tuples(
        st.sampled_from([",", ";", "\t"]),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
        st.sampled_from(["\n", "\r\n"]),
    ),
)
def test_rows_are_read_as_the_csv_module_reads_them(tmp_path, rows, header, marks):
    mark, encoding, end = marks
    keys = ["Event Date", "Source Name", "target_name", "CAMEO code", "Event Text"]
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, header, delimiter=mark, lineterminator=end, restval="x")
    writer.writeheader()
    writer.writerows(
        dict(zip(keys, row, strict=True)) for row in [*rows, ("2008", "", "", "010", "")]
    )
    table, events = events_of(tmp_path, file.getvalue(), "t.csv", encoding)
    assert [(e.actor, e.target, e.cameo, e.text) for e in events[:-1]] == [row[1:] for row in rows]
    days = [f"2008-04-{row[0][6:8] if row[0].isdecimal() else row[0][8:10]}" for row in rows]
    assert [str(event.date) for event in events[:-1]] == days
    assert table.problems == ()


def test_bytes_that_are_not_utf_8_are_read_cell_by_cell(tmp_path):
    text = "source,date,cameo\nMünchen,2008-04-16,010\n".encode() + "Köln,2008-04-17,010\n".encode(
        "cp1252"
    )
    table, events = events_of(tmp_path, text + b"Lin,2008-04-18,010\n")
    assert [event.actor for event in events] == ["München", "Köln", "Lin"]
    (problem,) = table.problems
    assert (problem.code, problem.severity, problem.location.line) == ("not-utf-8", "warning", 3)


def test_what_a_terminal_would_obey_is_not_shown(tmp_path):
    _, (event,) = events_of(tmp_path, "source,date,cameo\nMar\x1b[31m\u202e,2008,010\n")
    assert event.actor == "Mar [31m"


@pytest.mark.parametrize(
    ("row", "code", "message", "hint"),
    [
        ("Mar,2008-04-31,163,Lin", "bad-date", '"2008-04-31" is not a date', "Write 2008-08-06"),
        ("Mar,4/16/2008,163,Lin", "bad-date", '"4/16/2008" is not a date', "or 20080806"),
        ("Mar,,163,Lin", "bad-date", "The date is missing", "Write 2008-08-06"),
        ("Mar,2008,1,Lin", "bad-code", '"1" is no code of CAMEO', "two to four digits"),
        ("Mar,2008,211,Lin", "bad-code", '"211" is no code of CAMEO', "loses zeros"),
        ("Mar,2008,16.3,Lin", "bad-code", '"16.3" is no code', "as text"),
        ("Mar,2008,,Lin", "no-code", "The row has no code", "a CAMEO code"),
        ("Mar,2008,163", "bad-row", "The row has 3 cells, and 4 are expected", "separator"),
        ("Mar, Lin,2008,163,Lin", "bad-row", "has 5 cells", "lacks its quotes"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_others_stand(tmp_path, row, code, message, hint):
    good = "Lin,2008-04-16,010,Mar\n"
    text = f"source,date,cameo,target\n{good}{row}\n{good}{good}"
    table, events = events_of(tmp_path, text, "rows.csv")
    assert [event.line for event in events if event.actor == "Lin"] == [2, 4, 5]
    problems = [p for p in table.problems if p.code == code]
    assert [(p.location.file, p.location.line) for p in problems] == [("rows.csv", 3)]
    assert message in problems[0].message
    assert hint in problems[0].hint
    assert (table.rows, table.unread) == (4, 1)


def test_a_score_that_is_no_number_is_left_out_alone(tmp_path):
    text = "source,date,cameo,goldstein\nMar,2008,010,much\nMar,2008,163,-5.0\nMar,2008,163,NA\n"
    table, events = events_of(tmp_path, text)
    assert [event.goldstein for event in events] == [None, -5.0, None]
    (problem,) = table.problems
    assert (problem.code, problem.severity) == ("bad-number", "warning")


def test_codes_that_may_have_lost_their_zero_are_refused(tmp_path):
    """20 is mass violence, or an appeal (020) out of a spreadsheet; zeros elsewhere tell which."""
    head, row = "source,date,cameo\n", "Mar,2008-04-16,20\n"
    table, events = events_of(tmp_path, f"{head}{row}Mar,2008-04-16,163\n")
    assert [event.cameo for event in events] == ["163"]
    (problem,) = table.problems
    assert (problem.code, problem.location.line) == ("lost-zero", 2)
    assert '"20" may be 020 without its zero' in problem.message
    assert "Write 020, or 200" in problem.hint
    table, events = events_of(tmp_path, f"{head}{row}Mar,2008-04-16,042\n")
    assert [event.cameo for event in events] == ["20", "042"]
    assert table.problems == ()


def test_of_many_rows_alike_the_first_are_told_and_the_rest_counted(tmp_path):
    text = "source,date,cameo\n" + "Mar,soon,010\n" * 1_234 + "Mar,2008,010\n"
    table, events = events_of(tmp_path, text)
    assert (len(events), table.unread) == (1, 1_234)
    *told, last = sorted(table.problems, key=lambda p: "more rows" in p.message)
    assert [p.location.line for p in told] == list(range(2, 2 + event_table.MOST_OF_A_KIND))
    assert (
        last.message == f"There are {1_234 - event_table.MOST_OF_A_KIND:,} more rows like this one."
    )


def test_a_quotation_mark_that_is_never_closed_takes_no_row_away(tmp_path):
    rows = [f"Mar {n},2008-04-16,010,x" for n in range(5_000)]  # longer than a cell may be
    text = "\n".join(["source,date,cameo,target", rows[0], '"Mar,2008-04-16,010,x', *rows[1:], ""])
    table, events = events_of(tmp_path, text, "quotes.csv")
    assert [event.actor for event in events if event.actor != '"Mar'] == [
        r.split(",")[0] for r in rows
    ]
    assert table.rows == 5_001


def test_a_cell_of_any_length_is_read_as_far_as_one_reads(tmp_path):
    long = "x" * 300_000
    rows = f'"{long}",2008-04-16,163\nMar,2008-04-17,163\n{long},2008-04-18,163\n'
    _, events = events_of(tmp_path, "source,date,cameo\n" + rows, "long.csv")
    assert [event.actor for event in events] == ["x" * 1_000, "Mar", "x" * 1_000]
    assert [event.line for event in events] == [2, 3, 4]


def test_rows_are_read_as_they_are_asked_for(tmp_path):
    path = tmp_path / "long.tab"
    path.write_text("source\tdate\tcameo\n" + "Mar\t2008-04-16\t010\n" * 50_000)
    table = open_table(path)
    events = table.events()
    assert next(events).line == 2
    assert table.rows == 1


def test_an_event_without_an_id_goes_by_what_its_row_says(tmp_path):
    text = "source,date,cameo,other\n" + "".join(f"Mar,2008,010,{x}\n" for x in "aab")
    _, events = events_of(tmp_path, text)
    first, second, third = (event.mark for event in events)
    assert first == second != third
    _, again = events_of(tmp_path, text)
    assert [event.mark for event in again] == [first, second, third]


def test_dates_that_are_not_certain_are_none():
    assert [date_of(text) for text in ("1/2/2008", "2008-13", "soon", "", "NA", "20081301")] == [
        None
    ] * 6
    assert str(date_of("2008")) == "2008"


# What a case makes of them

CASE = """\
title: Salt
question: Who keeps the port open?
actors: {mar: Mar, lin: Lin}
concepts: {open: the port is open}
events:
  names: {mar: ["* (Mar)", Mar], lin: Lin}
  rules:
    - {when: actor in mar and cameo in 163, shows: not open}
"""


def test_read_gives_deeds_their_source_and_what_became_of_all_rows(tmp_path):
    path = tmp_path / "Salt Events 2008.tab"
    path.write_text(ICEWS + "903\t2008\tX\t\t\t\t99\t\t\t\t\t\n")
    addition, problems, *remarks = read(path, load_text(CASE).case)
    (deed,) = addition.deeds
    assert (deed.id, deed.actor, deed.target, deed.locator) == (
        "icews-901",
        "mar",
        "lin",
        "event 901",
    )
    (source,) = addition.sources.values()
    assert (
        (source.id, source.type)
        == ("events-salt-events-2008", "dataset")
        == (deed.source, source.type)
    )
    assert source.title == "ICEWS events: Salt Events 2008.tab"
    assert [(p.location.line, p.code) for p in problems] == [(4, "bad-code")]
    assert remarks == [
        "Read 2 events in 3 rows; 1 could not be read.",
        "1 event became 1 deed.",
        'Rule "actor in mar and cameo in 163": 1 event, 1 deed.',
        "Left out 1 event: no rule is true of them.",
    ]


def test_read_asks_for_rules(tmp_path):
    path = tmp_path / "t.tab"
    path.write_text(ICEWS)
    with pytest.raises(UsageError, match=r"does not say what events show\. Write names and rules"):
        read(path, load_text("title: t\nquestion: q\n").case)


def test_what_a_case_has_is_not_given_again(tmp_path):
    path = tmp_path / "t.tab"
    path.write_text(ICEWS)
    header = "id,actor,action,target,date,shows\n"
    does = "imposes an embargo, a boycott or sanctions [CAMEO 163]"
    cells = ["icews-901", "mar", does, "lin", "2008-04-16", "not open"]
    known, other = (
        "by another report, and not added again",
        "with other content, and left as they are",
    )
    for row, said in (
        (cells, known),  # from another table: this one is its source
        (["d7", *cells[1:]], known),
        ([*cells[:5], "open"], other),
        (["icews-901", "lin", *cells[2:]], other),
    ):
        file = io.StringIO()
        csv.writer(file).writerow(row)
        loaded = load_text(CASE, deeds_csv=header + file.getvalue())
        addition, _, *remarks = read(path, loaded.case)
        assert addition.deeds == ()
        assert addition.sources == {}
        assert remarks[-1] == f"In the case {said}: icews-901."


# Real tables


@pytest.fixture(params=["events.2018.sample.first400.tab", "icews05-15_2007-2009_case.tsv"])
def real(request):
    if not EVENTS.is_dir():
        pytest.skip("the folder of real event tables is not here")
    return EVENTS / request.param


def test_real_tables_are_read_row_by_row(real):
    table = open_table(real)
    events = list(table.events())
    with real.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) > 300
    assert table.problems == ()
    names = ("Source Name", "CAMEO Code", "Target Name", "Event Date", "Event Text", "Intensity")
    if "source" in rows[0]:
        names = ("source", "cameo", "target", "date", "event_text", "goldstein")
    theirs = [[" ".join(row[name].split()) for name in names] for row in rows]
    ours = [[e.actor, e.cameo, e.target, str(e.date), e.text, str(e.goldstein)] for e in events]
    for row in (*theirs, *ours):
        row[-1] = f"{float(row[-1]):g}"
    assert ours == theirs
