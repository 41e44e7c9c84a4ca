"""How long the conflict engine takes, and how much memory: seeded models, or one .gmcr file.

Times are medians of CPU seconds. Each row is measured in a process of its own, the memory when a
model has been built and solved once under all the concepts.

Examples::

    python benchmarks/conflict.py
    python benchmarks/conflict.py --actors 3 --options 16 --concepts nash,gmr,smr,seq
    python benchmarks/conflict.py --file elmira.gmcr

A seeded model deals its options evenly to the actors; each actor has two preferences per option,
each a conjunction of one to three options or their negations, three in ten a disjunction of two
such.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.case.formula import And, Atom, Not, Or
from melian.case.model import Conflict, Option, Preference
from melian.conflict.building import model
from melian.conflict.result import Concept
from melian.conflict.stability import Solver, stability
from melian.formats.gmcr import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from melian.case.formula import Formula


DISJUNCTIONS = 0.3


def seeded(actors: int, options: int, seed: int) -> Conflict:
    """Give a conflict that is the same for the same numbers."""
    rnd = Random(f"{actors}/{options}/{seed}")
    names = [f"option-{i}" for i in range(options)]
    owner = {name: f"actor-{i * actors // options}" for i, name in enumerate(names)}

    def conjunction() -> Formula:
        chosen = rnd.sample(names, rnd.randint(1, min(3, options)))
        return And(tuple(rnd.choice([Atom(n), Not(Atom(n))]) for n in chosen))

    def preference() -> Formula:
        return Or((conjunction(), conjunction())) if rnd.random() < DISJUNCTIONS else conjunction()

    preferences = {
        actor: tuple(Preference(preference()) for _ in range(2 * options))
        for actor in dict.fromkeys(owner.values())
    }
    return Conflict(
        options=MappingProxyType({n: Option(n, (owner[n],), n) for n in names}),
        preferences=MappingProxyType(preferences),
    )


def median(repeat: int, run: Callable[[], object]) -> float:
    """Give the median CPU time of a call in seconds."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times)


def measure(conflict: Conflict, concepts: Sequence[Concept], repeat: int) -> list[str]:
    """Give one row of the table: size, building, each concept alone, all of them."""
    built = model(conflict)
    stability(built, concepts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    times = [
        median(repeat, lambda: model(conflict)),
        *(median(repeat, lambda c=c: stability(built, [c])) for c in concepts),  # type: ignore[misc]
        median(repeat, lambda: stability(built, concepts)),
    ]
    size = [len(built.graph.actors), len(built.graph.options), int(built.graph.feasible.sum())]
    return [*map(str, size), *(f"{t:.3f}" for t in times), str(peak)]


def fresh(run: Callable[..., list[str]], *given: object) -> list[str]:
    """Call a function in a new process, whose peak memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(run, *given).result()


def seeded_row(
    actors: int, options: int, seed: int, concepts: Sequence[Concept], repeat: int
) -> list[str]:
    """Measure a seeded model."""
    return measure(seeded(actors, options, seed), concepts, repeat)


def file_row(path: Path, concepts: Sequence[Concept], repeat: int) -> list[str]:
    """Measure the model of a file."""
    conflict = read(path)[0].conflict
    if conflict is None:
        raise SystemExit(f"{path} holds no conflict.")
    return measure(conflict, concepts, repeat)


def profiles(count: int, repeat: int) -> str:
    """Give how long one solver takes for many preference profiles of four actors."""
    variants = [model(seeded(4, 11, seed)) for seed in (1, 2, 3)]
    picks = list(product(range(3), repeat=4))[:count]
    ranks = [np.array([variants[v].ranks[i] for i, v in enumerate(pick)]) for pick in picks]

    def run() -> None:
        solver = Solver(variants[0].graph)
        for each in ranks:
            solver.stability(each)

    return f"{len(ranks)} profiles of 4 actors and 11 options: {median(repeat, run):.2f} s"


def main() -> None:
    """Measure what the arguments ask for, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--actors", type=int, nargs="+", default=[2, 3, 4])
    parser.add_argument("--options", type=int, nargs="+", default=[12])
    parser.add_argument("--concepts", default=",".join(Concept))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--file", type=Path, help="a .gmcr file instead of seeded models")
    asked = parser.parse_args()
    concepts = [Concept(name) for name in asked.concepts.split(",")]
    head = ["actors", "options", "states", "build s", *(f"{c} s" for c in concepts)]
    head += ["together s", "peak MB"]
    print(f"Python {sys.version.split()[0]}, numpy {np.__version__}, median of {asked.repeat}")
    print(f"| {' | '.join(head)} |")
    print(f"|{'--:|' * len(head)}")
    if asked.file:
        rows = iter([fresh(file_row, asked.file, concepts, asked.repeat)])
    else:
        rows = (
            fresh(seeded_row, n, k, asked.seed, concepts, asked.repeat)
            for k, n in product(asked.options, asked.actors)
        )
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    if not asked.file:
        print(profiles(64, asked.repeat))


if __name__ == "__main__":
    main()
