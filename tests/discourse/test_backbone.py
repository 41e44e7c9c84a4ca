"""Backbones and counts as DNA 3.1.2 printed them, and as they are by definition."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from random import Random

import networkx as nx
import numpy as np
import pytest

from melian.discourse.backbone import backbone, laplacian_spectrum
from melian.discourse.networks.building import Design, network
from melian.discourse.statements.reading import parse
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.problems import TooLarge, UsageError

ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"


@pytest.fixture(scope="module")
def statements():
    if not ANCHORS.is_dir():
        pytest.skip("what DNA printed is not here")
    found, problems = parse((ANCHORS / "small_extra.csv").read_text("utf-8"), "small_extra.csv")
    assert problems == ()
    return found


@pytest.mark.parametrize(
    ("aggregation", "normalization", "file"),
    [("congruence", "none", "congruence_no"), ("subtract", "average", "subtract_average")],
)
def test_dna_printed_the_same(statements, aggregation, normalization, file):
    design = Design(aggregation=aggregation, normalization=normalization, rules="dna-3.1.2")
    found = backbone(statements, design)
    printed = json.loads((ANCHORS / "expected" / f"backbone_nested_{file}.json").read_text("utf-8"))
    assert [step.concepts for step in found.steps] == [(name,) for name in printed["entities"]]
    for step, loss, redundant, count in zip(
        found.steps,
        printed["backboneLoss"],
        printed["redundantLoss"],
        printed["numStatements"],
        strict=True,
    ):
        assert abs(step.loss - loss) < 1e-9
        assert abs(step.redundant_loss - redundant) < 1e-9
        assert step.statements == count
    assert found.statements == printed["numStatementsFull"]


@pytest.mark.parametrize("variable", ["concept", "organization", "person"])
@pytest.mark.parametrize(
    ("scope", "duplicates"),
    [("acrossrange", "range"), ("document", "document"), ("include", "include")],
)
def test_counts_by_level_are_the_bars_of_dna(statements, variable, scope, duplicates):
    design = Design(
        mode="two",
        rows=variable,
        columns="agreement",
        aggregation="ignore",
        duplicates=duplicates,
    )
    found = network(statements, design)
    file = ANCHORS / "expected" / f"barplot_{variable}_{scope}.csv"
    head, *lines = csv.reader(file.read_text("utf-8").splitlines())
    assert [str(level) for level in found.columns] == head[1:]
    assert found.rows == tuple(line[0] for line in lines)
    assert np.array_equal(found.matrix, np.array([line[1:] for line in lines], dtype=float))


def coded(rnd, count):
    return table(
        [str(n) for n in range(count)],
        np.arange(count, dtype=np.int64),
        np.arange(count, dtype=np.int32),
        {
            "actor": text_variable([rnd.choice("abcdef") for _ in range(count)]),
            "concept": text_variable([rnd.choice("tuvwxyz") for _ in range(count)]),
            "sign": number_variable([rnd.randrange(2) for _ in range(count)], "boolean"),
        },
    )


def spectrum_of(table, design, left_out):
    """Give the spectrum of the network without some concepts, by networkx."""
    some = Design(
        rows=design.rows,
        qualifier=design.qualifier,
        aggregation=design.aggregation,
        normalization=design.normalization,
        isolates=True,
        excluded={"concept": left_out},
    )
    graph = nx.from_numpy_array(np.maximum(network(table, some).matrix, 0))
    laplacian = nx.laplacian_matrix(graph).toarray()
    values = np.sort(np.linalg.eigvals(laplacian.astype(float)).real)
    return values / np.trace(laplacian) if laplacian.any() else np.zeros(len(graph))


@pytest.mark.parametrize("aggregation", ["congruence", "conflict", "subtract"])
@pytest.mark.parametrize("normalization", ["none", "average", "jaccard", "cosine"])
def test_each_step_leaves_out_what_changes_the_laplacian_least(aggregation, normalization):
    statements = coded(Random(f"{aggregation} {normalization}"), 60)
    design = Design(
        rows="actor", qualifier="sign", aggregation=aggregation, normalization=normalization
    )
    every = statements.variable("concept").levels
    whole = spectrum_of(statements, design, ())

    def far(left_out):
        return np.linalg.norm(whole - spectrum_of(statements, design, left_out))

    found, gone = backbone(statements, design), []
    for step in found.steps:
        losses = {c: far([*gone, c]) for c in every if c not in gone}
        least = min(losses.values())
        assert [*step.concepts] == [c for c, loss in losses.items() if loss - least < 1e-9]
        gone += step.concepts
        assert abs(step.loss - far(gone)) < 1e-9
        assert abs(step.redundant_loss - far([c for c in every if c not in gone])) < 1e-9
        assert step.left == len(every) - len(gone)
    assert sorted(gone) == [*every]
    assert found.steps[-1].statements == 0


def test_the_spectrum_of_a_star_and_of_nothing():
    star = np.zeros((4, 4))
    star[0, 1:] = star[1:, 0] = 1
    assert np.allclose(laplacian_spectrum(star), np.array([0, 1, 1, 4]) / 6)
    assert laplacian_spectrum(-star).tolist() == [0] * 4


def test_concepts_that_nobody_shares_are_spared_together():
    statements = table(
        [str(n) for n in range(4)],
        np.arange(4, dtype=np.int64),
        np.arange(4, dtype=np.int32),
        {
            "actor": text_variable([*"abab"]),
            "concept": text_variable([*"xxyz"]),
            "sign": number_variable([1] * 4, "boolean"),
        },
    )
    found = backbone(statements, Design(rows="actor", qualifier="sign"))
    assert [step.concepts for step in found.steps] == [("y", "z"), ("x",)]
    assert found.steps[0].loss == 0


def test_what_has_no_backbone_is_refused(monkeypatch):
    statements = coded(Random(2), 30)
    with pytest.raises(UsageError, match="one-mode"):
        backbone(statements, Design(mode="two", aggregation="ignore", rows="actor"))
    monkeypatch.setattr("melian.discourse.backbone.MOST_WORK", 100)
    with pytest.raises(TooLarge, match="7 concepts of 6 actors"):
        backbone(statements, Design(rows="actor", qualifier="sign"))


def test_nothing_said_leaves_nothing_out():
    nothing = coded(Random(3), 0)
    assert backbone(nothing, Design(rows="actor", qualifier="sign")).steps == ()
