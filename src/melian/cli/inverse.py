"""The command inverse: what change of preferences makes an outcome stable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted, name_of
from melian.cli.common import CaseOrFile, Json, finish, opened, print_data, print_table
from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from melian.case.model import Case
    from melian.conflict.inverse.rankings import Nearest, Rankings
    from melian.conflict.inverse.result import Change, Fewest, Inverse
    from melian.conflict.result import Concept

STATES_SHOWN = 10
CHANGES_SHOWN = 4
NEVER_SHOWN = 3

Target = Annotated[
    str,
    typer.Option(help="The outcome wanted, a formula over options; by default the case's target."),
]
State = Annotated[
    str,
    typer.Option(
        help='In its place, one state: the options taken, as in "a, b"; a Y or N for each; its '
        "number; or nothing."
    ),
]
ConceptName = Annotated[
    str, typer.Option("--concept", help="nash (the default), gmr, smr, seq or sim.")
]
Actors = Annotated[
    str,
    typer.Option("--actor", help="Whose preferences might change, with commas; all by default."),
]
Additions = Annotated[
    bool, typer.Option("--additions", help="Preferences may be added too, not only moved.")
]
Rank = Annotated[bool, typer.Option("--rankings", help="Count all rankings of the states instead.")]
Places = Annotated[
    str, typer.Option(help="The places ranked anew, 1 the best, such as 1-6. (--rankings)")
]
Limit = Annotated[int, typer.Option(min=1, help="How many ways to look for, for each state.")]
Work = Annotated[int, typer.Option(min=1, help="How many steps the search may take.")]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian inverse nato-russia-2008 --concept seq --actor russia")(
        inverse
    )


def inverse(
    case: CaseOrFile,
    *,
    target: Target = "",
    state: State = "",
    concept: ConceptName = "",
    actor: Actors = "",
    additions: Additions = False,
    rankings: Rank = False,
    places: Places = "",
    limit: Limit = 200,
    work: Work = 400_000,
    json: Json = False,
) -> None:
    """Say which change of preferences, the smallest there is, makes an outcome stable.

    A change takes preferences out of their place in an actor's list and puts
    them in elsewhere; each costs one. With --additions, what a lever of the
    case would place there, or that an option is taken or left, may be added,
    at one each. Every change of the least cost is found, and it is proved that
    no smaller one does it, or that none does. All preferences count as held.

    With --rankings, all rankings of the states by an actor are counted under
    which they are stable, and the nearest of them are given.
    """
    wanted, named = _concept(concept, several=rankings), _named(actor)
    if places and not rankings:
        raise UsageError("--places is for --rankings; add that, or leave it out.")
    if additions and rankings:
        raise UsageError("--additions and --rankings do not go together; leave one of them out.")
    found = opened(case)
    if rankings:
        listed = verbs.rankings(
            found.case, target, state, wanted, named, places=places, limit=limit
        )
        _give_rankings(found.case, listed, json=json)
    else:
        result = verbs.inverse(
            found.case,
            target,
            state,
            wanted[0] if wanted else None,
            named,
            additions=additions,
            limit=limit,
            steps=work,
        )
        _give_fewest(found.case, result, additions=additions, json=json)
    finish(found)


def _named(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _concept(text: str, *, several: bool) -> tuple[Concept, ...]:
    from melian.conflict.result import Concept

    known = [concept.value for concept in Concept]
    names = [name.lower() for name in _named(text)]
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known, f"The concepts are {', '.join(known)}.")
            raise UsageError(f'"{name}" is no stability concept. {hint}')
    if len(names) > 1 and not several:
        raise UsageError("Give one --concept; the smallest change differs from one to the next.")
    return tuple(map(Concept, names))


def _give_fewest(case: Case, result: Inverse, *, additions: bool, json: bool) -> None:
    from melian.conflict.inverse.form import inverse_form
    from melian.conflict.inverse.wording import statement_names

    beyond = verbs.cannot_come_about(case, [each.state for each in result.fewest])
    if json:
        print_data(inverse_form(result, beyond))
        return
    _print_head(case, result, additions=additions)
    _print_beyond(beyond)
    names = statement_names(result)
    settled = [each for each in result.fewest if each.cost is not None]
    for each in settled[:STATES_SHOWN]:
        _print_fewest(case, result, each, names)
    more = len(settled) - STATES_SHOWN
    if more > 0:
        typer.echo(f"{counted(more, 'more state')} at the same cost or more; --json lists all.\n")
    _print_bounded(case, result, names)
    _print_never(case, result)
    if not result.complete:
        open_ = [each for each in result.fewest if not each.complete]
        typer.echo(
            f"melian: cut short: {counted(len(open_), 'state')} not settled; a larger --work "
            "searches on, and --state or --actor asks for less.",
            err=True,
        )


def _print_head(case: Case, result: Inverse, *, additions: bool) -> None:
    never = sum(each.never for each in result.fewest)
    able = sum(each.most is not None for each in result.fewest)
    whose = ", ".join(name_of(case, actor) for actor in result.free)
    how = "moved or added" if additions else "moved"
    typer.echo(
        f"Asked about: {counted(len(result.fewest), 'state')}, under {result.concept.value}. "
        f"Preferences {how}: of {whose}. "
        f"Can be made an equilibrium: {able:,}; whatever the order, cannot: {never:,}."
    )
    if _some_hang(case):
        typer.echo(
            "Every preference counts as held, those included that hang on readings or are "
            "uncertain."
        )
    typer.echo("")


def _some_hang(case: Case) -> bool:
    """Tell whether some preference is not held, or not in its place, in every combination."""
    lists = case.conflict.preferences.values() if case.conflict is not None else ()
    return any(
        each.because is not None or each.chance < 1 or each.group for own in lists for each in own
    )


def _print_beyond(beyond: Collection[int]) -> None:
    if beyond:
        numbers = [f"{number:,}" for number in sorted(beyond)]
        more = f" and {len(numbers) - STATES_SHOWN:,} more" if len(numbers) > STATES_SHOWN else ""
        typer.echo(
            "Stable or not, these cannot come about, as no moves lead to them from the status quo: "
            f"{', '.join(numbers[:STATES_SHOWN])}{more}.\n"
        )


def _print_fewest(
    case: Case, result: Inverse, each: Fewest, names: Mapping[str, Sequence[str]]
) -> None:
    head = f"State {each.state}: {', '.join(result.taken(each.state)) or 'nothing'}"
    if each.cost == 0:
        typer.echo(f"{head}\n  is an equilibrium as it is.\n")
        return
    proof = "" if each.cost == 1 else "; no fewer do, as was proved"
    ways = sum(change.count for change in each.changes)
    found = f"{ways:,}{'' if each.every else ' or more'}"
    typer.echo(
        f"{head}\n  {counted(each.cost or 0, 'change')}{proof}, in {found} "
        f"way{'' if found == '1' else 's'}:"
    )
    for change in each.changes[:CHANGES_SHOWN]:
        typer.echo(f"  - {_told(case, change, names)}")
    more = len(each.changes) - CHANGES_SHOWN
    if more > 0:
        typer.echo(f"  and {more:,} more; --json lists all.")
    typer.echo("")


def _print_bounded(case: Case, result: Inverse, names: Mapping[str, Sequence[str]]) -> None:
    """Print the best change known of states that the work did not suffice for."""
    bounded = [each for each in result.fewest if not each.complete and each.changes]
    for each in bounded[:STATES_SHOWN]:
        fewer = f"fewer than {each.least} do not; whether " if each.least > 1 else "whether "
        typer.echo(
            f"State {each.state}: {', '.join(result.taken(each.state)) or 'nothing'}\n"
            f"  {counted(each.most or 0, 'change')} {'does' if each.most == 1 else 'do'} it; "
            f"{fewer}{_between(each)} is open:\n  - {_told(case, each.changes[0], names)}\n"
        )
    more = len(bounded) - STATES_SHOWN
    if more > 0:
        typer.echo(f"{counted(more, 'more state')} with a change that may not be the smallest.\n")


def _between(each: Fewest) -> str:
    """Name the numbers of changes of which it is open whether they do."""
    first, last = max(each.least, 1), (each.most or 1) - 1
    if first >= last:
        return f"{last} {'does' if last == 1 else 'do'}"
    return f"{first} {'or' if last == first + 1 else 'to'} {last} do"


def _told(case: Case, change: Change, names: Mapping[str, Sequence[str]]) -> str:
    from melian.conflict.inverse.wording import told

    return "; ".join(
        f"{name_of(case, actor)}: {told(each, names[actor])}"
        for actor, each in change.actors.items()
    )


def _print_never(case: Case, result: Inverse) -> None:
    never = [each for each in result.fewest if each.never]
    for each in never[:NEVER_SHOWN]:
        gains = [
            f"{name_of(case, actor)} to state {to} ({', '.join(result.taken(to)) or 'nothing'})"
            for actor, to in each.core
        ]
        whatever = (
            "whatever the order, a move pays"
            if len(gains) == 1
            else ("whatever the order, not all of these moves can be kept from paying")
        )
        typer.echo(
            f"State {each.state}: {', '.join(result.taken(each.state)) or 'nothing'}\n"
            f"  never: {whatever}: {'; '.join(gains)}.\n"
        )
    more = len(never) - NEVER_SHOWN
    if more > 0:
        typer.echo(f"{counted(more, 'more state')} never; --json gives the reasons.\n")


def _give_rankings(case: Case, results: Sequence[Rankings], *, json: bool) -> None:
    from melian.conflict.inverse.form import rank_names, rankings_form

    if json:
        print_data(rankings_form(results))
        return
    for result in results:
        taken = ", ".join(result.taken(result.state)) or "nothing"
        whose = ", ".join(
            f"{name_of(case, actor)} (places {first} to {last})"
            for actor, (first, last) in result.varied.items()
        )
        typer.echo(f"State {result.state}: {taken}")
        typer.echo(f"Ranked anew by {whose}: {result.total:,} rankings.")
        names = rank_names(result)
        rows = [
            (concept.value, f"{count:,}", *_nearest(case, result.nearest[concept], names))
            for concept, count in result.counts.items()
        ]
        print_table("", ("concept", "stable in", "ranks moved", "the nearest"), rows)


def _nearest(case: Case, near: Nearest, names: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    if not near.cost:
        return ("0", "as it is") if near.cost == 0 else ("", "none")
    told = [_told(case, change, names) for change in near.changes[:CHANGES_SHOWN]]
    more = len(near.changes) - len(told)
    return str(near.cost), "\n".join([*told, *([f"and {more:,} more"] if more else [])])
