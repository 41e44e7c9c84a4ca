"""P-values: corrected for how many comparisons there are, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

LEAST_SHOWN = 0.0001
"""A p-value that is smaller is said to be below it."""


def holm(values: ArrayLike, family: int | None = None) -> list[float]:
    """Correct p-values so that the chance of any error is kept.

    Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
    Statistics 6, 1979, 65.

    Args:
        values: the p-values.
        family: how many comparisons were made; those without a p-value here have one of 1.

    Returns:
        The corrected p-values, in the same order, none above 1.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    p = np.asarray(values, dtype=np.float64)
    size = len(p) if family is None else family
    order = np.argsort(p, kind="stable")
    steps = np.minimum(p[order] * (size - np.arange(len(p))), 1)
    found = np.empty(len(p))
    found[order] = np.maximum.accumulate(steps) if len(p) else steps
    return [float(each) for each in found]


def p_words(p: float) -> str:
    """Give a p-value in as many digits as it deserves.

    >>> p_words(0.2345), p_words(0.00123), p_words(0.00000012)
    ('p = 0.23', 'p = 0.0012', 'p < 0.0001')
    """
    return f"p < {LEAST_SHOWN}" if p < LEAST_SHOWN else f"p = {p:.2g}"
