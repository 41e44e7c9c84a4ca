"""What is said to be uncertain in a belief, where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case, Preference


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for each belief that says it is uncertain, as it is held as it is written."""
    for actor, believed in case.conflict.beliefs.items() if case.conflict else ():
        for other, preferences in believed.items():
            for each in list(filter(_uncertain, preferences))[:1]:
                message = (
                    f'"{_uncertain(each)}" has no effect here: what {actor[:60]} believes of '
                    f"{other[:60]} counts as certain, in this order."
                )
                hint = "Write the preferences and the order that it most likely believes in."
                yield Problem(each.at, "uncertain-belief", message, hint, Severity.WARNING)


def _uncertain(preference: Preference) -> str:
    """Give the key that says that a preference, or its place, is uncertain, or ""."""
    if preference.probability is not None:
        return "probability"
    if preference.uncertain:
        return "uncertain"
    return "any_order" if preference.group else ""
