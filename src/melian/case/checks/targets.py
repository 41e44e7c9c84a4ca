"""A target tells some outcomes from others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from melian.case.checks.feasibility import MOST_NAMED, holding, states
from melian.case.checks.telling_apart import known
from melian.case.formula import atoms
from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.formula import Formula
    from melian.case.model import Case

_WRONG = {
    "never": (
        "target-never-true",
        "No state that can be satisfies the target, so nothing brings it about.",
    ),
    "always": (
        "target-always-true",
        "Every state that can be satisfies the target, so nothing is needed for it.",
    ),
}


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for a target that no state satisfies, or every one."""
    if case.conflict is None or case.conflict.target is None:
        return
    kind = holds(case, case.conflict.target)
    if kind is not None:
        at = where(case.conflict.at, "target")
        hint = "Write the outcome sought, as a formula over options."
        yield Problem(at, *_WRONG[kind], hint, Severity.WARNING)


def holds(case: Case, target: Formula, most: int = MOST_NAMED) -> Literal["never", "always"] | None:
    """Tell whether a target is true in no state that can be, or in all.

    What a lever allows can be, too, when it is asked whether it is true in none. Never said of a
    target that names what is no option, or too many with those under infeasible.

    Args:
        case: with a conflict.
        target: a formula over its options.
        most: options that may be named.
    """
    conflict = case.conflict
    if conflict is None or not known(conflict, target):
        return None
    named = {atom: None for part in (target, *conflict.infeasible) for atom in atoms(part)}
    if len(named) > most:
        return None
    taken, every = holding(tuple(named))
    allowed = {formula for lever in case.levers.values() for formula in lever.allows}
    left = ever = every
    for formula in conflict.infeasible:
        left &= ~states(formula, taken, every)
        ever &= every if formula in allowed else ~states(formula, taken, every)
    true = states(target, taken, every)
    if not left:
        return None
    return "never" if not ever & true else "always" if not left & ~true else None
