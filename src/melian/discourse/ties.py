"""How much each two actors agree, and how much they clash: where camps and coalitions show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

from melian.discourse.networks.building import counted, tensor_of
from melian.discourse.networks.one_mode import one_mode
from melian.discourse.statements.selection import complete, within, without
from melian.problems import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.networks.one_mode import Normalization
    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.statements.table import Table, Value


@dataclass(frozen=True, eq=False)
class Ties:
    """What ties each two actors, for and against.

    Attributes:
        actors: whom the rows and columns stand for.
        agreement: congruence, float64, symmetric, nothing on the diagonal.
        clash: conflict, likewise.
        statements: the rows of the table that count, in order.
    """

    actors: tuple[Value, ...]
    agreement: NDArray[np.float64]
    clash: NDArray[np.float64]
    statements: NDArray[np.intp]

    @cached_property
    def net(self) -> NDArray[np.float64]:
        """Agreement less clash: above zero for those who stand together."""
        return self.agreement - self.clash

    def among(self, places: NDArray[np.intp]) -> Ties:
        """Give the ties of some of the actors among themselves."""
        square = np.ix_(places, places)
        return replace(
            self,
            actors=tuple(self.actors[place] for place in places.tolist()),
            agreement=self.agreement[square],
            clash=self.clash[square],
        )


def eligible(table: Table, design: Design) -> NDArray[np.intp]:
    """Give the rows of the statements that may count, before what is said again is left out."""
    names = [design.rows, design.columns, design.qualifier]
    keep = within(table, design.start, design.until)
    return np.flatnonzero(keep & complete(table, names) & without(table, design.excluded))


def ties(
    table: Table, design: Design, rows: NDArray[np.intp] | None = None, *, everyone: bool = False
) -> Ties:
    """Give the ties of the actors of a design.

    Args:
        table: the statements.
        design: who is tied by what; its aggregation is not looked at.
        rows: of the statements to count, in order: a window, or a resample, in which a row stands
            as often as it was drawn; all that are eligible, when left out.
        everyone: whether those stay who say nothing in these rows, so that the actors of several
            windows or resamples are the same.

    Raises:
        UsageError: it is a design of a two-mode network, or done as DNA does it.
        TooLarge: the network would not fit.
    """
    counts, kept = counts_of(table, design, rows, everyone=everyone)
    normalization = cast("Normalization", design.normalization)
    agreement, clash = (one_mode(counts, way, normalization) for way in ("congruence", "conflict"))
    return Ties(counts.rows, agreement, clash, kept)


def counts_of(
    table: Table, design: Design, rows: NDArray[np.intp] | None = None, *, everyone: bool = False
) -> tuple[Tensor, NDArray[np.intp]]:
    """Give the counts that ties are made of, and the rows of the statements that count.

    The arguments and errors are those of :func:`ties`.
    """
    if design.mode != "one" or design.as_dna:
        raise UsageError("Ties are those of a one-mode network, counted as is right.")
    may = eligible(table, design)
    given = may if rows is None else rows
    kept = _counted(table, given, replace(design, aggregation="subtract"))
    return tensor_of(table, replace(design, isolates=everyone or design.isolates), may, kept), kept


def _counted(table: Table, rows: NDArray[np.intp], design: Design) -> NDArray[np.intp]:
    """Leave out what is said again; what was drawn twice is from two documents."""
    each, times = np.unique(rows, return_counts=True)
    kept = counted(table, each, design)
    if design.duplicates not in {"include", "document"} or len(each) == len(rows):
        return kept
    return np.repeat(kept, times[np.searchsorted(each, kept)])
