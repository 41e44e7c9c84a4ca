"""How few moves lead from a state to every other: sequences spread out breadth first.

Two moves of one actor in a row are one move, or lead back, and so are two improvements (see
:mod:`melian.conflict.sweeps.moves`). A shortest sequence therefore never lets anybody move twice
in a row, and it need not be remembered who moved last.

Where several decimals count as one state, a **class**, that is not so: an actor may leave a class
for where it could not go before it entered. There, what is reached is kept for each last mover.

Profiles stand one after the other in flat arrays: a move changes only the low bits of a place,
those that are options, and so never leaves its profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.sweeps.moves import MOST, moves_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import Graph

    Values = NDArray[np.int32]
    Truth = NDArray[np.bool_]
    Places = NDArray[np.int64]


def distances(
    graph: Graph, ranks: Sequence[Values], start: int, resting: Truth, *, paying: bool
) -> Values:
    """Give the fewest moves from a state to every other, under one or many rankings at once.

    Args:
        graph: who can move what.
        ranks: per actor, shape (..., 2^k).
        start: the decimal of a state.
        resting: where nobody moves on, shape (..., 2^k).
        paying: whether each step must improve its mover's rank, or may be any move.

    Returns:
        Shape (..., 2^k); -1 where no sequence leads.
    """
    if graph.classes is not None:
        return fewest(by_last_mover(graph, ranks, start, resting, paying=paying), start)
    found = np.full(resting.shape, -1, dtype=np.int32)
    found[..., start] = 0
    flat, still = found.reshape(-1), resting.reshape(-1)
    each = [_flat(own) if paying else None for own in ranks]
    fresh = np.flatnonzero(flat == 0)
    count = 0
    while len(fresh := fresh[~still[fresh]]):
        count += 1
        new = np.zeros(len(flat), dtype=np.bool_)
        for actor, own in enumerate(each):
            _mark(graph, actor, own, fresh, new)
        fresh = np.flatnonzero(new & (flat < 0))
        flat[fresh] = count
    return found


def reachable(graph: Graph, start: int) -> Truth:
    """Tell where any moves of anybody, in any number, lead from a state, whether they pay or not.

    Args:
        graph: who can move what. Where several decimals count as one state, whoever is in one of
            them is in all.
        start: the decimal of a feasible state.

    Returns:
        Shape (2^k,); the start is among what is reached, and no infeasible state is.
    """
    found = np.zeros(len(graph.feasible), dtype=np.bool_)
    new = found.copy()
    new[start] = True
    while (fresh := np.flatnonzero(_whole(graph, new) & ~found)).size:
        found[fresh] = True
        new = np.zeros(len(found), dtype=np.bool_)
        for actor in range(len(graph.actors)):
            _mark(graph, actor, None, fresh, new)
    return found


def by_last_mover(
    graph: Graph, ranks: Sequence[Values], start: int, resting: Truth, *, paying: bool
) -> Values:
    """Give the fewest moves of which the last is a given actor's, where decimals count as one.

    Args:
        graph: who can move what, with classes; it may have classes of one each.
        ranks: per actor, shape (..., 2^k); those of the lowest decimal of each class count.
        start: the decimal that names a state.
        resting: where nobody moves on, shape (..., 2^k).
        paying: whether each step must improve its mover's rank, or may be any move.

    Returns:
        Shape (actors, ..., 2^k), at the decimals that name states; -1 elsewhere, and where no
        sequence leads.
    """
    size, still = len(graph.feasible), resting.reshape(-1)
    named = _named(graph, resting.size)
    origin = np.arange(start, resting.size, size)
    found = np.full((len(ranks), resting.size), -1, dtype=np.int32)
    last = [origin, *[origin[:0]] * len(ranks)]  # reached by no move, and by a move of each
    count = 0
    while any(map(len, last)):
        count += 1
        after = [origin[:0]]
        for actor, own in enumerate(ranks):
            begun = [places for mover, places in enumerate(last, start=-1) if mover != actor]
            fresh = np.unique(np.concatenate(begun))
            fresh = fresh[~still[fresh]]
            ends = _flat(own)[named] if paying else None
            new = _elsewhere(graph, actor, ends, fresh, named) & (found[actor] < 0)
            found[actor, new] = count
            after.append(np.flatnonzero(new))
        last = after
    return found.reshape(len(ranks), *resting.shape)


def fewest(by_mover: Values, start: int) -> Values:
    """Give the fewest moves whoever makes the last, from those by last mover."""
    none = by_mover < 0
    found = np.where(none, MOST, by_mover).min(axis=0, initial=MOST)
    found = np.where(found == MOST, np.int32(-1), found)
    found[..., start] = 0
    return found


def ends(graph: Graph, actor: int, own: Values | None, start: int) -> Places:
    """Give the decimals that name the states an actor can move to from one, ascending.

    Args:
        graph: who can move what, with classes.
        actor: who moves.
        own: its ranks (2^k,), of which the step must improve; None for any move.
        start: the decimal that names the state.
    """
    named = _named(graph, len(graph.feasible))
    ranks = None if own is None else own[named]
    return np.flatnonzero(_elsewhere(graph, actor, ranks, np.array([start]), named))


def _flat(values: Values) -> Values:
    return np.ascontiguousarray(values).reshape(-1)


def _named(graph: Graph, size: int) -> Places:
    """Give, per place of so many, the place that names its state."""
    classes = np.arange(len(graph.feasible)) if graph.classes is None else graph.classes
    offsets = np.arange(0, size, len(classes))[:, np.newaxis]
    return np.asarray((offsets + classes).reshape(-1), dtype=np.int64)


def _whole(graph: Graph, states: Truth) -> Truth:
    """Give all decimals that count as one state with some of these."""
    if graph.classes is None:
        return states
    touched = np.zeros(len(states), dtype=np.bool_)
    touched[graph.classes[states]] = True
    return np.asarray(touched[graph.classes] & graph.feasible)


def _elsewhere(graph: Graph, actor: int, own: Values | None, fresh: Places, named: Places) -> Truth:
    """Tell, per place that names a state, whether the actor can move there from another."""
    found = np.zeros(len(named), dtype=np.bool_)
    feasible = np.tile(graph.feasible, len(named) // len(graph.feasible))
    begun = found.copy()
    begun[fresh] = True
    begun = begun[named] & feasible
    if own is None:
        low, high = (
            _swept(graph, actor, np.where(begun, named, outside), pick)
            for pick, outside in ((np.minimum, MOST), (np.maximum, -1))
        )
        ends = (high >= 0) & ((low != named) | (high != named))
    else:
        ends = _swept(graph, actor, np.where(begun, own, MOST), np.minimum) < own
    found[named[ends & feasible]] = True
    return found


# By lists while few states are fresh, and else by sweeps over all.


def _mark(graph: Graph, actor: int, own: Values | None, fresh: Places, new: Truth) -> None:
    """Mark where an actor can move to from fresh states."""
    if len(fresh) << graph.owned[actor].bit_count() <= len(new):
        _mark_listed(graph, actor, own, fresh, new)
    else:
        _mark_swept(graph, actor, own, fresh, new)


def _mark_listed(graph: Graph, actor: int, own: Values | None, fresh: Places, new: Truth) -> None:
    end, legal = moves_from(graph, actor, fresh)
    if own is not None:
        legal &= own[end] > own[fresh][:, np.newaxis]
    new[end[legal]] = True


def _mark_swept(graph: Graph, actor: int, own: Values | None, fresh: Places, new: Truth) -> None:
    least = np.full(len(new), MOST, dtype=np.int32)
    least[fresh] = 0 if own is None else own[fresh]
    gains = _swept(graph, actor, least, np.minimum) < (MOST if own is None else own)
    new |= gains & np.tile(graph.feasible, len(new) // len(graph.feasible))


def _swept(graph: Graph, actor: int, values: NDArray[np.signedinteger], pick: np.ufunc) -> Values:
    """Give, per place, what is picked among the places from which the actor can move there."""
    for bit in graph.bits(actor):
        pairs = values.reshape(-1, 2, 1 << bit)
        picked = pick(pairs[:, 0], pairs[:, 1])
        if graph.irreversible[bit] >= 0:
            pairs[:, 1] = picked
        if graph.irreversible[bit] <= 0:
            pairs[:, 0] = picked
    return values
