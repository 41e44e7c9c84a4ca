"""What is uncertain about preferences is read exactly, written back, and told when it is wrong."""

from __future__ import annotations

from fractions import Fraction

import jsonschema
import pytest
import yaml

from melian.case.loading import load_text
from melian.case.reading_preferences import Preferences
from melian.case.schema import case_schema
from melian.problems import Severity

HEAD = """title: Salt
question: Who pays?
actors: {lin: Lin}
conflict:
  options: {lin: {sail: sail, pay: pay, wait: wait, sell: sell}}
  preferences:
    lin:
"""
VALIDATOR = jsonschema.Draft202012Validator(case_schema())


def loaded(*items: str):
    text = HEAD + "".join(f"      - {item}\n" for item in items)
    return text, load_text(text)


def preferences(*items: str):
    _, found = loaded(*items)
    assert found.problems == ()
    return found.case.conflict.preferences["lin"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0.7", Fraction(7, 10)),
        (".25", Fraction(1, 4)),
        ("12.5 %", Fraction(1, 8)),
        ("2/3", Fraction(2, 3)),
        ("0", Fraction(0)),
        ("1", Fraction(1)),
        ("100%", Fraction(1)),
    ],
)
def test_probabilities_are_exact(typed: str, meant: Fraction) -> None:
    text, found = loaded(f"{{prefer: sail, probability: {typed}}}")
    assert found.problems == ()
    (preference,) = found.case.conflict.preferences["lin"]
    assert preference.probability == preference.chance == meant
    assert list(VALIDATOR.iter_errors(yaml.safe_load(text))) == []


@pytest.mark.parametrize(
    "typed",
    [
        "likely",
        "1.01",
        "-0.1",
        "101%",
        "3/2",
        "1/0",
        "1e9",
        "0.1e-9",
        "9" * 4000,
        "nan",
        "٠.٥",
        "１/２",
    ],
    ids=lambda typed: typed[:9],
)
def test_what_is_no_probability_leaves_the_preference_out(typed: str) -> None:
    text, found = loaded(f"{{prefer: sail, probability: {typed}}}", "pay")
    (problem,) = found.problems
    assert problem.code == "bad-probability"
    assert "such as 0.7, 70% or 2/3; or uncertain: true" in problem.hint
    assert (problem.location.line, problem.location.column) == (8, 37)
    assert [str(p.prefer) for p in found.case.conflict.preferences["lin"]] == ["pay"]
    if typed not in {
        "101%",
        "3/2",
        "nan",
        "0.1e-9",
    }:  # these are beyond a pattern, or a number of YAML
        assert list(VALIDATOR.iter_errors(yaml.safe_load(text))) != []


def test_uncertain_counts_as_one_half() -> None:
    sail, pay = preferences("{prefer: sail, uncertain: true}", "{prefer: pay, uncertain: false}")
    assert (sail.uncertain, sail.probability, sail.chance) == (True, None, Fraction(1, 2))
    assert (pay.uncertain, pay.chance) == (False, 1)


def test_a_preference_is_not_both_uncertain_and_likely() -> None:
    _, found = loaded("{prefer: sail, probability: 0.4, uncertain: true}", "pay")
    (problem,) = found.problems
    assert problem.code == "probability-of-uncertain"
    assert "either a probability or is uncertain" in problem.message
    assert [str(p.prefer) for p in found.case.conflict.preferences["lin"]] == ["pay"]


def test_groups_in_any_order_are_numbered_and_written_back() -> None:
    items = (
        "sail",
        "any_order: [pay, {prefer: wait, probability: 1/3}]",
        "any_order: [{prefer: not sail, why: storms}, sell]",
        "wait",
    )
    found = preferences(*items)
    assert [(str(p.prefer), p.group) for p in found] == [
        ("sail", 0),
        ("pay", 1),
        ("wait", 1),
        ("not sail", 2),
        ("sell", 2),
        ("wait", 0),
    ]
    assert Preferences().write(found) == [
        "sail",
        {"any_order": ["pay", {"prefer": "wait", "probability": "1/3"}]},
        {"any_order": [{"prefer": "not sail", "why": "storms"}, "sell"]},
        "wait",
    ]


def test_any_order_of_one_is_an_order() -> None:
    _, found = loaded("any_order: [sail]", "pay")
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("one-in-any-order", Severity.WARNING)
    assert [(str(p.prefer), p.group) for p in found.case.conflict.preferences["lin"]] == [
        ("sail", 0),
        ("pay", 0),
    ]


def test_any_order_of_too_many_is_taken_as_it_stands() -> None:
    seven = ["sail", "pay", "wait", "sell", "not sail", "not pay", "not wait"]
    assert {p.group for p in preferences(f"any_order: [{', '.join(seven)}]")} == {1}
    _, found = loaded(f"any_order: [{', '.join([*seven, 'not sell'])}]")
    (problem,) = found.problems
    assert problem.code == "too-many-orders"
    assert "at most 7 into one any_order" in problem.hint
    assert [(str(p.prefer), p.group) for p in found.case.conflict.preferences["lin"]] == [
        (each, 0) for each in [*seven, "not sell"]
    ]


def test_a_preference_and_any_order_are_told_apart() -> None:
    _, found = loaded("{prefer: sail, any_order: [pay, wait]}")
    (problem,) = found.problems
    assert (problem.code, problem.hint) == ("unknown-key", "Possible here: any_order.")
