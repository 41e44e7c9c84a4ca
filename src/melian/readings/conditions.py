"""What something hangs on: the shortest conditions on the readings under which it holds.

The combinations of readings in which something holds are a Boolean function of the sides taken.
Its prime implicants (Quine 1952) are the conditions that suffice and of which no part does; here
combinations that cannot occur are "don't cares", so conditions come out as short as they can.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from melian.readings.choices import Choice, Side

LONGEST = 6
MOST = 50_000


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """A party keeps, or drops, one of its commitments.

    Attributes:
        actor: the party.
        commitment: id of the commitment.
        kept: whether it is kept.
        choice: index of the choice it is part of.
    """

    actor: str
    commitment: str
    kept: bool
    choice: int


Conditions = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class HangsOn:
    """When something holds.

    Attributes:
        primes: all shortest sufficient conditions; ``((),)`` when it always holds, ``()`` never.
        cover: the fewest of them (found greedily) that together say exactly when it holds.
        complete: whether conditions longer than the search went would add nothing.
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
    found: dict[int, Condition] = {}
    for condition in _single(choices):
        met = _bits(_meets(condition, combo) for combo in combos)
        if met not in (0, every):
            found.setdefault(met, condition)
    return Terms(tuple(found.values()), tuple(found), every)


def _bits(flags: Iterable[bool]) -> int:
    packed = np.packbits(np.fromiter(flags, dtype=np.bool_), bitorder="little")
    return int.from_bytes(packed.tobytes(), "little")


def _single(choices: Sequence[Choice]) -> Iterator[Condition]:
    for kept in (True, False):
        for index, choice in enumerate(choices):
            names = sorted(frozenset.union(*(side.keeps | side.drops for side in choice.sides)))
            for name in names:
                yield Condition(choice.actor, name, kept, index)


def _meets(condition: Condition, combo: tuple[Side, ...]) -> bool:
    return (condition.commitment in combo[condition.choice].keeps) == condition.kept


def hangs_on(target: NDArray[np.bool_], among: Terms) -> HangsOn:
    """Give the prime implicants of a set of combinations.

    Args:
        target: boolean, one entry per combination.
        among: the single conditions, from :func:`terms`.
    """
    aim = _bits(target)
    if aim == among.all:
        return HangsOn(((),), ((),))
    if not aim:
        return HangsOn((), ())
    primes, complete = _primes(aim, among)
    primes.sort(key=lambda prime: (len(prime), prime))
    cover = _cover(aim, primes, among)
    words = {prime: tuple(among.conditions[i] for i in prime) for prime in primes}
    return HangsOn(tuple(words.values()), tuple(words[prime] for prime in cover), complete)


_Indices = tuple[int, ...]
_Joint = tuple[_Indices, int]  # conditions by index, and where all of them are met


def _primes(aim: int, among: Terms) -> tuple[list[_Indices], bool]:
    """Search by length: what suffices is a prime, what may yet suffice is made longer."""
    primes: list[_Indices] = []
    level: list[_Joint] = [((i,), met) for i, met in enumerate(among.met)]
    for _ in range(LONGEST):
        primes += [indices for indices, met in level if not met & ~aim]
        open_ = [(indices, met) for indices, met in level if met & ~aim and met & aim]
        level = list(_longer(open_, primes, among))
        if not level:
            return primes, True
        if len(level) > MOST:
            break
    return primes, False


def _longer(level: Sequence[_Joint], primes: Sequence[_Indices], among: Terms) -> Iterator[_Joint]:
    known = [_mask(prime) for prime in primes]
    for indices, met in level:
        mask = _mask(indices)
        for extra in range(indices[-1] + 1, len(among.met)):
            joint = met & among.met[extra]
            idle = joint in (0, met, among.met[extra])
            longer = mask | 1 << extra
            if not idle and not any(prime & ~longer == 0 for prime in known):
                yield (*indices, extra), joint


def _mask(indices: _Indices) -> int:
    return sum(1 << index for index in indices)


def _cover(aim: int, primes: Sequence[_Indices], among: Terms) -> list[_Indices]:
    """Choose primes greedily until all of the aim that they can cover is covered."""
    masks = {prime: _joint(prime, among) for prime in primes}
    left, cover = aim, list[_Indices]()
    while left:
        best = max(primes, key=lambda p: ((masks[p] & left).bit_count(), -len(p)), default=None)
        if best is None or not masks[best] & left:
            break
        cover.append(best)
        left &= ~masks[best]
    return cover


def _joint(prime: _Indices, among: Terms) -> int:
    return reduce(and_, (among.met[index] for index in prime), among.all)
