"""What a statement takes back is a record of the same party, and an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.uses import Nearest
from melian.case.place import where
from melian.case.speaking import party_of
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case, Deed, Statement


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for each record taken back that is not there, or was not the party's own."""
    records: dict[str, Statement | Deed] = {deed.id: deed for deed in case.deeds}
    records |= {statement.id: statement for statement in case.statements}
    nearest = Nearest(records)
    for statement in case.statements:
        for each in statement.retracts:
            earlier = records.get(each)
            at = where(statement.at, "retracts", each)
            if earlier is None:
                message = f'There is no statement or deed "{each[:60]}" to take back.'
                hint = nearest.hint(each, "Name the id of an earlier record.")
                yield Problem(at, "unknown-record", message, hint)
            elif trouble := _trouble(case, statement, earlier):
                yield Problem(at, *trouble, Severity.WARNING)


def _trouble(
    case: Case, statement: Statement, earlier: Statement | Deed
) -> tuple[str, str, str] | None:
    own = set(party_of(case, statement.actor, statement.date))
    if own.isdisjoint(party_of(case, earlier.actor, earlier.date)):
        message = f'"{earlier.id[:60]}" was not said or done for the same party.'
        return "foreign-retraction", message, "A party can only take back what binds it."
    if statement.date is None:
        message = "It takes something back at no known time, as though that had never been said."
        return "undated-retraction", message, "Give the statement a date."
    if earlier.date is not None and earlier.date.first > statement.date.last:
        message = f'"{earlier.id[:60]}" is later than the statement that takes it back.'
        return "early-retraction", message, "Check the two dates, or exchange the two."
    return None
