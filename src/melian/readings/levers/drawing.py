"""The smallest sets of levers where combinations are too many to solve each: in a sample."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from melian.case.spans import EVER
from melian.conflict.result import Concept
from melian.readings.draws.drawing import guard_seed, number_of
from melian.readings.draws.intervals import Estimate
from melian.readings.levers.audits import Audits
from melian.readings.levers.pulling import Moved
from melian.readings.levers.result import DrawnPull, DrawnSearch
from melian.readings.levers.samples import Sample, Samples
from melian.readings.levers.walking import OVERHEAD, WORK, Walk
from melian.workers import serial

if TYPE_CHECKING:
    from melian.audit.result import Audit
    from melian.case.formula import Formula
    from melian.case.model import Case, Lever
    from melian.case.spans import Span
    from melian.readings.levers.walking import Measure, Places
    from melian.workers import Spread

FEWEST = 100
"""So many draws are made at least: with fewer, sets of levers could hardly be told apart."""


def search_draws(
    case: Case,
    audited: Audit,
    target: Formula,
    concept: Concept = Concept.NASH,
    *,
    measure: Measure = "assured",
    largest: int | None = None,
    window: Span = EVER,
    work: int = WORK,
    draws: int | None = None,
    seed: int = 0,
    spread: Spread = serial,
) -> DrawnSearch:
    """Give the smallest sets of levers that bring a target about, in a sample of combinations.

    The same seed gives the same answer, however the work is spread.

    Args:
        case: with a conflict; its levers are pulled in the order of the case.
        audited: an audit of its decision makers.
        target: a formula over options.
        concept: whose equilibria are looked at.
        measure: what counts as bringing it about: that it is assured, or that it is possible.
        largest: as :func:`melian.readings.levers.search.search` has it.
        window: the days that the audit looks at.
        work: as :func:`melian.readings.levers.search.search` has it.
        draws: how many; 2,000, or fewer where states or levers are many, when left out.
        seed: 0 or above.
        spread: does the work; here, when left out.

    Raises:
        UsageError: the case has no conflict, the target names what is no option, or ``largest``,
            the number of draws or the seed makes no sense.
        TooLarge: there are too many options, or more sets than are looked at.
    """
    guard_seed(seed)
    sample = Sample(_number(case, draws, work), seed)
    samples = Samples(Audits(case, audited, window), target, concept, sample, spread)
    walk = Walk(case, samples, measure)
    walk.run(largest, work)

    def pull(places: Places) -> DrawnPull:
        return _pull(samples, sample, walk.named(places))

    return DrawnSearch.of(
        walk,
        pull,
        target,
        concept,
        conflicts=len(samples),
        audited=samples.complete,
        draws=sample.draws,
        seed=seed,
    )


def _number(case: Case, draws: int | None, work: int) -> int:
    """Give how many draws to make: few enough for each lever to be looked at by itself."""
    if draws is not None:
        return number_of(draws, 0)
    states = 1 << len(case.conflict.options) if case.conflict else 1
    each = (states + OVERHEAD) * (1 + len(case.levers))
    return max(number_of(None, each, work), FEWEST)


def _pull(samples: Samples, sample: Sample, levers: tuple[Lever, ...]) -> DrawnPull:
    found = samples.sampled(reduce(Moved.by, levers, samples.begun))
    return DrawnPull(
        levers=levers,
        possible=Estimate(found.possible, sample.draws),
        assured=Estimate(found.assured, sample.draws),
        combinations=found.combinations,
        states=tuple(found.found[:, 0].tolist()),
        sampled=found,
    )
