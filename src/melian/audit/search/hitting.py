"""Minimal hitting sets: the repairs of a component, and what its readings drop.

A set is built element by element: each hits the first edge that is not hit yet, and stays only
while every element hits some edge alone (MMCS: Murakami & Uno 2014, Discrete Applied Mathematics
170). All sets of one size are built before the next, so that the smallest are found first.
Conflicts add across components and hitting sets multiply, so it is applied to one at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from melian.audit.search.work import PRICE, STEPS
from melian.effort import OutOfWork, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_WORD = 512  # edges that fit into one step
_PRICE = 4  # steps that one element of one set takes


def hitting_sets(
    edges: Iterable[Iterable[str]], order: Sequence[str], limit: int, work: Work | None = None
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Give the minimal sets that share an element with every edge, and whether they are all.

    Args:
        edges: the sets to hit.
        order: all elements; each set lists its elements in this order.
        limit: how many sets to give, and to build at a time; past it those that hit fewer edges
            are let go.
        work: what is left of the work of the whole search. One set is given whatever is left.

    Returns:
        The sets, smallest first, then by their elements' places in the order.
    """
    bit = {name: 1 << place for place, name in enumerate(order)}
    masks = {sum(bit[name] for name in set(edge)) for edge in edges}
    ordered = sorted(masks, key=lambda mask: (mask.bit_count(), mask))
    if ordered and not ordered[0]:
        return (), True
    found, complete = _search(ordered, limit, work or Work(STEPS, PRICE))
    sets = [tuple(name for name in order if mask & bit[name]) for mask in found]
    places = {name: place for place, name in enumerate(order)}
    sets.sort(key=lambda names: (len(names), [places[name] for name in names]))
    return tuple(sets), complete


class _Partial(NamedTuple):
    """A set being built, with the edges it does not hit and what may still be added.

    Edges and elements are bit masks; ``alone`` has the edges that each element hits and no other.
    """

    alone: dict[int, int]
    missed: int
    allowed: int


def _search(edges: Sequence[int], limit: int, work: Work) -> tuple[list[int], bool]:
    homes = _homes(edges)
    level = [_Partial({}, (1 << len(edges)) - 1, sum(homes))]
    found, complete = list[int](), True
    try:
        while level:
            found.extend(sum(one.alone) for one in level if not one.missed)
            level = [m for one in level if one.missed for m in _longer(one, edges, homes, work)]
            if len(level) > limit - len(found):
                complete = False
                level.sort(key=lambda one: one.missed.bit_count())
                del level[max(limit - len(found), 0) :]
    except OutOfWork:
        complete = False
    return found[:limit] or [_any(edges, homes)], complete


def _homes(edges: Sequence[int]) -> dict[int, int]:
    """Give the edges, as a mask of their numbers, that each element is in."""
    homes: dict[int, int] = {}
    for number, edge in enumerate(edges):
        for element in _bits(edge):
            homes[element] = homes.get(element, 0) | 1 << number
    return homes


def _longer(
    one: _Partial, edges: Sequence[int], homes: Mapping[int, int], work: Work
) -> Iterator[_Partial]:
    """Give the sets with one element more, each of which hits some edge alone.

    An element of the edge that is not chosen yet may be added later to those chosen after it
    only, so that no set is built twice.
    """
    edge = edges[(one.missed & -one.missed).bit_length() - 1] & one.allowed
    allowed = one.allowed & ~edge
    price = _PRICE * (1 + len(edges) // _WORD)
    for element in _bits(edge):
        work.spend((len(one.alone) + 1) * price)
        others = ~homes[element]
        alone = {each: hit & others for each, hit in one.alone.items()}
        if all(alone.values()):
            alone[element] = one.missed & homes[element]
            yield _Partial(alone, one.missed & others, allowed)
        allowed |= element


def _any(edges: Sequence[int], homes: Mapping[int, int]) -> int:
    """Give some minimal hitting set: all elements but those that are not needed."""
    kept = sum(homes)
    for element in sorted(homes, key=lambda each: homes[each].bit_count()):
        if all(edge & kept & ~element for edge in edges):
            kept &= ~element
    return kept


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield mask & -mask
        mask &= mask - 1
