"""Windows in time, against the same cut by hand from dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import numpy as np
import pytest

from melian.discourse.networks.building import Design, network
from melian.discourse.networks.windows import networks, windows
from melian.discourse.statements.table import UNDATED, number_variable, table, text_variable
from melian.problems import UsageError


def statements(rnd, count, undated=0):
    start = datetime(2007, 11, 3, tzinfo=UTC)
    when = sorted(
        int((start + timedelta(hours=rnd.randrange(20_000))).timestamp()) for _ in range(count)
    )
    seconds = [UNDATED] * undated + when
    number = len(seconds)
    return table(
        [str(n) for n in range(number)],
        np.array(seconds, dtype=np.int64),
        np.arange(number, dtype=np.int32),
        {
            "actor": text_variable([rnd.choice("pqr") for _ in range(number)]),
            "concept": text_variable([rnd.choice("xy") for _ in range(number)]),
            "sign": number_variable([rnd.randrange(2) for _ in range(number)], "boolean"),
        },
    )


def begins(day, unit):
    """Give the first day of the unit that a day is in."""
    return {
        "days": day,
        "weeks": day - timedelta(days=day.weekday()),
        "months": day.replace(day=1),
        "years": day.replace(month=1, day=1),
    }[unit]


def later(day, unit):
    """Give the first day of the next unit."""
    jump = {"days": 1, "weeks": 7, "months": 31, "years": 366}[unit]
    return begins(day + timedelta(days=jump), unit)


def cut(days, unit, width, step):
    """Give the windows as first and last days and numbers of statements, a unit at a time."""
    units = [begins(days[0], unit)]
    while units[-1] < begins(days[-1], unit):
        units.append(later(units[-1], unit))
    found = []
    for first in range(0, max(len(units) - width + 1, 1), step):
        end = units[first]
        for _ in range(width):
            end = later(end, unit)
        inside = [n for n, day in enumerate(days) if units[first] <= day < end]
        found.append((units[first], end - timedelta(days=1), inside))
    return found


@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years"])
@pytest.mark.parametrize(("width", "step"), [(1, 1), (3, 1), (2, 2), (50, 7)])
def test_windows_of_the_calendar(unit, width, step):
    rnd = Random(f"{unit} {width}")
    coded = statements(rnd, 40, undated=3)
    kept = np.arange(len(coded))
    days = [datetime.fromtimestamp(s, UTC).date() for s in coded.seconds[3:].tolist()]
    found = [
        (w.first, w.last, (w.rows - 3).tolist()) for w in windows(coded, kept, unit, width, step)
    ]
    assert found == cut(days, unit, width, step)


def test_windows_of_so_many_statements():
    coded = statements(Random(4), 10)
    found = list(windows(coded, np.arange(0, 10, 2), "statements", 3, 2))
    assert [w.rows.tolist() for w in found] == [[0, 2, 4], [4, 6, 8]]
    assert found[0].first == datetime.fromtimestamp(int(coded.seconds[0]), UTC).date()
    assert found[1].last == datetime.fromtimestamp(int(coded.seconds[8]), UTC).date()


def test_the_network_of_a_window_is_that_of_its_statements():
    coded = statements(Random(5), 120)
    design = Design(rows="actor", qualifier="sign", duplicates="month", isolates=True)
    several = 0
    for window, found in networks(coded, design, "months", 2):
        first, last = (
            (day - date(1970, 1, 1)).days * 86_400 for day in (window.first, window.last)
        )
        alone = network(
            coded,
            Design(
                rows="actor",
                qualifier="sign",
                duplicates="month",
                start=first,
                until=last + 86_399,
            ),
        )
        assert found.rows == ("p", "q", "r")
        places = [found.rows.index(name) for name in alone.rows]
        assert np.array_equal(found.matrix[np.ix_(places, places)], alone.matrix)
        assert found.matrix.sum() == alone.matrix.sum()
        several += 1
    assert several > 20


def test_numbers_that_make_no_sense_are_refused():
    coded = statements(Random(6), 5)
    for width, step in [(0, 1), (1, 0)]:
        with pytest.raises(UsageError, match="at least one unit"):
            list(windows(coded, np.arange(5), "days", width, step))
    assert list(windows(coded, np.arange(0), "days", 1)) == []
    many = statements(Random(7), 11_000)
    with pytest.raises(UsageError, match="at most 10,000 are looked at"):
        list(windows(many, np.arange(11_000), "statements", 1))
