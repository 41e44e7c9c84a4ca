"""The search among levers against the definitions: every set, every reading, every state, in loops.

The oracle shares nothing with the code under test. It applies levers to plain lists, finds readings
by trying all subsets of an actor's claims, ranks states by tuples of truth values, looks for moves
one state at a time, and compares every set of levers with all its parts.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import chain, combinations, compress, product
from math import prod
from operator import and_

import pytest

from melian.audit import audit
from melian.case.formula import And, Atom, Not, Or, Signed
from melian.case.model import (
    Actor,
    Case,
    CommitmentChange,
    Conflict,
    Fact,
    Lever,
    Option,
    Preference,
    PreferenceChange,
    Rule,
    Statement,
)
from melian.case.model import Concept as Proposition
from melian.conflict.result import Concept
from melian.readings.levers.search import search

ACTORS = ("a", "b")
OPTIONS = ("a-0", "a-1", "b-0", "b-1")
CLAIMS = ("p", "q", "r", "s")
FACTS = ("f", "g")
KINDS = (
    "place",
    "place",
    "beside",
    "drop",
    "gives-up",
    "asserts",
    "establishes",
    "rules-out",
    "allows",
)


def literal(rng, names):
    atom = Atom(rng.choice(names))
    return atom if rng.random() < 0.5 else Not(atom)


def signed(claim):
    return Signed(claim.part, positive=False) if isinstance(claim, Not) else Signed(claim)


def over_options(rng):
    one, other = literal(rng, OPTIONS), literal(rng, OPTIONS)
    return rng.choice([one, one, And((one, other)), Or((one, other))])


def reason(rng, claims):
    """Give what a preference rests on: mostly a claim that its actor makes, or nothing."""
    one = rng.choice(claims) if rng.random() < 0.8 else literal(rng, CLAIMS)
    other = literal(rng, CLAIMS)
    return rng.choice([one, one, one, Or((one, other)), And((one, other)), None, None])


def random_claims(rng):
    """Give what each actor says, so that it often contradicts itself."""
    every = [c for name in CLAIMS for c in (Atom(name), Not(Atom(name)))]
    return {actor: rng.sample(every, k=5) for actor in ACTORS}


def random_lever(rng, number, conflict, claims):
    """Give a lever with one or two changes of any kinds."""
    effect, establishes, rules_out, allows = [], (), (), ()
    for kind in rng.sample(KINDS, k=rng.choice([1, 1, 2])):
        actor = rng.choice(ACTORS)
        known = [p.prefer for p in conflict.preferences[actor]]
        own = literal(rng, [option for option in OPTIONS if option[0] == actor])
        prefer = rng.choice([*known, own, own, over_options(rng)])
        beside = rng.choice([p for p in [*known, over_options(rng)] if p != prefer] or [Atom("x")])
        claim = signed(rng.choice([*claims[actor], literal(rng, CLAIMS)]))
        match kind:
            case "place":
                effect.append(PreferenceChange(actor, prefer, because=reason(rng, claims[actor])))
            case "beside":
                where = {rng.choice(["above", "below"]): beside}
                effect.append(
                    PreferenceChange(actor, prefer, because=reason(rng, claims[actor]), **where)
                )
            case "drop":
                effect.append(PreferenceChange(actor, prefer, "drop"))
            case "gives-up" | "asserts":
                effect.append(CommitmentChange(actor, claim, kind))
            case "establishes":
                establishes = (Signed(Atom(rng.choice(FACTS)), rng.random() < 0.8),)
            case "rules-out":
                rules_out = (And((literal(rng, OPTIONS), literal(rng, OPTIONS))),)
            case "allows":
                allows = conflict.infeasible[:1]
    back = rng.choice(["", "", "words", rng.choice(OPTIONS), f"l{rng.randrange(4)}"])
    return Lever(
        f"l{number}",
        rng.choice([*ACTORS, "c"]),
        "do it",
        returns="" if back == f"l{number}" else back,
        effect=tuple(effect),
        establishes=establishes,
        rules_out=rules_out,
        allows=allows,
    )


def random_preferences(rng, actor, claims):
    """Give four: two over anything, and one over each option of its own, so that few states tie."""
    own = [literal(rng, [option]) for option in OPTIONS if option[0] == actor]
    wanted = [*own, over_options(rng), over_options(rng)]
    return tuple(Preference(prefer, reason(rng, claims)) for prefer in rng.sample(wanted, k=4))


def random_rules(rng):
    """Give what excludes what; not so that facts cannot be true together, which is a mistake."""
    while True:
        claims = rng.sample([*combinations(CLAIMS, 2)], 2)
        beside = [(fact, rng.choice(CLAIMS)) for fact in FACTS]
        rules = tuple(
            Rule(f"r{n}", excludes=tuple(Signed(Atom(x), rng.random() < 0.8) for x in names))
            for n, names in enumerate((*claims, *beside))
        )
        beliefs = {
            world & {(f, v) for f in FACTS for v in (True, False)}
            for world in worlds({}, excluded(rules))
        }
        if len(beliefs) == 4:
            return rules


def in_doubt(rng, preference):
    """Make a preference uncertain, now and then."""
    doubt = {"uncertain": True} if rng.random() < 0.5 else {"probability": Fraction(1, 3)}
    return replace(preference, **doubt) if rng.random() < 0.1 else preference


def random_case(seed, levers, *, doubts=False):
    rng = random.Random(f"levers/{seed}")
    claims = random_claims(rng)
    conflict = Conflict(
        {o: Option(o, (o[0],), o) for o in OPTIONS},
        infeasible=(And((literal(rng, OPTIONS[:2]), literal(rng, OPTIONS[2:]))),)
        if rng.random() < 0.5
        else (),
        preferences={actor: random_preferences(rng, actor, claims[actor]) for actor in ACTORS},
    )
    said = [
        Statement(f"{actor}{n}", actor, signed(claim))
        for actor in ACTORS
        for n, claim in enumerate(claims[actor])
    ]
    rules = random_rules(rng)
    case = Case(
        f"levers/{seed}",
        actors={actor: Actor(actor, actor) for actor in (*ACTORS, "c")},
        concepts={name: Proposition(name, (), name) for name in (*CLAIMS, *FACTS)},
        statements=tuple(said),
        rules=rules,
        conflict=conflict,
        facts={Atom("g"): Fact(Atom("g"), value=True)} if rng.random() < 0.3 else {},
    )
    if doubts:
        doubted = {a: tuple(in_doubt(rng, p) for p in ps) for a, ps in conflict.preferences.items()}
        case = replace(case, conflict=replace(conflict, preferences=doubted))
    target = random_target(rng, case)
    made = [random_lever(rng, number, conflict, claims) for number in range(levers)]
    if isinstance(target, And) and rng.random() < 0.8:
        parts = zip(made, ACTORS, target.parts, strict=False)
        made[:2] = [for_its_part(rng, lever, i, wish, claims[i]) for lever, i, wish in parts]
    case = replace(case, levers={lever.id: lever for lever in made})
    return replace(case, conflict=replace(case.conflict, target=target))


def for_its_part(rng, lever, actor, wish, claims):
    """Let a lever make an actor want its part of the target, so that it takes two such levers."""
    change = PreferenceChange(actor, wish, because=reason(rng, claims))
    return replace(lever, effect=(change,), establishes=(), rules_out=(), allows=())


def random_target(rng, case):
    """Give what does not come about as things stand, or else anything."""
    ends = set().union(*(ends for _, _, ends, _ in Oracle(case, Concept.NASH).solved(())))
    wanted = [
        And((one, other))
        for one, other in product(*([Atom(o), Not(Atom(o))] for o in ("a-0", "b-0")))
    ]
    new = [f for f in wanted if not any(true(f, s.__contains__) for s in ends)]
    return rng.choice([*new, *new, over_options(rng)])


def true(formula, known):
    """Truth where ``known`` gives True, False or None (Kleene)."""
    match formula:
        case Atom(name):
            return known(name)
        case Not(part):
            inner = true(part, known)
            return None if inner is None else not inner
        case And((x, y)):
            x, y = true(x, known), true(y, known)
            return False if x is False or y is False else True if x and y else None
        case Or((x, y)):
            return true(Not(And((Not(x), Not(y)))), known)


def names_in(formula):
    match formula:
        case Atom(name):
            return {name}
        case Not(part):
            return names_in(part)
        case And(parts) | Or(parts):
            return set().union(*map(names_in, parts))
    return set()


def excluded(rules):
    return [{(c.atom.name, c.positive) for c in rule.excludes} for rule in rules]


def worlds(facts, rules):
    """All ways in which the world may be, as far as facts and rules allow."""
    names = (*CLAIMS, *FACTS)
    for values in product((True, False), repeat=len(names)):
        world = frozenset(zip(names, values, strict=True))
        if set(facts.items()) <= world and not any(rule <= world for rule in rules):
            yield world


def chance(preference):
    if preference.uncertain:
        return Fraction(1, 2)
    return Fraction(1) if preference.probability is None else preference.probability


class Pulled:
    """What a case has come to after levers, in plain lists and sets."""

    def __init__(self, case, levers):
        self.claims = {
            actor: {
                (s.claim.atom.name, s.claim.positive) for s in case.statements if s.actor == actor
            }
            for actor in ACTORS
        }
        self.facts = {atom.name: fact.value for atom, fact in case.facts.items()}
        self.wants = {
            actor: [(p.prefer, p.because, chance(p)) for p in case.conflict.preferences[actor]]
            for actor in ACTORS
        }
        self.infeasible = list(case.conflict.infeasible)
        self.rules = excluded(case.rules)
        for lever in levers:
            self.pull(lever)

    def pull(self, lever):
        for change in lever.effect:
            if isinstance(change, PreferenceChange):
                self.wants[change.actor] = self.reordered(self.wants[change.actor], change)
            else:
                claim = (change.claim.atom.name, change.claim.positive)
                held = self.claims[change.actor]
                (held.add if change.action == "asserts" else held.discard)(claim)
        self.facts |= {c.atom.name: c.positive for c in lever.establishes}
        self.infeasible = [f for f in self.infeasible if f not in lever.allows]
        self.infeasible += lever.rules_out

    @staticmethod
    def reordered(wants, change):
        rest = [want for want in wants if want[0] != change.prefer]
        if change.action == "drop":
            return rest
        moved = [want for want in wants if want[0] == change.prefer]
        moved = moved or [(change.prefer, None, Fraction(1))]
        moved = [
            (p, because if change.because is None else change.because, c) for p, because, c in moved
        ]
        moved = [m for n, m in enumerate(moved) if m not in moved[:n]]
        beside = change.above or change.below
        at = [n for n, want in enumerate(rest) if want[0] == beside]
        if beside is None:
            place = 0
        elif not at:
            place = len(rest)
        else:
            place = at[0] if change.above else at[-1] + 1
        return rest[:place] + moved + rest[place:]

    def readings(self, actor):
        """All maximal sets of claims that are all true in some way the world may be."""
        true = worlds(self.facts, self.rules)
        held = [frozenset(self.claims[actor] & world) for world in true]
        return sorted({k for k in held if not any(k < other for other in held)}, key=sorted)

    def doubted(self, actor):
        """Places of what an actor perhaps holds, and a name: the how manieth wish for what."""
        places = [n for n, (_, _, c) in enumerate(self.wants[actor]) if c < 1]
        wishes = [self.wants[actor][n][0] for n in places]
        return {n: (actor, wishes[i], wishes[:i].count(wishes[i])) for i, n in enumerate(places)}

    def held(self, actor, kept):
        """What an actor may hold when it keeps these claims, each with how likely that is.

        Beside it the names of what it comes down on among that which it perhaps holds.
        """
        known, doubted = dict(kept).get, self.doubted(actor)
        granted = [w is None or true(w, known) is True for _, w, _ in self.wants[actor]]
        for flags in product(
            *((True, False) if n in doubted else (True,) for n in range(len(granted)))
        ):
            odds = [
                c if flag else 1 - c
                for (_, _, c), flag in zip(self.wants[actor], flags, strict=True)
            ]
            held = compress(self.wants[actor], map(and_, flags, granted))
            marks = {name for n, name in doubted.items() if flags[n]}
            yield tuple(w[0] for w in held), marks, prod(odds, start=Fraction(1))

    def disputed(self):
        """What is so in some combinations only: claims preferences rest on, and what is doubted."""
        found = {name for actor in ACTORS for name in self.doubted(actor).values()}
        for actor in ACTORS:
            named = set().union(*(names_in(why) for _, why, _ in self.wants[actor]))
            readings = self.readings(actor)
            varying = frozenset.union(*readings) - frozenset.intersection(*readings)
            found |= {(actor, claim) for claim in varying if claim[0] in named}
        return found

    def states(self):
        every = [frozenset(s) for s in subsets(OPTIONS)]
        return [
            state
            for state in every
            if not any(true(f, state.__contains__) for f in self.infeasible)
        ]


def subsets(things):
    return chain.from_iterable(combinations(things, n) for n in range(len(things) + 1))


def value(held, state):
    return tuple(true(p, state.__contains__) for p in held)


@cache
def moves(states):
    """Per actor and state, what it can move to: any change of its own options."""
    return {
        i: {s: [t for t in states if t != s and all(o[0] == i for o in s ^ t)] for s in states}
        for i in ACTORS
    }


class Game:
    """One profile of preferences over the states: who can gain by moving where."""

    def __init__(self, states, held):
        self.states, self.held = states, held
        self.value = {i: {s: value(held[i], s) for s in states} for i in ACTORS}
        self.moves = moves(states)

    def gains(self, i, s):
        return [t for t in self.moves[i][s] if self.value[i][t] > self.value[i][s]]

    def answers(self, i, s, t, concept):
        """What may come of the move from s to t; with two actors, the other moves once."""
        (j,) = set(ACTORS) - {i}
        match concept:
            case Concept.GMR:
                return self.moves[j][t]
            case Concept.SMR:
                return [u for u in self.moves[j][t] if not self.escapes(i, s, u)]
            case Concept.SEQ:
                return self.gains(j, t)
            case Concept.SIM:
                return [s ^ t ^ u for u in self.gains(j, s) if s ^ t ^ u in self.value[i]]

    def escapes(self, i, s, u):
        """Tell whether an actor could still move from u to what is better for it than s."""
        return any(self.value[i][v] > self.value[i][s] for v in self.moves[i][u])

    def stable(self, i, s, concept):
        if concept is Concept.NASH:
            return not self.gains(i, s)
        return all(
            any(self.value[i][u] <= self.value[i][s] for u in self.answers(i, s, t, concept))
            for t in self.gains(i, s)
        )

    def equilibria(self, concept):
        return frozenset(s for s in self.states if all(self.stable(i, s, concept) for i in ACTORS))


class Oracle:
    """Everything the search says of one case, from the definitions."""

    def __init__(self, case, concept):
        self.case, self.concept = case, concept
        self.levers = list(case.levers.values())
        self.sets = [tuple(lever.id for lever in s) for s in subsets(self.levers)]
        self.pulled = cache(self._pulled)
        self.shares = cache(self._shares)
        self.solved = cache(self._solved)
        self.equilibria = cache(self._equilibria)

    def _pulled(self, ids):
        return Pulled(self.case, [lever for lever in self.levers if lever.id in ids])

    def _equilibria(self, states, held):
        return Game(states, dict(held)).equilibria(self.concept)

    def _solved(self, ids):
        """Every combination of readings and doubts, with its weight, what is held, and the ends."""
        pulled, found = self.pulled(ids), []
        for kept in product(*(pulled.readings(actor) for actor in ACTORS)):
            claims = {(i, claim) for i, k in zip(ACTORS, kept, strict=True) for claim in k}
            each = (pulled.held(i, k) for i, k in zip(ACTORS, kept, strict=True))
            for may in product(*each):
                held = {i: wants for i, (wants, _, _) in zip(ACTORS, may, strict=True)}
                ends = self.equilibria(tuple(pulled.states()), tuple(held.items()))
                marks = claims.union(*(doubts for _, doubts, _ in may))
                found.append((marks, held, ends, prod(odds for _, _, odds in may)))
        return found

    def _shares(self, ids):
        possible = assured = total = Fraction(0)
        for _, _, ends, weight in self.solved(ids):
            met = [true(self.case.conflict.target, s.__contains__) for s in ends]
            total += weight
            possible += weight * any(met)
            assured += weight * (bool(met) and all(met))
        return possible / total, assured / total

    def minimal(self, which):
        return {
            ids
            for ids in self.sets
            if ids
            and all(
                self.shares(part)[which] < self.shares(ids)[which]
                for part in subsets(ids)
                if part != ids
            )
        }

    def idle(self):
        return [
            lever.id
            for lever in self.levers
            if all(
                self.shares(ids) == self.shares(tuple(i for i in ids if i != lever.id))
                for ids in self.sets
            )
        ]

    def returned(self, ids):
        """The levers of a set and, again and again, those that are returned for them."""
        wanted = set(ids)
        while True:
            more = {lv.returns for lv in self.levers if lv.id in wanted} & self.case.levers.keys()
            if more <= wanted:
                return tuple(lever.id for lever in self.levers if lever.id in wanted)
            wanted |= more

    def states_reached(self, ids):
        target = self.case.conflict.target
        every = set().union(*(ends for _, _, ends, _ in self.solved(ids)))
        return {s for s in every if true(target, s.__contains__)}

    def balance(self, giver, ids, *, then):
        """Compare worst and best ends by what the giver holds, then or at present.

        Each combination stands beside all those of the other version that agree with it on what
        is open in both, in the shares that these have among themselves.
        """
        same = self.pulled(()).disputed() & self.pulled(ids).disputed()
        eyes, other = (ids, ()) if then else ((), ids)
        told, agreeing = defaultdict(Fraction), defaultdict(list)
        for marks, _, ends, weight in self.solved(other):
            agreeing[frozenset(marks & same)].append((ends, weight))
        for marks, held, here, weight in self.solved(eyes):
            beside = agreeing.get(frozenset(marks & same), [(frozenset(), Fraction(1))])
            total = sum(part for _, part in beside)
            for there, part in beside:
                now, later = (there, here) if then else (here, there)
                told[self.compared(held[giver], now, later)] += weight * part / total
        every = sum(told.values())
        return {word: part / every for word, part in told.items()}

    @classmethod
    @cache
    def compared(cls, held, now, then):
        return cls.verdict(*([value(held, s) for s in ends] for ends in (now, then)))

    @staticmethod
    def verdict(now, then):
        if not now or not then:
            return "unclear"
        worst = (min(then) > min(now)) - (min(then) < min(now))
        best = (max(then) > max(now)) - (max(then) < max(now))
        if worst * best < 0:
            return "mixed"
        return {0: "same"}.get(worst + best, "better" if worst + best > 0 else "worse")


def told(balances):
    words = ("better", "same", "worse", "mixed", "unclear")
    return {
        b.giver: {w: pytest.approx(getattr(b, w)) for w in words if getattr(b, w)} for b in balances
    }


def assert_agrees(case, concept, measure):
    which = ("possible", "assured").index(measure)
    truth = Oracle(case, concept)
    found = search(case, audit(case), case.conflict.target, concept, measure=measure)
    assert found.complete
    assert dict(found.searched) == {
        n: sum(len(ids) == n for ids in truth.sets) for n in range(len(truth.levers) + 1)
    }
    assert (found.baseline.possible, found.baseline.assured) == tuple(map(float, truth.shares(())))
    assert {pull.ids for pull in found.sets} == truth.minimal(which)
    order = [(p.holds_in(measure) < 1, len(p.ids), -p.holds_in(measure)) for p in found.sets]
    assert order == sorted(order)
    assert list(found.idle) == truth.idle()
    assert [pull.ids for pull in found.alone] == [(lever.id,) for lever in truth.levers]
    for pull in (*found.sets, *found.alone):
        assert (pull.possible, pull.assured) == tuple(map(float, truth.shares(pull.ids)))
        assert {
            frozenset(pull.version.outcomes.taken(n)) for n in pull.states
        } == truth.states_reached(pull.ids)
    return found, truth


@pytest.mark.parametrize("batch", range(8))
def test_search__agrees_with_trying_every_set_on_random_cases(batch):
    for seed in range(batch * 26, batch * 26 + 26):
        concept = tuple(Concept)[seed % 5]
        case = random_case(seed, levers=2 + seed % 3, doubts=seed % 2 == 0)
        assert_agrees(case, concept, ("assured", "possible")[seed // 5 % 2])


@pytest.mark.parametrize("batch", range(4))
def test_reciprocity__agrees_with_comparing_every_end(batch):
    for seed in range(1000 + batch * 12, 1012 + batch * 12):
        case = random_case(seed, levers=3, doubts=seed % 2 == 0)
        found, truth = assert_agrees(case, Concept.NASH, "assured")
        for pull in (*found.sets, *found.alone):
            ids = truth.returned(pull.ids)
            assert pull.reciprocity.levers == ids
            givers = {case.levers[i].by for i in ids}
            assert told(pull.reciprocity.balances) == {
                g: truth.balance(g, ids, then=True) for g in givers - {"c"}
            }
            assert told(pull.reciprocity.present) == {
                g: truth.balance(g, ids, then=False) for g in givers - {"c"}
            }
            assert pull.reciprocity.unjudged == ("c",) * ("c" in givers)
            shares = (pull.reciprocity.possible, pull.reciprocity.assured)
            assert shares == tuple(map(float, truth.shares(ids)))


def test_the_random_cases_have_all_that_levers_may_do():
    cases = [random_case(seed, levers=2 + seed % 3, doubts=seed % 2 == 0) for seed in range(208)]
    levers = [lever for case in cases for lever in case.levers.values()]
    changes = [change for lever in levers for change in lever.effect]
    assert {getattr(c, "action", "") for c in changes} == {"place", "drop", "gives-up", "asserts"}
    assert any(isinstance(c, PreferenceChange) and c.above for c in changes)
    assert any(isinstance(c, PreferenceChange) and c.below for c in changes)
    assert all(any(getattr(lv, kind) for lv in levers) for kind in ("establishes", "rules_out"))
    assert any(lever.allows for lever in levers)
    found = [Oracle(case, Concept.NASH) for case in cases[:40]]
    joint = [ids for truth in found for ids in truth.minimal(1) if len(ids) > 1]
    assert len(joint) > len(found) / 10, "joint effects"
    assert any(truth.idle() for truth in found)
    assert any(p.uncertain for case in cases for p in case.conflict.preferences["a"])
    assert any(p.probability for case in cases for p in case.conflict.preferences["a"])
    assert any(
        truth.shares(ids)[1] < truth.shares(())[1] for truth in found for ids in truth.sets
    ), "effects that spoil"
    assert any(
        len(truth.solved(ids)) != len(truth.solved(())) for truth in found for ids in truth.sets
    )
