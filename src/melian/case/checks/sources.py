"""What is claimed has a source, and every source that is named is listed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from melian.case.checks.uses import Nearest
from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.model import (
        Case,
        Deed,
        Definition,
        Fact,
        Hypothesis,
        Lever,
        Milestone,
        Principle,
        Rule,
        Statement,
    )

    _Citing = (
        Fact | Rule | Principle | Lever | Hypothesis | Definition | Milestone | Statement | Deed
    )


_UNSOURCED = (
    "lever",
    "rule",
    "principle",
    "hypothesis",
    "milestone",
)  # the coder's own, or known to all


def check(case: Case) -> Iterator[Problem]:
    """Give a problem for every unknown source, and a warning where one is missing."""
    nearest = Nearest(case.sources)
    for kind, entry in _citing(case):
        if entry.source and entry.source not in case.sources:
            message = f'There is no source "{entry.source[:60]}".'
            hint = nearest.hint(entry.source, "Add it to sources.yaml.")
            yield Problem(where(entry.at, "source"), "unknown-source", message, hint)
        elif not entry.source and kind not in _UNSOURCED:
            message = f"This {kind} has no source."
            hint = "Name the id of a source, and where in it (locator)."
            yield Problem(where(entry.at), "no-source", message, hint, Severity.WARNING)


def _citing(case: Case) -> Iterator[tuple[str, _Citing]]:
    named: dict[str, Iterable[_Citing]] = {
        "fact": case.facts.values(),
        "rule": case.rules,
        "principle": case.principles.values(),
        "lever": case.levers.values(),
        "hypothesis": case.hypotheses.values(),
        "definition": chain.from_iterable(case.terms.values()),
        "milestone": case.milestones.values(),
        "statement": case.statements,
        "deed": case.deeds,
    }
    for kind, entries in named.items():
        for entry in entries:
            yield kind, entry
