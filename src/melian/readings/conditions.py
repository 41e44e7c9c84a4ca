"""What something hangs on: the shortest conditions on the readings under which it holds.

The combinations of readings in which something holds are a Boolean function of the sides taken.
Its prime implicants (Quine 1952) are the conditions that suffice and of which no part does; here
combinations that cannot occur are "don't cares", so conditions come out as short as they can.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations as subsets
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_Joint = tuple[tuple[int, ...], "NDArray[np.bool_]"]  # indices of conditions, where all are met


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


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Every single condition, with the combinations in which it is met.

    Attributes:
        conditions: conditions with different columns; "keeps" preferred to "drops".
        met: boolean array, shape (conditions, combinations).
    """

    conditions: tuple[Condition, ...]
    met: NDArray[np.bool_]


def terms(choices: Sequence[Choice], combos: Sequence[tuple[Side, ...]]) -> Terms:
    """Give all single conditions on these choices, over the given combinations."""
    columns: dict[bytes, tuple[Condition, NDArray[np.bool_]]] = {}
    for condition in _single(choices):
        met = np.array([_meets(condition, combo) for combo in combos], dtype=np.bool_)
        if met.any() and not met.all():
            columns.setdefault(met.tobytes(), (condition, met))
    kept = tuple(columns.values())
    shape = (len(kept), len(combos))
    met = np.array([column for _, column in kept], dtype=np.bool_).reshape(shape)
    return Terms(tuple(condition for condition, _ in kept), met)


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
    if target.all():
        return HangsOn(((),), ((),))
    if not target.any():
        return HangsOn((), ())
    primes, complete = _primes(target, among)
    ordered = sorted(primes, key=lambda prime: (len(prime), prime))
    cover = _cover(target, ordered, among)
    complete = complete or bool(_union(cover, among, len(target))[target].all())
    words = tuple(tuple(among.conditions[i] for i in prime) for prime in ordered)
    return HangsOn(words, tuple(words[ordered.index(p)] for p in cover), complete)


def _primes(target: NDArray[np.bool_], among: Terms) -> tuple[list[tuple[int, ...]], bool]:
    primes: list[tuple[int, ...]] = []
    level: list[_Joint] = [((i,), among.met[i]) for i in range(len(among.conditions))]
    for _ in range(LONGEST):
        longer = []
        for indices, met in level:
            if not (met & ~target).any():
                primes.append(indices)
            elif (met & target).any():
                longer.append((indices, met))
        level = list(_extend(longer, primes, among))
        if not level:
            return primes, True
        if len(level) > MOST:
            break
    return primes, False


def _extend(
    level: Sequence[_Joint],
    primes: Sequence[tuple[int, ...]],
    among: Terms,
) -> Iterator[_Joint]:
    known = set(primes)
    for indices, met in level:
        for extra in range(indices[-1] + 1, len(among.conditions)):
            longer = (*indices, extra)
            joint = met & among.met[extra]
            idle = (joint == met).all() or (joint == among.met[extra]).all()
            if idle or not joint.any() or _contains_prime(longer, known):
                continue
            yield longer, joint


def _contains_prime(indices: tuple[int, ...], primes: set[tuple[int, ...]]) -> bool:
    sizes = range(1, len(indices))
    return any(part in primes for size in sizes for part in subsets(indices, size))


def _cover(
    target: NDArray[np.bool_], primes: Sequence[tuple[int, ...]], among: Terms
) -> list[tuple[int, ...]]:
    left, cover = target.copy(), list[tuple[int, ...]]()
    masks = {prime: among.met[list(prime)].all(axis=0) for prime in primes}
    while left.any():
        best = max(primes, key=lambda p: (int((masks[p] & left).sum()), -len(p)), default=None)
        if best is None or not (masks[best] & left).any():
            break
        cover.append(best)
        left &= ~masks[best]
    return cover


def _union(cover: Sequence[tuple[int, ...]], among: Terms, size: int) -> NDArray[np.bool_]:
    met = np.zeros(size, dtype=np.bool_)
    for prime in cover:
        met |= among.met[list(prime)].all(axis=0)
    return met
