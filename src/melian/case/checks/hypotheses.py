"""Every explanation has a rival, and what rivals start from sums to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.place import where
from melian.case.rivals import coded_for, rivals, sums_to_one
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.case.model import Case, Hypothesis


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for priors that do not sum, and warnings where nothing can be weighed."""
    for about, group in rivals(case).items():
        at = where(group[0].at)
        if len(group) == 1:
            who = f" about {about}" if about else ""
            message = f'"{group[0].id[:60]}" is the only explanation{who}, so nothing is weighed.'
            hint = "Add another hypothesis about the same actor; there always is one."
            yield Problem(at, "no-rival", message, hint, Severity.WARNING)
        elif not any(coded_for(evidence, group) for evidence in case.evidence):
            message = "No evidence is coded for these explanations, so nothing is weighed."
            hint = "Say under evidence how likely something is if each of them holds."
            yield Problem(at, "no-evidence", message, hint, Severity.WARNING)
        if not sums_to_one(group):
            yield _priors(group)


def _priors(group: Sequence[Hypothesis]) -> Problem:
    given = [hypothesis for hypothesis in group if hypothesis.prior is not None]
    total = sum(hypothesis.prior or 0 for hypothesis in given)
    if len(given) < len(group):
        message = f"The priors given sum to {total:.4g}, which leaves nothing for the others."
    else:
        message = f"The priors sum to {total:.4g} and not to 1."
    hint = "Change them, or write even for all of them; until then all count as even."
    return Problem(where(given[0].at, "prior"), "priors-do-not-sum", message, hint)
