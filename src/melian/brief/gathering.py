"""What a brief is composed from: the case, and what each engine says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from melian.audit import audit
from melian.audit.arguing.survival import survival
from melian.audit.terms import contested_terms
from melian.brief.debate import debate
from melian.case.spans import EVER, span_of
from melian.conflict.hypergame import hypergame
from melian.conflict.result import Concept
from melian.hypotheses import weigh
from melian.problems import TooLarge
from melian.readings.coalitions import leavings
from melian.readings.draws.drawing import draw
from melian.readings.evolution.status_quo import status_quo_analysis
from melian.readings.levers.drawing import search_draws
from melian.readings.levers.search import search
from melian.readings.outcomes import outcomes
from melian.readings.outlook import outlook
from melian.readings.profiles import TooMany

if TYPE_CHECKING:
    from melian.audit.arguing.claims import Survival
    from melian.audit.result import Audit, Finding
    from melian.audit.terms import Contest
    from melian.brief.debate import Debate
    from melian.case.model import Case, Conflict
    from melian.case.spans import Span
    from melian.conflict.hypergame import Hypergame
    from melian.hypotheses.result import Why
    from melian.readings.coalitions import Leaving
    from melian.readings.draws.drawing import Draws
    from melian.readings.evolution.status_quo import StatusQuoAnalysis
    from melian.readings.levers.result import DrawnSearch, Search
    from melian.readings.outcomes import Outcomes
    from melian.readings.outlook import Outlook

EXACTLY = 2**27
"""What a brief takes to solve each combination: some ten seconds. If that does not do, it draws."""

DRAWN = 2**26
"""What a brief takes for its draws: some five seconds. ``melian outcomes`` takes more."""

WORK = 2**25
"""What a brief takes for its levers: about a second. ``melian levers`` takes more."""

ASKED = 10
"""So many equilibria, those that come up most often, are asked about coalitions."""

DRAWN_WORK = 2**27
"""What a brief takes for its levers where combinations are too many to solve each: seconds."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A conflict solved under every combination of readings.

    Attributes:
        outlook: of each option, looking at Nash equilibria.
        aim: what the levers do for the target of the case; None when it names no target.
        leaving: which of the equilibria that come up most often coalitions of the case would leave;
            None where that is not worked out.
        ahead: where the status quo could lead; None when the case names none.
    """

    conflict: Conflict
    outcomes: Outcomes
    outlook: tuple[Outlook, ...]
    aim: Search | None = None
    leaving: tuple[Leaving, ...] | None = None
    ahead: StatusQuoAnalysis | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a brief says, before it is said.

    Attributes:
        window: the days looked at.
        solved: None when the case has no conflict, or one that is too large.
        drawn: outcomes in a sample, where combinations are too many to solve each.
        moved: what the levers do for the target of the case in a sample, likewise; there is an
            ``aim`` or this.
        perceived: the conflict as each party sees it, under Nash; None when the case says nothing
            of what they believe or see, or has states count as one.
        unsolved: why the conflict is not solved, in a sentence, or "".
        survival: which claims survive attack; None to leave that out.
        why: the explanations weighed.
        contests: what parties mean by one word.
        debate: what the statements show together; None where there are none.
    """

    case: Case
    audit: Audit
    window: Span = EVER
    solved: Solved | None = None
    drawn: Draws | None = None
    moved: DrawnSearch | None = None
    perceived: Hypergame | None = None
    unsolved: str = ""
    survival: Survival | None = None
    why: Why | None = None
    contests: tuple[Contest, ...] = ()
    debate: Debate | None = None

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
    found = Material(
        case,
        audited,
        window=window,
        survival=claims,
        why=why,
        contests=contests,
        debate=debate(case, window),
    )
    if case.conflict is None or not case.conflict.options:
        return found
    try:
        return _with_outcomes(found, case.conflict)
    except TooLarge as error:
        return replace(found, unsolved=str(error))


def _with_outcomes(found: Material, conflict: Conflict) -> Material:
    try:
        found = replace(found, solved=_solved(found.case, conflict, found.audit, found.window))
    except TooMany:
        found = replace(found, drawn=draw(found.case, found.audit, work=DRAWN))
        found = replace(found, moved=_moved(found, conflict))
    if found.solved is not None and found.solved.aim is not None and found.solved.aim.misses:
        solved = replace(found.solved, aim=None)
        found = replace(found, solved=solved, moved=_moved(found, conflict))
    return replace(found, perceived=_perceived(conflict))


def _moved(found: Material, conflict: Conflict) -> DrawnSearch | None:
    if conflict.target is None or not found.case.levers:
        return None
    return search_draws(
        found.case, found.audit, conflict.target, window=found.window, work=DRAWN_WORK
    )


def _solved(case: Case, conflict: Conflict, audited: Audit, window: Span) -> Solved:
    found = outcomes(case, audited, work=EXACTLY)
    views = outlook(found)
    target = conflict.target
    ahead = None if found.status_quo is None else status_quo_analysis(conflict, found)
    aim = search(case, audited, target, window=window, work=WORK) if target is not None else None
    return Solved(conflict, found, views, aim, _leaving(conflict, found), ahead)


def _leaving(conflict: Conflict, found: Outcomes) -> tuple[Leaving, ...] | None:
    if conflict.indistinguishable:
        return None
    try:
        return leavings(conflict, found, found.stable(Concept.NASH)[:ASKED])
    except TooLarge:
        return None


def _perceived(conflict: Conflict) -> Hypergame | None:
    if conflict.indistinguishable or not (conflict.beliefs or conflict.unseen):
        return None
    return hypergame(conflict, (Concept.NASH,))
