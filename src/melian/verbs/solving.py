"""What is stable, and under which readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.deciding import conflict_of
from melian.verbs.auditing import audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.audit.result import Audit
    from melian.case.dates import Period
    from melian.case.model import Case
    from melian.conflict.result import Concept, Stability
    from melian.readings.outcomes import Outcomes

MUCH = 2**29
"""So many bytes are said before they are taken."""


def stability(case: Case, concepts: Sequence[Concept] | None = None) -> Stability:
    """Find who is stable where, with every preference held.

    Raises:
        UsageError: the case has no conflict.
        TooLarge: it has too many options.
    """
    from melian.conflict.building import model
    from melian.conflict.result import Concept
    from melian.conflict.stability import stability as run

    wanted = tuple(concepts or Concept)
    return run(model(conflict_of(case), concepts=wanted), wanted)


def much_memory(case: Case, concepts: Sequence[Concept] | None = None) -> str | None:
    """Say how much memory it takes to find who is stable where, if it is much and allowed."""
    from melian.conflict.building import bytes_needed
    from melian.conflict.memory import allowed, memory
    from melian.conflict.result import Concept

    if case.conflict is None:
        return None
    takes = bytes_needed(case.conflict, tuple(concepts or Concept))
    return memory(takes) if MUCH <= takes <= allowed() else None


def outcomes(case: Case, audited: Audit | None = None, within: Period | None = None) -> Outcomes:
    """Find which outcomes are stable under which readings of the parties.

    Args:
        case: as opened.
        audited: the audit that the readings are taken from; it is made, when left out.
        within: the moment or window that it looks at; all time, when left out.

    Raises:
        UsageError: the case has no conflict.
        TooLarge: it has too many options or too many contradictions that preferences rest on.
    """
    from melian.readings.outcomes import outcomes as run

    return run(case, audited or audit(case, within=within))
