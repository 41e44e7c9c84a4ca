"""The text of a concept speaks of what the concept is applied to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from melian.case.place import where
from melian.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case


def check(case: Case) -> Iterator[Problem]:
    """Give a warning for each parameter that does not stand in the text; no text is no fault.

    A principle is exempt: its text says what it says in general.
    """
    for concept in case.concepts.values():
        words = set(re.findall(r"[\w-]+", concept.text))
        for param in concept.params if words else ():
            if param not in words:
                message = (
                    f'"{param[:60]}" does not stand in the text of {concept.name[:60]}, '
                    "which reads the same for all it is applied to."
                )
                hint = f"Write {param[:40]} in the text, where the name is to stand."
                at = where(concept.at, "", param)
                yield Problem(at, "unused-parameter", message, hint, Severity.WARNING)
