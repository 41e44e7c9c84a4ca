"""Two versions of a case, laid side by side: which profiles there are before and after.

A combination of sides of one version stands beside every combination of the other in which what is
open in both is the same: beside each as likely as that one is among them. A fork that is there in
one version only is a fork all the same, and comes down on either side whatever the others do.

It is worked out by the ways in which parties rank the states, party by party, so that what it takes
is a matter of the profiles rather than of the combinations.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from math import lcm, prod
from typing import TYPE_CHECKING

import numpy as np

from melian.problems import TooLarge
from melian.readings.marks import Above, Held

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.readings.choices import Choice, Side
    from melian.readings.levers.parties import Party
    from melian.readings.marks import Mark

    Numbers = NDArray[np.int64]
    _Table = Mapping[int, Mapping[int, int]]

MOST = 2**21
"""How many pairs of profiles are laid side by side."""

NONE = -1
"""Stands for a profile where no combination of the other version is the same in what is open."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The ways of one actor, or of several, in two versions.

    Attributes:
        here, there: per pair and actor, its way in each version, :data:`NONE` where there is none,
            shape (pairs, actors).
        weights: how much each pair counts, as whole numbers of any size, shape (pairs,).
    """

    here: Numbers
    there: Numbers
    weights: NDArray[np.object_]


def beside(parties: Sequence[tuple[Party, Party]]) -> Pairs:
    """Give the ways that stand side by side in two versions of a case.

    Args:
        parties: each actor in the version whose combinations are counted, and in the other.

    Raises:
        TooLarge: there are more than :data:`MOST` pairs.
    """
    each = [_alone(here, there) for here, there in parties]
    _guard(prod(len(one.weights) for one in each))
    return reduce(_joint, each)


def _joint(one: Pairs, other: Pairs) -> Pairs:
    first = np.repeat(np.arange(len(one.weights)), len(other.weights))
    second = np.tile(np.arange(len(other.weights)), len(one.weights))
    return Pairs(
        np.hstack([one.here[first], other.here[second]]),
        np.hstack([one.there[first], other.there[second]]),
        one.weights[first] * other.weights[second],
    )


def _alone(here: Party, there: Party) -> Pairs:
    names = _names(here.choices), _names(there.choices)
    shared = _open(here.choices, names[0]) & _open(there.choices, names[1])
    bits = {name: 1 << place for place, name in enumerate(shared)}
    found = _laid(_table(here, names[0], bits), _table(there, names[1], bits))
    ways = np.array(list(found), dtype=np.int64)
    return Pairs(ways[:, :1], ways[:, 1:], np.array(list(found.values()), dtype=np.object_))


def _laid(here: _Table, there: _Table) -> Mapping[tuple[int, int], int]:
    """Give the weight of each pair of ways; those of one key stand beside each other."""
    _guard(sum(len(ways) * len(there.get(key, ())) for key, ways in here.items()))
    totals = {key: sum(ways.values()) for key, ways in there.items()}
    scale = lcm(*{totals[key] for key in here if key in totals})
    found: dict[tuple[int, int], int] = defaultdict(int)
    for key, ways in here.items():
        times = scale // totals.get(key, 1)
        for way, weight in ways.items():
            for other, part in there.get(key, {NONE: 1}).items():
                found[way, other] += weight * part * times
    return found


def _guard(pairs: int) -> None:
    if pairs > MOST:
        raise TooLarge(
            f"Levers change so much of what is open that {pairs:,} pairs of profiles would have to "
            f"be compared; at most {MOST:,} are."
        )


def _table(party: Party, names: Mapping[Mark, Hashable], bits: Mapping[Hashable, int]) -> _Table:
    """Give the weight of each way among the combinations that keep the same of what is shared."""

    def kept(side: Side) -> int:
        return sum(bits.get(names[mark], 0) for mark in side.keeps)

    keys = _outer(np.add, 0, ([kept(side) for side in c.sides] for c in party.choices))
    weights = _outer(np.multiply, 1, ([side.weight for side in c.sides] for c in party.choices))
    table: dict[int, dict[int, int]] = defaultdict(dict)
    for key, way, weight in zip(keys, party.which.tolist(), weights, strict=True):
        of = table[key]
        of[way] = of.get(way, 0) + weight
    return table


def _outer(join: np.ufunc, begun: int, parts: Iterable[Sequence[int]]) -> list[int]:
    """Give what sides come to together, per combination, with the last choice as the fastest."""
    found = np.array([begun], dtype=np.object_)
    for part in parts:
        found = join.outer(found, np.array(part, dtype=np.object_)).ravel()
    return list(found)


def _open(choices: Iterable[Choice], names: Mapping[Mark, Hashable]) -> set[Hashable]:
    """Give what is so on some sides and not on others."""
    kept = [[side.keeps for side in choice.sides] for choice in choices]
    return {
        names[mark]
        for each in kept
        for mark in frozenset.union(*each) - frozenset.intersection(*each)
    }


def _names(choices: Iterable[Choice]) -> dict[Mark, Hashable]:
    """Give each mark of an actor's forks a name that it keeps when levers are pulled.

    A preference is named by what is preferred: it stays the same wherever a lever puts it in the
    list and whatever reasons it then has. Of several for the same, each is told by its place
    among them.
    """
    marks = {mark for choice in choices for mark in choice.marks}
    seen: dict[Formula, list[Held]] = defaultdict(list)
    for held in sorted({part for mark in marks for part in _parts(mark)}, key=lambda h: h.place):
        seen[held.preference.prefer].append(held)
    known = {held: (prefer, nth) for prefer, each in seen.items() for nth, held in enumerate(each)}
    return {
        mark: mark if isinstance(mark, str) else tuple(known[part] for part in _parts(mark))
        for mark in marks
    }


def _parts(mark: Mark) -> tuple[Held, ...]:
    match mark:
        case Held():
            return (mark,)
        case Above(upper, lower):
            return upper, lower
    return ()
