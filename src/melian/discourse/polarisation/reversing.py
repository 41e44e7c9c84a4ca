"""Who turns round: actors who were for something and then against it, or the other way about.

Changes of sides rest on these. Only clean ones are told: all that an actor says of a concept in the
one sense is before all that it says in the other. Who says now this and now that, is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.networks.windows import placed
from melian.discourse.polarisation.measuring import senses
from melian.discourse.statements.selection import DAY
from melian.discourse.ties import counts_of

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table, Value

VOICE = "person"
"""The variable of who says it, where an organisation is who it is said for."""


@dataclass(frozen=True, slots=True)
class Reversal:
    """An actor turns round on a concept.

    Attributes:
        actor, concept: who, on what.
        denies: whether it was for it, and then against it.
        until: when it last said the one.
        since: when it first said the other.
        before, after: the statements, by their ids.
        voices_before, voices_after: the persons who made them, in the order of time; none, where
            the table does not name persons.
    """

    actor: Value
    concept: Value
    denies: bool
    until: date
    since: date
    before: tuple[str, ...]
    after: tuple[str, ...]
    voices_before: tuple[str, ...] = ()
    voices_after: tuple[str, ...] = ()

    @property
    def other_voices(self) -> bool:
        """Whether nobody is heard on both sides: two members who differ, rather than a turn."""
        return bool(self.voices_before) and set(self.voices_before).isdisjoint(self.voices_after)


@dataclass(frozen=True, slots=True)
class Reversals:
    """All of them.

    Attributes:
        found: the earliest first.
        torn: in how many cases an actor says now this and now that of a concept.
    """

    found: tuple[Reversal, ...]
    torn: int


def reversals(table: Table, design: Design) -> Reversals:
    """Find who turned round on what.

    Args:
        table: the statements.
        design: who, on what, in which sense; statements that are neither for nor against, or whose
            date does not say the day, are not looked at.
    """
    _, kept = counts_of(table, design)
    kept = kept[placed(table, kept, "days")]
    qualifier = table.variable(design.qualifier)
    signs = np.sign(senses(qualifier))[qualifier.codes[kept]]
    kept, signs = kept[signs != 0], signs[signs != 0]
    actors, concepts = (table.variable(name).codes[kept] for name in (design.rows, design.columns))
    order = np.lexsort((concepts, actors))
    edges = np.flatnonzero((np.diff(actors[order]) != 0) | (np.diff(concepts[order]) != 0)) + 1
    found, torn = [], 0
    for group in np.split(order, edges):
        if len(group) and np.ptp(signs[group]):
            one = _reversal(table, design, kept[group], signs[group])
            torn += one is None
            found += [] if one is None else [one]
    return Reversals(tuple(sorted(found, key=lambda each: (each.since, str(each.actor)))), torn)


def _reversal(
    table: Table, design: Design, rows: NDArray[np.intp], signs: NDArray[np.float64]
) -> Reversal | None:
    """Give the reversal in what an actor says of a concept, in the order of time, if clean."""
    before, after = rows[signs == signs[0]], rows[signs != signs[0]]
    until, since = (_day(table, int(row)) for row in (before[-1], after[0]))
    if until >= since:
        return None
    who, what = (table.variable(name) for name in (design.rows, design.columns))
    return Reversal(
        who.levels[who.codes[rows[0]]],
        what.levels[what.codes[rows[0]]],
        bool(signs[0] > 0),
        until,
        since,
        tuple(table.ids[row] for row in before.tolist()),
        tuple(table.ids[row] for row in after.tolist()),
        _voices(table, before),
        _voices(table, after),
    )


def _voices(table: Table, rows: NDArray[np.intp]) -> tuple[str, ...]:
    """Give the persons behind statements, each once."""
    if VOICE not in table.variables:
        return ()
    voices = table.variable(VOICE)
    said = (voices.levels[code] for code in voices.codes[rows].tolist() if code >= 0)
    return tuple(dict.fromkeys(str(each) for each in said))


def _day(table: Table, row: int) -> date:
    return datetime.fromtimestamp(int(table.seconds[row]) // DAY * DAY, UTC).date()
