"""Preferences do not tell states apart that count as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.feasibility import MOST_NAMED, holding, states
from melian.case.formula import atoms
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.formula import Formula
    from melian.case.model import Case, Conflict


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for each preference that holds in some of the states that count as one."""
    conflict = case.conflict
    if conflict is None:
        return
    for preferences in conflict.preferences.values():
        for preference in preferences:
            apart = (
                formula
                for formula in conflict.indistinguishable
                if known(conflict, formula, preference.prefer)
                and tells_apart(conflict, formula, preference.prefer)
            )
            formula = next(apart, None)
            if formula is not None:
                message = (
                    f'"{str(preference.prefer)[:60]}" holds in some of the states in which '
                    f'"{str(formula)[:60]}" is true, and those count as one.'
                )
                hint = (
                    "The state has the rank of the lowest of them; put under indistinguishable "
                    "only what no preference tells apart."
                )
                yield Problem(preference.at, "told-apart", message, hint, Severity.WARNING)


def known(conflict: Conflict, *formulas: Formula) -> bool:
    """Tell whether formulas, and those under infeasible, name nothing but options."""
    named = (atom for each in (*formulas, *conflict.infeasible) for atom in atoms(each))
    return all(not atom.args and atom.name in conflict.options for atom in named)


def tells_apart(conflict: Conflict, formula: Formula, preference: Formula) -> bool:
    """Tell whether a preference holds in some feasible states of a formula, and not in others.

    It is never said to where they name too many options, infeasible included.

    >>> from melian.case.formula import parse
    >>> from melian.case.model import Conflict
    >>> tells_apart(Conflict(), parse("a"), parse("b or a")), tells_apart(
    ...     Conflict(), parse("a"), parse("a and b")
    ... )
    (False, True)
    """
    parts = (formula, preference, *conflict.infeasible)
    named = dict.fromkeys(atom for part in parts for atom in atoms(part))
    if len(named) > MOST_NAMED:
        return False
    holds, every = holding(tuple(named))
    left = every
    for infeasible in conflict.infeasible:
        left &= ~states(infeasible, holds, every)
    one = left & states(formula, holds, every)
    preferred = states(preference, holds, every)
    return bool(one & preferred) and bool(one & ~preferred)
