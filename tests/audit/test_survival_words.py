"""Which claims survive in a small dispute made up for it: told, and told why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from melian.audit.arguing.pleading import (
    argument_text,
    claim_words,
    framework_of,
    move_text,
    outcome_text,
    records_of_argument,
)
from melian.audit.arguing.survival import survival
from melian.case.dates import parse_date, parse_period
from melian.case.formula import Atom, Signed
from melian.case.formula import parse as formula
from melian.case.model import Actor, Case, Concept, Deed, Fact, Principle, Rule, Statement
from melian.case.spans import span_of


def claim(text: str) -> Signed:
    return Signed(Atom(text.removeprefix("not ")), not text.startswith("not "))


def says(number: int, who: str, what: str, because: str = "", **more) -> Statement:
    reasons = tuple(map(claim, because.split("; "))) if because else ()
    return Statement(f"s{number}", who, claim(what), because=reasons, **more)


CONCEPTS = {
    "close": ("the quay should close", "the quay should stay open"),
    "harm": ("the dredger harms the herring", "the dredger does no harm"),
    "winter": ("it is winter", "it is not winter"),
    "study": ("a study is under way", "no study is under way"),
    "herring": ("the herring is gone", "the herring is there"),
}
CASE = Case(
    "quay",
    actors={"port": Actor("port", "the port"), "fishers": Actor("fishers", "the union")},
    concepts={name: Concept(name, (), *texts) for name, texts in CONCEPTS.items()},
    rules=(
        Rule(
            "no-harm-when-gone", (), (claim("herring"),), (), formula("not harm"), strength="strict"
        ),
        Rule(
            "harm-closes",
            (),
            (claim("harm"),),
            (claim("winter"),),
            formula("close"),
            why="Whoever does harm must stop.",
        ),
    ),
    principles={"care": Principle("care", (), formula("close"), (claim("study"),), text="care")},
    statements=(
        says(1, "fishers", "harm"),
        says(2, "fishers", "close", "harm"),
        says(3, "port", "not close"),
    ),
)


def with_more(*statements: Statement, **more) -> Case:
    return replace(CASE, statements=(*CASE.statements, *statements), **more)


def fares(case: Case, party: str | None = None) -> dict[tuple[str, str], tuple[str, str]]:
    found = survival(case, party)
    assert found.complete
    return {(c.party, c.id): (str(c.grounded), c.preferred) for c in found.claims}


def test_what_rests_on_a_rule_and_what_denies_it_are_both_open() -> None:
    found = fares(CASE)
    assert found["fishers", "harm"] == ("in", "every")
    assert found["fishers", "close"] == ("undecided", "some")
    assert found["port", "not close"] == ("undecided", "some")


def test_a_party_alone_is_not_attacked_by_another() -> None:
    assert fares(CASE, "port") == {("port", "not close"): ("in", "every")}
    assert set(fares(CASE, "fishers").values()) == {("in", "every")}


def test_a_fact_defeats_the_reason_and_what_rests_on_it() -> None:
    gone = {Atom("herring"): Fact(Atom("herring"), True)}
    case = replace(CASE, facts=gone)
    found = survival(case)
    by_id = {c.id: c for c in found.claims}
    assert {name: str(c.grounded) for name, c in by_id.items()} == {
        "harm": "out",
        "close": "out",
        "not close": "in",
    }
    moves = found.dispute(by_id["close"])
    told = [f"{m.side}: {move_text(case, found, m)}" for m in moves]
    assert " ".join(told) == (
        "proponent: The union holds that the dredger harms the herring; so, the union argues, the "
        "quay should close. opponent: It is a fact that the herring is gone; so the dredger does "
        "no harm, since if the herring is gone, then the dredger does no harm."
    )
    assert found.how(moves[1].argument, moves[0].argument) == "undermine"
    assert records_of_argument(found, moves[0].argument) == ("s1", "s2")
    assert records_of_argument(found, moves[1].argument) == ("fact:herring",)
    assert outcome_text(by_id["close"]) == "is defeated"
    assert claim_words(case, by_id["not close"]) == "the quay should stay open"


def test_a_contested_fact_is_answered_by_who_contests_it() -> None:
    gone = {Atom("herring"): Fact(Atom("herring"), True, contested_by=("fishers",))}
    found = fares(replace(CASE, facts=gone))
    assert found["fishers", "harm"] == ("undecided", "some")
    assert found["fishers", "not herring"] == ("undecided", "some")
    assert fares(replace(CASE, facts=gone), "fishers")["fishers", "harm"] == ("in", "every")


def test_an_exception_undercuts_the_rule_and_nothing_else() -> None:
    """With winter a fact, only the fishers' own inference is left against the port."""
    deed = Deed("d1", "fishers", "anchor", shows=(claim("harm"),))
    case = replace(CASE, statements=CASE.statements[2:], deeds=(deed,))
    assert fares(case)["port", "not close"] == ("undecided", "some")
    winter = replace(case, facts={Atom("winter"): Fact(Atom("winter"), True)})
    assert fares(winter)["port", "not close"] == ("in", "every")
    found = survival(winter)
    (not_close,) = [c for c in found.claims if c.party == "port"]
    attack, answer = found.dispute(not_close)[1:3]
    assert argument_text(winter, found, attack.argument) == (
        "the union acts as though the dredger harms the herring; "
        "so the quay should close (whoever does harm must stop)"
    )
    assert found.how(answer.argument, attack.argument) == "undercut"
    assert found.how(attack.argument, not_close.arguments[0]) == "rebut"


def test_who_only_acts_does_not_hold() -> None:
    """Of two that show one thing, one by words and one by a deed alone."""
    deed = Deed("d1", "port", "dredge by day", shows=(claim("harm"),))
    case = replace(CASE, statements=(says(1, "fishers", "harm"),), deeds=(deed,))
    found = survival(case)
    (number,) = {n for c in found.claims if c.claim == claim("harm") for n in c.arguments}
    assert argument_text(case, found, number) == (
        "the union holds that the dredger harms the herring, and the port acts as though it were so"
    )
    both = replace(case, statements=(*case.statements, says(2, "port", "harm")))
    found = survival(both)
    (number,) = {n for c in found.claims if c.claim == claim("harm") for n in c.arguments}
    words = argument_text(both, found, number)
    assert words == "the union and the port hold that the dredger harms the herring"


def test_who_denies_a_principle_attacks_its_use() -> None:
    study = {Atom("study"): Fact(Atom("study"), True)}
    used = with_more(says(4, "fishers", "close", "care"), facts=study)
    assert fares(used)["fishers", "care"] == ("in", "every")
    denied = with_more(
        says(4, "fishers", "close", "care"), says(5, "port", "not care"), facts=study
    )
    found = survival(denied)
    (care,) = [c for c in found.claims if c.id == "care"]
    assert str(care.grounded) == "undecided"
    text = argument_text(denied, found, care.attackers[0])
    assert text == "the port holds that it is not the case that care"


def test_what_was_taken_back_is_no_longer_argued_with() -> None:
    first = says(4, "port", "not harm", date=parse_date("2031-03"))
    later = says(5, "port", "harm", date=parse_date("2031-06"), retracts=("s4",))
    case = with_more(first, later)
    assert fares(case)["fishers", "harm"] == ("in", "every")
    then = survival(case, moment=span_of(parse_period("2031-04")))
    assert {c.id: str(c.grounded) for c in then.claims}["harm"] == "undecided"


def test_the_same_claim_of_two_parties_on_the_same_grounds_is_one_argument() -> None:
    case = with_more(says(4, "port", "harm"))
    found = survival(case)
    mine, theirs = (c for c in found.claims if c.id == "harm")
    assert mine.arguments == theirs.arguments
    assert (mine.records, theirs.records) == (("s1", "s2"), ("s4",))
    text = argument_text(case, found, mine.arguments[0])
    assert text == "the union and the port hold that the dredger harms the herring"


def test_a_framework_names_its_arguments_and_says_what_they_are() -> None:
    framework, texts = framework_of(CASE)
    assert set(texts) == set(framework.arguments)
    index = {text: number for number, text in enumerate(texts.values())}
    port = index["the port holds that the quay should stay open"]
    assert any(b == port for _, b in framework.attacks)


@pytest.mark.parametrize("party", [None, "port"])
def test_nothing_said_nothing_claimed(party: str | None) -> None:
    found = survival(replace(CASE, statements=()), party)
    assert found.claims == ()
    assert found.complete
