"""A case as it grows: claims that cannot hold together, voices behind them, and noise around.

The noise is true in one world whatever the planted claims are, so that nothing else in the case is
inconsistent: nobody says what that world makes false, and every rule of the noise holds there.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case.dates import Date
from melian.case.formula import Atom, Iff, Not, Signed
from melian.case.model import Actor, Case, Concept, Deed, Fact, Principle, Rule, Statement, Tie

if TYPE_CHECKING:
    from random import Random

    from melian.case.formula import Formula

PARTY, SPEAKERS, OTHERS = "port", ("vey", "lund", "osk"), ("bela", "cara")
INSTANCES = ("north", "south", "east")
LEVELS = ("operational", "political", "social")
NOISE = tuple(f"n{number}" for number in range(12))


@dataclass(frozen=True)
class Plant:
    """What the audit must say of one plant, and nothing else: by ids, as in the JSON."""

    kind: str
    statements: frozenset[str]
    deeds: frozenset[str]
    rules: frozenset[str]
    facts: frozenset[str]
    direction: str = ""


@dataclass(frozen=True)
class Core:
    """What cannot hold together: claims to be committed to (perhaps under conditions), and why."""

    claims: list[tuple[Signed, tuple[Signed, ...]]]
    rules: list[tuple[Rule | Principle, str]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class Voice:
    """One record behind a claim: how (said, reason or deed), by whom, when, at which level."""

    how: str
    actor: str
    date: Date | None = None
    level: str = ""


class Garden:
    """A case as it grows."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.world = {name: random.random() < 0.5 for name in NOISE}
        self.statements: list[Statement] = []
        self.deeds: list[Deed] = []
        self.rules: list[Rule] = []
        self.principles: dict[str, Principle] = {}
        self.facts: dict[Atom, Fact] = {}
        self.claims: list[Signed] = []  # of plants
        self.parameters: dict[str, tuple[str, ...]] = dict.fromkeys(NOISE, ())
        self.count = 0

    # Names

    def fresh(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def atom(self, instance: str = "") -> Atom:
        """Give a concept that nothing else has, plain or for an instance."""
        name = self.fresh("c")
        self.parameters[name] = ("x",) if instance else ()
        return Atom(name, (instance,) if instance else ())

    def literal(self, instance: str = "") -> Signed:
        return Signed(self.atom(instance), self.random.random() < 0.6)

    def true(self) -> Signed:
        """Give a claim that the world of the noise makes true."""
        name = self.random.choice(NOISE)
        return Signed(Atom(name), self.world[name])

    def unknown(self) -> tuple[Signed, ...]:
        """Give exceptions that do not count, as nothing says that they hold."""
        return tuple(-self.true() for _ in range(self.random.choice((0, 0, 1, 2))))

    def strength(self) -> str:
        return self.random.choice(("strict", "presumptive"))

    def contested(self) -> tuple[str, ...]:
        return self.random.choice(((), (), ("bela",), ("bela", "cara")))

    # Records

    def speak(self, claim: Signed, voice: Voice, conditions: tuple[Signed, ...] = ()) -> str:
        """Put a claim on record, said or as a reason for something harmless, or by a deed."""
        if voice.how == "deed":
            number = self.fresh("d")
            more = (self.true(),) if self.random.random() < 0.3 else ()
            self.deeds.append(
                Deed(number, voice.actor, "acts", date=voice.date, shows=(claim, *more))
            )
            return number
        number = self.fresh("s")
        how = "said" if conditions else voice.how  # a reason is given without conditions
        said, because = claim, tuple(self.true() for _ in range(self.random.choice((0, 0, 1))))
        if how == "reason":
            said, because = self.true(), (claim, *because)
        self.statements.append(
            Statement(
                number,
                voice.actor,
                said,
                voice.date,
                because=because,
                conditions=conditions,
                level=voice.level,
            )
        )
        return number

    def plant(self, kind: str, core: Core, voices: list[list[Voice]], direction: str = "") -> Plant:
        """Put a core on record with the voices behind each of its claims."""
        records: list[str] = []
        for (claim, conditions), behind in zip(core.claims, voices, strict=True):
            self.claims.append(claim)
            records += [self.speak(claim, voice, conditions) for voice in behind]
        self.add(core)
        self.others_share(core)
        return Plant(
            kind,
            frozenset(r for r in records if r.startswith("s")),
            frozenset(r for r in records if r.startswith("d")),
            frozenset(name for _, name in core.rules),
            frozenset(str(fact.claim) for fact in core.facts),
            direction,
        )

    def add(self, core: Core) -> None:
        for rule, _ in core.rules:
            if isinstance(rule, Principle):
                self.principles[rule.name] = rule
            else:
                self.rules.append(rule)
        self.facts.update((fact.atom, fact) for fact in core.facts)

    def others_share(self, core: Core) -> None:
        """Let other parties hold some of the claims, though never all."""
        for other in OTHERS:
            if len(core.claims) > 1 and self.random.random() < 0.4:
                shared = self.random.sample(core.claims, len(core.claims) - 1)
                for claim, conditions in shared:
                    self.speak(claim, Voice("said", other, self.date(), self.level()), conditions)

    # Who, when, where

    def date(self) -> Date | None:
        year = self.random.randint(2001, 2009)
        month = self.random.randint(1, 12)
        return self.random.choice((None, Date(year), Date(year, month), Date(year, month, 14)))

    def level(self) -> str:
        return self.random.choice(("", *LEVELS))

    def anyone(self) -> str:
        return self.random.choice((PARTY, *SPEAKERS))

    def any_voices(self, most: int = 3, least: int = 1) -> list[Voice]:
        """Give voices of which at least one says the claim outright."""
        hows = [
            "said",
            *self.random.choices(("said", "reason"), k=self.random.randint(least, most) - 1),
        ]
        return [Voice(how, self.anyone(), self.date(), self.level()) for how in hows]

    # What cannot hold together

    def denial(self) -> Core:
        claim = self.literal(self.random.choice(("", *INSTANCES)))
        return Core([(claim, ()), (-claim, ())])

    def exclusion(self, size: int) -> Core:
        if self.random.random() < 0.4:
            return self.open_exclusion(size)
        claims = [self.literal() for _ in range(size)]
        rule = Rule(
            self.fresh("r"),
            excludes=tuple(claims),
            unless=self.unknown(),
            strength=self.strength(),
        )
        return Core([(claim, ()) for claim in claims], [(rule, rule.id)])

    def open_exclusion(self, size: int) -> Core:
        """Give claims that exclude each other by a rule with a variable."""
        instance = self.random.choice(INSTANCES)
        claims = [self.literal(instance) for _ in range(size)]
        rule = Rule(
            self.fresh("r"),
            excludes=tuple(map(of_x, claims)),
            variables=("x",),
            strength=self.strength(),
        )
        return Core([(claim, ()) for claim in claims], [(rule, f"{rule.id}({instance})")])

    def chain(self, length: int) -> Core:
        """Give a claim, and the denial of what follows from it in so many steps."""
        links = [self.literal() for _ in range(length + 1)]
        rules = [
            Rule(
                self.fresh("r"),
                conditions=(one,),
                then=formula_of(following),
                unless=self.unknown(),
                strength=self.strength(),
            )
            for one, following in itertools.pairwise(links)
        ]
        self.random.shuffle(rules)
        return Core([(links[0], ()), (-links[-1], ())], [(rule, rule.id) for rule in rules])

    def biconditional(self) -> Core:
        """Give two claims on one side each of a rule that says both or neither."""
        left, right = self.literal(), self.literal()
        rule = Rule(
            self.fresh("r"), then=Iff(formula_of(left), formula_of(right)), strength=self.strength()
        )
        flip = self.random.random() < 0.5
        claims = (left, -right) if flip else (-left, right)
        return Core([(claim, ()) for claim in claims], [(rule, rule.id)])

    def with_a_fact(self) -> Core:
        """Give two claims that a rule sets against each other where a fact holds."""
        first, second, fact = self.literal(), self.literal(), self.literal()
        known = Fact(fact.atom, fact.positive, contested_by=self.contested())
        rule = Rule(
            self.fresh("r"),
            conditions=(first, fact),
            then=formula_of(-second),
            unless=self.unknown(),
            strength=self.strength(),
        )
        return Core([(first, ()), (second, ())], [(rule, rule.id)], [known])

    def conditional(self) -> Core:
        """Give a claim under a condition, the condition, and the denial of the claim."""
        claim, condition = self.literal(), self.literal()
        return Core([(claim, (condition,)), (condition, ()), (-claim, ())])

    def by_rule(self) -> Core:
        """Give any core but a flat denial, with two or three claims."""
        shapes = [lambda: self.exclusion(2), lambda: self.exclusion(3), self.biconditional]
        shapes += [
            lambda: self.chain(self.random.randint(1, 4)),
            self.with_a_fact,
            self.conditional,
        ]
        return self.random.choice(shapes)()

    def any_core(self) -> Core:
        return self.denial() if self.random.random() < 0.35 else self.by_rule()

    # The rest of the case

    def noise(self) -> None:
        """Add what the world of the noise makes true, whatever holds of the plants' claims."""
        for _ in range(self.random.randint(3, 20)):
            speaker = self.random.choice((PARTY, *SPEAKERS, *OTHERS))
            self.speak(self.true(), Voice("said", speaker, self.date(), self.level()))
        for _ in range(self.random.randint(0, 2)):
            actor = self.random.choice((PARTY, *OTHERS))
            self.speak(self.true(), Voice("deed", actor, self.date()))
        for _ in range(self.random.randint(0, 10)):
            self.rules.append(self.idle_rule())
        for claim in {self.true() for _ in range(self.random.randint(0, 3))}:
            self.facts[claim.atom] = Fact(claim.atom, claim.positive)
        self.random.shuffle(self.statements)
        self.random.shuffle(self.rules)

    def idle_rule(self) -> Rule:
        """Give a rule that holds in the world of the noise, though it may name plants' claims."""
        name, planted_claim = self.fresh("r"), self.random.choice(self.claims)
        other = self.random.choice((self.true(), -self.true(), planted_claim, -planted_claim))
        shape = self.random.randrange(3)
        if shape == 0:  # its condition never holds
            return Rule(name, conditions=(planted_claim, -self.true()), then=formula_of(other))
        if shape == 1:  # its conclusion holds anyway
            return Rule(name, conditions=(planted_claim,), then=formula_of(self.true()))
        excluded = tuple(dict.fromkeys((other, -self.true(), planted_claim)))
        return Rule(name, excludes=excluded, strength=self.strength())

    def case(self) -> Case:
        actors = {PARTY: Actor(PARTY, "Port", "organisation")}
        for person in SPEAKERS:
            actors[person] = Actor(person, person, "person", speaks_for=(Tie(PARTY),))
        actors |= {name: Actor(name, name) for name in OTHERS}
        return Case(
            "planted",
            actors=MappingProxyType(actors),
            instances=MappingProxyType({name: name for name in INSTANCES}),
            concepts=MappingProxyType(
                {n: Concept(n, params, f"{n} is so") for n, params in self.parameters.items()}
            ),
            rules=tuple(self.rules),
            principles=MappingProxyType(self.principles),
            facts=MappingProxyType(self.facts),
            statements=tuple(self.statements),
            deeds=tuple(self.deeds),
        )


def formula_of(claim: Signed) -> Formula:
    return claim.atom if claim.positive else Not(claim.atom)


def of_x(claim: Signed) -> Signed:
    return Signed(Atom(claim.atom.name, ("x",)), claim.positive)


def of(claim: Signed, instance: str) -> Signed:
    return Signed(Atom(claim.atom.name, (instance,)), claim.positive)
