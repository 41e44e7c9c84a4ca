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
from melian.cli.solving import concept_named
from melian.cli.telling import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from melian.case.model import Case
    from melian.readings.levers.reciprocity import Balance, Reciprocity
    from melian.readings.levers.result import Pull, Search

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
    """
    within = verbs.period(at, since, until)
    wanted = concept_named(concept)
    found = opened(case)
    result = verbs.levers(
        found.case,
        target,
        wanted,
        measure="possible" if possible else "assured",
        largest=largest,
        within=within,
    )
    if json:
        from melian.readings.levers.form import search_form

        print_data(search_form(result))
    else:
        _print(found.case, result)
        tell_if_cut_short(complete=result.audited)
    finish(found)


def _print(case: Case, found: Search) -> None:
    from melian.readings.wording import combined

    word = "sure" if found.measure == "assured" else "possible"
    typer.echo(f"Target: {found.target}")
    typer.echo(
        f"As things stand: {_shares(found.baseline)} of the "
        f"{counted(found.baseline.combinations, 'combination')} of {combined(case)} "
        f"({found.concept.value} equilibria)."
    )
    if verbs.needs_none(case, found.target):
        say(
            "Every state that can be satisfies the target: it needs no lever. Levers could only "
            "see to it that there is an equilibrium at all."
        )
    full = found.sufficient
    rest = [pull for pull in found.sets if pull not in full]
    if full:
        _print_sets(case, f"Sets that make it {word} in every combination", full)
    for line in _proved(found, word):
        typer.echo(line)
    if rest:
        _print_sets(case, f"Sets that make it {word} in more than any part of them does", rest)
        _print_conditions(case, rest[:SETS_EXPLAINED], word)
    _print_alone(case, found)
    typer.echo(_searched(found))


def _shares(pull: Pull) -> str:
    from melian.brief.drawing import percent

    return f"sure in {percent(pull.assured)} and possible in {percent(pull.possible)}"


def _print_sets(case: Case, title: str, pulls: Iterable[Pull]) -> None:
    from melian.brief.drawing import percent

    every = list(pulls)
    rows = [
        (
            " + ".join(pull.ids),
            percent(pull.assured),
            percent(pull.possible),
            _gains(case, pull),
        )
        for pull in every[:SETS_SHOWN]
    ]
    print_table(title, ("levers", "sure in", "possible in", "who gives, and what it gains"), rows)
    if len(every) > SETS_SHOWN:
        typer.echo(f"{counted(len(every) - SETS_SHOWN, 'more set')}; --json lists all.")


def _print_conditions(case: Case, pulls: Iterable[Pull], word: str) -> None:
    """Say of sets that do not do it in every combination what it then hangs on."""
    from melian.readings.wording import alternatives

    told = ((pull.ids, alternatives(case, pull.hangs_on, ALTERNATIVES_SHOWN)) for pull in pulls)
    for levers, conditions in told:
        verb = "makes" if len(levers) == 1 else "make"
        say(f"{series(levers)} {verb} it {word} if {conditions}.")
    typer.echo()


def _proved(found: Search, word: str) -> Iterator[str]:
    """Say which sets were refuted."""
    if found.baseline.holds_in(found.measure) == 1:
        yield f"It is {word} in every combination as things stand; no lever is needed."
    elif not found.sufficient:
        up_to = "" if found.largest == len(found.alone) else f" of up to {found.largest}"
        yield f"No set of levers{up_to} makes it {word} in every combination."
    elif (few := len(found.smallest[0].levers)) > 1:
        smaller = sum(count for size, count in found.searched.items() if size < few)
        smaller -= sum(len(ids) < few for ids in found.unsolved)
        yield (
            f"No smaller set does: all {counted(smaller, 'set')} of fewer than {few} levers were "
            "solved."
        )


def _print_alone(case: Case, found: Search) -> None:
    from melian.brief.drawing import percent

    rows = [
        (lever.id, name_of(case, lever.by), percent(pull.assured), percent(pull.possible))
        for pull in found.alone
        for lever in pull.levers
        if found.changes(pull)
    ]
    if rows:
        print_table("Each lever alone", ("lever", "by", "sure in", "possible in"), rows)
    still = [pull.ids[0] for pull in found.alone if not found.changes(pull)]
    never = [lever for lever in still if lever in found.idle and found.largest > 1]
    waiting = [lever for lever in still if lever not in never]
    if waiting:
        typer.echo(f"Alone, {_change(waiting)} nothing.")
    if never:
        up_to = "" if found.largest == len(found.alone) else f" in sets of up to {found.largest}"
        typer.echo(f"Whatever else is pulled{up_to}, {_change(never)} nothing.")


def _change(levers: Sequence[str]) -> str:
    return f"{series(levers)} {'changes' if len(levers) == 1 else 'change'}"


def _gains(case: Case, pull: Pull) -> str:
    """Say who gains by giving, with what is returned, and where that needs new preferences."""
    judged = pull.reciprocity
    if judged is None:
        return "too large to solve with its returns"
    back = [lever for lever in judged.levers if lever not in pull.ids]
    told = "; ".join(_each(case, judged)) or "nobody with preferences gives"
    return f"{told}, with {series(back)} in return" if back else told


def _each(case: Case, judged: Reciprocity) -> Iterator[str]:
    for then, now in zip(judged.balances, judged.present, strict=True):
        told = f"{name_of(case, then.giver)} {_balance(then)}"
        yield told if now == then else f"{told} (today: {_balance(now)})"
    for giver in judged.unjudged:
        yield f"{name_of(case, giver)} has no preferences"


def _balance(balance: Balance) -> str:
    from melian.brief.drawing import percent

    if balance.gains:
        return f"gains in {percent(balance.better)}"
    if balance.same == 1:
        return "is as well off"
    parts = [
        (balance.better, "gains"),
        (balance.worse, "loses"),
        (balance.mixed, "may gain or lose"),
        (balance.unclear, "cannot be judged"),
    ]
    return ", ".join(f"{words} in {percent(share)}" for share, words in parts if share)


def _searched(found: Search) -> str:
    total, levers = sum(found.searched.values()), len(found.alone)
    text = f"{counted(total, 'set')} solved, which make {counted(found.conflicts, 'conflict')}"
    if found.unsolved:
        text += f"; {counted(len(found.unsolved), 'more set')} too large to solve"
    if found.largest < levers:
        text += f"; sets of more than {found.largest} were not looked at (--largest)"
    return sentence(text)
