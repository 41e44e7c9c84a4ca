"""What inverse analysis answers: the fewest changes of preferences, and the proof."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from melian.conflict.result import States

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.formula import Formula
    from melian.conflict.result import Concept


@dataclass(frozen=True, slots=True)
class Step:
    """One item of one actor's list that is moved, or added.

    Attributes:
        item: its number: where it stood, or from the length of the list on what is new.
        places: the places that do, counted from 0 in the list as it becomes, while all else is as
            in the first order of the :class:`Rearranged`.
    """

    item: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rearranged:
    """How one actor's list changes: its preference statements, or the ranks of its states.

    Attributes:
        own: how long the list was; its items are numbered from 0, most important first.
        steps: what is moved or added, in the order of the first of the orders.
        orders: every list that does, each most important first.
    """

    own: int
    steps: tuple[Step, ...]
    orders: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Changes of preferences that do, told as one: the same items moved or added.

    Attributes:
        actors: per actor whose list changes, how. Every choice of one order for each does.
        cost: how many items are moved or added.
    """

    actors: Mapping[str, Rearranged]
    cost: int

    @property
    def count(self) -> int:
        """How many profiles of lists it stands for."""
        return prod(len(each.orders) for each in self.actors.values())


@dataclass(frozen=True, slots=True)
class Fewest:
    """The fewest changes that make one state an equilibrium.

    Attributes:
        state: its number.
        cost: how many statements have to be moved or added; None where no change does it, or
            where the work ran out.
        least: no change of fewer statements does it.
        most: a change of so many does it, the cheapest one found; None where none was found. It is
            the cost, unless the work ran out.
        changes: changes of that cost, as far as asked for; where the work ran out, the cheapest one
            found.
        every: whether those are all changes of that cost.
        never: whether it is proved that no change does it.
        core: where no change does it, why: the actors and the states that they can improve to,
            which cannot all be kept from paying, whatever the order.
        refuted: how many profiles of lists were tried, and found not to do it. What each lacks
            is what orders were sought by, until none was left that costs less.
        complete: whether cost and proof were found before the work ran out.
    """

    state: int
    cost: int | None
    least: int
    most: int | None = None
    changes: tuple[Change, ...] = ()
    every: bool = True
    never: bool = False
    core: tuple[tuple[str, int], ...] = ()
    refuted: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Inverse(States):
    """What it takes to make states equilibria, cheapest first.

    Attributes:
        actors: the decision makers.
        concept: of stability.
        free: whose preferences might change.
        statements: per actor its preference statements, most important first, and then those that
            might be added to them.
        fewest: one answer per target state.
        method: how it was found.
    """

    actors: tuple[str, ...]
    concept: Concept
    free: tuple[str, ...]
    statements: Mapping[str, tuple[Formula, ...]]
    fewest: tuple[Fewest, ...]
    method: str = (
        "orders of statements by SAT, with what each order that fails lacks as a new clause; exact"
    )

    @property
    def complete(self) -> bool:
        """Whether every answer was found before the work ran out."""
        return all(each.complete for each in self.fewest)
