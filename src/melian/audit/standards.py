"""What a double standard turns on: where a principle is invoked, where it is not kept, which way.

A party that invokes a principle is bound to it for every instance. It may break it in either of
two ways: **refused**, the principle grants something to an instance and the party denies it;
**granted**, the principle denies something to an instance (by its conclusion, or by the converse
side of a ``<->``) and the party claims it nevertheless.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.audit.holding import can_hold
from melian.case.formula import Atom, Iff, Implies, Signed, atoms
from melian.case.model import Principle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.audit.clash import Clash
    from melian.audit.encoding import Element
    from melian.audit.result import Direction
    from melian.case.formula import Formula
    from melian.case.grounding import GroundRule

Instance = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """Principles that a conflict applies.

    Attributes:
        applied: the principles, each for its instance.
        here: other instances that the party invokes them for.
        there: the instances they are not kept to for.
        direction: whether the party refuses what they grant, or grants what they do not.
    """

    applied: tuple[GroundRule, ...]
    here: tuple[Instance, ...]
    there: tuple[Instance, ...]
    direction: Direction


def applied(clash: Clash) -> tuple[GroundRule, ...]:
    """Give the rules of a conflict that apply a principle to an instance."""
    return tuple(rule for rule in clash.rules if isinstance(rule.origin, Principle))


def is_double(clash: Clash) -> bool:
    """Tell whether it is the party that stands against the principles that a conflict applies.

    It is, when the principles could hold there as far as the other rules and the facts go: where
    principles pull apart they are arguments that exclude each other, and where the facts alone
    speak against a principle nobody has refused anything.
    """
    principles = applied(clash)
    if not principles:
        return False
    origins = (rule.origin for rule in principles)
    granted = [Signed(Atom(each.name)) for each in origins if isinstance(each, Principle)]
    granted += [condition for rule in principles for condition in rule.conditions]
    return can_hold((*clash.facts, *clash.rules), granted)


def standard_of(clash: Clash) -> Standard:
    """Give what a double standard turns on."""
    principles = applied(clash)
    there = dict.fromkeys(rule.args for rule in principles if rule.args)
    here = dict.fromkeys(args for args, _ in _invocations(clash) if args and args not in there)
    return Standard(principles, tuple(here), tuple(there), _direction(clash, principles))


def _direction(clash: Clash, principles: tuple[GroundRule, ...]) -> Direction:
    """Read the direction off what the rest of the conflict says of the principles' conclusions."""
    others = (rule for rule in clash.rules if rule not in principles)
    rest: tuple[Element, ...] = (*clash.commitments, *clash.facts, *others)
    for atom in _at_stake(clash, principles):
        if not can_hold(rest, [Signed(atom)]):
            return "refused"
        if not can_hold(rest, [Signed(atom, positive=False)]):
            return "granted"
    return ""


def _at_stake(clash: Clash, principles: tuple[GroundRule, ...]) -> list[Atom]:
    """Give what principles conclude about an instance, and no fact settles.

    What they were invoked for elsewhere comes first.
    """
    settled = {fact.atom for fact in clash.facts}
    invoked = {name for _, name in _invocations(clash)}
    found = [a for rule in principles if rule.then is not None for a in _heads(rule.then)]
    return sorted(
        (atom for atom in dict.fromkeys(found) if atom not in settled),
        key=lambda atom: atom.name not in invoked,
    )


def _heads(formula: Formula) -> Iterator[Atom]:
    """Give the atoms of a conclusion, what it concludes before what it concludes that from."""
    match formula:
        case Implies(left, right):
            yield from (*_heads(right), *_heads(left))
        case Iff(left, right):
            yield from (*_heads(left), *_heads(right))
        case _:
            yield from atoms(formula)


def _invocations(clash: Clash) -> Iterator[tuple[Instance, str]]:
    """Give what the principles of a conflict are invoked for: the instance, and the concept."""
    principles = clash.case.principles
    for commitment, words in zip(clash.commitments, clash.said, strict=True):
        principle = principles.get(commitment.claim.atom.name)
        if principle is None:
            continue
        for statement in words:
            said = statement.claim.atom
            named = [c.atom.args for c in statement.because if c.atom.name == principle.name]
            about = [args for args in named if args] or [_instance(principle, said)]
            yield from ((args, said.name) for args in about)


def _instance(principle: Principle, said: Atom) -> Instance:
    """Give the instance of a principle that something said is about, if it is about one."""
    if said.name == principle.name:
        return said.args
    for atom in (*atoms(principle.then), *(each.atom for each in principle.conditions)):
        if atom.name == said.name:
            binding = dict(zip(atom.args, said.args, strict=False))
            if all(param in binding for param in principle.params):
                return tuple(binding[param] for param in principle.params)
    return said.args if len(said.args) == len(principle.params) else ()
