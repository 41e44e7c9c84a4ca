"""Salience: how much of what is said is about a concept, or by an actor, in each unit of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.trends.subject import Subject, rows_of
from melian.problems import TooLarge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table
    from melian.discourse.trends.timeline import Timeline

MOST_CELLS = 2**25
"""Counts of more than that (a quarter of a gigabyte) are refused."""

TOP = 15
"""So many concepts, and so many actors, are looked at, unless all are asked for."""


@dataclass(frozen=True, eq=False)
class Series:
    """How many statements are about a subject, in each unit of time.

    Attributes:
        subject: what they are about.
        counts: how many there are, int64; the units without any are among them.
        of: out of how many in each unit, int64.
        among: what those are: all statements, or those of an actor, or on a concept.
        rows: the statements, as rows of the table, in order.
        places: the unit of each of these.
    """

    subject: Subject
    counts: NDArray[np.int64]
    of: NDArray[np.int64]
    among: Subject
    rows: NDArray[np.intp]
    places: NDArray[np.int64]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return int(self.counts.sum())

    @property
    def shares(self) -> NDArray[np.float64]:
        """What share they are in each unit; NaN where there is nothing they could be a share of."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.counts / self.of)

    def between(self, first: int, last: int) -> NDArray[np.intp]:
        """Give the rows in some units, the last included."""
        return self.rows[np.searchsorted(self.places, first) : self._after(last)]

    def _after(self, last: int) -> int:
        return int(np.searchsorted(self.places, last, side="right"))


def series_of(
    table: Table, design: Design, time: Timeline, subject: Subject, among: Subject | None = None
) -> Series:
    """Count the statements about one subject, out of all or of those about another."""
    basis = among or Subject()
    rows, others = (rows_of(table, design, time.rows, each) for each in (subject, basis))
    places, all_places = (time.places[np.searchsorted(time.rows, r)] for r in (rows, others))
    units = len(time)
    return Series(
        subject,
        np.bincount(places, minlength=units),
        np.bincount(all_places, minlength=units),
        basis,
        rows,
        places,
    )


def concepts(table: Table, design: Design, time: Timeline, top: int | None = TOP) -> list[Series]:
    """Give the series of each concept, the one most spoken of first."""
    found = _each(table, design.columns, time, top)
    return [_series(Subject(concepts=(name,)), places, time) for name, places in found]


def actors(table: Table, design: Design, time: Timeline, top: int | None = TOP) -> list[Series]:
    """Give the series of each actor, the one who says most first."""
    found = _each(table, design.rows, time, top)
    return [_series(Subject(actor=name), places, time) for name, places in found]


def _series(subject: Subject, among: NDArray[np.intp], time: Timeline) -> Series:
    """Give the series of some of the statements on a timeline."""
    places = time.places[among]
    counts = np.bincount(places, minlength=len(time))
    return Series(subject, counts, time.totals, Subject(), time.rows[among], places)


def _each(
    table: Table, name: str, time: Timeline, top: int | None
) -> list[tuple[str, NDArray[np.intp]]]:
    """Give the values of a variable that come up most, and which of the statements have each."""
    variable = table.variable(name)
    codes = variable.codes[time.rows]
    often = np.bincount(codes, minlength=len(variable.levels))
    ranked = np.argsort(-often, kind="stable")[:top]
    ranked = ranked[often[ranked] > 0]
    if len(ranked) * len(time) > MOST_CELLS:
        raise TooLarge(
            f"{len(ranked):,} series of {len(time):,} {time.unit} are more than is counted. "
            "Leave out --all, or take a longer unit."
        )
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(often)
    return [
        (str(variable.levels[code]), order[ends[code] - often[code] : ends[code]])
        for code in ranked.tolist()
    ]
