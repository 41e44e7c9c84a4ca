"""What one party's position rests on: its commitments, and the facts and rules that touch them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from melian.audit.encoding import Vocabulary, commitment_clauses, rule_clauses
from melian.audit.result import Commitment
from melian.audit.search.worlds import Worlds, reached
from melian.case.grounding import GroundRule, ground
from melian.case.model import Fact
from melian.case.spans import EVER, span_of
from melian.case.speaking import party_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from melian.audit.encoding import Element
    from melian.audit.search.clauses import Clause, Group
    from melian.audit.search.worlds import Place, World
    from melian.case.formula import Signed
    from melian.case.model import Case


def is_soft(element: Element) -> bool:
    """Tell whether the element can be given up: all but plain facts and strict rules."""
    match element:
        case Commitment():
            return True
        case Fact():
            return bool(element.contested_by)
        case GroundRule():
            return element.origin.strength != "strict"


def name_of(element: Element) -> str:
    """Give what an element goes by in a repair; elements that say the same share it."""
    return str(element.claim) if isinstance(element, Fact) else element.id


def _end(commitment: Commitment) -> int:
    """Give the last day on which a commitment binds."""
    return commitment.spans[-1].last if commitment.spans else EVER.first - 1


@dataclass(frozen=True, slots=True)
class Base:
    """Elements in a fixed order, each with its clauses; those that cannot clash have none."""

    elements: tuple[Element, ...]
    groups: tuple[Group, ...]


class Background:
    """The facts and ground rules of a case, encoded and indexed once for all its parties.

    An exception of a rule may apply when it is a fact or something the party is committed to; any
    other is taken not to apply. So that a rule is encoded once for everybody, a variable of its
    own stands for each exception in it: the exception itself, where it is known.

    Attributes:
        left_out: the rules and principles that are not used, having too many instances.
    """

    def __init__(self, case: Case) -> None:
        """Ground, number and index the rules and facts of a case."""
        grounded = ground(case)
        self.left_out = grounded.left_out
        self._vocabulary = Vocabulary()
        literals = [self._vocabulary.literal(fact.claim) for fact in case.facts.values()]
        self._fact_ends = [span_of(fact.period).last for fact in case.facts.values()]
        self._facts = {literal: number for number, literal in enumerate(literals)}
        numbers = {fact.claim: number for number, fact in enumerate(case.facts.values())}
        self._disputed = {
            party: frozenset(numbers[claim] for claim in claims)
            for party, claims in disputed(case).items()
        }
        self._exceptions: dict[Signed, int] = {}
        self._stands_for: dict[int, int] = {}
        self._elements: tuple[Fact | GroundRule, ...] = (*case.facts.values(), *grounded.rules)
        self._groups = tuple(map(self._encoded, self._elements))
        self._narrow: dict[tuple[int, frozenset[int]], Group] = {}
        self._homes: defaultdict[int, list[tuple[Place, Clause]]] = defaultdict(list)
        self._excepted: defaultdict[int, list[int]] = defaultdict(list)
        for number, group in enumerate(self._groups):
            self._index(number, group)
        contested = (n for n, fact in enumerate(case.facts.values()) if fact.contested_by)
        self._optional = {number: self._vocabulary.fresh() for number in contested}
        self._conditional: dict[Clause, int] = {}

    def base(self, actor: str, commitments: Sequence[Commitment], day: int = EVER.first) -> Base:
        """Give a party's commitments with all facts and rules that may clash with them.

        What the party disputes is no fact to it. An exception counts when it is held on the day
        or later.
        """
        own = tuple(commitment_clauses(c, self._vocabulary)[0] for c in commitments)
        away = self._disputed.get(actor, frozenset())
        held = {self._vocabulary.literal(c.claim) for c in commitments if _end(c) >= day}
        held |= {x for x, n in self._facts.items() if n not in away and self._fact_ends[n] >= day}
        known = frozenset(x for x, plain in self._stands_for.items() if plain in held)
        bound, tied = self._tied(own, known, away)
        return Base(
            (*commitments, *(self._element(number, known) for number in tied)),
            (
                *((clause,) if number in bound else () for number, clause in enumerate(own)),
                *(self._narrowed(number, known) for number in tied),
            ),
        )

    def ends_of_exceptions(self, commitments: Iterable[Commitment]) -> Iterator[int]:
        """Give the first days on which something that is an exception to a rule has ended."""
        exceptions = set(self._stands_for.values())
        if exceptions:
            for x, number in self._facts.items():
                if x in exceptions and self._fact_ends[number] < EVER.last:
                    yield self._fact_ends[number] + 1
            for commitment in commitments:
                claim = self._vocabulary.literal(commitment.claim)
                if _end(commitment) < EVER.last and claim in exceptions:
                    yield _end(commitment) + 1

    def hard(self) -> Base:
        """Give the elements nobody can give up: plain facts and strict rules."""
        known = frozenset(x for x, plain in self._stands_for.items() if plain in self._facts)
        kept = [number for number, each in enumerate(self._elements) if not is_soft(each)]
        return Base(
            tuple(self._element(number, known) for number in kept),
            tuple(self._narrowed(number, known) for number in kept),
        )

    def _tied(
        self, own: Sequence[Clause], known: frozenset[int], away: Collection[int]
    ) -> tuple[Collection[int], Sequence[int]]:
        """Give which of the own clauses may take part in a conflict, and which facts and rules."""
        world, suspects = self._nearest(own, known, away)
        placed = [((~number, 0), clause) for number, clause in enumerate(own)]
        homes: defaultdict[int, list[tuple[Place, Clause]]] = defaultdict(list)
        for place, clause in placed:
            for literal in set(clause):
                homes[literal].append((place, clause))

        def containing(literal: int) -> Iterator[tuple[Place, Clause]]:
            yield from homes.get(literal, ())
            for place, clause in self._homes.get(literal, ()):
                if place[0] not in away:
                    yield place, clause
            for number in self._excepted.get(literal, ()):
                yield from (each for each in self._placed(number, known) if literal in each[1])

        told = (each for n in suspects if n not in away for each in self._placed(n, known))
        start = [
            (place, clause)
            for place, clause in itertools.chain(placed, told)
            if not any(map(world.holds, clause))
        ]
        numbers = {number for number, _ in reached(start, world, containing)}
        return {~n for n in numbers if n < 0}, sorted(n for n in numbers if n >= 0)

    def _nearest(
        self, own: Sequence[Clause], known: frozenset[int], away: Collection[int]
    ) -> tuple[World, Sequence[int]]:
        """Give an assignment close to what is said, and which facts and rules it may break."""
        worlds, broken = self._worlds
        unknown = [-x for x in self._stands_for if x not in known]
        given = [x for number, x in self._optional.items() if number not in away]
        said = dict.fromkeys(map(self._wish, own))
        world = worlds.nearest([*unknown, *given, *said], {*unknown, *given} - said.keys())
        if not world.sound:
            return world, range(len(self._elements))
        dropped = frozenset(world.dropped)
        suspects = {number for number, x in self._optional.items() if x in dropped}.union(broken)
        for wish in dropped:
            suspects.update(self._excepted.get(self._stands_for.get(-wish, 0), ()))
        return world, sorted(suspects)

    @cached_property
    def _worlds(self) -> tuple[Worlds, Sequence[int]]:
        """A solver that holds the facts and rules, and those of them that it had to leave out."""
        numbers = range(len(self._groups))
        names = [self._vocabulary.last + 1 + number for number in numbers]  # for this solver only
        named = [(*clause, -names[n]) for n in numbers for clause in self._groups[n]]
        meanings = [(-x, plain) for x, plain in self._stands_for.items()]
        world = Worlds([*meanings, *named]).nearest(names)
        if not world.sound:
            return Worlds(meanings), numbers
        dropped = frozenset(world.dropped)
        broken = [number for number in numbers if names[number] in dropped]
        held = sorted(set(numbers).difference(broken))
        return Worlds([*meanings, *(c for n in held for c in self._optionally(n))]), broken

    def _optionally(self, number: int) -> Group:
        """Give the clauses of a fact or rule; those of a contested fact only if it is taken."""
        if number not in self._optional:
            return self._groups[number]
        return tuple((*clause, -self._optional[number]) for clause in self._groups[number])

    def _wish(self, clause: Clause) -> int:
        """Give a literal that makes a commitment true."""
        if len(clause) == 1:
            return clause[0]
        if clause not in self._conditional:
            self._conditional[clause] = self._vocabulary.fresh()
            self._worlds[0].add((*clause, -self._conditional[clause]))
        return self._conditional[clause]

    def _encoded(self, element: Fact | GroundRule) -> Group:
        if isinstance(element, Fact):
            return ((self._vocabulary.literal(element.claim),),)
        return rule_clauses(element, self._vocabulary, tuple(map(self._exception, element.unless)))

    def _exception(self, claim: Signed) -> int:
        """Give the variable that stands for a claim where it is an exception."""
        if claim not in self._exceptions:
            self._exceptions[claim] = self._vocabulary.fresh()
            self._stands_for[self._exceptions[claim]] = self._vocabulary.literal(claim)
        return self._exceptions[claim]

    def _plain(self, literal: int) -> int:
        return self._stands_for.get(literal, literal)

    def _index(self, number: int, group: Group) -> None:
        """Note under their literals the clauses of a fact or rule, or that it has exceptions."""
        element = self._elements[number]
        if isinstance(element, Fact) or not element.unless:
            for place, clause in enumerate(group):
                for literal in set(clause):
                    self._homes[literal].append(((number, place), clause))
        else:
            for literal in {self._plain(each) for clause in group for each in clause}:
                self._excepted[literal].append(number)

    def _placed(self, number: int, known: frozenset[int]) -> Iterator[tuple[Place, Clause]]:
        for place, clause in enumerate(self._narrowed(number, known)):
            yield (number, place), clause

    def _element(self, number: int, known: frozenset[int]) -> Fact | GroundRule:
        """Give a fact or rule as it is to a party: with those exceptions only that are known."""
        element = self._elements[number]
        if isinstance(element, Fact) or not element.unless:
            return element
        unless = tuple(each for each in element.unless if self._exceptions[each] in known)
        return replace(element, unless=unless)

    def _narrowed(self, number: int, known: frozenset[int]) -> Group:
        """Give the clauses of a fact or rule with those exceptions only that are known."""
        element, group = self._elements[number], self._groups[number]
        if isinstance(element, Fact) or not element.unless:
            return group
        key = number, known.intersection(self._exceptions[each] for each in element.unless)
        if key not in self._narrow:
            gone = self._stands_for.keys() - known
            self._narrow[key] = tuple(
                tuple(self._plain(literal) for literal in clause if literal not in gone)
                for clause in group
            )
        return self._narrow[key]


def disputed(case: Case) -> dict[str, frozenset[Signed]]:
    """Give the facts that each party disputes, itself or by who speaks for it."""
    found: defaultdict[str, set[Signed]] = defaultdict(set)
    for fact in case.facts.values():
        for actor in fact.contested_by:
            for party in (actor, *party_of(case, actor, None)):
                found[party].add(fact.claim)
    return {party: frozenset(claims) for party, claims in found.items()}
