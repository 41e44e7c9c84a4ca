"""Which equilibria come about in which combinations, against lists of moves and of ranked tuples.

The oracle evaluates formulas itself, ranks a state by the tuple of preferences it meets, lists all
moves and walks sequences that remember who moved last; each combination of readings on its own.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from random import Random

import numpy as np
import pytest
from test_outcomes import random_case, random_formula

from melian.case.formula import And, Atom, Iff, Implies, Not, Or, parse
from melian.case.model import Conflict, Option, Preference
from melian.conflict.evolution import Moves
from melian.conflict.result import Concept
from melian.problems import UsageError
from melian.readings.evolution.form import evolution_form
from melian.readings.evolution.status_quo import status_quo_analysis
from melian.readings.evolution.steps import decisive
from melian.readings.outcomes import outcomes


def met(formula, taken):
    match formula:
        case Atom(name):
            return name in taken
        case Not(part):
            return not met(part, taken)
        case And(parts):
            return all(met(p, taken) for p in parts)
        case Or(parts):
            return any(met(p, taken) for p in parts)
        case Implies(x, y):
            return not met(x, taken) or met(y, taken)
        case Iff(x, y):
            return met(x, taken) == met(y, taken)


class Combination:
    """One combination of readings: who moves where, and what pays."""

    def __init__(self, conflict, held):
        options = list(conflict.options)
        every = [
            frozenset(o for bit, o in enumerate(options) if decimal >> bit & 1)
            for decimal in range(1 << len(options))
        ]
        can_be = [s for s in every if not any(met(f, s) for f in conflict.infeasible)]
        one = [s for s in can_be if any(met(f, s) for f in conflict.indistinguishable)]
        self.states = [s for s in can_be if s not in one[1:]]
        self.members = {s: one if one and s == one[0] else [s] for s in self.states}
        self.conflict = conflict
        self.held = {a: [ps[p] for p in held[a]] for a, ps in conflict.preferences.items()}

    def worth(self, actor, state):
        return [met(p.prefer, state) for p in self.held.get(actor, [])]

    def moves(self, actor, state, moves):
        for other in self.states:
            gains = self.worth(actor, other) > self.worth(actor, state)
            if other != state and (moves is Moves.ALL or gains):
                pairs = product(self.members[state], self.members[other])
                if any(self.can(actor, one, end) for one, end in pairs):
                    yield other

    def can(self, actor, state, other):
        own = {o for o, option in self.conflict.options.items() if actor in option.owners}
        ways, changed = self.conflict.irreversible, other ^ state
        legal = (ways.get(o) in (None, "forward" if o in other else "backward") for o in changed)
        return changed <= own and all(legal)

    def nash(self, state):
        return not any(list(self.moves(a, state, Moves.IMPROVEMENTS)) for a in self.conflict.actors)

    def fewest(self, start, moves):
        level, seen, found, count = {(start, "")}, {(start, "")}, {start: 0}, 0
        while level:
            count += 1
            level = {
                (nxt, actor)
                for state, last in level
                for actor in self.conflict.actors
                if actor != last
                for nxt in self.moves(actor, state, moves)
            } - seen
            seen |= level
            for state, _ in level:
                found.setdefault(state, count)
        return found


def analysed(seed, moves):
    case, audit = random_case(seed)
    rnd = Random(seed)
    ways = {
        o: rnd.choice(["forward", "backward"]) for o in case.conflict.options if rnd.random() < 0.2
    }
    one = random_formula(rnd, list(case.conflict.options)) if seed % 4 == 3 else None
    alike = () if one is None else (one,)
    conflict = replace(case.conflict, irreversible=ways, indistinguishable=alike)
    found = outcomes(replace(case, conflict=conflict), audit, (Concept.NASH,))
    start = rnd.randint(1, len(found.decimals))
    return conflict, found, status_quo_analysis(conflict, found, start, moves=moves)


@pytest.mark.parametrize("moves", Moves)
@pytest.mark.parametrize("batch", range(4))
def test_equilibria_come_about_where_a_search_over_lists_says_so(batch, moves):
    for seed in range(batch * 15, batch * 15 + 15):
        conflict, found, analysis = analysed(seed, moves)
        each = [Combination(conflict, held) for held in found.held]
        comes = {}
        for row, combination in enumerate(each):
            start = combination.states[analysis.start - 1]
            fewest = combination.fewest(start, moves)
            assert analysis.distance[row].tolist() == [
                fewest.get(s, -1) for s in combination.states
            ]
            for number, state in enumerate(combination.states, 1):
                if state in fewest and combination.nash(state):
                    comes.setdefault(number, set()).add(row)
        assert {a.number for a in analysis.arrivals} == comes.keys()
        for arrival in analysis.arrivals:
            assert [p in comes[arrival.number] for p in found.profile] == arrival.met.tolist()
        shares = [found.share(a.met) for a in analysis.arrivals]
        assert shares == sorted(shares, reverse=True)
        anywhere = {row for rows in comes.values() for row in rows}
        assert [p in anywhere for p in found.profile] == analysis.settled.tolist()
        ever = {n for c in each for n, s in enumerate(c.states, 1) if c.nash(s)}
        assert set(analysis.unreached) == ever - comes.keys()


@pytest.mark.parametrize("moves", Moves)
def test_routes_are_open_exactly_where_every_step_can_be_made(moves):
    routes = 0
    for seed in range(60):
        conflict, found, analysis = analysed(seed, moves)
        each = [Combination(conflict, held) for held in found.held]
        for arrival in analysis.arrivals:
            steps = [move.step for move in arrival.route.moves]
            numbers = [analysis.start, *(step.end for step in steps)]
            assert [(s.start, s.end) for s in steps] == list(pairwise(numbers))
            assert numbers[-1] == arrival.number
            assert all(a.actor != b.actor for a, b in pairwise(steps))
            is_open = [
                c.nash(c.states[arrival.number - 1])
                and all(
                    c.states[s.end - 1] in c.moves(s.actor, c.states[s.start - 1], moves)
                    for s in steps
                )
                for c in each
            ]
            assert [is_open[p] for p in found.profile] == arrival.route.open.tolist()
            lengths = [analysis.distance[p, arrival.number - 1] for p in np.flatnonzero(is_open)]
            assert len(steps) in lengths, "it is shortest somewhere"
            routes += 1
    assert routes > 60


def test_reasons_are_the_first_preference_that_tells_the_states_apart():
    reasons = 0
    for seed in range(60):
        conflict, found, analysis = analysed(seed, Moves.IMPROVEMENTS)
        for arrival in analysis.arrivals:
            for move in arrival.route.moves:
                ends = (move.step.start, move.step.end)
                before, after = (set(found.lowest(n)) for n in ends)
                if any(found.either(n) for n in ends):  # what others do is open, and not told
                    own = {
                        o for o in found.options if move.step.actor in conflict.options[o].owners
                    }
                    assert {*move.takes, *move.drops} <= own or not own & (before ^ after)
                    assert not {*move.drops} & {*found.taken(ends[1])}
                else:
                    assert (set(move.takes), set(move.drops)) == (after - before, before - after)
                weights = {}
                for place in np.flatnonzero(arrival.route.open):
                    held = found.held[found.profile[place]][move.step.actor]
                    preferences = conflict.preferences[move.step.actor]
                    given = [preferences[p] for p in held]
                    first = next(p for p in given if met(p.prefer, before) != met(p.prefer, after))
                    assert met(first.prefer, after)
                    weights[first] = weights.get(first, 0) + int(found.weights[place])
                whole = sum(weights.values())
                told = {each.preference: each.share for each in move.reasons}
                assert told == pytest.approx({p: w / whole for p, w in weights.items()})
                reasons += len(told)
    assert reasons > 60


def conflict_of_two():
    options = {o: Option(o, (o[0],), o) for o in ("ax", "by")}
    return Conflict(
        options,
        status_quo=("ax",),
        preferences={"a": (Preference(parse("by")),), "b": (Preference(parse("ax -> by")),)},
    )


def outcomes_of(conflict):
    case, audit = random_case(0)
    return outcomes(replace(case, conflict=conflict), audit, (Concept.NASH,))


def test_decisive__is_nothing_where_something_more_important_is_lost():
    preferences = [Preference(parse("a")), Preference(parse("b"))]
    assert decisive(preferences, ["b"], ["a"]) is preferences[0]
    assert decisive(preferences, ["a"], ["b"]) is None
    assert decisive(preferences, [], ["c"]) is None


def test_moves_of_any_kind_say_which_of_them_do_not_pay():
    conflict = conflict_of_two()
    analysis = status_quo_analysis(conflict, outcomes_of(conflict), moves=Moves.ALL)
    (route,) = [a.route for a in analysis.arrivals if a.number == 1]
    assert [(m.step.actor, m.pays.all(), m.reasons) for m in route.moves] == [("a", False, ())]


def test_form__counts_and_shares_add_up():
    conflict, found, analysis = analysed(3, Moves.IMPROVEMENTS)
    data = evolution_form(analysis)
    assert data["counts"]["reached"] == int((analysis.distance >= 0).any(axis=0).sum())
    assert data["start"]["options"] == found.letters(analysis.start)
    assert data["options"] == list(conflict.options)
    for each in data["equilibria"]:
        assert each["route"]["share"] <= each["share"] <= each["stable"]
        assert sum(
            r["share"] for s in each["route"]["steps"] for r in s["reasons"]
        ) == pytest.approx(len(each["route"]["steps"]), abs=1e-4)
    by_number = {each["number"]: each["share"] for each in data["reached"]}
    assert by_number[analysis.start] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"start": None}, "names no status quo"),
        ({"start": 99}, "There is no state 99"),
        ({"start": 1, "concept": Concept.SEQ}, "were not solved under seq"),
    ],
)
def test_wrong_use__is_a_sentence(arguments, words):
    conflict = replace(conflict_of_two(), status_quo=None)
    with pytest.raises(UsageError, match=words):
        status_quo_analysis(conflict, outcomes_of(conflict), **arguments)
