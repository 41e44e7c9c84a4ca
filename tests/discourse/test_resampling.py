"""Draws against what draws of this kind must do, and ties against one-mode networks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from melian.discourse.networks.building import Design, network
from melian.discourse.resampling import Resampling, interval, samples
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.discourse.ties import eligible, ties
from melian.problems import UsageError

DESIGN = Design(rows="actor", qualifier="sign")


def statements(seed: int, count: int = 120, documents: int = 15):
    rng = np.random.default_rng(seed)
    pick = {"actor": 6, "concept": 5, "coder": 3}
    variables = {
        name: text_variable([f"{name} {n}" for n in rng.integers(size, size=count)])
        for name, size in pick.items()
    }
    return table(
        [str(n) for n in range(count)],
        rng.integers(0, 40, size=count) * 86_400,
        rng.integers(0, documents, size=count).astype(np.int32),
        variables | {"sign": number_variable(rng.integers(2, size=count).tolist(), "boolean")},
    )


@pytest.mark.parametrize("normalization", ["none", "average", "jaccard", "cosine"])
@pytest.mark.parametrize("duplicates", ["include", "document", "month"])
def test_ties_are_the_two_networks(normalization: str, duplicates: str) -> None:
    for seed in range(5):
        said = statements(seed)
        design = replace(DESIGN, normalization=normalization, duplicates=duplicates)
        found = ties(said, design)
        for way, matrix in (("congruence", found.agreement), ("conflict", found.clash)):
            assert np.allclose(matrix, network(said, replace(design, aggregation=way)).matrix)


@pytest.mark.parametrize("unit", ["documents", "coders", "days", "statements"])
def test_whole_units_are_drawn(unit: str) -> None:
    said = statements(3)
    rows = np.arange(len(said))
    of = {
        "documents": said.documents,
        "coders": said.variable("coder").codes,
        "days": said.seconds // 86_400,
        "statements": rows,
    }[unit]
    sizes, seen = {int(u): int((of == u).sum()) for u in np.unique(of)}, []
    for drawn in samples(said, rows, Resampling(unit=unit, times=300)):
        times = np.bincount(drawn, minlength=len(said))
        each = {u: set(times[of == u].tolist()) for u in sizes}
        assert all(len(number) == 1 for number in each.values())  # whole or not at all
        assert sum(number.pop() for number in each.values()) == len(sizes)
        seen.append(len(drawn))
        assert (np.diff(drawn) >= 0).all()
    assert abs(np.mean(seen) / len(said) - 1) < 0.1


def test_a_document_drawn_twice_counts_twice() -> None:
    said = statements(4)
    design = replace(DESIGN, duplicates="document")
    rows = eligible(said, design)
    once, twice = ties(said, design, rows), ties(said, design, np.repeat(rows, 2))
    assert np.allclose(twice.agreement, 4 * once.agreement)  # pairs of statements
    everything = replace(design, duplicates="range")
    again = ties(said, everything, np.repeat(rows, 2))
    assert np.allclose(again.agreement, ties(said, everything, rows).agreement)


def test_who_says_nothing_stays_if_asked() -> None:
    said = statements(5)
    alone = np.flatnonzero(said.variable("actor").codes == 2)
    assert ties(said, DESIGN, alone).actors == ("actor 2",)
    assert len(ties(said, DESIGN, alone, everyone=True).actors) == 6


def test_the_interval_of_a_mean_is_that_of_its_standard_error() -> None:
    rng = np.random.default_rng(7)
    values = rng.normal(size=400)
    said = statements(6, count=400)
    drawn = [
        values[rows].mean()
        for rows in samples(said, np.arange(400), Resampling(unit="statements", times=4000))
    ]
    found, half = interval(drawn), 1.96 * values.std() / 20
    assert found.low == pytest.approx(values.mean() - half, abs=half / 10)
    assert found.high == pytest.approx(values.mean() + half, abs=half / 10)


def test_one_document_is_nothing_to_draw_from() -> None:
    said = statements(8, documents=1)
    with pytest.raises(UsageError, match="Draw others: coders, days, statements"):
        next(samples(said, np.arange(len(said)), Resampling()))
