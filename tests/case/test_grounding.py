"""Which instances rules and principles are made for."""

from __future__ import annotations

import pytest

from melian.case.grounding import ground
from melian.case.loading import load_text

CASE = """
title: Islands
question: Whose are they?
period: 2020
actors: {aria: Aria, bela: Bela}
instances: {east: the East Island, west: the West Island}
concepts:
  settled(x): x is settled
  claims(y, x): y claims x
  owns(y, x): y owns x
  quiet(x): x is quiet
  rich(x): x is rich
"""


def ids(rules: str, statements: str = "", more: str = "") -> list[str]:
    text = f"{CASE}{rules}{more}"
    table = f"actor,sign,concept,because\n{statements}"
    return [rule.id for rule in ground(load_text(text, statements_csv=table).case).rules]


def test_a_rule_without_variables_stays_as_it_is() -> None:
    assert ids("rules: [{id: r, excludes: [settled(east), quiet(east)]}]") == ["r"]


def test_a_variable_stands_for_what_is_used_at_its_place() -> None:
    rule = "rules: [{id: r, for: [x], if: settled(x), then: quiet(x)}]\n"
    assert ids(rule) == []
    assert ids(rule, "aria,+,settled(west),\nbela,+,rich(east),\n") == ["r(west)"]
    assert ids(rule, "aria,+,settled(west),not quiet(east)\n") == ["r(east)", "r(west)"]


def test_several_variables_multiply_and_keep_their_places() -> None:
    rule = 'rules: [{id: r, for: [x, y], if: "claims(y, x)", then: "owns(y, x)"}]\n'
    words = 'aria,+,"claims(aria, west)",\nbela,+,"owns(bela, east)",\n'
    assert ids(rule, words) == ["r(east, aria)", "r(east, bela)", "r(west, aria)", "r(west, bela)"]


def test_what_one_rule_concludes_the_next_one_uses() -> None:
    """Nothing is said with the middle concepts; the chain must still reach from end to end."""
    rules = """
rules:
  - {id: second, for: [z], if: quiet(z), then: rich(z)}
  - {id: first, for: [x], if: settled(x), then: quiet(x)}
"""
    assert ids(rules, "aria,+,settled(west),\n") == ["second(west)", "first(west)"]


def test_an_instance_may_come_from_anywhere_in_the_case() -> None:
    rules = "rules: [{id: r, for: [x], if: settled(x), then: quiet(x)}]\n"
    assert ids(rules, more="facts: {settled(east): true}\n") == ["r(east)"]
    preferences = "{aria: [{prefer: go, because: quiet(west)}]}"
    preference = f"conflict: {{options: {{aria: {{go: go}}}}, preferences: {preferences}}}\n"
    assert ids(rules, more=preference) == ["r(west)"]
    lever = "levers: {l: {by: aria, does: go, effect: {bela: [{asserts: settled(east)}]}}}\n"
    assert ids(rules, more=lever) == ["r(east)"]
    fact = "levers: {l: {by: aria, does: go, establishes: [settled(west)]}}\n"
    assert ids(rules, more=fact) == ["r(west)"]


def test_a_principle_is_made_for_what_it_was_invoked_for() -> None:
    principle = "principles: {calm(x): {then: quiet(x)}}\n"
    (rule,) = ground(
        load_text(
            CASE + principle,
            statements_csv="actor,sign,concept,because\naria,+,rich(east),calm(west)\n",
        ).case
    ).rules
    assert (rule.id, rule.args, str(rule.then)) == ("calm(west)", ("west",), "quiet(west)")


@pytest.mark.parametrize(("limit", "made"), [(0, []), (1, ["s"]), (2, ["r(east)", "r(west)"])])
def test_what_would_be_too_many_is_left_out_and_named(limit: int, made: list[str]) -> None:
    text = """
rules:
  - {id: r, for: [x], if: settled(x), then: quiet(x)}
  - {id: s, excludes: [settled(east), settled(west)]}
"""
    case = load_text(CASE + text).case
    found = ground(case, limit)
    assert [rule.id for rule in found.rules] == made
    left_out = {"r", "s"} - {name.partition("(")[0] for name in made}
    assert {rule.id for rule in found.left_out} == left_out
    assert ground(case).left_out == ()


def test_excluded_instances_are_different_ones_and_are_excluded_once() -> None:
    rule = "rules: [{id: r, for: [x, y], excludes: [settled(x), settled(y)]}]\n"
    words = "aria,+,settled(west),\naria,+,settled(east),\n"
    assert ids(rule, words) == ["r(east, west)"]
    unequal = rule.replace("settled(y)", "quiet(y)")
    assert ids(unequal, words + "aria,+,quiet(east),\naria,+,quiet(west),\n") == [
        "r(east, east)",
        "r(east, west)",
        "r(west, east)",
        "r(west, west)",
    ]
