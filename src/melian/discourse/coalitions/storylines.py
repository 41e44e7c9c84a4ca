"""What a coalition stands for: the concepts on which its members differ most from all others.

The groups were made from the same statements, so that no test of chance applies to the difference;
it is given with the numbers of actors behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.coalitions.grouping import count_of, members_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.discourse.coalitions.basis import Basis
    from melian.discourse.coalitions.grouping import Labels
    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table, Value

MOST = 5
"""So many concepts are given of each coalition."""

_LEAST_SPEAKERS = 2


@dataclass(frozen=True, slots=True)
class Stand:
    """A concept, in a sense, that members of a coalition assert more often than others.

    Attributes:
        concept: what is spoken of.
        level: in which sense: of a sign, 1 is asserted and 0 denied.
        members, of_members: how many members say so, of how many.
        others, of_others: how many of all other actors that are grouped.
        statements: the ids of the members' statements that say so.
    """

    concept: Value
    level: Value
    members: int
    of_members: int
    others: int
    of_others: int
    statements: tuple[str, ...]

    @property
    def difference(self) -> float:
        """The share of the members who say so, less that of the others."""
        elsewhere = self.others / self.of_others if self.of_others else 0.0
        return self.members / self.of_members - elsewhere


def stands(
    table: Table, design: Design, basis: Basis, labels: Labels, most: int = MOST
) -> tuple[tuple[Stand, ...], ...]:
    """Give what each group stands for, what sets it apart most first.

    What fewer than two members say is no storyline of theirs.

    Args:
        table: the statements.
        design: which of its variables are who, what, and in which sense.
        basis: the actors that are grouped.
        labels: their groups.
        most: how many stands are given of each group.
    """
    found = []
    for group, ranked in enumerate(_ranked(basis, labels, most)):
        who = [basis.actors[place] for place in members_of(labels, group)]
        rows = _having(table, basis.ties.statements, design.rows, who)
        found.append(tuple(_sourced(table, design, rows, stand) for stand in ranked))
    return tuple(found)


def _ranked(basis: Basis, labels: Labels, most: int) -> list[list[Stand]]:
    """Give the stands of each group, without their statements."""
    says = basis.profiles.astype(np.int64)
    into = labels == np.arange(count_of(labels))[:, None]
    ours, sizes = into.astype(np.int64) @ says, into.sum(axis=1)
    others = says.sum(axis=0) - ours
    rest = len(labels) - sizes
    share = ours / sizes[:, None] - others / np.maximum(rest, 1)[:, None]
    wanted = (share > 0) & (ours >= _LEAST_SPEAKERS)
    return [
        [
            Stand(
                *_named(basis, at), int(ours[g, at]), int(sizes[g]), int(others[g, at]), int(r), ()
            )
            for at in np.lexsort((-ours[g], -share[g].round(12))).tolist()
            if wanted[g, at]
        ][:most]
        for g, r in enumerate(rest)
    ]


def _named(basis: Basis, place: int) -> tuple[Value, Value]:
    column, level = divmod(place, basis.counts.shape[2])
    return basis.columns[column], basis.levels[level]


def _sourced(table: Table, design: Design, rows: NDArray[np.intp], stand: Stand) -> Stand:
    """Add those of a group's statements that say so; one that binds two is named once."""
    for name, value in ((design.columns, stand.concept), (design.qualifier, stand.level)):
        rows = _having(table, rows, name, [value])
    ids = (table.ids[row] for row in rows.tolist())
    return replace(stand, statements=tuple(dict.fromkeys(ids)))


def _having(
    table: Table, rows: NDArray[np.intp], name: str, values: Sequence[Value]
) -> NDArray[np.intp]:
    """Give those rows that have one of some values of a variable."""
    variable, wanted = table.variable(name), set(values)
    codes = [code for code, level in enumerate(variable.levels) if level in wanted]
    return rows[np.isin(variable.codes[rows], codes)]
