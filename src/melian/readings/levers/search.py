"""The smallest sets of levers that bring a target about, all combinations of readings solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.spans import EVER
from melian.conflict.result import Concept
from melian.problems import TooLarge
from melian.readings.levers.reaching import masks, reached
from melian.readings.levers.reciprocity import Judge
from melian.readings.levers.result import Pull, Search
from melian.readings.levers.versions import Versions
from melian.readings.levers.walking import WORK, Walk

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from melian.audit.result import Audit
    from melian.case.formula import Formula
    from melian.case.model import Case
    from melian.case.spans import Span
    from melian.readings.levers.pulling import Moved
    from melian.readings.levers.reaching import Shares
    from melian.readings.levers.walking import Measure, Places


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
    exactly = _Exactly(Versions(case, audited, concept, window), target, concept)
    walk = Walk(case, exactly, measure)
    walk.run(largest, work)
    conflicts = len(exactly.versions)  # judging sets with what is returned for them adds some
    judge = Judge(exactly.versions, target, concept)

    def pull(places: Places) -> Pull:
        return _pull(exactly, walk, judge, measure, places)

    return Search.of(
        walk,
        pull,
        target,
        concept,
        conflicts=conflicts,
        audited=exactly.versions.complete,
        complete=walk.whole() and exactly.versions.complete,
    )


class _Exactly:
    """Finds how far a target is reached in every combination of readings."""

    def __init__(self, versions: Versions, target: Formula, concept: Concept) -> None:
        self.versions, self.target, self.concept = versions, target, concept
        self.begun = versions.begun

    @property
    def combinations(self) -> int:
        return self.versions.combinations

    def key(self, moved: Moved) -> Hashable:
        return self.versions.key(moved)

    def weigh(self, moved: Sequence[Moved]) -> Iterator[Shares | TooLarge]:
        for each in moved:
            try:
                yield reached(self.versions.solved(each).outcomes, self.target, self.concept)
            except TooLarge as error:
                yield error


def _pull(exactly: _Exactly, walk: Walk, judge: Judge, measure: Measure, places: Places) -> Pull:
    levers, shares = walk.named(places), walk.reached[places]
    version = exactly.versions.pulled(levers)
    outcomes = version.outcomes
    met = masks(outcomes, exactly.target, exactly.concept)
    wanted = outcomes.satisfying(exactly.target).some
    return Pull(
        levers=levers,
        possible=float(shares.possible),
        assured=float(shares.assured),
        combinations=outcomes.combinations,
        states=tuple(n for n in outcomes.stable(exactly.concept) if wanted[n - 1]),
        hangs_on=outcomes.hangs_on(met.assured if measure == "assured" else met.possible),
        version=version,
        reciprocity=judge.reciprocity(levers) if levers else None,
    )
