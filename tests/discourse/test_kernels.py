"""Networks smoothed by kernels, against a loop over pairs of statements, and plain windows."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest

from melian.discourse.networks.building import Design
from melian.discourse.networks.kernels import KERNELS, smoothed, weights_at
from melian.discourse.networks.windows import networks
from melian.discourse.statements.table import number_variable, table, text_variable
from melian.problems import UsageError

DAY = 86_400
TYPES = ("congruence", "conflict", "subtract", "ignore")
ONE_MODE = [*product(TYPES, ("none", "average", "jaccard", "cosine"))]
TWO_MODE = [*product(("subtract", "ignore"), ("none", "activity", "prominence"))]


def statements(rnd, count, days=200):
    """Give statements of whole days and of moments."""
    first = np.array([rnd.randrange(days) * DAY for _ in range(count)], dtype=np.int64)
    timed = np.array([rnd.random() < 0.5 for _ in range(count)])
    clock = np.array([rnd.randrange(DAY) for _ in range(count)], dtype=np.int64)
    seconds = np.where(timed, first + clock, first)
    return table(
        [str(n) for n in range(count)],
        seconds,
        np.arange(count, dtype=np.int32),
        {
            "actor": text_variable([rnd.choice("abcd") for _ in range(count)]),
            "concept": text_variable([rnd.choice("xyz") for _ in range(count)]),
            "sign": number_variable([rnd.randrange(2) for _ in range(count)], "boolean"),
            "degree": number_variable([rnd.choice((-4, 0, 1)) for _ in range(count)], "integer"),
            "mood": text_variable([rnd.choice("gh") for _ in range(count)]),
        },
        last=np.where(timed, seconds, seconds + DAY - 1),
    )


def weight(kernel, u):
    u = abs(u)
    if kernel == "gaussian":
        return math.exp(-u * u / 2) if u <= 4 else 0
    return {"uniform": 1, "triangular": 1 - u, "epanechnikov": 1 - u * u}[kernel] if u <= 1 else 0


def said(coded, name, row):
    variable = coded.variable(name)
    return variable.levels[variable.codes[row]]


def weights_of(coded, kernel, window):
    """Give what each statement counts for around the middle of a window."""
    half = ((window.last - window.first).days + 1) * DAY / 2
    middle = window.start.timestamp() + half
    found = {}
    for s in range(len(coded)):
        when = (int(coded.seconds[s]) + int(coded.last[s]) + 1) / 2
        found[s] = weight(kernel, (when - middle) / half)
    return {s: value for s, value in found.items() if value > 0}


def of(coded, name, value, among):
    return [s for s in among if said(coded, name, s) == value]


def looped(coded, design, z, rows, columns):
    """Give the network of weighed statements, a pair of them at a time."""
    found = np.zeros((len(rows), len(columns)))
    for i, one in enumerate(rows):
        for j, other in enumerate(columns):
            if design.mode == "one" and i == j:
                continue
            tie, by = (two_mode if design.mode == "two" else one_mode)(coded, design, z, one, other)
            found[i, j] = tie / by if by else 0
    return found


def worth(coded, design):
    """Give what a pair of levels counts for, by the definition."""
    values = [said(coded, design.qualifier, s) for s in range(len(coded))]

    def alike(one, other):
        if design.qualifier == "mood":
            return float(one == other)
        return 1 - abs(one - other) / (max(values) - min(values))

    return {
        "ignore": lambda _one, _other: 1,
        "congruence": alike,
        "conflict": lambda one, other: 1 - alike(one, other),
        "subtract": lambda one, other: 2 * alike(one, other) - 1,
    }[design.aggregation]


def two_mode(coded, design, z, actor, concept):
    """Give a tie, and what it is divided by."""
    mine, about = of(coded, "actor", actor, z), of(coded, "concept", concept, z)
    signs = {1: 1, 0: -1} if design.qualifier == "sign" else {-4: -4, 0: 0, 1: 1}
    tie = 0
    for s in {*mine} & {*about}:
        tie += z[s] * (1 if design.ignores else signs[said(coded, design.qualifier, s)])
    shares = {"activity": sum(z[s] for s in mine), "prominence": sum(z[s] for s in about)}
    return tie, shares.get(design.normalization, 1)


def one_mode(coded, design, z, actor, partner):
    """Give a tie, and what it is divided by."""
    mine, theirs = of(coded, "actor", actor, z), of(coded, "actor", partner, z)
    level = "" if design.ignores else design.qualifier

    def kinds(statements):
        """Give the nearest statement of each kind."""
        found = {}
        for s in statements:
            kind = (said(coded, "concept", s), said(coded, level, s) if level else None)
            found.setdefault(kind, []).append(z[s])
        return found

    one, other = kinds(mine), kinds(theirs)
    if design.normalization == "jaccard":
        one, other = ({k: [max(v)] for k, v in kinds.items()} for kinds in (one, other))

    def inner(first, second, counts_for):
        return sum(
            math.sqrt(a * b) * counts_for(k[1], m[1])
            for k, weights in first.items()
            for m, others in second.items()
            if k[0] == m[0]
            for a in weights
            for b in others
        )

    def same(a, b):
        return float(a == b)

    tie = inner(one, other, worth(coded, design))
    if design.normalization == "none":
        return tie, 1
    if design.normalization == "average":
        return tie, (sum(z[s] for s in mine) + sum(z[s] for s in theirs)) / 2
    own, theirs = inner(one, one, same), inner(other, other, same)
    if design.normalization == "cosine":
        return tie, math.sqrt(own * theirs)
    return tie, own + theirs - inner(one, other, same)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("qualifier", ["sign", "degree", "mood"])
def test_every_network_is_the_sum_over_pairs_of_statements(kernel, qualifier):
    coded = statements(Random(f"{kernel} {qualifier}"), 40)
    base = Design(rows="actor", qualifier=qualifier)
    designs = [replace(base, aggregation=a, normalization=n) for a, n in ONE_MODE]
    designs += [
        replace(base, mode="two", aggregation=a, normalization=n)
        for a, n in TWO_MODE
        if a == "ignore" or qualifier != "mood"
    ]
    for design in designs:
        for window, found in list(smoothed(coded, design, kernel, unit="months", width=2, step=3)):
            z = weights_of(coded, kernel, window)
            right = looped(coded, design, z, found.rows, found.columns)
            assert np.allclose(found.matrix, right, rtol=0, atol=1e-9), design


@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years", "statements"])
def test_a_uniform_kernel_gives_plain_windows(unit):
    coded = statements(Random(unit), 60)
    for mode, (aggregation, normalization) in [
        *(("one", each) for each in ONE_MODE),
        *(("two", each) for each in TWO_MODE),
    ]:
        design = Design(
            mode=mode,
            rows="actor",
            qualifier="sign",
            aggregation=aggregation,
            normalization=normalization,
            duplicates="week",
            isolates=normalization == "none",
        )
        plain = list(networks(coded, design, unit, 5, 7))
        smooth = list(smoothed(coded, design, "uniform", unit=unit, width=5, step=7))
        assert len(plain) == len(smooth)
        for (window, one), (around, other) in zip(plain, smooth, strict=True):
            assert (window.start, window.middle, window.stop) == (
                around.start,
                around.middle,
                around.stop,
            )
            assert one.rows == other.rows
            assert one.statements.tolist() == other.statements.tolist()
            assert np.allclose(one.matrix, other.matrix, rtol=0, atol=1e-12)


@pytest.mark.parametrize("kernel", KERNELS)
def test_kernels_are_even_and_highest_in_the_middle(kernel):
    u = np.linspace(-5, 5, 2001)
    weights = weights_at(u, kernel)
    assert np.allclose(weights, weights[::-1])
    assert weights[1000] == weights.max() == 1
    assert (np.diff(weights[1000:]) <= 0).all()
    assert weights[-1] == 0


def test_what_a_day_counts_for_is_the_same_before_and_after():
    """A day without an hour is its noon, so that the first and the last weigh alike."""
    days = np.arange(31, dtype=np.int64) * DAY
    coded = table(
        [str(n) for n in range(31)],
        days,
        np.arange(31, dtype=np.int32),
        {
            "actor": text_variable(["a"] * 31),
            "concept": text_variable([f"{n:02}" for n in range(31)]),
            "sign": number_variable([1] * 31, "boolean"),
        },
        last=days + DAY - 1,
    )
    design = Design(mode="two", rows="actor", qualifier="sign", aggregation="ignore")
    [(_, found)] = smoothed(coded, design, "triangular", unit="months", width=1)
    assert np.allclose(found.matrix, found.matrix[:, ::-1])
    assert found.matrix[0, 15] == 1


def test_levels_that_come_up_cannot_be_weighed():
    design = Design(mode="two", rows="actor", qualifier="sign", aggregation="combine")
    with pytest.raises(UsageError, match="cannot be weighed"):
        list(smoothed(statements(Random(1), 9), design, "uniform", unit="days", width=2))
