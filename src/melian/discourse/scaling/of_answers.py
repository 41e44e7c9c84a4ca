"""Positions by item response: each concept a question that actors say yes or no to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from melian.discourse.resampling import LEVEL, Interval
from melian.discourse.scaling import diagnostics, probit
from melian.discourse.scaling.counts import LEAST, core, said
from melian.discourse.scaling.dimension import dimension
from melian.discourse.scaling.positions import Position, poles, told_apart
from melian.problems import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.building import Design
    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.scaling.dimension import Dimension
    from melian.discourse.scaling.positions import Poles
    from melian.discourse.scaling.probit import Chains, Draws
    from melian.discourse.statements.table import Table

THRESHOLD = 0.25
"""Up to this share of statements to the contrary, an actor has given an answer all the same."""

MOST_R_HAT = 1.05
LEAST_SIZE = 400
"""Chains with a larger R-hat, or a smaller effective sample, have not converged."""

_CHAINS = probit.Chains()


@dataclass(frozen=True, slots=True)
class Question:
    """A concept that actors say yes or no to.

    Attributes:
        concept: what it is.
        yes, no: how many actors answer so.
        discrimination: how well it tells actors apart; above zero, those on the right say yes.
        discrimination_interval: highest posterior density interval.
        difficulty, difficulty_interval: how hard it is to say yes to for one in the middle.
    """

    concept: str
    yes: int
    no: int
    discrimination: float
    discrimination_interval: Interval
    difficulty: float
    difficulty_interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerScale:
    """Positions by item response, of mean 0 and standard deviation 1.

    Attributes:
        design: which statements count.
        least: how many statements an actor needs on concepts that tell actors apart.
        threshold: an actor whose share of statements for a concept is at most that says no to it,
            one whose share is at least 1 less that, yes; else there is no answer.
        positions: posterior means, in order, with highest posterior density intervals.
        questions: concepts, by their discrimination.
        answers: how many there are.
        poles: which way round the dimension is.
        apart: who says enough, though nothing that the others speak of; not scaled.
        chains: how the posterior was sampled.
        level: how much of the posterior an interval holds.
        r_hat: the largest of any position or question.
        effective_size: the smallest, in draws.
        told_apart: share of pairs of actors whose order the posterior is sure of.
        dimension: whether answers have more in common than chance would give, and how well
            positions are known.
    """

    design: Design
    least: int
    threshold: float
    positions: tuple[Position, ...]
    questions: tuple[Question, ...]
    answers: int
    poles: Poles
    apart: tuple[str, ...]
    chains: Chains
    level: float
    r_hat: float
    effective_size: float
    told_apart: float
    dimension: Dimension
    exact: bool = False

    @property
    def converged(self) -> bool:
        """Whether the chains agree, and hold draws enough for intervals."""
        return self.r_hat <= MOST_R_HAT and self.effective_size >= LEAST_SIZE

    @property
    def ranks(self) -> bool:
        """Whether actors may be put in order: the chains have converged to a dimension."""
        return self.converged and self.dimension.known


def answers_of(counts: Tensor, threshold: float = THRESHOLD) -> NDArray[np.float64]:
    """Give who says yes (1) and no (0) to which concept; NaN where there is no answer.

    Args:
        counts: by actor, concept and sense, of which there are two.
        threshold: up to which share of statements to the contrary does not matter, below 0.5; with
            0, who ever says both has no answer.

    Raises:
        UsageError: the qualifier has more senses, or the threshold makes no sense.
    """
    if not 0 <= threshold < 0.5:
        raise UsageError("--threshold is a share from 0 to less than 0.5.")
    if counts.qualifier is None or counts.qualifier.kind != "boolean":
        raise UsageError(
            "Item response needs answers of yes and no; take a qualifier that was coded so, or "
            "--method correspondence."
        )
    every = counts.counts.sum(axis=2)
    share = np.divide(counts.counts[:, :, 1], every, out=np.full_like(every, 0.5), where=every > 0)
    yes, no = share >= 1 - threshold, share <= threshold
    return np.where(yes, 1.0, np.where(no, 0.0, np.nan))


def answer_scale(
    table: Table,
    design: Design,
    *,
    least: int = LEAST,
    threshold: float = THRESHOLD,
    left: str = "",
    right: str = "",
    chains: Chains = _CHAINS,
    level: float = LEVEL,
) -> AnswerScale:
    """Scale actors by the one-dimensional two-parameter probit model.

    Concepts to which all say the same are left out, as they tell nobody apart; so are unanimous
    votes by Clinton, Jackman & Rivers (2004).

    Args:
        table: the statements.
        design: which of them count, and what the actors, concepts and senses are.
        least: how many statements an actor needs on the concepts that are left.
        threshold: as in :func:`answers_of`.
        left: who is on the side of the smaller values; those that differ most fix it,
            when left out.
        right: who is on the other.
        chains: how the posterior is sampled.
        level: how much of it an interval holds.

    Raises:
        UsageError: too few statements, or senses that are not yes and no.
        TooLarge: it would take too long.
    """
    given = said(table, design).counts
    answers = answers_of(given, threshold)
    answered = np.where(np.isnan(answers), 0.0, given.counts.sum(axis=2))

    def split(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        some = answers[rows]
        return cast("NDArray[np.bool_]", (some == 1).any(axis=0) & (some == 0).any(axis=0))

    inner = core(answered, least, split)
    kept = answers[np.ix_(inner.rows, inner.columns)]
    draws = probit.identified(probit.sampled(kept, chains))
    names = [str(given.rows[n]) for n in inner.rows.tolist()]
    ends, sign = poles(names, draws.positions.mean(axis=(0, 1)), left, right)
    draws = probit.Draws(draws.positions * sign, draws.difficulty, draws.discrimination * sign)
    every = np.concatenate([draws.positions, draws.difficulty, draws.discrimination], axis=2)
    statements = answered[np.ix_(inner.rows, inner.columns)].sum(axis=1)
    return AnswerScale(
        design=design,
        least=least,
        threshold=threshold,
        positions=_positions(names, statements, draws.positions, level),
        questions=_questions([str(given.columns[n]) for n in inner.columns], kept, draws, level),
        answers=int((~np.isnan(kept)).sum()),
        poles=ends,
        apart=tuple(str(given.rows[n]) for n in inner.apart.tolist()),
        chains=chains,
        level=level,
        r_hat=float(diagnostics.split_r_hat(every).max()),
        effective_size=float(diagnostics.effective_size(every).min()),
        told_apart=told_apart(_pooled(draws.positions), level),
        dimension=dimension(kept, _pooled(draws.positions), chains.seed),
    )


def _pooled(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    return draws.reshape(-1, draws.shape[2])


def _summary(draws: NDArray[np.float64], level: float) -> list[tuple[float, Interval]]:
    """Give the mean and the interval of each parameter."""
    pooled = _pooled(draws)
    low, high = diagnostics.densest(pooled, level).tolist()
    means = pooled.mean(axis=0).tolist()
    return [(m, Interval(a, b)) for m, a, b in zip(means, low, high, strict=True)]


def _positions(
    names: list[str], statements: NDArray[np.float64], draws: NDArray[np.float64], level: float
) -> tuple[Position, ...]:
    found = [
        Position(name, int(count), (mean,), (span,))
        for name, count, (mean, span) in zip(
            names, statements.tolist(), _summary(draws, level), strict=True
        )
    ]
    return tuple(sorted(found, key=lambda each: each.coordinates))


def _questions(
    names: list[str], answers: NDArray[np.float64], draws: Draws, level: float
) -> tuple[Question, ...]:
    yes, no = ((answers == value).sum(axis=0).tolist() for value in (1, 0))
    slopes = _summary(draws.discrimination, level)
    levels = _summary(draws.difficulty, level)
    found = [
        Question(name, one, other, *slope, *height)
        for name, one, other, slope, height in zip(names, yes, no, slopes, levels, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: each.discrimination))
