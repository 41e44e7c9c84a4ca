"""How grave a conflict is, by parts that a reader can judge one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.audit.result import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from melian.audit.clash import Clash
    from melian.audit.result import Commitment
    from melian.case.model import Case, Deed, Statement

RANKS = {"": 1.0, "top": 1.0, "senior": 2 / 3, "junior": 1 / 3}
"""What a speaker's rank counts for; a speaker of whom none is coded is not marked down."""

GRADES = {"": 1.0, "A": 1.0, "B": 0.8, "C": 0.6, "D": 0.4, "E": 0.2, "F": 0.5}
"""What a source counts for by its reliability in the NATO system (STANAG 2511), A to E; F says that
it cannot be judged."""


class Scales:
    """What the records of a case weigh, looked up once for all conflicts in it."""

    def __init__(self, case: Case, taken_back: Iterable[str]) -> None:
        """Weigh the records; some of them were taken back at some time."""
        records: tuple[Statement | Deed, ...] = (*case.statements, *case.deeds)
        ranks = {actor.id: RANKS[actor.rank] for actor in case.actors.values()}
        grades = {source.id: GRADES[source.grade] for source in case.sources.values()}
        self._rank = {r.id: ranks.get(r.actor, 1.0) for r in records}
        self._grade = {r.id: grades.get(r.source, 1.0) for r in records}
        self._taken_back = frozenset(taken_back)

    def severity(self, clash: Clash, ever: Sequence[Commitment]) -> Severity:
        """Give how grave a conflict is, by its parts (see :class:`Severity`).

        Args:
            clash: the conflict, with the records in force on the days of it.
            ever: its commitments with all records that were ever behind them.
        """
        behind = [records_of(commitment) for commitment in clash.commitments]
        made = min(map(len, behind))
        return Severity(
            strict=_share(rule.origin.strength == "strict" for rule in clash.rules),
            direct=min(1.0, 2 / len(clash.commitments)),
            backed=made / (made + 1),
            undisputed=_share(not fact.contested_by for fact in clash.facts),
            ranked=min(_best(self._rank, records) for records in behind),
            sourced=min(_best(self._grade, records) for records in behind),
            undeclared=_share(self._taken_back.isdisjoint(records_of(c)) for c in ever),
        )


def records_of(commitment: Commitment) -> frozenset[str]:
    """Give the statements and deeds behind a commitment."""
    return frozenset((*commitment.statements, *commitment.warrants, *commitment.deeds))


def _best(scale: Mapping[str, float], records: Iterable[str]) -> float:
    return max((scale.get(record, 1.0) for record in records), default=1.0)


def _share(each: Iterable[bool]) -> float:
    values = list(each)
    return sum(values) / len(values) if values else 1.0
