"""Audits of large cases, built so that the findings are known."""

from __future__ import annotations

from melian.audit import audit
from melian.audit.form import MOST_READINGS, readings_form
from melian.case.formula import Atom, Signed
from melian.case.model import Actor, Case, Rule, Statement

PARTIES = 100
THINGS = 40


def claim(name: str, *args: str, positive: bool = True) -> Signed:
    return Signed(Atom(name, args), positive)


def said(*claims: tuple[str, Signed]) -> tuple[Statement, ...]:
    return tuple(Statement(f"s{n}", actor, each) for n, (actor, each) in enumerate(claims))


def actors(*names: str) -> dict[str, Actor]:
    return {name: Actor(name, name.title()) for name in names}


def test_parties_do_not_pay_for_instances_that_they_do_not_speak_of() -> None:
    """One rule for all pairs, 1,600 instances; each party breaks it for one of them."""
    parties = [f"p{n}" for n in range(PARTIES)]
    things = [f"t{n}" for n in range(THINGS)]
    words = [(p, claim("left", things[n % THINGS])) for n, p in enumerate(parties)]
    words += [(p, claim("right", things[-1 - n % THINGS])) for n, p in enumerate(parties)]
    words += [(p, claim("calm", each)) for p in parties for each in things]
    rule = Rule("r", (claim("left", "x"), claim("right", "y")), variables=("x", "y"))
    case = Case("large", actors=actors(*parties), rules=(rule,), statements=said(*words))
    result = audit(case)
    assert result.complete
    found = {(f.actor, *(rule.id for rule in f.rules)) for f in result.findings}
    assert len(result.findings) == PARTIES
    assert found == {
        (p, f"r(t{n % THINGS}, t{THINGS - 1 - n % THINGS})") for n, p in enumerate(parties)
    }


def test_readings_are_counted_and_not_all_listed() -> None:
    claims = [claim(f"c{n}", positive=positive) for n in range(10) for positive in (True, False)]
    case = Case("sides", actors=actors("it"), statements=said(*(("it", each) for each in claims)))
    data = readings_form(audit(case))
    assert data["counts"] == {"it": 2**10}
    assert not data["complete"]
    listed = data["actors"]["it"]
    assert len(listed) == len({reading["id"] for reading in listed}) == MOST_READINGS == 100
    assert all(len(reading["keeps"]) == len(reading["drops"]) == 10 for reading in listed)
    assert [len(component["readings"]) for component in data["components"]["it"]] == [2] * 10
