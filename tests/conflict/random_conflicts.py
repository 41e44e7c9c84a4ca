"""Seeded conflicts as a case has them: formulas over options, with all that a conflict may have."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.case.model import Conflict, Option, Preference

if TYPE_CHECKING:
    from random import Random

    from melian.case.formula import Formula


def random_formula(rnd: Random, names: list[str], depth: int = 2) -> Formula:
    if depth == 0 or rnd.random() < 0.3:
        atom = Atom(rnd.choice(names))
        return atom if rnd.random() < 0.5 else Not(atom)
    one, two = (random_formula(rnd, names, depth - 1) for _ in range(2))
    kind = rnd.choice([And, And, Or, Or, Implies, Iff])
    return kind((one, two)) if kind in (And, Or) else kind(one, two)


def _owners(rnd: Random, number: int, actors: list[str], shared: float) -> tuple[str, ...]:
    if rnd.random() < 0.05:
        return ()
    first = actors[number] if number < len(actors) else rnd.choice(actors)
    return tuple(a for a in actors if a == first or rnd.random() < shared)


def random_conflict(rnd: Random, actors: int, options: int) -> Conflict:
    who = [f"actor-{i}" for i in range(actors)]
    names = [f"option-{i}" for i in range(options)]
    shared = rnd.choice([0.0, 0.0, 0.2]) if options < 9 else 0.0  # arrays take long with many
    locked = rnd.choice([0.0, 0.0, 0.3, 0.8])
    each = {n: Option(n, _owners(rnd, i, who, shared), n) for i, n in enumerate(names)}
    infeasible = [random_formula(rnd, names) for _ in range(rnd.choice([0, 0, 1, 2, 3]))]
    ways = {n: rnd.choice(["forward", "backward"]) for n in names if rnd.random() < locked}
    length = rnd.choice([2, options, 2 * options])
    preferences = {
        actor: tuple(Preference(random_formula(rnd, names)) for _ in range(rnd.randint(1, length)))
        for actor in who
    }
    return Conflict(
        options=MappingProxyType(each),
        infeasible=tuple(infeasible),
        irreversible=MappingProxyType(ways),
        preferences=MappingProxyType(preferences),
    )
