"""Formulas as disjunctions of conjunctions, as short as can be found.

A formula that is one already stays as it is typed. Another is worked out over its own atoms: its
prime implicants (Quine 1952), and few of them that together say the same.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from melian.case.formula import And, Atom, Iff, Implies, Not, Or, atoms, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from melian.case.formula import Formula

    Truth = NDArray[np.bool_]

Conjunction = tuple[tuple[str, bool], ...]
"""Options that are taken, or left, all at once; each of them once."""

MOST_ATOMS = 10
"""Formulas with more atoms are not worked out: that takes 3 to that power of numbers."""


def conjunctions(formula: Formula) -> tuple[Conjunction, ...] | None:
    """Give conjunctions of which one is true just when a formula is; None where it is too long.

    Returns:
        No conjunction for a formula that is never true, an empty one for one that always is.

    >>> from melian.case.formula import parse
    >>> conjunctions(parse("a and not b or c"))
    ((('a', True), ('b', False)), (('c', True),))
    >>> conjunctions(parse("a -> b"))
    ((('a', False),), (('b', True),))
    """
    typed = _typed(formula)
    if typed is not None:
        return typed
    names = tuple(dict.fromkeys(str(atom) for atom in atoms(formula)))
    return None if len(names) > MOST_ATOMS else tuple(_cover(formula, names))


def true_where(formula: Formula, columns: Mapping[str, Truth]) -> Truth:
    """Give where a formula is true, from where each of its atoms is."""
    match formula:
        case Atom():
            return columns[str(formula)]
        case Not(part):
            return np.logical_not(true_where(part, columns))
        case And(parts):
            return reduce(np.logical_and, (true_where(part, columns) for part in parts))
        case Or(parts):
            return reduce(np.logical_or, (true_where(part, columns) for part in parts))
        case Implies(left, right):
            return np.logical_not(true_where(left, columns)) | true_where(right, columns)
        case Iff(left, right):
            return np.equal(true_where(left, columns), true_where(right, columns))


def _typed(formula: Formula) -> tuple[Conjunction, ...] | None:
    """Give a formula that is a disjunction of conjunctions, without what repeats or is never so."""
    found: dict[frozenset[tuple[str, bool]], Conjunction] = {}
    for part in formula.parts if isinstance(formula, Or) else (formula,):
        pairs: dict[tuple[str, bool], None] = {}
        for each in part.parts if isinstance(part, And) else (part,):
            sign = signed(each)
            if sign is None:
                return None
            pairs[str(sign.atom), sign.positive] = None
        if len({name for name, _ in pairs}) == len(pairs):
            found.setdefault(frozenset(pairs), tuple(pairs))
    return tuple(found.values())


def _cover(formula: Formula, names: tuple[str, ...]) -> Iterator[Conjunction]:
    """Give few prime implicants that together say what a formula does.

    Those that alone cover some case come first, then time and again the one that covers most of
    what is left, and at last those that the others have made needless are left out.
    """
    settings = np.arange(1 << len(names))
    columns = {name: settings >> place & 1 == 1 for place, name in enumerate(names)}
    true = true_where(formula, columns)
    primes = sorted(_primes(true, len(names)), key=lambda cube: (-cube.count(2), cube))
    cases = np.flatnonzero(true)
    bits = np.array(primes, dtype=np.int8).reshape(-1, 1, len(names))
    covers = ((bits == 2) | (bits == (cases[:, np.newaxis] >> np.arange(len(names)) & 1))).all(
        axis=2
    )
    alone = covers[:, covers.sum(axis=0) == 1].any(axis=1)
    chosen = [int(number) for number in np.flatnonzero(alone)]
    left = ~covers[chosen].any(axis=0)
    while left.any():
        chosen.append(int(covers[:, left].sum(axis=1).argmax()))
        left &= ~covers[chosen[-1]]
    for number in sorted(chosen, reverse=True):
        others = [other for other in chosen if other != number]
        if covers[others].any(axis=0).all():
            chosen = others
    for number in sorted(chosen):
        cube = zip(names, primes[number], strict=True)
        yield tuple((name, value == 1) for name, value in cube if value != 2)


def _primes(true: Truth, size: int) -> list[tuple[int, ...]]:
    """Give the prime implicants: per atom 0 for left, 1 for taken, 2 for either."""
    implies = true.reshape((2,) * size).transpose()  # axis i is atom i: the lowest bit is the last
    for axis in range(size):
        both = implies.all(axis=axis, keepdims=True)
        implies = np.concatenate([implies, both], axis=axis)
    prime = implies.copy()
    for axis in range(size):
        halves = [slice(None)] * size
        halves[axis] = slice(2)
        prime[tuple(halves)] &= ~implies.take([2], axis=axis)
    return [tuple(map(int, cube)) for cube in np.argwhere(prime)]
