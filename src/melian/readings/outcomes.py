"""Which outcomes are stable in which combinations of readings, and what the others hang on."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, product
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from melian.audit.commitments import commitments
from melian.audit.result import Standing
from melian.case.deciding import conflict_of
from melian.conflict import building
from melian.conflict.model import frozen
from melian.conflict.result import Concept, States
from melian.conflict.satisfying import satisfying
from melian.problems import UsageError
from melian.readings import profiles
from melian.readings.choices import counted, uncertain
from melian.readings.conditions import hangs_on, terms
from melian.readings.draws.games import Game, solved, stretches
from melian.readings.workings import Workings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.audit.result import Audit
    from melian.case.formula import Formula
    from melian.case.model import Case, Conflict
    from melian.conflict.model import Graph
    from melian.conflict.satisfying import Satisfying
    from melian.conflict.stability import Solver
    from melian.readings.choices import Choice, Side
    from melian.readings.conditions import HangsOn, Terms
    from melian.readings.doubts import Places
    from melian.readings.profiles import Ranked, View
    from melian.workers import Spread

_Key = TypeVar("_Key")

_PIECES = 64  # that profiles are solved in where the work is spread


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes(States):
    """The equilibria of a conflict in every combination of its parties' readings.

    Where preferences are uncertain, the combinations are of readings and of the sides that
    preferences may come down on, each with its weight.

    Attributes:
        graph: who can move what.
        choices: per actor, the contradictions that its preferences rest on, then what is
            uncertain about them.
        combos: every combination of sides, one side per choice.
        weights: how much each counts beside the others, as whole numbers of any size, shape
            (combinations,); where nothing is uncertain, for how many combinations of readings
            it stands.
        profile: which preference profile each induces, shape (combinations,).
        held: per profile, the places of the preferences each actor holds among those it may
            hold, most important first.
        equilibria: per concept, boolean, shape (profiles, feasible states).
        still: per actor, boolean, shape (profiles, feasible states): no move of its own pays.
        reach: per feasible state, whether moves of anyone, in any number, lead there from the
            status quo; everywhere, where none is given.
        beyond: per concept, boolean, shape (feasible states): in some combination no party would
            leave the state, but it cannot come about, and so is no equilibrium here.
        status_quo: number of the status quo, or None when it is not feasible or not given.
        terms: every single condition on the readings, with the combinations that meet it.
        complete: whether the audit found all findings and all readings of the decision makers.
        under_all: per profile and state, whether it is an equilibrium under every concept.
        mass: the weights over a power of two, as floats: their sums are exact while the weights
            add up to less than 2^53.
    """

    graph: Graph
    choices: tuple[Choice, ...]
    combos: tuple[tuple[Side, ...], ...]
    weights: NDArray[np.object_]
    profile: NDArray[np.int64]
    held: tuple[Mapping[str, Places], ...]
    equilibria: Mapping[Concept, NDArray[np.bool_]]
    still: Mapping[str, NDArray[np.bool_]]
    reach: NDArray[np.bool_]
    beyond: Mapping[Concept, NDArray[np.bool_]]
    status_quo: int | None
    terms: Terms
    complete: bool
    method: str = "explicit sweeps over all states; each preference profile solved once"
    under_all: NDArray[np.bool_] = field(init=False, repr=False)
    mass: NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out what every question needs, and keep all arrays from being written to."""
        scale = 1 << int(self.weights.sum()).bit_length()
        parts: dict[str, object] = {
            "decimals": frozen(self.decimals, np.int64),
            "weights": frozen(self.weights, np.object_),
            "profile": frozen(self.profile, np.int64),
            "equilibria": _frozen(self.equilibria),
            "still": _frozen(self.still),
            "reach": frozen(self.reach, np.bool_),
            "beyond": _frozen(self.beyond),
            "under_all": frozen(np.logical_and.reduce([*self.equilibria.values()]), np.bool_),
            "mass": frozen(np.array([weight / scale for weight in self.weights]), np.float64),
        }
        for name, part in parts.items():
            object.__setattr__(self, name, part)

    @property
    def combinations(self) -> int:
        """How many combinations of readings there are, as far as preferences notice them."""
        return counted(self.choices)

    @property
    def uncertain(self) -> bool:
        """Whether preferences are uncertain, so that combinations differ in weight."""
        return uncertain(self.choices)

    def where(self, number: int, concept: Concept | None = None) -> NDArray[np.bool_]:
        """Give, per combination, whether a state is an equilibrium.

        Args:
            number: of the state, from 1.
            concept: which; under all of them when left out.
        """
        return np.asarray(self._table(concept)[self.profile, number - 1])

    def _table(self, concept: Concept | None) -> NDArray[np.bool_]:
        return self.under_all if concept is None else self.equilibria[concept]

    def share(self, met: NDArray[np.bool_]) -> float:
        """Give the share of the combinations of readings that a mask of combinations covers."""
        return float(self.mass[met].sum() / self.mass.sum())

    def shares(self, concept: Concept | None = None) -> NDArray[np.float64]:
        """Give, per feasible state, the share of combinations in which it is an equilibrium.

        Args:
            concept: which; under all of them when left out.
        """
        each = np.bincount(self.profile, self.mass, minlength=len(self.held))
        return np.asarray(np.einsum("p,ps->s", each, self._table(concept)) / self.mass.sum())

    def movers(self, number: int) -> tuple[str, ...]:
        """Give the actors that gain by leaving a state in every combination of readings."""
        return tuple(a for a, still in self.still.items() if not still[:, number - 1].any())

    def stable(self, concept: Concept | None = None) -> tuple[int, ...]:
        """Give the states that are equilibria in some combination, widest share first."""
        order = np.argsort(-self.shares(concept), kind="stable")
        found = order[np.any(self._table(concept), axis=0)[order]]
        return tuple(int(place) + 1 for place in found)

    def hangs_on(self, met: NDArray[np.bool_]) -> HangsOn:
        """Give the shortest conditions on the readings that make up a mask of combinations."""
        return hangs_on(met, self.terms)

    def satisfying(self, formula: Formula) -> Satisfying:
        """Give, per feasible state, whether it satisfies a formula over the options."""
        return satisfying(self.graph, formula)


def _frozen(tables: Mapping[_Key, NDArray[np.bool_]]) -> Mapping[_Key, NDArray[np.bool_]]:
    return MappingProxyType({key: frozen(table, np.bool_) for key, table in tables.items()})


def outcomes(
    case: Case,
    audit: Audit,
    concepts: Iterable[Concept] = tuple(Concept),
    workings: Workings | None = None,
    spread: Spread | None = None,
    *,
    work: int | None = None,
) -> Outcomes:
    """Solve the conflict of a case under every combination of its parties' readings.

    Args:
        case: with a conflict.
        audit: of the same case; it must cover the decision makers.
        concepts: the stability concepts wanted; Nash is always among them.
        workings: what is shared with other conflicts that differ from this one in a few places.
        spread: does the work in pieces, elsewhere or here; it is done at once, when left out.
        work: how many comparisons to make at most, as draws count them; as many as
            :data:`~melian.readings.profiles.MOST_ANSWERS` allows, when left out.

    Raises:
        UsageError: the case has no conflict, or the audit leaves out a decision maker.
        TooLarge: there are too many options, or preferences notice too many contradictions.
    """
    conflict, standings, wanted = prepared(case, audit, concepts)
    shared, preferences = workings or Workings(), conflict.preferences
    views = [shared.view(case, audit, s, preferences.get(s.actor, ())) for s in standings]
    profiles.guard_combinations([len(view.combos) for view in views])
    solver = shared.solver(conflict)
    solver.check(wanted)
    on = solver.graph
    states = int(np.count_nonzero(on.feasible))
    profiles.guard_answers(max((len(set(v.held)) for v in views), default=1), states, 1)
    ranked = [shared.ranked(on, view) for view in views]
    number = prod(len(each.ranks) for each in ranked)
    profiles.guard_answers(number, states, len(wanted))
    profiles.guard_work(number, profiles.per_profile(on, wanted), work)
    splits = tuple(choice for view in views for choice in view.choices)
    joint = product(*(view.combos for view in views))
    combos = tuple(tuple(chain.from_iterable(parts)) for parts in joint)
    stable = (
        _spread_out(solver, wanted, views, ranked, spread)
        if spread
        else {concept: _equilibria(solver, concept, ranked) for concept in wanted}
    )
    reach = shared.reach(on, conflict)
    return Outcomes(
        options=on.options,
        decimals=on.decimals,
        graph=on,
        choices=splits,
        combos=combos,
        weights=_weights(views),
        profile=profiles.induced(ranked),
        held=profiles.holding(on.actors, ranked),
        equilibria={concept: table & reach for concept, table in stable.items()},
        still=_still(solver, ranked),
        reach=reach,
        beyond={concept: table.any(axis=0) & ~reach for concept, table in stable.items()},
        status_quo=building.status_quo(on, conflict),
        terms=terms(splits, combos),
        complete=audit.complete and all(c.complete for s in standings for c in s.components),
        varying=on.varying,
    )


def prepared(
    case: Case, audit: Audit, concepts: Iterable[Concept]
) -> tuple[Conflict, tuple[Standing, ...], tuple[Concept, ...]]:
    """Give what is to be solved: the conflict, how its decision makers stand, the concepts.

    Raises:
        UsageError: the case has no conflict, or the audit leaves out a decision maker.
    """
    conflict = conflict_of(case)
    wanted = tuple(dict.fromkeys((Concept.NASH, *concepts)))
    return conflict, _standings(case, conflict, audit), wanted


def _weights(views: Sequence[View]) -> NDArray[np.object_]:
    """Give the weight of each combination: the products of those of the actors' sides."""
    weights = np.ones(1, dtype=np.object_)
    for view in views:
        own = np.array([prod(s.weight for s in combo) for combo in view.combos], dtype=np.object_)
        weights = np.multiply.outer(weights, own).ravel()
    return weights


def _equilibria(solver: Solver, concept: Concept, ranked: Sequence[Ranked]) -> NDArray[np.bool_]:
    each = product(*(one.ranks for one in ranked))
    return np.array([solver.equilibria(ranks, concept) for ranks in each])


def _spread_out(
    solver: Solver,
    concepts: tuple[Concept, ...],
    views: Sequence[View],
    ranked: Sequence[Ranked],
    spread: Spread,
) -> Mapping[Concept, NDArray[np.bool_]]:
    wishes = [[preference.prefer for preference in view.preferences] for view in views]
    ways = [
        tuple(tuple(wanted[place] for place in places) for places in one.held)
        for wanted, one in zip(wishes, ranked, strict=True)
    ]
    game = Game(solver.graph, ways, solver)
    parts = list(spread(solved, stretches(game, concepts, _PIECES)))
    return {concept: np.concatenate([part[concept] for part in parts]) for concept in concepts}


def _still(solver: Solver, ranked: Sequence[Ranked]) -> Mapping[str, NDArray[np.bool_]]:
    ways = profiles.ways(ranked)
    return {
        actor: np.array([solver.nash(i, ranks) for ranks in ranked[i].ranks])[ways[:, i]]
        for i, actor in enumerate(solver.graph.actors)
    }


def _standings(case: Case, conflict: Conflict, audit: Audit) -> tuple[Standing, ...]:
    """Give how each decision maker stands; one that is bound to nothing need not be audited."""
    left_out = [a for a in conflict.actors if a in case.actors and a not in audit.actors]
    bound = commitments(case) if left_out else {}
    for actor in left_out:
        if bound.get(actor):
            raise UsageError(
                f'The audit leaves out "{actor}", which decides in the conflict and has '
                "commitments; audit all decision makers, or give no actors to audit everyone."
            )
    return tuple(audit.actors.get(actor, Standing(actor, ())) for actor in conflict.actors)
