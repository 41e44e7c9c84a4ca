"""What beliefs can change, and what they cannot."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from types import MappingProxyType

import numpy as np
import pytest
from test_hypergame_brute_force import random_conflict

from melian.case.formula import parse
from melian.case.model import Conflict, Option, Preference
from melian.conflict.building import model
from melian.conflict.hypergame import hypergame
from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.problems import UsageError

OWN = (Concept.NASH, Concept.GMR, Concept.SMR)
NOTHING = MappingProxyType({})


def conflicts(kind, count, **changes):
    for seed in range(count):
        rnd = Random(f"{kind}/{seed}")
        yield replace(random_conflict(rnd, rnd.randint(2, 3)), **changes)


def test_beliefs_about_preferences_change_what_lasts_under_seq_and_sim_only():
    changed = dict.fromkeys(Concept, 0)
    for conflict in conflicts("beliefs", 60, unseen=NOTHING):
        found = hypergame(conflict)
        for concept in Concept:
            true = found.truth.equilibria(concept)
            changed[concept] += not np.array_equal(found.holds(concept), true)
    assert all(changed[concept] == 0 for concept in OWN)
    assert changed[Concept.SEQ] > 0
    assert changed[Concept.SIM] > 0


def test_who_is_right_about_all_expects_what_is_so():
    for conflict in conflicts("right", 20, beliefs=NOTHING, unseen=NOTHING):
        found, true = hypergame(conflict), stability(model(conflict))
        for concept in Concept:
            assert np.array_equal(found.holds(concept), true.equilibria(concept))
            assert all(np.array_equal(v.stable[concept], true.stable[concept]) for v in found.views)
        assert all(view.mistaken == () and view.sees.all() for view in found.views)


def test_to_spell_out_what_is_so_changes_nothing():
    for conflict in conflicts("spelt", 20, unseen=NOTHING):
        actors = conflict.actors
        right = {a: {b: conflict.preferences[b] for b in actors if b != a} for a in actors}
        found = hypergame(replace(conflict, beliefs=right))
        assert all(view.mistaken == () for view in found.views)


def test_a_conflict_in_which_nothing_can_be_or_nobody_decides():
    options = {"x": Option("x", ("a",), "x"), "y": Option("y", ("b",), "y")}
    nothing = hypergame(Conflict(options=options, infeasible=(parse("x or not x"),)))
    assert nothing.holds(Concept.SEQ).tolist() == []
    with pytest.raises(UsageError, match="Nobody decides in this conflict"):
        hypergame(Conflict(options={"x": Option("x", (), "x")}))


def two(**changes):
    """One may strike, the other may yield; each would rather the other did what it can."""
    options = {n: Option(n, (o,), n) for n, o in (("strike", "ann"), ("yield", "bob"))}
    wishes = {"ann": ["yield", "not strike"], "bob": ["not strike", "not yield"]}
    conflict = Conflict(
        options=options,
        status_quo=("strike",),
        preferences={a: tuple(Preference(parse(w)) for w in each) for a, each in wishes.items()},
    )
    return hypergame(replace(conflict, **changes))


def letters(found, mask):
    return [found.letters(int(place) + 1) for place in mask.nonzero()[0]]


def test_an_imagined_equilibrium_is_left_by_who_was_misread():
    found = two(beliefs={"ann": {"bob": (Preference(parse("yield")),)}})
    ann, bob = found.views
    assert (ann.mistaken, bob.mistaken) == (("bob",), ())
    assert letters(found, ann.expects(Concept.NASH)) == ["NY"]
    assert letters(found, bob.expects(Concept.NASH)) == ["NN"]
    assert letters(found, found.holds(Concept.NASH)) == ["NN"]
    assert letters(found, found.imagined(ann, Concept.NASH)) == ["NY"]
    assert letters(found, found.surprises(ann, Concept.NASH)) == ["NN"]
    told = found.prospects[Concept.NASH]
    assert list(told) == [2, 3]  # the status quo, and what ann imagines
    of_bob = told[3]["bob"][1]
    assert (of_bob.stays, of_bob.to) == (False, (1,))
    assert told[3]["ann"][1].stays


def test_a_state_that_somebody_does_not_see_is_hidden_and_not_moved_to():
    found = two(unseen={"ann": (parse("not strike"),)})
    ann, _ = found.views
    assert letters(found, ann.sees) == ["YN", "YY"]
    assert letters(found, found.holds(Concept.NASH)) == ["YN"]
    assert letters(found, found.by_error(Concept.NASH)) == ["YN"]
    assert letters(found, found.lost(Concept.NASH)) == ["NN"]
    assert letters(found, found.hidden(Concept.NASH)) == ["NN"]
