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
    from melian.conflict.inverse.sheets import Order, Sheet

Touched = tuple[frozenset[int], ...]
"""Per actor, the statements that are moved or added."""


def grouped(
    actors: Sequence[str], sheets: Sequence[Sheet], profiles: Sequence[Profile], cost: int
) -> tuple[Change, ...]:
    """Give profiles of one cost as changes, those that stand for most first.

    Args:
        actors: their names.
        sheets: of each, in that order.
        profiles: one order per actor, each once.
        cost: of all of them.
    """
    if not cost:
        return ()
    told = {profile: tuple(_ways(profile, sheets)) for profile in profiles}
    found = []
    while told:
        count = Counter(way for ways in told.values() for way in ways)
        best = max(count, key=lambda way: (count[way], [sorted(-n for n in one) for one in way]))
        alike = [profile for profile, ways in told.items() if best in ways]
        found += [
            Change(MappingProxyType(_rearranged(actors, sheets, best, box)), cost)
            for box in _boxes(alike)
        ]
        told = {profile: ways for profile, ways in told.items() if best not in ways}
    return tuple(found)


def _ways(profile: Profile, sheets: Sequence[Sheet]) -> Iterator[Touched]:
    """Give the ways in which a profile can be told."""
    return product(
        *(
            [
                one | {number for number in order if number >= sheet.own}
                for one in moved(order, sheet.own)
            ]
            for order, sheet in zip(profile, sheets, strict=True)
        )
    )


def _boxes(profiles: Sequence[Profile]) -> list[tuple[tuple[Order, ...], ...]]:
    """Give profiles as products of what each actor may have: one, where they are a product."""
    each = [tuple(sorted(set(orders))) for orders in zip(*profiles, strict=True)]
    if prod(map(len, each)) == len(profiles):
        return [tuple(each)]
    return [tuple((order,) for order in profile) for profile in profiles]


def _rearranged(
    actors: Sequence[str],
    sheets: Sequence[Sheet],
    touched: Touched,
    box: Sequence[tuple[Order, ...]],
) -> dict[str, Rearranged]:
    return {
        actor: Rearranged(
            before=sheet.formulas[: sheet.own],
            steps=tuple(_steps(sheet, each, orders)),
            orders=tuple(tuple(sheet.formulas[n] for n in order) for order in orders),
        )
        for actor, sheet, each, orders in zip(actors, sheets, touched, box, strict=True)
        if each
    }


def _steps(sheet: Sheet, touched: Iterable[int], orders: Sequence[Order]) -> Iterator[Step]:
    first = orders[0]
    for number in sorted(touched, key=first.index):
        others = [n for n in first if n != number]
        alike = [order for order in orders if [n for n in order if n != number] == others]
        places = tuple(sorted(order.index(number) for order in alike))
        yield Step(sheet.formulas[number], number >= sheet.own, places)
