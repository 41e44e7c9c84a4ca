"""A graph with attributes, as plain as the file formats for graphs have it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Spell:
    """What is so from one day to another, both included.

    Attributes:
        first, last: the days.
        attributes: what is known of a node or a tie in that time.
    """

    first: date
    last: date
    attributes: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Node:
    """One of those that are tied.

    Attributes:
        label: its name.
        attributes: what is known of it.
        spells: when it is there; always, when there are none.
    """

    label: str
    attributes: Mapping[str, Value]
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie, which has no direction.

    Attributes:
        source, target: the places of the nodes that are tied.
        weight: how much; nothing where that changes with time, for spells to tell.
        attributes: what is known of it.
        spells: when it is there, each with its own weight and attributes.
    """

    source: int
    target: int
    weight: float | None
    attributes: Mapping[str, Value]
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph.

    Attributes:
        attributes: what it is, and how it was made.
        nodes, edges: in the order in which they are written.
    """

    attributes: Mapping[str, Value]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def moving(self) -> bool:
        """Whether something in it comes and goes."""
        return any(each.spells for each in self.nodes) or any(each.spells for each in self.edges)


def kinds(found: Iterable[Mapping[str, Value]]) -> dict[str, type[Value]]:
    """Give the attributes that come up, in order, and what each holds.

    Whole numbers are numbers like others where both come up; what is sometimes a text always is.
    """
    held: dict[str, type[Value]] = {}
    for attributes in found:
        for name, value in attributes.items():
            held[name] = _wider(held.get(name, type(value)), type(value))
    return held


def _wider(one: type[Value], other: type[Value]) -> type[Value]:
    if one is other:
        return one
    return float if {one, other} == {int, float} else str
