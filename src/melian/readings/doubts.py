"""What is uncertain about an actor's preferences, as sides it may come down on.

A preference that is held with a probability, or perhaps, is a fork of two sides; preferences in
any order are a fork with a side for each order. So they are of a kind with contradictions, and
shares, conditions and combinations need not know the difference.

Weights are whole numbers: of a preference held with probability a/b, a and b - a. Where nobody
knows whether a preference is held, or which comes first, all sides weigh alike; that is a
convention (Laplace's principle of indifference) and no finding.
"""

from __future__ import annotations

from itertools import combinations, groupby, permutations
from typing import TYPE_CHECKING

from melian.readings.choices import Choice, Side
from melian.readings.marks import Above, Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from melian.case.model import Preference

Places = tuple[int, ...]


def doubts(actor: str, preferences: Sequence[Preference]) -> tuple[Choice, ...]:
    """Give the forks in an actor's preferences: those it may not hold, then those in any order."""
    marks = _marks(preferences)
    forks = [
        *(_held(mark) for mark in marks if mark.preference.chance < 1),
        *(_orders(group) for group in _groups(marks)),
    ]
    return tuple(Choice(actor, None, sides) for sides in forks)


def _marks(preferences: Sequence[Preference]) -> tuple[Held, ...]:
    return tuple(
        Held(preference, preferences[:place].count(preference), place)
        for place, preference in enumerate(preferences)
    )


def _held(mark: Held) -> tuple[Side, ...]:
    chance, this = mark.preference.chance, frozenset({mark})
    sides = (
        Side(this, frozenset(), chance.numerator),
        Side(frozenset(), this, chance.denominator - chance.numerator),
    )
    return tuple(side for side in sides if side.weight)


def _groups(marks: Sequence[Held]) -> Iterator[tuple[Held, ...]]:
    for number, members in groupby(marks, key=lambda mark: mark.preference.group):
        group = tuple(members)
        if number and len(group) > 1:
            yield group


def _orders(group: tuple[Held, ...]) -> tuple[Side, ...]:
    pairs = frozenset(Above(*pair) for pair in combinations(group, 2))
    sides = []
    for order in permutations(group):
        kept = pairs.intersection(Above(*pair) for pair in combinations(order, 2))
        sides.append(Side(kept, pairs - kept, 1))
    return tuple(sides)


def order_of(side: Side) -> tuple[Held, ...]:
    """Give the preferences whose order a side settles, first to last; () for other sides."""
    below: dict[Held, int] = {}
    for marks, kept in ((side.keeps, True), (side.drops, False)):
        for mark in marks:
            if isinstance(mark, Above):
                first, second = (mark.upper, mark.lower) if kept else (mark.lower, mark.upper)
                below[first] = below.get(first, 0) + 1
                below.setdefault(second, 0)
    return tuple(sorted(below, key=lambda mark: -below[mark]))


def arranged(count: int, sides: Iterable[Side]) -> Places:
    """Give the places of an actor's preferences in order, without those its sides drop.

    Args:
        count: how many preferences the actor has.
        sides: taken in the forks of its preferences; those of contradictions change nothing.
    """
    places, dropped = list(range(count)), set[int]()
    for side in sides:
        dropped.update(mark.place for mark in side.drops if isinstance(mark, Held))
        order = [mark.place for mark in order_of(side)]
        for slot, place in zip(sorted(order), order, strict=True):
            places[slot] = place
    return tuple(place for place in places if place not in dropped)
