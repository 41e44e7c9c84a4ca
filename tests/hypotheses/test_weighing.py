"""Weighed explanations against Bayes' rule in fractions, brute force, and sums by hand."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.audit import audit
from melian.case.loading import load_text
from melian.case.sound import sound
from melian.hypotheses import weigh
from melian.hypotheses.form import why_form
from melian.hypotheses.result import Strength

# The scale, typed from the directive: word, the middle of its range, one word down, one word up.
SCALE = {
    "remote": ("0.03", "0.01", "0.125"),
    "very-unlikely": ("0.125", "0.03", "0.325"),
    "unlikely": ("0.325", "0.125", "0.5"),
    "even": ("0.5", "0.325", "0.675"),
    "likely": ("0.675", "0.5", "0.875"),
    "very-likely": ("0.875", "0.675", "0.97"),
    "almost-certain": ("0.97", "0.875", "0.99"),
}

HEAD = """
title: The harbour
question: Why?
actors: {port: The port, town: The town}
concepts: {full: the harbour is full, idle: the harbour lies idle}
rules: [{excludes: [full, idle], why: It is one or the other.}]
"""
STATEMENTS = "id,actor,sign,concept\ns1,port,+,full\ns2,port,+,idle\n" + "".join(
    f"e{n},port,+,full\n" for n in range(8)
)


def why_of(hypotheses, evidence):
    lines = [HEAD, "hypotheses:"]
    lines += [f"  {name}: {{text: it is {name}, {more}}}" for name, more in hypotheses.items()]
    lines += ["evidence:", *(f"  - {{{each}}}" for each in evidence)]
    loaded = load_text("\n".join(lines), statements_csv=STATEMENTS)
    assert not [p for p in loaded.problems if p.severity == "error"], loaded.problems
    case = sound(loaded.case)
    return weigh(case, audit(case))


def likely(row):
    return "likely: {" + ", ".join(f"h{n}: {word}" for n, word in enumerate(row)) + "}"


@st.composite
def tables(draw, most_items=5, most_rivals=4):
    """A table in words, with priors in hundredths and at most one bundle."""
    rivals = draw(st.integers(2, most_rivals))
    word = st.sampled_from(list(SCALE))
    rows = draw(st.lists(st.lists(word, min_size=rivals, max_size=rivals), max_size=most_items))
    cuts = draw(st.lists(st.integers(1, 99), min_size=rivals - 1, max_size=rivals - 1, unique=True))
    edges = [0, *sorted(cuts), 100]
    priors = [Fraction(b - a, 100) for a, b in itertools.pairwise(edges)]
    bundle = draw(st.sets(st.integers(0, max(0, len(rows) - 1)), max_size=len(rows)))
    return priors, rows, sorted(bundle)


def written(priors, rows, bundle):
    hypotheses = {f"h{n}": f"about: port, prior: {float(p)}" for n, p in enumerate(priors)}
    beside = dict(zip(bundle[1:], bundle, strict=False))  # a chain, each with the one before
    evidence = [
        f"item: e{n}, {likely(row)}" + (f", with: e{beside[n]}" if n in beside else "")
        for n, row in enumerate(rows)
    ]
    return hypotheses, evidence


def power_odds(priors, rows, bundle, one, other):
    """The odds, raised to the size of the bundle so that they are a fraction; and that size."""
    size = max(1, len(bundle))
    odds = (priors[one] / priors[other]) ** size
    for n, row in enumerate(rows):
        odds *= (Fraction(row[one]) / Fraction(row[other])) ** (1 if n in bundle else size)
    return odds, size


def numbers(rows):
    return [[SCALE[word][0] for word in row] for row in rows]


def close(mine, exact, size=1):
    return math.isclose(math.log(mine) * size, math.log(exact), rel_tol=1e-9, abs_tol=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_odds_are_those_of_bayes_rule_in_fractions(made):
    priors, rows, bundle = made
    (weighing,) = why_of(*written(*made)).weighings
    ids = [h.id for h in weighing.hypotheses]
    assert len(weighing.pairs) == math.comb(len(priors), 2)
    for pair in weighing.pairs:
        one, other = ids.index(pair.one), ids.index(pair.other)
        exact = power_odds(priors, numbers(rows), bundle, one, other)
        assert close(pair.odds, *exact)
        assert close(pair.prior, priors[one] / priors[other])
        for n, bearing in enumerate(pair.bearings):
            ratio = Fraction(SCALE[rows[n][one]][0]) / Fraction(SCALE[rows[n][other]][0])
            assert close(bearing.ratio, ratio)
            rest = [row for m, row in enumerate(numbers(rows)) if m != n]
            left = [m - (m > n) for m in bundle if m != n]
            assert close(bearing.without, *power_odds(priors, rest, left, one, other))


@settings(max_examples=40, deadline=None)
@given(tables())
def test_shares_are_the_probabilities_of_rivals_one_of_which_holds(made):
    priors, rows, _ = made
    (weighing,) = why_of(*written(priors, rows, [])).weighings
    joint = list(priors)
    for row in numbers(rows):
        joint = [p * Fraction(value) for p, value in zip(joint, row, strict=True)]
    for n, (_, share, _) in enumerate(weighing.shares):
        assert math.isclose(share, joint[n] / sum(joint), rel_tol=1e-9)


@settings(max_examples=25, deadline=None)
@given(tables(most_items=2, most_rivals=3))
def test_the_joint_range_is_the_widest_that_any_moves_by_one_word_give(made):
    priors, rows, bundle = made
    (weighing,) = why_of(*written(*made)).weighings
    flat = [word for row in rows for word in row]
    width = len(priors)
    moved = [
        [values[i * width : (i + 1) * width] for i in range(len(rows))]
        for values in itertools.product(*(SCALE[word] for word in flat))
    ]
    for pair in weighing.pairs:
        one, other = int(pair.one[1:]), int(pair.other[1:])
        odds = [power_odds(priors, each, bundle, one, other)[0] for each in moved]
        size = max(1, len(bundle))
        assert close(pair.low, min(odds), size)
        assert close(pair.high, max(odds), size)
    for n, (low, _, high) in enumerate(weighing.shares):
        each = [share(priors, rows_, bundle, n) for rows_ in moved]
        assert math.isclose(low, min(each), rel_tol=1e-7)
        assert math.isclose(high, max(each), rel_tol=1e-7)


def share(priors, rows, bundle, number):
    odds = [power_odds(priors, rows, bundle, other, number) for other in range(len(priors))]
    return 1 / sum(float(each) ** (1 / size) for each, size in odds)


@settings(max_examples=40, deadline=None)
@given(tables(most_items=3, most_rivals=2))
def test_no_fewer_changes_tip_the_odds_than_those_named(made):
    priors, rows, bundle = made
    (weighing,) = why_of(*written(*made)).weighings
    (pair,) = weighing.pairs
    lead, other = (0, 1) if pair.odds >= 1 else (1, 0)
    cells = [(i, h) for i in range(len(rows)) for h in (0, 1)]

    def tipped(chosen):
        table = numbers(rows)
        for i, h in chosen:
            table[i][h] = SCALE[rows[i][h]][1 if h == lead else 2]
        return power_odds(priors, table, bundle, lead, other)[0] <= 1

    fewest = next(
        (k for k in range(len(cells) + 1) if any(map(tipped, itertools.combinations(cells, k)))),
        None,
    )
    assert (None if pair.tips is None else len(pair.tips)) == fewest
    if pair.tips:
        assert tipped([(int(c.item[1:]), int(c.hypothesis[1:])) for c in pair.tips])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(list(SCALE)), min_size=2, max_size=4))
def test_what_is_missing_is_ranked_by_the_weight_it_is_expected_to_bring(row):
    hypotheses = {f"h{n}": "about: port" for n in range(len(row))}
    same = likely(["even"] * len(row))
    why = why_of(hypotheses, [f"missing: nothing, {same}", f"missing: papers, {likely(row)}"])
    (weighing,) = why.weighings
    values = [float(SCALE[word][0]) for word in row]
    expected = 0.0
    for truth in range(len(row)):
        for outcome in (True, False):
            p = [v if outcome else 1 - v for v in values]
            others = [p[i] for i in range(len(p)) if i != truth]
            expected += p[truth] * math.log(p[truth] / (sum(others) / len(others)))
    by_name = {prospect.evidence.name: prospect for prospect in weighing.prospects}
    assert math.isclose(by_name["papers"].telling, expected / len(row), abs_tol=1e-12)
    assert by_name["nothing"].telling == pytest.approx(0)
    tellings = [prospect.telling for prospect in weighing.prospects]
    assert tellings == sorted(tellings, reverse=True)
    assert weighing.items == ()


TWO = {"torn": "about: port", "blind": "about: port"}


def test_two_items_by_hand():
    # 0.8/0.2 = 4 for torn, 0.3/0.6 = 1/2: together 2 to 1. Without the first, 1 to 2.
    why = why_of(TWO, ["item: s1, likely: {torn: 0.8, blind: 20%}",
                       "item: s2, likely: {torn: 0.3, blind: 0.6}"])  # fmt: skip
    (pair,) = why.weighings[0].pairs
    assert (pair.one, pair.other, pair.prior) == ("torn", "blind", 1)
    assert pair.odds == pytest.approx(2)
    assert [b.ratio for b in pair.bearings] == pytest.approx([4, 0.5])
    assert [b.without for b in pair.bearings] == pytest.approx([0.5, 4])
    assert [b.strength for b in pair.bearings] == [Strength.CLEARLY, Strength.LITTLE]
    # One word: 0.8 falls to 0.675 (very-likely to likely), 0.2 rises to 0.5 (unlikely to even).
    assert pair.bearings[0].low == pytest.approx(2 * 0.2 / 0.5)
    assert [(c.item, c.hypothesis, c.after) for c in pair.tips] == [("s1", "blind", 0.5)]


def test_a_prior_is_where_the_odds_start():
    why = why_of({"torn": "about: port, prior: 0.25", "blind": "about: port"},
                 ["item: s1, likely: {torn: 0.9, blind: 0.3}"])  # fmt: skip
    assert why.weighings[0].priors == (0.25, 0.75)
    assert why.weighings[0].pairs[0].odds == pytest.approx(1)
    assert why.weighings[0].pairs[0].tips == ()


def test_items_that_show_the_same_count_once_with_the_mean_of_their_weights():
    # Ratios 4 and 9 count together as 6, their geometric mean, and not as 36.
    rows = ["likely: {torn: 0.8, blind: 0.2}", "likely: {torn: 0.9, blind: 0.1}"]
    apart = why_of(TWO, [f"item: e{n}, {row}" for n, row in enumerate(rows)])
    bound = why_of(TWO, [f"item: e0, {rows[0]}", f"item: e1, {rows[1]}, with: e0"])
    assert apart.weighings[0].pairs[0].odds == pytest.approx(36)
    assert bound.weighings[0].pairs[0].odds == pytest.approx(6)
    assert bound.weighings[0].items[0].bundle == ("e0", "e1")
    assert [b.ratio for b in bound.weighings[0].pairs[0].bearings] == pytest.approx([4, 9])
    assert [b.counted for b in bound.weighings[0].pairs[0].bearings] == pytest.approx([2, 3])
    assert [b.without for b in bound.weighings[0].pairs[0].bearings] == pytest.approx([9, 4])


@pytest.mark.parametrize(
    "middle",
    [
        "item: e5, likely: {torn: 0.8, blind: 0.2}",
        "finding: {port: [full, idle]}, likely: {torn: 0.8, blind: 0.2}",
        "finding: {port: [full]}, likely: {torn: 0.1, blind: 0.9}",
        "missing: a log of the port, likely: {torn: 0.1, blind: 0.9}",
    ],
    ids=["there", "a-finding", "no-finding", "missing"],
)
def test_a_bundle_is_one_whether_or_not_what_ties_it_together_is_weighed(middle):
    # Both ends speak 4 to 1 and name only the middle, which says the same or is not there.
    end = "likely: {torn: 0.8, blind: 0.2}, with: mid"
    text = [f"item: e0, {end}", f"id: mid, {middle}", f"item: e1, {end}"]
    (pair,) = why_of(TWO, text).weighings[0].pairs
    assert pair.odds == pytest.approx(4)


def test_a_finding_is_named_by_its_claims_and_brings_its_records():
    why = why_of(TWO, ["finding: {port: [idle, full]}, likely: {torn: likely, blind: even}"])
    (item,) = why.weighings[0].items
    assert item.evidence.name == "port: idle, full"
    assert set(item.statements) == {"s1", "s2", *(f"e{n}" for n in range(8))}
    assert item.finding.kind == "exclusive_arguments"
    assert why.weighings[0].left_out == ()


def test_what_is_no_finding_is_left_out_and_named():
    text = ["finding: {port: [full]}, likely: {torn: likely, blind: even}"]
    (weighing,) = why_of(TWO, text).weighings
    assert weighing.left_out == ("port: full",)
    assert weighing.items == ()
    assert weighing.pairs[0].odds == pytest.approx(1)


def test_explanations_of_different_actors_are_not_rivals():
    four = TWO | {"old": "about: town", "poor": "about: town", "alone": "source: ''"}
    why = why_of(four, ["item: s1, likely: {torn: 0.6, blind: 0.2, old: 0.5, poor: 0.1}"])
    assert [w.about for w in why.weighings] == ["port", "town"]
    assert [w.pairs[0].odds for w in why.weighings] == pytest.approx([3, 5])


def test_as_many_items_as_one_likes_are_weighed():
    many = "id,actor,sign,concept\n" + "".join(f"m{n},port,+,full\n" for n in range(2000))
    text = HEAD + "hypotheses:\n  torn: {text: a, about: port}\n  blind: {text: b, about: port}\n"
    text += "evidence:\n" + "".join(
        f"  - {{item: m{n}, likely: {{torn: 0.99, blind: 0.01}}}}\n" for n in range(2000)
    )
    case = sound(load_text(text, statements_csv=many).case)
    (weighing,) = weigh(case, audit(case)).weighings
    assert math.isfinite(weighing.pairs[0].odds)
    assert weighing.pairs[0].odds > 1e200
    assert len(weighing.items) == 2000


def test_the_form_holds_every_number():
    why = why_of(TWO, ["item: s1, likely: {torn: 0.8, blind: 0.2}",
                       "missing: papers, likely: {torn: 0.9, blind: 0.5}"])  # fmt: skip
    (data,) = why_form(why)["weighings"]
    assert set(data) == {"about", "hypotheses", "items", "pairs", "missing", "left_out"}
    assert data["pairs"][0]["odds"] == 4
    assert data["hypotheses"][0]["share"] == 0.8
    assert data["missing"][0]["ratios"] == [
        {"for": "torn", "against": "blind", "if_found": 1.8, "if_not_found": 0.2}
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(list(SCALE)), min_size=4, max_size=4))
@pytest.mark.parametrize("what", ["item: e0", "finding: {port: [full, idle]}"])
def test_one_record_under_two_names_counts_once(what, words):
    hypotheses = {"h0": "about: port", "h1": "about: port"}
    first, second = (f"{what}, {likely(words[n : n + 2])}" for n in (0, 2))
    other = "item: e1, " + likely(["even", "likely"])
    (mine,) = why_of(hypotheses, [f"{first}, id: a", f"{second}, id: b", other]).weighings
    (told,) = why_of(hypotheses, [f"{first}, id: a", f"{second}, id: b, with: a", other]).weighings
    (pair,) = mine.pairs
    numbers_ = [Fraction(SCALE[word][0]) for word in words]
    squared = (numbers_[0] / numbers_[1]) * (numbers_[2] / numbers_[3])
    squared *= (Fraction("0.5") / Fraction("0.675")) ** 2
    assert close(pair.odds, squared, 2)
    assert pair.odds == told.pairs[0].odds
