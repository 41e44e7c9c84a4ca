"""The conflict of a case, for all who cannot do without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.problems import UsageError

if TYPE_CHECKING:
    from melian.case.model import Case, Conflict


def conflict_of(case: Case) -> Conflict:
    """Give the conflict of a case.

    Raises:
        UsageError: it has none, or one in which nothing can be done.
    """
    if case.conflict is None or not case.conflict.options:
        raise UsageError(
            f'The case "{case.id}" has no conflict; add options and preferences under '
            "conflict: in case.yaml. A table or a database of statements is made a case by "
            "melian import FILE FOLDER."
        )
    return case.conflict
