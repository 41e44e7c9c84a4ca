"""The two camps of a debate, how polarised it is, and how firmly each actor is in its camp."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from melian.discourse.polarisation.dividing import PRECISION, WORK, divided
from melian.discourse.polarisation.measuring import measured, minority_shares
from melian.discourse.polarisation.searching import STARTS
from melian.discourse.ties import counts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.polarisation.dividing import Division
    from melian.discourse.polarisation.measuring import Measure, Measured
    from melian.discourse.statements.table import Table, Value

Camp = Literal["A", "B"]

LEAST = 2
FIRM = 0.2
"""An actor is firmly in its camp if this share of its ties more fit its side than do not: 60 % fit
if 40 % do not."""

NO_LOSS = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How camps are looked for.

    Attributes:
        measure: of polarisation.
        least: so many statements an actor needs to be put into a camp.
        disputed: concepts count only if this share of the statements on them goes against most.
        work: steps that the proof may take.
        starts: of the local search.
        seed: of all that is random.
    """

    measure: Measure = "opposition"
    least: int = LEAST
    disputed: float = 0.0
    work: int = WORK
    starts: int = STARTS
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Member:
    """An actor in a camp.

    Attributes:
        actor: who.
        camp: A, which has more statements, or B.
        part: 0; of actors that nothing ties to most, another number: their sides are relative to
            each other only.
        statements: how many it makes.
        firmness: by how much polarisation falls if it changes sides.
        fit: the share of its ties that fit its side, less that of those that do not.
    """

    actor: Value
    camp: Camp
    part: int
    statements: int
    firmness: float
    fit: float

    @property
    def firm(self) -> bool:
        """Whether it is clear which camp it is in."""
        return self.fit >= FIRM

    @property
    def free(self) -> bool:
        """Whether it could as well be in the other one."""
        return self.firmness <= NO_LOSS


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Camps:
    """How polarised a debate is, into which camps.

    Attributes:
        design, wanted: what was asked for.
        polarisation: of the best division that was found.
        bound: of no division is it more.
        exact: whether none has more, but for :data:`~.dividing.PRECISION`.
        members: the actors, those of the main part first, by camp, those with most statements
            first; whoever is tied to nobody is in a part of its own.
        parts: how many parts there are that nothing ties to each other.
        optima: how many divisions are as good; None where they were not counted.
        left_out: how many actors make too few statements.
        agreed: the concepts that are left out since nearly all agree on them.
        statements: how many count.
        clash: the share of all ties between two actors that are clashes.
        steps: the work done.
        sides: 1 for A and -1 for B, of the actors in the order of places.
        places: of the actors, among all that the design has.
        actors: in this order.
        pairs: how many two of them are tied at all.
    """

    design: Design
    wanted: Wanted
    polarisation: float
    bound: float
    exact: bool
    members: tuple[Member, ...]
    parts: int
    optima: int | None
    left_out: int
    agreed: tuple[Value, ...]
    statements: int
    clash: float
    steps: int
    sides: NDArray[np.int8]
    places: NDArray[np.intp]
    actors: tuple[Value, ...]
    pairs: int

    def of(self, camp: Camp) -> tuple[Member, ...]:
        """Give the members of a camp that are tied to most others."""
        return tuple(each for each in self.members if each.camp == camp and not each.part)

    @property
    def undivided(self) -> bool:
        """Whether there is nothing to divide: no two are tied by more of the one than the other."""
        return self.parts == len(self.members)

    @property
    def free(self) -> tuple[Member, ...]:
        """The members that could as well be in the other camp."""
        return tuple(each for each in self.members if each.free)

    @property
    def precision(self) -> float:
        """What polarisation could be more by, and still be called exact."""
        return PRECISION


def camps(
    table: Table, design: Design, wanted: Wanted, rows: NDArray[np.intp] | None = None
) -> Camps:
    """Divide the actors of a debate into the two camps that fit best.

    Args:
        table: the statements.
        design: who is tied by what; its aggregation is not looked at.
        wanted: how they are looked for.
        rows: of the statements to count; all that are eligible, when left out.

    Raises:
        UsageError: a variable is not there, or has no two senses.
        TooLarge: the network would not fit.
    """
    design, agreed = narrowed(table, design, wanted)
    counts, kept = counts_of(table, design, rows, everyone=True)
    places = np.flatnonzero(counts.each >= max(wanted.least, 1))
    some = among(counts, places)
    found = measured(some, design, wanted.measure)
    division = divide(found, wanted)
    division = replace(division, sides=_named(division, some.each))
    return Camps(
        design=design,
        wanted=wanted,
        polarisation=max(found.share(division.value), 0.0),
        bound=max(found.share(division.bound), 0.0),
        exact=division.exact,
        members=_members(some, found, division),
        parts=int(division.parts.max(initial=-1)) + 1,
        optima=division.optima,
        left_out=int((counts.each > 0).sum()) - len(places),
        agreed=agreed,
        statements=len(kept),
        clash=found.clash,
        steps=division.steps,
        sides=division.sides,
        places=places,
        actors=some.rows,
        pairs=found.pairs,
    )


def divide(found: Measured, wanted: Wanted) -> Division:
    """Give the best division by a measure."""
    return divided(
        found.gains,
        seed=wanted.seed,
        scale=found.total,
        work=wanted.work,
        starts=wanted.starts,
    )


def narrowed(table: Table, design: Design, wanted: Wanted) -> tuple[Design, tuple[Value, ...]]:
    """Leave out the concepts on which nearly all agree, if that is wanted, and name them."""
    if not wanted.disputed:
        return design, ()
    counts, _ = counts_of(table, design)
    few = minority_shares(counts) < wanted.disputed
    agreed = tuple(name for name, out in zip(counts.columns, few, strict=True) if out)
    excluded = {*design.excluded.get(design.columns, ()), *agreed}
    apart = MappingProxyType({**design.excluded, design.columns: excluded})
    return replace(design, excluded=apart), agreed


def among(counts: Tensor, places: NDArray[np.intp]) -> Tensor:
    """Give the counts of some rows."""
    rows = tuple(counts.rows[place] for place in places.tolist())
    return type(counts)(rows, counts.columns, counts.qualifier, counts.counts[places])


def _named(division: Division, each: NDArray[np.float64]) -> NDArray[np.int8]:
    """Turn each part so that the camp with more statements has 1."""
    sides = division.sides.copy()
    for part in range(int(division.parts.max(initial=-1)) + 1):
        own = division.parts == part
        if float((sides * each)[own].sum()) < 0:
            sides[own] *= -1
    return sides


def _members(some: Tensor, found: Measured, division: Division) -> tuple[Member, ...]:
    falls, fits = found.falls(division.sides), found.fits(division.sides)
    members = [
        Member(
            actor,
            "A" if division.sides[place] > 0 else "B",
            int(division.parts[place]),
            int(some.each[place]),
            max(float(falls[place]), 0.0),
            float(fits[place]),
        )
        for place, actor in enumerate(some.rows)
    ]
    return tuple(sorted(members, key=lambda m: (m.part, m.camp, -m.statements, str(m.actor))))
