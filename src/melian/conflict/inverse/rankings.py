"""All rankings of the states that differ in some places: under how many is a state an equilibrium.

What inverse analysis lists (Kinsara, Petersons, Hipel & Kilgour 2015): one or several actors rank
the states anew in a span of places, in every order, while all else stays. States that tie keep one
place together.

64 rankings are a word, and what is asked of a state or a move is a row of words: whether it is
better than the state asked about, whether the move is an improvement, whether an answer is within
reach. So every ranking is looked at, and the definitions are those of
:mod:`melian.conflict.stability`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial, prod
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.inverse.blocks import Ranking, blocks
from melian.conflict.inverse.grouping import grouped
from melian.conflict.inverse.temptations import Moves
from melian.conflict.inverse.verdicts import Verdicts
from melian.conflict.model import frozen, one_by_one
from melian.conflict.result import Concept, States
from melian.problems import TooLarge, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.conflict.inverse.blocks import Block, Span
    from melian.conflict.inverse.encoding import Profile
    from melian.conflict.inverse.result import Change
    from melian.conflict.model import GraphModel

MOST = 40_000_000
"""How many rankings are looked at: 11! and a little more."""

MOST_WORK = 2**37
"""How many rankings times moves and states are looked at, 64 at a time."""

LIMIT = 200
"""How many of the nearest rankings are given."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The rankings that do with the fewest ranks moved.

    Attributes:
        cost: how many ranks have to be moved; None where no ranking does it.
        changes: those of that cost, as far as asked for.
        every: whether those are all of that cost.
    """

    cost: int | None
    changes: tuple[Change, ...] = ()
    every: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Rankings(States):
    """Under how many rankings a state is an equilibrium.

    Attributes:
        actors: the decision makers.
        state: its number.
        varied: per actor that ranks anew, the first and the last of the places, from 1 for the
            best.
        ranking: per actor its ranks as they are, best first: the numbers of the states in each.
        total: how many rankings there are.
        counts: per concept, under how many of them the state is an equilibrium.
        nearest: per concept, those with the fewest ranks moved.
        method: how it was found.
    """

    actors: tuple[str, ...]
    state: int
    varied: Mapping[str, Span]
    ranking: Mapping[str, tuple[tuple[int, ...], ...]]
    total: int
    counts: Mapping[Concept, int]
    nearest: Mapping[Concept, Nearest]
    method: str = "every ranking, 64 at a time; exact"


def rankings(
    model: GraphModel,
    state: int,
    varied: Mapping[str, Span | None],
    concepts: Iterable[Concept] = tuple(Concept),
    limit: int = LIMIT,
) -> Rankings:
    """Count the rankings under which a state is an equilibrium.

    Args:
        model: the graph and everyone's ranks as they are.
        state: its number.
        varied: per actor that ranks anew, the first and the last of the places; all of them, for
            None.
        concepts: of stability.
        limit: how many of the nearest rankings to give for each concept.

    Raises:
        UsageError: an actor or a place is not there, or several states count as one.
        TooLarge: there are too many rankings, or moves.
    """
    graph, wanted = model.graph, tuple(concepts)
    one_by_one(graph, "A count of rankings")
    each = [Ranking.of(own[graph.decimals]) for own in model.ranks]
    sizes = [len(one.groups) for one in each]
    spans = _spans(graph.actors, each, varied)
    total = prod(factorial(last - first) for first, last in spans)
    verdicts = Verdicts(Moves(graph), state)
    _guard(total, verdicts.size)
    tally = {concept: _Tally(limit) for concept in wanted}
    for block in blocks(each, spans, verdicts):
        for concept in wanted:
            tally[concept].add(block, verdicts.equilibria(concept, block.views))
    return Rankings(
        options=graph.options,
        decimals=frozen(graph.decimals, np.int64),
        actors=graph.actors,
        state=state,
        varied=MappingProxyType(
            {a: (f + 1, n) for a, (f, n) in zip(graph.actors, spans, strict=True) if n > f}
        ),
        ranking=MappingProxyType(
            {actor: one.groups for actor, one in zip(graph.actors, each, strict=True)}
        ),
        total=total,
        counts=MappingProxyType({concept: tally[concept].count for concept in wanted}),
        nearest=MappingProxyType(
            {concept: tally[concept].nearest(graph.actors, sizes) for concept in wanted}
        ),
    )


def _spans(
    actors: Sequence[str], each: Sequence[Ranking], varied: Mapping[str, Span | None]
) -> list[Span]:
    """Give, per actor, the places ranked anew, from 0 and without the last; (0, 0) for none."""
    for actor in varied:
        if actor not in actors:
            hint = did_you_mean(actor, actors, f"The decision makers are {', '.join(actors)}.")
            raise UsageError(f'"{actor}" is not a decision maker of the conflict. {hint}')
    found = []
    for actor, one in zip(actors, each, strict=True):
        first, last = (varied[actor] or (1, len(one.groups))) if actor in varied else (1, 0)
        if actor in varied and not 1 <= first <= last <= len(one.groups):
            raise UsageError(
                f"{actor} ranks the states in {len(one.groups)} places; there are no places "
                f"{first} to {last}. Give two of 1 to {len(one.groups)}, such as "
                f"1-{len(one.groups)}."
            )
        found.append((first - 1, last))
    return found


def _guard(total: int, size: int) -> None:
    if total > MOST or total * size > MOST_WORK:
        most = min(MOST, MOST_WORK // size)
        raise TooLarge(
            f"There are {total:,} rankings, and at most {most:,} of this conflict are looked at. "
            "Vary fewer places with --places, such as 1-6, or fewer actors with --actor; or leave "
            "out --rankings: the fewest changes are found without listing rankings."
        )


class _Tally:
    """What was found so far under one concept."""

    def __init__(self, limit: int) -> None:
        self.count = 0
        self._limit = limit
        self._cost: int | None = None
        self._found: list[Profile] = []

    def add(self, block: Block, holds: NDArray[np.bool_]) -> None:
        """Count the rankings of a block that do, and keep the nearest."""
        self.count += int(np.count_nonzero(holds))
        if not holds.any():
            return
        cost = int(block.moved[holds].min())
        if self._cost is None or cost < self._cost:
            self._cost, self._found = cost, []
        if cost == self._cost:
            these = np.flatnonzero(holds & (block.moved == cost))
            room = self._limit + 1 - len(self._found)
            self._found += [block.profile(int(number)) for number in these[:room]]

    def nearest(self, actors: Sequence[str], sizes: Sequence[int]) -> Nearest:
        """Give the rankings that move the fewest ranks, told as changes."""
        if self._cost is None:
            return Nearest(None)
        found = self._found[: self._limit]
        every = len(found) == len(self._found)
        return Nearest(self._cost, grouped(actors, sizes, found), every)
