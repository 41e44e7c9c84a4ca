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
    from melian.readings.levers.result import DrawnSearch, Search
    from melian.readings.levers.walking import Measure
    from melian.workers import Spread

MOST_NAMED = 24  # options in a target, with those under infeasible, that it is asked about


def levers(
    case: Case,
    target: str = "",
    concept: Concept | None = None,
    *,
    measure: Measure = "assured",
    largest: int | None = None,
    within: Period | None = None,
    draws: int | None = None,
    seed: int = 0,
    spread: Spread | None = None,
) -> Search | DrawnSearch:
    """Find the smallest sets of a case's levers that bring a target about.

    Args:
        case: as opened.
        target: a formula over the options of the conflict; the target of the case, when empty.
        concept: whose equilibria are looked at; Nash, when left out.
        measure: whether the target is to be assured, or only possible.
        largest: the largest sets to look at; as large as a minute's work allows, when left out.
        within: the moment or window that the audit looks at; all time, when left out.
        draws: how many combinations of readings to draw; all are solved, when left out, unless
            they are too many as things stand or once some lever is pulled.
        seed: of the draws.
        spread: does the work of draws; it is done here, when left out.

    Raises:
        UsageError: the case has no conflict or no levers, or there is no target, or it is no
            formula over the options, or true in no state that can be, or the number of draws or
            the seed makes no sense.
        TooLarge: the conflict is too large to solve, or there are too many sets of that size.
    """
    from melian.case.spans import EVER, span_of
    from melian.conflict.result import Concept
    from melian.readings.levers.drawing import search_draws
    from melian.readings.levers.search import search
    from melian.readings.profiles import TooMany
    from melian.workers import serial

    conflict_of(case)
    if not case.levers:
        raise UsageError(
            f'The case "{case.id}" has no levers; write what the parties could do under levers: '
            "in case.yaml."
        )
    window = EVER if within is None else span_of(within)
    sought = _possible(case, _target(case, target))
    asked = (case, audit(case, within=within), sought, concept or Concept.NASH)
    if draws is None:
        try:
            found = search(*asked, measure=measure, largest=largest, window=window)
        except TooMany:
            pass
        else:
            if not found.misses:
                return found
    return search_draws(
        *asked,
        measure=measure,
        largest=largest,
        window=window,
        draws=draws,
        seed=seed,
        spread=spread or serial,
    )


def needs_none(case: Case, target: Formula) -> bool:
    """Tell whether a target is true in every state that can be, so that no lever is needed."""
    from melian.case.checks.targets import holds

    return holds(case, target, MOST_NAMED) == "always"


def told_apart(case: Case, target: Formula) -> str | None:
    """Say how a target counts that is true in some of the states that count as one, if it is."""
    from melian.case.checks.telling_apart import target_hint
    from melian.case.checks.telling_apart import told_apart as run

    conflict = conflict_of(case)
    apart = run(conflict, target)
    if apart is None:
        return None
    return (
        f'The target is true in some of the states in which "{str(apart)[:80]}" is true, and those '
        f"count as one. {target_hint(conflict, target, apart)}"
    )


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
