"""What formulas say about all states at once: where they hold, and how wishes rank the states."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Formula

    Truth = NDArray[np.bool_]

_AT_ONCE = 32  # wishes weighed together before the ranks are made dense: 24 + 32 bits fit in 63


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
    # Each option is one axis, the lowest bit last, so that a formula costs what its names span.
    last = len(options) - 1
    axes = {name: _axis(last - bit, len(options)) for bit, name in enumerate(options)}
    whole = np.broadcast_to(_truth(formula, axes), (2,) * len(options))
    return np.ascontiguousarray(whole).reshape(-1)


def _axis(position: int, count: int) -> Truth:
    return np.array([False, True]).reshape([2 if p == position else 1 for p in range(count)])


def _truth(formula: Formula, axes: Mapping[str, Truth]) -> Truth:
    match formula:
        case Atom():
            return _option(formula, axes)
        case Not(part):
            return np.logical_not(_truth(part, axes))
        case And(parts):
            return reduce(np.logical_and, (_truth(p, axes) for p in parts), np.array(True))
        case Or(parts):
            return reduce(np.logical_or, (_truth(p, axes) for p in parts), np.array(False))
        case Implies(left, right):
            return np.logical_or(np.logical_not(_truth(left, axes)), _truth(right, axes))
        case Iff(left, right):
            return np.equal(_truth(left, axes), _truth(right, axes))


def _option(atom: Atom, axes: Mapping[str, Truth]) -> Truth:
    found = axes.get(str(atom))
    if found is None:
        hint = did_you_mean(str(atom), axes, f"The options are {', '.join(axes) or 'none'}.")
        raise UsageError(f'"{atom}" is not an option of the conflict. {hint}')
    return found


def rank(wishes: Sequence[NDArray[np.bool_]], feasible: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Give the rank of each state when wishes are weighed in order, most important first.

    One wish outweighs all that come after it (option prioritisation: Hipel, Kilgour, Fang &
    Peng 1997); states that agree on all of them tie.

    Args:
        wishes: per wish, the states in which it is true; any number.
        feasible: the states that are ranked.

    Returns:
        Per decimal 1 to r without gaps, larger is better; 0 for infeasible states.

    >>> both = np.array([True, True, True, False])
    >>> rank([np.array([0, 1, 0, 1]) == 1, np.array([0, 0, 1, 1]) == 1], both).tolist()
    [1, 3, 2, 0]
    """
    place = np.zeros(np.count_nonzero(feasible), dtype=np.int64)
    for start in range(0, len(wishes), _AT_ONCE):
        for wish in wishes[start : start + _AT_ONCE]:
            place = place * 2 + wish[feasible]
        place = np.unique(place, return_inverse=True)[1]
    ranks = np.zeros(len(feasible), dtype=np.int32)
    ranks[feasible] = place + 1
    return ranks
