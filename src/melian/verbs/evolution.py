"""How a conflict could go on from one state, and the pictures of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from melian.case.deciding import conflict_of
from melian.problems import UsageError
from melian.verbs.auditing import audit
from melian.verbs.naming_states import number_of, options_taken, ways

if TYPE_CHECKING:
    from melian.case.dates import Period
    from melian.case.model import Case, Conflict
    from melian.conflict.evolution import Moves
    from melian.conflict.result import Concept
    from melian.readings.evolution.status_quo import StatusQuoAnalysis


def evolution(
    case: Case,
    start: str = "",
    concept: Concept | None = None,
    moves: Moves | None = None,
    within: Period | None = None,
) -> StatusQuoAnalysis:
    """Follow the moves from the status quo under every combination of readings.

    Args:
        case: as opened.
        start: another state to begin in, as people type it: see :mod:`melian.verbs.naming_states`.
        concept: what an equilibrium is; Nash, when left out.
        moves: what sequences are made of; improvements, when left out.
        within: the moment or window that the readings are of; all time, when left out.

    Raises:
        UsageError: the case has no conflict, or there is no such state to begin in.
        TooLarge: it has too many options or too many contradictions that preferences rest on.
    """
    from melian.conflict.evolution import Moves
    from melian.conflict.result import Concept
    from melian.readings.evolution.status_quo import status_quo_analysis
    from melian.readings.outcomes import outcomes
    from melian.readings.profiles import TooMany

    conflict = conflict_of(case)
    begin = begins(conflict, start)
    concept = concept or Concept.NASH
    if start.strip():  # what can come about is then a matter of that state
        case = replace(case, conflict=replace(conflict, status_quo=None))
    try:
        found = outcomes(case, audit(case, within=within), (concept,))
    except TooMany as error:
        raise TooMany(
            f"{error} What is stable in a sample of the combinations is told by melian outcomes; "
            "how it could come about is told only where all of them are solved."
        ) from None
    return status_quo_analysis(conflict, found, begin, concept, moves or Moves.IMPROVEMENTS)


def begins(conflict: Conflict, start: str) -> int:
    """Give the number of the state that is typed, or of the status quo where none is.

    Raises:
        UsageError: there is neither, or it is infeasible.
    """
    if start.strip():
        return number_of(conflict, options_taken(conflict, start))
    if conflict.status_quo is not None:
        return number_of(conflict, conflict.status_quo)
    raise UsageError(
        "The case names no status quo. Add status_quo: to its conflict (status_quo: [] where "
        f"nothing is done), or name a state. {ways(conflict, '--start')}"
    )
