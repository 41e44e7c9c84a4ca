"""What methods look at: the actors that are grouped, their ties, and what each of them says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from melian.discourse.networks.building import tensor_of
from melian.discourse.ties import eligible, ties

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.statements.table import Table, Value
    from melian.discourse.ties import Ties

Standing = Literal["subtract", "congruence"]
"""What ties two actors: agreement less clash, where that is above zero, or agreement alone."""

STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True, eq=False)
class Basis:
    """Actors, and what they are grouped by.

    Attributes:
        ties: of these actors.
        counts: how often each said which concept at which level, float64 of shape (actors,
            concepts, levels).
        columns, levels: what the other two stand for; levels are numbers, or texts.
        standing: what ties two of them.
    """

    ties: Ties
    counts: NDArray[np.float64]
    columns: tuple[Value, ...]
    levels: tuple[Value, ...]
    standing: Standing = "subtract"

    def __len__(self) -> int:
        """Count the actors."""
        return len(self.ties.actors)

    @property
    def actors(self) -> tuple[Value, ...]:
        """Who is grouped."""
        return self.ties.actors

    @property
    def net(self) -> NDArray[np.float64]:
        """Agreement less clash."""
        return self.ties.net

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """What ties each two, never below zero."""
        return np.maximum(self.net, 0) if self.standing == "subtract" else self.ties.agreement

    @cached_property
    def said(self) -> NDArray[np.float64]:
        """How many statements of each count."""
        return np.asarray(self.counts.sum(axis=(1, 2)))

    @cached_property
    def profiles(self) -> NDArray[np.bool_]:
        """Whether each ever said which concept at which level, one column for each such pair."""
        return np.asarray(self.counts.reshape(len(self), -1) > 0)

    def among(self, places: NDArray[np.intp]) -> Basis:
        """Give the same of some of the actors."""
        return replace(self, ties=self.ties.among(places), counts=self.counts[places])


def basis(
    table: Table,
    design: Design,
    standing: Standing = "subtract",
    rows: NDArray[np.intp] | None = None,
) -> Basis:
    """Give what all actors of a design are grouped by; those who say nothing in the rows stay.

    Args:
        table: the statements.
        design: who is tied by what.
        standing: what ties two of them.
        rows: of the statements to count, as :func:`~melian.discourse.ties.ties` takes them.

    Raises:
        UsageError: a variable is not there.
        TooLarge: the network would not fit.
    """
    may = eligible(table, design)
    found = ties(table, design, rows, everyone=True)
    counted = _counts(table, design, may, found.statements)
    levels = counted.qualifier.levels if counted.qualifier is not None else ()
    return Basis(found, counted.counts, counted.columns, levels, standing)


def _counts(table: Table, design: Design, may: NDArray[np.intp], kept: NDArray[np.intp]) -> Tensor:
    return tensor_of(table, replace(design, isolates=True), may, kept)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is grouped, and who is not.

    Attributes:
        places: of those who are, in order.
        few: who says too little.
        untied: who says enough, and stands with nobody who does.
    """

    places: NDArray[np.intp]
    few: tuple[Value, ...]
    untied: tuple[Value, ...]


def chosen(everybody: Basis, least: int) -> Chosen:
    """Leave out who has too few statements, and who is tied to none of the others."""
    enough = everybody.said >= least
    tied = (everybody.weights[:, enough] > 0).any(axis=1)
    return Chosen(
        np.flatnonzero(enough & tied),
        _named(everybody, ~enough),
        _named(everybody, enough & ~tied),
    )


def _named(of: Basis, who: NDArray[np.bool_]) -> tuple[Value, ...]:
    return tuple(of.actors[place] for place in np.flatnonzero(who).tolist())
