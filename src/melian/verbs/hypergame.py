"""What follows when parties are wrong about each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.deciding import conflict_of
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.case.model import Case
    from melian.conflict.hypergame import Hypergame
    from melian.conflict.result import Concept


def hypergame(case: Case, concepts: Sequence[Concept] | None = None) -> Hypergame:
    """Solve the conflict of a case as each party sees it, with every preference held.

    Raises:
        UsageError: the case has no conflict, or says nothing of what parties believe or see.
        TooLarge: it has too many options.
    """
    from melian.conflict.hypergame import hypergame as run
    from melian.conflict.result import Concept

    conflict = conflict_of(case)
    if not conflict.beliefs and not conflict.unseen:
        raise UsageError(
            f'The case "{case.id}" does not say what parties believe of each other; add beliefs '
            "or unseen under conflict: in case.yaml, as in beliefs: {nato: {russia: [adapt]}}."
        )
    return run(conflict, tuple(concepts or Concept))
