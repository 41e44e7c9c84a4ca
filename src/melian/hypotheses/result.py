"""What weighing explanations answers. It names no winner: it says how far, and how firmly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.audit.result import Finding
    from melian.case.model import Evidence, Hypothesis


class Strength(StrEnum):
    """How strongly a likelihood ratio speaks.

    Below one deciban, the least that one can feel (Good 1985, "Weight of evidence: a brief
    survey"), it says nothing; the other bounds are those of Kass and Raftery, "Bayes factors"
    (1995): up to 3, up to 20, beyond.
    """

    NOTHING = "nothing"
    LITTLE = "a little"
    CLEARLY = "clearly"
    STRONGLY = "strongly"


def strength(ratio: float) -> Strength:
    """Give how strongly a ratio speaks, whichever way.

    >>> [str(strength(ratio)) for ratio in (1.2, 0.5, 5, 1 / 30)]
    ['nothing', 'a little', 'clearly', 'strongly']
    """
    size = max(ratio, 1 / ratio)
    if size < math.pow(10, 0.1):
        return Strength.NOTHING
    return Strength.LITTLE if size < 3 else Strength.CLEARLY if size < 20 else Strength.STRONGLY


@dataclass(frozen=True, slots=True)
class Item:
    """An item of evidence with what stands behind it.

    Attributes:
        finding: the finding that it is, if it is one.
        statements, deeds, facts: ids of its records, and heads of its facts.
        bundle: names of the items that it counts as one with, itself among them.
    """

    evidence: Evidence
    finding: Finding | None = None
    statements: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    bundle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bearing:
    """What an item says of two explanations; above 1 is for the first of them.

    Attributes:
        item: its name.
        ratio: of its own likelihoods.
        counted: as it counts, being part of a bundle.
        without: the odds without it.
        low, high: the odds when one of its two likelihoods is a word lower or higher.
    """

    item: str
    ratio: float
    counted: float
    without: float
    low: float
    high: float

    @property
    def strength(self) -> Strength:
        """How strongly its own likelihoods speak."""
        return strength(self.ratio)


@dataclass(frozen=True, slots=True)
class Shift:
    """One likelihood taken to the next word of the scale."""

    item: str
    hypothesis: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two explanations against each other; odds above 1 are for the first.

    Attributes:
        prior, odds: before the evidence, and after it.
        low, high: the odds when every likelihood is a word lower or higher, all against the first
            explanation, and all for it.
        tips: the fewest likelihoods to change by one word for the odds to come down (or up) to
            even; none where they are, None where changing all of them would not do.
    """

    one: str
    other: str
    prior: float
    odds: float
    low: float
    high: float
    bearings: tuple[Bearing, ...]
    tips: tuple[Shift, ...] | None


@dataclass(frozen=True, slots=True)
class Prospect:
    """Something missing that would tell explanations apart.

    Attributes:
        telling: the weight of evidence it is expected to bring (natural logarithm), for whichever
            explanation holds; exp(telling) is the ratio by which it would move the odds.
        found, absent: per pair of explanations the likelihood ratio if it were found, and if it
            were looked for and not found.
    """

    evidence: Evidence
    telling: float
    found: Mapping[tuple[str, str], float]
    absent: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The explanations of one actor, weighed against each other.

    Attributes:
        about: the actor, or "".
        priors: of each explanation, in order.
        shares: of each, least, as coded and greatest, *if one of them must be the right one*.
        prospects: what is missing, the most telling first.
        left_out: names of evidence that is a finding which the audit does not find.
    """

    about: str
    hypotheses: tuple[Hypothesis, ...]
    priors: tuple[float, ...]
    shares: tuple[tuple[float, float, float], ...]
    items: tuple[Item, ...]
    pairs: tuple[Pair, ...]
    prospects: tuple[Prospect, ...]
    left_out: tuple[str, ...] = ()

    def item(self, name: str) -> Item:
        """Give an item by its name."""
        return next(item for item in self.items if item.evidence.name == name)

    def hypothesis(self, name: str) -> Hypothesis:
        """Give an explanation by its id."""
        return next(each for each in self.hypotheses if each.id == name)


@dataclass(frozen=True, slots=True)
class Why:
    """The weighings of a case, one for each actor that something is explained of."""

    weighings: tuple[Weighing, ...]
    method: str = (
        "likelihood ratios and their logarithms (weight of evidence, Good 1950); items that show "
        "the same count as one, with the mean of their weights; every likelihood moved by one word "
        "of the scale of ICD 203"
    )
