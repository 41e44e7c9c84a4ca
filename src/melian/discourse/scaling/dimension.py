"""Whether answers have a dimension at all: how much posteriors tell, and what chance would give.

A model of one dimension finds one in answers that are mere chance, too, and is rather sure of it:
its reliability is above one half in most tables that were filled by coin. So the answers to each
concept are dealt out anew among the actors who gave one, which leaves how many say yes, and breaks
whatever answers have in common; the first dimension of the real answers has to hold more of their
variance than that of most deals (parallel analysis: Horn, Psychometrika 30, 1965; by permutation,
Buja & Eyuboglu, Multivariate Behavioral Research 27, 1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEALS = 999
ALPHA = 0.05
LEAST_RELIABILITY = 0.5
"""Where less of the variance of positions is known than not, actors are not put in order."""

_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Dimension:
    """Whether there is a dimension, and how well positions on it are known.

    Attributes:
        share: of the variance of answers that their first dimension holds.
        expected: the same on average if answers had nothing in common.
        p: how often it would be as large then.
        reliability: 1 less the mean posterior variance of positions over their whole variance.
        deals: how often answers were dealt out anew.
        seed: of the deals.
    """

    share: float
    expected: float
    p: float
    reliability: float
    deals: int
    seed: int

    @property
    def there(self) -> bool:
        """Whether the answers have more in common than chance would give."""
        return self.p <= ALPHA

    @property
    def known(self) -> bool:
        """Whether actors may be put in order on it."""
        return self.there and self.reliability >= LEAST_RELIABILITY


def reliability(draws: NDArray[np.float64]) -> float:
    """Give how much of the variance of positions is known: 0 for nothing, 1 for all.

    Args:
        draws: positions, of shape (draws, actors); any actor's variance is around its own mean.
    """
    unsure = float(draws.var(axis=0).mean())
    whole = float(draws.mean(axis=0).var()) + unsure
    return 1 - unsure / whole if whole > 0 else 0.0


def dimension(
    answers: NDArray[np.float64], draws: NDArray[np.float64], seed: int, deals: int = DEALS
) -> Dimension:
    """Say whether answers have a dimension, and how well positions on it are known.

    Args:
        answers: 1, 0 or NaN, of shape (actors, concepts); of each concept, some of both.
        draws: positions, of shape (draws, actors).
        seed: the same gives the same.
        deals: how often answers are dealt out anew.
    """
    given = ~np.isnan(answers)
    values = np.where(given, answers, 0.0)
    share = float(_first(values[None], given)[0])
    rng = np.random.default_rng(seed)
    step = max(_CELLS // answers.size, 1)
    parts = [
        _first(_dealt(values, given, min(step, deals - done), rng), given)
        for done in range(0, deals, step)
    ]
    found = np.concatenate(parts)
    p = (int((found >= share - 1e-12).sum()) + 1) / (deals + 1)
    return Dimension(share, float(found.mean()), p, reliability(draws), deals, seed)


def _dealt(
    values: NDArray[np.float64], given: NDArray[np.bool_], times: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Deal the answers to each concept out among those who gave one, so many times."""
    found = np.zeros((times, *values.shape))
    for concept in range(values.shape[1]):
        who = np.flatnonzero(given[:, concept])
        every = np.broadcast_to(values[who, concept], (times, len(who)))
        found[:, who, concept] = rng.permuted(every, axis=1)
    return found


def _first(values: NDArray[np.float64], given: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Give how much of the variance the first dimension holds; each concept counts the same."""
    count = given.sum(axis=0)
    centred = np.where(given, values - (values.sum(axis=1) / count)[:, None], 0.0)
    spread = np.sqrt(np.square(centred).sum(axis=1) / count)
    even = centred / np.where(spread > 0, spread, 1.0)[:, None]
    largest = np.linalg.svd(even, compute_uv=False)[:, 0]
    return np.asarray(np.square(largest) / np.square(even).sum(axis=(1, 2)))
