"""Who links those that are not tied: how many shortest ways lead through them, and in what role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.discourse.coalitions.grouping import count_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from melian.discourse.coalitions.basis import Basis
    from melian.discourse.coalitions.grouping import Labels
    from melian.discourse.statements.table import Value

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Roles:
    """Between how many pairs an actor stands that are not tied to each other, by their groups.

    The roles of Gould and Fernandez ("Structures of mediation", Sociological Methodology 19, 1989,
    89), of ties without a direction: so a gatekeeper and a representative are one.

    Attributes:
        coordinator: all three are of one group.
        itinerant: the two are of one group, and the broker of another.
        gatekeeper: one of the two is of the broker's group, and the other is not.
        liaison: all three are of different groups.
    """

    coordinator: int
    itinerant: int
    gatekeeper: int
    liaison: int

    @property
    def between(self) -> int:
        """How many pairs of different groups the broker stands between."""
        return self.gatekeeper + self.liaison


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor as a link between others.

    Attributes:
        actor: who.
        group: the number of its group, from 0.
        betweenness: the share of the shortest ways between all pairs of others that lead through
            it, where a tie is the shorter the stronger it is (1 / tie).
        participation: how evenly its ties spread over groups, from 0, all in one, up to 1
            (Guimerà & Amaral, Nature 433, 2005, 895).
        roles: between whom it stands.
    """

    actor: Value
    group: int
    betweenness: float
    participation: float
    roles: Roles


def brokers(basis: Basis, labels: Labels) -> tuple[Broker, ...]:
    """Give all actors as links between others, those on most shortest ways first."""
    passed, spread = betweenness(basis.weights), participation(basis.weights, labels)
    taken = roles(basis.weights > 0, labels)
    found = [
        Broker(actor, int(labels[n]), float(passed[n]), float(spread[n]), taken[n])
        for n, actor in enumerate(basis.actors)
    ]
    return tuple(sorted(found, key=lambda b: (-round(b.betweenness, 12), -b.roles.between)))


def betweenness(ties: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the share of the shortest ways between others that lead through each.

    Freeman, Sociometry 40, 1977, 35; of a tie's weight, its inverse is its length. Of several
    ways that are as short, each counts for its part.
    """
    from scipy.sparse.csgraph import shortest_path

    found = np.zeros(len(ties))
    if len(ties) < 3:
        return found
    lengths = np.divide(1, ties, out=np.full_like(ties, np.inf), where=ties > 0)
    apart = shortest_path(np.where(ties > 0, lengths, 0), directed=False)
    for source in range(len(ties)):
        found += _passed(lengths, apart[source])
    return found / ((len(ties) - 1) * (len(ties) - 2))  # both directions were counted


def _passed(lengths: NDArray[np.float64], apart: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give how many shortest ways from one actor to others lead through each.

    Brandes's accumulation ("A faster algorithm for betweenness centrality", Journal of
    Mathematical Sociology 25, 2001, 163). In the order of their distance, how many ways lead to
    each, and then what each passes on, are the solutions of two triangular systems.
    """
    from scipy.linalg import solve_triangular

    order = np.argsort(apart, kind="stable")[: np.isfinite(apart).sum()]
    reached, steps = apart[order], lengths[np.ix_(order, order)]
    gap = np.abs(reached[:, None] + steps - reached)
    on = np.triu(gap <= _ROUNDING * np.maximum(reached, 1), 1).astype(np.float64)
    first = np.zeros(len(order))
    first[0] = 1
    ways = solve_triangular(-on.T, first, lower=True, unit_diagonal=True)
    shares = solve_triangular(-on, 1 / ways, unit_diagonal=True)
    found = np.zeros(len(apart))
    found[order[1:]] = (ways * shares - 1)[1:]
    return found


def participation(ties: NDArray[np.float64], labels: Labels) -> NDArray[np.float64]:
    """Give 1 less the sum of the squared shares of each one's ties that go into each group."""
    into = np.zeros((len(labels), count_of(labels)))
    into[np.arange(len(labels)), labels] = 1
    each = ties.sum(axis=1, keepdims=True)
    shares = np.divide(ties @ into, each, out=np.zeros_like(into), where=each > 0)
    return np.where(each[:, 0] > 0, 1 - np.square(shares).sum(axis=1), 0.0)


def roles(tied: NDArray[np.bool_], labels: Labels) -> list[Roles]:
    """Count between which pairs each stands, who are tied to it and not to each other."""
    return [_roles(tied, labels, broker) for broker in range(len(labels))]


def _roles(tied: NDArray[np.bool_], labels: Labels, broker: int) -> Roles:
    around = np.flatnonzero(tied[broker])
    apart = np.triu(~tied[np.ix_(around, around)], 1)
    groups = labels[around]
    own, same = groups == labels[broker], groups[:, None] == groups
    one, both, none = own[:, None] ^ own, own[:, None] & own, ~(own[:, None] | own)
    return Roles(
        coordinator=int((apart & both).sum()),
        itinerant=int((apart & none & same).sum()),
        gatekeeper=int((apart & one).sum()),
        liaison=int((apart & none & ~same).sum()),
    )
