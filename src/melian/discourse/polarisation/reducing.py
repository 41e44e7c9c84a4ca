"""Whom it can be told of beforehand: a smaller problem with the same best value.

Two actors are put together, on one side or on opposite ones, where some best division has them so:

* one tie outweighs all others of an actor together (Lange, Andres and Swoboda, "Combinatorial
  persistency criteria for multicut and max-cut", IEEE/CVF Conference on Computer Vision and
  Pattern Recognition 2019, single-node case);
* both have the same ties to all others, and do not lose by standing together; or opposite ones,
  and do not gain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EQUAL = 1e-12


@dataclass(frozen=True, eq=False, slots=True)
class Reduced:
    """A smaller problem.

    Attributes:
        gains: of those that are left among themselves.
        constant: what those gain that were put together.
        left: who is left.
        gone: who was put to whom, and on the same side (1) or not (-1), in order.
        count: how many there were.
    """

    gains: NDArray[np.float64]
    constant: float
    left: NDArray[np.intp]
    gone: tuple[tuple[int, int, int], ...]
    count: int

    def restored(self, sides: NDArray[np.int8]) -> NDArray[np.int8]:
        """Give the sides of all from those of who is left."""
        whole = np.ones(self.count, dtype=np.int8)
        whole[self.left] = sides
        for one, other, side in reversed(self.gone):
            whole[one] = side * whole[other]
        return whole


def reduced(gains: NDArray[np.float64]) -> Reduced:
    """Put together whoever can be, until nobody can.

    Args:
        gains: what each two gain by standing together, symmetric, nothing on the diagonal.
    """
    now, left = gains.copy(), np.arange(len(gains))
    gone: list[tuple[int, int, int]] = []
    constant = 0.0
    while len(now) > 1:
        pair = _dominated(now) or _twins(now)
        if pair is None:
            break
        one, other, side = pair
        gone.append((int(left[one]), int(left[other]), side))
        constant += 2 * side * float(now[one, other])
        now[other] += side * now[one]
        now[:, other] += side * now[:, one]
        now[other, other] = 0
        now = np.delete(np.delete(now, one, axis=0), one, axis=1)
        left = np.delete(left, one)
    return Reduced(now, constant, left, tuple(gone), len(gains))


def _dominated(gains: NDArray[np.float64]) -> tuple[int, int, int] | None:
    """Give an actor of whom one tie outweighs the others, with whom, and on which side."""
    sizes = np.abs(gains)
    partners = sizes.argmax(axis=1)
    most = sizes[np.arange(len(gains)), partners]
    found = np.flatnonzero(2 * most >= sizes.sum(axis=1))
    if not len(found):
        return None
    one = int(found[0])
    other = int(partners[one]) if most[one] > 0 else int(one == 0)
    return one, other, 1 if gains[one, other] >= 0 else -1


def _twins(gains: NDArray[np.float64]) -> tuple[int, int, int] | None:
    """Give two with the same ties, or with opposite ones."""
    sizes = np.abs(gains).sum(axis=1)
    least = _EQUAL * max(float(sizes.max()), 1e-300)
    for one in range(len(gains)):
        others = np.flatnonzero(np.abs(sizes - sizes[one]) <= least)  # as twins have it
        others = others[others > one]
        for side in (1, -1):
            apart = np.abs(gains[others] - side * gains[one])
            apart[:, one] = 0
            apart[np.arange(len(others)), others] = 0
            same = (apart <= least).all(axis=1) & (side * gains[one, others] >= 0)
            if same.any():
                return one, int(others[np.flatnonzero(same)[0]]), side
    return None


def parts_of(gains: NDArray[np.float64]) -> NDArray[np.intp]:
    """Number the parts that nothing ties to each other, the largest first.

    Args:
        gains: what each two gain by standing together; who has no tie at all is a part.
    """
    parts = np.full(len(gains), -1, dtype=np.intp)
    tied, number = gains != 0, 0
    for first in range(len(gains)):
        if parts[first] >= 0:
            continue
        new = np.zeros(len(gains), dtype=np.bool_)
        new[first] = True
        while new.any():
            parts[new] = number
            new = tied[new].any(axis=0) & (parts < 0)
        number += 1
    order = np.argsort(-np.bincount(parts, minlength=number), kind="stable")
    return np.asarray(np.argsort(order)[parts], dtype=np.intp)
