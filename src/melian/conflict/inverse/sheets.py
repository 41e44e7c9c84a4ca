"""Preference lists as something to rearrange: statements, where they are true, orders, ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.model import frozen
from melian.conflict.preferences import evaluate, rank
from melian.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.conflict.model import Graph

Order = tuple[int, ...]
"""Statements of a sheet by number, most important first; those that are left out are not held."""

MOST_STATEMENTS = 100
"""How many one actor may have and be offered: their order is told by pairs of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The statements of one actor: those of its list, and those that might be added to it.

    Attributes:
        formulas: its own, most important first, and then those on offer.
        own: how many are its own.
        truth: where each is true, shape (statements, 2^k).
        marks: per state the statements true in it as bits, shape (2^k, bytes); a byte at least.
        free: whether its list may change.
    """

    formulas: tuple[Formula, ...]
    own: int
    truth: NDArray[np.bool_]
    marks: NDArray[np.uint8]
    free: bool = True

    @property
    def start(self) -> Order:
        """The list as it is."""
        return tuple(range(self.own))

    def ranks(self, order: Order, feasible: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Give the ranks (2^k,) that an order induces."""
        return rank((self.truth[number] for number in order), feasible)

    def decided(self, order: Order, first: Iterable[int], second: Iterable[int]) -> bool | None:
        """Tell whether a state is better than another; None for a tie.

        Args:
            order: that is decided by.
            first: statements that only the first state meets.
            second: statements that only the second meets.
        """
        ours, theirs = frozenset(first), frozenset(second)
        telling = (number for number in order if number in ours or number in theirs)
        found = next(telling, None)
        return None if found is None else found in ours


def sheet(
    graph: Graph, own: Sequence[Formula], offered: Iterable[Formula] = (), *, free: bool = True
) -> Sheet:
    """Give an actor's statements, without what it would make no sense to offer.

    A statement that is true in the same feasible states as one before it says nothing new: where
    its own list has one, to move that one costs the same. One that is true in all of them, or in
    none, tells no states apart.

    Args:
        graph: whose states they are about.
        own: its list, most important first.
        offered: statements that might be added.
        free: whether its list may change.

    Raises:
        UsageError: a statement names something that is no option.
        TooLarge: there are more than :data:`MOST_STATEMENTS`.
    """
    formulas = list(own)
    truth = [evaluate(formula, graph.options) for formula in own]
    seen = {met[graph.feasible].tobytes() for met in truth}
    for formula in offered if free else ():
        met = evaluate(formula, graph.options)
        here = met[graph.feasible]
        if here.any() and not here.all() and here.tobytes() not in seen:
            seen.add(here.tobytes())
            formulas.append(formula)
            truth.append(met)
    if free and len(formulas) > MOST_STATEMENTS:
        raise TooLarge(
            f"One actor has {len(formulas)} preference statements to arrange; at most "
            f"{MOST_STATEMENTS} are. Offer fewer additions, or let fewer actors change with "
            "--actor."
        )
    table = np.array(truth, dtype=np.bool_).reshape(len(formulas), len(graph.feasible))
    bits = np.packbits(table, axis=0) if formulas else np.zeros((1, table.shape[1]), np.uint8)
    return Sheet(
        formulas=tuple(formulas),
        own=len(own),
        truth=frozen(table, np.bool_),
        marks=frozen(bits.T, np.uint8),
        free=free,
    )


def moved(order: Order, own: int) -> tuple[frozenset[int], ...]:
    """Give the smallest sets of statements that were taken out of a list and put in elsewhere.

    What stays is a longest increasing subsequence; there may be several.

    Args:
        order: the list as it has become; numbers from ``own`` on were added, and are passed over.
        own: how long the list was.

    >>> moved((0, 2, 1), 3)
    (frozenset({1}), frozenset({2}))
    """
    kept = [number for number in order if number < own]
    ways: list[tuple[int, list[frozenset[int]]]] = []
    for place, number in enumerate(kept):
        before = [ways[p] for p in range(place) if kept[p] < number]
        length = max((size for size, _ in before), default=0)
        stems = [s for size, sets in before if size == length for s in sets] or [frozenset[int]()]
        ways.append((length + 1, [stem | {number} for stem in stems][:_SETS]))
    longest = max((size for size, _ in ways), default=0)
    every = frozenset(range(own))
    found = {every - stays for size, sets in ways if size == longest for stays in sets}
    return tuple(sorted(found, key=sorted)) or (frozenset(),)


_SETS = 64  # of statements that stay, in which a change may be told
