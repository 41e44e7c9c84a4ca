"""Minimal hitting sets: the repairs of a component, and what its readings drop.

Berge's multiplication (Berge 1989, Hypergraphs, ch. 2), on bit masks. Conflicts add across
components and hitting sets multiply, so it is applied to one component at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
    hitting, seen, complete = [0], list[int](), True
    for edge in sorted(masks, key=lambda mask: (mask.bit_count(), mask)):
        seen.append(edge)
        hitting = sorted(_extended(hitting, edge, seen), key=lambda s: (s.bit_count(), s))
        complete = complete and len(hitting) <= limit
        del hitting[limit:]
    sets = [tuple(name for name in order if one & bit[name]) for one in hitting]
    places = {name: place for place, name in enumerate(order)}
    sets.sort(key=lambda names: (len(names), [places[name] for name in names]))
    return tuple(sets), complete


def _extended(hitting: Iterable[int], edge: int, seen: Sequence[int]) -> Iterable[int]:
    for one in hitting:
        if one & edge:
            yield one
            continue
        for element in _bits(edge):
            if _is_minimal(one | element, seen):
                yield one | element


def _is_minimal(one: int, edges: Sequence[int]) -> bool:
    """Tell whether each element is the only one to hit some edge."""
    alone = 0
    for edge in edges:
        shared = one & edge
        if shared.bit_count() == 1:
            alone |= shared
    return alone == one


def _bits(mask: int) -> Iterable[int]:
    while mask:
        yield mask & -mask
        mask &= mask - 1
