"""What one party's position rests on: its commitments, and the facts and rules that touch them."""

from __future__ import annotations

from dataclasses import dataclass
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
        self._plain = tuple(rule_clauses(rule, self.vocabulary) for rule in self.rules)
        self._fact_groups = tuple(((self.vocabulary.literal(f.claim),),) for f in self.facts)

    def base(self, commitments: Sequence[Commitment]) -> Base:
        """Give the commitments with all facts and rules that are tied to them by concepts.

        An exception to a rule may apply when it is a fact or something the party is committed
        to; otherwise it is taken not to apply.
        """
        own = tuple(commitment_clauses(c, self.vocabulary) for c in commitments)
        said = frozenset(commitment.claim for commitment in commitments)
        rules = (self._clauses(number, said) for number in range(len(self.rules)))
        groups = (*self._fact_groups, *rules)
        tied = _tied(own, groups)
        elements: tuple[Element, ...] = (*self.facts, *self.rules)
        return Base(
            (*commitments, *(elements[number] for number in tied)),
            (*own, *(groups[number] for number in tied)),
            self.vocabulary,
        )

    def hard(self) -> Base:
        """Give the elements nobody can give up: plain facts and strict rules."""
        elements: tuple[Element, ...] = (*self.facts, *self.rules)
        groups = (*self._fact_groups, *(self._clauses(n, ()) for n in range(len(self.rules))))
        kept = [n for n, element in enumerate(elements) if not is_soft(element)]
        return Base(
            tuple(elements[n] for n in kept), tuple(groups[n] for n in kept), self.vocabulary
        )

    def _clauses(self, number: int, said: Collection[Signed]) -> Group:
        rule = self.rules[number]
        applying = [each for each in rule.unless if each in said or each in self._known]
        if not applying:
            return self._plain[number]
        return rule_clauses(rule, self.vocabulary, applying)


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
