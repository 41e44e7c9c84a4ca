"""Some state can be, the status quo can be, and a lever allows only what was infeasible."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from melian.case.formula import And, Atom, Iff, Implies, Not, Or, atoms, truth
from melian.case.place import where
from melian.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from melian.case.formula import Formula
    from melian.case.model import Case, Conflict

MOST_NAMED = 16  # options in infeasible; with more, whether a state is left is not asked


def check(case: Case) -> Iterator[Problem]:
    """Give a problem where no state is feasible, or the status quo is not."""
    if case.conflict is not None and no_state(case.conflict):
        at = where(case.conflict.at, "infeasible")
        message = "No state is feasible: the formulas under infeasible leave none."
        yield Problem(at, "no-feasible-state", message, "Take one of them out.")
    infeasible = case.conflict.infeasible if case.conflict is not None else ()
    if case.conflict is not None and case.conflict.status_quo is not None:
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


def no_state(conflict: Conflict) -> bool:
    """Tell whether its formulas leave no state; never so where they name too many options.

    >>> from melian.case.formula import parse
    >>> from melian.case.model import Conflict
    >>> no_state(Conflict(infeasible=(parse("a and b"), parse("not a"))))
    False
    >>> no_state(Conflict(infeasible=(parse("a"), parse("not a"))))
    True
    """
    named = dict.fromkeys(atom for formula in conflict.infeasible for atom in atoms(formula))
    if len(named) > MOST_NAMED:
        return False
    holds, every = holding(tuple(named))
    return reduce(or_, (states(f, holds, every) for f in conflict.infeasible), 0) == every


def holding(named: Sequence[Atom]) -> tuple[Mapping[Atom, int], int]:
    """Give, per option, the states in which it is taken, as the bits of a number; and all states.

    State s is bit s of it. Option k is taken in every second run of 2^k states: each run of those
    without it, shifted by its own length.
    """
    every = (1 << (1 << len(named))) - 1
    return {atom: every // ((1 << (1 << k)) + 1) << (1 << k) for k, atom in enumerate(named)}, every


def states(formula: Formula, holds: Mapping[Atom, int], every: int) -> int:
    """Give the states in which a formula is true, as the bits of a number."""
    match formula:
        case Atom():
            return holds[formula]
        case Not(part):
            return every ^ states(part, holds, every)
        case And(parts):
            return reduce(and_, (states(part, holds, every) for part in parts), every)
        case Or(parts):
            return reduce(or_, (states(part, holds, every) for part in parts), 0)
        case Implies(left, right):
            return every ^ states(left, holds, every) | states(right, holds, every)
        case Iff(left, right):
            return every ^ states(left, holds, every) ^ states(right, holds, every)
