"""Milestones have a beginning and an end, and fall into the period of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case, Milestone


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for each milestone without an end, a warning for one outside the period."""
    for milestone in case.milestones.values():
        at = where(milestone.at, "date")
        if milestone.period.start is None or milestone.period.until is None:
            message = f"{milestone.period} does not say when it began, or when it was over."
            hint = "Write its day, or its first and its last: 2008-04-02/2008-04-04."
            yield Problem(at, "open-milestone", message, hint)
        elif _outside(case, milestone):
            message = f"{milestone.period} is outside the period {case.period} of the case."
            hint = "Check the date, or widen the period in case.yaml."
            yield Problem(at, "outside-period", message, hint, Severity.WARNING)


def _outside(case: Case, milestone: Milestone) -> bool:
    """Tell whether it was over before the period of the case, or began after it."""
    starts, ends = case.period.start, case.period.until
    began, over = milestone.period.start, milestone.period.until
    late = ends is not None and began is not None and began.first > ends.last
    return late or (starts is not None and over is not None and over.last < starts.first)
