"""What formulas say about all states at once: where they hold, and how they rank the states."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from melian.case.formula import And, Atom, Iff, Implies, Not, Or
from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Formula

    Truth = NDArray[np.bool_]

_FLAT = 10  # so many options of the lowest bits share one axis, along which work is contiguous
_BYTE = 8  # preferences that are put together before the places are touched
_WORD = 64
_BLOCK = 2**15


@dataclass(frozen=True, slots=True)
class _Axes:
    """How the states are laid out while a formula is evaluated.

    Each option is one axis, the lowest bit last, but the lowest bits share the last axis. An axis
    that a formula does not name has length 1, so that a formula costs what its names span.
    """

    options: Sequence[str]
    bits: Mapping[str, int]
    flat: int

    @classmethod
    def of(cls, options: Sequence[str]) -> _Axes:
        bits = {name: bit for bit, name in enumerate(options)}
        return cls(options, bits, min(len(options), _FLAT))

    @property
    def shape(self) -> tuple[int, ...]:
        return (*[2] * (len(self.options) - self.flat), 1 << self.flat)

    def bit(self, atom: Atom) -> int:
        found = self.bits.get(str(atom))
        if found is None:
            known = f"The options are {', '.join(self.options) or 'none'}."
            hint = did_you_mean(str(atom), self.options, known)
            raise UsageError(f'"{atom}" is not an option of the conflict. {hint}')
        return found


def evaluate(formula: Formula, options: Sequence[str]) -> NDArray[np.bool_]:
    """Give, per decimal, whether a formula over options is true in that state.

    Args:
        formula: its names are options.
        options: option i is bit i of a decimal.

    Raises:
        UsageError: the formula names something that is no option.

    >>> from melian.case.formula import parse
    >>> evaluate(parse("a and not b"), ["a", "b"]).astype(int).tolist()
    [0, 1, 0, 0]
    """
    axes = _Axes.of(options)
    whole = np.broadcast_to(_truth(formula, axes), axes.shape)
    return np.ascontiguousarray(whole).reshape(-1)


def _truth(formula: Formula, axes: _Axes) -> Truth:
    match formula:
        case Atom():
            return _cube([(formula, True)], axes)
        case Not(part):
            return np.logical_not(_truth(part, axes))
        case And(parts):
            literals = [pair for pair in map(_literal, parts) if pair]
            others = (_truth(p, axes) for p in parts if not _literal(p))
            return reduce(np.logical_and, others, _cube(literals, axes))
        case Or(parts):
            return reduce(np.logical_or, (_truth(p, axes) for p in parts), np.array(False))
        case Implies(left, right):
            return np.logical_or(np.logical_not(_truth(left, axes)), _truth(right, axes))
        case Iff(left, right):
            return np.equal(_truth(left, axes), _truth(right, axes))


def _literal(formula: Formula) -> tuple[Atom, bool] | None:
    match formula:
        case Atom():
            return formula, True
        case Not(Atom() as atom):
            return atom, False
    return None


def _cube(literals: Iterable[tuple[Atom, bool]], axes: _Axes) -> Truth:
    """Give where options are taken, or left, all at once: a corner of the axes they name."""
    high = len(axes.options) - axes.flat
    shape, corner = [1] * high, [0] * high
    low = np.ones(1, dtype=np.bool_)
    for atom, taken in literals:
        bit = axes.bit(atom)
        if bit < axes.flat:
            low = low & (np.arange(1 << axes.flat) >> bit & 1 == taken)
            continue
        axis = high - 1 - (bit - axes.flat)
        if shape[axis] == 2 and corner[axis] != taken:  # both taken and left
            low = np.zeros_like(low)
        shape[axis], corner[axis] = 2, int(taken)
    found = np.zeros((*shape, len(low)), dtype=np.bool_)
    found[tuple(corner)] = low
    return found


def rank(
    preferences: Iterable[NDArray[np.bool_]], feasible: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Give the rank of each state when preferences are weighed in order, most important first.

    One preference outweighs all that come after it (option prioritisation: Hipel, Kilgour, Fang &
    Peng 1997); states that agree on all of them tie.

    Args:
        preferences: per preference, the states in which it is true; any number, one at a time.
        feasible: the states that are ranked.

    Returns:
        Per decimal 1 to r without gaps, larger is better; 0 for infeasible states.

    >>> both = np.array([True, True, True, False])
    >>> rank([np.array([0, 1, 0, 1]) == 1, np.array([0, 0, 1, 1]) == 1], both).tolist()
    [1, 3, 2, 0]
    """
    bits = (len(feasible) - 1).bit_length()  # a place and a state are sorted as one word
    place, used = np.zeros(len(feasible), dtype=np.uint64), 0
    for count, answers in _packed(preferences, min(_BYTE, _WORD - 2 * bits)):
        if used + count > _WORD - bits:
            place = _dense(place, bits).astype(np.uint64)
            used = int(place.max()).bit_length()
        place <<= np.uint64(count)
        place |= answers
        used += count
    if feasible.all():
        ranks = _dense(place, bits)
        ranks += 1
        return ranks
    ranks = np.zeros(len(feasible), dtype=np.int32)
    ranks[feasible] = _dense(place[feasible], bits) + 1
    return ranks


def _packed(
    preferences: Iterable[NDArray[np.bool_]], most: int
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Give the answers to several preferences at a time as the bits of one byte per state."""
    answers, count = np.zeros(0, dtype=np.uint8), 0
    for preference in preferences:
        if count == 0:
            answers = preference.astype(np.uint8)
        else:
            answers <<= 1
            answers |= preference.view(np.uint8)
        count += 1
        if count == most:
            yield count, answers
            count = 0
    if count:
        yield count, answers


def _dense(place: NDArray[np.uint64], bits: int) -> NDArray[np.int32]:
    """Number the different places from 0, in their order; a place is less than 2^(64 - bits).

    The array of places is used up.
    """
    words = np.left_shift(place, np.uint64(bits), out=place)
    words |= np.arange(len(place), dtype=np.uint64)
    words.sort()
    found = np.empty(len(place), dtype=np.int32)
    last, number = words[:1] >> np.uint64(bits), 0
    for start in range(0, len(words), _BLOCK):  # in the cache
        part = words[start : start + _BLOCK]
        values = part >> np.uint64(bits)
        numbers = np.cumsum(np.diff(values, prepend=last) != 0, dtype=np.int32) + np.int32(number)
        found[part & np.uint64((1 << bits) - 1)] = numbers
        last, number = values[-1:], int(numbers[-1])
    return found
