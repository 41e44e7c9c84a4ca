"""Rises and falls after an event: the tests by their definitions, and how often they are wrong."""

from __future__ import annotations

from datetime import date
from math import comb

import numpy as np
import pytest

from melian.discourse.networks.building import Design
from melian.discourse.statements.table import UNDATED, number_variable, table, text_variable
from melian.discourse.trends.claims import MINIMUM, claims
from melian.discourse.trends.comparing import clumped, compared, odds_ratio
from melian.discourse.trends.milestones import Event, sides
from melian.discourse.trends.subject import Subject

DESIGN = Design(rows="actor", columns="concept", qualifier="sign")
EPOCH = date(1970, 1, 1)
START = (date(2008, 1, 1) - EPOCH).days
EVENT = Event("summit", "the summit", START + 60, START + 62)
WITHIN = (START, START + 122)


def coded(rows):
    """Give statements: first day, last day, actor, concept, sign."""
    day = np.array([START + first for first, *_ in rows], dtype=np.int64)
    last = np.array([START + last for _, last, *_ in rows], dtype=np.int64)
    values = list(zip(*(row[2:] for row in rows), strict=True)) if rows else [(), (), ()]
    return table(
        [f"s{n}" for n in range(len(rows))],
        day * 86_400,
        np.arange(len(rows), dtype=np.int32),
        {
            "actor": text_variable(values[0]),
            "concept": text_variable(values[1]),
            "sign": number_variable(values[2], "boolean"),
        },
        last=last * 86_400 + 86_399,
    )


def asked(rows, subjects=(), **options):
    found = coded(rows)
    around = sides(found, np.arange(len(found)), EVENT, WITHIN, **options)
    return claims(found, DESIGN, [around], subjects)


def tail(count, of, share, least):
    """Give how likely at least, or at most, so many are."""
    inside = range(count, of + 1) if least else range(count + 1)
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in inside)


@pytest.mark.parametrize(
    ("counts", "days"),
    [((4, 5), (60, 60)), ((2, 14), (60, 60)), ((9, 3), (30, 90)), ((7, 0), (9, 9))],
)
def test_rates_are_compared_as_the_conditional_test_says(counts, days):
    before, after = counts
    even = days[1] / sum(days)
    ratio, (low, high), p = compared(counts, days)
    whole = before + after
    tails = tail(after, whole, even, least=True), tail(after, whole, even, least=False)
    assert p == pytest.approx(min(1, 2 * min(tails)))
    assert ratio == pytest.approx((after / days[1]) / (before / days[0]))
    for edge, least in ((low, True), (high, False)):
        share = edge * days[1] / (edge * days[1] + days[0])
        if 0 < share < 1:
            assert tail(after, whole, share, least) == pytest.approx(0.025)


def test_a_rate_from_nothing_has_no_upper_edge():
    ratio, (low, high), p = compared((0, 12), (10, 10))
    assert ratio == high == float("inf")
    assert low > 1
    assert p == pytest.approx(2 / 2**12)


@pytest.mark.parametrize(
    ("counts", "of"), [((3, 9), (12, 11)), ((0, 5), (20, 21)), ((7, 7), (9, 30))]
)
def test_shares_are_compared_by_all_tables_with_the_same_margins(counts, of):
    whole, some = sum(of), sum(counts)
    chance = {
        k: comb(of[0], k) * comb(of[1], some - k) / comb(whole, some)
        for k in range(max(0, some - of[1]), min(some, of[0]) + 1)
    }
    expected = sum(p for p in chance.values() if p <= chance[counts[0]] * (1 + 1e-7))
    assert odds_ratio(counts, of)[1] == pytest.approx(expected)


def spread(rng, actor, concept, sign, *many):
    """Give so many statements on random days on both sides."""
    before, after = many
    days = [*rng.integers(0, 60, before), *rng.integers(63, 123, after)]
    return [(int(day), int(day), actor, concept, sign) for day in days]


def noise(rng, many=200):
    names = rng.integers(0, 4, (many, 2))
    return [
        row
        for one, other in names.tolist()
        for row in spread(rng, f"a{one}", f"c{other}", int(rng.integers(2)), *_side(rng))
    ]


def _side(rng):
    after = int(rng.integers(2))
    return 1 - after, after


def test_what_rises_is_said_to_rise_with_all_that_backs_it():
    rng = np.random.default_rng(2)
    rows = noise(rng) + spread(rng, "russia", "join", 0, 3, 30)
    found = asked(rows)
    rate = next(c for c in found.held if c.subject.actor == "russia" and c.subject.sense == 0)
    assert (rate.measure, rate.rises, rate.general) == ("rate", True, False)
    assert (rate.before.count, rate.after.count) == (3, 30)
    assert (rate.before.days, rate.after.days) == (60, 60)
    assert rate.ratio == pytest.approx(10)
    assert rate.interval[0] > 2
    assert rate.why_not == ""
    assert rate.p < rate.corrected <= 0.05
    ours = {f"s{n}": row for n, row in enumerate(rows)}
    table_ids = coded(rows).ids
    assert set(rate.before.statements) | set(rate.after.statements) <= set(table_ids)
    assert all(ours[i][0] < 60 and ours[i][2] == "russia" for i in rate.before.statements)
    assert all(ours[i][0] > 62 and ours[i][2] == "russia" for i in rate.after.statements)
    quiet = {c.subject.actor for c in found.held if c.subject.concepts and c.subject.actor}
    assert quiet == {"russia"}


def test_several_concepts_in_one_sense_are_one_series():
    rng = np.random.default_rng(4)
    rows = spread(rng, "russia", "join", 0, 1, 9) + spread(rng, "russia", "bases", 0, 1, 9)
    rows += spread(rng, "russia", "join", 1, 8, 1) + spread(rng, "nato", "join", 0, 9, 1)
    subject = Subject("russia", ("join", "bases"), 0, name="arguments against")
    rate, share = asked(rows, [subject]).claims
    assert (rate.before.count, rate.after.count, rate.holds) == (2, 18, True)
    assert (share.measure, share.among.actor) == ("share", "russia")
    assert (share.before.of, share.after.of) == (10, 19)
    assert share.holds


def test_few_statements_are_refused_with_their_number():
    rng = np.random.default_rng(1)
    (claim,) = asked(spread(rng, "p", "x", 1, 4, 5), [Subject("p", ("x",))]).claims
    assert not claim.holds
    assert claim.p is None
    assert claim.why_not.startswith("9 statements, 4 before and 5 after: too few to tell")
    assert MINIMUM == 10


def test_statements_that_could_be_on_either_side_are_on_none_and_told():
    rng = np.random.default_rng(1)
    rows = [(0, 365, "p", "x", 1)] * 54 + spread(rng, "p", "x", 1, 3, 2)
    rows += [(91, 121, "p", "x", 1), (40, 61, "p", "x", 1)]  # a month after, one across
    found = coded(rows)
    around = sides(found, np.arange(len(found)), EVENT, WITHIN)
    assert [len(side) for side in around.rows] == [3, 3]
    assert (around.left_out.years, around.left_out.months) == (54, 1)
    (claim,) = claims(found, DESIGN, [around], [Subject("p")]).claims
    assert "54 of 61 statements are dated to the year only" in claim.why_not


def test_a_rise_of_everybody_is_no_rise_of_one():
    rng = np.random.default_rng(7)
    rows = [row for n in range(6) for row in spread(rng, f"a{n}", "x", 1, 12, 40)]
    found = asked(rows)
    rates = [c for c in found.held if c.measure == "rate"]
    assert {c.subject.label for c in rates} > {"all statements", "a0", "a5"}
    assert all(c.general for c in rates if c.subject.actor)
    assert not any(c.measure == "share" for c in found.held)


def test_what_is_said_all_on_one_day_does_not_make_a_rise():
    rows = [(20, 20, "p", "x", 1)] * 2 + [(90, 90, "p", "x", 1)] * 14
    rate = asked(rows, [Subject("p")]).claims[0]
    assert rate.p < 0.01
    assert rate.clumped > 0.05
    assert "come in clumps" in rate.why_not


def test_days_without_anything_are_days_and_the_sides_are_alike():
    found = coded([(0, 0, "p", "x", 1), (122, 122, "p", "x", 1)])
    every = np.arange(2)
    around = sides(found, every, EVENT, WITHIN)
    assert around.days == (60, 60)
    assert [len(r) for r in around.rows] == [1, 1]
    assert list(map(str, around.dates)) == ["2008-01-01", "2008-02-29", "2008-03-04", "2008-05-02"]
    shorter = sides(found, every, EVENT, WITHIN, 10)
    assert (shorter.days, shorter.left_out.count) == ((10, 10), 0)
    assert [len(r) for r in shorter.rows] == [0, 0]
    early = Event("e", "e", START, START)
    nothing = claims(found, DESIGN, [sides(found, every, early, WITHIN)], [Subject()]).claims
    assert nothing[0].why_not.startswith("no day before")


def test_an_undated_statement_is_counted_out():
    found = coded([(0, 0, "p", "x", 1)] * 3)
    found.seconds[1] = UNDATED
    around = sides(found, np.arange(3), EVENT, WITHIN)
    assert (len(around.rows[0]), around.left_out.undated) == (2, 1)


@pytest.mark.parametrize("clumps", [1, 4])
def test_where_nothing_changes_claims_are_seldom_made(clumps):
    wrong = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        rows = [row for row in noise(rng, 160 // clumps) for _ in range(clumps)]
        wrong += bool(asked(rows).held)
    assert wrong <= 8  # five of a hundred, and what chance adds


def test_the_variance_of_days_is_that_of_poisson_where_nothing_clumps():
    rng = np.random.default_rng(9)
    days = np.ones(40, dtype=np.int64)
    small = sum(
        clumped([(rng.poisson(2, 40), days), (rng.poisson(2, 40), days)], "poisson") <= 0.05
        for _ in range(400)
    )
    assert small <= 30
    blocks = [(rng.poisson(1, 40), days), (rng.poisson(3, 40), days)]
    assert clumped(blocks, "poisson") < 0.001
    assert clumped([(np.array([1]), np.array([1])), (np.array([9]), np.array([1]))], "poisson") == 1
