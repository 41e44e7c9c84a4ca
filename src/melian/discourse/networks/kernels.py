"""Networks smoothed over time: the nearer to a moment a statement is, the more it counts.

Plain windows let all in them count alike, and jump when a statement enters or leaves. Under a
kernel a statement weighs K(u), with u its distance from the middle of the window in halves of the
window: 1 at the middle for every kernel, so that ties are of the size of unweighted ones.

A pair of statements weighs the geometric mean of both weights (Leifeld 2017 and DNA take it, too):
two statements equally far off weigh as much together as either alone, so that a tie has the shape
of the kernel, and not of its square, and an average does not depend on how the kernel is scaled.
Under the uniform kernel every network is that of the plain window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast, get_args

import numpy as np

from melian.discourse.networks.building import Network, counted
from melian.discourse.networks.one_mode import tied, weights_of
from melian.discourse.networks.tensor import roles, tensor
from melian.discourse.networks.two_mode import two_mode
from melian.discourse.networks.windows import Window, placed, windows
from melian.discourse.statements.selection import within
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.networks.one_mode import Aggregation, Normalization
    from melian.discourse.networks.two_mode import Aggregation as TwoMode
    from melian.discourse.networks.two_mode import Normalization as TwoModeShare
    from melian.discourse.networks.windows import Unit
    from melian.discourse.statements.table import Table

Kernel = Literal["uniform", "triangular", "epanechnikov", "gaussian"]
KERNELS: tuple[Kernel, ...] = get_args(Kernel)

REACH = 4.0
"""Half windows, each a standard deviation, beyond which a Gaussian weight (below 1/2,900) is 0."""


def weights_at(distance: NDArray[np.float64], kernel: Kernel) -> NDArray[np.float64]:
    """Give what statements count for, by their distance from the middle in half windows.

    Args:
        distance: from the middle, in halves of the window; below 0 for what was before.
        kernel: ``uniform`` 1, ``triangular`` 1 - |u| and ``epanechnikov`` 1 - u^2 within the
            window; ``gaussian`` exp(-u^2 / 2), to :data:`REACH` half windows.
    """
    apart = np.abs(distance)
    if kernel == "gaussian":
        return np.where(apart <= REACH, np.exp(-np.square(apart) / 2), 0.0)
    shapes = {
        "uniform": np.ones_like(apart),
        "triangular": 1 - apart,
        "epanechnikov": 1 - np.square(apart),
    }
    return np.where(apart <= 1, shapes[kernel], 0.0)


def smoothed(
    table: Table, design: Design, kernel: Kernel, *, unit: Unit, width: int, step: int = 1
) -> Iterator[tuple[Window, Network]]:
    """Give the network around the middle of each window.

    What is said again is left out before. A date is the middle of the day, month or year that it
    names. Where windows are of so many statements, distance is counted in statements.

    Args:
        table: the statements, in the order of time.
        design: what networks.
        kernel: how what a statement counts for falls with its distance.
        unit: what windows are measured in: days, weeks, months, years or statements.
        width: how many units each window has.
        step: how many units later the next begins.

    Raises:
        UsageError: the numbers make no sense, or levels are to be combined, which only come up
            or do not.
        TooLarge: a network would not fit.
    """
    if design.mode == "two" and design.aggregation == "combine":
        raise UsageError(
            "Which levels come up cannot be weighed. With a kernel, subtract or ignore the "
            "qualifier (--aggregation)."
        )
    loaded = np.flatnonzero(within(table, design.start, design.until))
    kept = counted(table, loaded, design)
    kept = kept[placed(table, kept, unit)]
    times = (table.seconds[kept] + table.last[kept] + 1) / 2
    for window in windows(table, kept, unit, width, step):
        if unit == "statements":
            first = int(np.searchsorted(kept, window.rows[0]))
            distance = (np.arange(len(kept)) + 0.5 - first) / len(window.rows) * 2 - 1
        else:
            begins, ends = window.start.timestamp(), window.stop.timestamp() + 1
            distance = (times - begins) / (ends - begins) * 2 - 1
        weights = weights_at(distance, kernel)
        rows = np.flatnonzero(weights)
        found = Window(window.start, window.middle, window.stop, kept[rows])
        yield found, weighed(table, design, loaded, kept[rows], weights[rows])


def weighed(
    table: Table,
    design: Design,
    loaded: NDArray[np.intp],
    kept: NDArray[np.intp],
    weights: NDArray[np.float64],
) -> Network:
    """Give the network of statements of which each counts for so much.

    Args:
        table: the statements.
        design: what network.
        loaded: the rows from which the levels of the qualifier are taken, and who is isolated.
        kept: the rows that count.
        weights: what each counts for, above 0.
    """
    variables = (design.rows, design.columns, design.qualifier)
    count = tensor(table, kept, variables, loaded, isolates=design.isolates, weights=weights)
    if design.mode == "two":
        matrix = two_mode(
            count, cast("TwoMode", design.aggregation), cast("TwoModeShare", design.normalization)
        )
        return Network(design, count.rows, count.columns, matrix, kept, loaded)
    if design.normalization == "jaccard":
        given = _nearest(table, design, loaded, kept, weights)
    else:
        given = tensor(
            table, kept, variables, loaded, isolates=design.isolates, weights=np.sqrt(weights)
        ).counts
        given = given.sum(axis=2, keepdims=True) if design.ignores else given
    among = weights_of(count.qualifier, cast("Aggregation", design.aggregation))
    matrix = tied(given, among, count.each, cast("Normalization", design.normalization))
    return Network(design, count.rows, count.rows, matrix, kept, loaded)


def _nearest(
    table: Table,
    design: Design,
    loaded: NDArray[np.intp],
    kept: NDArray[np.intp],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Give the root of the weight of the nearest statement of each kind: how far it comes up."""
    variables = (design.rows, design.columns, None if design.ignores else design.qualifier)
    row, column, kind = roles(table, kept, variables, loaded, isolates=design.isolates)
    shape = len(row.levels), len(column.levels), len(kind.levels) if kind else 1
    place = (row.codes[kept].astype(np.intp) * shape[1] + column.codes[kept]) * shape[2]
    if kind is not None:
        place += kind.codes[kept]
    found = np.zeros(shape[0] * shape[1] * shape[2])
    np.maximum.at(found, place, np.sqrt(weights))
    return found.reshape(shape)
