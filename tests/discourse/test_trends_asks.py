"""What a milestone of a case asks: the claims counted together, against a count by hand."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from scipy.stats import binomtest, fisher_exact

from melian.case.loading import load_text
from melian.case.sound import sound
from melian.discourse.networks.building import Design
from melian.discourse.statements.of_case import statements_of
from melian.discourse.trends.of_case import events_of
from melian.discourse.trends.report import Question, trends
from melian.discourse.trends.wording import refusal, sentence

SUMMIT = date(2008, 4, 3)
CASE = """title: Quay
question: Who yields?
actors:
  rena: Rena
  otto: Otto
concepts:
  fair: {text: the dues are fair}
  high: {text: the dues are high}
  safe: {text: the quay is safe}
milestones:
  summit:
    name: the summit
    date: 2008-04-03
    asks:
      - {name: Rena's complaints, actor: rena, claims: [not fair, high]}
"""


def rows_of(seed: int, after: float) -> list[tuple[str, date, str, str]]:
    """Rena complains as often after the summit as before, times a number; all else is steady."""
    rng, rows = Random(seed), []
    for day in range(-60, 61):
        when = SUMMIT + timedelta(days=day)
        if rng.random() < (0.2 if day < 0 else 0.2 * after):
            rows.append(("rena", when, *rng.choice([("-", "fair"), ("+", "high")])))
        if rng.random() < 0.3:
            rows.append((rng.choice(["rena", "otto"]), when, "+", "safe"))
        if rng.random() < 0.2:
            rows.append(("otto", when, "-", "fair"))
    return rows


def answer(rows: list[tuple[str, date, str, str]]):
    lines = [f"s{n},{who},{when},{sign},{on}" for n, (who, when, sign, on) in enumerate(rows)]
    text = "id,actor,date,sign,concept\n" + "\n".join(lines) + "\n"
    case = sound(load_text(CASE, statements_csv=text).case)
    design = Design(rows="actor", qualifier="sign")
    return trends(statements_of(case), design, Question(events=events_of(case)))


@pytest.mark.parametrize("seed", range(6))
def test_the_claims_of_an_ask_are_counted_together(seed):
    rows = rows_of(seed, after=3.0)
    found = [c for c in answer(rows).claims.claims if c.subject.claims]
    assert {claim.measure for claim in found} == {"rate", "share"}
    complaint = {("-", "fair"), ("+", "high")}
    for claim in found:
        days = claim.before.days
        assert days == claim.after.days
        for side, before in ((claim.before, True), (claim.after, False)):
            inside = [
                (n, who, (sign, on))
                for n, (who, when, sign, on) in enumerate(rows)
                if 0 < abs((when - SUMMIT).days) <= days and ((when < SUMMIT) == before)
            ]
            own = [f"s{n}" for n, who, said in inside if who == "rena" and said in complaint]
            assert sorted(side.statements) == sorted(own)
            if claim.measure == "share":
                assert side.of == sum(who == "rena" for _, who, _ in inside)
        counts = claim.before.count, claim.after.count
        if claim.p is not None and claim.measure == "rate":
            assert claim.p == pytest.approx(binomtest(counts[1], sum(counts), 0.5).pvalue)
        elif claim.p is not None:
            rest = claim.before.of - counts[0], claim.after.of - counts[1]
            assert claim.p == pytest.approx(fisher_exact([counts, rest]).pvalue)


def test_a_rise_is_said_and_no_rise_is_refused():
    risen = answer(rows_of(1, after=4.0))
    rate = next(c for c in risen.claims.claims if c.subject.claims and c.measure == "rate")
    assert rate.holds
    told = sentence(rate, risen.claims.comparisons)
    assert told.startswith("Rena's complaints: more often after the summit")
    steady = answer(rows_of(2, after=1.0))
    for claim in steady.claims.claims:
        if claim.subject.claims:
            assert not claim.holds
            assert refusal(claim).startswith("Rena's complaints")
