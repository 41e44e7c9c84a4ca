"""A network as plain data: what ``melian network --json`` prints, and as a CSV table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np

from melian.case.csv_text import guarded
from melian.discourse.networks.building import strongest
from melian.discourse.networks.evidence import evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Network
    from melian.discourse.networks.windows import Window
    from melian.discourse.statements.table import Table


def network_form(network: Network, table: Table | None = None) -> dict[str, Any]:
    """Give a network as data: names, a matrix of numbers, and how it was made.

    With the table that it was made of, there are the ties with the statements behind them, too.

    Raises:
        TooLarge: there are too many statements behind the ties.
    """
    design = network.design
    edges = {} if table is None else {"edges": _edges(network, table)}
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
        **edges,
    }


def _edges(network: Network, table: Table) -> list[dict[str, Any]]:
    """Give the ties that are not 0, the strongest first, with the statements behind them."""
    behind = evidence(table, network)
    ties = network.matrix[behind.rows, behind.columns].tolist()
    names = ([network.rows[n] for n in behind.rows], [network.columns[n] for n in behind.columns])
    return [
        {
            "row": row,
            "column": column,
            "tie": _plain(tie),
            "statements": [table.ids[place] for place in behind.of(number).tolist()],
        }
        for number, (row, column, tie) in enumerate(zip(*names, ties, strict=True))
    ]


def series_form(
    series: Sequence[tuple[Window, Network]],
    unit: str,
    width: int,
    kernel: str = "",
    table: Table | None = None,
) -> dict[str, Any]:
    """Give the networks of windows as data, each with its first and last day and its middle.

    Raises:
        TooLarge: there are too many statements behind the ties of one.
    """
    return {
        "unit": unit,
        "width": width,
        **({"kernel": kernel} if kernel else {}),
        "windows": [
            {
                "first": str(window.first),
                "middle": window.middle.strftime("%Y-%m-%dT%H:%M"),
                "last": str(window.last),
                **network_form(found, table),
            }
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
