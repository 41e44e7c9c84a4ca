"""Agendas that come in whole documents: what a few articles hold is no difference of two actors."""

from __future__ import annotations

import numpy as np
import pytest

from melian.discourse.agenda.clumps import clumped
from melian.discourse.agenda.result import agendas
from melian.discourse.networks.building import Design
from melian.discourse.resampling import Resampling
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.discourse.trends.comparing import clumped as of_shares

DESIGN = Design(rows="actor", qualifier="sign", duplicates="document")
MONTH = 30 * 86_400


def debate(seed, documents=40, each=6, actors=5, concepts=8, *, lean=0.0):
    """Make documents of one speaker, on two concepts each; a0 leans to the first concept."""
    rng = np.random.default_rng(seed)
    who, what, where, when = [], [], [], []
    for document in range(documents):
        speaker, topics = rng.integers(actors), rng.integers(concepts, size=2)
        if not speaker and rng.random() < lean:
            topics[:] = 0
        who += [speaker] * each
        what += rng.choice(topics, each).tolist()
        where += [document] * each
        when += [rng.integers(4) * MONTH] * each
    frames = [f"f{n}" for n in rng.integers(3, size=len(who))]
    return table(
        [str(n) for n in range(len(who))],
        np.array(when, dtype=np.int64),
        np.array(where, dtype=np.int32),
        {
            "actor": text_variable([f"a{n}" for n in who]),
            "concept": text_variable([f"c{n}" for n in what]),
            "frame": text_variable(frames),  # keeps what is said again from counting once
            "sign": number_variable([1] * len(who), "boolean"),
        },
    )


@pytest.mark.parametrize("documents", [12, 40])
def test_articles_on_one_thing_make_no_differences(documents) -> None:
    wrong = {"overlaps": 0, "differences": 0, "changes": 0}
    for seed in range(30):
        found = agendas(
            debate(seed, documents), DESIGN, unit="months", by=Resampling(times=40, seed=seed)
        )
        wrong["overlaps"] += any(each.differ for each in found.overlaps)
        wrong["differences"] += any(each.holds for each in found.differences)
        wrong["changes"] += any(each.holds for each in found.changes)
    assert max(wrong.values()) <= 5, wrong  # one in twenty, and what chance adds


def test_a_real_lean_is_found_and_statements_alone_find_too_much() -> None:
    found = agendas(debate(1, 120, lean=1.0), DESIGN, by=Resampling(times=200))
    held = [claim for claim in found.differences if claim.holds]
    assert any((c.value, c.more.actor) == ("c0", "a0") for c in held)
    assert all(c.clumped is not None and c.corrected >= c.clumped for c in held)
    loose = agendas(debate(2), DESIGN, by=Resampling(unit="statements", times=200))
    strict = agendas(debate(2), DESIGN, by=Resampling(times=200))
    assert sum(o.differ for o in loose.overlaps) > sum(o.differ for o in strict.overlaps)
    assert all(o.clumped is None for o in loose.overlaps)


@pytest.mark.parametrize("seed", range(5))
def test_of_two_values_it_is_the_test_of_shares(seed) -> None:
    rng = np.random.default_rng(seed)
    sides = [rng.integers(1, 6, size=(n, 2)) for n in (7, 9)]
    blocks = [(side[:, 0], side.sum(axis=1)) for side in sides]
    assert clumped(*sides) == pytest.approx(of_shares(blocks, "binomial"))
    assert clumped(*sides) == pytest.approx(clumped(*(side[:, ::-1] for side in sides)))
    assert clumped(*sides) == pytest.approx(clumped(*sides[::-1]))


def test_a_share_and_its_complement_are_tested_alike() -> None:
    ones, some = (
        (np.array([3, 3, 3]), np.array([3, 3, 3])),
        (np.array([0, 3, 1]), np.array([3] * 3)),
    )
    turned = [(of - counts, of) for counts, of in (ones, some)]
    assert of_shares([ones, some], "binomial") == pytest.approx(of_shares(turned, "binomial"))


def test_one_document_a_side_says_nothing() -> None:
    assert clumped(np.array([[20, 0]]), np.array([[0, 20]])) == 1
