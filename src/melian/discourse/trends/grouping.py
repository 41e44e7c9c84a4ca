"""The statements on both sides of an event, by what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.statements.table import MISSING
from melian.discourse.trends.subject import Subject, rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table, Value
    from melian.discourse.trends.milestones import Sides

CODED = ("level", "scope", "frame")
"""What else was coded that is looked at."""


@dataclass(frozen=True, eq=False)
class Group:
    """The statements about a subject on both sides of an event.

    Attributes:
        subject: what they are about.
        among: of what they are a share.
        rows: before and after, as rows of the table.
        of: how many there are of what they are a share of, before and after.
        unsure: how many more there are whose dates say no side; None where it was not asked.
    """

    subject: Subject
    among: Subject
    rows: tuple[NDArray[np.intp], NDArray[np.intp]]
    of: tuple[int, int]
    unsure: int | None = None

    @property
    def counts(self) -> tuple[int, int]:
        """How many there are before and after."""
        return len(self.rows[0]), len(self.rows[1])

    @property
    def total(self) -> int:
        """How many there are on both sides."""
        return sum(self.counts)


def group(table: Table, design: Design, around: Sides, subject: Subject) -> Group:
    """Give the statements about one subject, as a share of what its actor says, or of all."""
    told = subject.concepts or subject.claims or subject.variable or subject.sense is not None
    among = Subject(actor=subject.actor if told else "")
    rows, others = (
        tuple(rows_of(table, design, side, each) for side in around.rows)
        for each in (subject, among)
    )
    unsure = len(rows_of(table, design, around.unsure, subject))
    of = (len(others[0]), len(others[1]))
    return Group(subject, among, (rows[0], rows[1]), of, unsure)


def groups(
    table: Table, design: Design, around: Sides, smallest: int, named: int
) -> tuple[list[Group], int]:
    """Give the statements about each subject that comes up, and how many subjects are left out.

    These are all statements; each actor; each concept; each level, scope and frame that was coded;
    each concept in each sense, by each actor.

    Args:
        table: the statements.
        design: what its actors, concepts and senses are called.
        around: the statements before and after an event.
        smallest: subjects with fewer statements than that are small.
        named: of each kind, so many small ones are given, the largest first.
    """
    names = (design.rows, design.columns, design.qualifier)
    coded = [n for n in CODED if n in table.variables and n not in names]
    found = [group(table, design, around, Subject())]
    out = 0
    for kind in [(design.rows,), (design.columns,), *((n,) for n in coded), names]:
        by = _By(table, design, around, kind)
        places = by.places()
        sizes = np.array([len(place) for place in places], dtype=np.int64)
        order = np.argsort(-sizes, kind="stable")
        kept = order[: int((sizes >= smallest).sum()) + named].tolist()
        found += [by.group(places[n]) for n in kept]
        out += len(places) - len(kept)
    return found, out


class _By:
    """The statements on both sides, grouped by some variables."""

    def __init__(self, table: Table, design: Design, around: Sides, names: tuple[str, ...]) -> None:
        """Leave out the statements that lack a value."""
        self._table, self._design, self._names = table, design, names
        rows = around.all_rows
        codes = [table.variable(name).codes[rows].astype(np.int64) for name in names]
        coded = np.logical_and.reduce([each != MISSING for each in codes])
        self._rows = rows[coded]
        self._later = (np.arange(len(rows)) >= len(around.rows[0]))[coded]
        self._codes = [each[coded] for each in codes]
        self._shares = self._codes[0] if len(names) > 1 else np.zeros_like(self._codes[0])
        sides = (self._shares[~self._later], self._shares[self._later])
        most = int(self._shares.max(initial=0)) + 1
        self._totals = [np.bincount(side, minlength=most) for side in sides]

    def places(self) -> list[NDArray[np.intp]]:
        """Give which of the statements have the same values, for all values that come up."""
        key = np.zeros(len(self._rows), dtype=np.int64)
        for name, codes in zip(self._names, self._codes, strict=True):
            key = key * len(self._table.variable(name).levels) + codes
        order = np.argsort(key, kind="stable")
        parts = np.split(order, np.flatnonzero(np.diff(key[order])) + 1)
        return [part for part in parts if len(part)]

    def group(self, place: NDArray[np.intp]) -> Group:
        """Give the group of statements with the same values."""
        one = int(place[0])
        named = zip(self._names, self._codes, strict=True)
        subject, among = self._subject([self._table.variable(n).levels[c[one]] for n, c in named])
        later = self._later[place]
        before, after = self._rows[place[~later]], self._rows[place[later]]
        of = tuple(int(total[self._shares[one]]) for total in self._totals)
        return Group(subject, among, (before, after), (of[0], of[1]))

    def _subject(self, values: list[Value]) -> tuple[Subject, Subject]:
        first = str(values[0])
        if len(values) > 1:
            actor = Subject(actor=first)
            return Subject(actor=first, concepts=(str(values[1]),), sense=values[2]), actor
        if self._names[0] == self._design.rows:
            return Subject(actor=first), Subject()
        if self._names[0] == self._design.columns:
            return Subject(concepts=(first,)), Subject()
        return Subject(variable=self._names[0], value=first), Subject()
