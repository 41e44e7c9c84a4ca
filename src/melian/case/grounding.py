"""Rules and principles for the instances in use, without variables.

A variable stands for whatever is used at its place: in ``may-secede(x) -> recognised(x)`` the
candidates for ``x`` are the arguments that ``may-secede`` and ``recognised`` have anywhere in the
case. What a rule concludes about an instance is used by the next rule, so the places a variable
occurs at share their candidates, until nothing changes.

Claims that a rule excludes stay as many as it names: ``excludes: [p(x), p(y)]`` is about two
different instances. What it says of ``i`` and ``j`` it does not say again of ``j`` and ``i``.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from melian.case.formula import Atom, Signed, atoms, substitute
from melian.case.model import CommitmentChange, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.formula import Formula
    from melian.case.model import Case, Lever, Principle

LIMIT = 20_000

_Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class GroundRule:
    """A rule or principle for one instance.

    Attributes:
        id: the rule's id with the instance: ``public-support-decides(ukraine)``.
        origin: the rule or principle it is an instance of.
        args: the instance: a value for each of its variables or parameters.
        excludes, conditions, unless, then: as in :class:`melian.case.model.Rule`.
    """

    id: str
    origin: Rule | Principle
    excludes: tuple[Signed, ...] = ()
    conditions: tuple[Signed, ...] = ()
    unless: tuple[Signed, ...] = ()
    then: Formula | None = None
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Schema:
    """A rule or principle with its variables, as a ground rule that still holds them."""

    rule: GroundRule
    variables: tuple[str, ...]

    @property
    def atoms(self) -> Iterator[Atom]:
        rule = self.rule
        for claim in (*rule.excludes, *rule.conditions, *rule.unless):
            yield claim.atom
        if rule.then is not None:
            yield from atoms(rule.then)

    @property
    def places(self) -> Iterator[tuple[str, _Place]]:
        """Each argument with the place it stands at; a principle's own name counts as used."""
        yield from _places(self.atoms)
        if not isinstance(self.rule.origin, Rule):
            yield from _places([Atom(self.rule.id, self.variables)])


@dataclass(frozen=True, slots=True)
class Grounded:
    """The rules and principles of a case without variables.

    Attributes:
        rules: every rule and principle for every instance in use.
        left_out: the rules and principles that have too many instances.
    """

    rules: tuple[GroundRule, ...]
    left_out: tuple[Rule | Principle, ...] = ()


def ground(case: Case, limit: int = LIMIT) -> Grounded:
    """Give every rule and principle of the case for every instance in use.

    Args:
        case: the case.
        limit: how many instances to make in all; a rule or principle that would exceed it is
            left out.
    """
    schemas = _schemas(case)
    candidates = _candidates(case, schemas)
    rules: list[GroundRule] = []
    left_out: list[Rule | Principle] = []
    for number, schema in enumerate(schemas):
        values = [sorted(candidates.get((number, v), ())) for v in schema.variables]
        if math.prod(map(len, values)) > limit - len(rules):
            left_out.append(schema.rule.origin)
        else:
            rules.extend(_instances(schema, values))
    return Grounded(tuple(rules), tuple(left_out))


def _schemas(case: Case) -> list[_Schema]:
    rules = [
        _Schema(GroundRule(r.id, r, r.excludes, r.conditions, r.unless, r.then), r.variables)
        for r in case.rules
    ]
    principles = [
        _Schema(GroundRule(p.name, p, (), p.conditions, p.unless, p.then), p.params)
        for p in case.principles.values()
    ]
    return rules + principles


def _candidates(case: Case, schemas: list[_Schema]) -> dict[tuple[int, str], set[str]]:
    """Give the values of each schema's variables, sharing values between joined places."""
    values: defaultdict[_Place, set[str]] = defaultdict(set)
    joined: defaultdict[tuple[int, str], set[_Place]] = defaultdict(set)
    for value, place in _places(_atoms_in_use(case)):
        values[place].add(value)
    for number, schema in enumerate(schemas):
        for argument, place in schema.places:
            if argument in schema.variables:
                joined[number, argument].add(place)
            else:
                values[place].add(argument)
    grew = True
    while grew:
        grew = False
        for places in joined.values():
            shared = set().union(*(values[p] for p in places))
            grew = grew or any(len(values[p]) < len(shared) for p in places)
            values.update((p, shared) for p in places)
    return {key: values[next(iter(places))] for key, places in joined.items()}


def _places(used: Iterable[Atom]) -> Iterator[tuple[str, _Place]]:
    for atom in used:
        for index, argument in enumerate(atom.args):
            yield argument, (atom.name, index)


def _atoms_in_use(case: Case) -> Iterator[Atom]:
    yield from case.facts
    for statement in case.statements:
        for claim in (statement.claim, *statement.because, *statement.conditions):
            yield claim.atom
    for deed in case.deeds:
        yield from (claim.atom for claim in deed.shows)
    if case.conflict is not None:
        for preferences in case.conflict.preferences.values():
            for preference in preferences:
                yield from _atoms_of(preference.because)
    for lever in case.levers.values():
        yield from _atoms_of_lever(lever)


def _atoms_of_lever(lever: Lever) -> Iterator[Atom]:
    yield from (claim.atom for claim in lever.establishes)
    for change in lever.effect:
        if isinstance(change, CommitmentChange):
            yield change.claim.atom
        else:
            yield from _atoms_of(change.because)


def _atoms_of(formula: Formula | None) -> Iterator[Atom]:
    if formula is not None:
        yield from atoms(formula)


def _instances(schema: _Schema, values: list[list[str]]) -> Iterator[GroundRule]:
    if not schema.variables:
        yield schema.rule
        return
    named = len(set(schema.rule.excludes))
    seen: set[object] = set()
    for chosen in itertools.product(*values):
        rule = _instance(schema.rule, dict(zip(schema.variables, chosen, strict=True)))
        excluded = frozenset(rule.excludes)
        says = (excluded, frozenset(rule.conditions), frozenset(rule.unless))
        if len(excluded) == named and not (excluded and says in seen):
            seen.add(says)
            yield rule


def _instance(rule: GroundRule, binding: dict[str, str]) -> GroundRule:
    def bind(claims: tuple[Signed, ...]) -> tuple[Signed, ...]:
        return tuple(
            Signed(Atom(c.atom.name, tuple(binding.get(a, a) for a in c.atom.args)), c.positive)
            for c in claims
        )

    return replace(
        rule,
        id=str(Atom(rule.id, tuple(binding.values()))),
        excludes=bind(rule.excludes),
        conditions=bind(rule.conditions),
        unless=bind(rule.unless),
        then=None if rule.then is None else substitute(rule.then, binding),
        args=tuple(binding.values()),
    )
