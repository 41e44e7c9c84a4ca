"""Minimal hitting sets: the repairs of a component, and what its readings drop.

Berge's multiplication (Berge 1989, Hypergraphs, ch. 2), on bit masks, each set with the edges that
its elements hit alone (Murakami & Uno 2014, Discrete Applied Mathematics 170). Conflicts add across
components and hitting sets multiply, so it is applied to one component at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


def hitting_sets(
    edges: Iterable[Iterable[str]], order: Sequence[str], limit: int
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Give the minimal sets that share an element with every edge, and whether they are all.

    Args:
        edges: the sets to hit.
        order: all elements; each set lists its elements in this order.
        limit: how many sets to carry; past it the larger ones are let go.

    Returns:
        The sets, smallest first, then by their elements' places in the order.
    """
    bit = {name: 1 << place for place, name in enumerate(order)}
    masks = {sum(bit[name] for name in set(edge)) for edge in edges}
    ordered = sorted(masks, key=lambda mask: (mask.bit_count(), mask))
    homes = _homes(ordered)
    hitting, complete = [_Hitting(0, {})], True
    for number, edge in enumerate(ordered):
        hitting = list(_extended(hitting, edge, 1 << number, homes))
        hitting.sort(key=lambda one: (len(one.alone), one.mask))
        complete = complete and len(hitting) <= limit
        del hitting[limit:]
    sets = [tuple(name for name in order if one.mask & bit[name]) for one in hitting]
    places = {name: place for place, name in enumerate(order)}
    sets.sort(key=lambda names: (len(names), [places[name] for name in names]))
    return tuple(sets), complete


class _Hitting(NamedTuple):
    """A minimal hitting set, as a mask, with the edges that each element hits and no other does."""

    mask: int
    alone: dict[int, int]


def _homes(edges: Sequence[int]) -> dict[int, int]:
    """Give the edges, as a mask of their numbers, that each element is in."""
    homes: dict[int, int] = {}
    for number, edge in enumerate(edges):
        for element in _bits(edge):
            homes[element] = homes.get(element, 0) | 1 << number
    return homes


def _extended(
    hitting: Iterable[_Hitting], edge: int, number: int, homes: Mapping[int, int]
) -> Iterator[_Hitting]:
    """Give the sets that hit one edge more, and stay minimal: each element hits some edge alone."""
    for one in hitting:
        shared = one.mask & edge
        if not shared:
            for element in _bits(edge):
                others = ~homes[element]
                if all(edges & others for edges in one.alone.values()):
                    alone = {each: edges & others for each, edges in one.alone.items()}
                    yield _Hitting(one.mask | element, alone | {element: number})
        elif shared in one.alone:
            yield _Hitting(one.mask, one.alone | {shared: one.alone[shared] | number})
        else:
            yield one


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield mask & -mask
        mask &= mask - 1
