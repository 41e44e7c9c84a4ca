"""A case as it is under many sets of levers, each different conflict solved in the same draws.

In draw number n a fork comes down on the same side under all sets of levers that leave it as it is
(common random numbers). So sets are compared in the same situations, and what an actor whom levers
do not touch comes to prefer is worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict import building
from melian.conflict.model import frozen
from melian.conflict.result import States
from melian.conflict.satisfying import satisfying
from melian.conflict.stability import Solver
from melian.readings import profiles
from melian.readings.choices import counted
from melian.readings.draws.games import Game
from melian.readings.draws.rankings import Rankings, coming_up
from melian.readings.draws.tallies import Profiles, tally
from melian.readings.levers.reaching import Shares
from melian.readings.outcomes import prepared
from melian.readings.reach import within_reach

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from numpy.typing import NDArray

    from melian.audit.result import Audit, Standing
    from melian.case.formula import Formula
    from melian.case.model import Conflict
    from melian.conflict.result import Concept
    from melian.readings.choices import Choice
    from melian.readings.draws.tallies import Tally
    from melian.readings.levers.audits import Audits
    from melian.readings.levers.pulling import Moved
    from melian.workers import Spread

_TOGETHER = 16  # versions whose profiles are in memory, and handed to workers, together
_KEPT = 2**27  # bytes of what actors come to prefer, draw by draw, that are kept


@dataclass(frozen=True, slots=True)
class Sample:
    """Which draws are made.

    Attributes:
        draws: how many.
        seed: 0 or above.
    """

    draws: int
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Sampled(States):
    """What comes about in a sample of the combinations of readings, once levers are pulled.

    Attributes:
        choices: where the parties may come down on several sides.
        profiles: how many distinct ones came up.
        found: numbers of the states that satisfy the target and are equilibria in some draw, most
            often so first, and in how many draws they are, shape (states, 2).
        possible, assured: in how many draws some equilibrium satisfies the target; there are some,
            and all do.
    """

    choices: tuple[Choice, ...]
    profiles: int
    found: NDArray[np.int64]
    possible: int
    assured: int

    @property
    def combinations(self) -> int:
        """How many combinations of readings there are to draw from."""
        return counted(self.choices)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways in which an actor turns out to rank the states, and which it is in each draw."""

    rankings: Rankings
    drawn: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be solved of one version of the case."""

    key: Hashable
    drawn: Profiles
    tasks: tuple[Profiles, ...]
    choices: tuple[Choice, ...]


class Samples:
    """Solves versions of one case in the same draws.

    Attributes:
        begun: the case before any lever is pulled.
        combinations: profiles solved so far, over all versions.
        complete: whether no audit was cut short so far.
    """

    def __init__(
        self, audits: Audits, target: Formula, concept: Concept, sample: Sample, spread: Spread
    ) -> None:
        """Take audits of a case, and what is looked for in its equilibria.

        Args:
            audits: of the case and its versions.
            target: a formula over options.
            concept: whose equilibria are looked at.
            sample: which draws are made.
            spread: does the work.
        """
        self.begun = audits.begun
        self.combinations = 0
        self.complete = True
        self._audits, self._target, self._concept = audits, target, concept
        self._sample, self._spread = sample, spread
        self._solvers: dict[Hashable, Solver] = {}
        self._reach: dict[Hashable, NDArray[np.bool_]] = {}
        self._ways: dict[Hashable, _Ways] = {}
        self._known: dict[Hashable, Sampled] = {}

    def __len__(self) -> int:
        """Give how many different conflicts have been solved."""
        return len(self._known)

    def key(self, moved: Moved) -> Hashable:
        """Give what tells the version of the case after moves from others."""
        return self._audits.key(moved)

    def sampled(self, moved: Moved) -> Sampled:
        """Give what comes about after moves that have been weighed."""
        return self._known[self.key(moved)]

    def weigh(self, moved: Sequence[Moved]) -> Iterator[Shares]:
        """Solve versions that no version solved before is like, and give the shares in each.

        Raises:
            TooLarge: the conflict has too many options.
        """
        for first in range(0, len(moved), _TOGETHER):
            works = [self._work(each) for each in moved[first : first + _TOGETHER]]
            tasks = [task for work in works for task in work.tasks]
            tallies = self._spread(tally, tasks)
            for work in works:
                found = self._known[work.key] = self._gathered(work, tallies)
                self.combinations += found.profiles
                draws = self._sample.draws
                yield Shares(Fraction(found.possible, draws), Fraction(found.assured, draws))

    def _work(self, moved: Moved) -> _Work:
        case, audited = moved.case, self._audits.of(moved)
        conflict, standings, _ = prepared(case, audited, (self._concept,))
        self.complete &= audited.complete
        self.complete &= all(c.complete for s in standings for c in s.components)
        solver = self._solver(conflict)
        on = solver.graph
        each = [self._ways_of(solver, moved, audited, standing) for standing in standings]
        times = coming_up((ways.drawn for ways in each), self._sample.draws)
        game = Game(on, [ways.rankings.ways() for ways in each], solver)
        sought = satisfying(on, self._target)
        reach = self._reach[conflict.infeasible]
        drawn = Profiles.drawn(game, times, (self._concept,), sought, reach)
        choices = tuple(choice for ways in each for choice in ways.rankings.party.choices)
        return _Work(self.key(moved), drawn, tuple(drawn.pieces()), choices)

    def _gathered(self, work: _Work, tallies: Iterator[Tally]) -> Sampled:
        on, drawn = work.drawn.game.graph, work.drawn
        counts = drawn.summed(islice(tallies, len(work.tasks)))
        stable = np.where(drawn.sought.some, counts.stable[self._concept], 0)
        order = np.argsort(-stable, kind="stable")[: np.count_nonzero(stable)]
        return Sampled(
            options=on.options,
            decimals=on.decimals,
            choices=work.choices,
            profiles=len(drawn.profiles),
            found=frozen(np.column_stack((order + 1, stable[order])), np.int64),
            possible=counts.possible,
            assured=counts.assured,
        )

    def _solver(self, conflict: Conflict) -> Solver:
        """Give the solver of a graph; of what tells graphs apart, levers change only this."""
        key = conflict.infeasible
        if key not in self._solvers:
            solver = Solver(building.graph(conflict))
            solver.check((self._concept,))
            self._solvers[key] = solver
            self._reach[key] = within_reach(solver.graph, conflict)
        return self._solvers[key]

    def _ways_of(self, solver: Solver, moved: Moved, audited: Audit, standing: Standing) -> _Ways:
        case = moved.case
        wanted = case.conflict.preferences.get(standing.actor, ()) if case.conflict else ()
        facts = tuple((atom, fact.value) for atom, fact in case.facts.items())
        key = (id(solver), id(audited), facts, standing.actor, wanted)
        if key not in self._ways:
            if len(self._ways) * self._sample.draws * 8 > _KEPT:
                self._ways.clear()
            rankings = Rankings(solver.graph, profiles.party(case, standing, wanted))
            drawn = rankings.drawn(self._sample.seed, self._sample.draws)
            self._ways[key] = _Ways(rankings, drawn)
        return self._ways[key]
