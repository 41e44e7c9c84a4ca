"""Commitments, facts and ground rules as groups of clauses over numbered atoms.

Formulas become clauses with auxiliary variables where they would otherwise be multiplied out
(Tseitin 1968, in the one direction that is needed: Plaisted & Greenbaum 1986). The auxiliary
variables of a rule occur in that rule's group only, so they stand or fall with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from melian.audit.result import Commitment
from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.case.grounding import GroundRule
from melian.case.model import Fact, Principle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.audit.search.clauses import Clause, Group
    from melian.case.formula import Formula, Signed

Element = Commitment | Fact | GroundRule
"""What a position is made of; each says something as clauses."""


class Vocabulary:
    """Numbers for atoms, given out from 1 as they come, and fresh ones for parts of formulas."""

    def __init__(self) -> None:
        """Start with no atom."""
        self._numbers: dict[Atom, int] = {}
        self._atoms: dict[int, Atom] = {}
        self._last = 0

    def fresh(self) -> int:
        """Give a number that nothing has."""
        self._last += 1
        return self._last

    @property
    def last(self) -> int:
        """The largest number given out."""
        return self._last

    def literal(self, claim: Signed) -> int:
        """Give the number of the claim's atom, negative when the claim denies it."""
        number = self.number(claim.atom)
        return number if claim.positive else -number

    def number(self, atom: Atom) -> int:
        """Give the number of an atom."""
        number = self._numbers.get(atom)
        if number is None:
            number = self.fresh()
            self._numbers[atom] = number
            self._atoms[number] = atom
        return number

    def atom(self, number: int) -> Atom | None:
        """Give the atom that has the number, or nothing when it stands for part of a formula."""
        return self._atoms.get(number)


def clauses(element: Element, vocabulary: Vocabulary) -> Group:
    """Give what an element says."""
    match element:
        case Commitment():
            return commitment_clauses(element, vocabulary)
        case Fact():
            return ((vocabulary.literal(element.claim),),)
        case GroundRule():
            return rule_clauses(element, vocabulary)


def commitment_clauses(commitment: Commitment, vocabulary: Vocabulary) -> Group:
    """Give what a commitment says: its claim, if its conditions hold."""
    conditions = (-vocabulary.literal(each) for each in commitment.conditions)
    return ((*conditions, vocabulary.literal(commitment.claim)),)


def escapes(rule: GroundRule, vocabulary: Vocabulary) -> Clause:
    """Give the literals any of which keeps a rule from applying.

    They are its exceptions, the denials of its conditions and, as a principle only binds who
    holds it, the denial of the principle.
    """
    found = [vocabulary.literal(each) for each in rule.unless]
    found += (-vocabulary.literal(each) for each in rule.conditions)
    if isinstance(rule.origin, Principle):
        found.append(-vocabulary.number(Atom(rule.origin.name)))
    return tuple(found)


def rule_clauses(
    rule: GroundRule, vocabulary: Vocabulary, exceptions: Clause | None = None
) -> Group:
    """Give what a ground rule says, unless something keeps it from applying.

    Args:
        rule: the rule.
        vocabulary: the numbers of atoms.
        exceptions: what to put for its exceptions, if not their own literals.
    """
    if exceptions is None:
        unless = escapes(rule, vocabulary)
    else:
        unless = (*exceptions, *escapes(replace(rule, unless=()), vocabulary))
    encoder = _Encoder(vocabulary)
    if rule.excludes:
        excluded = (-vocabulary.literal(each) for each in rule.excludes)
        encoder.clauses.append((*unless, *excluded))
    if rule.then is not None:
        encoder.require(rule.then, True, unless)
    return tuple(encoder.clauses)


class _Encoder:
    """Clauses of one formula; equal parts share their auxiliary variable."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.clauses: list[Clause] = []
        self._named: dict[tuple[Formula, bool], int] = {}

    def require(self, formula: Formula, positive: bool, unless: Clause) -> None:
        """Add clauses that make the formula true (or false), unless one of the literals is."""
        for disjunction in _conjuncts(formula, positive):
            literals = (self._literal(*part) for part in _disjuncts(*disjunction))
            self.clauses.append((*unless, *literals))

    def _literal(self, formula: Formula, positive: bool) -> int:
        if isinstance(formula, Atom):
            number = self.vocabulary.number(formula)
            return number if positive else -number
        if (formula, positive) not in self._named:
            name = self._named[formula, positive] = self.vocabulary.fresh()
            self.require(formula, positive, (-name,))
        return self._named[formula, positive]


_SignedFormula = tuple["Formula", bool]


def _conjuncts(formula: Formula, positive: bool) -> Iterator[_SignedFormula]:
    """Split a formula, or its denial, into parts that must all hold."""
    match formula, positive:
        case Not(part), _:
            yield from _conjuncts(part, not positive)
        case (And(parts), True) | (Or(parts), False):
            for part in parts:
                yield from _conjuncts(part, positive)
        case Implies(left, right), False:
            yield from _conjuncts(left, True)
            yield from _conjuncts(right, False)
        case Iff(left, right), _:
            yield Or((left, Not(right) if positive else right)), True
            yield Or((Not(left), right if positive else Not(right))), True
        case _:
            yield formula, positive


def _disjuncts(formula: Formula, positive: bool) -> Iterator[_SignedFormula]:
    """Split a formula, or its denial, into parts of which one must hold."""
    match formula, positive:
        case Not(part), _:
            yield from _disjuncts(part, not positive)
        case (Or(parts), True) | (And(parts), False):
            for part in parts:
                yield from _disjuncts(part, positive)
        case Implies(left, right), True:
            yield from _disjuncts(left, False)
            yield from _disjuncts(right, True)
        case _:
            yield formula, positive
