"""Draws of planted camps and of noise; what a coalition stands for, counted by hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted_debates import DESIGN, debate

from melian.discourse.coalitions.engine import Search, coalitions
from melian.discourse.coalitions.grouping import labels_of
from melian.discourse.coalitions.sureness import DOUBTFUL, STABLE, likenesses
from melian.discourse.coalitions.tie_intervals import SIDES, tie_intervals
from melian.discourse.resampling import Resampling, samples
from melian.discourse.statements.table import table
from melian.discourse.ties import eligible, ties
from melian.problems import UsageError

DRAWS = Resampling(times=40)


@pytest.mark.parametrize("unit", ["documents", "coders", "days", "statements"])
def test_planted_camps_survive_and_noise_does_not(unit):
    by = replace(DRAWS, unit=unit)
    camps = coalitions(debate(1, noise=0.02, each=20), DESIGN, by=by)
    assert [len(each.members) for each in camps.coalitions] == [5, 5, 5]
    assert all(each.stability > 0.9 > STABLE for each in camps.coalitions)
    noise = coalitions(debate(2, noise=0.5, each=8), DESIGN, by=by)
    assert np.mean([each.stability for each in noise.coalitions]) < DOUBTFUL
    assert all(each.recovered < 0.5 for each in noise.coalitions)
    sure = noise.sureness
    assert sure.by == by
    assert (np.diag(sure.together) == 1).all()
    assert ((sure.together >= 0) & (sure.together <= 1)).all()


def test_the_same_seed_gives_the_same_and_another_does_not():
    said = debate(3, noise=0.3)
    one, again = (coalitions(said, DESIGN, by=DRAWS) for _ in range(2))
    assert one.coalitions == again.coalitions
    assert (one.sureness.together == again.sureness.together).all()
    other = coalitions(said, DESIGN, by=replace(DRAWS, seed=9))
    assert [c.stability for c in one.coalitions] != [c.stability for c in other.coalitions]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 3)), min_size=1, max_size=16))
def test_likeness_is_the_best_jaccard_index_of_sets(pairs):
    labels = labels_of([one for one, _ in pairs])
    again = np.array([other for _, other in pairs])
    here = again >= 0
    again[here] = labels_of(again[here])
    for group, found in enumerate(likenesses(labels, again)):
        ours = {n for n in range(len(labels)) if labels[n] == group and here[n]}
        theirs = [{n for n in range(len(labels)) if again[n] == g} for g in set(again[here])]
        whole = (labels == group).sum()
        if len(ours) < min(whole, 2):  # one alone of several says nothing
            assert np.isnan(found)
        else:
            assert found == pytest.approx(max(len(ours & t) / len(ours | t) for t in theirs))


@pytest.mark.parametrize("side", SIDES)
def test_intervals_of_ties_are_percentiles_of_draws(side):
    said = debate(4, camps=(3, 3), noise=0.3)
    found = tie_intervals(said, DESIGN, DRAWS, side)
    drawn = defaultdict(list)
    for rows in samples(said, eligible(said, DESIGN), DRAWS):
        again = ties(said, DESIGN, rows)
        matrix = getattr(again, side)
        place = {actor: n for n, actor in enumerate(again.actors)}
        for pair in zip(found.one.tolist(), found.other.tolist(), strict=True):
            both = [place.get(found.actors[n]) for n in pair]
            drawn[pair].append(0.0 if None in both else float(matrix[both[0], both[1]]))
    assert len(found) == len(drawn) > 5
    plain = getattr(ties(said, DESIGN), side)
    for n, ((one, other), values) in enumerate(drawn.items()):
        low, high = np.percentile(values, [2.5, 97.5])
        assert found.value[n] == pytest.approx(plain[one, other])
        assert (found.low[n], found.high[n]) == pytest.approx((low, high), abs=1e-6)
        assert found.same[n] == np.mean(np.sign(values) == np.sign(plain[one, other]))
        assert found.firm[n] == (low > 0 or high < 0)
    if side == "agreement":
        assert found.firm.any()
    assert (np.diff(np.abs(found.value[found.strongest])) <= 1e-9).all()


def test_ties_of_planted_camps_are_firm_and_have_their_sign():
    found = tie_intervals(debate(5, camps=(4, 4), noise=0, each=30), DESIGN, DRAWS)
    for n in range(len(found)):
        one, other = str(found.actors[found.one[n]]), str(found.actors[found.other[n]])
        if one[0] == other[0]:
            assert found.low[n] > 0
            assert found.same[n] == 1


def test_ties_of_some_are_those_of_all():
    found = tie_intervals(debate(5, camps=(4, 4), noise=0.2), DESIGN, DRAWS)
    some = found.among(["a0", "a1", "b0"])
    pairs = [
        n
        for n in range(len(found))
        if {found.actors[found.one[n]], found.actors[found.other[n]]} <= {"a0", "a1", "b0"}
    ]
    assert len(some) == len(pairs) == 3
    assert some.low.tolist() == found.low[pairs].tolist()
    assert some.firm.tolist() == found.firm[pairs].tolist()


def test_what_coalitions_stand_for_is_what_their_members_say_and_others_do_not():
    said = debate(6, noise=0.1)
    found = coalitions(said, DESIGN)
    words = {name: v.levels for name, v in said.variables.items()}
    rows = [
        (said.ids[n], *(words[v][said.variables[v].codes[n]] for v in ("actor", "concept", "sign")))
        for n in range(len(said))
    ]
    everybody = set(found.basis.actors)
    assert found.coalitions
    for each in found.coalitions:
        ours, rest = set(each.members), everybody - set(each.members)
        differences = {}
        for concept in words["concept"]:
            for sign in (0, 1):
                who = {actor for _, actor, c, s in rows if (c, s) == (concept, sign)}
                if len(who & ours) > 1:
                    share = len(who & ours) / len(ours) - len(who & rest) / len(rest)
                    differences[concept, sign] = share
        best = sorted((d for d in differences.values() if d > 0), reverse=True)[:5]
        assert [stand.difference for stand in each.stands_for] == pytest.approx(best)
        for stand in each.stands_for:
            key = (stand.concept, stand.level)
            assert stand.difference == pytest.approx(differences[key])
            assert stand.of_members == len(ours)
            assert stand.of_others == len(rest)
            ids = {i for i, actor, c, s in rows if (c, s) == key and actor in ours}
            assert set(stand.statements) <= ids
            assert len(stand.statements) >= stand.members


def test_methods_that_agree_are_named_and_so_is_who_is_elsewhere():
    found = coalitions(debate(7, noise=0.02), DESIGN)
    agreement = found.agreement
    assert "louvain" in agreement.with_it
    assert len(agreement.with_it) > 4
    assert agreement.elsewhere == ()
    assert agreement.together.min() >= 0
    count = len(found.groupings)
    assert agreement.rand.shape == agreement.information.shape == (count, count)
    assert (np.diag(agreement.rand) == 1).all()
    assert np.abs(np.diag(agreement.information)).max() < 1e-9
    asked = coalitions(debate(7, noise=0.02), DESIGN, Search(method="ward"))
    assert asked.agreement.shown.method == "ward"
    four = coalitions(debate(7, noise=0.02), DESIGN, Search(groups=4))
    assert len(four.coalitions) == 4
    assert "louvain" not in {each.method for each in four.groupings}


def test_too_few_actors_are_no_coalitions():
    for camps in ((1,), (1, 1), (2,)):
        found = coalitions(debate(8, camps=camps), DESIGN, by=DRAWS)
        assert found.coalitions == ()
        assert found.agreement is None
    nothing = table([], np.zeros(0, np.int64), np.zeros(0, np.int32), debate(8, (1,)).variables)
    assert coalitions(nothing, DESIGN).coalitions == ()
    assert len(tie_intervals(debate(8, camps=(1,)), DESIGN, DRAWS)) == 0


def test_one_document_is_not_drawn_again_and_that_is_said():
    found = coalitions(debate(9, documents=1), DESIGN, by=DRAWS)
    assert found.sureness is None
    assert "1 document only" in found.undrawn
    assert found.coalitions
    assert all(each.stability is None for each in found.coalitions)
    with pytest.raises(UsageError):
        tie_intervals(debate(9, documents=1), DESIGN, DRAWS)


@pytest.mark.parametrize(
    ("search", "told"),
    [
        (Search(least=0), "--least 1"),
        (Search(groups=1), "--groups 2"),
        (Search(groups=3, method="louvain"), "louvain finds its own number of groups"),
    ],
)
def test_what_makes_no_sense_is_told(search, told):
    with pytest.raises(UsageError, match=told):
        coalitions(debate(1), DESIGN, search)
