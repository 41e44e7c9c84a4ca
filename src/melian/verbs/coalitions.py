"""What is stable when parties can act together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.deciding import conflict_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.case.model import Case
    from melian.conflict.coalitions.stability import CoalitionStability, Members
    from melian.conflict.result import Concept


def coalitions(case: Case, named: Sequence[str] = ()) -> tuple[Members, ...]:
    """Give the coalitions to look at.

    Args:
        case: as opened.
        named: as people type them: "nato,ukraine"; or "all" for all there can be, "none" for none.
            Without any, it is those of the case.
    """
    from melian.conflict.coalitions.stability import every_coalition

    actors, asked = (case.conflict.actors if case.conflict else ()), [n.strip() for n in named]
    if not asked:
        return case.conflict.coalitions if case.conflict else ()
    if "all" in asked and "all" not in actors:
        return tuple(every_coalition(actors))
    each = [text.split(",") for text in asked if text != "none" or "none" in actors]
    return tuple(tuple(name.strip() for name in names if name.strip()) for names in each)


def unasked(case: Case, named: Sequence[str] = ()) -> tuple[Members, ...]:
    """Give the coalitions of a case that cannot be asked, as several states count as one there.

    Those that a user names are never among them: that they cannot be asked is an error.

    Raises:
        TooLarge: the conflict has too many options.
    """
    from melian.conflict.building import graph

    conflict, groups = conflict_of(case), () if named else coalitions(case)
    if not (groups and conflict.indistinguishable) or graph(conflict).classes is None:
        return ()
    return groups


def coalition_stability(
    case: Case,
    groups: Sequence[Members],
    concepts: Sequence[Concept] | None = None,
    *,
    moves: bool = True,
) -> CoalitionStability:
    """Find which states are stable for single parties and for coalitions of them.

    Every preference is held.

    Args:
        case: as opened.
        groups: the coalitions.
        concepts: the stability concepts wanted; all, when left out.
        moves: whether to say by which moves coalitions leave the first equilibria.

    Raises:
        UsageError: the case has no conflict, or a coalition is none.
        TooLarge: it has too many options, or too many states would have to be compared.
    """
    from melian.conflict.building import model
    from melian.conflict.coalitions.stability import TOLD
    from melian.conflict.coalitions.stability import coalition_stability as run
    from melian.conflict.result import Concept

    wanted = tuple(concepts or Concept)
    told = TOLD if moves else 0
    return run(model(conflict_of(case), concepts=wanted), groups, wanted, told)
