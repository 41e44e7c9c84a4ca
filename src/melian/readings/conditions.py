"""What something hangs on: the shortest conditions on the readings under which it holds.

The combinations of readings in which something holds are a Boolean function of the sides taken.
Its prime implicants (Quine 1952) are the conditions that suffice and of which no part does; here
combinations that cannot occur are "don't cares", so conditions come out as short as they can.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, reduce
from heapq import heapify, heappop, heappush
from itertools import islice
from operator import and_
from typing import TYPE_CHECKING

import numpy as np

from melian.readings.choices import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.readings.choices import Choice, Side
    from melian.readings.marks import Mark

LONGEST = 6
"""Conditions of up to this length are all looked for."""

MOST = 50_000
"""How many conditions of one length are looked at before the search stops."""

_BITS = 2**27  # of the sets of combinations in which those are met
_KEPT = 4096  # answers kept: many outcomes hold in the same combinations


@dataclass(frozen=True, slots=True)
class Condition:
    """A party keeps, or drops, one of its commitments; or its preferences are, or are not, so.

    Attributes:
        actor: the party.
        mark: what is so or not: the id of a commitment, a preference held, one above another.
        kept: whether it is so.
        choice: index of the choice it is part of.
    """

    actor: str
    mark: Mark
    kept: bool
    choice: int


Conditions = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class HangsOn:
    """When something holds.

    Attributes:
        primes: conditions that suffice and of which no part does, shortest first; ``((),)`` when
            it always holds, ``()`` when it never does.
        cover: few of them (chosen greedily) that together say exactly when it holds; this is so
            whether or not the search for primes was cut short.
        complete: whether ``primes`` are all there are. When not, the search stopped at
            :data:`LONGEST` or :data:`MOST`, and a shorter cover may exist.
    """

    primes: tuple[Conditions, ...]
    cover: tuple[Conditions, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """Every single condition, with the combinations in which it is met.

    Sets of combinations are whole numbers: bit i stands for combination i.

    Attributes:
        conditions: conditions that are met in different combinations; "keeps" before "drops".
        met: per condition, the combinations in which it is met.
        all: every combination.
    """

    conditions: tuple[Condition, ...]
    met: tuple[int, ...]
    all: int


def terms(choices: Sequence[Choice], combos: Sequence[tuple[Side, ...]]) -> Terms:
    """Give all single conditions on these choices, over the given combinations."""
    every = (1 << len(combos)) - 1
    taken = places(choices, combos)
    found: dict[int, Condition] = {}
    for condition in _single(choices):
        sides = choices[condition.choice].sides
        meets = np.array([(condition.mark in side.keeps) == condition.kept for side in sides])
        met = _bits(meets[taken[:, condition.choice]])
        if met not in (0, every):
            found.setdefault(met, condition)
    return Terms(tuple(found.values()), tuple(found), every)


def _bits(flags: NDArray[np.bool_]) -> int:
    packed = np.packbits(flags, bitorder="little")
    return int.from_bytes(packed.tobytes(), "little")


def _single(choices: Sequence[Choice]) -> Iterator[Condition]:
    for kept in (True, False):
        for index, choice in enumerate(choices):
            for mark in choice.marks:
                yield Condition(choice.actor, mark, kept, index)


def hangs_on(target: NDArray[np.bool_], among: Terms) -> HangsOn:
    """Give the prime implicants of a set of combinations, and few of them that make it up.

    Args:
        target: boolean, one entry per combination.
        among: the single conditions, from :func:`terms`: they tell all combinations apart.
    """
    return _hangs_on(_bits(target), among)


@lru_cache(_KEPT)
def _hangs_on(aim: int, among: Terms) -> HangsOn:
    if aim in (0, among.all):
        always = ((),) if aim else ()
        return HangsOn(always, always)
    found, complete = _search(aim, among)
    primes = {**found, **_expanded(aim, found, among)}
    ordered = sorted(primes, key=lambda prime: (prime.bit_count(), _indices(prime)))
    words = {p: tuple(among.conditions[i] for i in _indices(p)) for p in ordered}
    cover = _cover(aim, {p: primes[p] for p in ordered})
    return HangsOn(tuple(words.values()), tuple(words[p] for p in cover), complete)


_Joint = dict[int, int]
"""Sets of conditions (bit i is condition i), each with where all of them are met."""


def _indices(mask: int) -> tuple[int, ...]:
    return tuple(i for i in range(mask.bit_length()) if mask >> i & 1)


def _search(aim: int, among: Terms) -> tuple[_Joint, bool]:
    """Find primes by length: what suffices is one, what may yet suffice is made longer."""
    primes: _Joint = {}
    room = min(MOST, _BITS // among.all.bit_length())
    level = {1 << i: met for i, met in enumerate(among.met)}
    for _ in range(LONGEST):
        primes |= {mask: met for mask, met in level.items() if not met & ~aim}
        open_ = {mask: met for mask, met in level.items() if met & ~aim and met & aim}
        level = dict(islice(_longer(open_, among), room + 1))
        if len(level) > room:
            break
    return primes, not level


def _longer(open_: Mapping[int, int], among: Terms) -> Iterator[tuple[int, int]]:
    """Give the sets one longer of which every part is open, and each condition narrows the rest.

    A part that suffices, or is met nowhere in the aim, makes the whole no prime.
    """
    for mask, met in open_.items():
        for extra in range(mask.bit_length(), len(among.met)):
            longer, joint = mask | 1 << extra, met & among.met[extra]
            parts = [open_.get(longer ^ 1 << i) for i in _indices(longer)]
            if joint and None not in parts and joint not in parts:
                yield longer, joint


def _expanded(aim: int, found: _Joint, among: Terms) -> _Joint:
    """Give a prime for each combination of the aim that none of those found covers.

    All conditions met in a combination suffice; what is left when those that are not needed are
    dropped one by one is a prime.
    """
    primes: _Joint = {}
    left = reduce(lambda rest, met: rest & ~met, found.values(), aim)
    while left:
        combination = left & -left
        kept = [i for i, met in enumerate(among.met) if met & combination]
        for index in reversed(kept):
            rest = [i for i in kept if i != index]
            kept = kept if _met(rest, among) & ~aim else rest
        met = _met(kept, among)
        primes[sum(1 << i for i in kept)] = met
        left &= ~met
    return primes


def _met(indices: Iterable[int], among: Terms) -> int:
    return reduce(and_, (among.met[i] for i in indices), among.all)


def _cover(aim: int, primes: Mapping[int, int]) -> list[int]:
    """Choose primes greedily, those that add most and are shortest first, until all is covered."""
    queue = [(-met.bit_count(), p.bit_count(), i) for i, (p, met) in enumerate(primes.items())]
    heapify(queue)
    each, left, cover = list(primes.items()), aim, list[int]()
    while left:
        promised, length, index = heappop(queue)
        prime, met = each[index]
        adds = (met & left).bit_count()
        if adds == -promised:  # the others promise no more, and never add more than promised
            cover.append(prime)
            left &= ~met
        elif adds:
            heappush(queue, (-adds, length, index))
    return cover
