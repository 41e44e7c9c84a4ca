"""Dates that are a month or a year only: how far they reach, and which unit holds them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.case.loading import load_text
from melian.discourse.networks.windows import windows
from melian.discourse.statements.calendar import CALENDAR, dated, day, first_days, units
from melian.discourse.statements.of_case import statements_of
from melian.discourse.statements.reading import parse
from melian.discourse.statements.table import UNDATED, table, text_variable

DATES = ("2008", "2008-04", "2008-04-06", "", "2008-12", "2004-02")
LAST = ("2008-12-31", "2008-04-30", "2008-04-06", "", "2008-12-31", "2004-02-29")
CASE = """title: Salt
question: Who yields?
period: 2004..2008
actors: {mar: Mar}
concepts: {safe: the sea is safe}
"""


def moment(second):
    return datetime.fromtimestamp(second, UTC).replace(tzinfo=None)


def reach(found):
    """Give by id the first day of each statement, and the end of the last."""
    rows = zip(found.ids, found.seconds.tolist(), found.last.tolist(), strict=True)
    return {name: (first, last) for name, first, last in rows}


def expected(first, last):
    if not last:
        return UNDATED, UNDATED
    begins = date.fromisoformat((first + "-01-01")[:10])
    ends = date.fromisoformat(last) + timedelta(days=1)
    one, other = (
        datetime(each.year, each.month, each.day, tzinfo=UTC).timestamp() for each in (begins, ends)
    )
    return int(one), int(other) - 1


def test_dates_of_a_table_and_of_a_case_reach_as_far_as_they_say():
    rows = [f"{n},{when},Ships,the quay is full,1" for n, when in enumerate(DATES)]
    coded, problems = parse("\n".join(["id,date,actor,concept,sign", *rows]), "quay.csv")
    assert problems == ()
    wanted = {str(n): expected(*each) for n, each in enumerate(zip(DATES, LAST, strict=True))}
    assert reach(coded) == wanted
    rows = [f"{n},mar,{when},+,safe" for n, when in enumerate(DATES)]
    loaded = load_text(CASE, statements_csv="\n".join(["id,actor,date,sign,concept", *rows]))
    assert reach(statements_of(loaded.case)) == wanted


def test_a_time_of_day_is_exact():
    text = "id,date,actor,concept,sign\n1,2008-04-06 10:30:00,a,b,1\n2,06.04.2008,a,b,1\n"
    coded, _ = parse(text, "quay.csv")
    assert moment(int(coded.last[coded.ids.index("1")])) == datetime(2008, 4, 6, 10, 30)  # noqa: DTZ001
    assert moment(int(coded.last[coded.ids.index("2")])) == datetime(2008, 4, 6, 23, 59, 59)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("unit", "held"),
    [
        ("days", ["2"]),
        ("weeks", ["2"]),
        ("months", ["1", "2", "4", "5"]),
        ("years", ["0", "1", "2", "4", "5"]),
    ],
)
def test_a_statement_is_in_a_unit_only_where_its_whole_date_is(unit, held):
    rows = [f"{n},{when},Ships,the quay is full,1" for n, when in enumerate(DATES)]
    coded, _ = parse("\n".join(["id,date,actor,concept,sign", *rows]), "quay.csv")
    every = np.arange(len(coded))
    assert sorted(np.array(coded.ids)[dated(coded, every, unit)]) == held
    found = {row for window in windows(coded, every, unit, 1) for row in window.rows.tolist()}
    assert sorted(coded.ids[row] for row in found) == held


def test_times_are_exact_where_nothing_else_is_said():
    found = table(["a"], np.array([5]), np.zeros(1, np.int32), {"actor": text_variable(["x"])})
    assert found.last.tolist() == [5]


@given(st.dates(), st.sampled_from(CALENDAR))
def test_units_are_those_of_the_calendar(when, unit):
    number = units(np.array([(when - date(1970, 1, 1)).days]), unit)
    first = day(int(first_days(number, unit)[0]))
    assert (
        first
        == {
            "days": when,
            "weeks": when - timedelta(days=when.weekday()) if when.toordinal() > 7 else first,
            "months": when.replace(day=1),
            "years": when.replace(month=1, day=1),
        }[unit]
    )
