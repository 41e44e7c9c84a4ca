"""Which outcomes are stable in which combinations of readings, and what the others hang on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from melian.audit.result import Standing
from melian.conflict import building
from melian.conflict.preferences import evaluate
from melian.conflict.result import Concept
from melian.conflict.stability import Solver
from melian.problems import TooLarge, UsageError
from melian.readings.choices import choices, combinations, held
from melian.readings.conditions import hangs_on, terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from melian.audit.result import Audit
    from melian.case.formula import Formula
    from melian.case.model import Case, Conflict
    from melian.conflict.model import Graph
    from melian.readings.choices import Choice, Side
    from melian.readings.conditions import HangsOn, Terms

MOST_COMBINATIONS = 100_000

Held = tuple[bool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """The equilibria of a conflict in every combination of its parties' readings.

    Attributes:
        options: the options; option i is bit i of a state's decimal.
        decimals: the feasible states, ascending; state number n is ``decimals[n - 1]``.
        choices: the contradictions that the parties' wishes notice.
        combos: every combination of sides, one side per choice.
        weights: how many combinations of readings each stands for, shape (combinations,).
        profile: which preference profile each induces, shape (combinations,).
        held: per profile, the wishes each actor holds.
        equilibria: per concept, boolean, shape (profiles, feasible states).
        still: per actor, boolean, shape (profiles, feasible states): no move of its own pays.
        status_quo: number of the status quo, or None when it is not feasible or not given.
        terms: every single condition on the readings, with the combinations that meet it.
    """

    options: tuple[str, ...]
    decimals: NDArray[np.int64]
    choices: tuple[Choice, ...]
    combos: tuple[tuple[Side, ...], ...]
    weights: NDArray[np.int64]
    profile: NDArray[np.int64]
    held: tuple[Mapping[str, Held], ...]
    equilibria: Mapping[Concept, NDArray[np.bool_]]
    still: Mapping[str, NDArray[np.bool_]]
    status_quo: int | None
    terms: Terms
    method: str = "explicit sweeps over all states; each preference profile solved once"

    @property
    def combinations(self) -> int:
        """How many combinations of readings there are, as far as wishes notice them."""
        return int(self.weights.sum())

    @property
    def under_all(self) -> NDArray[np.bool_]:
        """Per profile and state, whether it is an equilibrium under every concept."""
        return np.asarray(np.logical_and.reduce(list(self.equilibria.values())))

    def where(self, number: int, concept: Concept | None = None) -> NDArray[np.bool_]:
        """Give, per combination, whether a state is an equilibrium.

        Args:
            number: of the state, from 1.
            concept: which; under all of them when left out.
        """
        table = self.under_all if concept is None else self.equilibria[concept]
        return np.asarray(table[self.profile, number - 1])

    def share(self, met: NDArray[np.bool_]) -> float:
        """Give the share of the combinations of readings that a mask of combinations covers."""
        return float(self.weights[met].sum() / self.weights.sum())

    def movers(self, number: int) -> tuple[str, ...]:
        """Give the actors that gain by leaving a state in every combination of readings."""
        used = np.unique(self.profile)
        return tuple(a for a, still in self.still.items() if not still[used, number - 1].any())

    def stable(self, concept: Concept | None = None) -> tuple[int, ...]:
        """Give the states that are equilibria in some combination, widest share first."""
        table = self.under_all if concept is None else self.equilibria[concept]
        numbers = [int(i) + 1 for i in np.flatnonzero(table.any(axis=0))]
        return tuple(sorted(numbers, key=lambda n: (-self.share(self.where(n, concept)), n)))

    def hangs_on(self, met: NDArray[np.bool_]) -> HangsOn:
        """Give the shortest conditions on the readings that make up a mask of combinations."""
        return hangs_on(met, self.terms)

    def satisfying(self, formula: Formula) -> NDArray[np.bool_]:
        """Give, per feasible state, whether it satisfies a formula over the options."""
        return np.asarray(evaluate(formula, self.options)[self.decimals])

    def taken(self, number: int) -> tuple[str, ...]:
        """Give the options taken in a state, in the order of the case."""
        decimal = int(self.decimals[number - 1])
        return tuple(o for bit, o in enumerate(self.options) if decimal >> bit & 1)

    def letters(self, number: int) -> str:
        """Give a state as Y and N, option 0 first."""
        taken = self.taken(number)
        return "".join("Y" if option in taken else "N" for option in self.options)


def outcomes(case: Case, audit: Audit, concepts: Sequence[Concept] = tuple(Concept)) -> Outcomes:
    """Solve the conflict of a case under every combination of its parties' readings.

    Args:
        case: with a conflict.
        audit: of the same case; it must cover the decision makers.
        concepts: the stability concepts wanted; Nash is always among them.

    Raises:
        UsageError: the case has no conflict.
        TooLarge: the conflict has too many options, or the wishes notice too many contradictions.
    """
    if case.conflict is None or not case.conflict.options:
        raise UsageError(
            f'The case "{case.id}" has no conflict to solve; add options and preferences '
            "under conflict: in case.yaml."
        )
    conflict = case.conflict
    rows = {actor: _rows(case, conflict, actor, audit) for actor in conflict.actors}
    _guard([len(r.combos) for r in rows.values()])
    on = building.graph(conflict)
    profiles, profile = _profiles(on, conflict, rows)
    solver = Solver(on)
    wanted = tuple(dict.fromkeys((Concept.NASH, *concepts)))
    tables = [solver.stability(each.ranks, wanted) for each in profiles]
    joint = list(product(*(r.combos for r in rows.values())))
    combos = tuple(tuple(side for part in parts for side in part) for parts in joint)
    splits = tuple(choice for r in rows.values() for choice in r.choices)
    return Outcomes(
        options=on.options,
        decimals=np.flatnonzero(on.feasible).astype(np.int64),
        choices=splits,
        combos=combos,
        weights=np.array([prod(s.weight for s in combo) for combo in combos], dtype=np.int64),
        profile=profile,
        held=tuple(each.held for each in profiles),
        equilibria={c: np.array([t.equilibria(c) for t in tables]) for c in wanted},
        still={
            actor: np.array([t.stable[Concept.NASH][row] for t in tables])
            for row, actor in enumerate(on.actors)
        },
        status_quo=building.state_number(on, conflict.status_quo) if conflict.status_quo else None,
        terms=terms(splits, combos),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One set of preferences of all actors: what they hold, and how that ranks the states."""

    number: int
    held: Mapping[str, Held]
    ranks: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Rows:
    """One actor's combinations of sides, and the wishes it holds in each."""

    choices: tuple[Choice, ...]
    combos: tuple[tuple[Side, ...], ...]
    held: tuple[Held, ...]


def _rows(case: Case, conflict: Conflict, actor: str, audit: Audit) -> _Rows:
    wishes = conflict.preferences.get(actor, ())
    standing = audit.actors.get(actor, Standing(actor, ()))
    parts = choices(case, standing, wishes)
    _guard([len(choice.sides) for choice in parts])
    combos = tuple(combinations(parts))
    return _Rows(parts, combos, tuple(held(case, standing, c, wishes) for c in combos))


def _guard(sizes: Sequence[int]) -> None:
    if prod(sizes) > MOST_COMBINATIONS:
        raise TooLarge(
            f"The wishes notice so many contradictions that there are {prod(sizes):,} "
            f"combinations of readings; at most {MOST_COMBINATIONS:,} are solved. Let fewer "
            "wishes rest on contradictory concepts."
        )


def _profiles(
    on: Graph, conflict: Conflict, rows: Mapping[str, _Rows]
) -> tuple[list[Profile], NDArray[np.int64]]:
    """Give the distinct preference profiles, and which one each combination induces.

    Wishes held in different ways may rank the states alike; such combinations share a profile.
    """
    ranked = {actor: _ranked(on, conflict, actor, r.held) for actor, r in rows.items()}
    profiles: dict[tuple[bytes, ...], Profile] = {}
    index = []
    for joint in product(*(r.held for r in rows.values())):
        ranks = [ranked[actor][flags] for actor, flags in zip(rows, joint, strict=True)]
        key = tuple(rank.tobytes() for rank in ranks)
        fresh = Profile(len(profiles), dict(zip(rows, joint, strict=True)), np.array(ranks))
        index.append(profiles.setdefault(key, fresh).number)
    return list(profiles.values()), np.array(index, dtype=np.int64)


def _ranked(
    on: Graph, conflict: Conflict, actor: str, flags: Sequence[Held]
) -> Mapping[Held, NDArray[np.int32]]:
    wishes = conflict.preferences.get(actor, ())
    return {held: building.ranks(on, compress(wishes, held)) for held in dict.fromkeys(flags)}
