"""How fast the audit is: beside its peers on the same bases, and as cases grow.

python benchmarks/audit.py [--python INTERPRETER] [--wall 60] [--runs 5] [--only peers|growth]

The peers are PySAT's OptUx and CPMpy's MARCO. They need packages of their own:

    python -m venv peers && peers/bin/pip install python-sat cpmpy
    python benchmarks/audit.py --python peers/bin/python

Without them their columns are left out. Each peer runs in a process of its own, which is stopped
at the wall limit; where it comes to its end, its answer must be ours.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import statistics
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "audit"))

from entangled import entangled, noisy, private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entangled import Base

ACTORS = 500
SIZES = (12_500, 25_000, 50_000, 100_000)

BASES: dict[str, Callable[..., Base]] = {
    "50": partial(private, 1, statements=50, concepts=30, rules=40, plants=4),
    "200": partial(private, 1, statements=200, concepts=100, rules=150, plants=8),
    "1,000, hubs": partial(
        private, 1, statements=1_000, concepts=400, rules=600, plants=12, hubs=2
    ),
    "5,000, hubs": partial(
        private, 1, statements=5_000, concepts=2_000, rules=3_000, plants=40, hubs=3
    ),
    "200, entangled": partial(entangled, 1, statements=200, concepts=150, rules=110, plants=6),
    "1,000, entangled": partial(entangled, 1, statements=1_000, concepts=600, rules=400, plants=12),
    "5,000, entangled": partial(
        entangled, 1, statements=5_000, concepts=3_000, rules=2_000, plants=40
    ),
}

GROWING: dict[str, Callable[[int], Base]] = {
    "200 concepts, 150 rules": lambda n: noisy(
        1, statements=n, concepts=200, rules=150, actors=ACTORS
    ),
    "200 concepts, 600 rules": lambda n: noisy(
        1, statements=n, concepts=200, rules=600, actors=ACTORS
    ),
    "2,000 concepts, 3,000 rules": lambda n: noisy(
        1, statements=n, concepts=2_000, rules=3_000, actors=ACTORS
    ),
    "entangled, 2 plants an actor": lambda n: entangled(
        1, statements=n, concepts=2_000, rules=1_200, plants=2 * ACTORS, hubs=20, actors=ACTORS
    ),
    "5 principles of 30 instances": lambda n: entangled(
        1,
        statements=n,
        concepts=2_000,
        rules=1_200,
        plants=2 * ACTORS,
        hubs=20,
        standards=5,
        instances=30,
        actors=ACTORS,
    ),
}


def main() -> None:
    """Print both tables, or do one task for them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("--python", default=sys.executable, help="an interpreter with the peers")
    parser.add_argument("--wall", type=float, default=60, help="seconds that a peer may take")
    parser.add_argument("--runs", type=int, default=5, help="times that melian is measured")
    parser.add_argument("--only", choices=["peers", "growth"], help="one of the tables")
    parser.add_argument("--peer", choices=sorted(PEERS), help=argparse.SUPPRESS)
    parser.add_argument("--growth", nargs=2, metavar=("SHAPE", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        _answer(options.peer)
    elif options.growth:
        _grow(options.growth[0], int(options.growth[1]))
    else:
        if options.only != "growth":
            _compare(options.python, options.wall, options.runs)
        if options.only != "peers":
            _growth_table()


class _Plain(argparse.RawDescriptionHelpFormatter):
    pass


def _compare(python: str, wall: float, runs: int) -> None:
    """Print how long it takes to find all minimal sets of statements, by melian and its peers.

    To the core, and to the peers, rules are granted; to an audit they are parts of a finding.
    """
    from melian.audit.search.sat import conflicts

    peers = [name for name in PEERS if _has(python, name)]
    for name in PEERS:
        if name not in peers:
            print(f"{name} is left out: pip install python-sat cpmpy, and name it with --python.")
    heads = ("statements", "sets", "core s", "findings", "audit s", "findings, 200 actors", "s")
    _row(*heads, *(cell for name in peers for cell in (f"{name} s", "sets")))
    _row(*["--:"] * (len(heads) + 2 * len(peers)))
    for name, make in BASES.items():
        base = make()
        groups, hard = [(unit,) for unit in base.units], tuple(base.hard)
        seconds, found = _median(runs, conflicts, groups, hard)
        audits = [_audited(runs, make(actors=actors)) for actors in (1, 200)]
        ours = sorted(map(list, found.sets)) if found.complete else None
        theirs = (cell for peer in peers for cell in _peer(python, peer, base, wall, ours))
        count = _count(len(found.sets), found.complete)
        _row(name, count, f"{seconds:.3f}", *itertools.chain(*audits), *theirs)


def _audited(runs: int, base: Base) -> tuple[str, str]:
    from melian.audit import audit

    seconds, result = _median(runs, audit, base.case())
    searched = not any(standing.unsearched for standing in result.actors.values())
    return _count(len(result.findings), searched), f"{seconds:.2f}"


def _median(runs: int, function: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    """Give the median of the CPU seconds of some calls, and the answer."""
    times, answer = [], None
    for _ in range(runs):
        begun = time.process_time()
        answer = function(*arguments)
        times.append(time.process_time() - begun)
    return statistics.median(times), answer


def _peer(
    python: str, peer: str, base: Base, wall: float, ours: list[list[int]] | None
) -> tuple[str, str]:
    """Give how long a peer takes, its start not counted, and how many sets it finds."""
    command = [python, __file__, "--peer", peer]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    timer = threading.Timer(wall, worker.kill)
    timer.start()
    answer, _ = worker.communicate(json.dumps({"hard": base.hard, "soft": base.units}))
    timer.cancel()
    *sets, last = [json.loads(line) for line in answer.splitlines() if line.endswith("]")] or [[]]
    if worker.returncode:
        return f"> {wall:.0f}", f"{len(sets) + bool(last):,}"
    (seconds,) = last
    if ours is not None and sorted(sets) != ours:
        raise SystemExit(f"{peer} and melian differ")
    return f"{seconds:.2f}", f"{len(sets):,}"


def _has(python: str, peer: str) -> bool:
    package = {"OptUx": "pysat", "MARCO": "cpmpy"}[peer]
    return not subprocess.run(
        [python, "-c", f"import {package}"], check=False, capture_output=True
    ).returncode


def _answer(peer: str) -> None:
    """Print the minimal sets of the clauses on standard input as they come, then the seconds."""
    given = json.load(sys.stdin)
    begun = time.process_time()
    for found in PEERS[peer](given["hard"], given["soft"]):
        print(json.dumps(sorted(found)), flush=True)
    print(json.dumps([time.process_time() - begun]))


def _optux(hard: list[list[int]], soft: list[list[int]]) -> Iterator[list[int]]:
    from pysat.examples.optux import OptUx
    from pysat.formula import WCNF

    formula = WCNF()
    for clause in hard:
        formula.append(clause)
    for clause in soft:
        formula.append(clause, weight=1)
    with OptUx(formula) as solver:
        for found in solver.enumerate():
            yield [number - 1 for number in found]


def _marco(hard: list[list[int]], soft: list[list[int]]) -> Iterator[list[int]]:
    import cpmpy
    from cpmpy.tools.explain import marco

    top = max(abs(literal) for clause in [*hard, *soft] for literal in clause)
    variables = cpmpy.boolvar(shape=top + 1)
    selectors = [cpmpy.boolvar(name=f"statement{n}") for n in range(len(soft))]

    def clause(literals: list[int]) -> Any:
        return cpmpy.any([variables[x] if x > 0 else ~variables[-x] for x in literals])

    granted = [clause(each) for each in hard]
    granted += [s.implies(clause(each)) for s, each in zip(selectors, soft, strict=True)]
    number = {str(selector): place for place, selector in enumerate(selectors)}
    solvers = {"solver": "pysat", "map_solver": "pysat"}
    for _, found in marco(selectors, granted, return_mcs=False, **solvers):
        yield [number[str(each)] for each in found]


PEERS: dict[str, Callable[[list[list[int]], list[list[int]]], Iterator[list[int]]]] = {
    "OptUx": _optux,
    "MARCO": _marco,
}


def _growth_table() -> None:
    print(f"\n{ACTORS} actors; the memory is that of the process at its peak, the case included.\n")
    _row("case", "statements", "findings", "s", "peak MB")
    _row("---", *["--:"] * 4)
    for shape in GROWING:
        for size in SIZES:
            command = [sys.executable, __file__, "--growth", shape, str(size)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            _row(*json.loads(done.stdout))


def _grow(shape: str, size: int) -> None:
    """Print one row of the table of growth."""
    base = GROWING[shape](size)
    count, seconds = _audited(1, base)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([shape, f"{len(base.said):,}", count, seconds, str(peak)]))


def _count(found: int, complete: bool) -> str:
    return f"{found:,}" if complete else f"{found:,} of more"


def _row(*cells: str) -> None:
    print("|", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main()
