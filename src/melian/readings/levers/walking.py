"""Looking at sets of levers size by size, and choosing among them.

Effects do not add up: a lever may undo what another does, and two that do nothing alone may do
much together. So no set is ruled out for what its parts do: all sets are looked at, size by size,
and only sets that come to the same conflict are solved once.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Literal, Protocol

from melian.problems import TooLarge, UsageError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from melian.case.model import Case, Lever
    from melian.readings.levers.pulling import Moved
    from melian.readings.levers.reaching import Shares

WORK = 2**30
"""What a search may take unless its sizes are asked for: half a minute, or more under SIM."""

MOST_SETS = 1_000_000
"""How many sets are looked at when their largest size is asked for."""

OVERHEAD = 2**12
"""What a set, or a combination of readings, costs beside its states."""

Measure = Literal["assured", "possible"]
"""What counts as bringing the target about: every equilibrium satisfies it, or some does."""

Places = tuple[int, ...]
"""A set of levers: their places in the case, ascending."""


class Weighing(Protocol):
    """Finds how far a target is reached once levers are pulled."""

    @property
    def begun(self) -> Moved:
        """The case before any lever is pulled."""

    @property
    def combinations(self) -> int:
        """How many combinations of readings have been looked at, over all that was solved."""

    def key(self, moved: Moved) -> Hashable:
        """Give what tells a version of the case from others that come to another conflict."""

    def weigh(self, moved: Sequence[Moved]) -> Iterator[Shares | TooLarge]:
        """Give the shares in which the target is reached in some versions, in their order."""


class Walk:
    """What is reached by which sets of levers, as far as they have been looked at.

    Attributes:
        levers: in the order of the case.
        measure: what counts as bringing the target about.
        reached: per set that is solved, in which shares the target is reached.
        unsolved: sets that are too large to solve.
        searched: per size, how many sets there are, once all of them have been looked at.
    """

    def __init__(self, case: Case, weighing: Weighing, measure: Measure) -> None:
        """Take a case, what solves its versions, and what counts as bringing a target about."""
        self.levers = tuple(case.levers.values())
        self.reached: dict[Places, Shares] = {}
        self.unsolved: list[Places] = []
        self.searched: dict[int, int] = {}
        self.measure = measure
        self._weighing = weighing
        self._states = 1 << len(case.conflict.options) if case.conflict else 1
        self._known: dict[Hashable, Shares | TooLarge] = {}

    def run(self, largest: int | None, work: int) -> None:
        """Look at all sets, size by size.

        Args:
            largest: size of the largest sets, whatever that takes; as large as the work allows
                when None.
            work: what the search may take, in states looked at, or about that. What it would take
                is foreseen before each size is begun, from what the sizes before it took.

        Raises:
            TooLarge: the case cannot be solved as it stands, or has more sets than are looked at.
            UsageError: ``largest`` is negative.
        """
        if largest is not None:
            _guard(len(self.levers), largest)
        last = len(self.levers) if largest is None else min(largest, len(self.levers))
        level: dict[Places, Moved] = {(): self._weighing.begun}
        for size in range(last + 1):
            if size > 1 and largest is None and self._foreseen(size) > work:
                break
            level = dict(self._longer(level)) if size else level
            self._look(level)
            self.searched[size] = len(level)

    def minimal(self) -> list[Places]:
        """Give the sets that reach the target in more combinations than any part of them does."""
        best, found = dict[Places, Fraction](), list[Places]()
        for places in sorted([*self.reached, *self.unsolved], key=len):
            parts = list(combinations(places, len(places) - 1)) if places else []
            best[places] = max((max(best[p], self._held(p)) for p in parts), default=Fraction(-1))
            if places and self._held(places) > best[places]:
                found.append(places)
        return sorted(found, key=self._order)

    def alone(self) -> list[Places]:
        """Give each lever that is solved on its own, as a set of one."""
        return [places for places in self.reached if len(places) == 1]

    def idle(self) -> tuple[str, ...]:
        """Give the levers that make no difference to any set looked at."""
        differs = {
            place
            for places, shares in self.reached.items()
            for at, place in enumerate(places)
            if self.reached.get((*places[:at], *places[at + 1 :]), shares) != shares
        }
        return tuple(lever.id for n, lever in enumerate(self.levers) if n not in differs)

    def whole(self) -> bool:
        """Tell whether all sets there are have been solved."""
        return len(self.levers) in self.searched and not self.unsolved

    def named(self, places: Places) -> tuple[Lever, ...]:
        """Give the levers of a set."""
        return tuple(self.levers[place] for place in places)

    def too_large(self) -> tuple[tuple[str, ...], ...]:
        """Give the sets that are too large to solve, by the ids of their levers."""
        return tuple(tuple(lever.id for lever in self.named(p)) for p in self.unsolved)

    def _foreseen(self, size: int) -> int:
        """Give what looking at the sets of one more size would come to, at the price so far."""
        count, looked_at = comb(len(self.levers), size), len(self.reached) + len(self.unsolved)
        done = looked_at * OVERHEAD + self._weighing.combinations * (self._states + OVERHEAD)
        return done + done * count // looked_at

    def _longer(self, level: Mapping[Places, Moved]) -> Iterator[tuple[Places, Moved]]:
        """Give the sets one longer, each once: with a lever that comes after all it has."""
        for places, moved in level.items():
            for place in range(places[-1] + 1 if places else 0, len(self.levers)):
                yield (*places, place), moved.by(self.levers[place])

    def _look(self, level: Mapping[Places, Moved]) -> None:
        keys = {places: self._weighing.key(moved) for places, moved in level.items()}
        new = {keys[p]: moved for p, moved in level.items() if keys[p] not in self._known}
        self._known.update(zip(new, self._weighing.weigh(list(new.values())), strict=True))
        for places in level:
            match self._known[keys[places]]:
                case TooLarge() as error:
                    if not places:
                        raise error
                    self.unsolved.append(places)
                case shares:
                    self.reached[places] = shares

    def _held(self, places: Places) -> Fraction:
        """Give the share in which a set brings the target about; -1 where it is not solved."""
        if places not in self.reached:
            return Fraction(-1)
        shares = self.reached[places]
        return shares.assured if self.measure == "assured" else shares.possible

    def _order(self, places: Places) -> tuple[bool, int, Fraction, Places]:
        held = self._held(places)
        return held < 1, len(places), -held, places


def _guard(levers: int, largest: int) -> None:
    if largest < 0:
        raise UsageError(f"Sets have no fewer than 0 levers; {largest} was asked for as largest.")
    count = sum(comb(levers, size) for size in range(min(largest, levers) + 1))
    if count > MOST_SETS:
        raise TooLarge(
            f"{levers} levers make {count:,} sets of up to {largest}; at most {MOST_SETS:,} are "
            "looked at. Ask for smaller ones."
        )
