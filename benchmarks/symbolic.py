"""How long the search by SAT solver takes: equilibria of conflicts too large for arrays.

Examples::

    python benchmarks/symbolic.py
    python benchmarks/symbolic.py --actors 3 --options 40 --kind ruled
    python benchmarks/symbolic.py --file large.gmcr

Under Nash all equilibria are found. Under the other concepts one is looked for in which a formula
holds, ten times: a conjunction of random literals, five times of three options and five times of a
third of all options. Told is the longest of the ten, in CPU seconds; and how many of all forty had
an equilibrium, had none, or were still open when the work allowed was done.

Kinds of seeded models: ``short`` are those of ``benchmarks/conflict.py``; ``ruled`` have
infeasible states and irreversible options besides; in ``parity`` each actor has one preference per
option, that of three random options an odd number be taken, or an even one.

With ``--arrays`` the same is also taken from arrays, up to 20 options: the whole set at once.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING

from conflict import seeded
from melian.case.formula import And, Atom, Iff, Not
from melian.case.model import Preference
from melian.conflict.building import model
from melian.conflict.result import Concept
from melian.conflict.stability import stability
from melian.conflict.symbolic.finding import equilibria
from melian.conflict.symbolic.model import symbolic_model
from melian.formats.gmcr import read

if TYPE_CHECKING:
    from melian.case.formula import Formula
    from melian.case.model import Conflict
    from melian.conflict.symbolic.finding import Equilibria

WEAKER = (Concept.GMR, Concept.SMR, Concept.SEQ, Concept.SIM)
MOST_IN_ARRAYS = 20


def literals(rnd: Random, names: list[str], count: int) -> And:
    chosen = rnd.sample(names, count)
    return And(tuple(rnd.choice([Atom(n), Not(Atom(n))]) for n in chosen))


def ruled(conflict: Conflict, rnd: Random) -> Conflict:
    """Add an infeasible conjunction for every third option, and lock every fourth."""
    names = list(conflict.options)
    ways = {n: rnd.choice(["forward", "backward"]) for n in rnd.sample(names, len(names) // 4)}
    rules = tuple(literals(rnd, names, rnd.randint(2, 3)) for _ in range(len(names) // 3))
    return replace(conflict, infeasible=rules, irreversible=MappingProxyType(ways))


def parity(conflict: Conflict, rnd: Random) -> Conflict:
    names = list(conflict.options)

    def wish() -> Formula:
        one, two, three = (Atom(n) for n in rnd.sample(names, 3))
        odd = Iff(Iff(one, two), three)
        return odd if rnd.random() < 0.5 else Not(odd)

    wishes = {a: tuple(Preference(wish()) for _ in names) for a in conflict.actors}
    return replace(conflict, preferences=MappingProxyType(wishes))


KINDS = {"short": lambda conflict, _: conflict, "ruled": ruled, "parity": parity}


def timed(
    conflict: Conflict, concept: Concept, where: Formula | None, limit: int | None
) -> tuple[float, Equilibria]:
    start = time.process_time()
    found = equilibria(symbolic_model(conflict), concept, where, limit)
    return time.process_time() - start, found


def report(name: str, conflict: Conflict, *, arrays: bool) -> None:
    seconds, found = timed(conflict, Concept.NASH, None, None)
    told = [f"{len(found.decimals):,}{'' if found.complete else ' or more'}", f"{seconds:.2f}"]
    kinds = {"found": 0, "none": 0, "open": 0}
    for concept in WEAKER:
        runs = [timed(conflict, concept, where, 1) for where in wheres(list(conflict.options))]
        told.append(f"{max(seconds for seconds, _ in runs):.2f}")
        for _, found in runs:
            kinds[outcome(found)] += 1
    row(name, *told, " / ".join(map(str, kinds.values())))
    if arrays and len(conflict.options) <= MOST_IN_ARRAYS:
        row(f"{name}, arrays", *whole(conflict), "")


def wheres(names: list[str]) -> list[Formula]:
    rnd = Random(len(names))
    return [literals(rnd, names, size) for size in (3, len(names) // 3) for _ in range(5)]


def whole(conflict: Conflict) -> list[str]:
    """Give how many Nash equilibria there are, and how long each concept takes, all states."""
    told = []
    for concept in (Concept.NASH, *WEAKER):
        start = time.process_time()
        solved = stability(model(conflict, concepts=(concept,)), (concept,))
        seconds = time.process_time() - start
        if concept is Concept.NASH:
            told.append(f"{int(solved.equilibria(concept).sum()):,}")
        told.append(f"{seconds:.2f}")
    return told


def outcome(found: Equilibria) -> str:
    return "found" if found.decimals else "none" if found.complete else "open"


def row(*cells: object) -> None:
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--actors", type=int, nargs="+", default=[2, 3, 4])
    parser.add_argument("--options", type=int, nargs="+", default=[12, 20, 30, 40, 60])
    parser.add_argument("--kind", choices=list(KINDS), default="short")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--arrays", action="store_true")
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    row("actors / options", "Nash", "s", *(c.value for c in WEAKER), "found / none / open")
    row("---", *["--:"] * 6, "---")
    if asked.file:
        case, _ = read(asked.file)
        if case.conflict is None:
            sys.exit(f"{asked.file} holds no conflict")
        report(asked.file.stem, case.conflict, arrays=asked.arrays)
    else:
        for actors, options in product(asked.actors, asked.options):
            plain, rnd = seeded(actors, options, asked.seed), Random(asked.seed)
            conflict = KINDS[asked.kind](plain, rnd)
            report(f"{actors} / {options}", conflict, arrays=asked.arrays)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nCPU seconds; largest memory of the process {peak:,.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
