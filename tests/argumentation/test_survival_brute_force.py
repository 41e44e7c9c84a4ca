"""Which claims survive, against trying every set of assumptions, on small random cases.

The case is read here a second time, straight from docs/method.md, and the semantics of
assumption-based argumentation (Toni 2014) are those of its definitions: nothing is shared.
"""

from __future__ import annotations

from functools import cache, partial
from random import Random

import pytest
from referee import referee

from melian.argumentation.assumptions import argued
from melian.audit.arguing.grounds import basis
from melian.audit.arguing.survival import survival
from melian.case.formula import And, Atom, Iff, Not, Or, Signed
from melian.case.model import Actor, Case, Deed, Fact, Principle, Rule, Statement
from melian.case.spans import EVER

NAMES = ("a", "b", "c", "d")
MOST = 9


def signed(rnd: Random) -> Signed:
    return Signed(Atom(rnd.choice(NAMES)), rnd.random() < 0.6)


def some(rnd: Random, most: int) -> tuple[Signed, ...]:
    return tuple({signed(rnd) for _ in range(rnd.randint(0, most))})


def conclusion(rnd: Random):
    """Give a formula with the clauses it stands for."""
    one, two = signed(rnd), signed(rnd)
    match rnd.randint(0, 7):
        case 0:
            return And((one.formula, two.formula)), [[one], [two]]
        case 1:
            return Or((one.formula, two.formula)), [[one, two]]
        case 2:
            return Iff(one.formula, two.formula), [[one, -two], [-one, two]]
        case 3:
            return Not(And((one.formula, two.formula))), [[-one, -two]]
        case _:
            return one.formula, [[one]]


def random_case(seed: int) -> tuple[Case, dict[str, list[list[Signed]]]]:
    """Give a case of two parties, and the clauses that each rule concludes, by id."""
    rnd = Random(seed)
    actors = {"p": Actor("p", "P"), "q": Actor("q", "Q")}
    clauses: dict[str, list[list[Signed]]] = {}
    rules = []
    for number in range(rnd.randint(0, 2)):
        strength = rnd.choice(["strict", "presumptive"])
        unless, conditions = some(rnd, 1), some(rnd, 2)
        if rnd.random() < 0.4:
            excluded = tuple(Signed(Atom(n)) for n in rnd.sample(NAMES, 2))
            clauses[f"r{number}"] = [[-each for each in excluded]]
            rules.append(Rule(f"r{number}", excluded, unless=unless, strength=strength))
        else:
            then, clauses[f"r{number}"] = conclusion(rnd)
            rules.append(Rule(f"r{number}", (), conditions, unless, then, strength=strength))
    then, clauses["w"] = conclusion(rnd)
    principle = Principle(
        "w", (), then, some(rnd, 1), strength=rnd.choice(["strict", "presumptive"])
    )
    reasons = [*map(Atom, NAMES), Atom("w")]
    statements = tuple(
        Statement(
            f"s{n}",
            rnd.choice("pq"),
            Signed(Atom("w"), False) if rnd.random() < 0.1 else signed(rnd),
            because=tuple(Signed(a) for a in rnd.sample(reasons, rnd.choice([0, 0, 0, 1, 2]))),
            conditions=some(rnd, 1) if rnd.random() < 0.2 else (),
        )
        for n in range(rnd.randint(1, 4))
    )
    deeds = tuple(
        Deed(f"d{n}", "p", "acts", shows=(signed(rnd),)) for n in range(rnd.randint(0, 1))
    )
    facts = {}
    for name in rnd.sample(NAMES, rnd.randint(0, 2)):
        contested = rnd.choice([(), (), ("p",), ("q",)])
        facts[Atom(name)] = Fact(Atom(name), rnd.random() < 0.7, contested_by=contested)
    case = Case(
        "random", actors=actors, rules=tuple(rules), principles={"w": principle},
        facts=facts, statements=statements, deeds=deeds,
    )  # fmt: skip
    return case, clauses


class Oracle:
    """Assumptions as bits, inferences as (conclusion, premises), contraries as sentences."""

    def __init__(self, case: Case, clauses, party: str | None) -> None:
        self.inferences: list[tuple[object, frozenset[object]]] = []
        self.contrary: list[set[object]] = []
        self.grounds: dict[tuple, int] = {}
        self.made: dict[tuple, list[tuple]] = {}
        for fact in case.facts.values():
            self.fact(fact, party)
        for statement in case.statements:
            if party in (None, statement.actor):
                reasons = frozenset(r for r in statement.because if r != statement.claim)
                self.says(
                    statement.actor, statement.claim, reasons, frozenset(statement.conditions)
                )
                for reason in reasons:
                    self.says(statement.actor, reason, frozenset(), frozenset())
        for deed in case.deeds:
            if party in (None, deed.actor):
                for claim in deed.shows:
                    self.says(deed.actor, claim, frozenset(), frozenset())
        for rule in case.rules:
            self.rule(rule, list(rule.conditions), clauses[rule.id])
        w = case.principles["w"]
        self.rule(w, [*w.conditions, Signed(Atom("w"))], clauses["w"])

    def assume(self, *contraries: object) -> int:
        self.contrary.append(set(contraries))
        return len(self.contrary) - 1

    def infer(self, conclusion: object, *premises: object) -> None:
        self.inferences.append((conclusion, frozenset(premises)))

    def says(self, party, claim, reasons, conditions) -> None:
        key = (claim, reasons, conditions)
        if key not in self.grounds:
            number = self.grounds[key] = self.assume(("met", key))
            self.infer(("met", key), -claim, *conditions)
            self.infer(("stands", key), number, *reasons)
            self.infer(claim, ("stands", key), *conditions)
        made = self.made.setdefault((party, claim, conditions), [])
        if key not in made:
            made.append(key)

    def fact(self, fact: Fact, party: str | None) -> None:
        if party in fact.contested_by:
            return
        if not fact.contested_by:
            self.infer(fact.claim)
            return
        self.infer(fact.claim, self.assume(-fact.claim))
        if party is None:
            for who in fact.contested_by:
                self.says(who, -fact.claim, frozenset(), frozenset())

    def rule(self, rule, conditions, clauses) -> None:
        strict = rule.strength == "strict"
        common = [self.assume(*rule.unless)] if strict and rule.unless else []
        for clause in clauses:
            for head in set(clause):
                body = [*conditions, *(-other for other in clause if other != head)]
                if strict:
                    self.infer(head, *body, *common)
                else:
                    self.infer(head, *body, self.assume(-head, *rule.unless))
            if strict:
                for one in set(conditions):
                    others = [c for c in conditions if c != one]
                    self.infer(-one, *others, *(-h for h in clause), *common)

    def closure(self, members: int) -> set[object]:
        known: set[object] = {n for n in range(len(self.contrary)) if members >> n & 1}
        grew = True
        while grew:
            grew = False
            for head, body in self.inferences:
                if head not in known and body <= known:
                    known.add(head)
                    grew = True
        return known

    def solve(self) -> None:
        everything = (1 << len(self.contrary)) - 1
        closure = cache(self.closure)

        @cache
        def attacked(members: int) -> int:
            known = closure(members)
            return sum(1 << n for n, against in enumerate(self.contrary) if against & known)

        @cache
        def defended(members: int) -> int:
            """A set attacks some member of each attack just if what it leaves attacks nothing."""
            return everything & ~attacked(everything & ~attacked(members))

        free = [s for s in range(everything + 1) if not s & attacked(s)]
        admissible = [s for s in free if s & ~defended(s) == 0]
        complete = [s for s in admissible if defended(s) == s]
        self.grounded = min(complete, key=int.bit_count)
        self.left = everything & ~attacked(self.grounded)
        self.preferred = [
            s for s in admissible if not any(s != t and s & t == s for t in admissible)
        ]
        self.stable = [s for s in free if s | attacked(s) == everything]
        self.known = closure

    def holds(self, keys, members: int) -> bool:
        return any(("stands", key) in self.known(members) for key in keys)

    def status(self, keys) -> tuple[str, str, str]:
        label = "undecided" if self.holds(keys, self.left) else "out"
        label = "in" if self.holds(keys, self.grounded) else label
        return label, self.spread(keys, self.preferred), self.spread(keys, self.stable)

    def spread(self, keys, sets) -> str:
        where = [self.holds(keys, s) for s in sets]
        return "none" if not any(where) else "every" if all(where) else "some"


def test_every_claim_fares_as_all_sets_of_assumptions_say() -> None:
    tried, seen = 0, set()
    for seed in range(450):
        case, clauses = random_case(seed)
        for party in (None, "p"):
            oracle = Oracle(case, clauses, party)
            if len(oracle.contrary) > MOST:
                continue
            oracle.solve()
            found = survival(case, party)
            assert found.complete
            got = {
                (c.party, c.claim, frozenset(c.conditions)): (c.grounded, c.preferred, c.stable)
                for c in found.claims
            }
            assert got == {k: oracle.status(keys) for k, keys in oracle.made.items()}, (seed, party)
            tried += 1
            seen |= set(got.values())
    assert tried >= 300
    assert {
        ("in", "every", "every"),
        ("out", "none", "none"),
        ("undecided", "some", "some"),
    } <= seen
    assert ("undecided", "every", "every") in seen  # held whichever side it is reached from
    assert ("undecided", "none", "none") in seen


def test_every_claim_has_the_dispute_that_shows_how_it_fares() -> None:
    shown = set()
    for seed in range(300):
        case, _ = random_case(seed)
        found = survival(case)
        for claim in found.claims:
            moves = found.dispute(claim)
            roots = [move.argument for move in moves if not move.answers]
            if claim.grounded == "out":
                referee(found.argued.framework, moves, "opponent", list(claim.arguments))
            elif claim.grounded == "in" or claim.preferred != "none":
                assert set(roots) < set(claim.arguments) or roots == list(claim.arguments)
                referee(found.argued.framework, moves, "proponent", roots)
            else:
                assert moves == ()
            shown.add((claim.grounded, claim.preferred, len(moves) > 2))
    assert {("in", "every", True), ("out", "none", True), ("undecided", "some", True)} <= shown


def test_arguments_rest_on_least_sets_and_all_of_them() -> None:
    """Against the closures of all sets of assumptions."""
    for seed in range(150):
        case, clauses = random_case(seed)
        oracle = Oracle(case, clauses, None)
        if len(oracle.contrary) > 7:
            continue
        found = survival(case)
        given = basis(case, EVER)
        assert len(given.taken) == len(oracle.contrary)
        for claim in found.claims:
            keys = oracle.made[claim.party, claim.claim, frozenset(claim.conditions)]
            expected = sum(len(least(oracle, ("stands", key))) for key in keys)
            assert len(claim.arguments) == expected


def least(oracle: Oracle, sentence: object) -> list[int]:
    everything = range(1 << len(oracle.contrary))
    reaching = [s for s in everything if sentence in oracle.closure(s)]
    return [s for s in reaching if not any(t != s and t & s == t for t in reaching)]


def test_where_arguments_are_missing_grounded_stands_and_the_rest_is_unknown(monkeypatch) -> None:
    few = partial(argued, sets=6)
    monkeypatch.setattr("melian.audit.arguing.survival.argued", few)
    seen = set()
    for seed in range(120):
        case, clauses = random_case(seed)
        oracle = Oracle(case, clauses, None)
        found = survival(case)
        if len(oracle.contrary) > MOST or found.complete:
            continue
        oracle.solve()
        for claim in found.claims:
            keys = oracle.made[claim.party, claim.claim, frozenset(claim.conditions)]
            grounded, preferred, _ = oracle.status(keys)
            assert claim.grounded == grounded
            assert claim.preferred in {preferred, "unknown"}
            assert found.dispute(claim) == ()
            seen.add(claim.preferred)
    assert seen == {"every", "none", "unknown"}


@pytest.mark.parametrize("limits", [{"sets": 3}, {"steps": 12}, {"attacks": 1}])
def test_arguments_cut_short_are_some_of_all_and_said_not_to_be_all(limits) -> None:
    case, _ = random_case(6)
    given = basis(case, EVER)
    whole = argued(given.chain, given.contraries, given.stands)
    assert whole.complete
    found = argued(given.chain, given.contraries, given.stands, **limits)
    assert not found.complete
    assert set(found.arguments) < set(whole.arguments)
