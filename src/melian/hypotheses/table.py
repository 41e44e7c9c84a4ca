"""The core on numbers: likelihoods of items under rivals, and the odds they give.

The odds of one explanation against another are their prior odds times the likelihood ratio of each
item. The logarithm of such a ratio is the item's *weight of evidence* (Good, *Probability and the
Weighing of Evidence*, 1950, chapter 6), so weights add. Only ratios count: the likelihoods of an
item need not sum to anything.

Items that show the same over again (a *bundle*) count as one, with the mean of their weights. That
is the geometric mean of their ratios; it lies between the weakest and the strongest of them, and
gives odds that agree with each other for any number of explanations.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from melian.case.likelihood import neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Table:
    """Items by explanations.

    Attributes:
        priors: of each explanation, above 0.
        rows: per item its likelihood under each explanation, between 0 and 1.
        bundles: per item the bundle it belongs to; a bundle of one is an ordinary item.
        counts: per item for how much it counts: 1, or its part of a bundle.
    """

    priors: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]
    bundles: tuple[int, ...]
    counts: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Count the bundles."""
        sizes = Counter(self.bundles)
        object.__setattr__(self, "counts", tuple(1 / sizes[bundle] for bundle in self.bundles))


EVEN = 1e-9
"""Odds this near to one, in logarithms, are even: it is far below what anybody could mean."""


class Step(NamedTuple):
    """One likelihood moved to the next word of the scale.

    Attributes:
        item, explanation: which likelihood, by number.
        value: what it becomes.
        weight: what it takes from the logarithm of the odds, above 0.
    """

    item: int
    explanation: int
    value: float
    weight: float


def weight(table: Table, item: int, one: int, other: int) -> float:
    """Give an item's own weight of evidence for one explanation against another."""
    row = table.rows[item]
    return math.log(row[one]) - math.log(row[other])


def log_odds(table: Table, one: int, other: int) -> float:
    """Give the logarithm of the odds of one explanation against another, all items counted."""
    items = enumerate(table.counts)
    evidence = (count * weight(table, item, one, other) for item, count in items)
    return math.log(table.priors[one]) - math.log(table.priors[other]) + math.fsum(evidence)


def log_odds_without(table: Table, item: int, one: int, other: int, now: float) -> float:
    """Give what the odds ``now`` are without an item; the rest of its bundle counts as one."""
    bundle = table.bundles[item]
    alike = [n for n, each in enumerate(table.bundles) if each == bundle]
    weights = {n: weight(table, n, one, other) for n in alike}
    rest = [each for n, each in weights.items() if n != item]
    kept = math.fsum(rest) / len(rest) if rest else 0.0
    return now - math.fsum(weights.values()) / len(alike) + kept


def shares(table: Table) -> tuple[float, ...]:
    """Give the probability of each explanation, if one of them must be the right one."""
    return _normal([log_odds(table, each, 0) for each in range(len(table.priors))])


def share_range(table: Table, explanation: int) -> tuple[float, float]:
    """Give the least and greatest share when every likelihood is moved by one word.

    The share rises with the explanation's own likelihoods and falls with all others, so that the
    extremes lie where all of them are moved the same way.
    """
    scores = [log_odds(table, each, explanation) for each in range(len(table.priors))]
    extremes = []
    for sign in (-1, 1):
        moved = list(scores)
        for item, count in enumerate(table.counts):
            for each, value in enumerate(table.rows[item]):
                below, above = neighbours(value)
                up = (sign > 0) == (each == explanation)
                moved[each] += count * math.log((above if up else below) / value)
        extremes.append(_normal(moved)[explanation])
    return extremes[0], extremes[1]


def _normal(logs: Sequence[float]) -> tuple[float, ...]:
    top = max(logs)
    parts = [math.exp(each - top) for each in logs]
    return tuple(part / math.fsum(parts) for part in parts)


def steps(table: Table, one: int, other: int) -> tuple[Step, ...]:
    """Give every move of one likelihood by one word that lowers the odds, the largest first."""
    found = (step for item in range(len(table.rows)) for step in _down(table, item, one, other))
    return tuple(sorted(found, key=lambda step: (-step.weight, step.item, step.explanation)))


def _down(table: Table, item: int, one: int, other: int) -> Iterator[Step]:
    row, count = table.rows[item], table.counts[item]
    below, above = neighbours(row[one])[0], neighbours(row[other])[1]
    yield Step(item, one, below, count * math.log(row[one] / below))
    yield Step(item, other, above, count * math.log(above / row[other]))


def item_range(table: Table, item: int, one: int, other: int, now: float) -> tuple[float, float]:
    """Give the least and greatest that the odds ``now`` become when one likelihood moves."""
    down = max(step.weight for step in _down(table, item, one, other))
    up = max(step.weight for step in _down(table, item, other, one))
    return now - down, now + up


def joint_range(table: Table, one: int, other: int) -> tuple[float, float]:
    """Give the least and greatest logarithm of the odds when all likelihoods move by one word."""
    now = log_odds(table, one, other)
    down = math.fsum(step.weight for step in steps(table, one, other))
    up = math.fsum(step.weight for step in steps(table, other, one))
    return now - down, now + up


def tipping(table: Table, one: int, other: int) -> tuple[Step, ...] | None:
    """Give the fewest steps that bring the odds down to even; None where all do not suffice.

    Steps add up, so taking the largest first takes the fewest.
    """
    left = log_odds(table, one, other) - EVEN
    taken: list[Step] = []
    for step in steps(table, one, other):
        if left <= 0:
            break
        taken.append(step)
        left -= step.weight
    return tuple(taken) if left <= 0 else None


def telling(likelihoods: Sequence[float]) -> float:
    """Give the weight of evidence that looking for something is expected to bring for the truth.

    The mean, over explanations taken to be equally likely, of the expected weight in favour of the
    one that holds against the others together (Good 1950, section 6.7): what is looked for may be
    found or not, and either speaks for one or another.
    """
    total = 0.0
    for number, found in enumerate(likelihoods):
        others = [each for index, each in enumerate(likelihoods) if index != number]
        rest = math.fsum(others) / len(others)
        total += found * math.log(found / rest) + (1 - found) * math.log((1 - found) / (1 - rest))
    return total / len(likelihoods)
