"""What one party's position rests on: its commitments, and the facts and rules that touch them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from melian.audit.encoding import Vocabulary, commitment_clauses, rule_clauses
from melian.audit.result import Commitment
from melian.case.grounding import GroundRule, ground
from melian.case.model import Fact
from melian.case.speaking import party_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from melian.audit.sat import Group
    from melian.case.formula import Signed
    from melian.case.model import Case

Element = Commitment | Fact | GroundRule


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


@dataclass(frozen=True, slots=True)
class Base:
    """Elements in a fixed order, each with its clauses."""

    elements: tuple[Element, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A fact or rule as clauses.

    Attributes:
        literals: those of its literals that are concepts, asserted or denied.
        needs: per clause, the denials that must come from elsewhere for it to be contradicted.
    """

    element: Fact | GroundRule
    group: Group
    literals: frozenset[int]
    needs: tuple[frozenset[int], ...]


class Background:
    """The facts and ground rules of a case, encoded and indexed once for all its parties.

    Attributes:
        left_out: the rules and principles that are not used, having too many instances.
    """

    def __init__(self, case: Case) -> None:
        """Ground, number and index the rules and facts of a case."""
        grounded = ground(case)
        self.left_out = grounded.left_out
        self._vocabulary = Vocabulary()
        self._facts = {fact.claim: number for number, fact in enumerate(case.facts.values())}
        self._disputed = disputed(case)
        every: tuple[Fact | GroundRule, ...] = (*case.facts.values(), *grounded.rules)
        self._whole = tuple(map(self._encode, every))
        self._narrow: dict[tuple[int, tuple[Signed, ...]], _Encoded] = {}
        self._homes: defaultdict[int, list[int]] = defaultdict(list)
        for number, encoded in enumerate(self._whole):
            for literal in encoded.literals:
                self._homes[literal].append(number)

    def base(self, actor: str, commitments: Sequence[Commitment]) -> Base:
        """Give a party's commitments with all facts and rules that may clash with them.

        An exception of a rule may apply when it is a fact or something the party is committed
        to; any other is taken not to apply. What the party disputes is no fact to it.
        """
        own = tuple(commitment_clauses(c, self._vocabulary) for c in commitments)
        disputed = self._disputed.get(actor, frozenset())
        known = self._facts.keys() - disputed | {c.claim for c in commitments}
        away = {self._facts[claim] for claim in disputed}
        tied = self._tied({x for group in own for clause in group for x in clause}, known, away)
        return Base(
            (*commitments, *(each.element for each in tied)),
            (*own, *(each.group for each in tied)),
        )

    def hard(self) -> Base:
        """Give the elements nobody can give up: plain facts and strict rules."""
        every = (self._narrowed(number, self._facts.keys()) for number in range(len(self._whole)))
        kept = [each for each in every if not is_soft(each.element)]
        return Base(tuple(each.element for each in kept), tuple(each.group for each in kept))

    def _tied(
        self, own: Collection[int], known: Collection[Signed], away: Collection[int]
    ) -> list[_Encoded]:
        """Give what denies a literal of the own clauses, what denies a literal of that, and so on.

        Conflicts hang together by literals and their denials, so that nothing else can be part
        of a conflict with the own clauses; nor can a clause with a literal that nothing denies.
        """
        queue = sorted(own)
        reached, tied = set(own), dict[int, _Encoded]()
        for literal in queue:
            for number in self._homes.get(-literal, ()):
                if number in tied or number in away:
                    continue
                encoded = self._narrowed(number, known)
                if -literal in encoded.literals and self._may_clash(encoded, own):
                    tied[number] = encoded
                    queue.extend(encoded.literals - reached)
                    reached |= encoded.literals
        return [tied[number] for number in sorted(tied)]

    def _may_clash(self, encoded: _Encoded, own: Collection[int]) -> bool:
        return any(all(x in own or x in self._homes for x in needed) for needed in encoded.needs)

    def _narrowed(self, number: int, known: Collection[Signed]) -> _Encoded:
        """Give a fact or rule with those exceptions only that are known."""
        whole = self._whole[number]
        if isinstance(whole.element, Fact) or not whole.element.unless:
            return whole
        unless = tuple(each for each in whole.element.unless if each in known)
        if unless == whole.element.unless:
            return whole
        key = (number, unless)
        if key not in self._narrow:
            self._narrow[key] = self._encode(replace(whole.element, unless=unless))
        return self._narrow[key]

    def _encode(self, element: Fact | GroundRule) -> _Encoded:
        if isinstance(element, Fact):
            group: Group = ((self._vocabulary.literal(element.claim),),)
        else:
            group = rule_clauses(element, self._vocabulary)
        clauses = [frozenset(filter(self._is_concept, clause)) for clause in group]
        needs = tuple(frozenset(-literal for literal in clause) for clause in clauses)
        return _Encoded(element, group, frozenset().union(*clauses), needs)

    def _is_concept(self, literal: int) -> bool:
        return self._vocabulary.atom(abs(literal)) is not None


def disputed(case: Case) -> dict[str, frozenset[Signed]]:
    """Give the facts that each party disputes, itself or by who speaks for it."""
    found: defaultdict[str, set[Signed]] = defaultdict(set)
    for fact in case.facts.values():
        for actor in fact.contested_by:
            for party in (actor, *party_of(case, actor, None)):
                found[party].add(fact.claim)
    return {party: frozenset(claims) for party, claims in found.items()}
