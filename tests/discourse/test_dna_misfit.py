"""The objective of DNA's polarisation against what DNA printed, and what it makes of two camps."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from melian.discourse.dna.database import read
from melian.discourse.dna.misfit import extremes, misfit
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


def printed(anchors):
    with (anchors / "expected" / "polarization.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["timewindow"] == "no":
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
