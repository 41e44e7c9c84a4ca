"""Two-mode networks: how often actors speak of concepts, and in which sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from melian.discourse.networks.one_mode import divided
from melian.problems import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.tensor import Tensor

Aggregation = Literal["subtract", "combine", "ignore"]
AGGREGATIONS: tuple[Aggregation, ...] = get_args(Aggregation)

Normalization = Literal["none", "activity", "prominence"]
NORMALIZATIONS: tuple[Normalization, ...] = get_args(Normalization)

MOST_COMBINED = 50  # levels whose powers of two a float64 still holds apart


def two_mode(
    counted: Tensor, aggregation: Aggregation, normalization: Normalization = "none"
) -> NDArray[np.float64]:
    """Give the network of rows and columns.

    Args:
        counted: the statements, counted.
        aggregation: ``ignore`` counts statements; ``subtract`` takes those against from those for,
            or sums the whole numbers that were coded; ``combine`` says which levels come up, as
            the sum of a power of two for each, the first level's the highest: of agreement, 1
            stands for agreement only, 2 for disagreement only and 3 for both.
        normalization: ``activity`` divides by what there is of the row (all its statements, or its
            ties under ``combine``), ``prominence`` by what there is of the column.

    Raises:
        UsageError: texts cannot be subtracted, or too many levels be combined.
    """
    if aggregation == "ignore" or counted.qualifier is None:
        found = counted.counts.sum(axis=2)
    elif aggregation == "subtract":
        found = counted.counts @ signs(counted)
    else:
        found = (counted.counts > 0) @ _powers(counted.counts.shape[2])
    if normalization == "none":
        return np.asarray(found)
    ties = found > 0 if aggregation == "combine" else counted.counts.sum(axis=2)
    rows = normalization == "activity"
    return divided(found, np.broadcast_to(ties.sum(axis=int(rows), keepdims=True), found.shape))


def signs(counted: Tensor) -> NDArray[np.float64]:
    """Give what a statement of each level counts for where they are summed up.

    Raises:
        UsageError: the levels are texts.
    """
    qualifier = counted.qualifier
    if qualifier is None or qualifier.kind == "text":
        raise UsageError(
            "Texts cannot be subtracted from each other. Ignore the qualifier, combine its levels, "
            "or take one that was coded as a number or as yes and no."
        )
    if qualifier.kind == "boolean":
        return np.array([-1.0, 1.0])
    return np.array(qualifier.levels, dtype=np.float64)


def _powers(levels: int) -> NDArray[np.float64]:
    if levels > MOST_COMBINED:
        raise UsageError(
            f"{levels} levels are too many to be combined; at most {MOST_COMBINED} are."
        )
    return np.exp2(np.arange(levels - 1, -1, -1))
