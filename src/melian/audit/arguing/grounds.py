"""What a case gives to argue from: claims with reasons, facts, rules, and what is against each.

It is a flat assumption-based framework (Toni 2014), built as ASPIC+ builds arguments (Modgil &
Prakken 2014): claims are premises or, with reasons, defeasible steps; presumptive rules are
defeasible, and run from conditions to conclusion only; strict rules run in every direction.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from melian.argumentation.chaining import Chain, Inference
from melian.audit.base import disputed
from melian.audit.encoding import Vocabulary, rule_clauses
from melian.audit.periods import facts_within, in_force
from melian.case.formula import Atom, Signed
from melian.case.grounding import ground
from melian.case.model import Fact, Principle
from melian.case.speaking import bare, party_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.grounding import GroundRule
    from melian.case.model import Case, Statement
    from melian.case.spans import Span


@dataclass(frozen=True, slots=True)
class Ground:
    """A claim as it is made: on these reasons, under these conditions.

    Attributes:
        said: by party, the records that make it so: statements, deeds, and statements that give it
            as a reason. A party that disputes a fact has the fact as a record, ``fact:NAME``.
    """

    claim: Signed
    reasons: tuple[Signed, ...] = ()
    conditions: tuple[Signed, ...] = ()
    said: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), compare=False)

    @property
    def parties(self) -> tuple[str, ...]:
        """Who makes it."""
        return tuple(party for party, _ in self.said)

    @property
    def records(self) -> tuple[str, ...]:
        """The records of all who make it."""
        return tuple(dict.fromkeys(record for _, records in self.said for record in records))


@dataclass(frozen=True, slots=True)
class Use:
    """A rule used for a conclusion, or (None) a strict rule that has exceptions, used at all."""

    rule: GroundRule
    conclusion: int | None = None


Taken = Ground | Fact | Use
"""What an argument takes for granted, and may be attacked for."""


@dataclass(frozen=True, slots=True)
class Basis:
    """All that can be argued from.

    Attributes:
        taken: the assumptions, by sentence.
        stands: of each ground, the sentence that it stands, reasons and all.
        chain: inferences from sentences to sentences, licensed by grounds, facts and ground rules.
        contraries: of each assumption.
        vocabulary: the claims that sentences are.
        complete: whether all rules are used.
    """

    taken: dict[int, Taken]
    stands: dict[int, Ground]
    chain: Chain
    contraries: dict[int, tuple[int, ...]]
    vocabulary: Vocabulary
    complete: bool

    def claim(self, sentence: int) -> Signed | None:
        """Give the claim that a sentence is, if it is one."""
        atom = self.vocabulary.atom(abs(sentence))
        return None if atom is None else Signed(atom, sentence > 0)

    def claim_of(self, stands: int) -> int:
        """Give the sentence that a ground's claim is."""
        return self.vocabulary.literal(self.stands[stands].claim)


def basis(case: Case, moment: Span, party: str | None = None) -> Basis:
    """Give what can be argued from at a moment.

    Args:
        case: the case.
        moment: its days; what is in force on the last of them counts.
        party: whose words and deeds are used; those of all parties, when None.
    """
    day = moment._replace(first=moment.last)
    builder = _Builder()
    away = disputed(case).get(party, frozenset()) if party else frozenset()
    facts = [f for f in facts_within(case, day).facts.values() if f.claim not in away]
    for one in _grounds(case, day, facts, party):
        builder.ground(one)
    for fact in facts:
        builder.fact(fact)
    grounded = ground(case)
    for rule in grounded.rules:
        builder.rule(rule)
    return builder.basis(complete=not grounded.left_out)


def _grounds(case: Case, day: Span, facts: Iterable[Fact], party: str | None) -> Iterator[Ground]:
    said: dict[Ground, defaultdict[str, dict[str, None]]] = {}
    for who, one, record in _made(case, day, facts, everybody=party is None):
        if party in {None, who}:
            said.setdefault(one, defaultdict(dict))[who][record] = None
    for one, records in said.items():
        yield replace(one, said=tuple((who, tuple(ids)) for who, ids in records.items()))


def _made(
    case: Case, day: Span, facts: Iterable[Fact], *, everybody: bool
) -> Iterator[tuple[str, Ground, str]]:
    """Give every ground with who makes it, and the record."""
    binding = {record for record, span in in_force(case, day).items() if not span.empty}
    for statement in (each for each in case.statements if each.id in binding):
        for who in party_of(case, statement.actor, statement.date):
            yield from ((who, one, statement.id) for one in _stated(case, statement))
    for deed in (each for each in case.deeds if each.id in binding):
        for who in party_of(case, deed.actor, deed.date):
            yield from ((who, Ground(each), deed.id) for each in _named(case, deed.shows))
    for fact in facts if everybody else ():
        for actor in fact.contested_by:
            for who in party_of(case, actor, None):
                yield who, Ground(-fact.claim), f"fact:{fact.atom}"


def _stated(case: Case, statement: Statement) -> Iterator[Ground]:
    """Give the claim of a statement on its reasons, and each of the reasons."""
    (claim,) = _named(case, [statement.claim])
    reasons = tuple(each for each in _named(case, statement.because) if each != claim)
    yield Ground(claim, reasons, _named(case, statement.conditions))
    yield from map(Ground, reasons)


def _named(case: Case, claims: Iterable[Signed]) -> tuple[Signed, ...]:
    return tuple(sorted({Signed(bare(case, c.atom), c.positive) for c in claims}))


class _Builder:
    """Sentences, inferences and contraries as they come together."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.taken: dict[int, Taken] = {}
        self.stands: dict[int, Ground] = {}
        self.inferences: list[Inference] = []
        self.contraries: dict[int, tuple[int, ...]] = {}

    def basis(self, *, complete: bool) -> Basis:
        return Basis(
            self.taken,
            self.stands,
            Chain(self.inferences),
            self.contraries,
            self.vocabulary,
            complete,
        )

    def literals(self, claims: Iterable[Signed]) -> tuple[int, ...]:
        return tuple(map(self.vocabulary.literal, claims))

    def take(self, what: Taken, contraries: Iterable[int]) -> int:
        """Add an assumption."""
        sentence = self.vocabulary.fresh()
        self.taken[sentence] = what
        self.contraries[sentence] = tuple(contraries)
        return sentence

    def infer(self, conclusion: int, premises: Iterable[int], by: object) -> None:
        self.inferences.append(Inference(conclusion, tuple(dict.fromkeys(premises)), by))

    def ground(self, one: Ground) -> None:
        """A claim under conditions is contradicted by its denial only when they are met."""
        (claim,), conditions = self.literals([one.claim]), self.literals(one.conditions)
        against, stands = -claim, self.vocabulary.fresh()
        if conditions:
            against = self.vocabulary.fresh()
            self.infer(against, (-claim, *conditions), one)
        taken = self.take(one, [against])
        self.infer(stands, (taken, *self.literals(one.reasons)), one)
        self.infer(claim, (stands, *conditions), one)
        self.stands[stands] = one

    def fact(self, fact: Fact) -> None:
        (claim,) = self.literals([fact.claim])
        premises = [self.take(fact, [-claim])] if fact.contested_by else []
        self.infer(claim, premises, fact)

    def rule(self, rule: GroundRule) -> None:
        """A rule as one inference for each way in which it may be run (see docs/method.md)."""
        conditions = self.literals(rule.conditions)
        if isinstance(rule.origin, Principle):
            conditions += (self.vocabulary.number(Atom(rule.origin.name)),)
        exceptions = self.literals(rule.unless)
        strict = rule.origin.strength == "strict"
        common = [self.take(Use(rule), exceptions)] if strict and exceptions else []
        for clause in rule_clauses(replace(rule, unless=()), self.vocabulary):
            # A clause on a part of a formula begins with the denial of the part's own name.
            is_part = clause[0] < 0 and self.vocabulary.atom(-clause[0]) is None
            given = () if is_part else conditions
            heads = tuple(dict.fromkeys(clause[len(given) :]))
            for head in heads:
                premises = [*given, *(-other for other in heads if other != head)]
                if strict or is_part:
                    self.infer(head, (*premises, *common), rule)
                else:
                    use = self.take(Use(rule, head), (*exceptions, -head))
                    self.infer(head, (*premises, use), rule)
            for condition in given if strict else ():
                others = [each for each in given if each != condition]
                negated = [-head for head in heads]
                self.infer(-condition, (*others, *negated, *common), rule)
