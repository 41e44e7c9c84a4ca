"""Every concept is used somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.checks.uses import concept_uses
from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for each concept that nothing else mentions."""
    used = {use.atom.name for use in concept_uses(case)}
    for name, concept in case.concepts.items():
        if name not in used:
            message = f'The concept "{name[:60]}" is never used.'
            hint = "Code a statement that asserts or denies it, or take it out."
            at, missed = where(concept.at), frozenset({name})
            yield Problem(at, "unused-concept", message, hint, Severity.WARNING, missed)
