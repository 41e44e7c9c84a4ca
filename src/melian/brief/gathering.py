"""What a brief is composed from: the case, and what each engine says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.audit import audit
from melian.conflict.result import Concept
from melian.readings.levers import pull, reach
from melian.readings.outcomes import outcomes
from melian.readings.outlook import outlook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.audit.result import Audit, Finding
    from melian.case.model import Case, Lever
    from melian.readings.levers import Reach
    from melian.readings.outcomes import Outcomes
    from melian.readings.outlook import Outlook


@dataclass(frozen=True, slots=True)
class Move:
    """Levers pulled together, and how far they bring the target about.

    Attributes:
        levers: one; two that are each other's return; or all of the case.
        outlook: of each option, looking at Nash equilibria.
        case, audit: as they are once the levers are pulled.
        reach: of the target, then.
    """

    levers: tuple[Lever, ...]
    case: Case
    audit: Audit
    reach: Reach


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Everything a brief says, before it is said.

    Attributes:
        outcomes: None when the case has no conflict.
        outlook: of each option, looking at Nash equilibria.
        reach: of the target as things stand; None when the case names no target.
        moves: each lever alone, then exchanges, then all together.
    """

    case: Case
    audit: Audit
    outcomes: Outcomes | None = None
    outlook: tuple[Outlook, ...] = ()
    reach: Reach | None = None
    moves: tuple[Move, ...] = ()

    def findings(self, actor: str) -> tuple[Finding, ...]:
        """Give an actor's findings, gravest first."""
        return tuple(f for f in self.audit.findings if f.actor == actor)


def gather(case: Case) -> Material:
    """Run the engines on a case.

    Raises:
        TooLarge: the conflict is too large to solve.
    """
    audited = audit(case)
    if case.conflict is None or not case.conflict.options:
        return Material(case, audited)
    solved = outcomes(case, audited)
    target = case.conflict.target
    if target is None:
        return Material(case, audited, solved, outlook(solved))
    parties = case.conflict.actors
    moves = []
    for levers in _bundles(case):
        pulled = pull(case, levers)
        audited_then = audit(pulled, parties)
        solved_then = outcomes(pulled, audited_then, (Concept.NASH,))
        moves.append(Move(levers, pulled, audited_then, reach(solved_then, target)))
    return Material(case, audited, solved, outlook(solved), reach(solved, target), tuple(moves))


def _bundles(case: Case) -> Iterator[tuple[Lever, ...]]:
    levers = tuple(case.levers.values())
    for lever in levers:
        yield (lever,)
    for lever in levers:
        back = case.levers.get(lever.returns)
        if back is not None and (back.returns != lever.id or lever.id < back.id):
            yield (lever, back)
    if len(levers) > 1:
        yield levers
