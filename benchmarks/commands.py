"""How long the commands take, start-up included: the median of several runs of each.

python benchmarks/commands.py [--runs 9]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASE = "nato-russia-2008"


def seconds(arguments: list[str], runs: int) -> list[float]:
    """Give the wall time of each run, sorted."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        command = [sys.executable, "-m", "melian", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begun)
    return sorted(times)


def main() -> None:
    """Print a table: command, median, fastest, slowest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "brief.html")
        commands = [
            ["--help"],
            ["check", CASE],
            ["audit", CASE, "--json"],
            ["outcomes", CASE, "--json"],
            ["levers", CASE, "--json"],
            ["brief", CASE, "-o", page],
        ]
        print("| command | median s | fastest | slowest |\n|---|--:|--:|--:|")
        for arguments in commands:
            times = seconds(arguments, runs)
            shown = " ".join(a.replace(page, "brief.html") for a in arguments)
            middle = statistics.median(times)
            print(f"| `melian {shown}` | {middle:.2f} | {times[0]:.2f} | {times[-1]:.2f} |")


if __name__ == "__main__":
    main()
