"""What a brief is composed from: the case, and what each engine says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from melian.audit import audit
from melian.audit.arguing.survival import survival
from melian.audit.terms import contested_terms
from melian.case.model import CommitmentChange
from melian.case.spans import EVER, span_of
from melian.conflict.result import Concept
from melian.hypotheses import weigh
from melian.problems import TooLarge
from melian.readings.levers import pull, reach
from melian.readings.outcomes import outcomes
from melian.readings.outlook import outlook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.audit.arguing.claims import Survival
    from melian.audit.result import Audit, Finding
    from melian.audit.terms import Contest
    from melian.case.formula import Formula
    from melian.case.model import Case, Conflict, Lever
    from melian.case.spans import Span
    from melian.hypotheses.result import Why
    from melian.readings.levers import Reach
    from melian.readings.outcomes import Outcomes
    from melian.readings.outlook import Outlook

Together = Literal["alone", "exchange", "all"]


@dataclass(frozen=True, slots=True)
class Pull:
    """Levers pulled together, and how far they bring the target about.

    Attributes:
        together: one lever alone, two that are each other's return, or all of the case.
        case, audit: as they are once the levers are pulled.
        reach: of the target, then.
    """

    levers: tuple[Lever, ...]
    together: Together
    case: Case
    audit: Audit
    reach: Reach


@dataclass(frozen=True, slots=True)
class Aim:
    """The outcome sought.

    Attributes:
        reach: of the target as things stand.
        pulls: each lever alone, then exchanges, then all together.
    """

    target: Formula
    reach: Reach
    pulls: tuple[Pull, ...]

    def alone(self) -> tuple[Pull, ...]:
        """Give each lever on its own."""
        return tuple(pull for pull in self.pulls if pull.together == "alone")

    def exchanges(self) -> tuple[Pull, ...]:
        """Give the levers that are each other's return, two by two."""
        return tuple(pull for pull in self.pulls if pull.together == "exchange")

    def gain(self, pull: Pull) -> float:
        """Give by how much levers raise the target's reach: as sure, and as possible."""
        assured = pull.reach.assured - self.reach.assured
        return assured + (pull.reach.possible - self.reach.possible)


@dataclass(frozen=True, slots=True)
class Solved:
    """A conflict solved under every combination of readings.

    Attributes:
        outlook: of each option, looking at Nash equilibria.
        aim: None when the case names no target.
    """

    conflict: Conflict
    outcomes: Outcomes
    outlook: tuple[Outlook, ...]
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a brief says, before it is said.

    Attributes:
        window: the days looked at.
        solved: None when the case has no conflict, or one that is too large.
        unsolved: why the conflict is not solved, in a sentence, or "".
        survival: which claims survive attack; None to leave that out.
        why: the explanations weighed.
        contests: what parties mean by one word.
    """

    case: Case
    audit: Audit
    window: Span = EVER
    solved: Solved | None = None
    unsolved: str = ""
    survival: Survival | None = None
    why: Why | None = None
    contests: tuple[Contest, ...] = ()

    def findings(self, actor: str) -> tuple[Finding, ...]:
        """Give an actor's findings, plainest first."""
        return tuple(f for f in self.audit.findings if f.actor == actor)


def gather(case: Case, window: Span = EVER) -> Material:
    """Run the engines on a case, within a window of days.

    Claims are judged at the end of the window, or of the period under study.
    """
    moment = span_of(case.period) if window == EVER else window
    audited, claims = audit(case, window=window), survival(case, moment=moment)
    why, contests = weigh(case, audited), contested_terms(case)
    found = Material(case, audited, window=window, survival=claims, why=why, contests=contests)
    if case.conflict is None or not case.conflict.options:
        return found
    try:
        return replace(found, solved=_solved(case, case.conflict, audited, window))
    except TooLarge as error:
        return replace(found, unsolved=str(error))


def _solved(case: Case, conflict: Conflict, audited: Audit, window: Span) -> Solved:
    found = outcomes(case, audited)
    views = outlook(found)
    target = conflict.target
    if target is None:
        return Solved(conflict, found, views)
    pulls = tuple(_pull(case, audited, *bundle, (target, window)) for bundle in _bundles(case))
    return Solved(conflict, found, views, Aim(target, reach(found, target), pulls))


def _pull(
    case: Case,
    audited: Audit,
    levers: tuple[Lever, ...],
    together: Together,
    aim: tuple[Formula, Span],
) -> Pull:
    target, window = aim
    pulled = pull(case, levers, window)
    conflict = pulled.case.conflict
    if conflict is not None and any(map(_moves_positions, levers)):
        parties = [actor for actor in conflict.actors if actor in pulled.commitments]
        audited = audit(pulled.case, parties, held=pulled.commitments, window=window)
    solved = outcomes(pulled.case, audited, (Concept.NASH,))
    return Pull(levers, together, pulled.case, audited, reach(solved, target))


def _moves_positions(lever: Lever) -> bool:
    """Tell whether a lever changes facts or commitments, and not only preferences."""
    changed = (isinstance(change, CommitmentChange) for change in lever.effect)
    return bool(lever.establishes) or any(changed)


def _bundles(case: Case) -> Iterator[tuple[tuple[Lever, ...], Together]]:
    levers = tuple(case.levers.values())
    for lever in levers:
        yield (lever,), "alone"
    exchanges = list(_exchanges(case))
    for pair in exchanges:
        yield pair, "exchange"
    if len(levers) > 1 and set(map(id, levers)) not in [set(map(id, p)) for p in exchanges]:
        yield levers, "all"


def _exchanges(case: Case) -> Iterator[tuple[Lever, Lever]]:
    """Give the pairs in which one lever names another as its return; each pair once."""
    for lever in case.levers.values():
        back = case.levers.get(lever.returns)
        if back is not None and (back.returns != lever.id or lever.id < back.id):
            yield lever, back
