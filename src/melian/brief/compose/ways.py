"""Two pictures of how a conflict moves: states with moves, and what the status quo may become."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from melian.brief.figures.evolution_graph import EvolutionGraph, Place, Stride, evolution_graph
from melian.brief.figures.option_table import letters
from melian.brief.figures.state_circle import StateArc
from melian.brief.figures.state_graph import MOST, StateGraph, StateNode, state_graph
from melian.case.wording import name_of, series
from melian.conflict.evolution import Moves, evolution, steps_among
from melian.readings.wording import combined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from melian.brief.document import Figure
    from melian.case.model import Case, Conflict, Option
    from melian.conflict.model import GraphModel
    from melian.conflict.result import Concept, Stability
    from melian.readings.evolution.routes import Move
    from melian.readings.evolution.status_quo import StatusQuoAnalysis

FEW = 5
"""As many equilibria as stand beside each other in one picture."""


def evolution_figure(
    case: Case, conflict: Conflict, analysis: StatusQuoAnalysis, most: int = FEW
) -> Figure:
    """Draw the ways to the equilibria that come about most often."""
    outcomes = analysis.outcomes
    several = outcomes.combinations > 1
    shown = [a for a in analysis.arrivals[:most] if a.route is not None]
    actors = conflict.actors
    strides: dict[tuple[str, int, int], Stride] = {}
    for move in (move for arrival in shown if arrival.route for move in arrival.route.moves):
        strides[move.step.actor, move.step.start, move.step.end] = Stride(
            actors.index(move.step.actor),
            move.step.start,
            move.step.end,
            change(conflict, move),
            outcomes.share(move.pays) if several else None,
        )
    shares = {arrival.number: outcomes.share(arrival.met) for arrival in shown}
    passed = {number for s in strides.values() for number in (s.start, s.end)}
    order = [analysis.start, *sorted((passed | shares.keys()) - {analysis.start})]
    places = tuple(
        Place(
            number,
            does(case, conflict, outcomes.taken(number)),
            shares[number] if several and number in shares else None,
            number in shares,
        )
        for number in order
    )
    graph = EvolutionGraph(
        "What the status quo could become",
        tuple(name_of(case, actor) for actor in actors),
        places,
        tuple(strides.values()),
        len(analysis.arrivals) - len(shown),
        combined(case),
    )
    return evolution_graph(graph)


def states_figure(
    case: Case,
    solved: Stability,
    model: GraphModel,
    *,
    numbers: Sequence[int],
    moves: Moves,
    concept: Concept,
    start: int | None,
) -> Figure:
    """Draw states and the moves between them, with every preference held.

    Args:
        case: whose conflict it is.
        solved: under the concept.
        model: of the conflict.
        numbers: of the states to draw.
        moves: those that pay whoever makes them, or all.
        concept: what an equilibrium is.
        start: number of the status quo, if there is one.
    """
    stable = solved.equilibria(concept)
    index = {actor: i for i, actor in enumerate(model.graph.actors)}
    nodes = tuple(
        StateNode(
            n,
            letters(model.graph, int(solved.decimals[n - 1])),
            bool(stable[n - 1]),
            n == start,
        )
        for n in sorted(numbers)
    )
    steps = steps_among(model, numbers, moves)
    kind = "moves that pay" if moves is Moves.IMPROVEMENTS else "moves"
    graph = StateGraph(
        f"States, and the {kind} between them",
        tuple(name_of(case, actor) for actor in model.graph.actors),
        model.graph.options,
        nodes,
        tuple(StateArc(index[step.actor], step.start, step.end) for step in steps),
        concept_name(concept),
        len(solved.decimals) - len(nodes),
        _runs(case, model.graph.options),
    )
    return state_graph(graph)


def _runs(case: Case, options: Sequence[str]) -> tuple[int, ...]:
    """Give how many options in a row have the same first owner."""
    owned = case.conflict.options if case.conflict else {}
    return tuple(len([*run]) for _, run in groupby(options, lambda name: owned[name].owners[:1]))


def concept_name(concept: Concept) -> str:
    """Give a stability concept as the literature writes it: Nash, GMR, SMR, SEQ or SIM."""
    return "Nash" if concept == "nash" else concept.upper()


def around(
    model: GraphModel, start: int, moves: Moves, wanted: NDArray[np.bool_]
) -> tuple[int, ...]:
    """Give the states nearest to one by moves, as many as a picture holds.

    Args:
        model: of the conflict.
        start: number of the state; it is always among them.
        moves: by which they are near: those that pay whoever makes them, or all; where only some
            states may be among them, all.
        wanted: per feasible state, whether it may.
    """
    reached = evolution(model, start, moves if wanted.all() else Moves.ALL).reached()
    return tuple(n for n in reached if n == start or wanted[n - 1])[:MOST]


def does(case: Case, conflict: Conflict, taken: Iterable[str]) -> str:
    """Give a state in few words: what each party does in it."""
    by_owner: dict[str, list[str]] = {}
    for option in (conflict.options[name] for name in taken):
        owners = series([name_of(case, owner) for owner in option.owners]) or "Nobody"
        by_owner.setdefault(owners, []).append(_short(option))
    told = "; ".join(f"{owner}: {', '.join(short)}" for owner, short in by_owner.items())
    return told or "nobody does anything"


def change(conflict: Conflict, move: Move) -> str:
    """Give a step in few words: what its mover takes up, and what it gives up."""
    taken, dropped = (
        ", ".join(_short(conflict.options[option]) for option in options)
        for options in (move.takes, move.drops)
    )
    return "; ".join(part for part in (taken, f"no longer: {dropped}" if dropped else "") if part)


def _short(option: Option) -> str:
    return option.label or option.text
