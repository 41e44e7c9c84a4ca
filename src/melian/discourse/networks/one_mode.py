"""One-mode networks: how much two actors agree or disagree, over what both speak of.

Two actors are congruent on a concept as far as they say alike of it, and in conflict as far as they
do not: each pair of their statements counts with the similarity of its two levels, or with what it
lacks to one (Leifeld 2017). A text has no distance to another, so that two levels are alike or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.statements.table import Variable

Aggregation = Literal["congruence", "conflict", "subtract", "ignore"]
AGGREGATIONS: tuple[Aggregation, ...] = get_args(Aggregation)

Normalization = Literal["none", "average", "jaccard", "cosine"]
NORMALIZATIONS: tuple[Normalization, ...] = get_args(Normalization)


def one_mode(
    counted: Tensor, aggregation: Aggregation, normalization: Normalization = "none"
) -> NDArray[np.float64]:
    """Give the network of the rows among themselves.

    Args:
        counted: the statements, counted.
        aggregation: congruence, conflict, congruence less conflict, or, where the qualifier is
            ignored, in how many pairs of statements both speak of the same.
        normalization: ``average`` divides by the mean number of statements of both; ``jaccard``
            counts what both ever say, of all that either says, however often; ``cosine``
            divides by the lengths of both actors' vectors of counts.

    Returns:
        A symmetric matrix with nothing on its diagonal.
    """
    found = with_selves(counted, aggregation, normalization)
    np.fill_diagonal(found, 0)
    return found


def with_selves(
    counted: Tensor, aggregation: Aggregation, normalization: Normalization = "none"
) -> NDArray[np.float64]:
    """Give the same, with what each row has in common with itself on the diagonal."""
    given = counted.counts
    if aggregation == "ignore":
        given = given.sum(axis=2, keepdims=True)
    if normalization == "jaccard":
        given = (given > 0).astype(np.float64)
    found = pairs(given, weights_of(counted.qualifier, aggregation))
    return divided(found, shares_of(given, counted.each, normalization))


def tied(
    given: NDArray[np.float64],
    weights: NDArray[np.float64] | None,
    each: NDArray[np.float64],
    normalization: Normalization,
) -> NDArray[np.float64]:
    """Give the network of rows of which it is known what they say of each column at each level.

    Args:
        given: how much they say, of shape (rows, columns, levels).
        weights: what a pair of statements counts for, by their levels.
        each: how much each says in all, by which an average is taken.
        normalization: what ties are divided by.
    """
    found = divided(pairs(given, weights), shares_of(given, each, normalization))
    np.fill_diagonal(found, 0)
    return found


def weights_of(qualifier: Variable | None, aggregation: Aggregation) -> NDArray[np.float64] | None:
    """Give what a pair of statements counts for, by their levels; None where only like ones do."""
    if aggregation == "ignore" or qualifier is None:
        return None
    similarity = qualifier.similarity
    if aggregation == "congruence":
        return similarity
    return 1 - similarity if aggregation == "conflict" else 2 * similarity - 1


def pairs(counts: NDArray[np.float64], weights: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Sum the pairs of two rows' statements on the same column, each with its weight."""
    shape = (counts.shape[0], counts.shape[1] * counts.shape[2])
    flat = counts.reshape(shape)
    other = flat if weights is None else (counts @ weights.T).reshape(shape)
    return np.asarray(other @ flat.T)


def shares_of(
    counts: NDArray[np.float64], each: NDArray[np.float64], normalization: Normalization
) -> NDArray[np.float64] | None:
    """Give what the ties of each two rows are divided by; None where by nothing."""
    if normalization == "none":
        return None
    if normalization == "average":
        return np.asarray((each[:, None] + each) / 2)
    own = np.square(counts).sum(axis=(1, 2))
    if normalization == "cosine":
        return np.asarray(np.sqrt(own[:, None] * own))
    return np.asarray(own[:, None] + own - pairs(counts, None))


def divided(found: NDArray[np.float64], by: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Divide, and give 0 where there is nothing to divide by."""
    if by is None:
        return found
    return np.divide(found, by, out=np.zeros_like(found), where=by != 0)
