"""How sure are coalitions? The same method on documents, coders or days drawn again.

A coalition is stable as far as it is found again (Hennig, "Cluster-wise assessment of cluster
stability", Computational Statistics & Data Analysis 52, 2007, 258): in each draw, by the group that
is most like it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.coalitions.basis import basis
from melian.discourse.coalitions.comparing import overlaps
from melian.discourse.coalitions.grouping import count_of
from melian.discourse.coalitions.methods import grouped
from melian.discourse.resampling import samples
from melian.discourse.ties import eligible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from melian.discourse.coalitions.basis import Basis, Standing
    from melian.discourse.coalitions.grouping import Labels
    from melian.discourse.coalitions.methods import Method
    from melian.discourse.networks.building import Design
    from melian.discourse.resampling import Resampling
    from melian.discourse.statements.table import Table

STABLE = 0.75
"""From this stability on a coalition counts as stable: a rule of thumb (Hennig 2007)."""

DOUBTFUL = 0.6
"""Below this it is not to be trusted, by the same rule."""

DISSOLVED = 0.5
"""A coalition is dissolved in a draw whose groups are all less like it than that, or as much."""

PRESENT = 0.75
"""Of a coalition of whose members fewer are in a draw, on average, nothing can be said."""

_ABSENT = -1


@dataclass(frozen=True, eq=False)
class Sureness:
    """What came of the draws.

    Attributes:
        by: what was drawn, how often, from which seed.
        method: the method that grouped the actors in each draw.
        stability: of each coalition, the mean over draws of the Jaccard index with the group most
            like it, from 0 to 1. Members of whom nothing was drawn do not count in that draw, and
            a draw with fewer than two of them does not count at all. NaN where too few members
            are drawn to say anything.
        recovered: of each, the share of draws in which it comes back exactly.
        dissolved: of each, the share of draws in which it dissolves.
        drawn: of each, which share of its members is in a draw, on average.
        together: of each two actors, the share of the draws of both in which they are in one
            group; NaN where both were never drawn.
    """

    by: Resampling
    method: Method
    stability: tuple[float, ...]
    recovered: tuple[float, ...]
    dissolved: tuple[float, ...]
    drawn: tuple[float, ...]
    together: NDArray[np.float64]


def sureness(
    table: Table,
    design: Design,
    found: tuple[NDArray[np.intp], Labels],
    how: tuple[Standing, Method, int | None],
    by: Resampling,
) -> Sureness:
    """Group the same actors again in each draw.

    Args:
        table: the statements.
        design: who is tied by what.
        found: the places of the actors that are grouped, among all; and their groups.
        how: what ties two actors, the method, and how many groups are asked of it.
        by: what is drawn, how often. The method is asked from the same seed each time.

    Raises:
        UsageError: there are fewer than two to draw from.
    """
    places, labels = found
    likeness = np.zeros((by.times, count_of(labels)))
    once, joined = np.zeros((len(labels), len(labels))), np.zeros((len(labels), len(labels)))
    for number, again in enumerate(_again_and_again(table, design, places, how, by)):
        likeness[number] = likenesses(labels, again)
        here = again != _ABSENT
        once += here[:, None] & here
        joined += (again[:, None] == again) & here
    drawn = _drawn_of(labels, np.diag(once), by.times)
    likeness[:, drawn < PRESENT] = np.nan
    share = np.divide(joined, once, out=np.full_like(joined, np.nan), where=once > 0)
    stability, recovered, dissolved = _shares(likeness)
    return Sureness(by, how[1], stability, recovered, dissolved, tuple(drawn.tolist()), share)


def likenesses(labels: Labels, again: NDArray[np.intp]) -> NDArray[np.float64]:
    """Give, of each group, the Jaccard index with the group of a draw that is most like it.

    Args:
        labels: the groups.
        again: those of the draw, -1 for who was not drawn; they do not count.

    Returns:
        From 0 to 1; NaN of a group of whom nobody was drawn, or one only, if it has more members.
    """
    here = again != _ABSENT
    most = count_of(labels)
    shared = np.zeros((most, int(again.max(initial=_ABSENT)) + 1))
    part = overlaps(labels[here], again[here])
    shared[: len(part), : part.shape[1]] = part
    sizes = shared.sum(axis=1)
    if not shared.shape[1]:
        return np.full(most, np.nan)
    either = sizes[:, None] + shared.sum(axis=0) - shared
    alike = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    least = np.minimum(np.bincount(labels, minlength=most), 2)
    return np.where(sizes >= least, alike.max(axis=1), np.nan)


def _again_and_again(
    table: Table,
    design: Design,
    places: NDArray[np.intp],
    how: tuple[Standing, Method, int | None],
    by: Resampling,
) -> Iterator[NDArray[np.intp]]:
    """Give the groups of each draw; who is tied to nobody in it is alone."""
    standing, method, groups = how
    for rows in samples(table, eligible(table, design), by):
        drawn = basis(table, design, standing, rows).among(places)
        yield _again(drawn, method, by.seed, groups)


def _again(drawn: Basis, method: Method, seed: int, groups: int | None) -> NDArray[np.intp]:
    said, tied = drawn.said > 0, (drawn.weights > 0).any(axis=1)
    found = np.full(len(drawn), _ABSENT, dtype=np.intp)
    if tied.any():
        found[tied] = grouped(drawn.among(np.flatnonzero(tied)), method, seed, groups)
    alone = said & ~tied
    found[alone] = found.max(initial=_ABSENT) + 1 + np.arange(alone.sum())
    return found


def _drawn_of(labels: Labels, times: NDArray[np.float64], draws: int) -> NDArray[np.float64]:
    """Give, of each group, the mean share of draws that its members are in."""
    return np.bincount(labels, times) / np.bincount(labels) / max(draws, 1)


def _shares(likeness: NDArray[np.float64]) -> list[tuple[float, ...]]:
    """Give the mean likeness, the share of draws with all of it, and that with too little."""
    some = ~np.isnan(likeness)
    draws = some.sum(axis=0)
    each = (np.nan_to_num(likeness), likeness == 1, some & (likeness <= DISSOLVED))
    sums = (np.asarray(values.sum(axis=0), dtype=np.float64) for values in each)
    return [
        tuple(np.divide(n, draws, out=np.full_like(n, np.nan), where=draws > 0).tolist())
        for n in sums
    ]
