"""In which states a formula is true, where several decimals may count as one state.

What such a state leaves open is possible in it, and not sure: the formula may be true in a state
when it is true in some of the decimals that count as it, and is sure there when it is in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.preferences import evaluate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.conflict.model import Graph


@dataclass(frozen=True, slots=True, eq=False)
class Satisfying:
    """Where a formula is true, each of shape (feasible states,).

    Attributes:
        some: it is true in some of the decimals that count as the state.
        every: it is true in all of them.
    """

    some: NDArray[np.bool_]
    every: NDArray[np.bool_]


def satisfying(on: Graph, formula: Formula | None) -> Satisfying:
    """Give, per feasible state of a graph, whether a formula is true there.

    Args:
        on: whose options the formula is over.
        formula: None is true nowhere.

    Raises:
        UsageError: the formula names something that is no option.
    """
    decimals = on.decimals
    if formula is None:
        none = np.zeros(len(decimals), dtype=np.bool_)
        return Satisfying(none, none)
    true = evaluate(formula, on.options)
    if on.classes is None:
        return Satisfying(true[decimals], true[decimals])
    some, but = (_met(on, on.classes, mask)[decimals] for mask in (true, ~true))
    return Satisfying(some, ~but)


def _met(on: Graph, classes: NDArray[np.int32], mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Give, at the lowest decimal of each state, whether a mask has one of the state's decimals."""
    found = np.zeros_like(mask)
    found[classes[mask & on.feasible]] = True
    return found
