"""Each finding of the built-in case by truth table: it cannot hold; without any part it can."""

from __future__ import annotations

from itertools import product

import pytest

from melian import verbs
from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.case.model import Principle

CASE = verbs.open_case("nato-russia-2008").case
FINDINGS = verbs.audit(CASE).findings


def true(formula, world):
    match formula:
        case Atom():
            return world[str(formula)]
        case Not(part):
            return not true(part, world)
        case And(parts):
            return all(true(part, world) for part in parts)
        case Or(parts):
            return any(true(part, world) for part in parts)
        case Implies(left, right):
            return true(right, world) or not true(left, world)
        case Iff(left, right):
            return true(left, world) == true(right, world)


def meets(claim, world):
    return world[str(claim.atom)] == claim.positive


def requirement(part, world):
    """Tell whether a world satisfies one commitment, fact or rule, from what the words mean."""
    if hasattr(part, "statements"):
        return meets(part.claim, world) or not all(meets(c, world) for c in part.conditions)
    if hasattr(part, "value"):
        return world[str(part.atom)] == part.value
    if part.excludes:
        return not all(meets(c, world) for c in part.excludes)
    bound = not isinstance(part.origin, Principle) or world[part.origin.name]
    applies = bound and all(meets(c, world) for c in part.conditions)
    return not applies or true(part.then, world)


def names(part):
    """Every atom that a part speaks of."""
    if hasattr(part, "statements"):
        return {str(c.atom) for c in (part.claim, *part.conditions)}
    if hasattr(part, "value"):
        return {str(part.atom)}
    found = {str(c.atom) for c in (*part.excludes, *part.conditions)}
    found |= set(in_formula(part.then)) if part.then else set()
    return found | ({part.origin.name} if isinstance(part.origin, Principle) else set())


def in_formula(formula):
    match formula:
        case Atom():
            yield str(formula)
        case Not(part):
            yield from in_formula(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from in_formula(part)
        case Implies(left, right) | Iff(left, right):
            yield from in_formula(left)
            yield from in_formula(right)


def possible(parts):
    """Tell whether all parts can hold at once, by trying every world."""
    atoms = sorted(set().union(*(names(part) for part in parts))) if parts else []
    worlds = (
        dict(zip(atoms, values, strict=True))
        for values in product((True, False), repeat=len(atoms))
    )
    return any(all(requirement(part, world) for part in parts) for world in worlds)


@pytest.mark.parametrize("finding", FINDINGS, ids=[finding.id for finding in FINDINGS])
def test_finding__is_minimal(finding):
    parts = [*finding.commitments, *finding.facts, *finding.rules]
    assert not possible(parts)
    for left_out in range(len(parts)):
        assert possible(parts[:left_out] + parts[left_out + 1 :])
