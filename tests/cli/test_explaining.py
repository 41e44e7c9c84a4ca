"""The command why, as people and programs use it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from melian.cli.app import app

RUNNER = CliRunner()


def said(*arguments, code=0):
    result = RUNNER.invoke(app, ["why", *arguments])
    assert result.exit_code == code, result.output
    return result


def flat(text):
    return " ".join(text.split())


def test_it_says_how_far_the_evidence_leans_and_names_no_winner():
    text = flat(said("nato-russia-2008").stdout)
    assert "as coded, leans to “divided identity” over “alien concepts” by about 4.1 to 1" in text
    assert "the odds could be anything from" in text
    assert "changes by one word" in text
    assert "says nothing" in text
    assert "in life several may hold at once" in text
    assert not {"best", "wins", "winner", "proves", "true"} & set(text.lower().split())


def test_the_matrix_is_a_view_that_says_why_it_is_no_more():
    text = flat(said("nato-russia-2008", "--view", "matrix").stdout)
    assert "CC fits well" in text
    assert "So nothing here rests on it" in text
    assert "leans" not in text


def test_a_view_that_is_none_is_told():
    assert "'matrix'" in said("nato-russia-2008", "--view", "heuer", code=2).stderr


def test_what_each_means_by_a_word_follows():
    text = flat(said("nato-russia-2008").stdout)
    assert "security, as Russia and NATO mean it" in text
    assert "They share 1 of 6 parts." in text


def test_the_numbers_agree_with_each_other():
    data = json.loads(said("nato-russia-2008", "--json").stdout)
    (weighing,) = data["weighings"]
    (pair,) = weighing["pairs"]
    product = pair["prior_odds"]
    for item in pair["items"]:
        product *= item["counted_ratio"]
    assert product == pytest.approx(pair["odds"], rel=1e-4)
    low, high = pair["odds_range"]
    assert low < pair["odds"] < high
    assert all(low <= item["odds_range"][0] <= pair["odds"] for item in pair["items"])
    shares = [each["share"] for each in weighing["hypotheses"]]
    assert sum(shares) == pytest.approx(1)
    assert shares[0] / shares[1] == pytest.approx(pair["odds"], rel=1e-4)
    assert weighing["left_out"] == []
    assert data["terms"][0]["overlap"] == pytest.approx(1 / 6, abs=1e-4)


def test_a_case_without_explanations_is_told_what_to_add(tmp_path):
    (tmp_path / "case.yaml").write_text("title: a\nquestion: b\n", encoding="utf-8")
    assert "Add hypotheses: to case.yaml" in said(str(tmp_path)).stdout


def test_three_explanations_are_told_pair_by_pair(tmp_path):
    text = """title: a
question: b
hypotheses: {one: it is one, two: it is two, three: it is three}
evidence:
  - {item: dry, likely: {one: likely, two: unlikely, three: 0.2}}
  - {missing: rain, likely: {one: 0.9, two: 0.4, three: 0.4}}
concepts: {dry: it is dry}
facts: {dry: yes}
"""
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    shown = flat(said(str(tmp_path)).stdout)
    for pair in ("one against two", "one against three", "two against three"):
        assert pair in shown
    assert "it would not tell “two” from “three”" in shown
    assert "Found, it would speak a little for “one” over “two”" in shown
    assert "it would speak a little for “one” over “three”" in shown


@pytest.mark.parametrize("view", ["ratios", "matrix"])
def test_each_item_says_why_and_where_it_comes_from(tmp_path, view):
    text = """title: a
question: b
actors: {mar: Mar}
concepts: {dry: it is dry, wet: it is wet}
hypotheses:
  one: {text: it is one, why: One was seen., source: log, locator: p. 7}
  two: it is two
evidence:
  - {item: s1, likely: {one: likely, two: unlikely}, why: Ones are dry.}
  - {item: wet, likely: {one: 0.2, two: 0.4}}
  - {missing: rain, likely: {one: 0.9, two: 0.4}, why: Ones shun it.}
facts: {wet: {value: true, source: log, locator: p. 9}}
terms:
  weather:
    mar:
      - {means: [dry], when: ..2001, source: log, locator: p. 3}
      - {means: [wet], when: 2002.., note: Mar moved.}
"""
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("log: {title: The log}\n", encoding="utf-8")
    row = "id,actor,sign,concept,source,locator\ns1,mar,+,dry,log,p. 2\n"
    (tmp_path / "statements.csv").write_text(row, encoding="utf-8")
    shown = flat(said(str(tmp_path), "--view", view).stdout)
    assert "1. Ones are dry. [The log: s1, p. 2]" in shown
    assert "2. [The log: fact wet, p. 9]" in shown
    assert "One was seen." in shown
    assert "[The log, p. 7]" in shown
    assert ("Ones shun it." in shown) is (view == "ratios")
    assert "weather, as Mar (until 2001) and Mar (from 2002 on) mean it" in shown
    assert "Mar (until 2001): [The log, p. 3]" in shown
    assert "Mar (from 2002 on): Mar moved. [no source]" in shown


def test_a_finding_that_is_none_is_left_out_aloud(tmp_path):
    text = """title: a
question: b
actors: {mar: Mar}
concepts: {dry: it is dry}
hypotheses: {one: it is one, two: it is two}
evidence: [{finding: {mar: [dry]}, likely: {one: likely, two: unlikely}}]
"""
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "statements.csv").write_text("actor,sign,concept\nmar,+,dry\n", encoding="utf-8")
    assert '"mar: dry" is no finding of the audit, so it is left out.' in said(str(tmp_path)).stdout


def test_what_makes_parts_exclude_each_other_is_told_fact_and_rule(tmp_path):
    """By hand: with the treaty in force, an open bay is a free one, and no free bay is shut."""
    text = """title: a
question: b
actors: {mar: Mar, lin: Lin}
instances: {bay: the bay}
concepts:
  treaty: the treaty is in force
  open(x): x is open to all
  free(x): x is free
  shut(x): x is shut
  toll(x): x has a toll
  fished: the sea is fished
rules:
  - {for: [x], if: [treaty, open(x)], then: free(x), why: The treaty frees x.}
  - {for: [x], excludes: [free(x), shut(x)]}
  - {for: [x], excludes: [open(x), toll(x)], why: Who pays at x is not free to go there.}
facts: {treaty: yes}
terms:
  free-sea:
    mar: {means: [open(bay), fished]}
    lin: {means: [shut(bay), toll(bay), fished]}
"""
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    told = flat(said(str(tmp_path)).stdout)
    assert told.count("because") == 2
    because = (
        "It is taken as a fact that the treaty is in force. "
        "If the treaty is in force and the bay is open to all, then the bay is free. "
        "The treaty frees the bay. It cannot be both that the bay is free and that the bay is shut."
    )
    assert f"exclude each other the bay is open to all / the bay is shut because {because}" in told
    assert "because Who pays at the bay is not free to go there." in told
    # The brief says the same of it.
    brief = tmp_path / "brief.md"
    result = RUNNER.invoke(app, ["brief", str(tmp_path), "-o", str(brief)])
    assert result.exit_code == 0, result.output
    assert because in flat(brief.read_text(encoding="utf-8"))
