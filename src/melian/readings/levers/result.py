"""What a search among levers answers: the sets that bring a target about, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from melian.readings.draws.drawing import explained
from melian.readings.draws.intervals import CONFIDENCE, Estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from melian.case.formula import Formula
    from melian.case.model import Lever
    from melian.conflict.result import Concept
    from melian.readings.conditions import HangsOn
    from melian.readings.levers.reciprocity import Reciprocity
    from melian.readings.levers.samples import Sampled
    from melian.readings.levers.versions import Version
    from melian.readings.levers.walking import Measure, Places, Walk

Share = TypeVar("Share", float, Estimate)


@dataclass(frozen=True, slots=True)
class Together(Generic[Share]):
    """Levers pulled together, and how far they bring the target about.

    Attributes:
        levers: in the order of the case, in which they are pulled.
        possible: share of the combinations of readings in which some equilibrium satisfies the
            target.
        assured: share in which there are equilibria, and all of them satisfy it.
        combinations: of readings, once the levers are pulled.
        states: numbers of the equilibria that satisfy the target, widest share first.
    """

    levers: tuple[Lever, ...]
    possible: Share
    assured: Share
    combinations: int
    states: tuple[int, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its levers."""
        return tuple(lever.id for lever in self.levers)

    def held(self, measure: Measure) -> Share:
        """Give how often it brings the target about, as a share or as an estimate of one."""
        return self.assured if measure == "assured" else self.possible

    def holds_in(self, measure: Measure) -> float:
        """Give the share of the combinations, or draws, in which it brings the target about."""
        held = self.held(measure)
        return held.share if isinstance(held, Estimate) else held


@dataclass(frozen=True, slots=True)
class Pull(Together[float]):
    """Levers pulled together, with every combination of readings solved.

    Attributes:
        hangs_on: when the target is brought about, by the measure of the search.
        version: the case as it is then.
        reciprocity: with what is returned for them; None where that could not be worked out.
    """

    hangs_on: HangsOn
    version: Version = field(repr=False, compare=False)
    reciprocity: Reciprocity | None = None


@dataclass(frozen=True, slots=True)
class DrawnPull(Together[Estimate]):
    """Levers pulled together, in a sample of the combinations of readings.

    Attributes:
        sampled: what is stable then, in how many draws.
    """

    sampled: Sampled = field(repr=False, compare=False)


One = TypeVar("One", Pull, DrawnPull)


@dataclass(frozen=True, slots=True)
class Found(Generic[One]):
    """Sets of levers that bring a target about, exactly or in a sample.

    Attributes:
        target: a formula over options.
        concept: whose equilibria are looked at.
        measure: what counts as bringing it about.
        baseline: no lever pulled.
        alone: each lever on its own, in the order of the case.
        sets: all minimal sets: those that bring it about in more combinations (by share) than
            any part of them does. First those that do in every combination, then by size, widest
            share first.
        idle: ids of levers that change neither share, whichever others are pulled as well, as
            far as was searched.
        searched: per size, how many sets were solved; every set of these sizes was.
        unsolved: sets of these sizes that are too large to solve.
        conflicts: how many different conflicts they came down to.
        audited: no audit was cut short, so that all readings are known.
    """

    target: Formula
    concept: Concept
    measure: Measure
    baseline: One
    alone: tuple[One, ...]
    sets: tuple[One, ...]
    idle: tuple[str, ...]
    searched: Mapping[int, int]
    unsolved: tuple[tuple[str, ...], ...]
    conflicts: int
    audited: bool

    @classmethod
    def of(
        cls,
        walk: Walk,
        pull: Callable[[Places], One],
        target: Formula,
        concept: Concept,
        **made: Any,
    ) -> Self:
        """Give what a walk among sets of levers found.

        Args:
            walk: that has come to its end.
            pull: gives what a set does.
            target: that was looked for.
            concept: whose equilibria were looked at.
            made: how it was found, by the names of the attributes that are left.
        """
        return cls(
            target=target,
            concept=concept,
            measure=walk.measure,
            baseline=pull(()),
            alone=tuple(map(pull, walk.alone())),
            sets=tuple(map(pull, walk.minimal())),
            idle=walk.idle(),
            searched=MappingProxyType(dict(walk.searched)),
            unsolved=walk.too_large(),
            **made,
        )

    @property
    def largest(self) -> int:
        """The largest size of which all sets were looked at."""
        return max(self.searched)

    @property
    def sufficient(self) -> tuple[One, ...]:
        """The minimal sets that bring the target about in every combination of readings."""
        return tuple(one for one in self.sets if one.holds_in(self.measure) == 1)

    @property
    def smallest(self) -> tuple[One, ...]:
        """Those of the sufficient sets that have fewest levers; no smaller set suffices."""
        few = min((len(one.levers) for one in self.sufficient), default=0)
        return tuple(one for one in self.sufficient if len(one.levers) == few)

    @property
    def misses(self) -> bool:
        """Whether some lever could not even be looked at on its own."""
        return any(len(ids) == 1 for ids in self.unsolved)

    @property
    def partial(self) -> tuple[One, ...]:
        """The minimal sets that do not suffice."""
        return self.sets[len(self.sufficient) :]

    def changes(self, pull: One) -> bool:
        """Tell whether levers change how possible, or how sure, the target is."""
        before = self.baseline
        return (pull.possible, pull.assured) != (before.possible, before.assured)

    @property
    def still(self) -> tuple[One, ...]:
        """Those of the levers that change nothing on their own."""
        return tuple(pull for pull in self.alone if not self.changes(pull))


@dataclass(frozen=True, slots=True)
class Search(Found[Pull]):
    """The smallest sets of levers that bring a target about, in all combinations of readings.

    Attributes:
        complete: no audit was cut short, and sets of all sizes were solved.
    """

    complete: bool
    method: str = "all sets by size; each different conflict audited and solved once"

    def gain(self, pull: Pull) -> float:
        """Give by how much levers raise the target's shares: as sure, and as possible."""
        before = self.baseline
        return (pull.assured - before.assured) + (pull.possible - before.possible)


@dataclass(frozen=True, slots=True)
class DrawnSearch(Found[DrawnPull]):
    """The smallest sets of levers that bring a target about, in a sample of the combinations.

    Every set is looked at in the same draws: what a fork comes down on in a draw is the same
    under all sets that leave it as it is. What is said of all combinations is said of all draws.
    A set that fails in a draw fails in a combination, so that it is refuted; one that fails in
    none may yet fail elsewhere.

    Attributes:
        draws: how many there were.
        seed: that they can be had with again.
        complete: never: these are shares of a sample.
    """

    draws: int
    seed: int
    complete: bool = False
    confidence: float = CONFIDENCE

    @property
    def method(self) -> str:
        """How it was made."""
        return (
            "all sets by size in the same draws; each different conflict audited once; "
            f"{explained(self.draws, self.seed, self.confidence)}"
        )

    @property
    def at_least(self) -> float:
        """In what share of all combinations that is so, at least, which is so in every draw."""
        return self.estimate(self.draws).low

    def estimate(self, count: int) -> Estimate:
        """Give the share, with its interval, of what was so in a number of draws."""
        return Estimate(count, self.draws, self.confidence)
