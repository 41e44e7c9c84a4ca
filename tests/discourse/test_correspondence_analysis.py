"""Correspondence analysis against published figures, eigenproblems and what must hold of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.linalg import eigh
from scipy.stats import chi2_contingency

from melian.discourse.networks.building import Design
from melian.discourse.resampling import Resampling
from melian.discourse.scaling.correspondence import correspondence, first_axis, projected
from melian.discourse.scaling.counts import core
from melian.discourse.scaling.of_profiles import profile_scale
from melian.discourse.scaling.positions import Position, agreement, told_apart
from melian.discourse.statements.reading import parse
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.problems import UsageError

DESIGN = Design(
    mode="two", rows="actor", qualifier="sign", aggregation="subtract", duplicates="include"
)
ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"

# Smoking of the staff of a firm, facts from Greenacre, "Theory and Applications of Correspondence
# Analysis" (1984), table 3.1: by group of staff (senior and junior managers, senior and junior
# employees, secretaries) how many smoke not at all, lightly, medium and heavily.
SMOKERS = np.array(
    [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]], dtype=float
)
# The same, as the R package ca prints it, in permills: coordinate, quality and contribution on
# the first axis, then on the second.
PRINTED = [
    [-66, 92, 3, -194, 800, 214],
    [259, 526, 84, -243, 465, 551],
    [-381, 999, 512, -11, 1, 3],
    [233, 942, 331, 58, 58, 152],
    [-201, 865, 70, 79, 133, 81],
]


def test_smokers_are_as_published() -> None:
    found = correspondence(SMOKERS)
    assert found.inertias == pytest.approx([0.0748, 0.0100, 0.0004], abs=5e-5)
    assert found.shares == pytest.approx([0.8776, 0.1176, 0.0049], abs=5e-5)
    rows = found.rows
    for axis in (0, 1):
        coordinates, quality, share = np.array(PRINTED)[:, 3 * axis : 3 * axis + 3].T / 1000
        sign = np.sign(rows.principal[2, axis] * coordinates[2])
        assert sign * rows.principal[:, axis] == pytest.approx(coordinates, abs=6e-4)
        assert rows.quality[:, axis] == pytest.approx(quality, abs=6e-4)
        assert rows.contributions[:, axis] == pytest.approx(share, abs=6e-4)


TABLES = arrays(
    np.int64, st.tuples(st.integers(3, 6), st.integers(2, 6)), elements=st.integers(1, 9)
)


@given(TABLES)
def test_inertias_are_the_eigenvalues_and_sum_to_chi_squared(whole) -> None:
    counts = whole.astype(float)
    if np.linalg.matrix_rank(counts) < 2:
        with pytest.raises(UsageError, match="same proportions"):
            correspondence(counts)
        return
    found = correspondence(counts)
    rows, columns = np.diag(counts.sum(axis=1)), np.diag(1 / counts.sum(axis=0))
    values = eigh(counts @ columns @ counts.T, rows, eigvals_only=True)[::-1]
    assert values[0] == pytest.approx(1)  # the trivial one
    assert found.inertias == pytest.approx(values[1 : 1 + len(found.inertias)], abs=1e-9)
    chi_squared = chi2_contingency(counts, correction=False).statistic
    assert found.inertias.sum() == pytest.approx(chi_squared / counts.sum(), abs=1e-9)
    for points in (found.rows, found.columns):
        assert points.contributions.sum(axis=0) == pytest.approx(1)
        assert (points.masses[:, None] * points.standard).sum(axis=0) == pytest.approx(0, abs=1e-7)
        assert points.quality.sum(axis=1).max() == pytest.approx(1)


@given(TABLES)
def test_the_first_axis_alone_is_that_of_the_whole_analysis(whole) -> None:
    counts = whole.astype(float)
    if np.linalg.matrix_rank(counts) < 2:
        return
    found = correspondence(counts)
    if len(found.inertias) > 1 and found.inertias[1] > 0.99 * found.inertias[0]:
        return  # either axis could come first
    if found.inertias[0] < 1e-6:
        return
    for table_, points in ((counts, found.rows), (counts.T, found.columns)):
        axis = first_axis(table_)
        sign = np.sign(axis @ points.standard[:, 0])
        assert sign * axis == pytest.approx(points.standard[:, 0], abs=1e-5)


def test_the_first_axis_of_a_large_table_is_that_of_the_whole_analysis() -> None:
    rng = np.random.default_rng(3)
    side = rng.random(120)[:, None] > rng.random(90)
    counts = rng.poisson(np.where(side, 4.0, 1.0)) + 1.0
    expected = correspondence(counts).rows.standard[:, 0]
    axis = first_axis(counts)
    assert np.sign(axis @ expected) * axis == pytest.approx(expected, abs=1e-6)
    assert (first_axis(counts) == axis).all()


def test_distances_are_chi_squared_and_a_row_is_projected_on_itself() -> None:
    found = correspondence(SMOKERS)
    profiles = SMOKERS / SMOKERS.sum(axis=1, keepdims=True)
    masses = SMOKERS.sum(axis=0) / SMOKERS.sum()
    for one in range(5):
        for other in range(5):
            apart = (((profiles[one] - profiles[other]) ** 2) / masses).sum()
            between = ((found.rows.principal[one] - found.rows.principal[other]) ** 2).sum()
            assert between == pytest.approx(apart, abs=1e-12)
    assert projected(SMOKERS * 3, found.columns) == pytest.approx(found.rows.principal)
    assert np.isnan(projected(np.zeros((1, 4)), found.columns)).all()


def test_rows_of_the_same_profile_may_be_merged() -> None:
    doubled = np.vstack([SMOKERS, SMOKERS[1] * 2])
    merged = SMOKERS.copy()
    merged[1] *= 3
    assert correspondence(doubled).inertias == pytest.approx(correspondence(merged).inertias)


def statements(lines, documents=None):
    """Give a table of (actor, concept, sign), each in a document of its own."""
    numbers = range(len(lines)) if documents is None else documents
    return table(
        [str(n) for n in range(len(lines))],
        np.arange(len(lines), dtype=np.int64) * 86_400,
        np.array(list(numbers), dtype=np.int32),
        {
            "actor": text_variable([line[0] for line in lines]),
            "concept": text_variable([line[1] for line in lines]),
            "sign": number_variable([line[2] for line in lines], "boolean"),
        },
    )


def spread(weights, concepts="abcdefgh"):
    """Let actors say yes to the first concepts and no to the rest, by how far right they are."""
    rng = np.random.default_rng(4)
    return [
        (actor, concept, int(rng.random() < right))
        for actor, right in weights.items()
        for concept in concepts
        for _ in range(4)
    ]


LINE = {"A": 0.05, "B": 0.3, "C": 0.5, "D": 0.7, "E": 0.95}


def test_a_line_of_actors_is_found_and_may_be_turned_round() -> None:
    said = statements(spread(LINE))
    found = profile_scale(said, DESIGN, left="A", right="E", by=Resampling(times=200))
    assert [each.actor for each in found.positions] == list("ABCDE")
    turned = profile_scale(said, DESIGN, left="E", by=Resampling(times=200))
    assert [each.actor for each in turned.positions] == list("EDCBA")
    assert (turned.poles.left, turned.poles.right, turned.poles.named) == ("E", "A", True)
    alone = profile_scale(said, DESIGN, by=None)
    assert not alone.poles.named
    assert {alone.poles.left, alone.poles.right} == {"A", "E"}
    for each in found.positions:
        span = each.intervals[0]
        assert span is not None
        assert each.value in span
    assert found.told_apart is not None
    assert found.told_apart > 0.7
    assert found.stability is not None
    assert found.stability[0] > 0.9
    assert all(mark.sense == 0 for mark in found.marks[:6])
    assert all(mark.sense == 1 for mark in found.marks[-6:])


def test_intervals_are_those_of_profiles_drawn_by_hand() -> None:
    said = statements(spread(LINE), documents=np.repeat(np.arange(40), 4))
    by = Resampling(times=400, seed=3)
    found = profile_scale(said, DESIGN, by=by)
    marks = {(mark.concept, mark.sense): mark.coordinates[0] for mark in found.marks}
    scale = np.sqrt(found.inertias[0])
    actor, concept = said.variable("actor"), said.variable("concept")
    signs = said.variable("sign").codes
    rng = np.random.default_rng(3)
    values = {name: [] for name in LINE}
    for _ in range(400):
        times = np.bincount(rng.integers(40, size=40), minlength=40)
        told = {name: [] for name in LINE}
        for n in range(len(said)):
            place = marks[concept.levels[concept.codes[n]], int(signs[n])] / scale
            told[actor.levels[actor.codes[n]]] += [place] * int(times[said.documents[n]])
        for name, places in told.items():
            values[name].append(np.mean(places))
    for each in found.positions:
        low, high = np.percentile(values[each.actor], [2.5, 97.5])
        assert each.intervals[0] is not None
        assert (each.intervals[0].low, each.intervals[0].high) == pytest.approx((low, high))


def test_who_is_apart_and_who_says_little_is_said() -> None:
    lines = spread(LINE)
    lines += [(actor, f"other {n}", n % 2) for actor in ("X", "Y") for n in range(12)]
    lines += [("Small", "a", 1), ("Small", "b", 1), ("Silent", "z", 1)]
    found = profile_scale(statements(lines), DESIGN, left="A", right="E", by=None)
    assert found.apart == ("X", "Y")
    small = next(each for each in found.positions if each.actor == "Small")
    assert (small.spans, small.statements, small.contributions) == (False, 2, ())
    assert small.value > next(each for each in found.positions if each.actor == "C").value
    assert "Silent" not in {each.actor for each in found.positions}
    plain = profile_scale(statements(spread(LINE)), DESIGN, left="A", right="E", by=None)
    assert found.inertias == pytest.approx(plain.inertias)


def test_one_document_draws_statements() -> None:
    said = statements(spread(LINE), documents=[7] * 160)
    found = profile_scale(said, DESIGN, by=Resampling(times=50))
    assert found.resampling is not None
    assert found.resampling.unit == "statements"


def test_dropping_goes_on_until_all_have_enough() -> None:
    counts = np.array([[3, 3, 0, 0], [3, 3, 0, 0], [3, 3, 1, 0], [0, 0, 1, 9.0], [0, 0, 0, 1]])
    for least in (1, 2, 4, 6, 7):
        rows, columns = brute_core(counts, least)
        if len(rows) < 3 or len(columns) < 2:
            with pytest.raises(UsageError, match="too few statements to say"):
                core(counts, least)
        else:
            assert core(counts, least).rows.tolist() == rows
            assert core(counts, least).columns.tolist() == columns


def brute_core(counts, least):
    """Take the largest set of rows that is enough for itself."""
    height = len(counts)
    for mask in sorted(range(2**height), key=lambda each: -each.bit_count()):
        rows = [n for n in range(height) if mask >> n & 1]
        columns = [c for c in range(counts.shape[1]) if sum(counts[r, c] > 0 for r in rows) >= 2]
        if all(sum(counts[r, c] for c in columns) >= least for r in rows):
            return rows, columns
    return [], []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "No statement counts"),
        ([("A", "a", 1)] * 20, "too few statements to say"),
        ([(actor, "a", 1) for actor in "ABC"] * 20, "too few statements to say"),
        ([(actor, "a", sign) for actor in "ABC" for sign in (0, 1)] * 20, "tells them apart"),
    ],
)
def test_tables_that_say_nothing_are_refused(lines, words) -> None:
    with pytest.raises(UsageError, match=words):
        profile_scale(statements(lines), DESIGN)


def test_names_that_are_not_there_are_told() -> None:
    said = statements(spread(LINE))
    with pytest.raises(UsageError, match='Nobody called "Z"'):
        profile_scale(said, DESIGN, left="Z", by=None)
    with pytest.raises(UsageError, match="Two different actors"):
        profile_scale(said, DESIGN, left="A", right="A", by=None)
    one = statements(
        [(a, "a", s) for a, k in (("A", 9), ("B", 5), ("C", 1)) for s in [1] * k + [0] * (10 - k)]
    )
    with pytest.raises(UsageError, match="one dimension only"):
        profile_scale(one, DESIGN, dimensions=2, by=None)


def test_pairs_told_apart_are_counted_and_ranks_agree() -> None:
    draws = np.array([[0, 1, 1.5], [0, 2, 1.9], [0, 3, 3.1], [0, np.nan, 1]])
    assert told_apart(draws, 0.95) == pytest.approx(2 / 3)

    def positions(values):
        return [Position(name, 1, (value,), (None,)) for name, value in values.items()]

    one, other = positions({"a": 1, "b": 2, "c": 3, "d": 4}), positions({"a": 4, "c": 6, "b": 5})
    assert agreement(one, other) == (pytest.approx(1), 3)
    assert agreement(one, positions({"a": 2, "b": 3, "c": 1, "d": 0})) == (pytest.approx(-0.8), 4)


def test_parties_of_a_real_debate_stand_in_a_sensible_order() -> None:
    if not ANCHORS.is_dir():
        pytest.skip("the coded debate is not here")
    said, _ = parse((ANCHORS / "irps_nuclear.csv").read_text("utf-8"), "irps_nuclear.csv")
    design = replace(DESIGN, rows="organization", duplicates="document")
    found = profile_scale(said, design, left="Grüne", right="RWE", by=None)
    order = [each.actor for each in found.positions if each.spans]
    parties = ["Grüne", "SPD", "FDP", "CDU", "RWE", "Eon"]
    assert [actor for actor in order if actor in parties] == parties
