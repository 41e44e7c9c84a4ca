"""The option table of a conflict, for the terminal and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.deciding import conflict_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from melian.brief.figures.option_table import OptionTable
    from melian.case.model import Case
    from melian.conflict.coalitions.stability import Members
    from melian.conflict.result import Concept

MOST_IN_A_FILE = 1000


def tabular(path: Path) -> None:
    """Make sure, before any work, that an option table can be written under a name.

    Raises:
        UsageError: its ending is none that a table can be written as.
    """
    from melian.brief.figures.option_table_text import writer

    writer(path.suffix)


def option_table(
    case: Case,
    concepts: Sequence[Concept] | None = None,
    groups: Sequence[Members] = (),
    most: int = MOST_IN_A_FILE,
) -> OptionTable:
    """Give the option table of a conflict, with every preference held.

    Args:
        case: as opened.
        concepts: those to tell of; all, when left out.
        groups: coalitions for which an equilibrium must be stable, too.
        most: states to show; of more, only equilibria are shown.

    Raises:
        UsageError: the case has no conflict, or a coalition is none.
        TooLarge: it has too many options, or too many states would have to be compared.
    """
    from melian.brief.figures.option_table import option_table as built
    from melian.conflict.building import model
    from melian.conflict.coalitions.stability import coalition_stability
    from melian.conflict.result import Concept

    conflict = conflict_of(case)
    wanted = tuple(concepts or Concept)
    solved_for = tuple(dict.fromkeys((Concept.NASH, *wanted)))
    on = model(conflict, concepts=solved_for)
    solved = coalition_stability(on, groups, solved_for, told=0)
    return built(case, conflict, on, solved, wanted=wanted, most=most)


def option_table_text(case: Case, table: OptionTable, ending: str) -> str:
    """Give an option table as a file's ending asks: .csv, .md or .html.

    Raises:
        UsageError: the ending is none of these.
    """
    from melian.brief.figures.option_table_text import writer

    return writer(ending)(table, f"Options, states and stability: {case.title or case.id}")
