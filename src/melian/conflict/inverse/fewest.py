"""The fewest preference statements moved or added that make a state an equilibrium.

The search is exact, by refinement (implicit hitting sets; counterexample-guided): a SAT solver
gives lists that all clauses so far leave; the graph model says whether the state is an equilibrium
under them and, where it is not, what is lacking, which becomes a clause that every list that does
it satisfies. When no list is left that costs so much or less, none does it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict.inverse.encoding import Encoding
from melian.conflict.inverse.grouping import grouped, together
from melian.conflict.inverse.result import Fewest, Inverse
from melian.conflict.inverse.sheets import moved, sheet
from melian.conflict.inverse.temptations import Moves, Standing
from melian.conflict.model import frozen, one_by_one
from melian.conflict.result import Concept
from melian.effort import OutOfWork

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.case.formula import Formula
    from melian.conflict.inverse.encoding import Profile
    from melian.conflict.inverse.result import Change
    from melian.conflict.inverse.sheets import Order, Sheet
    from melian.conflict.inverse.temptations import Temptation
    from melian.conflict.model import Graph

LIMIT = 200
"""How many changes are given for one state, and how many lists are looked at for that."""

_APART = (Concept.NASH, Concept.GMR, Concept.SMR)

STEPS = 400_000
"""What may be done for all states together: conflicts in the solver, and a few for each call."""


def fewest(
    graph: Graph,
    lists: Mapping[str, Sequence[Formula]],
    targets: Iterable[int],
    concept: Concept,
    *,
    free: Iterable[str] | None = None,
    offered: Mapping[str, Sequence[Formula]] | None = None,
    limit: int = LIMIT,
    steps: int = STEPS,
) -> Inverse:
    """Give the fewest statements to move, or to add, that make each of some states an equilibrium.

    Args:
        graph: who can move what.
        lists: per actor its preference statements, most important first.
        targets: the numbers of the states.
        concept: of stability.
        free: whose lists may change; everyone's, when left out.
        offered: per actor the statements that may be added to its list.
        limit: how many changes to give for a state, and how many lists to look at for them.
        steps: what may be done for all states together.

    Raises:
        UsageError: a statement names something that is no option, or several states count as one.
        TooLarge: there are too many statements or moves.
    """
    one_by_one(graph, "A search for the fewest changes")
    chosen = frozenset(graph.actors if free is None else free)
    more = offered or {}
    sheets = [
        sheet(graph, lists.get(actor, ()), more.get(actor, ()), free=actor in chosen)
        for actor in graph.actors
    ]
    wanted, moves, found = tuple(dict.fromkeys(targets)), Moves(graph), []
    for done, number in enumerate(wanted):
        with Encoding(sheets, steps // (len(wanted) - done)) as encoding:
            share = encoding.work.left
            found.append(_Search(moves, sheets, concept, encoding).settle(number, limit))
            steps -= share - max(encoding.work.left, 0)
    return Inverse(
        options=graph.options,
        decimals=frozen(graph.decimals, np.int64),
        actors=graph.actors,
        concept=concept,
        free=tuple(actor for actor in graph.actors if actor in chosen),
        statements=MappingProxyType(
            {a: each.formulas for a, each in zip(graph.actors, sheets, strict=True)}
        ),
        fewest=tuple(sorted(found, key=_cheapest_first)),
    )


def _cheapest_first(one: Fewest) -> tuple[bool, int, bool, int]:
    return one.never, one.least, one.cost is None, one.state


class _Search:
    """Looks for lists under which one state is an equilibrium."""

    def __init__(
        self, moves: Moves, sheets: Sequence[Sheet], concept: Concept, encoding: Encoding
    ) -> None:
        self._graph = moves.graph
        self._decimals = moves.graph.decimals
        self._sheets = sheets
        self._concept = concept
        self._encoding = encoding
        self._moves = moves
        self._start: Profile = tuple(each.start for each in sheets)
        self._free = [i for i, each in enumerate(sheets) if each.free]
        self._ranks = lru_cache(64 * len(sheets))(self._rank)
        self._under: dict[int, tuple[int, int]] = {}  # by literal: the temptation that it is about
        self._about: dict[tuple[int, int], int] = {}  # and the other way round
        self._refuted = 0

    def _rank(self, actor: int, order: Order) -> NDArray[np.int32]:
        return self._sheets[actor].ranks(order, self._graph.feasible)

    def settle(self, number: int, limit: int) -> Fewest:
        """Give the fewest changes for one state, as far as the work reaches."""
        state = int(self._decimals[number - 1])
        least, found = 0, None
        try:
            found = self._find(state)
            if found is None:
                return Fewest(number, None, 0, never=True, core=self._core(), refuted=self._refuted)
            while least < self._cost(found):
                cheaper = self._find(state, least)
                found, least = (found, least + 1) if cheaper is None else (cheaper, least)
        except OutOfWork:
            return self._bounded(number, least, found)
        refuted = self._refuted
        changes, every = self._changes(state, found, least, limit)
        return Fewest(number, least, least, least, changes, every, refuted=refuted)

    def _bounded(self, number: int, least: int, found: Profile | None) -> Fewest:
        """Give what is known of a state when the work has run out: at most the cheapest found."""
        open_ = Fewest(number, None, least, every=False, refuted=self._refuted, complete=False)
        if found is None:
            return open_
        sizes = [each.own for each in self._sheets]
        one = grouped(self._graph.actors, sizes, [found])
        return replace(open_, most=self._cost(found), changes=tuple(one))

    def _changes(
        self, state: int, found: Profile, cost: int, limit: int
    ) -> tuple[tuple[Change, ...], bool]:
        """Give all changes of the least cost, and whether they are all.

        Where each actor is stable or not by its own preferences, each is looked at by itself.
        """
        if not cost:
            return (), True
        changed = [i for i, order in enumerate(found) if order != self._start[i]]
        parts = [[actor] for actor in changed] if self._concept in _APART else [self._free]
        sizes, told, complete = [each.own for each in self._sheets], [], True
        for part in parts:
            profiles, every = self._alike(state, found, cost, part, limit)
            only = [
                tuple(order if i in part else self._start[i] for i, order in enumerate(profile))
                for profile in profiles
            ]
            told.append(grouped(self._graph.actors, sizes, only))
            complete &= every
        return together(told, limit), complete and prod(map(len, told)) <= limit

    def _find(self, state: int, most: int | None = None, *under: int) -> Profile | None:
        """Give lists under which a state is an equilibrium, that cost no more; None without any."""
        while True:
            profile = self._encoding.profile([*self._under, *under], most)
            if profile is None:
                return None
            missing = self._missing(state, profile)
            if not missing:
                return profile
            self._refuted += 1
            for temptation in missing:
                self._learn(temptation)

    def _missing(self, state: int, profile: Profile) -> list[Temptation]:
        """Give, under some lists, all temptations to leave a state that nothing answers."""
        ranks = [self._ranks(actor, order) for actor, order in enumerate(profile)]
        standing = Standing(self._moves, ranks)
        return [
            each
            for actor in range(len(ranks))
            for each in standing.temptations(self._concept, actor, state)
        ]

    def _learn(self, temptation: Temptation) -> None:
        what = temptation.actor, temptation.to
        if what not in self._about:
            self._about[what] = self._encoding.selector()
            self._under[self._about[what]] = what
        self._encoding.learn(temptation, self._start, self._about[what])

    def _alike(
        self, state: int, found: Profile, cost: int, part: Sequence[int], limit: int
    ) -> tuple[list[Profile], bool]:
        """Give profiles of the same cost that differ in some actors, and whether they are all."""
        given, other = [found], self._encoding.selector()
        fixed = self._encoding.as_in(found, [i for i in self._free if i not in part])
        try:
            while len(given) <= limit:
                self._encoding.exclude(given[-1], part, other)
                more = self._find(state, cost, other, *fixed)
                if more is None:
                    return given, True
                given.append(more)
        except OutOfWork:
            pass
        return given[:limit], False

    def _core(self) -> tuple[tuple[str, int], ...]:
        told = (self._under[name] for name in self._encoding.core(tuple(self._under)))
        numbers = {int(decimal): n for n, decimal in enumerate(self._decimals, start=1)}
        return tuple(sorted({(self._graph.actors[actor], numbers[to]) for actor, to in told}))

    def _cost(self, profile: Profile) -> int:
        return sum(
            len(moved(order, each.own)[0]) + sum(number >= each.own for number in order)
            for order, each in zip(profile, self._sheets, strict=True)
        )
