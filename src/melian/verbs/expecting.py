"""What is stable under which readings: solved in full where that can be, else in a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.verbs.auditing import audit

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from melian.case.dates import Period
    from melian.case.model import Case
    from melian.readings.draws.drawing import Draws
    from melian.readings.outcomes import Outcomes
    from melian.workers import Spread


def workers(number: int = 1, scheduler: str = "") -> AbstractContextManager[Spread]:
    """Give what spreads work over processes of this machine, or over a Dask cluster.

    Args:
        number: of processes; with one, the work is done here.
        scheduler: address of a cluster that is used instead.

    Raises:
        UsageError: the number makes no sense, or both are given.
        OutsideError: Dask is not installed, there is no such cluster, or it fails.
    """
    from melian.workers import pool

    return pool(number, scheduler)


def expected(
    case: Case,
    within: Period | None = None,
    *,
    draws: int | None = None,
    seed: int = 0,
    spread: Spread | None = None,
) -> Outcomes | Draws:
    """Find which outcomes are stable under which readings, in full or in a sample.

    Args:
        case: as opened.
        within: the moment or window that it looks at; all time, when left out.
        draws: how many combinations to draw; all are solved, when left out, unless they are too
            many.
        seed: of the draws.
        spread: does the work; it is done here, when left out.

    Raises:
        UsageError: the case has no conflict, or the number of draws or the seed makes no sense.
        TooLarge: it has too many options.
    """
    from melian.readings.draws.drawing import draw
    from melian.readings.outcomes import outcomes
    from melian.readings.profiles import TooMany
    from melian.workers import serial

    audited = audit(case, within=within)
    if draws is None:
        try:
            return outcomes(case, audited, spread=spread)
        except TooMany:
            pass
    return draw(case, audited, draws=draws, seed=seed, spread=spread or serial)
