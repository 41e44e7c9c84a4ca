"""Agendas of statements: shares by hand, claims that hold and those that do not."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from melian.discourse.agenda.claims import ALPHA
from melian.discourse.agenda.form import agendas_form
from melian.discourse.agenda.result import agendas
from melian.discourse.networks.building import Design
from melian.discourse.resampling import Resampling
from melian.discourse.statements.table import UNDATED, number_variable, table, text_variable
from melian.discourse.statistics.proportions import fisher, wilson
from melian.problems import UsageError

DESIGN = Design(
    mode="two", rows="actor", qualifier="sign", aggregation="subtract", duplicates="include"
)
DAY = 86_400


def statements(lines, documents=None, days=None):
    """Give a table of (actor, concept, scope)."""
    size = len(lines)
    seconds = [0] * size if days is None else [UNDATED if d is None else d * DAY for d in days]
    numbers = range(size) if documents is None else documents
    return table(
        [f"s{n}" for n in range(size)],
        np.array(seconds, dtype=np.int64),
        np.array(list(numbers), dtype=np.int32),
        {
            "actor": text_variable([line[0] for line in lines]),
            "concept": text_variable([line[1] for line in lines]),
            "scope": text_variable([line[2] for line in lines]),
            "sign": number_variable([1] * size, "boolean"),
        },
    )


def lines(actor, regional, world, uncoded=0, concept="c"):
    return [
        *[(actor, concept, "regional")] * regional,
        *[(actor, concept, "global")] * world,
        *[(actor, concept, "")] * uncoded,
    ]


def scope(found, actor):
    return next(each for each in found.actors if each.actor == actor).aspects[0]


BY = Resampling(unit="statements")


def test_shares_are_of_what_is_coded_and_the_rest_is_counted_apart() -> None:
    found = agendas(statements(lines("A", 12, 4, 9) + lines("B", 1, 2, 3)), DESIGN, by=BY)
    own = scope(found, "A")
    assert (own.statements, own.coded, own.uncoded) == (25, 16, pytest.approx(9 / 25))
    assert {each.value: each.count for each in own.shares} == {"regional": 12, "global": 4}
    for each in own.shares:
        assert each.share == each.count / 16
        assert each.interval == wilson(each.count, 16)
    few = scope(found, "B")
    assert (few.statements, few.coded, few.shares, few.enough) == (6, 3, (), False)
    assert found.all.aspects[0].coded == 19


def test_a_difference_that_holds_names_who_and_the_statements() -> None:
    found = agendas(statements(lines("A", 30, 2) + lines("B", 8, 12)), DESIGN, by=BY)
    claim = next(each for each in found.differences if each.aspect == "scope")
    p, _ = fisher((30, 32), (8, 20))
    assert claim.holds
    assert (claim.value, claim.more.actor, claim.less.actor) == ("regional", "A", "B")
    assert (claim.more.count, claim.more.coded) == (30, 32)
    assert (claim.less.count, claim.less.coded) == (8, 20)
    assert claim.p == pytest.approx(p)
    assert claim.corrected is not None
    assert claim.corrected >= p
    assert claim.statements == tuple(f"s{n}" for n in range(30))
    assert claim.difference is not None
    assert 0 < claim.difference.low < 30 / 32 - 8 / 20 < claim.difference.high


def test_few_statements_say_nothing() -> None:
    found = agendas(statements(lines("A", 31, 1) + lines("B", 1, 3)), DESIGN, by=BY)
    claim = next(each for each in found.differences if each.aspect == "scope")
    assert (claim.verdict, claim.p, claim.corrected) == ("too few", None, None)
    assert "only 4 are coded" in claim.why
    small = agendas(statements(lines("A", 5, 0) + lines("B", 6, 1)), DESIGN, by=BY)
    claim = next(each for each in small.differences if each.aspect == "scope")
    assert (claim.verdict, claim.p) == ("too few", None)  # no outcome has a p below 0.05
    assert "nothing could have told" in claim.why


def test_what_one_document_says_does_not_hold_where_documents_are_drawn() -> None:
    said = lines("A", 20, 0) + lines("A", 0, 12) + lines("B", 8, 24)
    documents = [0] * 20 + list(range(1, 13)) + list(range(20, 52))
    whole = statements(said, documents=documents)
    alone = agendas(whole, DESIGN, by=BY)
    drawn = agendas(whole, DESIGN, by=Resampling(times=500))
    one = next(each for each in alone.differences if each.aspect == "scope")
    other = next(each for each in drawn.differences if each.aspect == "scope")
    assert one.holds
    assert (other.verdict, other.p) == ("not told apart", one.p)
    assert other.why == "the interval of the difference holds zero"
    assert drawn.resampling.unit == "documents"


def test_intervals_of_draws_are_those_drawn_by_hand() -> None:
    rng = np.random.default_rng(9)
    said = [("A", "c", rng.choice(["regional", "global", ""])) for _ in range(120)]
    documents = rng.integers(0, 15, size=120)
    whole = statements(said, documents=documents.tolist())
    by = Resampling(times=300, seed=4)
    found = scope(agendas(whole, DESIGN, by=by), "A")
    order = whole.documents
    values = whole.variable("scope")
    again, shares = np.random.default_rng(4), []
    for _ in range(300):
        times = np.bincount(again.integers(15, size=15), minlength=15)[order]
        names = [values.levels[code] if code >= 0 else "" for code in values.codes.tolist()]
        total = sum(t for t, name in zip(times, names, strict=True) if name)
        own = sum(t for t, name in zip(times, names, strict=True) if name == "regional")
        shares.append(own / total)
    low, high = np.percentile(shares, [2.5, 97.5])
    told = next(each for each in found.shares if each.value == "regional")
    score = wilson(told.count, found.coded)
    assert told.interval.low == pytest.approx(min(low, score.low))
    assert told.interval.high == pytest.approx(max(high, score.high))


def test_one_source_draws_statements_and_says_so() -> None:
    found = agendas(statements(lines("A", 9, 9), documents=[3] * 18), DESIGN)
    assert (found.wanted, found.resampling.unit) == ("documents", "statements")


def test_a_false_difference_hardly_ever_holds() -> None:
    rng, false = np.random.default_rng(6), 0
    for _ in range(60):
        said = [
            (rng.choice(list("ABCD")), rng.choice(list("uvwxyz")), rng.choice(["near", "far"]))
            for _ in range(160)
        ]
        found = agendas(statements(said), DESIGN, by=BY)
        false += any(each.holds for each in found.differences)
    assert false <= 60 * ALPHA + 2


def test_an_issue_is_compared_with_all_others() -> None:
    said = lines("A", 9, 0, concept="x") + lines("A", 11, 0, concept="y")
    said += lines("B", 20, 0, concept="y") + lines("C", 20, 0, concept="y")
    found = agendas(statements(said), DESIGN, by=BY, most=2)
    holding = [each for each in found.differences if each.holds and each.aspect == "concept"]
    assert next((e.value, e.more.actor, e.less.actor) for e in holding) == ("x", "A", "")
    assert (holding[0].less.count, holding[0].less.coded) == (0, 40)
    assert found.others == 1


def test_periods_follow_each_other_and_changes_hold() -> None:
    said = lines("A", 20, 2) + lines("A", 3, 19) + lines("A", 5, 0)
    days = [5] * 22 + [40] * 22 + [None] * 5
    found = agendas(statements(said, days=days), DESIGN, unit="months", by=BY)
    assert [str(each.period[0]) for each in found.periods if each.period] == [
        "1970-01-01",
        "1970-02-01",
    ]
    assert [each.statements for each in found.periods] == [22, 22]
    assert found.undated == 5
    assert found.all.statements == 49
    changes = [each for each in found.changes if each.holds]
    assert [(e.value, e.more.period, e.less.period) for e in changes] == [("global", 1, 0)]
    assert [own.statements for own in found.over_time[0]] == [22, 22]


def test_the_same_again_counts_once_unless_something_else_is_coded() -> None:
    said = [("A", "c", "regional")] * 3 + [("A", "c", "global")] + [("A", "d", "")] * 2
    once = agendas(
        statements(said, documents=[0] * 6), replace(DESIGN, duplicates="document"), by=BY
    )
    assert once.all.statements == 3
    by_scope = replace(DESIGN, columns="scope", duplicates="document")
    found = agendas(statements(said, documents=[0] * 6), by_scope, by=BY)
    assert (found.all.statements, found.all.unnamed) == (3, 1)
    assert found.all.aspects == ()


def test_overlaps_are_given_where_both_say_enough() -> None:
    said = lines("A", 15, 0, concept="x") + lines("B", 15, 0, concept="y")
    said += lines("C", 3, 0, concept="x") + lines("D", 15, 0, concept="x")
    found = {(each.one, each.other): each for each in agendas(statements(said), DESIGN).overlaps}
    assert found["A", "B"].overlap == 0
    assert found["A", "B"].differ
    assert found["A", "D"].overlap == 1
    assert not found["A", "D"].differ
    assert found["A", "C"].overlap is None
    assert found["A", "C"].p is None


def test_the_form_is_plain_and_the_same_for_the_same_seed() -> None:
    said = statements(lines("A", 12, 4, 9) + lines("B", 6, 6), days=list(range(37)))
    forms = [
        json.dumps(agendas_form(agendas(said, DESIGN, unit="months", by=Resampling(times=40))))
        for _ in range(2)
    ]
    assert forms[0] == forms[1]
    assert json.loads(forms[0])["all"]["aspects"][0]["uncoded"] == pytest.approx(9 / 37)


def test_empty_tables_and_too_many_periods_are_told() -> None:
    with pytest.raises(UsageError, match="No statement counts"):
        agendas(statements([]), DESIGN)
    many = statements(lines("A", 70, 0), days=list(range(70)))
    with pytest.raises(UsageError, match="--by year"):
        agendas(many, DESIGN, unit="days")
    alone = agendas(statements([("A", "c", "")]), DESIGN)
    assert (alone.differences, alone.overlaps, alone.all.aspects) == ((), (), ())
