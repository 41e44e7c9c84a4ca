"""Draws and chance, against every division of every draw, and debates without any camps."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from melian.discourse.networks.building import Design
from melian.discourse.polarisation.camps import Wanted, camps
from melian.discourse.polarisation.certainty import (
    _dealt,
    _positions_dealt,
    aligned,
    certainty,
    chance,
)
from melian.discourse.polarisation.reducing import parts_of
from melian.discourse.resampling import Resampling, samples
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.discourse.ties import eligible

DESIGN = Design(rows="actor", qualifier="sign", normalization="average")


def debate(seed, side, *, count=160, actors=8, concepts=5, documents=30):
    """Make a debate in which actors of two camps say what their camp says, in a share of cases."""
    rng = np.random.default_rng(seed)
    who, what = rng.integers(actors, size=count), rng.integers(concepts, size=count)
    loyal = rng.random(count) < side
    sign = np.where(loyal, who % 2, rng.integers(2, size=count))
    return table(
        [str(n) for n in range(count)],
        rng.integers(100, size=count) * 86_400,
        rng.integers(documents, size=count).astype(np.int32),
        {
            "actor": text_variable([f"a{n}" for n in who]),
            "concept": text_variable([f"c{n}" for n in what]),
            "sign": number_variable(sign.tolist(), "boolean"),
        },
    )


def by_hand(said, rows):
    """Give the polarisation of every division of an even number of actors, from statements."""
    who, what = (said.variable(name).codes[rows] for name in ("actor", "concept"))
    sign = said.variable("sign").codes[rows]
    size = len(said.variable("actor").levels)
    each = np.bincount(who, minlength=size)
    mean = np.maximum(each[:, None] + each, 1) / 2
    net, total = np.zeros((size, size)), np.zeros((size, size))
    for i in range(len(rows)):
        same = what == what[i]
        np.add.at(total[who[i]], who[same], 1)
        np.add.at(net[who[i]], who[same], np.where(sign[same] == sign[i], 1, -1))
    net, total = net / mean, total / mean
    whole = {}
    for sides in product((1, -1), repeat=size):
        s = np.array(sides)
        whole[sides] = (s @ net @ s - net.sum()) / total.sum()
    return whole


def test_draws_are_divided_as_if_by_hand() -> None:
    said = debate(1, 0.5, count=70, actors=6)
    found = camps(said, DESIGN, Wanted(least=1))
    by = Resampling(times=25, seed=4)
    best, same = [], []
    for drawn in samples(said, eligible(said, DESIGN), by):
        values = by_hand(said, drawn)
        best.append(max(values.values()))
        same.append(values[tuple(found.sides.tolist())])
    sure = certainty(said, found, by)
    assert sure.exact == 25
    assert sure.mean == pytest.approx(np.mean(best))
    assert (sure.best.low, sure.best.high) == pytest.approx(np.percentile(best, [2.5, 97.5]))
    assert (sure.same.low, sure.same.high) == pytest.approx(np.percentile(same, [2.5, 97.5]))
    assert found.polarisation == pytest.approx(max(by_hand(said, np.arange(70)).values()))
    assert len(sure.kept) == 6


def test_clear_camps_are_there_in_all_draws_and_beyond_chance() -> None:
    said = debate(2, 0.9)
    found = camps(said, DESIGN, Wanted())
    assert {m.actor for m in found.of("A")} in ({"a0", "a2", "a4", "a6"}, {"a1", "a3", "a5", "a7"})
    sure = certainty(said, found, Resampling(times=60))
    assert sure.kept == (1,) * 8
    assert sure.best == sure.same
    dealt = chance(said, found, 60, 1)
    assert dealt.above == pytest.approx(1 / 61)
    assert dealt.within.high < sure.same.low
    assert chance(said, found, 60, 1) == dealt


def test_without_camps_chance_gives_as_much() -> None:
    tails = []
    for seed in range(24):
        said = debate(seed, 0.0, count=90)
        tails.append(chance(said, camps(said, DESIGN, Wanted()), 39, seed).above)
    assert 0.3 < np.mean(tails) < 0.7  # as good as even between 0 and 1
    assert sum(tail <= 0.05 for tail in tails) <= 4


def test_who_is_in_no_camp_is_so_in_draws() -> None:
    said = debate(3, 0.0, count=120, actors=12)
    found = camps(said, DESIGN, Wanted())
    sure = certainty(said, found, Resampling(times=60))
    assert min(sure.kept) < 0.75
    assert sure.mean > found.polarisation  # the best of a draw fits it too well
    assert sure.best.low >= sure.same.low
    assert sure.best.high >= sure.same.high


def test_dealing_keeps_who_speaks_of_what_and_how_disputed_it_is() -> None:
    said = debate(5, 0.5)
    rows = np.arange(0, len(said), 2)
    dealt = _dealt(said, rows, DESIGN, np.random.default_rng(1))
    before, after = said.variable("sign").codes, dealt.variable("sign").codes
    assert (before != after).any()
    assert (before[1::2] == after[1::2]).all()  # rows that do not count
    for concept in range(5):
        some = rows[said.variable("concept").codes[rows] == concept]
        assert before[some].sum() == after[some].sum()
    assert dealt.variable("actor") is said.variable("actor")


def steadfast(seed):
    """Make a debate in which each actor stays with a position of its own, drawn at random."""
    rng = np.random.default_rng(seed)
    said = debate(seed, 0.0, count=160)
    who, what = (said.variable(name).codes for name in ("actor", "concept"))
    own = rng.integers(2, size=(8, 5))[who, what]
    sign = number_variable(own.tolist(), "boolean")
    return table(said.ids, said.seconds, said.documents, {**said.variables, "sign": sign})


def test_dealing_positions_keeps_them_whole() -> None:
    said = steadfast(1)
    rows = np.arange(len(said))
    dealt = _positions_dealt(said, rows, DESIGN, np.random.default_rng(3))
    who, what = (said.variable(name).codes for name in ("actor", "concept"))
    cells = set(zip(who.tolist(), what.tolist(), strict=True))
    before, after = ({}, {})
    for kept, codes in ((before, said), (after, dealt)):
        for cell in cells:
            found = codes.variable("sign").codes[(who == cell[0]) & (what == cell[1])]
            assert np.ptp(found) == 0
            kept[cell] = int(found[0])
    assert before != after
    for concept in range(5):  # as many actors are for it as were
        assert sum(v for c, v in before.items() if c[1] == concept) == sum(
            v for c, v in after.items() if c[1] == concept
        )


def test_actors_who_only_stay_with_what_they_say_are_no_camps() -> None:
    alone, whole = [], []
    for seed in range(24):
        said = steadfast(seed)
        found = camps(said, DESIGN, Wanted())
        alone.append(chance(said, found, 39, seed).above)
        whole.append(chance(said, found, 39, seed, positions=True).above)
    assert max(alone) <= 0.05  # it is more than if nobody stood for anything
    assert sum(tail <= 0.05 for tail in whole) <= 4
    assert 0.3 < np.mean(whole) < 0.7
    said = debate(2, 0.9)
    assert chance(said, camps(said, DESIGN, Wanted()), 39, 1, positions=True).above <= 0.05


def test_parts_are_turned_one_by_one() -> None:
    gains = np.zeros((5, 5))
    for one, other in ((0, 1), (2, 3), (3, 4)):
        gains[one, other] = gains[other, one] = -1
    sides = np.array([1, -1, 1, -1, 1], dtype=np.int8)
    reference = np.array([-1, 1, 1, -1, -1], dtype=np.int8)
    turned = aligned(sides, parts_of(gains), reference, np.array([1.0, 1, 1, 1, 1]))
    assert turned.tolist() == [-1, 1, 1, -1, 1]
