"""Outcomes over readings against the definitions: every reading multiplied out, every state tried.

The oracle shares nothing with the code under test: it lists all readings of all actors, evaluates
each ``because`` on the literals that a reading keeps, ranks states by comparing tuples of truth
values, and looks for improvements one state at a time.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import pytest

from melian.audit.result import Audit, Commitment, Component, Reading, Standing
from melian.case.formula import And, Atom, Iff, Implies, Not, Or, Signed
from melian.case.model import (
    Actor,
    Case,
    Conflict,
    Fact,
    Option,
    Preference,
    Principle,
    Statement,
)
from melian.conflict.result import Concept
from melian.problems import TooLarge, UsageError
from melian.readings import profiles
from melian.readings.outcomes import outcomes
from melian.readings.outlook import outlook

ACTORS = ("a", "b")
PRINCIPLES = (
    "a0",
    "a1",
    "b0",
    "b1",
)  # commitments to them are bare; preferences may name an instance


def random_formula(rng, names, depth=2):
    kind = rng.choice(["atom", "not", "and", "or", "implies", "iff"]) if depth else "atom"
    if kind == "atom":
        return Atom(rng.choice(names))
    parts = tuple(random_formula(rng, names, depth - 1) for _ in range(2))
    return {
        "not": Not(parts[0]),
        "and": And(parts),
        "or": Or(parts),
        "implies": Implies(*parts),
        "iff": Iff(*parts),
    }[kind]


def named(formula, rng):
    """Put an instance behind some of the principles in a formula."""
    match formula:
        case Atom(name):
            return Atom(name, ("here",)) if name in PRINCIPLES and rng.random() < 0.5 else formula
        case Not(part):
            return Not(named(part, rng))
        case And(parts) | Or(parts):
            return type(formula)(tuple(named(part, rng) for part in parts))
        case Implies(x, y) | Iff(x, y):
            return type(formula)(named(x, rng), named(y, rng))


def random_standing(rng, actor):
    """Commitments in two components, each with a few readings, none within another."""
    names = [f"{actor}{i}" for i in range(7)]
    held = [
        Commitment(
            actor,
            Signed(Atom(name), rng.random() < 0.7),
            (Signed(Atom("fact"), rng.random() < 0.5),) if rng.random() < 0.2 else (),
            statements=(f"s-{name}",),
        )
        for name in names
    ]
    components, rest = [], held[:6]
    rng.shuffle(rest)
    for size in (2, 3):
        ids, rest = [c.id for c in rest[:size]], rest[size:]
        subsets = [frozenset(s) for n in range(size) for s in combinations(ids, n)]
        kept = rng.sample(subsets, rng.randint(2, 3))
        kept = [k for k in kept if not any(k < other for other in kept)]
        readings = tuple(Reading(k, frozenset(ids) - k) for k in kept)
        components.append(Component((f"f{size}",), tuple(ids), readings))
    return Standing(actor, tuple(held), tuple(components))


def random_case(seed):
    rng = random.Random(seed)
    options = [f"{actor}-{i}" for actor in ACTORS for i in range(2)]
    standings = {actor: random_standing(rng, actor) for actor in ACTORS}
    preferences = {
        actor: tuple(
            Preference(
                random_formula(rng, options),
                named(random_formula(rng, [f"{actor}{i}" for i in range(7)] + ["unknown"]), rng)
                if rng.random() < 0.8
                else None,
            )
            for _ in range(4)
        )
        for actor in ACTORS
    }
    conflict = Conflict(
        {o: Option(o, (o[0],), o) for o in options},
        infeasible=(And((Atom("a-0"), Atom("b-1"))),) if rng.random() < 0.3 else (),
        preferences=preferences,
    )
    facts = {Atom("fact"): Fact(Atom("fact"), value=rng.random() < 0.5)}
    principles = {name: Principle(name, ("x",), then=Atom("fact")) for name in PRINCIPLES}
    case = Case("random", actors={}, principles=principles, facts=facts, conflict=conflict)
    return case, Audit((), standings, complete=True)


def kleene(formula, literals):
    """Truth from the literals kept, by splitting off each atom: True, False or None."""
    match formula:
        case Atom(name):
            return (
                True if (name, True) in literals else False if (name, False) in literals else None
            )
        case Not(part):
            inner = kleene(part, literals)
            return None if inner is None else not inner
        case And((x, y)):
            x, y = kleene(x, literals), kleene(y, literals)
            return False if x is False or y is False else (True if x and y else None)
        case Or((x, y)):
            x, y = kleene(x, literals), kleene(y, literals)
            return (
                True if x is True or y is True else (False if x is False and y is False else None)
            )
        case Implies(x, y):
            return kleene(Or((Not(x), y)), literals)
        case Iff(x, y):
            x, y = kleene(x, literals), kleene(y, literals)
            return None if x is None or y is None else x is y


def classical(formula, state):
    match formula:
        case Atom(name):
            return name in state
        case Not(part):
            return not classical(part, state)
        case And(parts):
            return all(classical(p, state) for p in parts)
        case Or(parts):
            return any(classical(p, state) for p in parts)
        case Implies(x, y):
            return classical(y, state) or not classical(x, state)
        case Iff(x, y):
            return classical(x, state) == classical(y, state)


def all_readings(standing):
    for picked in product(*(c.readings for c in standing.components)):
        dropped = set().union(*(r.drops for r in picked))
        yield [c for c in standing.commitments if c.id not in dropped]


def preferences_held(case, actor, kept):
    fact = case.facts[Atom("fact")].value
    literals = {
        (c.claim.atom.name, c.claim.positive)
        for c in kept
        if all(g.positive == fact for g in c.conditions)
    }
    return tuple(
        w.prefer
        for w in case.conflict.preferences[actor]
        if w.because is None or kleene(w.because, literals) is True
    )


def feasible_states(conflict):
    names = list(conflict.options)
    states = [
        frozenset(n for bit, n in enumerate(names) if number >> bit & 1)
        for number in range(1 << len(names))
    ]
    return [s for s in states if not any(classical(f, s) for f in conflict.infeasible)]


def nash(conflict, preferences):
    states = feasible_states(conflict)
    own = {a: {o for o in conflict.options if o[0] == a} for a in ACTORS}
    rank = {a: {s: tuple(classical(w, s) for w in preferences[a]) for s in states} for a in ACTORS}

    def improves(actor, state):
        return any(
            other - own[actor] == state - own[actor] and rank[actor][other] > rank[actor][state]
            for other in states
        )

    return {s for s in states if not any(improves(a, s) for a in ACTORS)}


@pytest.mark.parametrize("seed", range(60))
def test_outcomes__shares_equal_all_readings_multiplied_out(seed):
    case, audit = random_case(seed)
    counts, total = Counter(), 0
    for kept in product(*(list(all_readings(audit.actors[a])) for a in ACTORS)):
        preferences = {a: preferences_held(case, a, k) for a, k in zip(ACTORS, kept, strict=True)}
        counts.update(nash(case.conflict, preferences))
        total += 1
    found = outcomes(case, audit)
    states = feasible_states(case.conflict)
    assert [set(found.taken(n)) for n in range(1, len(states) + 1)] == [set(s) for s in states]
    for number, state in enumerate(states, start=1):
        share = found.share(found.where(number, Concept.NASH))
        assert share == pytest.approx(counts[state] / total)
    assert total % found.combinations == 0


@pytest.mark.parametrize("seed", range(40))
def test_outcomes__profiles_are_told_apart_by_their_ranks(seed):
    case, audit = random_case(seed)
    found = outcomes(case, audit)
    seen = set()
    for held in found.held:
        states = feasible_states(case.conflict)
        key = []
        for actor in ACTORS:
            preferences = [case.conflict.preferences[actor][p].prefer for p in held[actor]]
            ranks = [tuple(classical(w, s) for w in preferences) for s in states]
            key.append(tuple(sorted(set(ranks)).index(r) for r in ranks))
        seen.add(tuple(key))
    assert len(seen) == len(found.held)


@pytest.mark.parametrize("seed", range(20))
def test_outlook__looks_at_every_equilibrium(seed):
    case, audit = random_case(seed)
    found = outcomes(case, audit)
    for view in outlook(found):
        for combo in range(len(found.combos)):
            stable = [
                set(found.taken(n))
                for n in found.stable(Concept.NASH)
                if found.where(n, Concept.NASH)[combo]
            ]
            assert view.taken[combo] == (bool(stable) and all(view.option in s for s in stable))
            assert view.left[combo] == (bool(stable) and all(view.option not in s for s in stable))


def test_outcomes__without_a_conflict_says_what_to_add():
    with pytest.raises(UsageError, match="add options and preferences"):
        outcomes(Case("empty"), Audit((), {}, complete=True))


def test_outcomes__too_many_contradictions_are_counted_not_listed():
    names = [f"c{i}" for i in range(20)]
    held = tuple(Commitment("a", Signed(Atom(n), p)) for n in names for p in (True, False))
    sides = tuple(
        Component(
            ("f",),
            (n, f"not {n}"),
            (
                Reading(frozenset({n}), frozenset({f"not {n}"})),
                Reading(frozenset({f"not {n}"}), frozenset({n})),
            ),
        )
        for n in names
    )
    preferences = tuple(Preference(Atom("o"), Atom(n)) for n in names)
    conflict = Conflict({"o": Option("o", ("a",), "o")}, preferences={"a": preferences})
    audit = Audit((), {"a": Standing("a", held, sides)}, complete=True)
    with pytest.raises(TooLarge, match="1,048,576 combinations"):
        outcomes(Case("wide", conflict=conflict), audit)


def wide(component_sizes):
    """An actor whose preference for o rests on the first of each component of so many readings."""
    held, parts = [], []
    for number, size in enumerate(component_sizes):
        names = [f"c{number}-{i}" for i in range(size)]
        held += [Commitment("a", Signed(Atom(n))) for n in names]
        readings = tuple(Reading(frozenset({n}), frozenset(names) - {n}) for n in names)
        parts.append(Component(("f",), tuple(names), readings))
    preferences = tuple(Preference(Atom("o"), Atom(f"c{n}-0")) for n in range(len(component_sizes)))
    conflict = Conflict({"o": Option("o", ("a",), "o")}, preferences={"a": preferences})
    standing = Standing("a", tuple(held), tuple(parts))
    return Case("wide", conflict=conflict), Audit((), {"a": standing}, complete=True)


@pytest.mark.parametrize("sizes", [(5,), (300,) * 8, (90,) * 12])
def test_outcomes__combinations_beyond_64_bits_are_counted_exactly(sizes):
    """The actor wants o in all readings but those that drop the first of every component."""
    found = outcomes(*wide(sizes))
    total = math.prod(sizes)
    indifferent = math.prod(size - 1 for size in sizes)
    assert found.combinations == total
    assert sum(found.weights) == total
    share = float(Fraction(indifferent, total))
    assert found.share(found.where(1, Concept.NASH)) == pytest.approx(share, rel=1e-12)
    assert found.share(found.where(2, Concept.NASH)) == 1


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("concept", [Concept.NASH, Concept.SIM, None])
def test_outcomes__shares_of_all_states_are_those_of_each(seed, concept):
    found = outcomes(*random_case(seed))
    shares = found.shares(concept).tolist()
    each = [found.share(found.where(n + 1, concept)) for n in range(len(shares))]
    assert shares == pytest.approx(each)
    some = [n + 1 for n, share in enumerate(shares) if share]
    assert list(found.stable(concept)) == sorted(some, key=lambda n: (-shares[n - 1], n))


def test_outcomes__an_audit_cut_short_leaves_the_outcomes_incomplete():
    case, audit = wide((3, 3))
    assert outcomes(case, audit).complete
    assert not outcomes(case, replace(audit, complete=False)).complete
    short = replace(audit.actors["a"].components[1], complete=False)
    standing = replace(audit.actors["a"], components=(audit.actors["a"].components[0], short))
    assert not outcomes(case, replace(audit, actors={"a": standing})).complete


def test_outcomes__a_decision_maker_bound_to_something_must_be_audited():
    case, audit = wide((3,))
    said = (Statement("s", "a", Signed(Atom("c0-0"))),)
    said = replace(case, actors={"a": Actor("a", "A")}, statements=said)
    assert outcomes(said, audit).combinations == 3
    with pytest.raises(UsageError, match='leaves out "a", which decides'):
        outcomes(said, replace(audit, actors={}))
    assert outcomes(case, replace(audit, actors={})).combinations == 1


def test_outcomes__work_beyond_measure_is_refused_with_its_size(monkeypatch):
    case, audit = random_case(3)
    found = outcomes(case, audit)
    answers = len(found.held) * len(found.decimals) * len(Concept)
    monkeypatch.setattr(profiles, "MOST_ANSWERS", answers)
    outcomes(case, audit)
    monkeypatch.setattr(profiles, "MOST_ANSWERS", answers - 1)
    with pytest.raises(TooLarge, match=f"{answers:,} answers.* ask for fewer concepts"):
        outcomes(case, audit)
    outcomes(case, audit, [Concept.NASH])


def test_outcomes__one_profile_is_solved_however_many_states_it_has(monkeypatch):
    case, audit = wide(())
    monkeypatch.setattr(profiles, "MOST_ANSWERS", 1)
    assert outcomes(case, audit).stable() == (1, 2)


def test_outcomes__cannot_be_written_to():
    found = outcomes(*random_case(1))
    view = outlook(found)[0]
    arrays = (found.decimals, found.weights, found.profile, found.under_all, found.mass)
    arrays += (view.taken, view.left)
    for array in (*arrays, *found.equilibria.values(), *found.still.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[..., 0] = 1
    for mapping in (found.equilibria, found.still, found.held[0]):
        with pytest.raises(TypeError, match="does not support item assignment"):
            mapping["a"] = ()


def test_outcomes__nobody_decides_so_that_every_state_stays():
    options = {name: Option(name, (), name) for name in ("o", "p")}
    case = Case("nobody", conflict=Conflict(options=options, infeasible=(Atom("p"),)))
    found = outcomes(case, Audit((), {}, complete=True))
    assert (found.combinations, found.stable(), found.held) == (1, (1, 2), ({},))
    assert found.shares().tolist() == [1, 1]
    assert [view.settled for view in outlook(found)] == [None, False]
