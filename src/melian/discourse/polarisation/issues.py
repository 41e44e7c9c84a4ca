"""On what two camps differ: how much each concept adds to polarisation, and who says what of it.

Ties are sums over concepts, and so is polarisation by opposition, of camps that are given: each
concept adds what clash on it between the camps outweighs agreement, twice, as a share of all ties.
What camps agree on takes away. The camps were made from the same statements, so that no test of
chance applies to a concept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from melian.discourse.networks.one_mode import shares_of, weights_of, with_selves
from melian.discourse.polarisation.camps import among
from melian.discourse.polarisation.measuring import senses
from melian.discourse.ties import counts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.networks.one_mode import Normalization
    from melian.discourse.networks.tensor import Tensor
    from melian.discourse.polarisation.camps import Camp, Camps
    from melian.discourse.statements.table import Table, Value

LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Voices:
    """What a camp says of a concept.

    Attributes:
        affirm, deny: how many of its actors are for it, and against it, by most of what they say.
        affirming, denying: the statements, by their ids.
    """

    affirm: int
    deny: int
    affirming: tuple[str, ...]
    denying: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A concept on which two camps differ.

    Attributes:
        concept: which.
        adds: how much it adds to polarisation by opposition; over all concepts, those on which the
            camps agree among them, this sums to the whole.
        a, b: what either camp says of it.
    """

    concept: Value
    adds: float
    a: Voices
    b: Voices


def issues(table: Table, found: Camps, rows: NDArray[np.intp] | None = None) -> tuple[Issue, ...]:
    """Give the concepts on which camps differ, what adds most to polarisation first.

    Args:
        table: the statements.
        found: the camps.
        rows: of the statements from which they were made; all that are eligible, when left out.
    """
    counts, kept = counts_of(table, found.design, rows, everyone=True)
    some = among(counts, found.places)
    each = added(some, found)
    order = np.argsort(-each, kind="stable")
    return tuple(
        Issue(
            some.columns[place],
            float(each[place]),
            _voices(table, found, kept, "A", some.columns[place]),
            _voices(table, found, kept, "B", some.columns[place]),
        )
        for place in order.tolist()
        if each[place] > LEAST
    )


def added(some: Tensor, found: Camps) -> NDArray[np.float64]:
    """Give how much each column adds to the polarisation of camps, by opposition.

    Args:
        some: the statements of the actors of the camps.
        found: the camps.
    """
    share = cast("Normalization", found.design.normalization)
    ties = [with_selves(some, way, share) for way in ("congruence", "conflict")]
    total = float(sum(each.sum() for each in ties))
    apart = np.where(found.sides[:, None] != found.sides, -2.0, 0.0)
    by = shares_of(some.counts, some.each, share)
    if by is not None:
        apart = np.divide(apart, by, out=np.zeros_like(apart), where=by != 0)
    weights = weights_of(some.qualifier, "subtract")
    near = some.counts if weights is None else some.counts @ weights.T
    other = np.tensordot(apart, near, axes=(1, 0))
    return np.asarray(np.einsum("ajk,ajk->j", some.counts, other)) / (total or 1.0)


def _voices(
    table: Table, found: Camps, kept: NDArray[np.intp], camp: Camp, concept: Value
) -> Voices:
    """Give what the members of a camp say of a concept."""
    design = found.design
    who, what, sense = (table.variable(v) for v in (design.rows, design.columns, design.qualifier))
    members = {each.actor for each in found.of(camp)}
    own = [code for code, actor in enumerate(who.levels) if actor in members]
    rows = kept[(what.codes[kept] == what.levels.index(concept)) & np.isin(who.codes[kept], own)]
    signs = np.sign(senses(sense))[sense.codes[rows]]
    balance = np.bincount(who.codes[rows], signs, minlength=1)
    affirming, denying = (
        tuple(dict.fromkeys(table.ids[row] for row in rows[signs == sign].tolist()))
        for sign in (1, -1)
    )
    return Voices(int((balance > 0).sum()), int((balance < 0).sum()), affirming, denying)
