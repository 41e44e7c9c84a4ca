"""A case hears more than one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.place import where
from melian.case.speaking import party_of
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case


def check(case: Case) -> Iterator[Problem]:
    """Give a warning when all statements are those of one party."""
    sides = {party_of(case, each.actor, each.date) for each in case.statements}
    parties = {party for side in sides for party in side}
    if len(parties) == 1:
        message = f"All statements are those of one party, {min(parties)}."
        hint = "Code what the others say, too; a finding about one side alone is half a finding."
        at = where(case.statements[0].at)
        yield Problem(at, "one-sided", message, hint, Severity.WARNING)
