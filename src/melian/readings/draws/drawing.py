"""Outcomes where there are too many combinations to solve each: a sample of them, and intervals.

In each draw every party comes down on one side of each of its contradictions, and of what is
uncertain about its preferences, as likely as the side weighs. What the draw makes the parties
prefer is a profile; each distinct profile is solved once, and only counts are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from melian.conflict import building
from melian.conflict.model import frozen
from melian.conflict.result import Concept, States
from melian.conflict.satisfying import satisfying
from melian.conflict.stability import Solver
from melian.problems import TooLarge, UsageError
from melian.readings import profiles
from melian.readings.choices import counted, uncertain
from melian.readings.draws.games import Game
from melian.readings.draws.intervals import CONFIDENCE, Estimate
from melian.readings.draws.rankings import Rankings, coming_up
from melian.readings.draws.tallies import Profiles, tally
from melian.readings.outcomes import prepared
from melian.readings.reach import within_reach
from melian.workers import serial

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from melian.audit.result import Audit
    from melian.case.formula import Formula
    from melian.case.model import Case
    from melian.readings.choices import Choice
    from melian.workers import Spread

USUAL = 2_000
"""So many draws tell a share to within 2.2 percentage points, 19 times out of 20."""

MOST = 1_000_000
FEWEST = 20
"""Where not even so many can be solved, the conflict is too large.

They tell a share to within 20 percentage points."""

WORK = 2**28
"""So much is done when nobody says how many to draw: some 20 seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws(States):
    """What is stable in a sample of the combinations of readings.

    Attributes:
        choices: as in :class:`~melian.readings.outcomes.Outcomes`.
        draws: how many there were.
        seed: that they, and so all of this, can be had with again.
        profiles: how many distinct ones came up.
        stable: per concept and feasible state, in how many draws it is an equilibrium.
        under_all: per feasible state, in how many it is one under every concept.
        sure, ruled_out: per option, in how many draws there are Nash equilibria and it is taken in
            all, or in none of them.
        target: the outcome sought, or None.
        possible, assured: in how many draws some Nash equilibrium is as sought; there are some,
            and all are.
        beyond: per concept, boolean, shape (feasible states): in some draw no party would leave
            the state, but no moves lead there from the status quo; it is no equilibrium here.
        status_quo: number of the status quo, or None when it is not feasible or not given.
        complete: never: these are shares of a sample.
    """

    choices: tuple[Choice, ...]
    draws: int
    seed: int
    profiles: int
    stable: Mapping[Concept, NDArray[np.int64]]
    under_all: NDArray[np.int64]
    sure: NDArray[np.int64]
    ruled_out: NDArray[np.int64]
    target: Formula | None
    possible: int
    assured: int
    beyond: Mapping[Concept, NDArray[np.bool_]]
    status_quo: int | None
    complete: bool = False
    confidence: float = CONFIDENCE

    @property
    def method(self) -> str:
        """How it was made."""
        return explained(self.draws, self.seed, self.confidence)

    @property
    def combinations(self) -> int:
        """How many combinations of readings there are to draw from."""
        return counted(self.choices)

    @property
    def uncertain(self) -> bool:
        """Whether preferences are uncertain, so that combinations differ in weight."""
        return uncertain(self.choices)

    def estimate(self, count: int) -> Estimate:
        """Give the share, with its interval, of what was so in a number of draws."""
        return Estimate(int(count), self.draws, self.confidence)

    def counts(self, concept: Concept | None = None) -> NDArray[np.int64]:
        """Give, per feasible state, in how many draws it is an equilibrium.

        Args:
            concept: under which; under all of them when left out.
        """
        return self.under_all if concept is None else self.stable[concept]

    def share(self, number: int, concept: Concept | None = None) -> Estimate:
        """Give the share of combinations in which a state is an equilibrium."""
        return self.estimate(self.counts(concept)[number - 1])

    def found(self, concept: Concept | None = None) -> tuple[int, ...]:
        """Give the states that are equilibria in some draw, most often so first."""
        counts = self.counts(concept)
        order = np.argsort(-counts, kind="stable")
        return tuple(int(place) + 1 for place in order[counts[order] > 0])


def explained(draws: int, seed: int, confidence: float) -> str:
    """Say how shares of a sample are made."""
    return (
        f"{draws:,} draws of a side for each choice (Philox, seed {seed}), each profile that came "
        f"up solved once by explicit sweeps over all states; {confidence:.0%} intervals of Wilson "
        "(1927)"
    )


def guard_seed(seed: int) -> None:
    """Refuse a seed that makes no sense.

    Raises:
        UsageError: it is negative.
    """
    if seed < 0:
        raise UsageError(f"The seed is {seed}; give 0 or a whole number above.")


def draw(
    case: Case,
    audit: Audit,
    concepts: Iterable[Concept] = tuple(Concept),
    *,
    draws: int | None = None,
    seed: int = 0,
    work: int = WORK,
    spread: Spread = serial,
) -> Draws:
    """Solve the conflict of a case in a sample of the combinations of its parties' readings.

    The same seed gives the same answer, however the work is spread.

    Args:
        case: with a conflict.
        audit: of the same case; it must cover the decision makers.
        concepts: the stability concepts wanted; Nash is always among them.
        draws: how many; :data:`USUAL`, or fewer where these are too much work, when left out.
        seed: 0 or above.
        work: how much to do when ``draws`` is left out, though at least :data:`FEWEST` are drawn;
            as counted by :func:`~melian.readings.profiles.per_profile`.
        spread: does the work; here, when left out.

    Raises:
        UsageError: the case has no conflict, the audit leaves out a decision maker, or the number
            of draws or the seed makes no sense.
        TooLarge: there are too many options.
    """
    guard_seed(seed)
    conflict, standings, wanted = prepared(case, audit, concepts)
    on = building.graph(conflict)
    solver = Solver(on)
    solver.check(wanted)
    solvable = number_of(draws, profiles.per_profile(on, wanted), work)
    preferences = conflict.preferences
    rankings = [
        Rankings(on, profiles.party(case, s, preferences.get(s.actor, ()))) for s in standings
    ]
    times = sampled(rankings, seed, solvable, draws or USUAL)
    game = Game(on, [each.ways() for each in rankings], solver)
    sought, reach = satisfying(on, conflict.target), within_reach(on, conflict)
    drawn = Profiles.drawn(game, times, wanted, sought, reach)
    counts = drawn.summed(spread(tally, list(drawn.pieces())))
    return Draws(
        options=on.options,
        decimals=frozen(on.decimals, np.int64),
        choices=tuple(choice for each in rankings for choice in each.party.choices),
        draws=times.total(),
        seed=seed,
        profiles=len(times),
        stable=MappingProxyType({c: frozen(n, np.int64) for c, n in counts.stable.items()}),
        under_all=frozen(counts.under_all, np.int64),
        sure=frozen(counts.sure, np.int64),
        ruled_out=frozen(counts.ruled_out, np.int64),
        target=conflict.target,
        possible=counts.possible,
        assured=counts.assured,
        beyond=MappingProxyType({c: frozen(n > 0, np.bool_) for c, n in counts.beyond.items()}),
        status_quo=building.status_quo(on, conflict),
        varying=on.varying,
    )


def number_of(draws: int | None, each: int, work: int = WORK) -> int:
    """Give how many draws to make, if each makes a profile of its own.

    Args:
        draws: how many are asked for, or None.
        each: the work that a profile is.
        work: how much to do when none are asked for.

    Raises:
        UsageError: the number asked for makes no sense.
        TooLarge: not even :data:`FEWEST` would be done soon.
    """
    if draws is not None:
        if not 1 <= draws <= MOST:
            raise UsageError(f"{draws:,} draws cannot be made; give a number from 1 to {MOST:,}.")
        return draws
    if FEWEST * each > WORK:
        raise TooLarge(
            f"Each draw takes {each:,} comparisons, so that not even {FEWEST} draws would be done "
            "soon. melian outcomes makes as many as it is told to (--draws); or leave out options "
            "that decide little."
        )
    return min(max(work // max(each, 1), FEWEST), USUAL)


def sampled(
    rankings: Sequence[Rankings], seed: int, profiles: int, most: int
) -> Counter[tuple[int, ...]]:
    """Give the profiles that come up in draws, and how often each does.

    As many are drawn as profiles may be solved, and twice as many again and again while no more
    different ones come up, until there are as many draws as are wanted.
    """
    number = profiles
    times = found = coming_up((each.drawn(seed, number) for each in rankings), number)
    while len(found) <= profiles and number < most:
        times, number = found, min(2 * number, most)
        found = coming_up((each.drawn(seed, number) for each in rankings), number)
    return found if len(found) <= profiles else times
