"""The objective of DNA's polarisation against what DNA printed, and what it makes of two camps."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from melian.discourse.dna.database import read
from melian.discourse.dna.misfit import extremes, misfit, over_time
from melian.discourse.dna.series import polarised
from melian.discourse.networks.building import Design
from melian.discourse.statements.reading import parse
from melian.discourse.ties import Ties, ties
from melian.problems import TooLarge

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"


@pytest.fixture(scope="module")
def anchors():
    if not ANCHORS.is_dir():
        pytest.skip("what DNA printed is not here")
    return ANCHORS


def printed(anchors, timewindow="no"):
    with (anchors / "expected" / "polarization.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["timewindow"] == timewindow:
                members = (each.split("=") for each in row["memberships"].split(";") if each)
                yield row, {actor: int(cluster) for actor, cluster in members}


def test_the_objective_is_the_one_that_dna_printed(anchors) -> None:
    said, _ = parse((anchors / "small_extra.csv").read_text("utf-8"), "small_extra.csv")
    design = Design(normalization="average", duplicates="include")
    tied = ties(said, design)
    compared = 0
    for row, members in printed(anchors):
        clusters = np.array([members[str(actor)] for actor in tied.actors])
        found = misfit(tied.agreement, tied.clash, clusters, normalized=row["normalize"] == "true")
        assert found == pytest.approx(float(row["finalMaxQ"]), abs=1e-9), row
        compared += 1
    assert compared == 8


@pytest.fixture(scope="module")
def windows(anchors):
    said, _ = read(anchors / "small_extra.dna", "")
    design = Design(rules="dna-3.1.2", duplicates="include")
    return list(polarised(said, design, "months", 6, "uniform"))


def test_windows_are_those_that_dna_printed(anchors, windows) -> None:
    """Ends, members, and what the objective makes of the clusters that DNA's search gave."""
    compared = 0
    for row, members in printed(anchors, "months"):
        window, network = windows[int(row["index"])]
        ends = (window.start, window.middle, window.stop)
        assert [f"{end:%Y-%m-%dT%H:%M}" for end in ends] == [
            row[k] for k in ("start", "mid", "stop")
        ]
        assert set(members) == {str(actor) for actor in network.rows}
        clusters = np.array([members[str(actor)] for actor in network.rows])
        found = misfit(
            network.matrix, network.matrix, clusters, normalized=row["normalize"] == "true"
        )
        assert found == pytest.approx(float(row["finalMaxQ"]), abs=1e-9), row
        compared += 1
    assert compared == 208
    assert len(windows) == 26


def test_what_dna_finds_lies_within_the_extremes_and_mostly_at_the_top(anchors, windows) -> None:
    ends, top, compared = {}, 0, 0
    for row, _ in printed(anchors, "months"):
        if row["clusters"] != "2" or row["normalize"] != "true":
            continue
        if row["index"] not in ends:
            _, network = windows[int(row["index"])]
            both = network.matrix
            ends[row["index"]] = extremes(Ties(network.rows, both, both, np.arange(0)))
        found, within = float(row["finalMaxQ"]), ends[row["index"]]
        assert within.least - 1e-9 <= found <= within.most + 1e-9, row
        top += found > (within.least + within.most) / 2
        compared += 1
    assert compared == 52
    assert top == compared  # it looks for the most, which is the worst division


def test_its_windows_are_looked_at_as_long_as_divisions_are_few(anchors) -> None:
    said, _ = read(anchors / "small_extra.dna", "")
    found = over_time(said, Design(duplicates="include"), "months", 7)
    assert [each.actors for each in found[:2]] == [12, 12]
    assert str(found[0].first) == "2005-02-17"
    assert str(found[0].last) == "2005-10-17"  # an odd number is one more
    ends = [each.extremes for each in found]
    assert all(end is None or end.least <= end.most for end in ends)
    assert ends[0] is not None
    assert ends[0].divisions == 924
    assert sum(end.divisions for end in ends if end is not None) <= 50_000


def test_dna_tears_two_opposed_camps_apart(anchors) -> None:
    said, _ = read(anchors / "two_camps.dna", "")
    tied = ties(said, Design(normalization="average", duplicates="document"))
    camps = np.array([str(actor).startswith("B") for actor in tied.actors]).astype(np.intp)
    found = extremes(tied)
    assert found.divisions == 924
    assert misfit(tied.agreement, tied.clash, camps) == pytest.approx(0.25)
    assert found.least == pytest.approx(0.25)
    assert found.most == pytest.approx(0.5227, abs=5e-5)  # what both of its searches return
    assert sorted(actor[0] for actor in found.worst) == ["A"] * 3 + ["B"] * 3


def test_many_actors_are_too_many() -> None:
    none = np.zeros((40, 40))
    with pytest.raises(TooLarge, match="balanced divisions"):
        extremes(Ties(tuple(map(str, range(40))), none, none, np.arange(0)))
