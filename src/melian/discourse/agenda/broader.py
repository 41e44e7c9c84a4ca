"""Whether one agenda is broader than another, or than before: a test, and a ratio with interval.

Statements are dealt out anew between both. Two agendas may be of quite different issues, and yet
as broad; so the difference of entropies is divided by its standard error in each deal, which makes
the test right for them, too, the more statements there are (Chung & Romano, Annals of Statistics
41, 2013). Entropies are estimated ones (Chao & Jost), as agendas of few statements would else seem
narrow. All comparisons of one kind are corrected for their number (Holm). As the test takes
statements for independent, a claim holds only where the interval of the ratio does not hold 1
either; where documents enough can be drawn, that interval rests on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.agenda.assemblage import around
from melian.discourse.agenda.diversity import breadth, entropy, entropy_estimate
from melian.discourse.statistics.correction import holm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from melian.discourse.agenda.assemblage import Drawn
    from melian.discourse.agenda.claims import Verdict
    from melian.discourse.agenda.coding import Coding
    from melian.discourse.resampling import Interval

DEALS = 2499
ESTIMATE = 1
"""Place of the estimate of order 1 among the measures."""

LEAST = 10
"""The breadth of fewer statements is not given."""

LEAST_COVERAGE = 0.5
"""Nor is it where less of an agenda than that has come up."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Whose:
    """One of two agendas.

    Attributes:
        actor: whose; "" for all together.
        period: in which, by its place; None for all times.
        statements: how many name an issue.
        effective_estimate: estimated effective number of issues; None where there are too few.
    """

    actor: str
    period: int | None
    statements: int
    effective_estimate: float | None


@dataclass(frozen=True, slots=True)
class BreadthClaim:
    """That the first agenda is broader than the second.

    Attributes:
        broader, narrower: the two.
        ratio: so many times as broad is the first; None where there are too few statements.
        interval: of the ratio; None where nothing was drawn, too.
        p: how often deals differ as much, either way.
        corrected: for the number of comparisons of this kind.
        verdict: whether it holds.
        why: a clause that says why it does, or does not.
    """

    broader: Whose
    narrower: Whose
    ratio: float | None
    interval: Interval | None
    p: float | None
    corrected: float | None
    verdict: Verdict
    why: str

    @property
    def holds(self) -> bool:
        """Whether it may be written."""
        return self.verdict == "holds"


def dealt(one: NDArray[np.int64], other: NDArray[np.int64], seed: int, times: int = DEALS) -> float:
    """Give the p of a difference in breadth: how often deals differ as much, either way.

    Args:
        one: how often each issue comes up in the first.
        other: likewise, in the second.
        seed: the same gives the same.
        times: how many deals there are, besides the one observed.
    """
    both = one + other
    some = both > 0
    rng = np.random.default_rng(seed)
    deals = rng.multivariate_hypergeometric(both[some], int(one.sum()), size=times)
    own = abs(float(_studentised(one[some], other[some])))
    found = np.abs(_studentised(deals, both[some] - deals))
    return (int((found >= own - 1e-9).sum()) + 1) / (times + 1)


def _studentised(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    gap = entropy_estimate(one) - entropy_estimate(other)
    error = np.sqrt(_variance(one) + _variance(other))
    return np.asarray(np.divide(gap, error, out=np.zeros_like(gap), where=error > 0))


def _variance(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the variance of entropy, with the term in 1/n**2 that is left if all are as frequent.

    Basharin, Theory of Probability and its Applications 4 (1959); Hutcheson, Journal of
    Theoretical Biology 29 (1970).
    """
    total = counts.sum(axis=-1, dtype=np.float64)
    logs = np.log(np.maximum(counts, 1)) - np.log(total)[..., None]
    spread = (counts * np.square(logs)).sum(axis=-1) / total - np.square(entropy(counts))
    issues = (counts > 0).sum(axis=-1)
    return np.asarray(np.maximum(spread, 0) / total + (issues - 1) / (2 * total * total))


def broader_actors(coding: Coding, drawn: Drawn, alpha: float) -> tuple[BreadthClaim, ...]:
    """Compare each two actors, the surest first."""
    always = len(coding.periods)
    pairs = combinations(range(len(coding.actors)), 2)
    return _compared(coding, drawn, [((a, always), (b, always)) for a, b in pairs], alpha)


def broader_periods(coding: Coding, drawn: Drawn, alpha: float) -> tuple[BreadthClaim, ...]:
    """Compare each period with the one before, of all together and of each actor."""
    everyone = len(coding.actors)
    alone = everyone + coding.others == 1
    who = range(everyone) if alone else [everyone, *range(everyone)]
    times = [*pairwise(range(len(coding.periods)))]
    pairs = [((actor, later), (actor, earlier)) for actor in who for earlier, later in times]
    return _compared(coding, drawn, pairs, alpha)


def _compared(
    coding: Coding, drawn: Drawn, pairs: Sequence[tuple[Place, Place]], alpha: float
) -> tuple[BreadthClaim, ...]:
    asked = [pair for pair in pairs if all(enough(drawn.counts[place]) for place in pair)]
    tests = [dealt(drawn.counts[a], drawn.counts[b], drawn.by.seed) for a, b in asked]
    tested = dict(zip(asked, zip(tests, holm(tests), strict=True), strict=True))
    claims = [_claim(coding, drawn, pair, tested.get(pair), alpha) for pair in pairs]
    order = ("holds", "not told apart", "too few")
    return tuple(sorted(claims, key=lambda each: (order.index(each.verdict), each.p or 1.0)))


def enough(counts: NDArray[np.int64]) -> bool:
    """Tell whether it can be said how broad an agenda is."""
    found = breadth(counts)
    return found is not None and found.statements >= LEAST and found.coverage >= LEAST_COVERAGE


def _claim(
    coding: Coding,
    drawn: Drawn,
    pair: tuple[Place, Place],
    tested: tuple[float, float] | None,
    alpha: float,
) -> BreadthClaim:
    """Turn a comparison the way its difference goes, and say whether it holds."""
    sides = [_whose(coding, drawn, place) for place in pair]
    numbers = [side.effective_estimate for side in sides]
    if tested is None or numbers[0] is None or numbers[1] is None:
        why = "of one side, there are too few statements, or too little of its agenda has come up"
        return BreadthClaim(sides[0], sides[1], None, None, None, None, "too few", why)
    ratio = numbers[0] / numbers[1]
    if ratio < 1:
        sides.reverse()
        pair, ratio = pair[::-1], 1 / ratio
    span = _interval(drawn, pair, ratio)
    p, corrected = tested
    verdict, why = _verdict(corrected, span, alpha)
    return BreadthClaim(sides[0], sides[1], ratio, span, p, corrected, verdict, why)


def _whose(coding: Coding, drawn: Drawn, place: Place) -> Whose:
    actor = "" if place[0] == len(coding.actors) else coding.actors[place[0]]
    period = None if place[1] == len(coding.periods) else place[1]
    counts = drawn.counts[place]
    known = breadth(counts) if enough(counts) else None
    estimate = None if known is None else known.effective_estimate
    return Whose(actor, period, int(counts.sum()), estimate)


def _interval(drawn: Drawn, pair: tuple[Place, Place], ratio: float) -> Interval | None:
    """Give the interval of the ratio; what two agendas share of documents may widen it."""
    if drawn.by.times < 2:
        return None
    error = float(np.hypot(*(drawn.errors(place)[ESTIMATE] for place in pair)))
    draws = [drawn.draws(place) for place in pair]
    if draws[0] is not None and draws[1] is not None:
        gaps = np.log(draws[0][:, ESTIMATE]) - np.log(draws[1][:, ESTIMATE])
        error = max(error, float(np.nanstd(gaps, ddof=1)))
    return around(ratio, error, drawn.by.level)


def _verdict(corrected: float, span: Interval | None, alpha: float) -> tuple[Verdict, str]:
    if corrected > alpha:
        return "not told apart", "the difference may be chance, given how many are compared"
    if span is not None and span.low <= 1:
        return "not told apart", "the interval of the ratio holds 1"
    return "holds", "the difference is no chance, given how many are compared"
