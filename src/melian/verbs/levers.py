"""Levers: which smallest sets of moves bring an outcome about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.deciding import conflict_of
from melian.problems import UsageError
from melian.verbs.auditing import audit
from melian.verbs.naming_states import formula_typed

if TYPE_CHECKING:
    from melian.case.dates import Period
    from melian.case.formula import Formula
    from melian.case.model import Case
    from melian.conflict.result import Concept
    from melian.readings.levers.result import Measure, Search

MOST_NAMED = 24  # options in a target, with those under infeasible, that it is asked about


def levers(
    case: Case,
    target: str = "",
    concept: Concept | None = None,
    *,
    measure: Measure = "assured",
    largest: int | None = None,
    within: Period | None = None,
) -> Search:
    """Find the smallest sets of a case's levers that bring a target about.

    Args:
        case: as opened.
        target: a formula over the options of the conflict; the target of the case, when empty.
        concept: whose equilibria are looked at; Nash, when left out.
        measure: whether the target is to be assured, or only possible.
        largest: the largest sets to look at; as large as a minute's work allows, when left out.
        within: the moment or window that the audit looks at; all time, when left out.

    Raises:
        UsageError: the case has no conflict or no levers, or there is no target, or it is no
            formula over the options, or true in no state that can be.
        TooLarge: the conflict is too large to solve, or there are too many sets of that size.
    """
    from melian.case.spans import EVER, span_of
    from melian.conflict.result import Concept
    from melian.readings.levers.search import search

    conflict_of(case)
    if not case.levers:
        raise UsageError(
            f'The case "{case.id}" has no levers; write what the parties could do under levers: '
            "in case.yaml."
        )
    window = EVER if within is None else span_of(within)
    return search(
        case,
        audit(case, within=within),
        _possible(case, _target(case, target)),
        concept or Concept.NASH,
        measure=measure,
        largest=largest,
        window=window,
    )


def needs_none(case: Case, target: Formula) -> bool:
    """Tell whether a target is true in every state that can be, so that no lever is needed."""
    from melian.case.checks.targets import holds

    return holds(case, target, MOST_NAMED) == "always"


def _possible(case: Case, target: Formula) -> Formula:
    from melian.case.checks.targets import holds

    if holds(case, target, MOST_NAMED) == "never":
        raise UsageError(
            f'No state that can be satisfies "{str(target)[:80]}", whatever levers allow, so none '
            "brings it about. Give a --target that some state satisfies."
        )
    return target


def _target(case: Case, text: str) -> Formula:
    if text.strip():
        return formula_typed(text)
    if case.conflict is None or case.conflict.target is None:
        raise UsageError(
            f'The case "{case.id}" names no target; give one, for example '
            '--target "not confront", or write target: under conflict: in case.yaml.'
        )
    return case.conflict.target
