"""Profiles of lists told as changes: those in which the same statements move, together.

To put one statement above its neighbour and to put the neighbour below it are one and the same, so
that a list may be told in several ways. The way that tells most lists at once is taken first.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.conflict.inverse.result import Change, Rearranged, Step
from melian.conflict.inverse.sheets import moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from melian.conflict.inverse.encoding import Profile
    from melian.conflict.inverse.sheets import Order

Touched = tuple[frozenset[int], ...]
"""Per actor, the statements that are moved or added."""


def grouped(
    actors: Sequence[str], sizes: Sequence[int], profiles: Sequence[Profile], cost: int
) -> tuple[Change, ...]:
    """Give profiles of one cost as changes, those that stand for most first.

    Args:
        actors: their names.
        sizes: per actor how long its list was; what is numbered higher was added.
        profiles: one order per actor, each once.
        cost: of all of them.
    """
    if not cost:
        return ()
    told = {profile: tuple(_ways(profile, sizes)) for profile in profiles}
    found = []
    while told:
        count = Counter(way for ways in told.values() for way in ways)
        best = max(count, key=lambda way: (count[way], [sorted(-n for n in one) for one in way]))
        alike = [profile for profile, ways in told.items() if best in ways]
        found += [
            Change(MappingProxyType(_rearranged(actors, sizes, best, box)), cost)
            for box in _boxes(alike)
        ]
        told = {profile: ways for profile, ways in told.items() if best not in ways}
    return tuple(found)


def _ways(profile: Profile, sizes: Sequence[int]) -> Iterator[Touched]:
    """Give the ways in which a profile can be told."""
    each = []
    for order, own in zip(profile, sizes, strict=True):
        added = frozenset(item for item in order if item >= own)
        each.append([one | added for one in moved(order, own)])
    return product(*each)


def _boxes(profiles: Sequence[Profile]) -> list[tuple[tuple[Order, ...], ...]]:
    """Give profiles as products of what each actor may have: one, where they are a product."""
    each = [tuple(sorted(set(orders))) for orders in zip(*profiles, strict=True)]
    if prod(map(len, each)) == len(profiles):
        return [tuple(each)]
    return [tuple((order,) for order in profile) for profile in profiles]


def _rearranged(
    actors: Sequence[str],
    sizes: Sequence[int],
    touched: Touched,
    box: Sequence[tuple[Order, ...]],
) -> dict[str, Rearranged]:
    return {
        actor: Rearranged(own, tuple(_steps(each, orders)), orders)
        for actor, own, each, orders in zip(actors, sizes, touched, box, strict=True)
        if each
    }


def _steps(touched: Iterable[int], orders: Sequence[Order]) -> Iterator[Step]:
    first = orders[0]
    for item in sorted(touched, key=first.index):
        others = [other for other in first if other != item]
        alike = [order for order in orders if [o for o in order if o != item] == others]
        yield Step(item, tuple(sorted(order.index(item) for order in alike)))
