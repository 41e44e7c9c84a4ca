"""Small random cases, and their findings by trying everything, straight from the definitions."""

from __future__ import annotations

import functools
import itertools
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from melian.case.formula import And, Atom, Iff, Implies, Not, Or, Signed
from melian.case.model import Actor, Case, Deed, Fact, Principle, Rule, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.formula import Formula

PLAIN = ("a", "b", "c")
OVER = ("p", "q")
INSTANCES = ("k", "m")

GROUND = [Atom(n) for n in PLAIN] + [Atom(n, (i,)) for n in OVER for i in INSTANCES]
OPEN = [Atom(n) for n in PLAIN] + [Atom(n, ("x",)) for n in OVER]
TWICE = [*OPEN, *(Atom(n, ("y",)) for n in OVER)]


def claims(atoms: list[Atom]) -> st.SearchStrategy[Signed]:
    return st.builds(Signed, st.sampled_from(atoms), st.booleans())


def formulas(atoms: list[Atom]) -> st.SearchStrategy[Formula]:
    def larger(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(parts, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            st.builds(Not, parts),
            st.builds(And, several),
            st.builds(Or, several),
            st.builds(Implies, parts, parts),
            st.builds(Iff, parts, parts),
        )

    return st.recursive(st.sampled_from(atoms), larger, max_leaves=4)


def some(atoms: list[Atom], most: int, least: int = 0) -> st.SearchStrategy[tuple[Signed, ...]]:
    return st.lists(claims(atoms), min_size=least, max_size=most, unique=True).map(tuple)


@st.composite
def rules(draw: st.DrawFn, number: int) -> Rule:
    atoms, variables = draw(st.sampled_from([(GROUND, ()), (OPEN, ("x",)), (TWICE, ("x", "y"))]))
    strength = draw(st.sampled_from(["strict", "presumptive"]))
    common = {
        "unless": draw(some(atoms, 1)),
        "variables": variables,
        "strength": strength,
    }
    if draw(st.booleans()):
        return Rule(f"r{number}", excludes=draw(some(atoms, 3, 2)), **common)
    conditions, then = draw(some(atoms, 2)), draw(formulas(atoms))
    return Rule(f"r{number}", conditions=conditions, then=then, **common)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    principle = Principle(
        "w", ("x",), draw(formulas(OPEN)), draw(some(OPEN, 1)), draw(some(OPEN, 1))
    )
    reasons = st.lists(claims([*GROUND, Atom("w"), Atom("w", ("k",))]), max_size=2).map(tuple)
    statements = tuple(
        Statement(
            f"s{n}",
            "it",
            draw(claims(GROUND)),
            because=draw(reasons),
            conditions=draw(some(GROUND, 1)) if draw(st.integers(0, 3)) == 0 else (),
        )
        for n in range(draw(st.integers(1, 4)))
    )
    deeds = tuple(
        Deed(f"d{n}", "it", "acts", shows=draw(some(GROUND, 2, 1)))
        for n in range(draw(st.integers(0, 1)))
    )
    facts = draw(st.lists(claims(GROUND), max_size=2, unique_by=lambda c: c.atom))
    contested = {c.atom: draw(st.sampled_from([(), ("other",), ("it",)])) for c in facts}
    return Case(
        "random",
        actors={"it": Actor("it", "It"), "other": Actor("other", "Other")},
        rules=tuple(draw(rules(n)) for n in range(draw(st.integers(0, 3)))),
        principles={"w": principle},
        facts={c.atom: Fact(c.atom, c.positive, contested_by=contested[c.atom]) for c in facts},
        statements=statements,
        deeds=deeds,
    )


EVERYWHERE = (1 << (1 << (len(GROUND) + 1))) - 1
"""A set of worlds is a number: bit n says whether it has the n-th row of the truth table."""


def _column(place: int) -> int:
    return sum(1 << row for row in range(1 << (len(GROUND) + 1)) if row >> place & 1)


WHERE = {atom: _column(place) for place, atom in enumerate([*GROUND, Atom("w")])}


def worlds(formula: Formula) -> int:
    """Give the worlds in which a formula is true."""
    match formula:
        case Atom():
            return WHERE[formula]
        case Not(part):
            return EVERYWHERE ^ worlds(part)
        case And(parts_):
            return intersection(map(worlds, parts_))
        case Or(parts_):
            return union(map(worlds, parts_))
        case Implies(left, right):
            return union([EVERYWHERE ^ worlds(left), worlds(right)])
        case Iff(left, right):
            return EVERYWHERE ^ worlds(left) ^ worlds(right)


def held(claim: Signed) -> int:
    return WHERE[claim.atom] if claim.positive else EVERYWHERE ^ WHERE[claim.atom]


def intersection(sets: Iterable[int]) -> int:
    return functools.reduce(operator.and_, sets, EVERYWHERE)


def union(sets: Iterable[int]) -> int:
    return functools.reduce(operator.or_, sets, 0)


@dataclass(frozen=True)
class Part:
    """An element of the position: its name, whether it can be given up, and its worlds as bits."""

    sort: str
    name: str
    soft: bool
    worlds: int


def parts(case: Case, *, silent: bool = False, also: Iterable[Signed] = ()) -> list[Part]:
    """Give every element of the one actor's position with the worlds in which it is true.

    What the actor contests is no fact to it. Silent, the actor has said nothing, though its words
    still say which instances are in use, and contests nothing. Exceptions apply that are known, or
    among the claims that are also granted.
    """
    bound = [] if silent else _bound(case)
    facts = [f for f in case.facts.values() if silent or "it" not in f.contested_by]
    known = {claim for claim, _ in bound} | {fact.claim for fact in facts} | set(also)
    found = []
    for claim, conditions in bound:
        tail = f" if {' and '.join(map(str, sorted(conditions)))}" if conditions else ""
        unmet = EVERYWHERE ^ intersection(map(held, conditions))
        found.append(Part("commitment", f"{claim}{tail}", True, held(claim) | unmet))
    for fact in facts:
        soft = bool(fact.contested_by)
        found.append(Part("fact", str(fact.claim), soft, held(fact.claim)))
    for rule in (*case.rules, *case.principles.values()):
        found.extend(_instances(case, rule, known))
    return found


def _bound(case: Case) -> list[tuple[Signed, frozenset[Signed]]]:
    bound = {}
    for statement in case.statements:
        bound[statement.claim, frozenset(statement.conditions)] = None
        for reason in statement.because:
            name = reason.atom.name
            bare = Signed(Atom("w"), reason.positive) if name == "w" else reason
            bound[bare, frozenset()] = None
    for deed in case.deeds:
        bound.update(dict.fromkeys((claim, frozenset()) for claim in deed.shows))
    return list(bound)


def _instances(case: Case, rule: Rule | Principle, known: set[Signed]) -> Iterator[Part]:
    """Give a rule for all instances in use at each variable.

    Claims that are excluded are all different, and are excluded once, under the first instance
    that names them.
    """
    principle = isinstance(rule, Principle)
    name, used = rule.name if principle else rule.id, in_use(case)
    excluded = () if principle else rule.excludes
    before: list[list[frozenset[Signed]]] = []
    for chosen in itertools.product(*(sorted(used[rule, v]) for v in variables(rule))):
        binding = dict(zip(variables(rule), chosen, strict=True))
        lists = [excluded, rule.conditions, rule.unless]
        says = [frozenset(bound_signed(c, binding) for c in each) for each in lists]
        if excluded and (len(says[0]) < len(excluded) or says in before):
            continue
        before.append(says)
        yield _instance(rule, f"{name}({', '.join(chosen)})" if chosen else name, binding, known)


def _instance(rule: Rule | Principle, name: str, binding: dict[str, str], known) -> Part:
    principle = isinstance(rule, Principle)

    def sign(claim: Signed) -> Signed:
        return bound_signed(claim, binding)

    excluded = () if principle else rule.excludes
    broken = intersection(held(sign(c)) for c in rule.conditions)
    if excluded:
        broken &= intersection(held(sign(c)) for c in excluded)
    else:
        broken &= EVERYWHERE ^ worlds(bound_formula(rule.then, binding))
    if principle:
        broken &= WHERE[Atom("w")]
    broken &= EVERYWHERE ^ union(held(sign(e)) for e in rule.unless if sign(e) in known)
    return Part("rule", name, rule.strength != "strict", EVERYWHERE ^ broken)


def bound_atom(atom: Atom, binding: dict[str, str]) -> Atom:
    return Atom(atom.name, tuple(binding.get(a, a) for a in atom.args))


def bound_signed(claim: Signed, binding: dict[str, str]) -> Signed:
    return Signed(bound_atom(claim.atom, binding), claim.positive)


def bound_formula(formula: Formula, binding: dict[str, str]) -> Formula:
    match formula:
        case Atom():
            return bound_atom(formula, binding)
        case Not(part):
            return Not(bound_formula(part, binding))
        case And(parts_) | Or(parts_):
            return type(formula)(tuple(bound_formula(p, binding) for p in parts_))
        case Implies(left, right) | Iff(left, right):
            return type(formula)(bound_formula(left, binding), bound_formula(right, binding))


def in_use(case: Case) -> dict[tuple[Rule | Principle, str], set[str]]:
    """Give the instances of each variable: those of every concept its concepts are linked to."""
    every = (*case.rules, *case.principles.values())
    places = {(r, v): names(r, v) for r in every for v in variables(r)}
    linked = {name: {name} for name in (*OVER, "w")}
    for _ in places:
        for joined in places.values():
            whole = set().union(*(linked[name] for name in joined))
            for name in whole:
                linked[name] = linked[name] | whole
    used = [s.claim for s in case.statements] + [f.claim for f in case.facts.values()]
    used += [c for s in case.statements for c in (*s.because, *s.conditions)]
    used += [c for d in case.deeds for c in d.shows]
    used += [Signed(a) for r in case.rules if not r.variables for a in atoms_of(r)]
    at = {n: {c.atom.args[0] for c in used if c.atom.name == n and c.atom.args} for n in linked}
    return {
        place: set().union(*(at[name] for first in joined for name in linked[first]))
        for place, joined in places.items()
    }


def variables(rule: Rule | Principle) -> tuple[str, ...]:
    return rule.params if isinstance(rule, Principle) else rule.variables


def names(rule: Rule | Principle, variable: str) -> set[str]:
    """Give the concepts at which a variable of the rule stands."""
    own = {rule.name} if isinstance(rule, Principle) else set()
    return own | {atom.name for atom in atoms_of(rule) if variable in atom.args}


def atoms_of(rule: Rule | Principle) -> list[Atom]:
    excluded = () if isinstance(rule, Principle) else rule.excludes
    found = [claim.atom for claim in (*excluded, *rule.conditions, *rule.unless)]
    queue = [rule.then] if rule.then is not None else []
    while queue:
        match queue.pop():
            case Atom() as atom:
                found.append(atom)
            case Not(part):
                queue.append(part)
            case And(parts_) | Or(parts_):
                queue.extend(parts_)
            case Implies(left, right) | Iff(left, right):
                queue.extend((left, right))
    return found


def consistent(some_parts: Iterable[Part]) -> bool:
    return intersection(part.worlds for part in some_parts) != 0


def minimal_conflicts(every: list[Part]) -> list[frozenset[int]]:
    """Give every minimal inconsistent set of elements, by trying all sets by size."""
    found: list[frozenset[int]] = []
    for size in range(1, len(every) + 1):
        for chosen in map(frozenset, itertools.combinations(range(len(every)), size)):
            if any(known <= chosen for known in found):
                continue
            if not consistent(every[n] for n in chosen):
                found.append(chosen)
    return found
