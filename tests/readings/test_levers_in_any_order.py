"""Levers and preferences in any order: what is placed beside one of them stands beside them all."""

from __future__ import annotations

from melian.audit.result import Audit
from melian.case.formula import Atom
from melian.case.model import Case, Conflict, Lever, Option, Preference, PreferenceChange
from melian.readings.levers import pull

NOBODY = Audit((), {}, complete=True)


def pulled(change):
    named = {o: Option(o, ("a",), o) for o in "wxyz"}
    listed = (
        Preference(Atom("w")),
        Preference(Atom("x"), uncertain=True, group=1),
        Preference(Atom("y"), group=1),
        Preference(Atom("z"), group=1),
    )
    conflict = Conflict(named, preferences={"a": listed})
    lever = Lever("l", "a", "change", effect=(change,))
    moved = pull(Case("one", conflict=conflict), [lever]).case.conflict
    return [(str(p.prefer), p.group, p.uncertain) for p in moved.preferences["a"]]


def place(name, **beside):
    return PreferenceChange("a", Atom(name), **{k: Atom(v) for k, v in beside.items()})


def test_above_one_is_above_all():
    assert pulled(place("new", above="y"))[1:3] == [("new", 0, False), ("x", 1, True)]


def test_below_one_is_below_all():
    assert pulled(place("new", below="x"))[-2:] == [("z", 1, False), ("new", 0, False)]


def test_one_that_is_moved_has_a_place_of_its_own_and_stays_uncertain():
    assert pulled(place("x")) == [
        ("x", 0, True),
        ("w", 0, False),
        ("y", 1, False),
        ("z", 1, False),
    ]


def test_one_that_is_dropped_leaves_the_others():
    assert pulled(PreferenceChange("a", Atom("y"), "drop")) == [
        ("w", 0, False),
        ("x", 1, True),
        ("z", 1, False),
    ]
