"""Problems that only follow from others: what an entry that could not be read would have said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from melian.problems import Problem

_NAME = re.compile(r"\w+(?:-\w+)*")


def standing(problems: Iterable[Problem], left_out: Sequence[str]) -> list[Problem]:
    """Give the problems that stand whatever the entries say that were left out.

    Args:
        problems: of what could be read.
        left_out: the text of each entry that could not.
    """
    named = [frozenset(_NAME.findall(entry)) for entry in left_out]
    return [
        problem
        for problem in problems
        if not (problem.missed and any(problem.missed <= names for names in named))
    ]
