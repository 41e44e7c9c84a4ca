"""How a conflict could go on from one state, and the pictures of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.problems import UsageError, did_you_mean
from melian.verbs.auditing import audit

if TYPE_CHECKING:
    from melian.case.dates import Period
    from melian.case.model import Case, Conflict
    from melian.conflict.evolution import Moves
    from melian.conflict.result import Concept
    from melian.readings.evolution import StatusQuoAnalysis


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
        start: another state to begin in, as people type it: see :func:`state_named`.
        concept: what an equilibrium is; Nash, when left out.
        moves: what sequences are made of; improvements, when left out.
        within: the moment or window that the readings are of; all time, when left out.

    Raises:
        UsageError: the case has no conflict, or there is no such state to begin in.
        TooLarge: it has too many options or too many contradictions that preferences rest on.
    """
    from melian.conflict.evolution import Moves
    from melian.conflict.result import Concept
    from melian.readings.evolution import status_quo_analysis
    from melian.readings.outcomes import outcomes

    conflict = conflict_of(case)
    begin = begins(conflict, start)
    concept = concept or Concept.NASH
    found = outcomes(case, audit(case, within=within), (concept,))
    return status_quo_analysis(conflict, found, begin, concept, moves or Moves.IMPROVEMENTS)


def conflict_of(case: Case) -> Conflict:
    """Give the conflict of a case.

    Raises:
        UsageError: it has none.
    """
    if case.conflict is None or not case.conflict.options:
        raise UsageError(
            f'The case "{case.id}" has no conflict; add options and preferences under '
            "conflict: in case.yaml."
        )
    return case.conflict


def begins(conflict: Conflict, start: str) -> int:
    """Give the number of the state that is typed, or of the status quo where none is.

    Raises:
        UsageError: there is neither, or it is infeasible.
    """
    from melian.conflict.building import graph, state_number

    if start.strip():
        taken = options_taken(conflict, start)
    elif conflict.status_quo is not None:
        taken = conflict.status_quo
    else:
        letters = "N" * len(conflict.options)
        raise UsageError(
            "The case names no status quo. Add status_quo: to its conflict (status_quo: [] where "
            "nothing is done), or name a state by "
            f'the options taken in it, as in --from "{next(iter(conflict.options))}", or by '
            f"letters, as in --from {letters}."
        )
    number = state_number(graph(conflict), taken)
    if number is None:
        raise UsageError(f"{_named(taken)} is infeasible: {_ruled_out(conflict, taken)}.")
    return number


def options_taken(conflict: Conflict, text: str) -> tuple[str, ...]:
    """Give the options taken in a state as people type it: "a, b", or a Y or N for each option.

    Raises:
        UsageError: a name is no option.
    """
    options, letters = list(conflict.options), text.strip()
    if letters not in options and len(letters) == len(options) and set(letters) <= {"Y", "N"}:
        return tuple(o for o, letter in zip(options, letters, strict=True) if letter == "Y")
    taken = [name.strip() for name in text.split(",") if name.strip()]
    for name in taken:
        if name not in conflict.options:
            known = f"The options are {', '.join(options)}; or give a Y or N for each."
            raise UsageError(
                f'"{name}" is not an option of the conflict. {did_you_mean(name, options, known)}'
            )
    return tuple(dict.fromkeys(taken))


def _named(taken: tuple[str, ...]) -> str:
    return f'The state "{", ".join(taken)}"' if taken else "The state in which nothing is done"


def _ruled_out(conflict: Conflict, taken: tuple[str, ...]) -> str:
    from melian.case.formula import truth

    for formula in conflict.infeasible:
        if truth(formula, lambda atom: str(atom) in taken):
            return f'the case rules out "{formula}"'
    return "the case rules it out"
