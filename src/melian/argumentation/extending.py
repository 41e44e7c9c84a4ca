"""Extensions: all of them, one of them, or one that holds an argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.argumentation.core import LINEAR, SEARCHED, WORK, core_of
from melian.argumentation.result import Extensions, Semantics

if TYPE_CHECKING:
    from melian.argumentation.solver import Members
    from melian.case.framework import Framework

LIMIT = 10_000
"""How many extensions are listed."""


def extensions(
    framework: Framework, semantics: Semantics, limit: int = LIMIT, work: int = WORK
) -> Extensions:
    """Give the extensions of a framework, in the order of their numbers.

    Args:
        framework: the arguments and attacks.
        semantics: which sets to give.
        limit: how many to give.
        work: how much the search may do (see :data:`WORK`); an answer cut short by this or by the
            limit says that it is not complete.
    """
    core = core_of(framework)
    if semantics is Semantics.GROUNDED:
        return Extensions(semantics, (core.given,), method=LINEAR)
    from melian.argumentation.solver import Solver

    solver = Solver(core.attackers, semantics, work)
    found, complete = solver.every(limit, largest=semantics is Semantics.PREFERRED)
    return Extensions(semantics, tuple(sorted(map(core.whole, found))), complete, SEARCHED)


def one_extension(framework: Framework, semantics: Semantics, work: int = WORK) -> Members | None:
    """Give one extension, or None when there is none.

    Raises:
        OutOfWork: that much work does not settle it.
    """
    core = core_of(framework)
    if semantics is Semantics.GROUNDED:
        return core.given
    from melian.argumentation.solver import Solver

    found = Solver(core.attackers, semantics, work).one()
    return None if found is None else core.whole(found)


def admissible(framework: Framework, argument: int, work: int = WORK) -> Members | None:
    """Give a complete set that holds an argument, or None when no admissible set does.

    Raises:
        OutOfWork: that much work does not settle it.
    """
    core = core_of(framework)
    if argument in core.given:
        return core.given
    if argument not in core.numbers:
        return None
    from melian.argumentation.solver import Solver

    solver = Solver(core.attackers, Semantics.COMPLETE, work)
    found = solver.one([core.numbers[argument]])
    return None if found is None else core.whole(found)
