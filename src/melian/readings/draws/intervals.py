"""How sure a share is that was counted in a sample."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of all combinations, estimated from draws.

    The interval is that of Wilson ("Probable inference, the law of succession, and statistical
    inference", 1927), which stays within 0 and 1 and is of use where the count is 0 or all.

    Attributes:
        count: in how many draws it was so.
        draws: how many there were, at least one.
        confidence: how often such an interval holds the share, about.
    """

    count: int
    draws: int
    confidence: float = CONFIDENCE

    @property
    def share(self) -> float:
        """The share of the draws."""
        return self.count / self.draws

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self._end(-1) if self.count else 0.0

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self._end(1) if self.count < self.draws else 1.0

    def _end(self, side: int) -> float:
        z = NormalDist().inv_cdf((1 + self.confidence) / 2)
        middle = self.count + z * z / 2
        spread = z * sqrt(self.count * (self.draws - self.count) / self.draws + z * z / 4)
        return (middle + side * spread) / (self.draws + z * z)
