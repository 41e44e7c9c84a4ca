"""The search among levers: what it looks at, where it stops, what it solves only once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from melian.audit import audit
from melian.case.formula import Atom, Not, parse
from melian.case.loading import load_text
from melian.case.model import Actor, Lever, Preference, PreferenceChange, Tie
from melian.conflict.result import Concept
from melian.problems import TooLarge, UsageError
from melian.readings import profiles, workings
from melian.readings.levers import beside, versions, walking
from melian.readings.levers.form import search_form
from melian.readings.levers.search import search
from melian.readings.levers.versions import Versions

CASE = """
title: The ferry
question: Will the ferry run?
actors:
  line: {name: The line}
  isle: {name: The isle}
  bank: {name: The bank}
concepts:
  profitable: the ferry pays its way
  ruinous: the ferry ruins the line
rules:
  - {excludes: [profitable, ruinous], why: What ruins does not pay.}
conflict:
  options:
    line: {run: run the ferry}
    isle: {pay: pay a fare that covers the crossing}
  preferences:
    line:
      - {prefer: run, because: profitable}
      - {prefer: not run or pay}
      - {prefer: not run}
    isle: [run, not pay]
  target: run
levers:
  accounts:
    by: bank
    does: open its accounts
    effect: {line: [{gives_up: ruinous}]}
  audit:
    by: isle
    does: have the accounts audited
    returns: accounts
    effect: {line: [{gives_up: ruinous}]}
  grant:
    by: isle
    does: vote a grant
    returns: run
    effect: {line: [{prefer: run -> pay, above: not run or pay}]}
  fares:
    by: isle
    does: promise fares
    effect: {isle: [{prefer: pay, above: not pay}, {drop: not pay}]}
  berth:
    by: isle
    does: give the ferry a berth
    returns: a quiet harbour
    effect: {line: [{prefer: run and pay, above: not run}]}
  pier:
    by: line
    does: paint the pier
"""
STATEMENTS = """id,actor,sign,concept
s1,line,+,profitable
s2,line,+,ruinous
"""


@pytest.fixture(scope="module")
def case():
    loaded = load_text(case_yaml=CASE, statements_csv=STATEMENTS)
    assert not [p for p in loaded.problems if p.severity == "error"]
    return loaded.case


def sets(found):
    return [(*pull.ids, pull.holds_in(found.measure)) for pull in found.sets]


def searched(case, target="run", **options):
    return search(case, audit(case), parse(target), **options)


def test_search__the_smallest_sets_come_first_and_what_reading_changes_counts(case):
    found = searched(case)
    assert (found.baseline.possible, found.baseline.assured) == (0.5, 0.5)
    assert sets(found) == [("accounts", 1), ("audit", 1), ("fares", "berth", 1)]
    assert found.smallest == found.sets[:2]
    assert found.idle == ("grant", "pier")
    assert found.complete


def test_search__what_no_lever_alone_does(case):
    found = searched(case, "run and pay")
    assert sets(found) == [
        ("accounts", "fares", 1),
        ("audit", "fares", 1),
        ("fares", "berth", 1),
        ("fares", 0.5),
    ]
    assert not found.gain(found.alone[0])
    assert found.gain(found.alone[3]) == 1.0


def test_search__of_what_needs_no_lever(case):
    found = searched(case, "run or not run")
    assert found.baseline.assured == 1
    assert found.sets == ()
    assert found.smallest == ()


def test_search__nothing_is_sure_where_there_is_no_equilibrium(case):
    everywhere = replace(case.conflict, infeasible=(parse("run or not run"),))
    found = search(replace(case, conflict=everywhere), audit(case), parse("run"))
    assert (found.baseline.assured, found.baseline.possible) == (0, 0)
    assert found.sets == ()


def test_search__up_to_a_size(case):
    found = searched(case, "run and pay", largest=1)
    assert dict(found.searched) == {0: 1, 1: 6}
    assert sets(found) == [("fares", 0.5)]
    assert not found.complete
    assert searched(case, largest=99).complete


def test_search__stops_before_a_size_that_takes_more_than_is_allowed(case):
    found = searched(case, work=0)
    assert dict(found.searched) == {0: 1, 1: 6}, "each lever alone is looked at in any case"
    assert not found.complete
    assert sets(found) == [("accounts", 1), ("audit", 1)]
    sizes = [max(searched(case, work=2**power).searched) for power in range(12, 30)]
    assert sizes == sorted(sizes)
    assert set(sizes) > {1, 6}


def test_search__too_many_sets_are_refused_before_any_is_solved(case):
    many = {f"l{n}": Lever(f"l{n}", "line", "wait") for n in range(40)}
    with pytest.raises(TooLarge, match=r"40 levers make 618,679,078,298 sets of up to 20"):
        searched(replace(case, levers=many), largest=20)
    with pytest.raises(UsageError, match="-1 was asked for"):
        searched(case, largest=-1)


def test_search__a_target_over_what_is_no_option(case):
    with pytest.raises(UsageError, match=r'"rnu" is not an option.* The options are run, pay'):
        searched(case, "rnu")


def test_search__sets_too_large_to_solve_are_named_and_nothing_is_claimed_of_them(
    case, monkeypatch
):
    change = PreferenceChange("line", Atom("run"), because=parse("profitable or ruinous"))
    parting = Lever("parting", "isle", "part", effect=(change,))
    levers = {"parting": parting, "pier": case.levers["pier"]}
    small = replace(case.conflict, preferences={"line": (), "isle": ()})
    monkeypatch.setattr(profiles, "MOST_COMBINATIONS", 1)
    found = searched(replace(case, levers=levers, conflict=small))
    assert found.unsolved == (("parting",), ("parting", "pier"))
    assert not found.complete
    assert [pull.ids for pull in found.alone] == [("pier",)]
    assert found.sets == ()


def test_search__a_case_too_large_as_it_stands_is_refused(case, monkeypatch):
    monkeypatch.setattr(profiles, "MOST_COMBINATIONS", 1)
    with pytest.raises(TooLarge, match="2 combinations"):
        searched(case)


def test_versions__sets_that_come_to_the_same_are_solved_once(case):
    every = Versions(case, audit(case), Concept.NASH)
    levers = case.levers
    twin = replace(levers["grant"], effect=(replace(levers["grant"].effect[0], why="so it is"),))
    first = every.pulled([levers["accounts"]])
    assert every.pulled([levers["audit"]]) is first
    assert every.pulled([levers["accounts"], levers["audit"], levers["pier"]]) is first
    assert len(every) == 1
    assert every.pulled([levers["grant"]]) is every.pulled([twin])
    assert len(every) == 2


def test_search__finds_the_same_when_nothing_is_kept(case, monkeypatch):
    whole = search_form(searched(case))
    monkeypatch.setattr(versions, "_KEPT", -1)
    monkeypatch.setattr(workings, "_KEPT", -1)
    monkeypatch.setattr(workings, "_ANSWERS", -1)
    assert search_form(searched(case)) == whole


def test_reciprocity__of_levers_and_what_is_returned(case):
    by_lever = {pull.ids[0]: pull.reciprocity for pull in searched(case).alone}
    assert by_lever["audit"].levers == ("accounts", "audit")
    assert by_lever["audit"].unjudged == ("bank",)
    assert by_lever["audit"].reciprocal is None, "the bank has no preferences to go by"
    (grant,) = by_lever["grant"].returns
    assert (grant.kind, grant.what, grant.sure_in) == ("option", "run", 0.5)
    (berth,) = by_lever["berth"].returns
    assert (berth.kind, berth.what, berth.sure_in) == ("words", "a quiet harbour", None)
    assert by_lever["pier"].reciprocal is False
    assert [b.same for b in by_lever["pier"].balances] == [1.0]


def test_reciprocity__the_isle_gains_by_an_audit_and_says_so_either_way(case):
    (audited,) = (pull for pull in searched(case).alone if pull.ids == ("audit",))
    (then,), (now,) = audited.reciprocity.balances, audited.reciprocity.present
    assert (then.giver, then.better, then.same) == ("isle", 0.5, 0.5), "the line may run anyway"
    assert (now.better, now.same) == (0.5, 0.5)


def test_reciprocity__of_dropping_what_is_perhaps_not_held_at_all(case):
    """Whether the line drops its wish to wait, or puts one to run on top of it, is the same."""
    waits = (Preference(Not(Atom("run")), probability=Fraction(7, 10)), Preference(Atom("run")))
    wanted = {"line": waits, "isle": (Preference(Atom("run")),)}
    doubtful = replace(case, conflict=replace(case.conflict, preferences=wanted))
    found = []
    for change in (
        PreferenceChange("line", Not(Atom("run")), "drop"),
        PreferenceChange("line", Atom("run")),
    ):
        levers = {"go": Lever("go", "isle", "ask", effect=(change,))}
        (pull,) = searched(replace(doubtful, levers=levers)).alone
        assert pull.assured == 1
        found.append(pull.reciprocity)
    assert found[0] == found[1]
    (isle,) = found[0].balances
    assert (isle.better, isle.same) == (0.7, 0.3), "where it held that, and where it did not"


def test_reciprocity__a_wish_that_is_moved_is_the_same_wish(case):
    """Where the line holds it, it holds it afterwards, whatever reason is given for the move."""
    doubt = Preference(Atom("run"), uncertain=True)
    wanted = {"line": (Preference(Atom("pay")), doubt, Preference(Not(Atom("run")))), "isle": ()}
    change = PreferenceChange("line", Atom("run"), above=Atom("pay"), why="It would be fair.")
    lever = Lever("move", "line", "move it", effect=(change,))
    moved = replace(
        case, levers={"move": lever}, conflict=replace(case.conflict, preferences=wanted)
    )
    (pull,) = searched(moved).alone
    assert [balance.same for balance in pull.reciprocity.balances] == [1.0]


def test_reciprocity__of_what_is_too_much_to_compare(case, monkeypatch):
    monkeypatch.setattr(beside, "MOST", 0)
    judged = {pull.ids[0]: pull.reciprocity for pull in searched(case).alone}
    assert judged["fares"] is None
    assert judged["accounts"].unjudged == ("bank",), "of whom there is nothing to compare"


def test_reciprocity__of_a_move_by_someone_who_speaks_for_a_party(case):
    envoy = Actor("envoy", "The envoy", "person", speaks_for=(Tie("isle"),))
    levers = {"audit": replace(case.levers["audit"], by="envoy", returns="")}
    spoken = replace(case, actors={**case.actors, "envoy": envoy}, levers=levers)
    (pull,) = searched(spoken).alone
    assert [balance.giver for balance in pull.reciprocity.balances] == ["isle"]
    assert pull.reciprocity.unjudged == ()


def test_form__says_what_was_searched_and_which_sets_are_smallest(case):
    form = search_form(searched(case, "run and pay"))
    assert form["searched"] == {"0": 1, "1": 6, "2": 15, "3": 20, "4": 15, "5": 6, "6": 1}
    assert form["complete"] is True
    assert form["smallest"] == [["accounts", "fares"], ["audit", "fares"], ["fares", "berth"]]
    assert form["conflicts"] < 64
    first = form["levers"][0]
    assert first["set"] == ["accounts", "fares"]
    assert (first["concept"], first["holds_in"], first["assured"]) == ("nash", 1.0, 1.0)
    assert [o["taken"] for o in first["outcomes"]] == [["run", "pay"]]
    assert first["states"] == [o["number"] for o in first["outcomes"]]
    assert first["hangs_on"] == [[]]
    fares = form["levers"][-1]
    assert fares["hangs_on"] == [[{"actor": "line", "keeps": "profitable"}]]
    assert {each["lever"]: each["changes"] for each in form["alone"]} == {
        "accounts": False,
        "audit": False,
        "grant": False,
        "fares": True,
        "berth": False,
        "pier": False,
    }
    assert form["idle"] == ["grant", "pier"]


def test_most_sets_allows_what_a_search_of_all_sizes_does():
    assert walking.MOST_SETS >= 2**16
