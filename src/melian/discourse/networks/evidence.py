"""Which statements stand behind a tie.

Behind a one-mode tie are the statements of either actor to which some statement of the other adds
something, or takes something away: on the same concept, in a sense that counts for the type of the
network. Behind a two-mode tie are all the row's statements on the column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from melian.discourse.networks.building import tied
from melian.discourse.networks.one_mode import weights_of
from melian.discourse.networks.tensor import roles
from melian.problems import TooLarge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design, Network
    from melian.discourse.networks.one_mode import Aggregation
    from melian.discourse.statements.table import Table, Variable

    Places = NDArray[np.intp]

MOST = 5_000_000
"""So many statements are listed behind all ties together, at the most: some 300 MB at work."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """The statements behind ties.

    Attributes:
        rows, columns: which ties, as places in the network's matrix.
        starts: where in ``statements`` those of each tie begin, and where the last end.
        statements: the rows of the table, in order for each tie.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    starts: NDArray[np.intp]
    statements: NDArray[np.intp]

    def __len__(self) -> int:
        """Count the ties."""
        return len(self.rows)

    def of(self, tie: int) -> NDArray[np.intp]:
        """Give the rows of the table that stand behind one of the ties, by its number."""
        return self.statements[self.starts[tie] : self.starts[tie + 1]]


def evidence(
    table: Table, network: Network, ties: tuple[Places, Places] | None = None, most: int = 0
) -> Evidence:
    """Give the statements behind ties of a network.

    Args:
        table: the statements that the network was made of.
        network: as it was made.
        ties: their places in its matrix; all that are not 0, the strongest first, when left out.
        most: how many statements are listed at the most; :data:`MOST`, when left out.

    Raises:
        TooLarge: there are more.
    """
    most = most or MOST
    rows, columns = tied(network) if ties is None else ties
    if network.design.mode == "two":
        tie, place = _two_mode(table, network, rows, columns)
    else:
        said = _said(table, network)
        _bounded(said.behind(rows, columns), most)
        tie, place = said.pairs(rows, columns)
    _bounded(len(tie), most)
    count = max(len(network.statements), 1)
    tie, place = np.divmod(np.sort(tie * count + place), count)
    starts = np.zeros(len(rows) + 1, dtype=np.intp)
    np.cumsum(np.bincount(tie, minlength=len(rows)), out=starts[1:])
    return Evidence(rows, columns, starts, network.statements[place])


def _bounded(count: int, most: int) -> None:
    if count > most:
        raise TooLarge(
            f"{count:,} statements stand behind these ties, one behind many of them; at most "
            f"{most:,} are listed. Take a shorter period (--from, --until), leave out what is said "
            "again (--duplicates), or do without the statements."
        )


def _two_mode(
    table: Table, network: Network, rows: Places, columns: Places
) -> tuple[Places, Places]:
    """Give the tie that each statement stands behind, and its place among those that count."""
    row, column, _ = _roles(table, network)
    kept, width = network.statements, max(len(network.columns), 1)
    number = np.full(max(len(network.rows) * width, 1), -1, dtype=np.intp)
    number[rows * width + columns] = np.arange(len(rows))
    tie = number[row.codes[kept].astype(np.intp) * width + column.codes[kept]]
    place = np.flatnonzero(tie >= 0)
    return tie[place], place


def _roles(table: Table, network: Network) -> tuple[Variable, Variable, Variable | None]:
    design = network.design
    variables = (design.rows, design.columns, None if design.ignores else design.qualifier)
    return roles(table, network.statements, variables, network.loaded, isolates=design.isolates)


@dataclass(frozen=True, eq=False)
class _Said:
    """Who says what in a one-mode network.

    Attributes:
        counts: how many statements each row has of each cell, a pair of a column and a level.
        reach: which cells of others a row's own statements make a difference to.
        cells: that of each statement.
        order: the places of the statements, those of each row together.
        starts: where in the order those of each row begin, and where the last end.
    """

    counts: NDArray[np.float64]
    reach: NDArray[np.bool_]
    cells: Places
    order: Places
    starts: Places

    def behind(self, rows: Places, columns: Places) -> int:
        """Count the statements behind all these ties."""
        met = self.counts @ self.reach.T.astype(np.float64)
        return int((met[rows, columns] + met[columns, rows]).sum())

    def pairs(self, rows: Places, columns: Places) -> tuple[Places, Places]:
        """Give each pair of a tie and the place of a statement behind it."""
        speaker, other = np.concatenate([rows, columns]), np.concatenate([columns, rows])
        ties = np.tile(np.arange(len(rows)), 2)
        sides = np.argsort(speaker, kind="stable")
        ends = np.searchsorted(speaker[sides], np.arange(len(self.counts) + 1))
        found = [
            self._of(row, other[side], ties[side])
            for row in np.unique(speaker).tolist()
            for side in [sides[ends[row] : ends[row + 1]]]
        ]
        nothing = np.zeros(0, dtype=np.intp)
        tie, place = zip(*found, strict=True) if found else ([nothing], [nothing])
        return np.concatenate(tie), np.concatenate(place)

    def _of(self, row: int, others: Places, ties: Places) -> tuple[Places, Places]:
        own = self.order[self.starts[row] : self.starts[row + 1]]
        tie, place = np.nonzero(self.reach[np.ix_(others, self.cells[own])])
        return ties[tie], own[place]


def _said(table: Table, network: Network) -> _Said:
    row, column, kind = _roles(table, network)
    kept, levels = network.statements, len(kind.levels) if kind else 1
    cells = column.codes[kept].astype(np.intp) * levels
    if kind is not None:
        cells += kind.codes[kept]
    rows = row.codes[kept].astype(np.intp)
    shape = len(row.levels), len(column.levels), levels
    counts = np.zeros(shape)
    np.add.at(counts.reshape(-1), rows * shape[1] * levels + cells, 1)
    order = np.argsort(rows, kind="stable")
    starts = np.searchsorted(rows[order], np.arange(shape[0] + 1))
    reach = _reach(counts > 0, kind, network.design)
    flat = counts.reshape(shape[0], shape[1] * levels)
    return _Said(flat, reach.reshape(flat.shape), cells, order, starts)


def _reach(said: NDArray[np.bool_], kind: Variable | None, design: Design) -> NDArray[np.bool_]:
    """Tell which cells of others a row's statements make a difference to."""
    if design.as_dna and kind is not None and kind.kind == "text":  # what only one of both says
        if design.aggregation == "conflict":
            return ~said
        if design.aggregation == "subtract":
            return np.ones_like(said)
    weights = weights_of(kind, cast("Aggregation", design.aggregation))
    if weights is None:
        return said
    return np.asarray(said.astype(np.float64) @ (weights != 0).astype(np.float64).T > 0)
