"""Item response against numerical integration and simulated truth; diagnostics against theory."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from melian.discourse.networks.building import Design
from melian.discourse.scaling.diagnostics import densest, effective_size, split_r_hat
from melian.discourse.scaling.dimension import dimension, reliability
from melian.discourse.scaling.of_answers import answer_scale, answers_of
from melian.discourse.scaling.probit import Chains, Draws, identified, sampled
from melian.discourse.statements.reading import parse
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.problems import TooLarge, UsageError

DESIGN = Design(
    mode="two", rows="actor", qualifier="sign", aggregation="subtract", duplicates="include"
)
ANCHORS = Path(__file__).parents[3] / "shared" / "anchors" / "discourse"
NAN = float("nan")


def nodes(count, variance):
    places, weights = np.polynomial.hermite_e.hermegauss(count)
    return places * np.sqrt(variance), weights / weights.sum()


def integrated(answers, variance):
    """Integrate over everything: three positions, and the two numbers of each question.

    Gives posterior means that stay as they are when all signs turn: of products of positions, and
    of each question's difficulty, squared discrimination, and discrimination times a position.
    """
    at, weight = nodes(20, 1)
    level, share = nodes(40, variance)
    slope, height = np.meshgrid(level, level, indexing="ij")
    shares = np.outer(share, share)
    yes = norm.cdf(at[:, None, None] * slope - height)  # position, slope, height
    grid = list(product(range(20), repeat=3))
    prior = np.array([weight[list(place)].prod() for place in grid])
    positions = np.array([at[list(place)] for place in grid])
    total, parts = prior.copy(), []
    for question in answers.T:
        terms = [np.ones_like(yes), yes, 1 - yes]
        each = [terms[0 if np.isnan(a) else 1 if a else 2] for a in question]
        moments = [
            np.einsum("aij,bij,cij,ij->abc", *each, shares * values, optimize=True)
            for values in (np.ones_like(slope), height, slope**2, slope)
        ]
        likelihood = moments[0].ravel()
        parts.append([moment.ravel() / likelihood for moment in moments[1:]])
        total *= likelihood
    total /= total.sum()
    means = {"products": (positions.T * total) @ positions}
    for number, (difficulty, squared, discrimination) in enumerate(parts):
        means[number] = [
            total @ difficulty,
            total @ squared,
            total @ (discrimination * positions[:, 0]),
        ]
    return means


@pytest.mark.parametrize(
    "answers", [[[1, 0], [1, 1], [0, 1]], [[1, 1], [1, NAN], [0, 0]], [[1, NAN], [NAN, 1], [0, 0]]]
)
def test_a_tiny_posterior_is_that_of_numerical_integration(answers) -> None:
    answers = np.array(answers, dtype=float)
    draws = sampled(answers, Chains(burn_in=500, sweeps=14_000, thin=2), variance=1.0)
    expected = integrated(answers, 1.0)
    flat = draws.positions.reshape(-1, 3)
    assert flat.T @ flat / len(flat) == pytest.approx(expected["products"], abs=0.05)
    for number in range(2):
        slope = draws.discrimination[:, :, number].ravel()
        found = [
            draws.difficulty[:, :, number].mean(),
            (slope**2).mean(),
            (slope * flat[:, 0]).mean(),
        ]
        assert found == pytest.approx(expected[number], abs=0.05)


def simulated(seed, actors=25, questions=30, missing=0.3):
    rng = np.random.default_rng(seed)
    positions = rng.standard_normal(actors)
    slopes, levels = rng.normal(0, 1.5, questions), rng.normal(0, 0.7, questions)
    chance = norm.cdf(np.outer(positions, slopes) - levels)
    answers = (rng.random(chance.shape) < chance).astype(float)
    answers[rng.random(chance.shape) < missing] = NAN
    return (positions - positions.mean()) / positions.std(), slopes, levels, answers


def test_truth_is_in_the_intervals_as_often_as_they_say() -> None:
    inside, correlations = [], []
    for seed in range(8):
        truth, _, _, answers = simulated(seed)
        draws = identified(sampled(answers, Chains(burn_in=200, sweeps=700, thin=1, seed=seed)))
        pooled = draws.positions.reshape(-1, len(truth))
        pooled = pooled * np.sign(pooled.mean(axis=0) @ truth)
        low, high = densest(pooled, 0.95)
        inside.append(((low <= truth) & (truth <= high)).mean())
        correlations.append(np.corrcoef(pooled.mean(axis=0), truth)[0, 1])
    assert 0.91 <= np.mean(inside) <= 0.99  # 200 positions, which are not independent
    assert min(correlations) > 0.8
    assert np.mean(correlations) > 0.9


def test_identified_draws_say_the_same_of_every_answer() -> None:
    _, _, _, answers = simulated(5, 8, 6)
    raw = sampled(answers, Chains(burn_in=20, sweeps=40, thin=1))
    found = identified(raw)
    assert found.positions.mean(axis=2) == pytest.approx(0, abs=1e-12)
    assert found.positions.std(axis=2) == pytest.approx(1)

    def latent(draws: Draws):
        at = draws.positions[..., None] * draws.discrimination[:, :, None]
        return at - draws.difficulty[:, :, None]

    assert latent(found) == pytest.approx(latent(raw))
    mirrored = identified(Draws(-raw.positions, raw.difficulty, -raw.discrimination))
    assert np.abs(mirrored.positions) == pytest.approx(np.abs(found.positions))


def test_the_same_seed_gives_the_same_and_missing_answers_do_not_matter() -> None:
    _, _, _, answers = simulated(6, 8, 6)
    chains = Chains(burn_in=10, sweeps=20, thin=1)
    one, other = sampled(answers, chains), sampled(answers, chains)
    assert (one.positions == other.positions).all()
    third = sampled(answers, replace(chains, seed=2))
    assert (one.positions != third.positions).any()
    with pytest.raises(TooLarge, match="--sweeps"):
        sampled(answers, Chains(sweeps=10**9))


def autoregressive(rho, length=20_000, chains=4, seed=1):
    rng = np.random.default_rng(seed)
    found = np.empty((length, chains, 1))
    state = rng.standard_normal(chains)
    for step in range(length):
        state = rho * state + np.sqrt(1 - rho**2) * rng.standard_normal(chains)
        found[step, :, 0] = state
    return found


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9, -0.3])
def test_effective_size_of_an_autoregression_is_that_of_theory(rho) -> None:
    draws = autoregressive(rho)
    expected = 80_000 * (1 - rho) / (1 + rho)
    assert effective_size(draws)[0] == pytest.approx(expected, rel=0.12)
    assert split_r_hat(draws)[0] == pytest.approx(1, abs=0.01)


def test_chains_apart_or_on_the_move_are_found() -> None:
    draws = autoregressive(0.0, length=400)
    assert split_r_hat(draws + np.array([0, 0, 0, 3.0])[None, :, None])[0] > 1.3
    assert split_r_hat(draws + np.linspace(0, 4, 400)[:, None, None])[0] > 1.3
    moved = draws + np.array([0, 0, 0, 3.0])[None, :, None]
    halves = np.concatenate([moved[:200], moved[200:]], axis=1)[:, :, 0]
    within = np.mean([halves[:, n].var(ddof=1) for n in range(8)])
    between = np.var([halves[:, n].mean() for n in range(8)], ddof=1)
    expected = np.sqrt((within * 199 / 200 + between) / within)
    assert split_r_hat(moved)[0] == pytest.approx(expected)


def test_densest_intervals_are_the_shortest_of_all() -> None:
    draws = np.random.default_rng(3).gamma(2, size=(101, 3))
    found = densest(draws, 0.9)
    for column in range(3):
        values = sorted(draws[:, column])
        _, low = min((values[n + 90] - values[n], values[n]) for n in range(11))
        assert found[0, column] == low
        assert sum(found[0, column] <= v <= found[1, column] for v in values) == 91


def statements(answers):
    """Give three statements for each answer, all in one sense."""
    lines = [
        (f"a{actor}", f"q{question:02}", int(value))
        for (actor, question), value in np.ndenumerate(answers)
        if not np.isnan(value)
        for _ in range(3)
    ]
    return table(
        [str(n) for n in range(len(lines))],
        np.zeros(len(lines), dtype=np.int64),
        np.arange(len(lines), dtype=np.int32),
        {
            "actor": text_variable([line[0] for line in lines]),
            "concept": text_variable([line[1] for line in lines]),
            "sign": number_variable([line[2] for line in lines], "boolean"),
        },
    )


def test_a_scale_of_statements_finds_positions_and_what_carries_them() -> None:
    truth, slopes, _, answers = simulated(11, 10, 60, 0.1)
    answers[:, 0] = 1  # tells nobody apart
    lowest, highest = (f"a{n}" for n in (truth.argmin(), truth.argmax()))
    chains = Chains(burn_in=500, sweeps=14_000, thin=7)
    found = answer_scale(statements(answers), DESIGN, left=lowest, right=highest, chains=chains)
    at = {each.actor: each.value for each in found.positions}
    assert np.corrcoef([at[f"a{n}"] for n in range(10)], truth)[0, 1] > 0.85
    told = {each.concept: each for each in found.questions}
    assert "q00" not in told
    means = [told[name].discrimination for name in told]
    assert np.corrcoef(means, [slopes[int(name[1:])] for name in told])[0, 1] > 0.7
    assert found.converged
    assert np.mean(list(at.values())) == pytest.approx(0, abs=1e-9)
    for each in found.positions:
        assert each.intervals[0] is not None
        assert each.value in each.intervals[0]
    for question in found.questions:
        assert question.yes == (answers[:, int(question.concept[1:])] == 1).sum()
        assert question.no == (answers[:, int(question.concept[1:])] == 0).sum()
    turned = answer_scale(statements(answers), DESIGN, left=highest, chains=chains)
    assert [e.actor for e in turned.positions] == [e.actor for e in found.positions][::-1]


def test_chains_that_are_too_short_have_not_converged() -> None:
    _, _, _, answers = simulated(11, 10, 60, 0.1)
    found = answer_scale(statements(answers), DESIGN, chains=Chains(burn_in=0, sweeps=12, thin=1))
    assert not found.converged


def test_answers_are_those_of_the_shares() -> None:
    from melian.discourse.scaling.counts import said

    lines = [("a", "q", 1)] * 3 + [("a", "q", 0)] + [("a", "r", 1), ("b", "q", 0), ("b", "r", 0)]
    given = table(
        [str(n) for n in range(len(lines))],
        np.zeros(len(lines), dtype=np.int64),
        np.arange(len(lines), dtype=np.int32),
        {
            "actor": text_variable([line[0] for line in lines]),
            "concept": text_variable([line[1] for line in lines]),
            "sign": number_variable([line[2] for line in lines], "boolean"),
        },
    )
    counts = said(given, DESIGN).counts
    assert np.array_equal(answers_of(counts, 0.25), [[1, 1], [0, 0]])
    assert np.array_equal(answers_of(counts, 0.2), [[NAN, 1], [0, 0]], equal_nan=True)
    assert np.array_equal(answers_of(counts, 0), [[NAN, 1], [0, 0]], equal_nan=True)
    with pytest.raises(UsageError, match="--threshold"):
        answers_of(counts, 0.5)
    with pytest.raises(UsageError, match="yes and no"):
        answers_of(said(given, replace(DESIGN, qualifier="concept")).counts)


def test_utilities_stand_apart_in_a_real_debate() -> None:
    if not ANCHORS.is_dir():
        pytest.skip("the coded debate is not here")
    said, _ = parse((ANCHORS / "irps_nuclear.csv").read_text("utf-8"), "irps_nuclear.csv")
    design = replace(DESIGN, rows="organization", duplicates="document")
    chains = Chains(burn_in=500, sweeps=4000, thin=4)
    found = answer_scale(said, design, left="CDU", right="Eon", chains=chains)
    order = [each.actor for each in found.positions]
    assert set(order[-2:]) == {"RWE", "Eon"}
    parties = [actor for actor in order if actor in {"Grüne", "SPD", "CDU"}]
    assert parties == ["CDU", "SPD", "Grüne"]
    at = {each.actor: each.intervals[0] for each in found.positions}
    assert at["Eon"].low > at["CDU"].high
    assert at["CDU"].high > at["Grüne"].low  # what parties say of the same does not tell them apart


def spoken(answers):
    """Give a table in which each answer is a statement."""
    places = [tuple(place) for place in np.argwhere(~np.isnan(answers)).tolist()]
    return table(
        [f"s{n}" for n in range(len(places))],
        np.zeros(len(places), dtype=np.int64),
        np.arange(len(places), dtype=np.int32),
        {
            "actor": text_variable([f"a{row:02}" for row, _ in places]),
            "concept": text_variable([f"c{column:02}" for _, column in places]),
            "sign": number_variable([int(answers[place]) for place in places], "boolean"),
        },
    )


QUICK = Chains(burn_in=200, sweeps=2500, thin=2)


@pytest.mark.parametrize("seed", range(3))
def test_coins_are_refused_though_their_posterior_seems_to_know(seed) -> None:
    rng = np.random.default_rng(seed)
    answers = rng.integers(0, 2, size=(20, 20)).astype(float)
    answers[rng.random(answers.shape) < 0.3] = NAN
    found = answer_scale(spoken(answers), DESIGN, least=5, chains=QUICK)
    assert not found.dimension.there
    assert not found.ranks
    assert found.dimension.share < 1.3 * found.dimension.expected


def test_a_planted_dimension_is_told_from_chance() -> None:
    for seed in range(3):
        truth, _, _, answers = simulated(seed)
        found = answer_scale(spoken(answers), DESIGN, least=5, chains=QUICK)
        assert found.dimension.known
        assert found.dimension.p <= 0.005
        values = {each.actor: each.value for each in found.positions}
        own = [values[f"a{n:02}"] for n in range(len(truth))]
        square = np.corrcoef(own, truth)[0, 1] ** 2
        assert found.dimension.reliability == pytest.approx(square, abs=0.2)


def test_coins_seldom_seem_to_have_a_dimension() -> None:
    rng, seen = np.random.default_rng(11), 0
    for seed in range(150):
        answers = rng.integers(0, 2, size=(12, 9)).astype(float)
        answers[rng.random(answers.shape) < 0.2] = NAN
        split = (np.nanmin(answers, axis=0) == 0) & (np.nanmax(answers, axis=0) == 1)
        seen += dimension(answers[:, split], np.zeros((2, 12)), seed, deals=99).there
    assert seen <= 150 * 0.05 + 8  # three standard errors


def test_the_share_of_the_first_dimension_is_that_of_the_correlation_matrix() -> None:
    answers = np.random.default_rng(2).integers(0, 2, size=(15, 6)).astype(float)
    largest = np.linalg.eigvalsh(np.corrcoef(answers.T))[-1]
    found = dimension(answers, np.zeros((2, 15)), 1, deals=9)
    assert found.share == pytest.approx(largest / 6)


def test_reliability_is_the_share_of_variance_that_is_known() -> None:
    rng = np.random.default_rng(4)
    means = np.linspace(-2, 2, 9)
    draws = means + rng.normal(0, 0.5, size=(40_000, 9))
    assert reliability(draws) == pytest.approx(means.var() / (means.var() + 0.25), abs=0.005)
    assert reliability(rng.normal(size=(40_000, 9))) == pytest.approx(0, abs=0.001)
