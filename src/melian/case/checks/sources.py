"""What is claimed has a source, and every source that is named is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.uses import Nearest
from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import (
        Case,
        Deed,
        Definition,
        Fact,
        Hypothesis,
        Lever,
        Principle,
        Rule,
        Statement,
    )

    _Citing = Fact | Rule | Principle | Lever | Hypothesis | Definition | Statement | Deed


_UNSOURCED = ("lever", "rule", "principle", "hypothesis")  # these may be the coder's own


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
    for fact in case.facts.values():
        yield "fact", fact
    for rule in case.rules:
        yield "rule", rule
    for principle in case.principles.values():
        yield "principle", principle
    for lever in case.levers.values():
        yield "lever", lever
    for hypothesis in case.hypotheses.values():
        yield "hypothesis", hypothesis
    for definitions in case.terms.values():
        for definition in definitions:
            yield "definition", definition
    for statement in case.statements:
        yield "statement", statement
    for deed in case.deeds:
        yield "deed", deed
