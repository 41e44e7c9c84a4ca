"""Seeded graph models with everything a model may have, small enough for brute force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.model import Graph, GraphModel

if TYPE_CHECKING:
    from random import Random


def owners(rnd: Random, actors: int, options: int, shared: float, nobody: float) -> tuple[int, ...]:
    owned = [0] * actors
    for bit in range(options):
        if rnd.random() < nobody:
            continue
        first = bit if bit < actors <= options else rnd.randrange(actors)
        for actor in range(actors):
            if actor == first or rnd.random() < shared:
                owned[actor] |= 1 << bit
    return tuple(owned)


def random_model(rnd: Random, actors: int, options: int, shared: float = 0.0) -> GraphModel:
    """Give a model; ``shared`` is the chance that an option has one more given owner."""
    states = 1 << options
    sparse = rnd.choice([0.0, 0.0, 0.2, 0.5])
    feasible = np.array([rnd.random() >= sparse for _ in range(states)])
    feasible[rnd.randrange(states)] = True
    locked = rnd.choice([0.0, 0.0, 0.3, 0.8])
    irreversible = tuple(
        rnd.choice([-1, 1]) if rnd.random() < locked else 0 for _ in range(options)
    )
    graph = Graph(
        actors=tuple(f"actor-{i}" for i in range(actors)),
        options=tuple(f"option-{b}" for b in range(options)),
        owned=owners(rnd, actors, options, shared, nobody=rnd.choice([0.0, 0.0, 0.2])),
        feasible=feasible,
        irreversible=irreversible,
    )
    spread = rnd.choice([2, 4, states, 10 * states])
    ranks = np.array([_dense(rnd, feasible, spread) for _ in range(actors)])
    return GraphModel(graph, ranks)


def with_classes(rnd: Random, model: GraphModel) -> GraphModel:
    """Give a model in which some states count as one, with the rank of the lowest of them."""
    feasible = np.flatnonzero(model.graph.feasible).tolist()
    lowest = np.arange(len(model.graph.feasible))
    for _ in range(rnd.choice([1, 1, 2, 3])):
        group = rnd.sample(feasible, min(rnd.randint(2, 5), len(feasible)))
        joined = np.isin(lowest, lowest[group])
        lowest[joined] = np.flatnonzero(joined)[0]
    return GraphModel(replace(model.graph, classes=lowest), model.ranks)


def _dense(rnd: Random, feasible: np.ndarray, spread: int) -> list[int]:
    raw = [rnd.randrange(spread) if can_be else -1 for can_be in feasible]
    order = {value: place for place, value in enumerate(sorted(set(raw) - {-1}), start=1)}
    return [order.get(value, 0) for value in raw]
