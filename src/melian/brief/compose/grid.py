"""The figure of outcomes: which hold under which combinations of readings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from melian.brief.compose.doubts import doubt_label
from melian.brief.compose.labels import side_label
from melian.brief.figures.outcome_grid import Holds, OutcomeRow, ReadingColumn, outcome_grid
from melian.case.formula import atoms
from melian.case.wording import name_of, series, whose
from melian.conflict.result import Concept
from melian.readings.choices import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from melian.brief.compose.words import Speech
    from melian.brief.document import Figure
    from melian.brief.gathering import Solved
    from melian.case.model import Conflict
    from melian.readings.choices import Choice, Side
    from melian.readings.outcomes import Outcomes

COLUMNS = 32
OUTCOMES = 10
OVERLAP = "Several outcomes can be stable at once, so that the shares may add up to more than all."
_HOLDS = (Holds.NO, Holds.WEAKER, Holds.NASH, Holds.ALL)


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    """A row of the grid: states that agree on the options in question.

    Attributes:
        taken: those of the options in question that are taken.
        either: those of them that are left open, as states that differ in them count as one.
        states: numbers of the states.
        levels: per combination, how firmly one of them holds, as an index into ``_HOLDS``.
    """

    taken: tuple[str, ...]
    either: tuple[str, ...]
    states: tuple[int, ...]
    levels: NDArray[np.int64]


def grid(solved: Solved, speech: Speech) -> Figure:
    """Draw which outcomes hold under which combinations of readings.

    Outcomes are told apart by the options that the target is about, and by those that exclude
    them; without a target, by all options.
    """
    outcomes = solved.outcomes
    asked = _in_question(solved.conflict)
    rows = _outcomes(outcomes, asked)
    levels = np.array([row.levels for row in rows])
    taken = places(outcomes.choices, outcomes.combos)
    noticed = _noticed(levels, taken)
    columns: dict[tuple[int, ...], list[int]] = {}
    for index, key in enumerate(map(tuple, taken[:, noticed].tolist())):
        columns.setdefault(key, []).append(index)
    heaviest = sorted(columns.items(), key=lambda item: -_share(outcomes, item[1]))[:COLUMNS]
    readings = [
        ReadingColumn(
            tuple(
                _label(speech, outcomes.choices[c], outcomes.choices[c].sides[side])
                for c, side in zip(noticed, key, strict=True)
            ),
            sum(_readings(outcomes, index) for index in members),
            _share(outcomes, members) if outcomes.uncertain else None,
        )
        for key, members in heaviest
    ]
    drawn = [
        OutcomeRow(
            _label_of(speech, solved.conflict, row, asked),
            _several(len(row.states)),
            outcomes.share(row.levels >= _HOLDS.index(Holds.NASH)),
            tuple(_HOLDS[row.levels[members[0]]] for _, members in heaviest),
        )
        for row in rows
    ]
    names = [f"{whose(name_of(speech.case, outcomes.choices[c].actor))} side" for c in noticed]
    figure = outcome_grid(drawn, readings, names, total=outcomes.combinations)
    return replace(figure, caption=f"{figure.caption} {OVERLAP}")


def _label(speech: Speech, choice: Choice, side: Side) -> str:
    if choice.component is None:
        return doubt_label(speech, side)
    return side_label(speech, choice, side)


def _several(states: int) -> str:
    return "one state" if states == 1 else f"{states} states, by what else is done"


def _in_question(conflict: Conflict) -> frozenset[str]:
    """Give the options that outcomes are told apart by."""
    if conflict.target is None:
        return frozenset(conflict.options)
    asked = {atom.name for atom in atoms(conflict.target)}
    owners = {owner for option in asked for owner in conflict.options[option].owners}
    for formula in conflict.infeasible:
        names = {atom.name for atom in atoms(formula)}
        if names & asked and all(owners >= set(conflict.options[n].owners) for n in names):
            asked = asked | names
    return frozenset(asked)


def _outcomes(outcomes: Outcomes, asked: frozenset[str]) -> list[_Outcome]:
    """Give the outcomes that are Nash equilibria somewhere, widest share first."""
    tables = list(outcomes.equilibria.values())
    nash = outcomes.equilibria[Concept.NASH]
    levels = np.logical_or.reduce(tables).astype(np.int64) + nash + outcomes.under_all
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    for state in outcomes.stable(Concept.NASH):
        taken = tuple(option for option in outcomes.taken(state) if option in asked)
        either = tuple(option for option in outcomes.either(state) if option in asked)
        groups.setdefault((taken, either), []).append(state)
    rows = [
        _Outcome(
            taken,
            either,
            tuple(states),
            levels[:, [state - 1 for state in states]].max(axis=1)[outcomes.profile],
        )
        for (taken, either), states in groups.items()
    ]
    firm = _HOLDS.index(Holds.NASH)
    return sorted(rows, key=lambda row: -outcomes.share(row.levels >= firm))[:OUTCOMES]


def _noticed(levels: NDArray[np.int64], taken: NDArray[np.int64]) -> list[int]:
    """Give the choices that make a difference to the levels; the weightiest first.

    Args:
        levels: shape (outcomes, combinations).
        taken: which side each combination takes, shape (combinations, choices).
    """
    kept = list(range(taken.shape[1]))
    for choice in reversed(range(taken.shape[1])):
        others = [c for c in kept if c != choice]
        if _decided(levels, taken[:, others]):
            kept = others
    return sorted(kept, key=lambda c: -_difference(levels, taken[:, c]))


def _decided(levels: NDArray[np.int64], by: NDArray[np.int64]) -> bool:
    """Tell whether combinations that take the same sides here have the same levels."""
    if not by.shape[1]:
        return bool((levels == levels[:, :1]).all())
    _, first, group = np.unique(by, axis=0, return_index=True, return_inverse=True)
    return bool((levels == levels[:, first[group.ravel()]]).all())


def _difference(levels: NDArray[np.int64], taken: NDArray[np.int64]) -> float:
    means = [levels[:, taken == side].mean(1) for side in np.unique(taken)]
    return float(np.ptp(np.array(means), axis=0).sum())


def _share(outcomes: Outcomes, members: Sequence[int]) -> float:
    return float(outcomes.weights[list(members)].sum() / outcomes.weights.sum())


def _readings(outcomes: Outcomes, combination: int) -> int:
    return prod(side.readings for side in outcomes.combos[combination])


def _label_of(speech: Speech, conflict: Conflict, row: _Outcome, asked: frozenset[str]) -> str:
    """Say what is taken of the options in question, or that none is, and what is left open."""
    left = asked - set(row.either)
    told = [_short(speech, row.taken) or (_none(speech, conflict, left) if left else "")]
    told += [f"either way: {_short(speech, row.either)}"] if row.either else []
    return "; ".join(part for part in told if part)


def _short(speech: Speech, taken: Iterable[str]) -> str:
    by_owner: dict[str, list[str]] = {}
    for option in map(speech.option, taken):
        by_owner.setdefault(speech.owners(option), []).append(option.label or option.text)
    return "; ".join(f"{owner}: {', '.join(does)}" for owner, does in by_owner.items())


def _none(speech: Speech, conflict: Conflict, asked: frozenset[str]) -> str:
    """Name the options in question of which none is taken."""
    options = [option for option in conflict.options.values() if option.id in asked]
    if len(options) == len(conflict.options):
        return "Nothing is done"
    told = [f"{option.label or option.text} ({speech.owners(option)})" for option in options]
    lead = {1: "Not", 2: "Neither"}.get(len(told), "None of:")
    return f"{lead} {series(told, 'nor' if len(told) == 2 else 'or')}"
