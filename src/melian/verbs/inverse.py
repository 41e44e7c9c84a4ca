"""What change of preferences makes an outcome stable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.deciding import conflict_of
from melian.problems import TooLarge, UsageError, did_you_mean
from melian.verbs.naming_states import formula_typed, number_of, options_taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.case.model import Case
    from melian.conflict.inverse.rankings import Rankings
    from melian.conflict.inverse.result import Inverse
    from melian.conflict.model import Graph
    from melian.conflict.result import Concept


def inverse(
    case: Case,
    target: str = "",
    state: str = "",
    concept: Concept | None = None,
    actors: Sequence[str] = (),
    *,
    additions: bool = False,
    limit: int | None = None,
    steps: int | None = None,
) -> Inverse:
    """Find the fewest preferences to move, or to add, that make states equilibria.

    Args:
        case: as opened; all its preferences are held.
        target: a formula that is true in the states; the case's own, when left out.
        state: in place of it, one state, as people type it: see
            :mod:`melian.verbs.naming_states`.
        concept: of stability; Nash, when left out.
        actors: whose preferences might change; everyone's, when left out.
        additions: whether preferences may be added, not only moved.
        limit: how many ways to give for a state.
        steps: what may be done.

    Raises:
        UsageError: the case has no conflict, or what is named is not there.
        TooLarge: the conflict is too large.
    """
    from melian.conflict.building import graph
    from melian.conflict.inverse.fewest import LIMIT, STEPS, fewest
    from melian.conflict.inverse.offers import offers
    from melian.conflict.result import Concept

    conflict = conflict_of(case)
    on = graph(conflict)
    return fewest(
        on,
        {actor: [p.prefer for p in each] for actor, each in conflict.preferences.items()},
        _targets(case, on, target, state),
        concept or Concept.NASH,
        free=_known(on, actors) or None,
        offered=offers(case) if additions else None,
        limit=LIMIT if limit is None else limit,
        steps=STEPS if steps is None else steps,
    )


def rankings(
    case: Case,
    target: str = "",
    state: str = "",
    concepts: Sequence[Concept] = (),
    actors: Sequence[str] = (),
    *,
    places: str = "",
    limit: int | None = None,
) -> tuple[Rankings, ...]:
    """Count the rankings of the states under which some of them are equilibria.

    Args:
        case: as opened; all its preferences are held.
        target: a formula that is true in the states; the case's own, when left out.
        state: in place of it, one state, as people type it: see
            :mod:`melian.verbs.naming_states`.
        concepts: of stability; all, when left out.
        actors: who ranks anew, all at once; each of them by itself, when left out.
        places: the first and the last of the places ranked anew, such as ``1-6``; all, when left
            out.
        limit: how many of the nearest rankings to give.

    Returns:
        Per state one result, or one for each actor.

    Raises:
        UsageError: the case has no conflict, or what is named is not there.
        TooLarge: there are too many rankings.
    """
    from melian.conflict.building import model
    from melian.conflict.inverse.rankings import LIMIT, rankings
    from melian.conflict.result import Concept

    conflict = conflict_of(case)
    on = model(conflict)
    named = _known(on.graph, actors)
    span = _span(places)
    numbers = _targets(case, on.graph, target, state)
    runs = [named] if named else [(actor,) for actor in on.graph.actors]
    if len(numbers) * len(runs) > _MOST_RUNS:
        raise TooLarge(
            f"{len(numbers):,} states satisfy the target; rankings are listed for "
            f"{_MOST_RUNS // len(runs):,} at most. Name one with --state, or leave out --rankings."
        )
    return tuple(
        rankings(
            on,
            number,
            dict.fromkeys(run, span),
            tuple(concepts or Concept),
            LIMIT if limit is None else limit,
        )
        for number in numbers
        for run in runs
    )


_MOST_RUNS = 20


def cannot_come_about(case: Case, numbers: Sequence[int]) -> frozenset[int]:
    """Give which of some states no moves lead to from the status quo, of anyone, in any number.

    Raises:
        UsageError: the case has no conflict.
        TooLarge: the conflict is too large.
    """
    from melian.conflict.building import graph
    from melian.readings.reach import within_reach

    conflict = conflict_of(case)
    reach = within_reach(graph(conflict), conflict)
    return frozenset(number for number in numbers if not reach[number - 1])


def _known(on: Graph, actors: Sequence[str]) -> tuple[str, ...]:
    for actor in actors:
        if actor not in on.actors:
            hint = did_you_mean(actor, on.actors, f"They are: {', '.join(on.actors)}.")
            raise UsageError(f'"{actor[:60]}" is not a decision maker of the conflict. {hint}')
    return tuple(dict.fromkeys(actors))


def _span(places: str) -> tuple[int, int] | None:
    if not places:
        return None
    first, _, last = places.partition("-")
    if not (first.strip().isdecimal() and last.strip().isdecimal()):
        raise UsageError(
            f'"{places[:40]}" are no places. Give the first and the last, 1 being the best: 1-6.'
        )
    return int(first), int(last)


def _targets(case: Case, on: Graph, target: str, state: str) -> list[int]:
    """Give the numbers of the states asked about."""
    if target and state:
        raise UsageError("Give --target or --state, not both.")
    if state:
        conflict = conflict_of(case)
        return [number_of(conflict, options_taken(conflict, state))]
    formula = formula_typed(target) if target else conflict_of(case).target
    if formula is None:
        raise UsageError(
            "The case names no target. Say with --target which outcome is meant, such as "
            f'--target "not {on.options[0]}", or name one state with --state.'
        )
    import numpy as np

    from melian.conflict.preferences import evaluate

    numbers = np.flatnonzero(evaluate(formula, on.options)[on.decimals]) + 1
    if not len(numbers):
        raise UsageError(f'No feasible state satisfies "{formula}". Give a --target that one does.')
    return [int(number) for number in numbers]
