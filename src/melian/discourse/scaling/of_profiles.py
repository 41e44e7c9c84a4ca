"""Positions by correspondence analysis of who says what, in which sense, how often."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from melian.case.wording import series
from melian.discourse.resampling import Resampling, interval, or_statements, samples
from melian.discourse.scaling.correspondence import correspondence, first_axis, projected
from melian.discourse.scaling.counts import LEAST, core, said
from melian.discourse.scaling.positions import Position, poles, told_apart
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.resampling import Interval
    from melian.discourse.scaling.correspondence import Correspondence
    from melian.discourse.scaling.counts import Core, Said
    from melian.discourse.scaling.positions import Poles
    from melian.discourse.statements.table import Table, Value

ANEW = 200
"""So many draws are analysed anew, to see how sure the dimension is."""

FEWEST_DRAWS = 0.5
"""An actor that comes up in fewer of the draws has no interval."""

_SAMPLING = Resampling()


@dataclass(frozen=True, slots=True)
class Mark:
    """A concept in one sense, as a point among the actors who speak of it.

    Attributes:
        concept, sense: what is said, and whether it is affirmed.
        statements: how often those who span the dimension say it.
        coordinates: principal coordinates, one per dimension.
        contributions: of the concept to each dimension.
        quality: how much of its profile each dimension shows.
    """

    concept: str
    sense: Value
    statements: int
    coordinates: tuple[float, ...]
    contributions: tuple[float, ...]
    quality: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileScale:
    """Positions by correspondence analysis.

    Attributes:
        design: which statements count.
        least: how many statements an actor needs to span the dimensions.
        positions: by the first dimension; those who do not span it among them.
        marks: concepts in a sense, by the first dimension.
        inertias: of every axis there is, largest first.
        poles: which way round the first dimension is; the second has the actor who stands out most
            above zero.
        apart: who says enough, though nothing that the others say; not scaled.
        resampling: how intervals were drawn, by partial bootstrap: draws of an actor's statements
            are put on the dimensions of all statements. None where none were asked for.
        stability: correlations of the first dimension with that of a whole new analysis of
            draws (:data:`ANEW`): the one that 5 % of the draws stay below, and the median.
        told_apart: share of pairs of actors who stand in the same order in most draws.
    """

    design: Design
    least: int
    positions: tuple[Position, ...]
    marks: tuple[Mark, ...]
    inertias: tuple[float, ...]
    poles: Poles
    apart: tuple[str, ...]
    resampling: Resampling | None
    stability: tuple[float, float] | None
    told_apart: float | None
    exact: bool = True

    @property
    def shares(self) -> tuple[float, ...]:
        """How much of all inertia each axis holds."""
        return tuple(each / sum(self.inertias) for each in self.inertias)


def profile_scale(
    table: Table,
    design: Design,
    *,
    dimensions: int = 1,
    least: int = LEAST,
    left: str = "",
    right: str = "",
    by: Resampling | None = _SAMPLING,
) -> ProfileScale:
    """Scale actors by correspondence analysis of the counts of (concept, sense) pairs.

    Those who make fewer statements than are needed, or speak of what nobody else speaks of, are put
    on the dimensions afterwards, as supplementary points (Greenacre 2017, chapter 12).

    Args:
        table: the statements.
        design: which of them count, and what the actors, concepts and senses are.
        dimensions: how many, 1 or 2.
        least: how many statements an actor needs to span them.
        left: who is on the side of the smaller values of the first; those that differ most fix it,
            when left out.
        right: who is on the other.
        by: how intervals are drawn; None for none. Statements are drawn where there is one
            document only.

    Raises:
        UsageError: too few statements, or too few actors that have some in common.
        TooLarge: the counts would not fit.
    """
    given = said(table, design)
    matrix = given.counts.flat
    inner = core(matrix, least)
    found = _analysed(given, inner)
    if len(found.inertias) < dimensions:
        raise UsageError("These statements span one dimension only: --dimensions 1.")
    names = [str(name) for name in given.counts.rows]
    first = found.rows.principal[:, 0]
    ends, sign = poles([names[n] for n in inner.rows.tolist()], first, left, right)
    signs = np.array([sign, *_above(found.rows.principal[:, 1:dimensions])])
    scale = ProfileScale(
        design=design,
        least=least,
        positions=_positions(given, inner, found, signs),
        marks=_marks(given, inner, found, signs),
        inertias=tuple(found.inertias.tolist()),
        poles=ends,
        apart=tuple(names[n] for n in inner.apart.tolist()),
        resampling=None,
        stability=None,
        told_apart=None,
    )
    if by is None or not by.times:
        return scale
    return _drawn(table, scale, (given, inner, found), signs, by)


def _analysed(given: Said, inner: Core) -> Correspondence:
    """Analyse those who span the dimensions; if nothing tells them apart, say who they are."""
    try:
        return correspondence(given.counts.flat[np.ix_(inner.rows, inner.columns)])
    except UsageError as error:
        if not len(inner.apart):
            raise
        one, other = (
            series([str(given.counts.rows[n]) for n in places[:6].tolist()])
            for places in (inner.rows, inner.apart)
        )
        raise UsageError(
            f"{one} say nothing that {other} say, too, so that the two groups cannot be compared "
            "in this way, and within the first nothing tells actors apart. Compare what they "
            "affirm with what the others deny: --method item-response."
        ) from error


def _above(values: NDArray[np.float64]) -> list[float]:
    """Give the sign that turns the value farthest from zero upwards, for each axis."""
    return [float(np.sign(axis[np.abs(axis).argmax()])) for axis in values.T]


def _positions(
    given: Said, inner: Core, found: Correspondence, signs: NDArray[np.float64]
) -> tuple[Position, ...]:
    """Give the positions of all who can have one, without intervals."""
    width = len(signs)
    counts = given.counts.flat[:, inner.columns]
    placed = projected(counts, found.columns, width) * signs
    lengths = _squared_distances(counts, found)
    spanning = {place: number for number, place in enumerate(inner.rows.tolist())}
    outside = set(inner.apart.tolist())
    result = []
    for place in np.flatnonzero(counts.sum(axis=1)).tolist():
        if place in outside:
            continue
        own = spanning.get(place)
        quality = np.square(placed[place]) / lengths[place] if lengths[place] else [0.0] * width
        result.append(
            Position(
                str(given.counts.rows[place]),
                int(counts[place].sum()),
                tuple(placed[place].tolist()),
                (None,) * width,
                own is not None,
                () if own is None else tuple(found.rows.contributions[own, :width].tolist()),
                tuple(float(each) for each in quality),
            )
        )
    return tuple(sorted(result, key=lambda each: each.coordinates))


def _squared_distances(counts: NDArray[np.float64], found: Correspondence) -> NDArray[np.float64]:
    """Give the squared chi-squared distance of each row's profile from the average profile."""
    totals = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    gaps = counts / totals - found.columns.masses
    return np.asarray((np.square(gaps) / found.columns.masses).sum(axis=1))


def _marks(
    given: Said, inner: Core, found: Correspondence, signs: NDArray[np.float64]
) -> tuple[Mark, ...]:
    width, points = len(signs), found.columns
    qualifier = given.counts.qualifier
    levels = qualifier.levels if qualifier is not None else ("",)
    counts = given.counts.flat[inner.rows].sum(axis=0)
    marks = [
        Mark(
            str(given.counts.columns[place // len(levels)]),
            levels[place % len(levels)],
            int(counts[place]),
            tuple((points.principal[number, :width] * signs).tolist()),
            tuple(points.contributions[number, :width].tolist()),
            tuple(points.quality[number, :width].tolist()),
        )
        for number, place in enumerate(inner.columns.tolist())
    ]
    return tuple(sorted(marks, key=lambda each: each.coordinates))


def _drawn(
    table: Table,
    scale: ProfileScale,
    parts: tuple[Said, Core, Correspondence],
    signs: NDArray[np.float64],
    by: Resampling,
) -> ProfileScale:
    """Add what draws of the statements say of the positions, and of the first dimension."""
    given, inner, found = parts
    by = or_statements(table, given.statements, by)
    coordinates, same = [], []
    for number, counts in enumerate(_counts(table, given, scale.design, by)):
        coordinates.append(projected(counts[:, inner.columns], found.columns, len(signs)) * signs)
        if number < ANEW:
            same.append(_alike(counts[np.ix_(inner.rows, inner.columns)], found))
    draws = np.stack(coordinates)
    place = {str(name): n for n, name in enumerate(given.counts.rows)}
    positions = tuple(
        replace(each, intervals=_intervals(draws[:, place[each.actor]], by.level))
        for each in scale.positions
    )
    return replace(
        scale,
        positions=positions,
        resampling=by,
        stability=(float(np.percentile(same, 5)), float(np.median(same))),
        told_apart=told_apart(draws[:, inner.rows, 0], by.level),
    )


def _counts(
    table: Table, given: Said, design: Design, by: Resampling
) -> Iterator[NDArray[np.float64]]:
    """Count each draw of the statements."""
    counts = given.counts
    shape = (len(counts.rows), counts.flat.shape[1])
    levels = counts.counts.shape[2]
    codes = [
        table.variable(name).of(given.statements).codes.astype(np.int64)
        for name in (design.rows, design.columns)
    ]
    kind = counts.qualifier
    cell = (codes[0] * counts.counts.shape[1] + codes[1]) * levels
    cell += 0 if kind is None else kind.codes
    size = shape[0] * shape[1]
    for rows in samples(table, given.statements, by):
        yield np.bincount(cell[rows], minlength=size).reshape(shape).astype(np.float64)


def _intervals(draws: NDArray[np.float64], level: float) -> tuple[Interval | None, ...]:
    """Give the interval of each dimension, if the actor comes up in enough of the draws."""
    if np.isfinite(draws[:, 0]).sum() < FEWEST_DRAWS * len(draws):
        return tuple(None for _ in range(draws.shape[1]))
    return tuple(interval(draws[:, axis], level) for axis in range(draws.shape[1]))


def _alike(counts: NDArray[np.float64], found: Correspondence) -> float:
    """Give how the first dimension of a draw correlates with that of all, either way round."""
    rows, columns = counts.sum(axis=1) > 0, counts.sum(axis=0) > 0
    if rows.sum() < 2 or columns.sum() < 2:
        return 0.0
    again = first_axis(counts[np.ix_(rows, columns)])
    return _correlation(again, found.rows.standard[rows, 0], found.rows.masses[rows])


def _correlation(
    one: NDArray[np.float64], other: NDArray[np.float64], weights: NDArray[np.float64]
) -> float:
    """Give the absolute weighted correlation; 0 where one does not vary."""
    one, other = (each - np.average(each, weights=weights) for each in (one, other))
    spread = np.sqrt((weights * one**2).sum() * (weights * other**2).sum())
    return float(abs((weights * one * other).sum()) / spread) if spread else 0.0
