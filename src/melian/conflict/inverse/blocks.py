"""Rankings in bulk: all orders of a span of places, as arrays with one row for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations, product
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from melian.conflict.inverse.encoding import Profile
    from melian.conflict.inverse.verdicts import Verdicts, View

    Orders = NDArray[np.int64]
    Span = tuple[int, int]

_AT_ONCE = 9  # places permuted in one go: 362,880 rankings
_ROOM = 2**31  # bits of what is known of a block of rankings


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """One actor's ranking as it is.

    Attributes:
        groups: the numbers of the states in each place, best first.
        place: per state, its place from 0.
    """

    groups: tuple[tuple[int, ...], ...]
    place: NDArray[np.int64]

    @classmethod
    def of(cls, ranks: NDArray[np.int32]) -> Ranking:
        """Give the ranking that ranks, 1 to r without gaps, of all feasible states say."""
        places = int(ranks.max(initial=0))
        place = (places - ranks).astype(np.int64)
        groups = (np.flatnonzero(place == one) + 1 for one in range(places))
        return cls(tuple(tuple(map(int, group)) for group in groups), place)

    def ranks(self, orders: Orders) -> NDArray[np.int16]:
        """Give the ranks of the states when the places stand in other orders.

        Args:
            orders: the places, best first, shape (orders, places).

        Returns:
            Larger is better, shape (orders, states).
        """
        size = orders.shape[1]
        values = np.empty(orders.shape, dtype=np.int16)
        best_first = np.broadcast_to(np.arange(size, 0, -1, dtype=np.int16), orders.shape)
        np.put_along_axis(values, orders, best_first, axis=1)
        return values[:, self.place]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some rankings of one actor.

    Attributes:
        orders: its places, best first, shape (rankings, places).
        view: what they say.
        moved: how many of the places are moved in each, shape (rankings,).
    """

    orders: Orders
    view: View
    moved: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some rankings of all actors: many of one, and one of each other.

    Attributes:
        parts: per actor, its own.
        moved: how many places are moved, all actors together, shape (rankings,).
    """

    parts: tuple[Part, ...]
    moved: NDArray[np.int64]

    @property
    def views(self) -> tuple[View, ...]:
        """Per actor, what its rankings say."""
        return tuple(part.view for part in self.parts)

    def profile(self, number: int) -> Profile:
        """Give one order of places per actor."""
        rows = (part.orders[number % len(part.orders)] for part in self.parts)
        return tuple(tuple(map(int, row)) for row in rows)


def blocks(each: Sequence[Ranking], spans: Sequence[Span], verdicts: Verdicts) -> Iterator[Block]:
    """Give all rankings: those of the actor with the widest span in bulk, the others' one by one.

    Args:
        each: per actor, its ranking as it is.
        spans: per actor the places ranked anew, from 0 and without the last.
        verdicts: for which they are meant.
    """
    wide = max(range(len(spans)), key=lambda actor: spans[actor][1] - spans[actor][0])
    at_once = _AT_ONCE
    while at_once > 1 and factorial(at_once) * verdicts.size > _ROOM:
        at_once -= 1

    def parts(actor: int, at_once: int) -> Iterator[Part]:
        one = each[actor]
        for orders in _orders(len(one.groups), spans[actor], at_once):
            yield Part(orders, verdicts.view(actor, one.ranks(orders)), _moved(orders))

    singles = [[] if actor == wide else list(parts(actor, 1)) for actor in range(len(each))]
    for many in parts(wide, at_once):
        singles[wide] = [many]
        for chosen in product(*singles):
            yield Block(chosen, np.asarray(sum(part.moved for part in chosen)))


def _orders(size: int, span: Span, at_once: int) -> Iterator[Orders]:
    """Give all orders of a span of places, the last few of them in bulk."""
    first, last = span
    length = max(last - first, 1)
    first = min(first, size - length)
    bulk = _permutations(min(at_once, length))
    for head in permutations(range(length), length - bulk.shape[1]):
        tail = np.array([place for place in range(length) if place not in head], dtype=np.int64)
        orders = np.tile(np.arange(size, dtype=np.int64), (len(bulk), 1))
        orders[:, first : first + len(head)] = np.array(head, dtype=np.int64) + first
        orders[:, first + len(head) : first + length] = tail[bulk] + first
        yield orders


@lru_cache(maxsize=2)
def _permutations(size: int) -> NDArray[np.int8]:
    """Give all permutations of 0 to size - 1, shape (size!, size)."""
    found = np.zeros((1, 1), dtype=np.int8)
    for new in range(1, size):
        wider = np.full((new + 1, len(found), new + 1), new, dtype=np.int8)
        for place in range(new + 1):
            wider[place, :, :place] = found[:, :place]
            wider[place, :, place + 1 :] = found[:, place:]
        found = wider.reshape(-1, new + 1)
    return found


def _moved(orders: Orders) -> NDArray[np.int64]:
    """Count, per order, the places outside a longest increasing subsequence of it."""
    length = np.ones(orders.shape, dtype=np.int8 if orders.shape[1] < 2**7 else np.int16)
    for later in range(1, orders.shape[1]):
        before = orders[:, :later] < orders[:, later, np.newaxis]
        length[:, later] += np.where(before, length[:, :later], 0).max(axis=1)
    moved: NDArray[np.int64] = orders.shape[1] - length.max(axis=1).astype(np.int64)
    return moved
