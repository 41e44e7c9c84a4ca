"""The status quo can be, and a lever allows only what was infeasible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.formula import truth
from melian.case.place import where
from melian.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for each formula that makes the status quo infeasible."""
    infeasible = case.conflict.infeasible if case.conflict is not None else ()
    if case.conflict is not None:
        taken = set(case.conflict.status_quo)
        for formula in infeasible:
            if truth(formula, lambda atom: atom.name in taken):
                message = f'The status quo is infeasible: "{str(formula)[:60]}" is true of it.'
                hint = "Change status_quo, or take the formula out of infeasible."
                at = where(case.conflict.at, "status_quo")
                yield Problem(at, "infeasible-status-quo", message, hint)
    for lever in case.levers.values():
        for formula in lever.allows:
            if formula not in infeasible:
                message = f'"{str(formula)[:60]}" does not stand under infeasible.'
                hint = "Write it in the same words as there."
                yield Problem(where(lever.at, "allows"), "unknown-formula", message, hint)
