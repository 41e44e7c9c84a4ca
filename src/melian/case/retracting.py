"""Who can take back what: a party its own words and deeds, once they are said or done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.speaking import party_of

if TYPE_CHECKING:
    from melian.case.model import Case, Deed, Statement


def may_take_back(case: Case, statement: Statement, record: Statement | Deed) -> bool:
    """Tell whether a statement can take a record back."""
    return is_own(case, statement, record) and not is_later(statement, record)


def is_own(case: Case, statement: Statement, record: Statement | Deed) -> bool:
    """Tell whether the statement and the record bind a common party."""
    own = set(party_of(case, statement.actor, statement.date))
    return not own.isdisjoint(party_of(case, record.actor, record.date))


def is_later(statement: Statement, record: Statement | Deed) -> bool:
    """Tell whether the record is sure to be later than the statement."""
    if statement is record:
        return True
    if statement.date is None or record.date is None:
        return False
    return record.date.first > statement.date.last
