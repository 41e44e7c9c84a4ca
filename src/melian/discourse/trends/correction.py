"""P-values for many comparisons at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def holm(p: NDArray[np.float64], family: int | None = None) -> list[float]:
    """Correct p-values so that the chance of any error is kept (Holm, Scand. J. Stat. 6, 1979).

    Args:
        p: the p-values.
        family: how many comparisons were made; those without a p-value here have one of 1.

    >>> holm(np.array([0.01, 0.04, 0.03]))
    [0.03, 0.06, 0.06]
    """
    size = len(p) if family is None else family
    order = np.argsort(p, kind="stable")
    steps = np.minimum(p[order] * (size - np.arange(len(p))), 1)
    found = np.empty(len(p))
    found[order] = np.maximum.accumulate(steps) if len(p) else steps
    return [float(each) for each in found]
