"""How long networks of statements take: seeded statements by 500 actors on 200 concepts.

Examples::

    python benchmarks/discourse.py
    python benchmarks/discourse.py --statements 10000 100000

In process, once the statements are columns: a one-mode network with all statements, and without
what is said again in the same document or month; 42 windows of three months, and the same under
a triangular kernel. The command is timed
from a table of statements to JSON, start-up included. Wall seconds, the median of five.
"""

from __future__ import annotations

import argparse
import csv
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from melian.discourse.networks.building import Design, network
from melian.discourse.networks.kernels import smoothed
from melian.discourse.networks.windows import networks
from melian.discourse.statements.reading import parse

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER = ("statement_id", "date", "person", "organization", "concept", "agreement", "document_id")
RUNS = 5
DAYS = 1330  # that make 42 windows of three months
PER_DOCUMENT = 8


def written(file: Path, count: int, actors: int = 500, concepts: int = 200) -> None:
    """Write statements in which few actors and concepts come up often, the same for a number."""
    rnd = Random(count)
    weights = [list(accumulate(1 / (n + 1) ** 0.8 for n in range(m))) for m in (actors, concepts)]
    documents = max(count // PER_DOCUMENT, 1)
    start = datetime(2005, 1, 1, tzinfo=UTC)
    days = sorted(rnd.randrange(DAYS) for _ in range(documents))
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(HEADER)
        for number in range(count):
            document = number * documents // count
            who, what = (rnd.choices(range(len(w)), cum_weights=w)[0] for w in weights)
            agrees = int(rnd.random() < (0.8 if who % 2 == what % 2 else 0.2))
            day = (start + timedelta(days=days[document])).date()
            lines.writerow(
                [number, day, f"P{who}", f"Actor {who}", f"Concept {what}", agrees, document]
            )


def median(run: Callable[[], object]) -> float:
    """Give the median wall time of some calls."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def row(count: int) -> str:
    """Measure with so many statements."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "statements.csv")
        written(file, count)
        command = [sys.executable, "-m", "melian", "network", str(file), "--json"]
        table, _ = parse(file.read_text("utf-8"), file.name)
        times = [
            median(lambda: network(table, Design())),
            median(lambda: network(table, Design(duplicates="document"))),
            median(lambda: network(table, Design(duplicates="month"))),
            median(lambda: list(networks(table, Design(), "months", 3))),
            median(lambda: list(smoothed(table, Design(), "triangular", unit="months", width=3))),
            median(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)),
        ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"| {count:,} | {' | '.join(f'{each:.3f}' for each in times)} | {peak:,} |"


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    asked = parser.parse_args()
    timed = "one-mode | by document | by month | 42 windows | 42 kernels | command"
    print(f"| statements | {timed} | peak MB |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for count in asked.statements:
        print(row(count), flush=True)


if __name__ == "__main__":
    main()
