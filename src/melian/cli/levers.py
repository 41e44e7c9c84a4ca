"""The command on levers: which smallest sets of moves bring an outcome about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted, name_of, sentence, series
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
from melian.cli.giving import giving
from melian.cli.progress import watched
from melian.cli.solving import concept_named
from melian.cli.telling import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from melian.case.model import Case
    from melian.readings.draws.intervals import Estimate
    from melian.readings.levers.result import DrawnPull, DrawnSearch, Pull, Search

SETS_SHOWN = 12
SETS_EXPLAINED = 3
ALTERNATIVES_SHOWN = 3

Target = Annotated[
    str,
    typer.Option(
        metavar="FORMULA", help="The outcome sought, over options; by default the case's target."
    ),
]
OneConcept = Annotated[str, typer.Option(help="One of nash, gmr, smr, seq, sim.")]
Possible = Annotated[
    bool,
    typer.Option(
        "--possible/--sure",
        help="Whether some equilibrium has to satisfy the target, or all of them.",
    ),
]
Largest = Annotated[
    int | None,
    typer.Option(
        min=1, help="Look at all sets of up to so many levers, whatever that takes.", metavar="N"
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog='Example: melian levers nato-russia-2008 --target "adapt and not offer-map"'
    )(levers)


def levers(
    case: CaseName,
    *,
    target: Target = "",
    concept: OneConcept = "nash",
    possible: Possible = False,
    largest: Largest = None,
    draws: Number = None,
    seed: Seed = 0,
    workers: Workers = 1,
    scheduler: Scheduler = "",
    at: At = "",
    since: From = "",
    until: Until = "",
    json: Json = False,
) -> None:
    """Find the smallest sets of levers that bring an outcome about, and who gains by giving them.

    Each set is pulled, and the changed case audited and solved again. The
    target is sure in a combination of readings when there are equilibria
    and all of them satisfy it, possible when some equilibrium does.

    A set is listed when it does more than any part of it. All sets of one
    size are solved before the next is begun, so that no smaller set than
    those listed first does as much.

    A giver gains when neither its worst nor its best equilibrium is lower
    than without the levers, in any combination, and one is higher in some.

    Where combinations of readings are too many to solve each, or with
    --draws, some are drawn, the same for every set: then shares come with
    the interval that holds them 19 times out of 20, and nothing is said of
    what they hang on or of who gains.
    """
    within = verbs.period(at, since, until)
    wanted = concept_named(concept)
    found = opened(case)
    with verbs.workers(workers, scheduler) as spread:
        result = verbs.levers(
            found.case,
            target,
            wanted,
            measure="possible" if possible else "assured",
            largest=largest,
            within=within,
            draws=draws,
            seed=seed,
            spread=watched(spread, "Solving"),
        )
    if json:
        _print_data(result)
        if told := verbs.told_apart(found.case, result.target):
            typer.echo(told, err=True)
    else:
        _print(found.case, result, asked=draws is not None)
        tell_if_cut_short(complete=result.audited)
    finish(found)


def _print_data(found: Search | DrawnSearch) -> None:
    from melian.readings.levers.drawn_form import drawn_search_form
    from melian.readings.levers.form import search_form
    from melian.readings.levers.result import DrawnSearch

    if isinstance(found, DrawnSearch):
        print_data(drawn_search_form(found))
    else:
        print_data(search_form(found))


def _print(case: Case, found: Search | DrawnSearch, *, asked: bool) -> None:
    from melian.readings.levers.result import DrawnSearch, Search

    word = "sure" if found.measure == "assured" else "possible"
    typer.echo(f"Target: {found.target}")
    if isinstance(found, DrawnSearch):
        say(_drawn(case, found, asked=asked))
    typer.echo(_baseline(case, found))
    if verbs.needs_none(case, found.target):
        say(
            "Every state that can be satisfies the target: it needs no lever. Levers could only "
            "see to it that there is an equilibrium at all."
        )
    if told := verbs.told_apart(case, found.target):
        say(told)
    every = "combination" if isinstance(found, Search) else "draw"
    rest = found.partial
    if found.sufficient:
        _print_sets(case, f"Sets that make it {word} in every {every}", found.sufficient)
    for line in _proved(found, word):
        say(line)
    if rest:
        _print_sets(case, f"Sets that make it {word} in more than any part of them does", rest)
    if isinstance(found, Search):
        _print_conditions(case, found, word)
    _print_alone(case, found)
    typer.echo(_searched(found))


def _drawn(case: Case, found: DrawnSearch, *, asked: bool) -> str:
    from melian.readings.wording import large

    now = found.baseline.combinations
    most = max(pull.combinations for pull in (found.baseline, *found.alone))
    up_to = "" if most == now else f", and up to {large(most)} once a lever is pulled"
    told = drawn(case, found, large(now) + up_to, asked=asked)
    return f"{told}, the same for every set of levers. {of_the_draws(found)}"


def _baseline(case: Case, found: Search | DrawnSearch) -> str:
    from melian.readings.levers.result import Search
    from melian.readings.wording import combined

    of = f"{found.concept.value} equilibria"
    if not isinstance(found, Search):
        return f"As things stand: {_shares(found.baseline)} ({of})."
    count = counted(found.baseline.combinations, "combination")
    return f"As things stand: {_shares(found.baseline)} of the {count} of {combined(case)} ({of})."


def _shares(pull: Pull | DrawnPull) -> str:
    return f"sure in {_share(pull.assured)} and possible in {_share(pull.possible)}"


def _share(share: float | Estimate) -> str:
    from melian.brief.drawing import percent
    from melian.readings.wording import between

    return percent(share) if isinstance(share, float) else between(share)


def _print_sets(case: Case, title: str, pulls: Sequence[Pull | DrawnPull]) -> None:
    from melian.readings.levers.result import Pull

    rows = [
        (" + ".join(pull.ids), _share(pull.assured), _share(pull.possible), giving(case, pull))
        for pull in pulls[:SETS_SHOWN]
    ]
    gives = "who gives, and what it gains" if isinstance(pulls[0], Pull) else "who gives"
    print_table(title, ("levers", "sure in", "possible in", gives), rows)
    if len(pulls) > SETS_SHOWN:
        typer.echo(f"{counted(len(pulls) - SETS_SHOWN, 'more set')}; --json lists all.")


def _print_conditions(case: Case, found: Search, word: str) -> None:
    """Say of the first sets that do not do it in every combination what it then hangs on."""
    from melian.readings.wording import alternatives

    pulls = found.partial[:SETS_EXPLAINED]
    for pull in pulls:
        verb = "makes" if len(pull.levers) == 1 else "make"
        conditions = alternatives(case, pull.hangs_on, ALTERNATIVES_SHOWN)
        say(f"{series(pull.ids)} {verb} it {word} if {conditions}.")
    if pulls:
        typer.echo()


def _proved(found: Search | DrawnSearch, word: str) -> Iterator[str]:
    """Say which sets were refuted, and how sure it is of the others."""
    from melian.readings.levers.result import DrawnSearch

    every = "draw" if isinstance(found, DrawnSearch) else "combination"
    if found.baseline.holds_in(found.measure) == 1:
        yield f"It is {word} in every {every} as things stand; no lever is needed."
    elif not found.sufficient:
        up_to = "" if found.largest == len(found.alone) else f" of up to {found.largest}"
        yield f"No set of levers{up_to} makes it {word} in every combination."
    elif (few := len(found.smallest[0].levers)) > 1:
        yield _refuted(found, few)
    if isinstance(found, DrawnSearch):
        yield from _held(found)


def _refuted(found: Search | DrawnSearch, few: int) -> str:
    from melian.readings.levers.result import DrawnSearch

    smaller = sum(count for size, count in found.searched.items() if size < few)
    smaller -= sum(len(ids) < few for ids in found.unsolved)
    told = f"No smaller set does: all {counted(smaller, 'set')} of fewer than {few} levers"
    if isinstance(found, DrawnSearch):
        return f"{told} fail in some draw."
    return f"{told} were solved."


def _held(found: DrawnSearch) -> Iterator[str]:
    """Say what draws prove, and what they do not."""
    if found.sufficient or found.baseline.holds_in(found.measure) == 1:
        share = f"{100 * found.at_least:.1f}%"
        yield (
            f"A set that fails in a draw is refuted. What is so in every draw is so in at least "
            f"{share} of the combinations, at the lower end of the interval; other combinations "
            "were not looked at."
        )
    yield (
        "What is said of parts of sets, and of levers that change nothing, holds for the draws "
        "made."
    )


def _print_alone(case: Case, found: Search | DrawnSearch) -> None:
    rows = [
        (lever.id, name_of(case, lever.by), _share(pull.assured), _share(pull.possible))
        for pull in found.alone
        for lever in pull.levers
        if pull not in found.still
    ]
    if rows:
        print_table("Each lever alone", ("lever", "by", "sure in", "possible in"), rows)
    still = [pull.ids[0] for pull in found.still]
    never = [lever for lever in still if lever in found.idle and found.largest > 1]
    waiting = [lever for lever in still if lever not in never]
    if waiting:
        typer.echo(f"Alone, {_change(waiting)} nothing.")
    if never:
        up_to = "" if found.largest == len(found.alone) else f" in sets of up to {found.largest}"
        typer.echo(f"Whatever else is pulled{up_to}, {_change(never)} nothing.")


def _change(levers: Sequence[str]) -> str:
    return f"{series(levers)} {'changes' if len(levers) == 1 else 'change'}"


def _searched(found: Search | DrawnSearch) -> str:
    total, levers = sum(found.searched.values()), len(found.alone)
    text = f"{counted(total, 'set')} solved, which make {counted(found.conflicts, 'conflict')}"
    if found.unsolved:
        text += f"; {counted(len(found.unsolved), 'more set')} too large to solve"
    if found.largest < levers:
        text += f"; sets of more than {found.largest} were not looked at (--largest)"
    return sentence(text)
