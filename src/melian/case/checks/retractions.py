"""What a statement takes back is a record of the same party, and an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.uses import Nearest
from melian.case.place import where
from melian.case.retracting import is_later, is_own
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case, Deed, Statement


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for each record that a statement names as taken back and cannot take back."""
    records: dict[str, Statement | Deed] = {deed.id: deed for deed in case.deeds}
    records |= {statement.id: statement for statement in case.statements}
    nearest = Nearest(records)
    for statement in case.statements:
        for each in statement.retracts:
            at = where(statement.at, "retracts", each)
            if each not in records:
                message = f'There is no statement or deed "{each[:60]}" to take back.'
                hint = nearest.hint(each, "Name the id of an earlier record.")
                yield Problem(at, "unknown-record", message, hint)
            elif trouble := _trouble(case, statement, records[each]):
                yield Problem(at, *trouble)
        if statement.retracts and statement.date is None:
            message = "It takes something back at no known time, as though that was never said."
            hint = "Give the statement a date."
            at = where(statement.at, "retracts")
            yield Problem(at, "undated-retraction", message, hint, Severity.WARNING)


def _trouble(
    case: Case, statement: Statement, record: Statement | Deed
) -> tuple[str, str, str] | None:
    if not is_own(case, statement, record):
        message = (
            f'"{record.id[:60]}" was not said or done for the same party, and goes on binding.'
        )
        return "foreign-retraction", message, "A party can only take back what binds it."
    if is_later(statement, record):
        message = f'"{record.id[:60]}" is not earlier than what takes it back, and goes on binding.'
        return "early-retraction", message, "Check the two dates, or exchange the two."
    return None
