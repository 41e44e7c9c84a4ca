"""Profiles of lists told as changes: those in which the same statements move, together.

To put one statement above its neighbour and to put the neighbour below it are one and the same, so
that a list may be told in several ways. The way that tells most lists at once is taken first.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice, product
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.conflict.inverse.result import Change, Rearranged, Step
from melian.conflict.inverse.sheets import moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from melian.conflict.inverse.encoding import Profile
    from melian.conflict.inverse.sheets import Order

Box = tuple[tuple["Order", ...], ...]
"""Per actor, the orders that it may have."""

Touched = tuple[frozenset[int], ...]
"""Per actor, the statements that are moved or added."""


def grouped(
    actors: Sequence[str], sizes: Sequence[int], profiles: Iterable[Profile]
) -> tuple[Change, ...]:
    """Give profiles as changes, those that stand for most first; none for one without a change.

    Args:
        actors: their names.
        sizes: per actor how long its list was; what is numbered higher was added.
        profiles: one order per actor, each once.
    """
    told = {profile: tuple(_ways(profile, sizes)) for profile in profiles}
    found = []
    while told:
        count = Counter(way for ways in told.values() for way in ways)
        best = max(count, key=lambda way: (count[way], [sorted(-n for n in one) for one in way]))
        alike = [profile for profile, ways in told.items() if best in ways]
        cost = sum(map(len, best))
        if cost:
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


def _boxes(profiles: Iterable[Profile]) -> list[Box]:
    """Give profiles as few products of what each actor may have, in the order of the profiles.

    Actor by actor, what is alike but for that actor is joined.
    """
    boxes: list[Box] = [tuple((order,) for order in profile) for profile in profiles]
    for axis in range(len(boxes[0])):
        joined: dict[tuple[Box, Box], list[Order]] = {}
        for box in boxes:
            joined.setdefault((box[:axis], box[axis + 1 :]), []).extend(box[axis])
        boxes = [
            (*before, tuple(sorted(orders)), *after) for (before, after), orders in joined.items()
        ]
    return boxes


def _rearranged(
    actors: Sequence[str], sizes: Sequence[int], touched: Touched, box: Box
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


def together(parts: Iterable[Sequence[Change]], limit: int) -> tuple[Change, ...]:
    """Give changes of several actors, which do not depend on one another, as changes of them all.

    Args:
        parts: per part of the actors, the changes that do.
        limit: how many to give.
    """
    return tuple(
        Change(
            MappingProxyType(dict(chain.from_iterable(c.actors.items() for c in chosen))),
            sum(change.cost for change in chosen),
        )
        for chosen in islice(product(*parts), limit)
    )
