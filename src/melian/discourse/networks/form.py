"""A network as plain data: what ``melian network --json`` prints, and as a CSV table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np

from melian.case.csv_text import guarded
from melian.discourse.networks.building import strongest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Network
    from melian.discourse.networks.windows import Window


def network_form(network: Network) -> dict[str, Any]:
    """Give a network as data: names, a matrix of numbers, and how it was made."""
    design = network.design
    return {
        "rows": list(network.rows),
        "columns": list(network.columns),
        "matrix": _numbers(network.matrix),
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


def series_form(series: Sequence[tuple[Window, Network]], unit: str, width: int) -> dict[str, Any]:
    """Give the networks of windows as data, each with its first and its last day."""
    return {
        "unit": unit,
        "width": width,
        "windows": [
            {"first": str(window.first), "last": str(window.last), **network_form(found)}
            for window, found in series
        ],
    }


def series_csv(series: Sequence[tuple[Window, Network]]) -> str:
    """Give all ties of windows as comma-separated values, one a line, without those that are 0."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["first", "last", "statements", "row", "column", "tie"])
    for window, found in series:
        number = len(found.statements)
        for one, other, tie in strongest(found):
            names = (guarded(one), guarded(other))
            lines.writerow([window.first, window.last, number, *names, _plain(tie)])
    return out.getvalue()


def network_csv(network: Network) -> str:
    """Give the matrix as comma-separated values, with names at the left and on top."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["", *(guarded(str(name)) for name in network.columns)])
    for name, row in zip(network.rows, _numbers(network.matrix), strict=True):
        lines.writerow([guarded(str(name)), *row])
    return out.getvalue()


def _numbers(matrix: NDArray[np.float64]) -> list[list[float]]:
    """Give a matrix as lists, whole numbers as such."""
    if (matrix == np.rint(matrix)).all():
        return list(matrix.astype(np.int64).tolist())
    return [[_plain(cell) for cell in row] for row in matrix.tolist()]


def _plain(cell: float) -> float | int:
    """Give whole numbers as such."""
    return int(cell) if cell.is_integer() else cell
