"""Equilibria that satisfy a formula, and how one state stands, in conflicts of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.deciding import conflict_of
from melian.verbs.naming_states import formula_typed, options_taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.case.model import Case
    from melian.conflict.result import Concept
    from melian.conflict.seeking import Sought
    from melian.conflict.symbolic.standing import Standing


def fits(case: Case, concepts: Sequence[Concept] | None = None) -> bool:
    """Tell whether every state of the conflict in a case can be looked at.

    Args:
        case: as opened.
        concepts: under which; all but SIM, which takes the most memory, when left out.

    Raises:
        UsageError: the case has no conflict.
    """
    from melian.conflict.building import bytes_needed
    from melian.conflict.memory import MOST_OPTIONS, allowed
    from melian.conflict.result import Concept

    conflict = conflict_of(case)
    wanted = concepts or [concept for concept in Concept if concept is not Concept.SIM]
    return len(conflict.options) <= MOST_OPTIONS and bytes_needed(conflict, wanted) <= allowed()


def sought(
    case: Case,
    concepts: Sequence[Concept] | None = None,
    where: str = "",
    *,
    limit: int | None = None,
    symbolic: bool = False,
    work: int | None = None,
    count: bool = False,
) -> Sought:
    """Find equilibria that satisfy a formula, with every preference held.

    Args:
        case: as opened.
        concepts: the stability concepts. All five, when left out; but where a solver is to look
            for equilibria of any kind, Nash alone.
        where: a formula over options; "" for any state.
        limit: how many are wanted at most, under each concept.
        symbolic: leave it to a solver, however small the conflict is.
        work: how many steps the solver may take under each concept.
        count: whether it is enough to know how many there are.

    Raises:
        UsageError: the case has no conflict, or that is no formula over its options.
    """
    from melian.conflict.seeking import seek
    from melian.conflict.symbolic.work import STEPS

    return seek(
        conflict_of(case),
        concepts or (),
        formula_typed(where) if where.strip() else None,
        limit=limit,
        symbolic=symbolic,
        work=work or STEPS,
        count=count,
    )


def standing(
    case: Case, state: str, concepts: Sequence[Concept] | None = None, work: int | None = None
) -> Standing:
    """Say for whom a state is stable under which concept, and why.

    Args:
        case: as opened.
        state: as people type it: see :mod:`melian.verbs.naming_states`.
        concepts: the stability concepts; all five, when left out.
        work: how many steps each verdict may take.

    Raises:
        UsageError: the case has no conflict, or the state is not one of its feasible states.
    """
    from melian.conflict.result import Concept
    from melian.conflict.symbolic.model import symbolic_model
    from melian.conflict.symbolic.standing import PER_VERDICT
    from melian.conflict.symbolic.standing import standing as run

    conflict = conflict_of(case)
    model = symbolic_model(conflict)
    decimal = model.decimal(options_taken(conflict, state))
    return run(model, decimal, concepts or tuple(Concept), work or PER_VERDICT)
