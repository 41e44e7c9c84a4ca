"""Does it rise or fall after an event? A claim that holds, or is refused with the reason.

Two things are asked of each subject. Its **rate**, statements per day: given how many there are on
both sides of the event, those after it are binomial if the rate is the same (Przyborowski and
Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31, 1940);
the interval of the ratio is exact (Clopper and Pearson). Its **share** of what the actor says, or
of all that is said: Fisher's exact test. Statements that come in clumps make rates look surer than
they are; so both have to pass a test with the variance that the days (or months) show, too
(quasi-likelihood: McCullagh and Nelder, "Generalized Linear Models", 1989, section 9.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from melian.case.wording import counted
from melian.discourse.statements.calendar import units
from melian.discourse.statements.selection import DAY
from melian.discourse.statistics.correction import holm, p_words
from melian.discourse.trends.comparing import clumped, compared, odds_ratio
from melian.discourse.trends.grouping import group, groups
from melian.discourse.trends.subject import Subject, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.statements.table import Table
    from melian.discourse.trends.comparing import Blocks
    from melian.discourse.trends.grouping import Group
    from melian.discourse.trends.milestones import Event, Sides

Measured = Literal["rate", "share"]

_EPOCH = date(1970, 1, 1)

ALPHA = 0.05
MINIMUM = 10
"""With fewer statements on both sides together, nothing is said."""

LISTED = 200
"""So many subjects with too few statements are named, the largest; the others are counted."""

TESTED = 1_000
"""So many subjects are tested around an event, those with most statements."""


@dataclass(frozen=True, slots=True)
class Side:
    """What was said about a subject before an event, or after it.

    Attributes:
        days: how many there are.
        count: statements about the subject.
        of: all those that it may be a share of.
        statements: the ids of those about the subject.
    """

    days: int
    count: int
    of: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """That something rises or falls after an event, and whether that holds.

    Attributes:
        event: after what.
        subject: what is said to rise or fall.
        measure: its rate per day, or its share.
        among: of what it is a share, or what a general rise is told by.
        before, after: the counts.
        ratio: of rates, or of odds where it is a share; infinite where there was nothing before,
            None where it was not worked out.
        interval: of a ratio of rates, with 95% confidence; None otherwise.
        p: of the exact test, two-sided; None where there are too few statements.
        clumped: the p-value with the variance that the days show; None where the exact test says
            that there is nothing.
        corrected: the larger of both, corrected for all comparisons made (Holm).
        holds: whether it may be said.
        why_not: why it may not be said, as a sentence; "" where it may.
        general: whether a rate that rises or falls does so no more than all that is said.
    """

    event: Event
    subject: Subject
    measure: Measured
    among: Subject
    before: Side
    after: Side
    ratio: float | None = None
    interval: tuple[float, float] | None = None
    p: float | None = None
    clumped: float | None = None
    corrected: float | None = None
    holds: bool = False
    why_not: str = ""
    general: bool = False

    @property
    def least(self) -> float | None:
        """The p-value that is corrected: the larger of both; None where nothing was tested."""
        return None if self.p is None else max(self.p, self.clumped or 0.0)

    @property
    def rises(self) -> bool:
        """Whether it is a rise; else it is a fall."""
        return self.ratio is not None and self.ratio > 1


@dataclass(frozen=True, slots=True)
class Claims:
    """All that was asked around some events.

    Attributes:
        claims: those that hold first, then the others; largest first.
        comparisons: how many tests were made, for which p-values are corrected.
        unnamed: how many subjects with too few statements are not among the claims.
        minimum, alpha: fewer statements are not tested; what holds is not above that level.
    """

    claims: tuple[Claim, ...]
    comparisons: int
    unnamed: int
    minimum: int = MINIMUM
    alpha: float = ALPHA

    @property
    def held(self) -> tuple[Claim, ...]:
        """Those that may be said."""
        return tuple(claim for claim in self.claims if claim.holds)


def claims(
    table: Table,
    design: Design,
    around: Sequence[Sides],
    subjects: Sequence[Subject] = (),
    alpha: float = ALPHA,
) -> Claims:
    """Ask of subjects whether they rise or fall after events.

    Args:
        table: the statements.
        design: what its actors, concepts and senses are called.
        around: the statements before and after each event.
        subjects: what is asked about; all that :func:`~melian.discourse.trends.grouping.groups`
            names, when left out.
        alpha: the level of the tests, for all comparisons together.
    """
    found: list[Claim] = []
    unnamed = 0
    for sides in around:
        asked, out = _asked(table, design, sides, subjects)
        unnamed += out
        for each in asked:
            found += _claimed(table, design, sides, each)
    tested = [claim.least for claim in found if claim.least is not None]
    corrected = iter(holm(tested))
    judged = [
        c if c.least is None else _judged(c, next(corrected), len(tested), alpha) for c in found
    ]
    order = sorted(
        judged, key=lambda c: (not c.holds, c.p is None, -c.before.count - c.after.count)
    )
    return Claims(tuple(order), len(tested), unnamed, alpha=alpha)


def _asked(
    table: Table, design: Design, sides: Sides, subjects: Sequence[Subject]
) -> tuple[list[Group], int]:
    """Give what is asked about around one event, and how much is left out."""
    if subjects:
        return [group(table, design, sides, subject) for subject in subjects], 0
    asks = [group(table, design, sides, subject) for subject in sides.event.asks]
    found, out = groups(table, design, sides, MINIMUM, LISTED)
    large = sorted((g for g in found if g.total >= MINIMUM), key=lambda g: -g.total)
    small = [g for g in found if g.total < MINIMUM]
    return [*asks, *large[:TESTED], *small], out + max(len(large) - TESTED, 0)


def _claimed(table: Table, design: Design, sides: Sides, each: Group) -> Iterator[Claim]:
    """Give the claims about a subject, tested where there is enough."""
    names = [tuple(table.ids[row] for row in rows.tolist()) for rows in each.rows]
    both = [
        Side(days, len(ids), of, ids)
        for days, ids, of in zip(sides.days, names, each.of, strict=True)
    ]
    rate = Claim(sides.event, each.subject, "rate", Subject(), both[0], both[1])
    if each.total < MINIMUM or not all(sides.days):
        yield replace(rate, why_not=_too_few(each, sides))
        return
    yield _rate_tested(table, sides, each, rate)
    if each.subject != each.among:
        share = replace(rate, measure="share", among=each.among)
        yield _share_tested(table, design, sides, each, share)


def _too_few(each: Group, sides: Sides) -> str:
    """Say why nothing can be said."""
    left = f" {sides.left_out.told}" if sides.left_out.count else ""
    if each.unsure and sides.left_out.count > each.unsure:
        left = f" {each.unsure:,} more may be on either side.{left}"
    if not all(sides.days):
        side = "before" if not sides.days[0] else "after"
        return f"no day {side} it is looked at.{left}"
    before, after = each.counts
    some = f"{counted(before + after, 'statement')}, {before} before and {after} after"
    return f"{some}: too few to tell a rise or fall from chance.{left}"


def _rate_tested(table: Table, sides: Sides, each: Group, claim: Claim) -> Claim:
    """Test the rate, and tell whether it moves no more than that of all statements."""
    ratio, interval, p = compared(each.counts, sides.days)
    general = False
    if each.subject != Subject():
        everybody = (len(sides.rows[0]), len(sides.rows[1]))
        general = odds_ratio(each.counts, everybody)[1] > ALPHA
    found = replace(claim, ratio=ratio, interval=interval, p=p, general=general)
    if p > ALPHA:
        return found
    blocks = [_per_day(table, rows, sides, side) for side, rows in enumerate(each.rows)]
    return replace(found, clumped=clumped(blocks, "poisson"))


def _share_tested(table: Table, design: Design, sides: Sides, each: Group, claim: Claim) -> Claim:
    """Test the share."""
    ratio, p = odds_ratio(each.counts, each.of)
    found = replace(claim, ratio=ratio, p=p)
    if p > ALPHA:
        return found
    blocks = []
    for side, rows in enumerate(each.rows):
        others = rows_of(table, design, sides.rows[side], each.among)
        (some, _), (of, _) = (_per_day(table, r, sides, side) for r in (rows, others))
        blocks.append((some[of > 0], of[of > 0]))
    return replace(found, clumped=clumped(blocks, "binomial"))


def _per_day(table: Table, rows: NDArray[np.intp], sides: Sides, side: int) -> Blocks:
    """Count statements on each day of a side, or month or year of it, and its days."""
    first, last = ((sides.dates[2 * side + n] - _EPOCH).days for n in (0, 1))
    each = units(np.arange(first, last + 1), sides.unit)
    days = np.bincount(each - each[0])
    counts = np.bincount(
        units(table.seconds[rows] // DAY, sides.unit) - each[0], minlength=len(days)
    )
    return counts, days


def _judged(claim: Claim, corrected: float, family: int, alpha: float) -> Claim:
    """Say whether a claim holds, or why not."""
    kept = replace(claim, corrected=corrected)
    if corrected <= alpha:
        return replace(kept, holds=True)
    before, after = claim.before.count, claim.after.count
    some = f"{before} before and {after} after"
    p = claim.p or 0.0
    if p > alpha:
        why = f"{some} is no more of a difference than chance makes ({p_words(p)})."
    elif (claim.clumped or 0) > alpha:
        why = (
            f"{some} come in clumps; with the variance that the days show, chance makes as much "
            f"({p_words(claim.clumped or 0)})."
        )
    else:
        why = (
            f"{some} would be a difference by itself ({p_words(kept.least or 0)}), but not "
            f"among {family:,} comparisons (corrected, {p_words(corrected)})."
        )
    return replace(kept, why_not=why)
