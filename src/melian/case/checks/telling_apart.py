"""Nothing that is preferred or sought tells states apart that count as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.feasibility import MOST_NAMED, holding, states
from melian.case.checks.uses import preference_changes
from melian.case.formula import And, Not, Or, atoms
from melian.case.place import where
from melian.case.wording import counted
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.formula import Formula
    from melian.case.model import Case, Conflict, Preference, PreferenceChange

_SHOWN = 60  # letters of a formula in a sentence


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for what holds in some of the states that count as one.

    Of the preferences of one actor, or of those that a lever gives it, there is one warning for
    each formula that makes states count as one.
    """
    conflict = case.conflict
    if conflict is None or not conflict.indistinguishable:
        return
    for preferences in conflict.preferences.values():
        yield from _preferred(conflict, preferences)
    for lever in case.levers.values():
        placed: dict[str, list[PreferenceChange]] = {}
        for change in preference_changes(lever):
            if change.action == "place":
                placed.setdefault(change.actor, []).append(change)
        for changes in placed.values():
            yield from _preferred(conflict, changes)
    if conflict.target is not None and (apart := told_apart(conflict, conflict.target)):
        at = where(conflict.at, "target")
        message = f'The target "{_short(conflict.target)}" is true in some of {_as_one(apart)}'
        hint = target_hint(conflict, conflict.target, apart)
        yield Problem(at, "told-apart", message, hint, Severity.WARNING)


def told_apart(conflict: Conflict, said: Formula) -> Formula | None:
    """Give the first formula of which all states count as one, though they differ in what is said.

    Args:
        conflict: with formulas under ``indistinguishable``.
        said: a formula over its options. Where it names what is no option, or too many options
            with what makes states one and what is infeasible, nothing is found.
    """
    for formula in conflict.indistinguishable:
        if known(conflict, formula, said) and tells_apart(conflict, formula, said):
            return formula
    return None


def target_hint(conflict: Conflict, target: Formula, apart: Formula) -> str:
    """Say how a target counts in states that count as one, and what to type instead.

    Args:
        conflict: that it is a target in.
        target: that tells such states apart.
        apart: the formula that makes them one, as :func:`told_apart` gives it.
    """
    guards = _guards(conflict, target, apart)
    return f"There it counts as possible, and never as sure. {guards}"


def _preferred(
    conflict: Conflict, each: Iterable[Preference | PreferenceChange]
) -> Iterator[Problem]:
    """Give one warning for all preferences of an actor that tell the same states apart."""
    found: dict[Formula, list[Preference | PreferenceChange]] = {}
    for one in each:
        if (formula := told_apart(conflict, one.prefer)) is not None:
            found.setdefault(formula, []).append(one)
    for apart, (first, *more) in found.items():
        message = f'"{_short(first.prefer)}" is true in some of {_as_one(apart)}'
        if more:
            verb = "does" if len(more) == 1 else "do"
            message += f" So {verb} {counted(len(more), 'more preference')} of the same actor."
        guards = _guards(conflict, first.prefer, apart)
        hint = f"That state has the rank of the lowest of them. {guards}"
        yield Problem(first.at, "told-apart", message, hint, Severity.WARNING)


def _as_one(formula: Formula) -> str:
    return f'the states in which "{_short(formula)}" is true, and those count as one.'


def _guards(conflict: Conflict, said: Formula, apart: Formula) -> str:
    """Give two formulas that say the same elsewhere, and one thing of all states that are one."""
    guard = apart
    if told_apart(conflict, _none(guard, said)):  # of formulas with states in common, all
        guard = Or(conflict.indistinguishable)
    none, all_ = str(_none(guard, said)), str(Or((guard, *_parts(Or, said))))
    if len(all_) <= 2 * _SHOWN:
        return f'Write "{none}" or "{all_}", whichever is meant.'
    return (
        'Write "not (X) and (Y)" or "(X) or (Y)", whichever is meant, where X is what makes the '
        "states one and Y what stands here."
    )


def _none(guard: Formula, said: Formula) -> Formula:
    return And((Not(guard), *_parts(And, said)))


def _parts(kind: type[And | Or], formula: Formula) -> tuple[Formula, ...]:
    return formula.parts if isinstance(formula, kind) else (formula,)


def _short(formula: Formula) -> str:
    return str(formula)[:_SHOWN]


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
