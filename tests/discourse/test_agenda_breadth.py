"""How sure breadth is: the estimated agenda, the errors of iNEXT, coverage, false differences."""

from __future__ import annotations

from itertools import combinations
from math import ceil, exp, log

import numpy as np
import pytest

from melian.discourse.agenda.assemblage import assemblage, drawn_from, standard_errors
from melian.discourse.agenda.broader import dealt
from melian.discourse.agenda.diversity import entropy_estimate, measures
from melian.discourse.agenda.form import agendas_form
from melian.discourse.agenda.result import agendas
from melian.discourse.networks.building import Design
from melian.discourse.resampling import Resampling
from melian.discourse.statements.table import number_variable, table, text_variable

# As in test_agenda_measures.py: spiders of Chao et al., Ecological Monographs 84 (2014).
GIRDLED = np.array([46, 22, 17, 15, 15, 9, 8, 6, 6, 4, *[2] * 4, *[1] * 12])
LOGGED = np.array(
    [88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 7, 5, *[4] * 3, *[3] * 4, *[2] * 4, *[1] * 14]
)
DESIGN = Design(
    mode="two", rows="actor", qualifier="sign", aggregation="subtract", duplicates="include"
)


def by_hand(counts):
    """Estimate an agenda from the definition (Chao et al. 2014, appendix G)."""
    n, f1, f2 = sum(counts), counts.count(1), counts.count(2)
    f0 = (n - 1) / n * (f1 * f1 / (2 * f2) if f2 else f1 * (f1 - 1) / 2)
    a = (n - 1) * f1 / ((n - 1) * f1 + 2 * f2) if f2 else 0.0
    if not f2 and f1 > 1:
        a = (n - 1) * (f1 - 1) / ((n - 1) * (f1 - 1) + 2)
    missing = f1 / n * a
    if not f0:
        return [x / n for x in counts]
    w = missing / sum(x / n * (1 - x / n) ** n for x in counts)
    seen = [x / n * (1 - w * (1 - x / n) ** n) for x in counts]
    return [*seen, *[missing / ceil(f0)] * ceil(f0)]


@pytest.mark.parametrize(
    "counts",
    [GIRDLED.tolist(), LOGGED.tolist(), [5, 1, 1, 1], [4, 4, 1], [3, 3], [9], [1, 2, 2, 7]],
)
def test_the_estimated_agenda_is_its_definition(counts) -> None:
    found = assemblage(np.array([*counts, 0]))
    assert found.tolist() == pytest.approx(by_hand(counts))
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()


@pytest.mark.parametrize(
    ("counts", "shannon", "simpson"),
    [(GIRDLED, 1.3468978, 0.9518326), (LOGGED, 1.6737124, 0.9244112)],
)
def test_standard_errors_are_those_that_inext_prints(counts, shannon, simpson) -> None:
    # iNEXT(spider)$AsyEst of the package iNEXT 3 (Hsieh, Ma & Chao, Methods in Ecology and
    # Evolution 7, 2016); it draws 50 times only, so that its own errors are off by a tenth or more.
    draws = drawn_from(assemblage(counts), int(counts.sum()), 4000, seed=1)
    assert draws[:, 1].std() == pytest.approx(shannon, rel=0.25)
    assert draws[:, 3].std() == pytest.approx(simpson, rel=0.25)


def hill(truth):
    return [exp(-(truth * np.log(truth)).sum()), 1 / np.square(truth).sum()]


def test_intervals_hold_the_true_number_as_often_as_they_say() -> None:
    held = np.zeros(2)
    rng, runs, z = np.random.default_rng(4), 0, 1.959964
    for shape in (0.8 ** np.arange(30), 1 / np.arange(1, 61), 0.6 ** np.arange(12)):
        truth = shape / shape.sum()
        for seed in range(120):
            counts = rng.multinomial(80, truth)
            errors = standard_errors(drawn_from(assemblage(counts), 80, 200, seed), 80)[[1, 3]]
            gaps = np.abs(np.log(measures(counts)[[1, 3]]) - np.log(hill(truth)))
            held += gaps <= z * errors
            runs += 1
    assert (held / runs >= 0.90).all()
    assert (held / runs <= 0.99).all()


def test_intervals_of_clustered_statements_hold_it_more_often_than_without_documents() -> None:
    rng, shape, held = np.random.default_rng(5), 0.8 ** np.arange(25), np.zeros(2)
    shape /= shape.sum()
    right, runs, names = log(hill(shape)[1]), 60, np.array([f"c{n:02}" for n in range(25)])
    for seed in range(runs):  # forty documents of four statements, half of them of its own issue
        own = rng.choice(25, p=shape, size=40)
        every = rng.choice(25, p=shape, size=(40, 4))
        every[:, :2] = own[:, None]
        lines = [("A", str(name)) for name in names[every.ravel()]]
        documents = np.repeat(range(40), 4).tolist()
        for place, unit in enumerate(("statements", "documents")):
            found = alone(lines, documents, times=100, unit=unit, seed=seed).all.intervals
            assert found is not None
            assert found.dominant_estimate is not None
            held[place] += exp(right) in found.dominant_estimate
    assert held[1] > held[0]
    assert 0.88 <= held[1] / runs <= 1


def statements(lines, documents):
    """Give a table of (actor, concept)."""
    size = len(lines)
    return table(
        [f"s{n}" for n in range(size)],
        np.zeros(size, dtype=np.int64),
        np.array(documents, dtype=np.int32),
        {
            "actor": text_variable([line[0] for line in lines]),
            "concept": text_variable([line[1] for line in lines]),
            "sign": number_variable([1] * size, "boolean"),
        },
    )


def alone(lines, documents, **by):
    return agendas(statements(lines, documents), DESIGN, by=Resampling(**by))


def test_documents_of_one_issue_each_widen_intervals() -> None:
    rng = np.random.default_rng(2)
    kinds = rng.choice(list("abcdef"), p=[0.4, 0.25, 0.15, 0.1, 0.06, 0.04], size=20)
    lines = [("A", kind) for kind in kinds for _ in range(6)]
    spread = alone(lines, range(120), times=400).all.intervals
    bound = alone(lines, np.repeat(range(20), 6).tolist(), times=400).all.intervals
    assert spread is not None
    assert bound is not None
    assert (bound.together, bound.units, spread.units) == (True, 20, 120)
    # twenty documents of six statements tell what twenty statements do: errors are sqrt(6) larger
    ratio = bound.errors[0] / spread.errors[0]
    assert 1.7 < ratio < 3.2


def test_few_documents_are_not_drawn_and_intervals_say_so() -> None:
    lines = [("A", c) for c in "aaaaabbbbccd"] + [("B", c) for c in "abcdabcdabcd"] * 2
    found = alone(lines, [0] * 12 + list(range(1, 25)), times=300)
    few = next(each for each in found.actors if each.actor == "A").intervals
    many = next(each for each in found.actors if each.actor == "B").intervals
    assert few is not None
    assert many is not None
    assert (few.units, few.together) == (1, False)
    assert (many.units, many.together) == (24, True)


def test_what_is_too_thin_has_no_interval() -> None:
    few = alone([("A", "a"), ("A", "b")], [0, 1], times=100).all
    assert (few.broad_enough, few.intervals) == (False, None)
    same = alone([("A", "a")] * 15, range(15), times=100).all
    assert (same.broad_enough, same.intervals) == (True, None)
    lines = [("A", c) for c in "aaaaabbbbccd"]
    assert alone(lines, range(12), times=0).all.intervals is None


def test_intervals_hold_their_figure_and_repeat() -> None:
    lines = [("A", c) for c in "aaaaabbbbccddeffgh"] + [("B", c) for c in "aaaabbbccd"]
    found = alone(lines, range(28), times=200)
    assert agendas_form(found) == agendas_form(alone(lines, range(28), times=200))
    for each in (found.all, *found.actors):
        assert each.intervals is not None
        assert each.breadth is not None
        for name in ("effective", "effective_estimate", "dominant", "dominant_estimate"):
            span = each.intervals.of(name)
            assert span is not None
            assert 1 <= span.low <= getattr(each.breadth, name) <= span.high


def test_the_test_of_breadth_is_that_of_all_deals() -> None:
    one, other = np.array([4, 1, 0, 1]), np.array([1, 1, 2, 1])

    def studentised(first, second):
        def variance(counts):
            some = [x / sum(counts) for x in counts if x]
            mean = sum(p * log(p) for p in some)
            spread = sum(p * log(p) ** 2 for p in some) - mean**2
            return max(spread, 0) / sum(counts) + (len(some) - 1) / (2 * sum(counts) ** 2)

        gap = float(entropy_estimate(np.array(first)) - entropy_estimate(np.array(second)))
        error = (variance(first) + variance(second)) ** 0.5
        return gap / error if error else 0.0

    names = np.repeat(range(4), one + other).tolist()
    own, larger, every = abs(studentised(one.tolist(), other.tolist())), 0, 0
    for chosen in combinations(range(len(names)), int(one.sum())):
        first = np.bincount([names[n] for n in chosen], minlength=4)
        larger += abs(studentised(first.tolist(), (one + other - first).tolist())) >= own - 1e-9
        every += 1
    assert dealt(one, other, seed=5, times=20_000) == pytest.approx(larger / every, abs=0.015)


@pytest.mark.parametrize("other_issues", [False, True])
def test_a_false_difference_in_breadth_is_rare(other_issues) -> None:
    rng, shape = np.random.default_rng(8), 0.75 ** np.arange(20)
    shape /= shape.sum()
    empty, false = np.zeros(20, dtype=np.int64), 0
    for run in range(200):
        one, other = rng.multinomial(30, shape), rng.multinomial(90, shape)
        if other_issues:
            one, other = np.concatenate([one, empty]), np.concatenate([empty, other])
        false += dealt(one, other, seed=run, times=199) <= 0.05
    assert false <= 200 * 0.05 + 9  # three standard errors


def test_a_broader_agenda_holds_and_an_equal_one_does_not() -> None:
    rng = np.random.default_rng(1)
    lines = [("wide", c) for c in rng.choice(list("abcdefghijklmnop"), size=90)]
    lines += [("narrow", c) for c in rng.choice(list("abc"), p=[0.8, 0.1, 0.1], size=60)]
    lines += [("also wide", c) for c in rng.choice(list("abcdefghijklmnop"), size=80)]
    found = alone(lines, range(230), times=300)
    held = {(c.broader.actor, c.narrower.actor) for c in found.broader_actors if c.holds}
    assert held == {("wide", "narrow"), ("also wide", "narrow")}
    for claim in found.broader_actors:
        assert claim.ratio is not None
        assert claim.ratio >= 1
        assert claim.interval is not None
        assert claim.ratio in claim.interval
        assert claim.corrected is not None
        assert claim.corrected >= (claim.p or 0)
    few = alone([*lines, ("few", "a"), ("few", "b")], range(232), times=50)
    thin = [c for c in few.broader_actors if "few" in {c.broader.actor, c.narrower.actor}]
    assert {(c.verdict, c.p) for c in thin} == {("too few", None)}
