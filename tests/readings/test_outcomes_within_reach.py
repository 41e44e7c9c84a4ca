"""Outcomes are what can come about: equilibria that moves lead to, against a walk over all moves.

The oracle lists every state that one actor can bring about from another, option by option, and
walks from the status quo. What is an equilibrium at all is asked without a status quo.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from random import Random
from types import MappingProxyType

import numpy as np
import pytest
from typer.testing import CliRunner

from melian.audit.engine import audit
from melian.case.formula import And, Atom, Iff, Not, Or, parse, truth
from melian.case.model import Actor, Case, Conflict, Lever, Option, Preference
from melian.cli.app import app
from melian.conflict.evolution import Moves
from melian.conflict.result import Concept
from melian.problems import UsageError
from melian.readings.draws.drawing import draw
from melian.readings.draws.form import draws_form
from melian.readings.evolution.status_quo import status_quo_analysis
from melian.readings.form import outcomes_form
from melian.readings.levers.drawing import search_draws
from melian.readings.levers.versions import Versions
from melian.readings.outcomes import outcomes
from melian.readings.outlook import outlook
from melian.workers import serial

NAMES = tuple("pqrst")


def formula(rnd, depth=2):
    if not depth or rnd.random() < 0.3:
        atom = Atom(rnd.choice(NAMES))
        return atom if rnd.random() < 0.5 else Not(atom)
    parts = (formula(rnd, depth - 1), formula(rnd, depth - 1))
    return rnd.choice([And(parts), Or(parts), Iff(*parts)])


def random_case(rnd):
    owners = {n: tuple(a for a in "ab" if rnd.random() < 0.5) for n in NAMES}
    preferences = {
        a: tuple(Preference(formula(rnd), uncertain=rnd.random() < 0.5) for _ in range(3))
        for a in "ab"
    }
    conflict = Conflict(
        options=MappingProxyType({n: Option(n, owners[n], n) for n in NAMES}),
        infeasible=tuple(formula(rnd, 1) for _ in range(rnd.choice([0, 1, 2]))),
        irreversible=MappingProxyType(
            {n: rnd.choice(["forward", "backward"]) for n in NAMES if rnd.random() < 0.3}
        ),
        indistinguishable=tuple(formula(rnd, 1) for _ in range(rnd.choice([0, 0, 1]))),
        preferences=MappingProxyType(preferences),
        target=formula(rnd),
        status_quo=tuple(n for n in NAMES if rnd.random() < 0.5),
    )
    return Case("c", actors=MappingProxyType({a: Actor(a, a) for a in "ab"}), conflict=conflict)


def holds(of, state):
    return truth(of, lambda atom: atom.name in state)


def feasible(conflict, state):
    return not any(holds(each, state) for each in conflict.infeasible)


def alike(conflict, state):
    """Give the states that count as one with a state, itself among them."""
    every = [frozenset(n for n, t in zip(NAMES, row, strict=True) if t)
             for row in product([False, True], repeat=len(NAMES))]  # fmt: skip
    one = [each for each in conflict.indistinguishable if holds(each, state)]
    return {state, *(s for s in every if feasible(conflict, s) and any(holds(f, s) for f in one))}


def ends(conflict, state):
    """Give where anybody can move from a state."""
    for actor in "ab":
        own = [n for n in NAMES if actor in conflict.options[n].owners]
        for row in product([False, True], repeat=len(own)):
            end = state.difference(own) | {n for n, t in zip(own, row, strict=True) if t}
            taken = {conflict.irreversible.get(n) for n in end - state}
            dropped = {conflict.irreversible.get(n) for n in state - end}
            if "backward" not in taken and "forward" not in dropped and feasible(conflict, end):
                yield end


def walked(conflict):
    found, left = set(), [frozenset(conflict.status_quo)]
    while left:
        for state in alike(conflict, left.pop()) - found:
            found.add(state)
            left += ends(conflict, state)
    return found


def without_status_quo(case):
    return replace(case, conflict=replace(case.conflict, status_quo=None))


def asked(seed):
    """Give a case, and which of its states can come about, or None where there is no beginning."""
    case = random_case(Random(seed))
    if not feasible(case.conflict, frozenset(case.conflict.status_quo)):
        return case, None
    return case, walked(case.conflict)


def within(result, can_be):
    states = [frozenset(n for i, n in enumerate(NAMES) if d >> i & 1) for d in result.decimals]
    return np.array([state in can_be for state in states], bool)


@pytest.mark.parametrize("batch", range(4))
@pytest.mark.parametrize("spread", [None, serial], ids=["at once", "in pieces"])
def test_what_no_moves_lead_to_is_left_out_and_counted(batch, spread):
    cut = 0
    for seed in range(40):
        case, can_be = asked(f"{batch}/{seed}")
        found = outcomes(case, audit(case), spread=spread)
        every = outcomes(without_status_quo(case), audit(case))
        reach = np.ones(len(found.decimals), bool) if can_be is None else within(found, can_be)
        assert found.reach.tolist() == reach.tolist()
        for concept in Concept:
            table = every.equilibria[concept]
            assert np.array_equal(found.equilibria[concept], table & reach)
            assert np.array_equal(found.beyond[concept], table.any(axis=0) & ~reach)
            cut += int(found.beyond[concept].sum())
        told = outcomes_form(found)["cannot_come_about"]
        assert told == {c.value: int(found.beyond[c].sum()) for c in Concept}
    assert cut > 20


def test_a_sample_leaves_out_the_same():
    cut = 0
    for seed in range(60):
        case, can_be = asked(f"sample/{seed}")
        if can_be is None:
            continue
        found = draw(case, audit(case), draws=40)
        every = draw(without_status_quo(case), audit(case), draws=40)
        reach = within(found, can_be)
        for concept in Concept:
            assert np.array_equal(found.stable[concept], every.stable[concept] * reach)
            beyond = (every.stable[concept] > 0) & ~reach
            assert np.array_equal(found.beyond[concept], beyond)
            assert draws_form(found)["cannot_come_about"][concept] == beyond.sum()
            cut += int(beyond.sum())
        assert not (found.possible and not (found.stable[Concept.NASH] > 0).any())
    assert cut > 20


def conflict_case(**kept):
    """Russia has left for good, and would take that back if it could."""
    conflict = Conflict(
        options=MappingProxyType({n: Option(n, ("a",) if n in "pr" else (), n) for n in "pqr"}),
        preferences=MappingProxyType({"a": (Preference(parse("p")),)}),
        target=parse("p"),
        **kept,
    )
    return Case("c", actors=MappingProxyType({"a": Actor("a", "a")}), conflict=conflict)


def test_an_option_of_nobody_stays_as_it_is_and_one_taken_for_good_is_sure():
    case = conflict_case(irreversible=MappingProxyType({"r": "forward"}), status_quo=("r",))
    (p, q, r) = outlook(outcomes(case, audit(case)))
    assert p.taken.all()
    assert q.left.all()
    assert r.taken.all()
    sampled = draw(case, audit(case), draws=10)
    assert sampled.sure.tolist() == [10, 0, 10]
    assert sampled.ruled_out.tolist() == [0, 10, 0]
    assert sampled.assured == 10


def test_a_lever_that_makes_a_state_feasible_changes_what_can_come_about():
    shut = parse("p and not q")  # and q is nobody's
    case = conflict_case(infeasible=(shut,), status_quo=("r",))
    lever = Lever("open", by="a", does="open it", allows=(shut,))
    versions = Versions(case, audit(case), Concept.NASH)
    for levers, possible in ([], False), ([lever], True), ([], False):
        found = versions.pulled(levers).outcomes
        target = found.satisfying(case.conflict.target).some
        assert (found.equilibria[Concept.NASH] & target).any() == possible


def test_levers_in_a_sample_bring_about_what_can_come_about_only():
    shut = parse("p and not q")
    lever = Lever("open", by="a", does="open it", allows=(shut,))
    case = replace(conflict_case(infeasible=(shut,), status_quo=("r",)), levers={"open": lever})
    found = search_draws(case, audit(case), parse("p"), measure="possible", draws=20)
    assert found.baseline.possible.count == 0
    assert found.alone[0].possible.count == 20


def test_who_begins_elsewhere_says_so_when_solving():
    case = conflict_case(irreversible=MappingProxyType({"p": "forward"}), status_quo=("p",))
    found = outcomes(case, audit(case))
    with pytest.raises(UsageError, match=r"No moves lead to state 1 from the status quo"):
        status_quo_analysis(case.conflict, found, 1)
    free = without_status_quo(case)
    found = outcomes(free, audit(free))
    ahead = status_quo_analysis(free.conflict, found, 1, moves=Moves.ALL)
    assert sorted(each.number for each in ahead.arrivals) == [2, 6]
    assert ahead.unreached == (4, 8)


CASE = """
title: The deal
question: Will it hold?
actors: {north: North, south: South}
conflict:
  options:
    north: {leave: leave the deal}
    south: {ship: ship all the same}
  irreversible: {leave: forward}
  status_quo: [leave]
  preferences:
    north: [not leave]
    south: [ship]
"""


def run(tmp_path, *args):
    path = tmp_path / "case.yaml"
    path.write_text(CASE, "utf-8")
    result = CliRunner().invoke(app, [args[0], str(tmp_path), *args[1:]])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_people_are_told_what_is_left_out(tmp_path):
    told = " ".join(run(tmp_path, "outcomes").split())
    assert "4 leave, ship 100% 100%" in told
    assert "Left out: 1 Nash equilibrium that no moves" in told
    assert "Left out: 1" in run(tmp_path, "outcomes", "--draws", "5")
    assert json.loads(run(tmp_path, "outcomes", "--json"))["cannot_come_about"]["nash"] == 1
    run(tmp_path, "brief", "-o", str(tmp_path / "brief.md"))
    brief = " ".join((tmp_path / "brief.md").read_text("utf-8").split())
    assert (
        "One more Nash equilibrium is left out: no moves, in whatever number, lead to it" in brief
    )
    assert "North would leave the deal" in brief


def test_evolution_from_a_state_that_cannot_come_about_tells_what_does_from_there(tmp_path):
    told = json.loads(run(tmp_path, "evolution", "--start", "NN", "--json"))
    assert [each["options"] for each in told["equilibria"]] == ["NY"]
    assert [each["options"] for each in told["unreached"]] == ["YY"]  # no one would, if one could
    from_now = json.loads(run(tmp_path, "evolution", "--json"))
    assert [each["options"] for each in from_now["equilibria"]] == ["YY"]
    assert [each["options"] for each in from_now["unreached"]] == ["NY"]
