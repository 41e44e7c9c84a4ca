"""Equilibria that satisfy a formula: from arrays where they fit, else by a SAT solver."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from melian.conflict.building import model
from melian.conflict.result import Concept, Decimals
from melian.conflict.satisfying import satisfying
from melian.conflict.stability import stability
from melian.conflict.symbolic.finding import Equilibria, equilibria, number
from melian.conflict.symbolic.model import symbolic_model
from melian.conflict.symbolic.work import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from melian.case.formula import Formula
    from melian.case.model import Conflict
    from melian.conflict.symbolic.finding import Ended

MOST_OPTIONS = 16
"""Up to here all states are looked at, which takes a moment; beyond, a solver is sooner."""

FEW = 10
"""How many a solver finds under a concept other than Nash, unless more are wanted."""


@dataclass(frozen=True, slots=True)
class Sought(Decimals):
    """Equilibria that satisfy a formula, and how they were found.

    Attributes:
        engine: ``explicit``, when every state was looked at; ``symbolic``, when a solver searched.
        where: the formula; None for any state.
        equilibria: per concept.
        numbers: by decimal, the number of each state found, where states are numbered.
        unasked: the coalitions of the case: only single actors were asked.
        merged: the formulas that make several decimals count as one state: it is known by the
            lowest of them, and satisfies a formula when one of them does.
    """

    engine: Literal["explicit", "symbolic"]
    where: Formula | None
    equilibria: Mapping[Concept, Equilibria]
    numbers: Mapping[int, int]
    unasked: tuple[tuple[str, ...], ...] = ()
    merged: tuple[Formula, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether there are no others."""
        return all(each.complete for each in self.equilibria.values())

    @property
    def states(self) -> tuple[int, ...]:
        """The decimals of all that were found, ascending."""
        return tuple(sorted({d for each in self.equilibria.values() for d in each.decimals}))


def seek(
    conflict: Conflict,
    concepts: Iterable[Concept] = (),
    where: Formula | None = None,
    *,
    limit: int | None = None,
    symbolic: bool = False,
    work: int = STEPS,
    count: bool = False,
) -> Sought:
    """Find the equilibria of a conflict that satisfy a formula, every preference held.

    Args:
        conflict: as the case has it.
        concepts: the stability concepts wanted. All five, when left out; but where a solver is
            to look for equilibria of any kind, Nash alone.
        where: a formula over options; any state, when left out.
        limit: how many are wanted at most, under each concept. When it is left out, that is all
            of them, but ``FEW`` where a solver finds them and the concept is not Nash: the weaker
            concepts have more equilibria than anybody could read.
        symbolic: leave it to the solver, however small the conflict is.
        work: how many steps the solver may take under each concept.
        count: whether it is enough to know how many there are. A solver then lists none, and
            without a limit counts all.

    Raises:
        UsageError: a formula names something that is no option.
    """
    searched = symbolic or len(conflict.options) > MOST_OPTIONS
    usual = (Concept.NASH,) if searched and where is None else tuple(Concept)
    wanted = tuple(concepts) or usual
    if searched:
        if count and limit is None:
            return _counted(conflict, wanted, where, work)
        return _symbolic(conflict, wanted, where, limit, work)
    return _explicit(conflict, wanted, where, limit)


def _symbolic(
    conflict: Conflict,
    concepts: tuple[Concept, ...],
    where: Formula | None,
    limit: int | None,
    work: int,
) -> Sought:
    rules, found = symbolic_model(conflict), {}
    for concept in concepts:
        most = FEW if limit is None and concept is not Concept.NASH else limit
        found[concept] = equilibria(rules, concept, where, most, work)
    made = MappingProxyType(found), MappingProxyType[int, int]({})
    return Sought(rules.options, "symbolic", where, *made, unasked=conflict.coalitions)


def _counted(
    conflict: Conflict, concepts: tuple[Concept, ...], where: Formula | None, work: int
) -> Sought:
    rules = symbolic_model(conflict)
    found = MappingProxyType({each: number(rules, each, where, work) for each in concepts})
    none = MappingProxyType[int, int]({})
    return Sought(rules.options, "symbolic", where, found, none, unasked=conflict.coalitions)


def _explicit(
    conflict: Conflict, concepts: tuple[Concept, ...], where: Formula | None, limit: int | None
) -> Sought:
    built = model(conflict, concepts=concepts)
    solved = stability(built, concepts)
    wanted = True if where is None else satisfying(built.graph, where).some
    found: dict[Concept, Equilibria] = {}
    numbers: dict[int, int] = {}
    for concept in concepts:
        places = np.flatnonzero(solved.equilibria(concept) & wanted)
        shown = places[:limit]
        decimals = tuple(int(d) for d in solved.decimals[shown])
        numbers |= dict(zip(decimals, (int(p) + 1 for p in shown), strict=True))
        ended: Ended = "all" if len(shown) == len(places) else "limit"
        found[concept] = Equilibria(concept, solved.options, decimals, ended, 0, 0)
    made = MappingProxyType(found), MappingProxyType(numbers)
    kinds = conflict.coalitions, conflict.indistinguishable
    return Sought(solved.options, "explicit", where, *made, *kinds)
