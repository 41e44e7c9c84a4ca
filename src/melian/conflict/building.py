"""From the conflict in a case to a graph model."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.memory import guard, needed
from melian.conflict.model import Graph, GraphModel
from melian.conflict.preferences import evaluate, rank
from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.case.model import Conflict, Direction, Preference
    from melian.conflict.result import Concept

_DIRECTION: Mapping[Direction | None, int] = {None: 0, "forward": 1, "backward": -1}


def graph(
    conflict: Conflict, limit: int | None = None, concepts: Collection[Concept] = ()
) -> Graph:
    """Give who can move what in a conflict: its options in file order, option 0 the lowest bit.

    Args:
        conflict: as the case has it.
        limit: bytes of memory that solving it may take; what the machine can spare, when left out.
        concepts: those it is meant to be solved under.

    Raises:
        TooLarge: the conflict has too many options for dense arrays, or for these concepts.
        UsageError: a formula names something that is no option.
    """
    options = tuple(conflict.options)
    owned, irreversible = _moves(conflict)
    guard(owned, irreversible, concepts, limit, classes=bool(conflict.indistinguishable))
    feasible = np.ones(1 << len(options), dtype=np.bool_)
    for formula in conflict.infeasible:
        feasible &= ~evaluate(formula, options)
    met = (evaluate(formula, options) for formula in conflict.indistinguishable)
    return Graph(
        actors=conflict.actors,
        options=options,
        owned=owned,
        feasible=feasible,
        irreversible=irreversible,
        classes=classes(met, feasible) if conflict.indistinguishable else None,
    )


def classes(
    met: Iterable[NDArray[np.bool_]], feasible: NDArray[np.bool_]
) -> NDArray[np.int32] | None:
    """Give, per decimal, the lowest of those that it counts with as one state.

    Args:
        met: per formula, the decimals in which it is true: the feasible ones count as one state.
            Where two formulas have a state in common, those of both do.
        feasible: per decimal whether the state can be.

    Returns:
        Shape (2^k,), or None where each counts by itself.
    """
    groups: list[NDArray[np.bool_]] = []
    for each in met:
        group, apart = each & feasible, []
        for other in groups:
            if (other & group).any():
                group |= other
            else:
                apart.append(other)
        groups = [*apart, group]
    found = np.arange(len(feasible), dtype=np.int32)
    for group in groups:
        found[group] = group.argmax()
    return found if any(np.count_nonzero(group) > 1 for group in groups) else None


def counted_with(conflict: Conflict, decimal: int) -> tuple[Formula, ...]:
    """Give the formulas that make a state count as one with others: those true in any of these.

    Args:
        conflict: as the case has it.
        decimal: of the state.
    """
    options = tuple(conflict.options)
    feasible = np.ones(1 << len(options), dtype=np.bool_)
    for formula in conflict.infeasible:
        feasible &= ~evaluate(formula, options)
    group = np.zeros_like(feasible)
    group[decimal] = True
    left = list(conflict.indistinguishable)
    found: list[Formula] = []
    while shared := [f for f in left if (evaluate(f, options) & group).any()]:
        found += shared
        left = [formula for formula in left if formula not in shared]
        for formula in shared:
            group |= evaluate(formula, options) & feasible
    return tuple(formula for formula in conflict.indistinguishable if formula in found)


def bytes_needed(conflict: Conflict, concepts: Collection[Concept]) -> int:
    """Give how many bytes of memory it takes, at most, to solve a conflict."""
    return needed(*_moves(conflict), concepts, classes=bool(conflict.indistinguishable))


def _moves(conflict: Conflict) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the bits of each actor's options, and per option which way it may change."""
    owned = tuple(_owned(conflict, actor) for actor in conflict.actors)
    return owned, tuple(_DIRECTION[conflict.irreversible.get(o)] for o in conflict.options)


def _owned(conflict: Conflict, actor: str) -> int:
    return sum(1 << b for b, o in enumerate(conflict.options.values()) if actor in o.owners)


def ranks(on: Graph, preferences: Iterable[Preference]) -> NDArray[np.int32]:
    """Give one actor's ranks (2^k,) from its preferences, most important first.

    Raises:
        UsageError: a preference names something that is no option.
    """
    found = rank((evaluate(p.prefer, on.options) for p in preferences), on.states)
    return found if on.classes is None else found[on.classes]


def model(
    conflict: Conflict,
    held: Mapping[str, Sequence[bool]] | None = None,
    limit: int | None = None,
    concepts: Collection[Concept] = (),
) -> GraphModel:
    """Give the graph model of a conflict, with the preferences that are held.

    Args:
        conflict: as the case has it.
        held: per actor, for each of its preferences in order, whether it is held; an actor that
            is left out holds all of its preferences.
        limit: bytes of memory that solving it may take; what the machine can spare, when left out.
        concepts: those it is meant to be solved under.

    Raises:
        TooLarge: the conflict has too many options for dense arrays, or for these concepts.
        UsageError: a formula names something that is no option, or the flags do not fit.
    """
    on = graph(conflict, limit, concepts)
    each = np.empty((len(on.actors), len(on.feasible)), dtype=np.int32)
    for row, actor in zip(each, on.actors, strict=True):
        row[:] = ranks(on, _kept(conflict, actor, held or {}))
    each.flags.writeable = False
    return GraphModel(on, each)


def _kept(
    conflict: Conflict, actor: str, held: Mapping[str, Sequence[bool]]
) -> tuple[Preference, ...]:
    preferences = conflict.preferences.get(actor, ())
    flags = held.get(actor, [True] * len(preferences))
    if len(flags) != len(preferences):
        raise UsageError(
            f"held has {len(flags)} flags for {actor}, which has {len(preferences)} preferences; "
            "give one flag per preference."
        )
    return tuple(compress(preferences, flags))


def status_quo(on: Graph, conflict: Conflict) -> int | None:
    """Give the number of the state that things are in; None when not given or infeasible."""
    return None if conflict.status_quo is None else state_number(on, conflict.status_quo)


def state_number(on: Graph, taken: Iterable[str]) -> int | None:
    """Give the number, from 1, of the state in which exactly these options are taken.

    Returns:
        Its place among the feasible states in ascending order of decimals, or None when the
        state is infeasible. Where it counts as one with others, it is that of the lowest of them.

    Raises:
        UsageError: a name is no option.
    """
    decimal = 0
    for name in taken:
        if name not in on.options:
            hint = did_you_mean(name, on.options, f"The options are {', '.join(on.options)}.")
            raise UsageError(f'"{name}" is not an option of the conflict. {hint}')
        decimal |= 1 << on.options.index(name)
    if not on.feasible[decimal]:
        return None
    lowest = decimal if on.classes is None else int(on.classes[decimal])
    return int(np.count_nonzero(on.states[: lowest + 1]))
