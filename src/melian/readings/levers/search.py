"""The smallest sets of levers that bring a target about.

Effects do not add up: a lever may undo what another does, and two that do nothing alone may do
much together. So no set is ruled out for what its parts do: all sets are looked at, size by size,
and only sets that come to the same conflict are solved once (:mod:`.versions`).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.case.spans import EVER
from melian.conflict.result import Concept
from melian.problems import TooLarge, UsageError
from melian.readings.levers.reaching import masks, reached
from melian.readings.levers.reciprocity import Judge
from melian.readings.levers.result import Pull, Search
from melian.readings.levers.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from melian.audit.result import Audit
    from melian.case.formula import Formula
    from melian.case.model import Case
    from melian.case.spans import Span
    from melian.readings.levers.pulling import Moved
    from melian.readings.levers.reaching import Shares
    from melian.readings.levers.result import Measure

WORK = 2**30
"""What a search may take unless its sizes are asked for: half a minute, or more under SIM."""

MOST_SETS = 1_000_000
"""How many sets are looked at when their largest size is asked for."""

_OVERHEAD = 2**12  # what a set, or a combination of readings, costs beside its states

Places = tuple[int, ...]


def search(
    case: Case,
    audited: Audit,
    target: Formula,
    concept: Concept = Concept.NASH,
    *,
    measure: Measure = "assured",
    largest: int | None = None,
    window: Span = EVER,
    work: int = WORK,
) -> Search:
    """Give the smallest sets of levers that bring a target about.

    Args:
        case: with a conflict; its levers are pulled in the order of the case.
        audited: an audit of its decision makers.
        target: a formula over options.
        concept: whose equilibria are looked at.
        measure: what counts as bringing it about: that it is assured, or that it is possible.
        largest: all sets of up to this many levers are looked at, whatever that takes; all sizes
            that the work allows, when left out.
        window: the days that the audit looks at.
        work: what the search may take, in states looked at, or about that. What it would take is
            foreseen before each size is begun, from what the sizes before it took.

    Raises:
        UsageError: the case has no conflict, the target names what is no option, or ``largest``
            is negative.
        TooLarge: the case is too large to solve, or has more sets than are looked at.
    """
    levers = tuple(case.levers.values())
    if largest is not None:
        _guard(len(levers), largest)
    return _Searcher(case, Versions(case, audited, concept, window), target, concept, measure).run(
        len(levers) if largest is None else min(largest, len(levers)),
        work if largest is None else None,
    )


def _guard(levers: int, largest: int) -> None:
    if largest < 0:
        raise UsageError(f"Sets have no fewer than 0 levers; {largest} was asked for as largest.")
    count = sum(comb(levers, size) for size in range(min(largest, levers) + 1))
    if count > MOST_SETS:
        raise TooLarge(
            f"{levers} levers make {count:,} sets of up to {largest}; at most {MOST_SETS:,} are "
            "looked at. Ask for smaller ones."
        )


class _Searcher:
    """One search: what is reached by which sets, as far as they have been looked at."""

    def __init__(
        self, case: Case, versions: Versions, target: Formula, concept: Concept, measure: Measure
    ) -> None:
        self.levers = tuple(case.levers.values())
        self.case, self.versions = case, versions
        self.target, self.concept, self.measure = target, concept, measure
        self.reached: dict[Places, Shares] = {}
        self.unsolved: list[Places] = []
        self._shares: dict[Hashable, Shares] = {}
        self._judge = Judge(versions, target, concept)

    def run(self, largest: int, work: int | None) -> Search:
        """Look at all sets, size by size, and choose among them."""
        level: dict[Places, Moved] = {(): self.versions.begun}
        searched: dict[int, int] = {}
        for size in range(largest + 1):
            if size > 1 and work is not None and self._foreseen(size) > work:
                break
            level = dict(self._longer(level)) if size else level
            for places, moved in level.items():
                self._look(places, moved)
            searched[size] = len(level)
        return self._search(searched)

    def _foreseen(self, size: int) -> int:
        """Give what looking at the sets of one more size would come to, at the price so far."""
        count, looked_at = comb(len(self.levers), size), len(self.reached) + len(self.unsolved)
        states = 1 << len(self.case.conflict.options) if self.case.conflict else 1
        done = looked_at * _OVERHEAD + self.versions.combinations * (states + _OVERHEAD)
        return done + done * count // looked_at

    def _longer(self, level: Mapping[Places, Moved]) -> Iterator[tuple[Places, Moved]]:
        """Give the sets one longer, each once: with a lever that comes after all it has."""
        for places, moved in level.items():
            for place in range(places[-1] + 1 if places else 0, len(self.levers)):
                yield (*places, place), moved.by(self.levers[place])

    def _look(self, places: Places, moved: Moved) -> None:
        key = self.versions.key(moved)
        try:
            if key not in self._shares:
                found = self.versions.solved(moved).outcomes
                self._shares[key] = reached(found, self.target, self.concept)
        except TooLarge:
            if not places:
                raise
            self.unsolved.append(places)
        else:
            self.reached[places] = self._shares[key]

    def _search(self, searched: Mapping[int, int]) -> Search:
        conflicts = len(self.versions)  # judging sets with what is returned for them adds some
        one_by_one = [places for places in self.reached if len(places) == 1]
        sets = tuple(self._pull(places) for places in self._minimal())
        alone = tuple(self._pull(places) for places in one_by_one)
        whole = len(self.levers) in searched and not self.unsolved
        return Search(
            target=self.target,
            concept=self.concept,
            measure=self.measure,
            baseline=self._pull(()),
            alone=alone,
            sets=sets,
            idle=tuple(self.levers[place].id for place in self._idle()),
            searched=MappingProxyType(dict(searched)),
            unsolved=tuple(self._ids(places) for places in self.unsolved),
            conflicts=conflicts,
            audited=self.versions.complete,
            complete=whole and self.versions.complete,
        )

    def _minimal(self) -> list[Places]:
        """Give the sets that reach the target in more combinations than any part of them does."""
        best, found = dict[Places, Fraction](), list[Places]()
        for places in sorted([*self.reached, *self.unsolved], key=len):
            parts = list(combinations(places, len(places) - 1)) if places else []
            best[places] = max((max(best[p], self._held(p)) for p in parts), default=Fraction(-1))
            if places and self._held(places) > best[places]:
                found.append(places)
        return sorted(found, key=self._order)

    def _held(self, places: Places) -> Fraction:
        """Give the share in which a set brings the target about; -1 where it is not solved."""
        if places not in self.reached:
            return Fraction(-1)
        shares = self.reached[places]
        return shares.assured if self.measure == "assured" else shares.possible

    def _order(self, places: Places) -> tuple[bool, int, Fraction, Places]:
        held = self._held(places)
        return held < 1, len(places), -held, places

    def _idle(self) -> Iterator[int]:
        """Give the levers that make no difference to any set looked at."""
        differs = {
            place
            for places, shares in self.reached.items()
            for at, place in enumerate(places)
            if self.reached.get((*places[:at], *places[at + 1 :]), shares) != shares
        }
        yield from (place for place in range(len(self.levers)) if place not in differs)

    def _pull(self, places: Places) -> Pull:
        levers = tuple(self.levers[place] for place in places)
        version = self.versions.pulled(levers)
        outcomes, shares = version.outcomes, self.reached[places]
        met = masks(outcomes, self.target, self.concept)
        wanted = outcomes.satisfying(self.target)
        return Pull(
            levers=levers,
            possible=float(shares.possible),
            assured=float(shares.assured),
            combinations=outcomes.combinations,
            states=tuple(n for n in outcomes.stable(self.concept) if wanted[n - 1]),
            hangs_on=outcomes.hangs_on(met.assured if self.measure == "assured" else met.possible),
            version=version,
            reciprocity=self._judge.reciprocity(levers) if levers else None,
        )

    def _ids(self, places: Places) -> tuple[str, ...]:
        return tuple(self.levers[place].id for place in places)
