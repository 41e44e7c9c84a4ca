"""The networks of DNA 3.1.2 over time: in windows, and smoothed by a kernel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.dna import moving
from melian.discourse.networks.building import Network, counted, slice_of
from melian.discourse.networks.one_mode import pairs
from melian.discourse.networks.tensor import tensor
from melian.discourse.networks.two_mode import signs
from melian.discourse.networks.windows import MOST, Window
from melian.discourse.statements.selection import within
from melian.discourse.statements.table import UNDATED
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from melian.discourse.dna.moving import Kernel, Unit
    from melian.discourse.networks.building import Design
    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.statements.table import Table


def windowed(
    table: Table, design: Design, unit: Unit, width: int
) -> Iterator[tuple[Window, Network]]:
    """Give the network of each window of so many units, a unit later each.

    Without isolates each has the values and levels of its own statements only.

    Raises:
        UsageError: it is no design of DNA, or there are too many windows.
        TooLarge: a network would not fit.
    """
    loaded, kept = _kept(table, design)
    for window in _windows(table, design, kept, unit, moving.half_window(width)):
        among = loaded if design.isolates else window.rows
        yield window, slice_of(table, design, among, window.rows)


def smoothed(
    table: Table, design: Design, unit: Unit, width: int, kernel: Kernel
) -> Iterator[tuple[Window, Network]]:
    """Give the network around each moment, in which statements count for less the farther off.

    The diagonal is kept; the average is one over the whole time, whatever normalization is asked
    for; the levels of numbers are counted and not taken; all texts are alike.

    Raises:
        UsageError: it is no design of DNA, or there are too many windows.
        TooLarge: a network would not fit.
    """
    _, kept = _kept(table, design)
    half = moving.half_kernel(width)
    whole = tensor(table, kept, (design.rows, design.columns, design.qualifier))
    share = _share(whole) if design.mode == "one" and design.normalization != "none" else 1.0
    for window in _windows(table, design, kept, unit, half):
        weights = moving.kernel_weights(table.seconds[kept], window.middle, unit, half, kernel)
        if kernel != "gaussian":
            weights = weights * _inside(table, kept, window.start, window.stop)
        yield window, _smooth(table, design, kept, weights, share)


def polarised(
    table: Table, design: Design, unit: Unit, width: int, kernel: Kernel
) -> Iterator[tuple[Window, Network]]:
    """Give the network by which DNA measures how polarised each window is.

    It is agreement less clash, smoothed, averaged over the window and not the whole time; what is
    said at the very edges of a window is left out, and so is the diagonal. DNA takes it for both
    the network of agreement and that of clash.

    Args:
        table: the statements.
        design: who is tied by what; its aggregation and normalization are not looked at.
        unit: what windows are measured in; each begins a unit after the one before.
        width: how many units each has; an odd number is one more.
        kernel: what statements count for, by how far from the middle they are.

    Raises:
        UsageError: it is no design of DNA, or there are too many windows.
        TooLarge: a network would not fit.
    """
    design = replace(design, aggregation="subtract", normalization="average", isolates=False)
    _, kept = _kept(table, design)
    half = moving.half_kernel(width)
    for window in _windows(table, design, kept, unit, half):
        seconds = table.seconds[kept]
        ends = int(window.start.timestamp()), int(window.stop.timestamp())
        inside = kept if kernel == "gaussian" else kept[(seconds > ends[0]) & (seconds < ends[1])]
        weights = moving.kernel_weights(table.seconds[inside], window.middle, unit, half, kernel)
        share = _share(tensor(table, inside, (design.rows, design.columns, design.qualifier)))
        found = _smooth(table, design, inside, weights, share)
        np.fill_diagonal(found.matrix, 0)
        yield window, found


def _kept(table: Table, design: Design) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the statements within the period, and those that count; all with a date."""
    if not design.as_dna:
        raise UsageError("These are the networks of DNA 3.1.2 only.")
    dated = table.seconds != UNDATED
    loaded = np.flatnonzero(dated & within(table, design.start, design.until))
    return loaded, counted(table, loaded, design)


def _windows(
    table: Table, design: Design, kept: NDArray[np.intp], unit: Unit, half: int
) -> Iterator[Window]:
    """Give the windows between the ends of the period: the first and last statement, if open."""
    dated = table.seconds[table.seconds != UNDATED]
    if not len(dated):
        return
    first = _moment(dated[0] if design.start is None else design.start)
    last = _moment(dated[-1] if design.until is None else design.until)
    for number, (start, middle, stop) in enumerate(moving.windows(first, last, unit, half)):
        if number == MOST:
            raise UsageError(
                f"That makes more than {MOST:,} windows, a {unit[:-1]} apart as DNA has them. Take "
                "a longer unit, or a shorter period (--from, --until)."
            )
        yield Window(start, middle, stop, kept[_inside(table, kept, start, stop)])


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(int(second), UTC)


def _inside(
    table: Table, kept: NDArray[np.intp], start: datetime, stop: datetime
) -> NDArray[np.bool_]:
    seconds = table.seconds[kept]
    ends = int(start.timestamp()), int(stop.timestamp())
    return np.asarray((seconds >= ends[0]) & (seconds <= ends[1]))


def _smooth(
    table: Table,
    design: Design,
    kept: NDArray[np.intp],
    weights: NDArray[np.float64],
    share: NDArray[np.float64] | float,
) -> Network:
    one = design.mode == "one"
    counts = tensor(
        table,
        kept,
        (design.rows, design.columns, design.qualifier),
        isolates=design.isolates,
        weights=np.sqrt(weights) if one else weights,
    )
    if one:  # the root of a pair's product is the product of both roots
        matrix = pairs(counts.counts, _pair_weights(counts, design)) * share
        return Network(design, counts.rows, counts.rows, matrix, kept, kept)
    if design.ignores:
        return Network(design, counts.rows, counts.columns, counts.counts.sum(axis=2), kept, kept)
    return Network(
        design, counts.rows, counts.columns, counts.counts @ _numbers(counts), kept, kept
    )


def _pair_weights(counts: Tensor, design: Design) -> NDArray[np.float64]:
    levels = counts.counts.shape[2]
    alike = np.ones((levels, levels))
    if counts.qualifier is not None and counts.qualifier.kind != "text" and levels > 1:
        place = np.arange(levels)
        alike -= np.abs(place[:, None] - place) / (levels - 1)
    if design.ignores:
        return np.ones_like(alike)
    if design.aggregation == "congruence":
        return alike
    return 1 - alike if design.aggregation == "conflict" else 2 * alike - 1


def _numbers(counts: Tensor) -> NDArray[np.float64]:
    if counts.qualifier is not None and counts.qualifier.kind == "boolean":
        return signs(counts)
    return np.arange(counts.counts.shape[2], dtype=np.float64)


def _share(counts: Tensor) -> NDArray[np.float64]:
    """Give what one tie is multiplied by: of each kind of statement, two over both numbers."""
    found = np.zeros((len(counts.rows), len(counts.rows)))
    for kind in counts.flat.T:
        both = kind[:, None] + kind
        found += np.divide(2, both, out=np.zeros_like(both), where=both > 0)
    return found
