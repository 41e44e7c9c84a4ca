"""The commands evolution and draw: how the conflict could go on, and pictures of it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted, name_of, sentence
from melian.cli.common import (
    At,
    CaseOrFile,
    Json,
    finish,
    opened,
    print_data,
    tell_if_cut_short,
)
from melian.cli.telling import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from melian.case.model import Case
    from melian.readings.conditions import HangsOn
    from melian.readings.evolution.routes import Move
    from melian.readings.evolution.status_quo import Arrival, StatusQuoAnalysis

SHOWN = 12
ALTERNATIVES_SHOWN = 3
LONGEST_FORMULA = 80


class Which(StrEnum):
    """Which moves are followed."""

    IMPROVEMENTS = "improvements"
    ALL = "all"


class Under(StrEnum):
    """What an equilibrium is."""

    NASH = "nash"
    GMR = "gmr"
    SMR = "smr"
    SEQ = "seq"
    SIM = "sim"


Start = Annotated[
    str,
    typer.Option(
        "--start",
        help='The state to begin in: the options taken, as in "a, b"; a Y or N for each; its '
        "number; or nothing.",
    ),
]
Concepts = Annotated[Under, typer.Option("--concept", help="What an equilibrium is.")]
Followed = Annotated[
    Which, typer.Option("--moves", help="Only moves that pay whoever makes them, or all moves.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog='Example: melian evolution nato-russia-2008 --start "confront, apply"')(
        evolution
    )
    app.command(epilog="Example: melian draw nato-russia-2008 -o states.svg --where partner")(draw)


def evolution(
    case: CaseOrFile,
    *,
    start: Start = "",
    concept: Concepts = Under.NASH,
    moves: Followed = Which.IMPROVEMENTS,
    at: At = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Draw the ways into a file, .svg.")
    ] = None,
    json: Json = False,
) -> None:
    """Say how the conflict could go on from the status quo: who would move where, and why.

    Parties move as long as that pays them, nobody twice in a row, until they
    are in an equilibrium. With --moves all, moves are followed whether they
    pay or not: what lies within reach, and not what is to be expected.
    """
    from melian.conflict.evolution import Moves
    from melian.conflict.result import Concept

    if output is not None:
        verbs.drawable(output)
        verbs.spare_case(case, output)
    within = verbs.period(at) if at else None
    found = opened(case)
    result = verbs.evolution(found.case, start, Concept(concept), Moves(moves), within)
    if output is not None:
        verbs.write_text(verbs.evolution_picture(found.case, result), output)
        typer.echo(f"wrote {output}", err=True)
    if json:
        from melian.readings.evolution.form import evolution_form

        print_data(evolution_form(result))
    else:
        _print(found.case, result)
        tell_if_cut_short(complete=result.outcomes.complete)
    finish(found)


def draw(
    case: CaseOrFile,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="A file ending in .svg.")],
    start: Start = "",
    where: Annotated[
        str, typer.Option(help="Only states in which this is true: a formula over options.")
    ] = "",
    concept: Concepts = Under.NASH,
    moves: Followed = Which.IMPROVEMENTS,
) -> None:
    """Draw the states of a conflict and who can move where, with every preference held.

    An arrow is a move of one party, in its own colour and dash pattern.
    Of many states those nearest to the status quo are drawn, or to the state
    that --start names.
    """
    from melian.conflict.evolution import Moves
    from melian.conflict.result import Concept

    verbs.drawable(output)
    verbs.spare_case(case, output)
    found = opened(case)
    picture, left_out = verbs.states_picture(
        found.case, start=start, where=where, moves=Moves(moves), concept=Concept(concept)
    )
    verbs.write_text(picture, output)
    more = f"; {counted(left_out, 'other state')} left out" if left_out else ""
    typer.echo(f"wrote {output}{more}", err=True)
    finish(found)


def _print(case: Case, result: StatusQuoAnalysis) -> None:
    from melian.readings.wording import WEIGHED

    for line in _opening(case, result):
        say(line)
    if result.outcomes.uncertain:
        say(WEIGHED)
    for arrival in result.arrivals[:SHOWN]:
        _print_arrival(case, result, arrival)
    for line in _closing(result):
        say(line)


def _opening(case: Case, result: StatusQuoAnalysis) -> Iterator[str]:
    from melian.readings.wording import combined

    outcomes = result.outcomes
    yield f"From state {result.start}: {_taken(result, result.start)}."
    states = int((result.distance >= 0).any(axis=0).sum()) - 1
    kind = "moves, whether they pay or not," if result.moves == "all" else "moves that pay"
    under = f", under {outcomes.combinations:,} combinations of {combined(case)}"
    yield (
        f"Sequences of {kind} lead to {counted(states, 'other state')} of "
        f"{len(outcomes.decimals) - 1:,}{under if outcomes.combinations > 1 else ''}."
    )
    if not result.arrivals:
        yield f"No equilibrium ({result.concept}) comes about from there."


def _closing(result: StatusQuoAnalysis) -> Iterator[str]:
    from melian.brief.drawing import percent

    hidden = len(result.arrivals) - SHOWN
    if hidden > 0:
        more = counted(hidden, "more equilibrium", "more equilibria")
        yield f"{more} can come about; see --json."
    if result.arrivals and not result.settled.all():
        share = percent(1 - result.outcomes.share(result.settled))
        yield f"In {share} of the combinations no equilibrium comes about."
    if result.unreached:
        numbers = ", ".join(map(str, result.unreached[:SHOWN]))
        rest = len(result.unreached) - SHOWN
        tail = f" and {rest:,} more" if rest > 0 else ""
        yield f"Equilibria that never come about from there: states {numbers}{tail}."


def _taken(result: StatusQuoAnalysis, number: int) -> str:
    return ", ".join(result.outcomes.taken(number)) or "nothing"


def _print_arrival(case: Case, result: StatusQuoAnalysis, arrival: Arrival) -> None:
    from melian.brief.drawing import percent

    outcomes = result.outcomes
    several = outcomes.combinations > 1
    moves = _moves(arrival)
    typer.echo()
    say(f"State {arrival.number}: {_taken(result, arrival.number)}")
    if several:
        comes, stable = (percent(outcomes.share(met)) for met in (arrival.met, arrival.stable))
        say(f"comes about in {comes} of the combinations (an equilibrium in {stable}); {moves}", 2)
    for number, move in enumerate(arrival.route.moves if arrival.route else (), start=1):
        say(f"{number}. {_step(case, result, move, several=several)}", 4)
    if several:
        say(f"so {_conditions(case, outcomes.hangs_on(arrival.met))}", 2)


def _moves(arrival: Arrival) -> str:
    """Give how many moves the way told takes, and how few take there in some combination."""
    if not arrival.fewest:
        return "without a move"
    told = len(arrival.route.moves) if arrival.route else arrival.fewest
    least = f" ({arrival.fewest:,} at the least)" if told > arrival.fewest else ""
    return f"{counted(told, 'move')}{least}"


def _conditions(case: Case, hangs: HangsOn) -> str:
    from melian.readings.wording import alternatives

    told = alternatives(case, hangs, ALTERNATIVES_SHOWN)
    return f"if {told}" if told else "whatever the reading"


def _step(case: Case, result: StatusQuoAnalysis, move: Move, *, several: bool) -> str:
    from melian.brief.drawing import percent

    taken = f"takes {', '.join(move.takes)}" if move.takes else ""
    dropped = f"drops {', '.join(move.drops)}" if move.drops else ""
    change = " and ".join(part for part in (taken, dropped) if part)
    share = f" (pays in {percent(result.outcomes.share(move.pays))})" if several else ""
    told = f"{name_of(case, move.step.actor)} {change}{share}"
    return f"{told}: {_reason(move)}"


def _reason(move: Move) -> str:
    if not move.reasons:
        return "that does not pay."
    first = move.reasons[0].preference
    formula = str(first.prefer)
    told = f'it prefers "{formula}"' if len(formula) <= LONGEST_FORMULA else "it ranks that higher"
    why = f". {sentence(first.why)}" if first.why else "."
    others = len(move.reasons) - 1
    more = f" In other combinations for {counted(others, 'other reason')}." if others else ""
    return f"{told}{why}{more}"
