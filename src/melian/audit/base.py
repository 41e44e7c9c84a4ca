"""What one party's position rests on: its commitments, and the facts and rules that touch them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from melian.audit.encoding import Vocabulary, commitment_clauses, rule_clauses
from melian.audit.result import Commitment
from melian.case.grounding import GroundRule, ground
from melian.case.model import Fact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

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
    vocabulary: Vocabulary


class Background:
    """The facts and ground rules of a case, encoded once for all its parties."""

    def __init__(self, case: Case) -> None:
        """Ground and number the rules and facts of a case."""
        self.vocabulary = Vocabulary()
        self.facts = tuple(case.facts.values())
        self.rules = ground(case)
        self._known = frozenset(fact.claim for fact in self.facts)
        self._fact_groups = tuple(((self.vocabulary.literal(f.claim),),) for f in self.facts)
        self._encoded: dict[tuple[int, tuple[Signed, ...]], Group] = {}

    def base(self, commitments: Sequence[Commitment]) -> Base:
        """Give the commitments with all facts and rules that are tied to them by concepts."""
        own = tuple(commitment_clauses(c, self.vocabulary) for c in commitments)
        whole = self._granted(frozenset(commitment.claim for commitment in commitments))
        tied = _tied(own, whole.groups)
        return Base(
            (*commitments, *(whole.elements[number] for number in tied)),
            (*own, *(whole.groups[number] for number in tied)),
            self.vocabulary,
        )

    def hard(self) -> Base:
        """Give the elements nobody can give up: plain facts and strict rules."""
        whole = self._granted(frozenset())
        kept = [n for n, element in enumerate(whole.elements) if not is_soft(element)]
        return Base(
            tuple(whole.elements[n] for n in kept),
            tuple(whole.groups[n] for n in kept),
            self.vocabulary,
        )

    def _granted(self, said: frozenset[Signed]) -> Base:
        """Give all facts, and the rules with those exceptions that may apply.

        An exception may apply when it is a fact or something the party is committed to; any
        other is taken not to apply.
        """
        known = said | self._known
        rules = [_narrowed(rule, known) for rule in self.rules]
        clauses = (self._clauses(number, rule) for number, rule in enumerate(rules))
        groups = (*self._fact_groups, *clauses)
        return Base((*self.facts, *rules), groups, self.vocabulary)

    def _clauses(self, number: int, rule: GroundRule) -> Group:
        key = (number, rule.unless)
        if key not in self._encoded:
            self._encoded[key] = rule_clauses(rule, self.vocabulary)
        return self._encoded[key]


def _narrowed(rule: GroundRule, known: Collection[Signed]) -> GroundRule:
    unless = tuple(each for each in rule.unless if each in known)
    return rule if unless == rule.unless else replace(rule, unless=unless)


def _tied(own: Iterable[Group], groups: Sequence[Group]) -> list[int]:
    """Give the groups that share a variable with the own ones, directly or through others."""
    homes: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        for variable in _variables(group):
            homes.setdefault(variable, []).append(number)
    queue = [variable for group in own for variable in _variables(group)]
    seen, tied = set(queue), set[int]()
    for variable in queue:
        for number in homes.get(variable, ()):
            if number not in tied:
                tied.add(number)
                fresh = _variables(groups[number]) - seen
                seen |= fresh
                queue.extend(fresh)
    return sorted(tied)


def _variables(group: Group) -> set[int]:
    return {abs(literal) for clause in group for literal in clause}
