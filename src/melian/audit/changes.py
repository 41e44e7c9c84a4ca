"""How a position changed, where what cannot hold together was never held on one day.

What a party takes back in so many words (``retracts``) it changed openly: a **declared** change.
What had ended by its own terms (``until``), or was the case for a time only, left room for the
other: a **development**. A position given up without a word still binds, so that its opposite is a
**reversal**, which is a finding (:mod:`melian.audit.kinds`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from melian.case.spans import EVER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from melian.audit.clash import Clash
    from melian.audit.result import Commitment


@dataclass(frozen=True, slots=True)
class Course:
    """How the commitments of a set followed one another.

    Attributes:
        how: as in :class:`melian.audit.result.Change`.
        ended: the commitments that bind no more, in order of their end.
        since: the others, in order of their beginning.
        taken_back: the statements that took records of those ended back.
    """

    how: Literal["declared", "development"]
    ended: tuple[Commitment, ...]
    since: tuple[Commitment, ...]
    taken_back: tuple[str, ...]


def change_of(clash: Clash, taken_back: Mapping[str, str]) -> Course:
    """Tell how the parts of a set that were never in force together followed one another.

    Args:
        clash: the set.
        taken_back: the statement that takes a record back, by record.
    """
    ended = sorted((c for c in clash.commitments if _end(c) < EVER.last), key=_end)
    since = sorted((c for c in clash.commitments if _end(c) == EVER.last), key=_start)
    records = (r for c in ended for r in (*c.statements, *c.warrants, *c.deeds))
    by = tuple(dict.fromkeys(taken_back[r] for r in records if r in taken_back))
    return Course("declared" if by else "development", tuple(ended), tuple(since), by)


def _end(commitment: Commitment) -> int:
    return commitment.spans[-1].last if commitment.spans else EVER.first


def _start(commitment: Commitment) -> int:
    return commitment.spans[0].first
