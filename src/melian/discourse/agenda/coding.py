"""The statements that make up agendas, by actor, by period and by what was coded of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.networks.windows import windows
from melian.discourse.resampling import samples
from melian.discourse.statements.selection import complete, first_of, within, without
from melian.discourse.statements.table import MISSING
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.networks.windows import Unit, Window
    from melian.discourse.resampling import Resampling
    from melian.discourse.statements.table import Table

ASPECTS = ("scope", "level", "frame")
"""What may be coded of a statement besides its concept."""

MOST_PERIODS = 60


@dataclass(frozen=True, eq=False)
class Aspect:
    """What was coded of the statements: their scope, their level, their frame, their issue.

    Attributes:
        name: of the variable.
        values: in order; the last place of counts is for statements without any.
        codes: of each statement that counts, one of the places of counts.
    """

    name: str
    values: tuple[str, ...]
    codes: NDArray[np.int64]

    @property
    def places(self) -> int:
        """How many places counts have."""
        return len(self.values) + 1


@dataclass(frozen=True, eq=False)
class Coding:
    """The statements that count.

    Attributes:
        table: all statements.
        rows: of those that count, in order.
        actors: those looked at one by one, with most statements first.
        others: how many more there are.
        periods: stretches of time; none where time is not looked at.
        actor: of each statement, the place among actors, or one more for others.
        period: likewise; one more for those in none.
        issue: of what each is.
        aspects: what else was coded.
    """

    table: Table
    rows: NDArray[np.intp]
    actors: tuple[str, ...]
    others: int
    periods: tuple[Window, ...]
    actor: NDArray[np.int64]
    period: NDArray[np.int64]
    issue: Aspect
    aspects: tuple[Aspect, ...]

    def counts(self, aspect: Aspect, times: NDArray[np.float64] | None = None) -> NDArray[np.int64]:
        """Count statements by actor, period and value.

        Args:
            aspect: what the values are of.
            times: how often each statement counts; once, when left out.

        Returns:
            An array of shape (actors + 1, periods + 1, values + 1).
        """
        shape = (len(self.actors) + 1, len(self.periods) + 1, aspect.places)
        cell = (self.actor * shape[1] + self.period) * shape[2] + aspect.codes
        found = np.bincount(cell, times, minlength=shape[0] * shape[1] * shape[2])
        return np.rint(found).astype(np.int64).reshape(shape)

    def drawn(self, by: Resampling) -> Iterator[NDArray[np.float64]]:
        """Give how often each statement counts in each draw."""
        place = np.zeros(len(self.table), dtype=np.int64)
        place[self.rows] = np.arange(len(self.rows))
        for rows in samples(self.table, self.rows, by):
            yield np.bincount(place[rows], minlength=len(self.rows)).astype(np.float64)

    def ids(self, aspect: Aspect, value: int, actor: int | None, period: int | None) -> list[str]:
        """Give the names of the statements of an actor in a period that have a value."""
        found = aspect.codes == value
        if actor is not None:
            found &= self.actor == actor
        if period is not None:
            found &= self.period == period
        return [self.table.ids[row] for row in self.rows[found].tolist()]


def coding(table: Table, design: Design, by: Unit | None, most: int) -> Coding:
    """Sort the statements of a design by who made them, when, and of what.

    A statement without an issue counts, as one of which it is not coded. Two are the same, and
    count once in the scope that the design says, if all that was coded of them is the same.

    Args:
        table: the statements.
        design: who speaks, of what, and which statements count.
        by: the periods that are looked at.
        most: how many actors are looked at one by one.

    Raises:
        UsageError: a variable is not there, no statement counts, or there are too many periods.
    """
    names = [n for n in ASPECTS if n in table.variables and n != design.columns]
    names = [n for n in names if (table.variable(n).codes != MISSING).any()]
    told = {design.rows, design.columns, design.qualifier, "concept", *names}
    keep = within(table, design.start, design.until) & without(table, design.excluded)
    said = np.flatnonzero(keep & complete(table, [design.rows]))
    alike = [name for name in sorted(told) if name in table.variables or name == design.qualifier]
    rows = first_of(table, said, alike, design.duplicates)
    if not len(rows):
        raise UsageError("No statement counts: none has an actor.")
    periods = tuple(windows(table, rows, by, 1)) if by is not None else ()
    if len(periods) > MOST_PERIODS:
        raise UsageError(
            f"That makes {len(periods):,} periods; at most {MOST_PERIODS} are compared. Take "
            "longer ones: --by year."
        )
    actors, actor = _actors(table, rows, design.rows, most)
    return Coding(
        table=table,
        rows=rows,
        actors=actors,
        others=len(np.unique(table.variable(design.rows).codes[rows])) - len(actors),
        periods=periods,
        actor=actor,
        period=_periods(len(table), periods)[rows],
        issue=_aspect(table, rows, design.columns),
        aspects=tuple(_aspect(table, rows, name) for name in names),
    )


def _actors(
    table: Table, rows: NDArray[np.intp], name: str, most: int
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Give those with most statements, and which of them made each."""
    variable = table.variable(name)
    codes = variable.codes[rows]
    counts = np.bincount(codes, minlength=len(variable.levels))
    order = [n for n in np.argsort(-counts, kind="stable").tolist() if counts[n]][:most]
    place = np.full(len(variable.levels), len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return tuple(str(variable.levels[n]) for n in order), place[codes]


def _periods(size: int, periods: tuple[Window, ...]) -> NDArray[np.int64]:
    found = np.full(size, len(periods), dtype=np.int64)
    for number, window in enumerate(periods):
        found[window.rows] = number
    return found


def _aspect(table: Table, rows: NDArray[np.intp], name: str) -> Aspect:
    variable = table.variable(name).of(rows)
    codes = variable.codes[rows].astype(np.int64)
    values = tuple(str(level) for level in variable.levels)
    return Aspect(name, values, np.where(codes == MISSING, len(values), codes))
