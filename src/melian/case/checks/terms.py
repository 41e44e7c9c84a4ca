"""A term is defined by more than one, with one definition an actor at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.dates import Period
    from melian.case.model import Case, Definition


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for definitions at one time, for empty ones, and for a lone one."""
    for term, definitions in case.terms.items():
        if len(definitions) == 1:
            message = f'Only one definition of "{term[:60]}" is coded, so nothing is compared.'
            hint = "Add what another actor means by it."
            at = where(definitions[0].at)
            yield Problem(at, "no-rival", message, hint, Severity.WARNING)
        for number, one in enumerate(definitions):
            yield from _empty(one)
            yield from _at_once(one, definitions[:number], term)


def _empty(definition: Definition) -> Iterator[Problem]:
    if not definition.means:
        message = "This definition has no parts."
        hint = "Write under means: the concepts that make it up."
        yield Problem(where(definition.at), "no-parts", message, hint)


def _at_once(one: Definition, earlier: tuple[Definition, ...], term: str) -> Iterator[Problem]:
    for other in earlier:
        if other.actor == one.actor and meet(other.period, one.period):
            message = f'{one.actor} means two things by "{term[:60]}" at one time.'
            hint = "Join the two, or give each its period with when: 2008-02..2008-07."
            yield Problem(where(one.at, "when"), "two-definitions", message, hint)


def meet(one: Period, other: Period) -> bool:
    """Tell whether two periods have a day in common."""
    starts = [period.start.first for period in (one, other) if period.start is not None]
    ends = [period.until.last for period in (one, other) if period.until is not None]
    return not starts or not ends or max(starts) <= min(ends)
