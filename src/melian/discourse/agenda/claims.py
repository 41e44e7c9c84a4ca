"""What may be said of two agendas: who speaks of something more than another, or than before.

Each comparison of two shares is put to Fisher's exact test, and corrected for the number of
comparisons (Holm). A claim holds only where the corrected p is small and the interval of the
difference does not hold zero, too. Fisher's test takes statements for independent; so what it finds
has to pass a test with the variance of whole documents, too (:mod:`.clumps`), and the larger p of
the two is corrected. The interval, where enough documents can be drawn, is of whole documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from melian.discourse.agenda.clumps import clumped
from melian.discourse.agenda.shares import LEAST_CODED, drawn_shares
from melian.discourse.resampling import Interval, interval
from melian.discourse.statistics.correction import holm
from melian.discourse.statistics.proportions import fisher, newcombe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.discourse.agenda.clumps import Clumps
    from melian.discourse.agenda.coding import Coding
    from melian.discourse.agenda.shares import Counted

ALPHA = 0.05

Verdict = Literal["holds", "not told apart", "too few"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that are compared.

    Attributes:
        actor: whose statements; "" for all, or for all others.
        period: in which period, by its place; None for all.
        count: how many of its statements have the value.
        coded: how many have any.
    """

    actor: str
    period: int | None
    count: int
    coded: int

    @property
    def share(self) -> float:
        """How much of what is coded has the value; 0 where nothing is."""
        return self.count / self.coded if self.coded else 0.0


@dataclass(frozen=True, slots=True)
class Claim:
    """That the first speaks of something more than the second.

    Attributes:
        aspect, value: of what.
        more, less: the two, that with the larger share first.
        p: of Fisher's exact test, two-sided; None where there are too few statements for it.
        clumped: p with the variance that documents show; None where Fisher's says that there is
            nothing, or where statements are taken for independent.
        corrected: the larger of both, for the number of comparisons of this kind.
        difference: interval of the difference of both shares.
        verdict: whether it holds.
        why: a clause that says why it does, or does not.
        statements: names of those of the first that have the value.
    """

    aspect: str
    value: str
    more: Side
    less: Side
    p: float | None
    clumped: float | None
    corrected: float | None
    difference: Interval | None
    verdict: Verdict
    why: str
    statements: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether it may be written."""
        return self.verdict == "holds"


@dataclass(frozen=True, slots=True)
class _Tested:
    """The p of both tests, the larger corrected, and up to which a claim holds."""

    p: float | None
    clumped: float | None
    corrected: float | None
    alpha: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """A comparison: an aspect, a value of it, and two sides by their places."""

    given: Counted
    value: int
    one: tuple[int | None, int | None]
    other: tuple[int | None, int | None]
    rest: bool = False

    def counts(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Give how many of how many there are on either side."""
        one, other = self._sides(0)
        first = int(one[self.value]), int(one[:-1].sum())
        return first, (int(other[self.value]), int(other[:-1].sum()))

    def drawn(self) -> NDArray[np.float64] | None:
        """Give the difference of both shares in each draw, if there are any."""
        if self.given.draws is None:
            return None
        first, second = self._sides(1)
        gaps = drawn_shares(first, self.value) - drawn_shares(second, self.value)
        return np.asarray(gaps[np.isfinite(gaps)])

    def clumped(self, given: Clumps) -> float:
        """Give the p with the variance that documents show."""
        one, other = (self._rows(given.coding, *side) for side in (self.one, self.other))
        if self.rest:
            other &= ~one
        first, second = (given.blocks(self.given.aspect, r, self.value) for r in (one, other))
        return clumped(first, second)

    @staticmethod
    def _rows(coding: Coding, actor: int | None, period: int | None) -> NDArray[np.bool_]:
        found = np.ones(len(coding.rows), dtype=np.bool_)
        if actor is not None:
            found &= coding.actor == actor
        return found if period is None else found & (coding.period == period)

    def _sides(self, which: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        first, second = self.given.of(*self.one)[which], self.given.of(*self.other)[which]
        return first, second - first if self.rest else second


def between_actors(
    coding: Coding,
    aspects: Sequence[Counted],
    issues: Counted,
    alpha: float = ALPHA,
    together: Clumps | None = None,
) -> tuple[Claim, ...]:
    """Compare each two actors by each aspect, and each actor with all others by issue.

    Returns:
        Those that hold first, the surest first.
    """
    actors = range(len(coding.actors))
    pairs = [
        _Pair(given, value, (one, None), (other, None))
        for given in aspects
        for one, other in combinations(actors, 2)
        for value in _compared(given)
    ]
    if len(actors) + coding.others > 1:
        pairs += [
            _Pair(issues, value, (actor, None), (None, None), rest=True)
            for actor in actors
            for value in _compared(issues)
        ]
    return _claims(coding, pairs, alpha, together)


def between_periods(
    coding: Coding,
    aspects: Sequence[Counted],
    issues: Counted,
    alpha: float = ALPHA,
    together: Clumps | None = None,
) -> tuple[Claim, ...]:
    """Compare each period with the one before, of all actors together and of each."""
    single = range(len(coding.actors))
    whole = (None,) if len(single) + coding.others > 1 else ()
    pairs = [
        _Pair(given, value, (actor, later), (actor, earlier))
        for given in (*aspects, issues)
        for actor in (*whole, *single)
        for earlier, later in pairwise(range(len(coding.periods)))
        for value in _compared(given)
    ]
    return _claims(coding, pairs, alpha, together)


def _compared(given: Counted) -> range:
    """Give the values that are compared: of two, the share of one says that of the other."""
    count = len([value for value in given.aspect.values if value])
    return range(1 if count == 2 and len(given.aspect.values) == 2 else count)


def _claims(
    coding: Coding, pairs: Sequence[_Pair], alpha: float, together: Clumps | None
) -> tuple[Claim, ...]:
    """Test the pairs in which something could come out, and word the verdicts."""
    counts = [pair.counts() for pair in pairs]
    tests = [
        fisher(one, other) if min(one[1], other[1]) >= LEAST_CODED else None
        for one, other in counts
    ]
    asked = {n: test[0] for n, test in enumerate(tests) if test is not None and test[1] <= alpha}
    clumps = {
        n: pairs[n].clumped(together)
        for n, p in asked.items()
        if together is not None and p <= alpha
    }
    larger = [max(p, clumps.get(n, 0.0)) for n, p in asked.items()]
    corrected = dict(zip(asked, holm(larger), strict=True))
    found = [
        _claim(
            coding, pair, counts[n], _Tested(asked.get(n), clumps.get(n), corrected.get(n), alpha)
        )
        for n, pair in enumerate(pairs)
    ]
    return tuple(sorted(found, key=_surest_first))


def _surest_first(claim: Claim) -> tuple[int, float]:
    order = ("holds", "not told apart", "too few").index(claim.verdict)
    return order, claim.p if claim.p is not None else 1.0


def _claim(
    coding: Coding,
    pair: _Pair,
    counts: tuple[tuple[int, int], tuple[int, int]],
    tested: _Tested,
) -> Claim:
    """Turn a comparison the way its difference goes, and say whether it holds.

    Args:
        coding: the statements.
        pair: what is compared.
        counts: how many of how many, on either side.
        tested: what the tests gave.
    """
    one, other = counts
    turned = bool(one[1] and other[1]) and one[0] * other[1] < other[0] * one[1]
    value, places, sign = pair.value, (pair.one, pair.other), -1 if turned else 1
    if turned and _compared(pair.given) == range(1):
        value, turned = 1, False
        one, other = (one[1] - one[0], one[1]), (other[1] - other[0], other[1])
    sides = [_side(coding, place, count) for place, count in zip(places, (one, other), strict=True)]
    if turned:
        sides.reverse()
        places = places[::-1]
    more, less = sides
    verdict, why, gap = _verdict(pair, (more, less), sign, tested)
    ids: list[str] = []
    if not (pair.rest and turned):
        ids = coding.ids(pair.given.aspect, value, *places[0])
    return Claim(
        pair.given.aspect.name,
        pair.given.aspect.values[value],
        more,
        less,
        tested.p,
        tested.clumped,
        tested.corrected,
        gap,
        verdict,
        why,
        tuple(ids),
    )


def _side(coding: Coding, place: tuple[int | None, int | None], count: tuple[int, int]) -> Side:
    actor, period = place
    return Side("" if actor is None else coding.actors[actor], period, *count)


def _verdict(
    pair: _Pair, sides: tuple[Side, Side], sign: int, tested: _Tested
) -> tuple[Verdict, str, Interval | None]:
    """Say whether a claim holds, why, and how large the difference may be.

    The sign is that of the difference which the pair gives.
    """
    more, less = sides
    if tested.corrected is None:
        few = min(more.coded, less.coded)
        why = "with so few, nothing could have told the two apart"
        if few < LEAST_CODED:
            why = f"of one side, only {few} are coded" if few else "of one side, none is coded"
        return "too few", why, None
    gap = newcombe((more.count, more.coded), (less.count, less.coded), pair.given.level)
    drawn = pair.drawn()
    if drawn is not None and len(drawn):
        of_draws = interval(drawn * sign, pair.given.level)
        gap = Interval(min(gap.low, of_draws.low), max(gap.high, of_draws.high))
    if (tested.clumped or 0.0) > tested.alpha:
        return "not told apart", "documents differ as much on either side", gap
    if tested.corrected > tested.alpha:
        return "not told apart", "the difference may be chance, given how many are compared", gap
    if gap.low <= 0:
        return "not told apart", "the interval of the difference holds zero", gap
    return "holds", "the difference is no chance, given how many are compared", gap
