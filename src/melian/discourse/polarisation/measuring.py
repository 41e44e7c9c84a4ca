"""What polarisation is measured by: how much better two camps fit than one.

Each two actors agree so much and clash so much; a division into two camps gains by clash between
the camps, and loses by agreement between them.

**Opposition**, the measure by default: twice the share of all ties, those with oneself included,
that are clashes between the camps, less the share that are agreements between them. It is 0 where
all agree, whatever they speak of, and 1 where two equal camps agree within and clash between on all
that they speak of; two camps of shares p and 1 - p give 4p(1 - p), so that a lone dissenter among n
gives 4(n - 1)/n². It lies between 0 and 1, since ties with oneself make the matrix of agreement
less clash a Gram matrix. As a share of pairs it is by how much less two camps are frustrated than
one (the line index of balance: Harary, "On the measurement of structural balance", Behavioral
Science 4, 1959; Aref and Wilson, "Balance and frustration in signed networks", Journal of Complex
Networks 7, 2019).

**Modularity**: signed modularity of two camps (Gómez, Jensen and Arenas, "Analysis of community
structure in networks of correlated data", Physical Review E 80, 2009; Traag and Bruggeman,
"Community detection in networks with positive and negative links", the same volume), times two, so
that two equal camps give 1. It sets aside what each agrees or clashes with everybody, and so finds
who stands nearer to whom where most agree. But who speaks of different matters is apart for it,
too: two groups that never speak of the same make it as high as two that clash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

import numpy as np

from melian.discourse.networks.one_mode import divided, with_selves
from melian.problems import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.networks.one_mode import Normalization
    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.statements.table import Variable

Measure = Literal["opposition", "modularity"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

NORMALIZATIONS = ("average", "cosine", "none")
"""By these a clash weighs as much as an agreement of the same statements."""


@dataclass(frozen=True, eq=False, slots=True)
class Measured:
    """What is measured of some actors, for every division of them.

    Attributes:
        measure: which.
        gains: what each two gain by standing together, symmetric, nothing on the diagonal.
        offset: what is added to the gains of a division.
        total: what they are divided by: all ties.
        weights: the ties of each actor with others.
        clash: the share of all ties with others that are clashes.
        pairs: how many two are tied at all.
    """

    measure: Measure
    gains: NDArray[np.float64]
    offset: float
    total: float
    weights: NDArray[np.float64]
    clash: float
    pairs: int

    def share(self, value: float) -> float:
        """Give the polarisation of a division from what it gains."""
        return (value + self.offset) / self.total if self.total else 0.0

    def of(self, sides: NDArray[np.int8]) -> float:
        """Give the polarisation of a division: 1 or -1 of each actor."""
        signs = sides.astype(np.float64)
        return self.share(float(signs @ self.gains @ signs))

    def falls(self, sides: NDArray[np.int8]) -> NDArray[np.float64]:
        """Give by how much polarisation falls if each actor, alone, changes sides."""
        signs = sides.astype(np.float64)
        return np.asarray(4 * signs * (self.gains @ signs) / (self.total or 1.0))

    def fits(self, sides: NDArray[np.int8]) -> NDArray[np.float64]:
        """Give the share of each actor's ties that fit its side, less that of those that do not."""
        signs = sides.astype(np.float64)
        pull = signs * (self.gains @ signs)
        return divided(pull, self.weights)


def measured(counts: Tensor, design: Design, measure: Measure = "opposition") -> Measured:
    """Measure actors.

    Args:
        counts: their statements.
        design: its normalization is taken.
        measure: which measure.

    Raises:
        UsageError: statements have neither of two senses, but texts of several kinds; or ties are
            not normalised in one of these ways.
    """
    _two_poles(counts.qualifier, design.qualifier)
    if design.normalization not in NORMALIZATIONS:
        raise UsageError(
            "Jaccard's measure makes clash weaker than agreement, so that two camps that are "
            f"wholly opposed would seem not to be. Take --normalize {' or '.join(NORMALIZATIONS)}."
        )
    share = cast("Normalization", design.normalization)
    agreement, clash = (with_selves(counts, way, share) for way in ("congruence", "conflict"))
    total = float(agreement.sum() + clash.sum())
    for matrix in (agreement, clash):
        np.fill_diagonal(matrix, 0)
    weights = np.asarray((agreement + clash).sum(axis=1))
    tied = float(weights.sum())
    clashing = float(clash.sum()) / tied if tied else 0.0
    if measure == "modularity":
        gains = _surplus(agreement) - _surplus(clash)
        offset, total = float(np.trace(gains)), tied
        np.fill_diagonal(gains, 0)
    else:
        gains = agreement - clash
        offset = -float(gains.sum())
    pairs = int(np.count_nonzero(agreement + clash)) // 2
    return Measured(measure, gains, offset, total, weights, clashing, pairs)


def _surplus(ties: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give ties less what chance would give, by how much each is tied at all."""
    each = ties.sum(axis=1)
    total = float(each.sum())
    return np.asarray(ties - each[:, None] * each / total) if total else ties.copy()


def _two_poles(qualifier: Variable | None, name: str) -> None:
    """Refuse texts of which more than two are different: nothing is opposite to what."""
    if qualifier is not None and qualifier.kind == "text" and len(qualifier.levels) > 2:
        raise UsageError(
            f'"{name}" has {len(qualifier.levels)} texts, and camps need two senses, for and '
            "against, or numbers. Give another variable with --qualifier."
        )


def minority_shares(counts: Tensor) -> NDArray[np.float64]:
    """Give, of each column, the share of statements that go against most: 0 where all agree."""
    poles = senses(counts.qualifier)
    by_sense = counts.counts.sum(axis=0)
    sides = np.stack([by_sense[:, poles > 0].sum(axis=1), by_sense[:, poles < 0].sum(axis=1)])
    whole = sides.sum(axis=0)
    return divided(sides.min(axis=0), whole)


def senses(qualifier: Variable | None) -> NDArray[np.float64]:
    """Give each level of a qualifier a place between against (-1) and for (1)."""
    if qualifier is None:
        return np.ones(1)
    if qualifier.kind == "text":
        return (
            np.linspace(-1, 1, len(qualifier.levels)) if len(qualifier.levels) > 1 else np.ones(1)
        )
    levels = np.array(qualifier.levels, dtype=np.float64)
    width = np.ptp(levels) if len(levels) else 0.0
    return np.asarray(2 * (levels - levels.min()) / width - 1) if width else np.ones(len(levels))
