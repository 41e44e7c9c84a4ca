"""A network as plain data: what ``melian network --json`` prints, and as a CSV table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from melian.case.csv_text import guarded

if TYPE_CHECKING:
    from melian.discourse.networks import Network


def network_form(network: Network) -> dict[str, Any]:
    """Give a network as data: names, a matrix of numbers, and how it was made."""
    design = network.design
    return {
        "rows": list(network.rows),
        "columns": list(network.columns),
        "matrix": [[_plain(cell) for cell in row] for row in network.matrix.tolist()],
        "type": "two-mode" if design.mode == "two" else design.aggregation,
        "aggregation": design.aggregation,
        "normalization": design.normalization,
        "variables": {
            "rows": design.rows,
            "columns": design.columns,
            "qualifier": design.qualifier,
        },
        "duplicates": design.duplicates,
        "isolates": design.isolates,
        "rules": design.rules,
        "statements": len(network.statements),
    }


def network_csv(network: Network) -> str:
    """Give the matrix as comma-separated values, with names at the left and on top."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["", *(guarded(str(name)) for name in network.columns)])
    for name, row in zip(network.rows, network.matrix.tolist(), strict=True):
        lines.writerow([guarded(str(name)), *map(_plain, row)])
    return out.getvalue()


def _plain(cell: float) -> float | int:
    """Give whole numbers as such."""
    return int(cell) if cell.is_integer() else cell
