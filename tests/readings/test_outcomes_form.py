"""Outcomes as data, counted again from the combinations they list."""

from __future__ import annotations

import json

import pytest

from melian.audit.result import Audit, Commitment, Component, Reading, Standing
from melian.case.formula import And, Atom, Not, Or, Signed
from melian.case.model import Case, Conflict, Option, Preference
from melian.readings import conditions
from melian.readings.form import outcomes_form
from melian.readings.outcomes import outcomes


def parity(count):
    """An actor that wants o when it keeps an odd number of so many disputed claims."""
    names = [f"c{i}" for i in range(count)]
    held = [Commitment("a", Signed(Atom(n), p)) for n in names for p in (True, False)]
    sides = [({n}, {f"not {n}"}) for n in names]
    parts = tuple(
        Component(("f",), tuple(yes | no), (Reading(frozenset(yes), frozenset(no)),
                                            Reading(frozenset(no), frozenset(yes))))
        for yes, no in sides
    )  # fmt: skip
    odd = Atom(names[0])
    for name in names[1:]:
        other = Atom(name)
        odd = Or((And((odd, Not(other))), And((Not(odd), other))))
    preferences = (Preference(Atom("o"), odd), Preference(Not(Atom("o")), Not(odd)))
    conflict = Conflict({"o": Option("o", ("a",), "o")}, preferences={"a": preferences})
    standing = Standing("a", tuple(held), parts)
    return Case("parity", conflict=conflict), Audit((), {"a": standing}, complete=True)


def holds(form, alternatives, combo):
    """Whether the sides that a combination takes meet one of the alternatives."""
    kept, dropped = set(), set()
    for choice, side in zip(form["choices"], combo["sides"], strict=True):
        kept |= set(choice["sides"][side]["keeps"])
        dropped |= set(choice["sides"][side]["drops"])
    return any(
        all(c["keeps"] in kept if "keeps" in c else c["drops"] in dropped for c in alternative)
        for alternative in alternatives
    )


@pytest.mark.parametrize(("count", "longest"), [(3, 6), (3, 2), (4, 1)])
def test_outcomes_form__conditions_say_when_it_holds_also_when_the_search_is_cut(
    count, longest, monkeypatch
):
    monkeypatch.setattr(conditions, "LONGEST", longest)
    conditions._hangs_on.cache_clear()
    form = json.loads(json.dumps(outcomes_form(outcomes(*parity(count)))))
    conditions._hangs_on.cache_clear()
    assert form["complete"] == (longest >= count)
    assert [outcome["number"] for outcome in form["outcomes"]] == [1, 2]
    for outcome in form["outcomes"]:
        assert outcome["share"] == dict.fromkeys(("nash", "gmr", "smr", "seq", "sim", "all"), 0.5)
        assert outcome["hangs_on_complete"] == (longest >= count)
        for name in ("nash", "all"):
            for combo in form["combos"]:
                said = holds(form, outcome["hangs_on"][name], combo)
                assert said == (outcome["number"] in combo[name])
    assert form["holds_in_all"] == []
    assert [combo["profile"] for combo in form["combos"]].count(0) == len(form["combos"]) / 2


def test_outcomes_form__says_when_the_audit_was_cut_short():
    case, audit = parity(2)
    assert outcomes_form(outcomes(case, audit))["complete"]
    short = Audit((), audit.actors, complete=False)
    assert not outcomes_form(outcomes(case, short))["complete"]
