"""What formulas say about all states at once: where they hold, and how they rank the states."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Formula

    Truth = NDArray[np.bool_]

_AT_ONCE = (
    38  # preferences weighed together before the ranks are made dense: 24 + 38 bits fit in 63
)


def evaluate(formula: Formula, options: Sequence[str]) -> NDArray[np.bool_]:
    """Give, per decimal, whether a formula over options is true in that state.

    Args:
        formula: its names are options.
        options: option i is bit i of a decimal.

    Raises:
        UsageError: the formula names something that is no option.

    >>> from melian.case.formula import parse
    >>> evaluate(parse("a and not b"), ["a", "b"]).astype(int).tolist()
    [0, 1, 0, 0]
    """
    axes = {name: len(options) - 1 - bit for bit, name in enumerate(options)}
    whole = np.broadcast_to(_truth(formula, axes), (2,) * len(options))
    return np.ascontiguousarray(whole).reshape(-1)


# Each option is one axis, the lowest bit last, and an axis that a formula does not name has
# length 1, so that a formula costs what its names span.


def _truth(formula: Formula, axes: Mapping[str, int]) -> Truth:
    match formula:
        case Atom():
            return _cube([(formula, True)], axes)
        case Not(part):
            return np.logical_not(_truth(part, axes))
        case And(parts):
            literals = [pair for pair in map(_literal, parts) if pair]
            others = (_truth(p, axes) for p in parts if not _literal(p))
            return reduce(np.logical_and, others, _cube(literals, axes))
        case Or(parts):
            return reduce(np.logical_or, (_truth(p, axes) for p in parts), np.array(False))
        case Implies(left, right):
            return np.logical_or(np.logical_not(_truth(left, axes)), _truth(right, axes))
        case Iff(left, right):
            return np.equal(_truth(left, axes), _truth(right, axes))


def _literal(formula: Formula) -> tuple[Atom, bool] | None:
    match formula:
        case Atom():
            return formula, True
        case Not(Atom() as atom):
            return atom, False
    return None


def _cube(literals: Iterable[tuple[Atom, bool]], axes: Mapping[str, int]) -> Truth:
    """Give where options are taken, or left, all at once: a corner of the axes they name."""
    shape, corner = [1] * len(axes), [0] * len(axes)
    met = True
    for atom, taken in literals:
        axis = _axis(atom, axes)
        met &= shape[axis] == 1 or corner[axis] == taken
        shape[axis], corner[axis] = 2, int(taken)
    found = np.zeros(shape, dtype=np.bool_)
    found[tuple(corner)] = met
    return found


def _axis(atom: Atom, axes: Mapping[str, int]) -> int:
    found = axes.get(str(atom))
    if found is None:
        hint = did_you_mean(str(atom), axes, f"The options are {', '.join(axes) or 'none'}.")
        raise UsageError(f'"{atom}" is not an option of the conflict. {hint}')
    return found


def rank(
    preferences: Iterable[NDArray[np.bool_]], feasible: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Give the rank of each state when preferences are weighed in order, most important first.

    One preference outweighs all that come after it (option prioritisation: Hipel, Kilgour, Fang &
    Peng 1997); states that agree on all of them tie.

    Args:
        preferences: per preference, the states in which it is true; any number, one at a time.
        feasible: the states that are ranked.

    Returns:
        Per decimal 1 to r without gaps, larger is better; 0 for infeasible states.

    >>> both = np.array([True, True, True, False])
    >>> rank([np.array([0, 1, 0, 1]) == 1, np.array([0, 0, 1, 1]) == 1], both).tolist()
    [1, 3, 2, 0]
    """
    place = np.zeros(len(feasible), dtype=np.int64)
    for number, preference in enumerate(preferences):
        weight = _AT_ONCE - 1 - number % _AT_ONCE
        if number and weight == _AT_ONCE - 1:
            place = _dense(place) << _AT_ONCE
        place[np.flatnonzero(preference)] += 1 << weight  # few states, where a ranking is spelt out
    ranks = np.zeros(len(feasible), dtype=np.int32)
    ranks[feasible] = _dense(place[feasible]) + 1
    return ranks


def _dense(place: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.unique(place, return_inverse=True)[1]
