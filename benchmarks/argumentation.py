"""How long extensions and acceptance take on seeded frameworks, beside clingo called directly.

Examples::

    python benchmarks/argumentation.py
    python benchmarks/argumentation.py --arguments 1000 --kinds random ring
    python benchmarks/argumentation.py --arguments 100 --pygarg "python -m pygarg"

Kinds, all the same for the same seed:

* random: three attacks an argument, anywhere;
* growing: each argument is tied to up to three older ones, often attacked ones more often; a fifth
  of the ties go both ways;
* ring: each argument attacks its next two; three in ten go elsewhere, four in ten both ways;
* cycles: cycles of two to six, each attacked by an earlier argument;
* groups: five that attack each other, each group attacked by one of the group before.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import clingo

from melian.argumentation import Semantics, acceptance, grounded, one_extension
from melian.case.framework import Framework
from melian.formats.frameworks import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ADMISSIBLE = """
in(X) :- arg(X), not out(X).
out(X) :- arg(X), not in(X).
:- in(X), in(Y), att(X,Y).
defeated(X) :- in(Y), att(Y,X).
:- in(X), att(Y,X), not defeated(Y).
#show in/1.
"""
FIRST_IN = "#heuristic in(X) : arg(X). [1,true]"
SATURATION = """
open :- out(X).
more(X) : out(X) :- open.
spoilt | more(Z) : att(Z,Y) :- more(X), att(Y,X), not defeated(Y).
spoilt :- more(X), more(Y), att(X,Y).
spoilt :- in(X), more(Y), att(X,Y).
spoilt :- in(X), more(Y), att(Y,X).
more(X) :- spoilt, out(X).
:- open, not spoilt.
"""


def random(n: int, rnd: Random) -> Iterator[tuple[int, int]]:
    for _ in range(3 * n):
        yield rnd.randrange(n), rnd.randrange(n)


def growing(n: int, rnd: Random) -> Iterator[tuple[int, int]]:
    pool = [0]
    for new in range(1, n):
        for _ in range(rnd.randint(1, 3)):
            old = rnd.choice(pool)
            ends = (new, old) if rnd.random() < 0.5 else (old, new)
            yield ends
            if rnd.random() < 0.2:
                yield ends[::-1]
            pool.append(old)
        pool.append(new)


def ring(n: int, rnd: Random) -> Iterator[tuple[int, int]]:
    for a in range(n):
        for step in (1, 2):
            b = rnd.randrange(n) if rnd.random() < 0.3 else (a + step) % n
            yield a, b
            if rnd.random() < 0.4:
                yield b, a


def cycles(n: int, rnd: Random) -> Iterator[tuple[int, int]]:
    first = 0
    while first < n:
        length = min(rnd.randint(2, 6), n - first)
        yield from ((first + i, first + (i + 1) % length) for i in range(length))
        if first:
            yield rnd.randrange(first), first
        first += length


def groups(n: int, rnd: Random) -> Iterator[tuple[int, int]]:
    for first in range(0, n, 5):
        group = range(first, min(n, first + 5))
        yield from ((a, b) for a in group for b in group)
        if first:
            yield rnd.randrange(first - 5, first), rnd.choice(group)


KINDS = {each.__name__: each for each in (random, growing, ring, cycles, groups)}


def seeded(kind: str, n: int, seed: int) -> Framework:
    """Give a framework without self-attacks that is the same for the same words and numbers."""
    pairs = KINDS[kind](n, Random(f"{kind}/{n}/{seed}"))
    attacks = sorted({(a, b) for a, b in pairs if a != b})
    return Framework(tuple(f"a{i}" for i in range(n)), tuple(attacks))


def median(repeat: int, run: Callable[[], object]) -> float:
    """Give the median time of a call in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def directly(framework: Framework, program: str, options: list[str]) -> int:
    """Ask clingo for one model, with the facts as text; give its size, or -1 for none."""
    control = clingo.Control(options, logger=lambda *_: None)
    facts = "".join(f"arg({name})." for name in framework.arguments)
    names = framework.arguments
    facts += "".join(f"att({names[a]},{names[b]})." for a, b in framework.attacks)
    control.add("base", [], facts + program)
    control.ground([("base", [])])
    sizes: list[int] = []
    control.solve(on_model=lambda model: sizes.append(len(model.symbols(shown=True))))
    return sizes[0] if sizes else -1


def within(limit: float, framework: Framework, program: str) -> int | None:
    """Ask clingo in a process of its own, which is ended after so many seconds."""
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    process = context.Process(
        target=lambda: answers.put(directly(framework, program, ["1"])), daemon=True
    )
    process.start()
    process.join(limit)
    if process.is_alive():
        process.kill()
        return None
    return int(answers.get())


def pygarg(command: str, framework: Framework, limit: float) -> str:
    """Give how long pygarg takes for one preferred extension, or that it did not finish."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.apx"
        path.write_text(written(framework, ".apx"))
        start = time.perf_counter()
        args = [*shlex.split(command), "-p", "SE-PR", "-fo", "apx", "-f", str(path)]
        try:
            subprocess.run(args, capture_output=True, check=True, timeout=limit)
        except subprocess.TimeoutExpired:
            return f"> {limit:.0f}"
        except subprocess.CalledProcessError:
            return "failed"
    return f"{time.perf_counter() - start:.2f}"


def measure(kind: str, asked: argparse.Namespace) -> list[str]:
    """Give one row of the table."""
    framework = seeded(kind, asked.arguments, asked.seed)
    ours = median(asked.repeat, lambda: one_extension(framework, Semantics.PREFERRED))
    heuristic = ["--heuristic=Domain", "--enum-mode=domRec", "1"]
    theirs = median(asked.repeat, lambda: directly(framework, ADMISSIBLE + FIRST_IN, heuristic))
    accepted = acceptance(framework, Semantics.PREFERRED)
    every = median(1, lambda: acceptance(framework, Semantics.PREFERRED))
    one = next(iter(sorted(accepted.skeptical)), 0)
    start = time.perf_counter()
    query = f"{ADMISSIBLE}{SATURATION}:- in({framework.arguments[one]})."
    answer = within(asked.limit, framework, query)
    saturated = (
        f"{time.perf_counter() - start:.2f}" if answer is not None else f"> {asked.limit:.0f}"
    )
    if accepted.complete and answer is not None and (answer < 0) != (one in accepted.skeptical):
        raise SystemExit(f"{kind}: clingo and we differ about {framework.arguments[one]}")
    return [
        kind,
        f"{len(framework.attacks):,}",
        f"{median(asked.repeat, lambda: grounded(framework)):.3f}",
        f"{ours:.2f}",
        f"{theirs:.2f}",
        f"{ours / theirs:.2f}",
        f"{every:.2f}" + ("" if accepted.complete else " (cut short)"),
        saturated,
        pygarg(asked.pygarg, framework, asked.limit) if asked.pygarg else "-",
    ]


def main() -> None:
    """Measure what the arguments ask for, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--arguments", type=int, default=10_000)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--limit", type=float, default=20, help="seconds for what may not finish")
    parser.add_argument("--pygarg", default="", help="the command that runs pygarg")
    asked = parser.parse_args()
    head = ["kind", "attacks", "grounded", "one preferred", "clingo", "ratio"]
    head += ["in all and in some", "clingo, one in all", "pygarg, one preferred"]
    print(f"Python {sys.version.split()[0]}, clingo {clingo.__version__}, seconds, ", end="")
    print(f"{asked.arguments:,} arguments, median of {asked.repeat}")
    print(f"| {' | '.join(head)} |")
    print(f"|---|{'--:|' * (len(head) - 1)}")
    for kind in asked.kinds:
        print(f"| {' | '.join(measure(kind, asked))} |", flush=True)


if __name__ == "__main__":
    main()
