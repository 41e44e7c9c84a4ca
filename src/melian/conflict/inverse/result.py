"""What inverse analysis answers: the fewest changes of preferences, and the proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.conflict.result import Concept, States

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.formula import Formula


@dataclass(frozen=True, slots=True)
class Step:
    """One preference statement that is moved, or added, in one actor's list.

    Attributes:
        statement: which.
        added: whether it is new; otherwise it is taken out and put in elsewhere.
        places: the places that do, counted from 0 in the list as it becomes, while everything
            else is as in the first order of the :class:`Change`.
    """

    statement: Formula
    added: bool
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rearranged:
    """How one actor's list changes.

    Attributes:
        before: its list, most important first.
        steps: what is moved or added.
        orders: every list that does, each most important first; one, unless the places do not
            depend on one another.
    """

    before: tuple[Formula, ...]
    steps: tuple[Step, ...]
    orders: tuple[tuple[Formula, ...], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of preferences that does: the same statements moved or added.

    Attributes:
        actors: per actor whose list changes, how. Every choice of one order for each does.
        cost: how many statements are moved or added.
    """

    actors: Mapping[str, Rearranged]
    cost: int

    @property
    def count(self) -> int:
        """How many profiles of lists it stands for."""
        found = 1
        for each in self.actors.values():
            found *= len(each.orders)
        return found


@dataclass(frozen=True, slots=True)
class Fewest:
    """The fewest changes that make one state an equilibrium.

    Attributes:
        state: its number.
        cost: how many statements have to be moved or added; None where no change does it, or
            where the work ran out.
        least: no change of fewer statements does it.
        changes: changes of that cost, as far as asked for.
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
        offered: how many statements might be added, all actors together.
        fewest: one answer per target state.
        method: how it was found.
    """

    actors: tuple[str, ...]
    concept: Concept
    free: tuple[str, ...]
    offered: int
    fewest: tuple[Fewest, ...]
    method: str = (
        "orders of statements by SAT, with what each order that fails lacks as a new clause; exact"
    )

    @property
    def complete(self) -> bool:
        """Whether every answer was found before the work ran out."""
        return all(each.complete for each in self.fewest)
