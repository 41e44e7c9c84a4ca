"""The command outcomes: what is stable under which readings, exactly or in a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from melian import verbs
from melian.cli.common import (
    At,
    CaseName,
    From,
    Json,
    Until,
    finish,
    opened,
    print_data,
    print_table,
    tell_if_cut_short,
)
from melian.cli.drawing import Number, Scheduler, Seed, Workers, drawn, of_the_draws
from melian.cli.progress import watched

if TYPE_CHECKING:
    from melian.case.model import Case
    from melian.conflict.result import States
    from melian.readings.draws.drawing import Draws
    from melian.readings.outcomes import Outcomes

ALTERNATIVES_SHOWN = 3
STATES_SHOWN = 40


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian outcomes nato-russia-2008 --draws 1000 --seed 7")(outcomes)


def outcomes(
    case: CaseName,
    *,
    draws: Number = None,
    seed: Seed = 0,
    workers: Workers = 1,
    scheduler: Scheduler = "",
    at: At = "",
    since: From = "",
    until: Until = "",
    json: Json = False,
) -> None:
    """Say which outcomes are stable under which readings, and what each hangs on.

    All combinations of readings, and of what is uncertain about
    preferences, are solved. Where they are too many, or with --draws, some
    are drawn: then shares come with the interval that holds them 19 times
    out of 20, and nothing is said of what they hang on.
    """
    within = verbs.period(at, since, until)
    found = opened(case)
    with verbs.workers(workers, scheduler) as spread:
        shown = watched(spread, "Solving")
        result = verbs.expected(found.case, within, draws=draws, seed=seed, spread=shown)
    _print(found.case, result, json=json, asked=draws is not None)
    finish(found)


def _print(case: Case, result: Outcomes | Draws, *, json: bool, asked: bool) -> None:
    from melian.readings.draws.drawing import Draws
    from melian.readings.draws.form import draws_form
    from melian.readings.form import outcomes_form

    match result:
        case Draws():
            print_data(draws_form(result) | _asked(case)) if json else _print_draws(
                case, result, asked=asked
            )
        case _ if json:
            print_data(outcomes_form(result) | _asked(case))
        case _:
            _print_outcomes(case, result)
            tell_if_cut_short(complete=result.complete)


def _asked(case: Case) -> dict[str, str]:
    """Give what is to be known about coalitions, for the data."""
    from melian.readings.wording import single_parties

    told = single_parties(case)
    return {"asked": told} if told else {}


def _print_outcomes(case: Case, result: Outcomes) -> None:
    from melian.brief.drawing import percent
    from melian.conflict.result import Concept
    from melian.readings.wording import combined

    rows = [
        (
            str(number),
            _taken(result, number),
            percent(result.share(result.where(number, Concept.NASH))),
            percent(result.share(result.where(number))),
            _hangs_on(case, result, number),
        )
        for number in result.stable(Concept.NASH)[:STATES_SHOWN]
    ]
    typer.echo(
        f"Combinations of {combined(case)}: {result.combinations:,}. "
        f"Different preferences among them: {len(result.held):,}."
    )
    _tell_what_counts(case, result)
    head = ("state", "options taken", "Nash in", "all five in", "Nash hangs on")
    print_table("Nash equilibria", head, rows)
    _tell_beyond(result)


def _tell_what_counts(case: Case, result: Outcomes | Draws) -> None:
    """Say how shares are weighed, and whose moves count."""
    from melian.readings.wording import WEIGHED, single_parties

    if result.uncertain:
        typer.echo(WEIGHED)
    if told := single_parties(case):
        typer.echo(told)


def _tell_beyond(result: Outcomes | Draws) -> None:
    from melian.conflict.result import Concept
    from melian.readings.wording import beyond

    if told := beyond(int(result.beyond[Concept.NASH].sum())):
        typer.echo(told)


def _taken(result: States, number: int) -> str:
    """Give the options taken in a state, and those that it leaves open."""
    taken, either = result.taken(number), result.either(number)
    told = [", ".join(taken) or "nothing"] if taken or not either else []
    return "; ".join([*told, *([f"either way: {', '.join(either)}"] if either else [])])


def _hangs_on(case: Case, result: Outcomes, number: int) -> str:
    from melian.conflict.result import Concept
    from melian.readings.wording import alternatives

    told = alternatives(
        case, result.hangs_on(result.where(number, Concept.NASH)), ALTERNATIVES_SHOWN
    )
    return told or "nothing: it always holds"


def _print_draws(case: Case, result: Draws, *, asked: bool) -> None:
    from melian.readings.wording import between, large

    told = drawn(case, result, large(result.combinations), asked=asked)
    typer.echo(f"{told}. Different preferences among these: {result.profiles:,}.")
    typer.echo(of_the_draws(result))
    _tell_what_counts(case, result)
    _print_states_drawn(result)
    _tell_beyond(result)
    counts = zip(result.options, result.sure, result.ruled_out, strict=True)
    print_table(
        "Options, in all Nash equilibria of a draw or in none",
        ("option", "sure in", "ruled out in"),
        [(o, between(result.estimate(a)), between(result.estimate(b))) for o, a, b in counts],
    )
    if result.target is not None:
        typer.echo(
            f"The target, {result.target}, is sure in {between(result.estimate(result.assured))} "
            f"and possible in {between(result.estimate(result.possible))}."
        )


def _print_states_drawn(result: Draws) -> None:
    from melian.conflict.result import Concept
    from melian.readings.wording import between

    numbers = result.found(Concept.NASH)
    rows = [
        (
            str(number),
            _taken(result, number),
            between(result.share(number, Concept.NASH)),
            between(result.share(number)),
        )
        for number in numbers[:STATES_SHOWN]
    ]
    print_table("Nash equilibria", ("state", "options taken", "Nash in", "all five in"), rows)
    if len(numbers) > STATES_SHOWN:
        typer.echo(f"{len(numbers) - STATES_SHOWN:,} more; --json lists up to 500.")
