"""What must hold between the parts of a case: one rule a file, each a plain function."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from melian.case.model import Case
    from melian.problems import Problem

    Check = Callable[[Case], Iterator[Problem]]

ALL: tuple[Check, ...] = ()
