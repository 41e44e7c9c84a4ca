"""How a conflict comes about, step by step: from what is given to where it clashes.

Unit propagation (Davis, Logemann & Loveland 1962) from the commitments and facts of the set,
through its rules. A claim that the rules speak against is held back, so that the steps lead up to
the opposite of something that was said, rather than to a rule broken at some point of its chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.audit.encoding import Vocabulary, commitment_clauses, escapes, rule_clauses
from melian.audit.result import Commitment
from melian.case.formula import Signed
from melian.case.grounding import GroundRule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from melian.audit.result import Finding
    from melian.audit.search.clauses import Clause
    from melian.case.model import Fact

    _Given = Commitment | Fact

_Rule = GroundRule | Commitment


@dataclass(frozen=True, slots=True)
class Premise:
    """A claim that a step uses: given by a commitment or a fact, or concluded before."""

    claim: Signed
    given: _Given | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from premises, by rules, to a conclusion; the clash concludes nothing.

    Attributes:
        premises: the claims it uses.
        by: the rules, or the conditional commitment, that lead on; none for a claim and its
            denial.
        conclusion: what follows, or nothing for the clash, which is the last step.
    """

    premises: tuple[Premise, ...]
    by: tuple[_Rule, ...] = ()
    conclusion: Signed | None = None


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a literal holds: a rule, and the literals that it needed."""

    rule: _Rule
    premises: tuple[int, ...]


def derivation(finding: Finding) -> tuple[Step, ...]:
    """Give the steps from what is given to the clash, which is the last of them."""
    return _Derivation(finding).steps()


class _Derivation:
    """A finding's elements as literals and clauses."""

    def __init__(self, finding: Finding) -> None:
        self.vocabulary = Vocabulary()
        conditional = [c for c in finding.commitments if c.conditions]
        given: list[_Given] = [c for c in finding.commitments if not c.conditions]
        given.extend(finding.facts)
        self.rules: tuple[_Rule, ...] = (*finding.rules, *conditional)
        self.given = {self.vocabulary.literal(element.claim): element for element in given}
        self.clauses = [(rule, clause) for rule in self.rules for clause in self._clauses(rule)]
        self.heads = {(rule, head) for rule in self.rules for head in self._heads(rule)}

    def steps(self) -> tuple[Step, ...]:
        """Give the steps, towards a claim held back or into a broken rule, most direct first."""
        against = {head for _, head in self.heads}
        goals = [goal for goal in self.given if -goal in self.given or -goal in against]
        goals.sort(key=lambda goal: isinstance(self.given[goal], Commitment))
        routes = [steps for goal in reversed(goals) if (steps := self._towards(goal))]
        routes.append(self._into_a_broken_rule())
        return min(routes, key=self._turned_round)

    def _into_a_broken_rule(self) -> tuple[Step, ...]:
        """Give the steps until a rule is broken; all at once, when none is within reach."""
        reasons, broken = _propagated(self.given, self.clauses, self.heads)
        if broken is None:
            return (Step(self._premises(self.given), self.rules),)
        needed = self._atoms_behind(broken.premises, reasons)
        return (*self._leading_to(needed, reasons), Step(self._premises(needed), (broken.rule,)))

    def _towards(self, goal: int) -> tuple[Step, ...]:
        """Give the steps to the denial of a given claim, or none when they do not get there."""
        start = [literal for literal in self.given if literal != goal]
        reasons, _ = _propagated(start, self.clauses, self.heads)
        if -goal not in reasons and -goal not in start:
            return ()
        steps = self._leading_to([-goal], reasons)
        return (*steps, Step(self._premises([-goal, goal])))

    def _turned_round(self, steps: Sequence[Step]) -> int:
        """Count the steps that use a rule against its direction, or several rules at once."""
        return sum(
            len(step.by) > 1
            if step.conclusion is None
            else (step.by[0], self.vocabulary.literal(step.conclusion)) not in self.heads
            for step in steps
        )

    def _leading_to(self, wanted: Iterable[int], reasons: Mapping[int, _Reason]) -> list[Step]:
        needed, queue = set(wanted), list(wanted)
        for literal in queue:
            if literal in reasons:
                behind = self._atoms_behind(reasons[literal].premises, reasons)
                queue.extend(each for each in behind if each not in needed)
                needed.update(behind)
        return [self._step(each, reasons) for each in reasons if each in needed]

    def _step(self, literal: int, reasons: Mapping[int, _Reason]) -> Step:
        reason = reasons[literal]
        premises = self._premises(self._atoms_behind(reason.premises, reasons))
        return Step(premises, (reason.rule,), self._claim(literal))

    def _atoms_behind(
        self, literals: Iterable[int], reasons: Mapping[int, _Reason]
    ) -> tuple[int, ...]:
        """Replace literals that stand for parts of formulas by what they follow from."""
        found: dict[int, None] = {}
        for literal in literals:
            if self.vocabulary.atom(abs(literal)) is not None:
                found[literal] = None
            elif literal in reasons:
                behind = self._atoms_behind(reasons[literal].premises, reasons)
                found.update(dict.fromkeys(behind))
        return tuple(found)

    def _premises(self, literals: Iterable[int]) -> tuple[Premise, ...]:
        return tuple(Premise(self._claim(each), self.given.get(each)) for each in literals)

    def _claim(self, literal: int) -> Signed:
        atom = self.vocabulary.atom(abs(literal))
        assert atom is not None  # noqa: S101 - parts of formulas were replaced before
        return Signed(atom, literal > 0)

    def _clauses(self, rule: _Rule) -> tuple[Clause, ...]:
        if isinstance(rule, Commitment):
            return commitment_clauses(rule, self.vocabulary)
        return rule_clauses(rule, self.vocabulary)

    def _heads(self, rule: _Rule) -> Iterator[int]:
        """Give the literals a rule concludes when it is used in its own direction."""
        if isinstance(rule, Commitment):
            yield self.vocabulary.literal(rule.claim)
        elif rule.then is not None:
            kept_from = escapes(rule, self.vocabulary)
            for clause in self._clauses(rule):
                yield from (literal for literal in clause if literal not in kept_from)


def _propagated(
    start: Iterable[int],
    clauses: Sequence[tuple[_Rule, Clause]],
    heads: Collection[tuple[_Rule, int]],
) -> tuple[dict[int, _Reason], _Reason | None]:
    """Give why each further literal holds, in order, and the clause that is broken, if any.

    A rule is turned round (its conclusion denied, so a condition fails) only where no rule can
    be used in its own direction.
    """
    known, reasons = set(start), dict[int, _Reason]()
    while True:
        open_ = [(r, c, [x for x in c if -x not in known]) for r, c in clauses]
        open_ = [each for each in open_ if not known.intersection(each[1])]
        broken = next((each for each in open_ if not each[2]), None)
        if broken is not None:
            return reasons, _Reason(broken[0], tuple(-x for x in broken[1]))
        units = [each for each in open_ if len(each[2]) == 1]
        if not units:
            return reasons, None
        forward = (each for each in units if (each[0], each[2][0]) in heads)
        rule, clause, (literal,) = next(forward, units[0])
        reasons[literal] = _Reason(rule, tuple(-x for x in clause if x != literal))
        known.add(literal)
