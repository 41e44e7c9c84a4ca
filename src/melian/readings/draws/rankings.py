"""How actors turn out to rank the states in draws, and which profiles that makes."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from melian.readings import profiles
from melian.readings.draws.sampling import drawn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.conflict.model import Graph
    from melian.readings.choices import Side
    from melian.readings.doubts import Places
    from melian.readings.profiles import Party

_AT_ONCE = 4096  # draws whose sides are in memory together


class Rankings:
    """The ways in which one actor turns out to rank the states, numbered as they come up."""

    def __init__(self, on: Graph, party: Party) -> None:
        """Take the graph whose states are ranked, and whose ranking it is."""
        self.party = party
        self._rank = profiles.ranking(on, party.preferences)
        self._granted: dict[tuple[Side, ...], frozenset[int]] = {}
        self._way_of_row: dict[tuple[int, ...], int] = {}
        self._way_of_places: dict[Places, int] = {}
        self._way_of_ranks: dict[bytes, int] = {}
        self._places: list[Places] = []

    def drawn(self, seed: int, number: int) -> NDArray[np.int64]:
        """Give the way that comes up in each draw, shape (draws,)."""
        found = np.empty(number, dtype=np.int64)
        for first in range(0, number, _AT_ONCE):
            count = min(_AT_ONCE, number - first)
            rows = drawn(self.party.choices, seed, first, count)
            found[first : first + count] = [self._of(row) for row in map(tuple, rows.tolist())]
            self._way_of_row.clear()
        return found

    def ways(self) -> tuple[tuple[Formula, ...], ...]:
        """Give the preferences of each way that came up, most important first."""
        wishes = [preference.prefer for preference in self.party.preferences]
        return tuple(tuple(wishes[place] for place in places) for places in self._places)

    def _of(self, row: tuple[int, ...]) -> int:
        if row not in self._way_of_row:
            self._way_of_row[row] = self._way(row)
        return self._way_of_row[row]

    def _way(self, row: tuple[int, ...]) -> int:
        sides = [c.sides[index] for c, index in zip(self.party.choices, row, strict=True)]
        split = tuple(sides[: len(self.party.splits)])
        if split not in self._granted:
            self._granted[split] = self.party.granted(split)
        order = self.party.arranged(sides[len(split) :])
        places = tuple(place for place in order if place in self._granted[split])
        if places not in self._way_of_places:
            self._way_of_places[places] = self._number(places)
        return self._way_of_places[places]

    def _number(self, places: Places) -> int:
        """Number a list of preferences; one that ranks the states like another is the same way."""
        ranks = blake2b(self._rank(places).tobytes(), digest_size=16).digest()
        if ranks not in self._way_of_ranks:
            self._way_of_ranks[ranks] = len(self._places)
            self._places.append(places)
        return self._way_of_ranks[ranks]


def coming_up(ways: Iterable[NDArray[np.int64]], number: int) -> Counter[tuple[int, ...]]:
    """Give the profiles that come up in a number of draws, and how often each does.

    Args:
        ways: per actor, the way that comes up in each draw, shape (draws,).
        number: of draws.
    """
    each = [way.tolist() for way in ways]
    return Counter(zip(*each, strict=True) if each else [()] * number)
