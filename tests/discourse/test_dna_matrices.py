"""Networks as DNA 3.1.2 counts them, against what it printed itself."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from melian.discourse.dna.series import smoothed, windowed
from melian.discourse.networks.building import Design, network
from melian.discourse.statements.reading import parse
from melian.problems import UsageError

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"
WORDS = {"no": "none", "acrossrange": "range"}


@pytest.fixture(scope="module")
def statements():
    if not ANCHORS.is_dir():
        pytest.skip("the matrices that DNA printed are not here")
    table, problems = parse((ANCHORS / "small_extra.csv").read_text("utf-8"), "small_extra.csv")
    assert problems == ()
    assert len(table) == 300
    return table


def settings(over_time):
    with (ANCHORS / "expected" / "manifest.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["type"] in {"onemode", "twomode"} and (row["timewindow"] != "no") == over_time:
                yield row


def design(row):
    def word(key):
        return WORDS.get(row[key], row[key])

    return Design(
        mode=row["type"][:3],
        rows=row["variable1"],
        columns=row["variable2"],
        qualifier=row["qualifier"],
        aggregation=word("aggregation"),
        normalization=word("normalization"),
        duplicates=word("duplicates"),
        isolates=row["isolates"] == "true",
        rules="dna-3.1.2",
    )


def test_every_matrix_is_the_one_that_dna_printed(statements):
    compared = 0
    for row in settings(over_time=False):
        found = network(statements, design(row))
        with (ANCHORS / "expected" / row["file"]).open(encoding="utf-8") as file:
            head, *lines = csv.reader(file)
        assert found.columns == tuple(head[1:]), row
        assert found.rows == tuple(line[0] for line in lines), row
        printed = np.array([line[1:] for line in lines], dtype=float)
        assert np.abs(found.matrix - printed).max() < 1e-9, row
        assert len(found.statements) == int(row["n_statements"]), row
        compared += 1
    assert compared == 288


def printed_series(file):
    """Give the moments of each window, and the cells that are not nothing."""
    moments, cells = {}, defaultdict(dict)
    with gzip.open(ANCHORS / "expected" / file, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            moments[int(row["window"])] = tuple(row[key] for key in ("start", "mid", "stop"))
            if row["row"]:
                cells[int(row["window"])][row["row"], row["col"]] = float(row["value"])
    return moments, cells


def test_every_network_over_time_is_the_one_that_dna_printed(statements):
    compared = 0
    for row in settings(over_time=True):
        moments, cells = printed_series(row["file"])
        unit, width, kernel = row["timewindow"], int(row["windowsize"]), row["kernel"]
        if kernel == "no":
            found = list(windowed(statements, design(row), unit, width))
        else:
            found = list(smoothed(statements, design(row), unit, width, kernel))
        assert len(found) == len(moments), row
        for number, (window, each) in enumerate(found):
            told = (window.start, window.middle, window.stop)
            same = zip((t.strftime("%Y-%m-%dT%H:%M") for t in told), moments[number], strict=True)
            where = [one == other for one, other in same]
            assert where[1], row
            assert all(where) or kernel == "gaussian", row  # which reaches over all time
            got = {
                (one, other): value
                for one, line in zip(each.rows, each.matrix, strict=True)
                for other, value in zip(each.columns, line, strict=True)
                if value
            }
            for cell in got.keys() | cells[number].keys():
                assert abs(got.get(cell, 0) - cells[number].get(cell, 0)) < 1e-9, (row, cell)
            compared += 1
    assert compared > 10_000


def test_what_dna_breaks_off_at_is_refused(statements):
    wanted = Design(mode="two", aggregation="combine", normalization="prominence")
    assert network(statements, wanted).matrix.shape == (12, 9)
    with pytest.raises(UsageError, match="no prominence of combined levels"):
        network(statements, replace(wanted, rules="dna-3.1.2"))
