"""How sure polarisation and camps are: what other draws, and chance, would give.

The best division of a draw fits what is odd about the draw, too: a maximum over draws lies above
that of the whole, the more so the fewer statements there are. So the polarisation of the camps of
the whole, kept as they are, is given for each draw as well; and what chance would give.

Chance: the senses of all statements on a concept are dealt out anew among these statements, so that
each actor speaks as often of the same, each concept is as disputed, and nobody stands for anything
(a permutation test; Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses", 2005).

That finds more than chance wherever actors only stay with what they say, each on its own. Camps are
more: those who agree on one concept agree on others. So positions are dealt out, too: all that an
actor says on a concept goes as one to another actor who speaks on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.polarisation.camps import among
from melian.discourse.polarisation.enumerating import MOST_ENUMERATED, enumerated
from melian.discourse.polarisation.measuring import measured
from melian.discourse.polarisation.reducing import parts_of
from melian.discourse.polarisation.searching import searched
from melian.discourse.resampling import interval, samples
from melian.discourse.statements.table import Variable
from melian.discourse.ties import counts_of, eligible

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.polarisation.camps import Camps
    from melian.discourse.polarisation.measuring import Measured
    from melian.discourse.resampling import Interval, Resampling
    from melian.discourse.statements.table import Table

STARTS = 16
"""Local search begins at so many divisions in each draw, and at the camps of the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """What draws give.

    Attributes:
        by: how it was drawn.
        best: within what the polarisation of the best division of each draw lies.
        mean: of these, which is above that of the whole, as a rule.
        same: within what that of the camps of the whole lies.
        kept: of each actor, in the order of the places, the share of the draws with it in which it
            is in the camp that it is in; not a number, where it is in none.
        exact: in how many draws the best division is proved, by looking at all.
    """

    by: Resampling
    best: Interval
    mean: float
    same: Interval
    kept: tuple[float, ...]
    exact: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What the same statements would give if nobody stood for anything.

    Attributes:
        times: how often senses were dealt out.
        seed: the same gives the same.
        mean: polarisation, on average.
        within: within what it lies.
        above: the share of the deals, and the debate itself, in which it is at least that of the
            debate.
        exact: in how many deals the best division is proved, by looking at all.
    """

    times: int
    seed: int
    mean: float
    within: Interval
    above: float
    exact: int


def certainty(
    table: Table, found: Camps, by: Resampling, rows: NDArray[np.intp] | None = None
) -> Certainty:
    """Draw again, and divide each draw.

    Args:
        table: the statements.
        found: the camps of the whole.
        by: what is drawn, and how often.
        rows: of the statements that were drawn from; all that are eligible, when left out.

    Raises:
        UsageError: there is nothing to draw from.
    """
    given = eligible(table, found.design) if rows is None else rows
    best, same, exact = [], [], 0
    kept, there = np.zeros(len(found.places)), np.zeros(len(found.places))
    for number, drawn in enumerate(samples(table, given, by)):
        counts, _ = counts_of(table, found.design, drawn, everyone=True)
        some = among(counts, found.places)
        figures = measured(some, found.design, found.wanted.measure)
        sides, proved = best_of(figures, some.each, found.sides, by.seed + number)
        best.append(max(figures.of(sides), 0.0))
        same.append(figures.of(found.sides))
        exact += proved
        there += some.each > 0
        kept += (some.each > 0) & (sides == found.sides)
    with np.errstate(invalid="ignore"):
        shares = kept / there
    return Certainty(
        by=by,
        best=interval(best, by.level),
        mean=float(np.mean(best)),
        same=interval(same, by.level),
        kept=tuple(shares.tolist()),
        exact=exact,
    )


def chance(
    table: Table,
    found: Camps,
    times: int,
    seed: int,
    rows: NDArray[np.intp] | None = None,
    *,
    positions: bool = False,
) -> Chance:
    """Deal senses out anew, and divide what comes of it.

    Args:
        table: the statements.
        found: the camps of the whole.
        times: how often.
        seed: the same gives the same.
        rows: of the statements; all that are eligible, when left out.
        positions: whether all that an actor says on a concept is dealt out as one.
    """
    rng = np.random.default_rng(seed)
    _, kept = counts_of(table, found.design, rows, everyone=True)
    best, exact = [], 0
    for number in range(times):
        dealt = (_positions_dealt if positions else _dealt)(table, kept, found.design, rng)
        plain = replace(found.design, duplicates="include")
        some = among(counts_of(dealt, plain, kept, everyone=True)[0], found.places)
        figures = measured(some, found.design, found.wanted.measure)
        sides, proved = best_of(figures, some.each, found.sides, seed + number)
        best.append(max(figures.of(sides), 0.0))
        exact += proved
    above = 1 + sum(each >= found.polarisation - 1e-12 for each in best)
    return Chance(
        times=times,
        seed=seed,
        mean=float(np.mean(best)),
        within=interval(best),
        above=above / (times + 1),
        exact=exact,
    )


def _dealt(
    table: Table,
    kept: NDArray[np.intp],
    design: Design,
    rng: np.random.Generator,
) -> Table:
    """Deal the senses of the statements on each concept out among them."""
    qualifier = design.qualifier
    concepts, senses = table.variable(design.columns).codes[kept], table.variable(qualifier)
    order = np.argsort(concepts, kind="stable")
    mixed = np.lexsort((rng.random(len(kept)), concepts))
    codes = senses.codes.copy()
    codes[kept[order]] = senses.codes[kept[mixed]]
    dealt = Variable(senses.kind, senses.levels, codes)
    return replace(table, variables=MappingProxyType({**table.variables, qualifier: dealt}))


def _positions_dealt(
    table: Table,
    kept: NDArray[np.intp],
    design: Design,
    rng: np.random.Generator,
) -> Table:
    """Deal positions on each concept out among the actors who speak on it.

    A position is what an actor says on a concept. Who gets another's speaks as often as before, in
    its senses: in the same shares, as far as numbers allow (systematic sampling).
    """
    senses = table.variable(design.qualifier)
    who, what = (table.variable(name).codes[kept] for name in (design.rows, design.columns))
    order = np.lexsort((senses.codes[kept], who, what))
    edges = (np.diff(who[order], prepend=-2) != 0) | (np.diff(what[order], prepend=-2) != 0)
    starts = np.flatnonzero(edges)
    sizes, cell = np.diff(starts, append=len(order)), np.cumsum(edges) - 1
    topic = what[order][starts]
    other = np.lexsort((rng.random(len(starts)), topic))[cell]
    rank = np.arange(len(order)) - starts[cell] + rng.random(len(starts))[cell]
    place = starts[other] + (rank * sizes[other] / sizes[cell]).astype(np.intp)
    codes = senses.codes.copy()
    codes[kept[order]] = senses.codes[kept[order[place]]]
    dealt = Variable(senses.kind, senses.levels, codes)
    return replace(table, variables=MappingProxyType({**table.variables, design.qualifier: dealt}))


def best_of(
    figures: Measured, each: NDArray[np.float64], reference: NDArray[np.int8], seed: int
) -> tuple[NDArray[np.int8], bool]:
    """Give the best division that is found quickly, turned as a reference is, and if it is proved.

    Args:
        figures: what is measured.
        each: how much each actor weighs where it is told which side is which.
        reference: 1 or -1 of each actor.
        seed: of the local search.
    """
    present = np.flatnonzero(each > 0)
    gains = figures.gains[np.ix_(present, present)]
    sides = reference.copy()
    if len(present) <= MOST_ENUMERATED:
        sides[present] = enumerated(gains)[0]
    else:
        sides[present] = searched(gains, seed, STARTS, reference[present])
    turned = aligned(sides, parts_of(figures.gains), reference, each)
    return turned, len(present) <= MOST_ENUMERATED


def aligned(
    sides: NDArray[np.int8],
    parts: NDArray[np.intp],
    reference: NDArray[np.int8],
    weights: NDArray[np.float64],
) -> NDArray[np.int8]:
    """Turn each part to where more of it is on the side on which a reference has it."""
    same = np.bincount(parts, weights * sides * reference, minlength=1)
    return np.where(same[parts] < 0, -sides, sides).astype(np.int8)
