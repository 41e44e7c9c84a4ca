"""Which states are stable for single decision makers and for coalitions, and who upsets what."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.coalitions.joint import DEFINED, Coalition
from melian.conflict.model import frozen
from melian.conflict.result import Stability
from melian.conflict.stability import ALL, stability
from melian.problems import TooLarge, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.conflict.model import GraphModel
    from melian.conflict.result import Concept

    Members = tuple[str, ...]

MOST_COALITIONS = 1000
TOLD = 256
"""For how many of the equilibria that a coalition upsets it is said by which move."""

MOST_ENDS = 64
"""How many moves away from one equilibrium are told."""


@dataclass(frozen=True, slots=True)
class Upset:
    """The equilibria of single actors that a coalition upsets under a concept.

    Attributes:
        coalition: its members.
        concept: which.
        states: numbers of the equilibria, ascending.
        moves: for the first of them, where the coalition moves to: those of the states in which
            all of its members gain that are not worse for some of them and better for none than
            another; fewest options changed first.
        cut: the states for which there are more such moves than are told: those are told in which
            the ranks of the members add up to most.
    """

    coalition: Members
    concept: Concept
    states: tuple[int, ...]
    moves: Mapping[int, tuple[int, ...]]
    cut: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class CoalitionStability(Stability):
    """Which feasible states are stable for single actors, and which for coalitions, too.

    Attributes:
        coalitions: those asked about, in the order of the first axis of ``joint``.
        joint: per concept a boolean array, shape (coalitions, feasible states); SIM is not
            defined for coalitions and is not among them.
        upsets: per coalition and concept, the equilibria of single actors that it upsets.
        method: how the coalitions were asked.
    """

    coalitions: tuple[Members, ...]
    joint: Mapping[Concept, NDArray[np.bool_]]
    upsets: tuple[Upset, ...]
    method: str = "exact; coalitions move by legal sequences of their members"

    def equilibria(self, concept: Concept) -> NDArray[np.bool_]:
        """Give, per feasible state, whether it is stable for every actor and every coalition.

        Under SIM only actors are asked.
        """
        found = self.alone(concept)
        if concept in self.joint:
            found = found & self.joint[concept].all(axis=0)
        return np.asarray(found, dtype=np.bool_)

    def alone(self, concept: Concept) -> NDArray[np.bool_]:
        """Give, per feasible state, whether it is stable for every single actor."""
        return np.asarray(self.stable[concept].all(axis=0), dtype=np.bool_)


def coalition_stability(
    model: GraphModel,
    coalitions: Iterable[Sequence[str]],
    concepts: Iterable[Concept] = ALL,
    told: int = TOLD,
) -> CoalitionStability:
    """Give which states are stable for single actors and for coalitions of them.

    Args:
        model: the graph and everyone's ranks.
        coalitions: lists of two actors or more; the same one twice counts once.
        concepts: the stability concepts wanted.
        told: for how many of the equilibria that a coalition upsets to say by which move.

    Raises:
        UsageError: a coalition names somebody unknown, or has fewer than two members.
        TooLarge: there are too many coalitions, or too many states would have to be compared.
    """
    wanted, actors = tuple(concepts), model.graph.actors
    groups = tuple({_members(actors, each): None for each in coalitions})
    if len(groups) > MOST_COALITIONS:
        raise TooLarge(
            f"These are {len(groups):,} coalitions; at most {MOST_COALITIONS:,} are looked at. "
            "Name those that may form."
        )
    alone = stability(model, wanted)
    each = [Coalition(model, [actors.index(name) for name in group]) for group in groups]
    joint = {
        concept: _table([coalition.stable(concept)[alone.decimals] for coalition in each])
        for concept in wanted
        if concept in DEFINED and each
    }
    return CoalitionStability(
        **{field.name: getattr(alone, field.name) for field in fields(alone)},
        coalitions=groups,
        joint=MappingProxyType(joint),
        upsets=tuple(_upsets(alone, joint, each, told)),
    )


def _table(rows: Sequence[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    return frozen(np.stack(rows), np.bool_)


def _members(actors: Sequence[str], coalition: Sequence[str]) -> Members:
    """Give the members of a coalition in the order of the actors.

    Raises:
        UsageError: somebody is unknown, or there are fewer than two.
    """
    for name in coalition:
        if name not in actors:
            hint = did_you_mean(name, actors, f"The decision makers are {', '.join(actors)}.")
            raise UsageError(f'"{name}" decides nothing in this conflict. {hint}')
    members = tuple(actor for actor in actors if actor in coalition)
    if len(members) < 2:
        raise UsageError(
            f"A coalition needs two decision makers or more, and this is {members[0]} alone; "
            f"name them with a comma between: {members[0]},{_another(actors, members[0])}."
            if members
            else "A coalition needs two decision makers or more, and this one has nobody."
        )
    return members


def _another(actors: Sequence[str], one: str) -> str:
    return next((actor for actor in actors if actor != one), "another")


def every_coalition(actors: Sequence[str]) -> Iterator[Members]:
    """Give every coalition of two actors or more, small ones first.

    >>> list(every_coalition(["a", "b", "c"]))
    [('a', 'b'), ('a', 'c'), ('b', 'c'), ('a', 'b', 'c')]
    """
    for size in range(2, len(actors) + 1):
        yield from combinations(actors, size)


def _upsets(
    alone: Stability,
    joint: Mapping[Concept, NDArray[np.bool_]],
    coalitions: Sequence[Coalition],
    most: int,
) -> Iterator[Upset]:
    for place, coalition in enumerate(coalitions):
        members = tuple(alone.actors[i] for i in coalition.members)
        for concept, table in joint.items():
            upset = np.flatnonzero(alone.equilibria(concept) & ~table[place])
            numbers = tuple(int(number) + 1 for number in upset)
            told, moves, cut = alone.decimals[upset[:most]], {}, set()
            for number, start, ends in zip(
                numbers, map(int, told), coalition.targets(concept, told), strict=False
            ):
                found = foremost(coalition, start, ends)
                moves[number] = _numbers(alone, found[:MOST_ENDS])
                if len(found) > MOST_ENDS:
                    cut.add(number)
            yield Upset(members, concept, numbers, MappingProxyType(moves), frozenset(cut))


def _numbers(alone: Stability, decimals: Sequence[int]) -> tuple[int, ...]:
    return tuple(int(place) + 1 for place in np.searchsorted(alone.decimals, decimals))


def foremost(coalition: Coalition, start: int, ends: NDArray[np.int64]) -> list[int]:
    """Give the ends that no other end beats for some member without loss to another.

    One with the highest sum of ranks is beaten by none; what it beats is taken away, and so on,
    until there is one more than are told: there may be as many of them as ends.

    Returns:
        Decimals, up to :data:`MOST_ENDS` of them, fewest options changed first; and one behind
        them, if there are more.
    """
    ranks = coalition.model.ranks[list(coalition.members)][:, ends]
    found: list[int] = []
    while len(ends) and len(found) <= MOST_ENDS:
        top = ranks[:, [int(ranks.sum(axis=0, dtype=np.int64).argmax())]]
        alike = (ranks == top).all(axis=0)
        found += ends[alike].tolist()
        left = ~(ranks <= top).all(axis=0)
        ends, ranks = ends[left], ranks[:, left]
    told, more = found[:MOST_ENDS], found[MOST_ENDS : MOST_ENDS + 1]
    return [*sorted(told, key=lambda end: ((end ^ start).bit_count(), end)), *more]
