"""Bases of statements with planted contradictions, by seed: private ones and entangled ones.

Nothing here knows how anything is audited. A base is numbers and names; :meth:`Base.case` makes a
case of it, and :meth:`Base.hard` and :meth:`Base.units` make clauses of it for any solver.

A hidden assignment makes all of the background true: all base statements, all rules. A plant says
something against it. Private plants have concepts and rules of their own, so that what they
contradict is known; entangled ones use concepts of the base, their chains run through a few hubs
and through junctions that other plants use as well, and hubs are asserted and denied many times.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from melian.case.model import Case

Name = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Said:
    """An actor asserts a concept, or denies it (a negative number), perhaps under conditions."""

    actor: int
    claim: int
    conditions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Link:
    """A rule: the conditions cannot all hold, or they imply the conclusion."""

    conditions: tuple[int, ...]
    then: int | None = None
    strict: bool = False


@dataclass(frozen=True)
class Standard:
    """A principle: who holds it must conclude, for every instance that meets the condition."""

    name: int
    instances: tuple[tuple[int, int], ...]


@dataclass
class Base:
    """What is said, under which rules; concepts are numbered from 1."""

    actors: int = 1
    names: list[Name] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    planted: list[tuple[int, ...]] = field(default_factory=list)

    def concept(self, name: str, *args: str) -> int:
        self.names.append((name, args))
        return len(self.names)

    def fresh(self) -> int:
        return self.concept(f"c{len(self.names) + 1}")

    def say(self, actor: int, claim: int, *conditions: int) -> int:
        self.said.append(Said(actor, claim, conditions))
        return len(self.said) - 1

    @property
    def hard(self) -> list[tuple[int, ...]]:
        """The rules and principles as clauses."""
        clauses = [
            (*(-c for c in link.conditions), *(() if link.then is None else (link.then,)))
            for link in self.links
        ]
        for standard in self.standards:
            clauses.extend((-standard.name, -met, then) for met, then in standard.instances)
        return clauses

    @property
    def units(self) -> list[tuple[int, ...]]:
        """Each statement as a clause."""
        return [(*(-c for c in said.conditions), said.claim) for said in self.said]

    def case(self) -> Case:
        """Make a case of it; statement n is ``s<n>``, rule n is ``r<n>``."""
        from melian.case.formula import Atom, Not, Signed
        from melian.case.model import Actor, Case, Principle, Rule, Statement

        atoms = [Atom(name, args) for name, args in self.names]

        def signed(claim: int) -> Signed:
            return Signed(atoms[abs(claim) - 1], claim > 0)

        def formula(claim: int) -> Atom | Not:
            return atoms[claim - 1] if claim > 0 else Not(atoms[-claim - 1])

        rules = []
        for number, link in enumerate(self.links):
            strength = "strict" if link.strict else "presumptive"
            conditions = tuple(map(signed, link.conditions))
            if link.then is None:
                rules.append(Rule(f"r{number}", excludes=conditions, strength=strength))
            else:
                then = formula(link.then)
                rules.append(
                    Rule(f"r{number}", conditions=conditions, then=then, strength=strength)
                )
        principles = {}
        for standard in self.standards:
            name = atoms[standard.name - 1].name
            met, then = (atoms[n - 1].name for n in standard.instances[0])
            condition = Signed(Atom(met, ("x",)))
            principles[name] = Principle(name, ("x",), Atom(then, ("x",)), (condition,))
        return Case(
            "base",
            actors={f"a{n}": Actor(f"a{n}", f"A{n}") for n in range(self.actors)},
            rules=tuple(rules),
            principles=principles,
            statements=tuple(
                Statement(
                    f"s{number}",
                    f"a{said.actor}",
                    signed(said.claim),
                    conditions=tuple(map(signed, said.conditions)),
                )
                for number, said in enumerate(self.said)
            ),
        )


def private(
    seed: int,
    *,
    statements: int,
    concepts: int,
    rules: int,
    plants: int,
    hubs: int = 0,
    actors: int = 1,
) -> Base:
    """Give a base whose contradictions are known: statement numbers in ``planted``.

    Plants take turns: a claim and its denial, two claims that exclude each other, a chain of
    rules that ends in a denial, a standard kept in one case and refused in a like one. A hub is
    asserted three times and denied twice.
    """
    rng = random.Random(seed)
    base = Base(actors)
    hidden = _Hidden(rng, base, concepts)
    hidden.background(rules, strict=1.0)
    for _ in range(statements):
        base.say(rng.randrange(actors), hidden.true(rng.randint(1, concepts)))
    for number in range(plants):
        _private(rng, base, number % 4, rng.randrange(actors))
    for _ in range(hubs):
        actor, hub = rng.randrange(actors), base.fresh()
        sides = [[base.say(actor, sign * hub) for _ in range(n)] for sign, n in ((1, 3), (-1, 2))]
        base.planted.extend(itertools.product(*sides))
    return base


def _private(rng: random.Random, base: Base, kind: int, actor: int) -> None:
    match kind:
        case 0:
            one = base.fresh()
            found = base.say(actor, one), base.say(actor, -one)
        case 1:
            one, other = base.fresh(), base.fresh()
            base.links.append(Link((one, other), strict=True))
            found = base.say(actor, one), base.say(actor, other)
        case 2:
            chain = [base.fresh() for _ in range(rng.randint(2, 4))]
            base.links.extend(Link((x,), y, strict=True) for x, y in itertools.pairwise(chain))
            found = base.say(actor, chain[0]), base.say(actor, -chain[-1])
        case _:
            standard, here, there, so_here, so_there = (base.fresh() for _ in range(5))
            base.links.append(Link((standard, here), so_here, strict=True))
            base.links.append(Link((standard, there), so_there, strict=True))
            base.say(actor, here)
            base.say(actor, so_here)
            claims = standard, there, -so_there
            found = tuple(base.say(actor, claim) for claim in claims)
    base.planted.append(tuple(found))


def entangled(
    seed: int,
    *,
    statements: int,
    concepts: int,
    rules: int,
    plants: int,
    hubs: int = 3,
    standards: int = 1,
    instances: int = 3,
    conditional: float = 0.05,
    actors: int = 1,
) -> Base:
    """Give a base whose contradictions share concepts, rules and hubs with it and each other.

    Args:
        seed: of the random numbers.
        statements: how many are true in the hidden assignment; those of the plants come on top.
        concepts: how many the base speaks of, the hubs among them.
        rules: how many hold between concepts of the base; those of the plants come on top.
        plants: how many times something is said against the hidden assignment.
        hubs: concepts that the chains of the plants run into.
        standards: principles, each with that many instances.
        instances: how many things each principle applies to.
        conditional: the share of statements that are made under a condition.
        actors: among whom all of it is divided; what a plant says is said by one of them.
    """
    rng = random.Random(seed)
    base = Base(actors)
    hidden = _Hidden(rng, base, concepts, hubs)
    hidden.background(rules, strict=0.3)
    for number in range(standards):
        hidden.standard(number, instances)
    for _ in range(statements):
        claim = hidden.true(rng.randint(1, len(hidden.values)))
        actor = rng.randrange(actors)
        if rng.random() < conditional:
            base.say(actor, claim, hidden.true(rng.randint(1, concepts)))
        else:
            base.say(actor, claim)
    for number in range(plants):
        hidden.plant(number, rng.randrange(actors))
    return base


def noisy(
    seed: int, *, statements: int, concepts: int, rules: int, against: float = 0.01, actors: int = 1
) -> Base:
    """Give a base of which each statement goes against the hidden assignment by chance."""
    rng = random.Random(seed)
    base = Base(actors)
    hidden = _Hidden(rng, base, concepts)
    hidden.background(rules, strict=0.3)
    for _ in range(statements):
        claim = hidden.true(rng.randint(1, concepts))
        base.say(rng.randrange(actors), -claim if rng.random() < against else claim)
    return base


class _Hidden:
    """The assignment that makes the background true, and the plants that go against it."""

    def __init__(self, rng: random.Random, base: Base, concepts: int, hubs: int = 0) -> None:
        self.rng, self.base = rng, base
        self.values = [rng.random() < 0.5 for _ in range(concepts)]
        for _ in range(concepts):
            base.fresh()
        self.hubs = [self.true(n + 1) for n in range(min(hubs, concepts))]
        self.junctions = [self.true(n + 1) for n in range(hubs, min(3 * hubs, concepts))]
        self.others = [self.true(n + 1) for n in range(hubs, concepts)]
        self.met: list[tuple[int, int, int]] = []
        self.known: set[tuple[tuple[int, ...], int | None]] = set()

    def true(self, concept: int) -> int:
        """Give the concept with the sign that makes it true."""
        return concept if self.values[concept - 1] else -concept

    def link(self, conditions: tuple[int, ...], then: int | None, *, strict: bool) -> None:
        key = tuple(sorted(conditions)), then
        if key not in self.known and len({*map(abs, conditions), abs(then or 0)}) == (
            len(conditions) + 1
        ):
            self.known.add(key)
            self.base.links.append(Link(conditions, then, strict))

    def background(self, rules: int, strict: float) -> None:
        """Add rules between two concepts, a few of them between three."""
        rng, concepts = self.rng, range(1, len(self.values) + 1)
        while len(self.base.links) < rules:
            first, second, *more = rng.sample(concepts, 3 if rng.random() < 0.1 else 2)
            conditions = (first, *more)
            met = all(self.values[each - 1] for each in conditions)
            hard = rng.random() < strict
            if rng.random() < 0.5 and not (met and self.values[second - 1]):
                self.base.links.append(Link((*conditions, second), strict=hard))
            elif not met or self.values[second - 1]:
                self.base.links.append(Link(conditions, second, hard))

    def standard(self, number: int, instances: int) -> None:
        """Add a principle that holds, for things of which most meet its condition."""
        name = self._concept(True, f"p{number}")
        pairs = []
        for instance in range(instances):
            met = self.rng.random() < 0.8
            condition = self._concept(met, f"met{number}", f"i{instance}")
            pairs.append(
                (
                    condition,
                    self._concept(met or self.rng.random() < 0.5, f"so{number}", f"i{instance}"),
                )
            )
            if met:
                self.met.append((name, *pairs[-1]))
        self.base.standards.append(Standard(name, tuple(pairs)))

    def _concept(self, value: bool, name: str, *args: str) -> int:
        self.values.append(value)
        return self.base.concept(name, *args)

    def plant(self, number: int, actor: int) -> None:
        """Say something false, and see to it that it leads to the denial of something said."""
        kind = number % 5
        if kind == 4 and self.met:
            name, met, then = self.rng.choice(self.met)
            self._say(actor, name, met, -then)
            self.link((self.rng.choice(self.others),), met, strict=False)
            return
        hub = self.rng.choice(self.hubs)
        if kind == 3:
            self._say(actor, *[-hub] * self.rng.randint(1, 2), *[hub] * self.rng.randint(1, 2))
            return
        start, middle = -self.rng.choice(self.others), -self.rng.choice(self.junctions or self.hubs)
        if kind == 2:
            support = self.rng.choice(self.others)
            self.base.say(actor, start, support)
            self._say(actor, support, hub)
        else:
            self._say(actor, start, hub)
        strict = self.rng.random() < 0.3
        if kind == 1:
            self.link((start, hub), None, strict=strict)
            return
        self.link((start,), middle, strict=strict)
        self.link((middle,), -hub, strict=not strict)

    def _say(self, actor: int, *claims: int) -> None:
        for claim in claims:
            self.base.say(actor, claim)
