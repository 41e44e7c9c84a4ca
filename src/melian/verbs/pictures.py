"""Pictures of a conflict as SVG files: its states and moves, and where the status quo may lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.deciding import conflict_of
from melian.problems import UsageError
from melian.verbs.evolution import begins
from melian.verbs.naming_states import formula_typed

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from melian.case.model import Case
    from melian.conflict.evolution import Moves
    from melian.conflict.model import GraphModel
    from melian.conflict.result import Concept
    from melian.readings.evolution.status_quo import StatusQuoAnalysis


def drawable(path: Path) -> None:
    """Make sure, before any work, that a picture can be written under a name.

    Raises:
        UsageError: its ending is not that of a picture.
    """
    if path.suffix.lower() != ".svg":
        what = f'"{path.suffix}"' if path.suffix else "without an ending"
        raise UsageError(
            f"A picture cannot be drawn as a file {what}; let the file's name end in .svg."
        )


def evolution_picture(case: Case, analysis: StatusQuoAnalysis) -> str:
    """Draw the ways to the equilibria that come about most often, as an SVG file."""
    from melian.brief.compose.ways import evolution_figure
    from melian.brief.drawing import standalone

    return standalone(evolution_figure(case, conflict_of(case), analysis).svg)


def states_picture(
    case: Case, *, start: str = "", where: str = "", moves: Moves, concept: Concept
) -> tuple[str, int]:
    """Draw the states of a conflict and the moves between them, with every preference held.

    Of more states than can be read, those nearest to the status quo are drawn.

    Args:
        case: as opened.
        start: the state to draw the surroundings of, as people type it; the status quo, when
            left out.
        where: a formula over options: only states in which it is true are drawn.
        moves: those that pay whoever makes them, or all.
        concept: what an equilibrium is.

    Returns:
        The SVG file, and how many states are left out of it.

    Raises:
        UsageError: there is no conflict, no such state, or no such formula; or there are more
            states than can be read, and no status quo.
        TooLarge: the conflict has too many options.
    """
    from melian.brief.compose.ways import states_figure
    from melian.brief.drawing import standalone
    from melian.conflict.building import model as built
    from melian.conflict.stability import stability

    conflict = conflict_of(case)
    begin = begins(conflict, start) if start.strip() or conflict.status_quo is not None else None
    model = built(conflict, concepts=(concept,))
    solved = stability(model, (concept,))
    shown = _shown(model, _satisfying(where, model), begin, moves)
    figure = states_figure(
        case, solved, model, numbers=shown, moves=moves, concept=concept, start=begin
    )
    return standalone(figure.svg), len(solved.decimals) - len(shown)


def _satisfying(where: str, model: GraphModel) -> NDArray[np.bool_]:
    """Give, per feasible state, whether it satisfies what was asked for."""
    import numpy as np

    from melian.conflict.satisfying import satisfying

    if not where.strip():
        return np.ones(len(model.graph.decimals), dtype=np.bool_)
    found = satisfying(model.graph, formula_typed(where)).some
    if not found.any():
        raise UsageError(f'In no feasible state is "{where[:80]}" true; ask for less.')
    return found


def _shown(
    model: GraphModel, wanted: NDArray[np.bool_], begin: int | None, moves: Moves
) -> tuple[int, ...]:
    """Give the numbers of the states to draw."""
    from melian.brief.compose.ways import around
    from melian.brief.figures.state_graph import MOST

    numbers = tuple(n for n, is_wanted in enumerate(wanted.tolist(), start=1) if is_wanted)
    if len(numbers) <= MOST:
        return numbers
    if begin is None:
        raise UsageError(
            f"There are {len(numbers):,} states, and a picture of more than {MOST} cannot be read. "
            'Draw those nearest to one with --start "a, b", or those that satisfy a formula over '
            'options with --where "a and not b".'
        )
    return around(model, begin, moves, wanted)
