"""What a search among levers answers: the sets that bring a target about, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.case.formula import Formula
    from melian.case.model import Lever
    from melian.conflict.result import Concept
    from melian.readings.conditions import HangsOn
    from melian.readings.levers.reciprocity import Reciprocity
    from melian.readings.levers.versions import Version

Measure = Literal["assured", "possible"]
"""What counts as bringing the target about: every equilibrium satisfies it, or some does."""


@dataclass(frozen=True, slots=True)
class Pull:
    """Levers pulled together, and how far they bring the target about.

    Attributes:
        levers: in the order of the case, in which they are pulled.
        possible: share of the combinations of readings in which some equilibrium satisfies the
            target.
        assured: share in which there are equilibria, and all of them satisfy it.
        combinations: of readings, once the levers are pulled.
        states: numbers of the equilibria that satisfy the target, widest share first.
        hangs_on: when it is brought about, by the measure of the search.
        version: the case as it is then.
        reciprocity: with what is returned for them; None where that could not be worked out.
    """

    levers: tuple[Lever, ...]
    possible: float
    assured: float
    combinations: int
    states: tuple[int, ...]
    hangs_on: HangsOn
    version: Version = field(repr=False, compare=False)
    reciprocity: Reciprocity | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its levers."""
        return tuple(lever.id for lever in self.levers)

    def holds_in(self, measure: Measure) -> float:
        """Give the share of the combinations in which it brings the target about."""
        return self.assured if measure == "assured" else self.possible


@dataclass(frozen=True, slots=True)
class Search:
    """The smallest sets of levers that bring a target about.

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
        complete: that, and sets of all sizes were solved.
    """

    target: Formula
    concept: Concept
    measure: Measure
    baseline: Pull
    alone: tuple[Pull, ...]
    sets: tuple[Pull, ...]
    idle: tuple[str, ...]
    searched: Mapping[int, int]
    unsolved: tuple[tuple[str, ...], ...]
    conflicts: int
    audited: bool
    complete: bool
    method: str = "all sets by size; each different conflict audited and solved once"

    @property
    def largest(self) -> int:
        """The largest size of which all sets were looked at."""
        return max(self.searched)

    @property
    def sufficient(self) -> tuple[Pull, ...]:
        """The minimal sets that bring the target about in every combination of readings."""
        return tuple(one for one in self.sets if one.holds_in(self.measure) == 1)

    @property
    def smallest(self) -> tuple[Pull, ...]:
        """Those of the sufficient sets that have fewest levers; no smaller set suffices."""
        few = min((len(one.levers) for one in self.sufficient), default=0)
        return tuple(one for one in self.sufficient if len(one.levers) == few)

    def changes(self, pull: Pull) -> bool:
        """Tell whether levers change how possible, or how sure, the target is."""
        before = self.baseline
        return (pull.possible, pull.assured) != (before.possible, before.assured)

    def gain(self, pull: Pull) -> float:
        """Give by how much levers raise the target's shares: as sure, and as possible."""
        before = self.baseline
        return (pull.assured - before.assured) + (pull.possible - before.possible)
