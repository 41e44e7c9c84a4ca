"""What a figure is about: all statements, or those by an actor, on concepts, in one sense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table, Value

_SENSES = {0: "against", 1: "for"}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose statements, on what; what is left out is not told apart.

    Attributes:
        actor: who makes them.
        concepts: on what they are.
        sense: the level of the qualifier: 1 for, 0 against, or another level.
        variable, value: what else was coded, and how: level, operational.
        name: what several concepts together are called; or claims, and then it says whose they are.
        claims: pairs of a concept and a sense, any of which counts.
    """

    actor: str = ""
    concepts: tuple[str, ...] = ()
    sense: Value | None = None
    variable: str = ""
    value: str = ""
    name: str = ""
    claims: tuple[tuple[str, Value], ...] = ()

    @property
    def label(self) -> str:
        """What it is in a table or sentence.

        >>> Subject(actor="CDU", concepts=("Ausstieg",), sense=0).label
        'CDU against "Ausstieg"'
        """
        if self.claims:
            return self.name
        on = self.name or ", ".join(f'"{each}"' for each in self.concepts)
        on = on or ("anything" if self.sense is not None else "")
        parts = [self.actor, _sense(self.sense, bool(on)), on]
        parts.append(f"{self.variable} {self.value}" if self.variable else "")
        return " ".join(part for part in parts if part) or "all statements"


def _sense(sense: Value | None, on: bool) -> str:
    """Give the sense as a preposition, in which the concepts are spoken of."""
    if sense is None:
        return "on" if on else ""
    return _SENSES.get(sense, f"{sense} on") if isinstance(sense, int) else f"{sense} on"


def rows_of(
    table: Table, design: Design, rows: NDArray[np.intp], subject: Subject
) -> NDArray[np.intp]:
    """Give those of some rows that a subject is about."""
    wanted = {
        design.rows: (subject.actor,) if subject.actor else (),
        design.columns: subject.concepts,
        design.qualifier: () if subject.sense is None else (subject.sense,),
        subject.variable: (subject.value,) if subject.variable else (),
    }
    keep = _claimed(table, design, rows, subject.claims)
    for name, values in wanted.items():
        if values:
            variable = table.variable(name)
            codes = [code for code, level in enumerate(variable.levels) if level in values]
            keep &= np.isin(variable.codes[rows], codes)
    return rows[keep]


def _claimed(
    table: Table, design: Design, rows: NDArray[np.intp], claims: tuple[tuple[str, Value], ...]
) -> NDArray[np.bool_]:
    """Tell which rows make one of some claims; all do where there are none."""
    keep = np.full(len(rows), not claims, dtype=np.bool_)
    column, sense = (table.variable(name) for name in (design.columns, design.qualifier))
    for concept, level in claims:
        if concept in column.levels and level in sense.levels:
            on = column.codes[rows] == column.levels.index(concept)
            keep |= on & (sense.codes[rows] == sense.levels.index(level))
    return keep
