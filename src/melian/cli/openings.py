"""The command openings: what others could go on from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted
from melian.cli.common import Json, finish, opened, print_data, print_table
from melian.cli.statements import (
    Columns,
    Duplicates,
    Named,
    Qualifier,
    Rows,
    Since,
    Source,
    StatementType,
    Until,
    named,
)

if TYPE_CHECKING:
    from melian.case.model import Case
    from melian.discourse.openings.result import Kind, Opening, Openings

MOST_SHOWN = 15
"""So many of each kind are printed."""

CITED = 3
"""So many statements of an opening are cited."""

Actors = Annotated[
    list[str] | None, typer.Option("--actor", help="Only of this party; may be given again.")
]

_TITLES: dict[Kind, str] = {
    "conditional": "Conditional: said under a condition",
    "concessive": "Concessive: said against the party's own line",
    "cooperative": "Cooperative: said with the other side, or at work against its own politics",
}
_NOTES: dict[Kind, str] = {
    "conditional": "Whether a condition is an offer or a warning is not coded: read the statement.",
    "concessive": "A line: at least 3 statements on it, two thirds of them in one sense. Tie: "
    "agreement less clash over all else.",
    "cooperative": "Opponents: agreement less clash over all else is below zero.",
}


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian openings nato-russia-2008 --actor russia")(openings)


def openings(
    source: Source,
    *,
    actor: Actors = None,
    rows: Rows = "actor",
    columns: Columns = "concept",
    qualifier: Qualifier = "sign",
    duplicates: Duplicates = "include",
    since: Since = "",
    until: Until = "",
    names: Named = None,
    statement_type: StatementType = "",
    json: Json = False,
) -> None:
    """Say from what others could go on: conditions, concessions, and common ground.

    conditional:  said under a condition: what that is, and of whom it asks something;
    concessive:   said against the party's own line on the same thing;
    cooperative:  said in line with a party that it otherwise clashes with, or where work is done
                  together, against what it says in politics.
    """
    design = verbs.designed(
        "subtract",
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        duplicates=duplicates,
        within=verbs.period("", since, until),
    )
    case = opened(source, named(names), statement_type)
    found = verbs.openings(case, design, actor or ())
    if json:
        print_data(verbs.openings_data(found))
    else:
        _print(case.case, found)
    finish(case)


def _print(case: Case, found: Openings) -> None:
    from melian.discourse.openings.form import not_judged

    for kind, title in _TITLES.items():
        those = [each for each in found.openings if each.kind == kind]
        if those:
            head = ("when", "who says what", "why it counts; who could take it up")
            print_table(title, head, [_row(case, each) for each in those[:MOST_SHOWN]])
            left = len(those) - MOST_SHOWN
            more = f" {left:,} more are not shown; --json has all." if left > 0 else ""
            typer.echo(f"{_NOTES[kind]}{more}")
    if not found.statements:
        typer.echo("There is no statement to look at.")
        return
    some = counted(len(found.openings), "opening") if found.openings else "No opening"
    typer.echo(f"{some} in {counted(found.statements, 'statement')}.")
    for sentence in not_judged(found):
        typer.echo(sentence)


def _row(case: Case, opening: Opening) -> tuple[str, ...]:
    from melian.discourse.openings.form import takers_in_words, why

    dates = sorted(each.date for each in opening.statements if each.date)
    when = dates[0] if dates else "undated"
    when += f" to {dates[-1]}" if dates and dates[-1] != dates[0] else ""
    speakers = dict.fromkeys(each.speaker for each in opening.statements)
    others = [each for each in speakers if each != opening.actor]
    through = f" ({', '.join(others[:CITED])}{' ...' if len(others) > CITED else ''})"
    who = f"{opening.actor}{through if others else ''}: {opening.claim}"
    takers = takers_in_words(opening.takers)
    reason = f"{why(opening)}\n\u2192 {takers}" if takers else why(opening)
    return when, f"{who}\n[{_cited(case, opening)}]", reason


def _cited(case: Case, opening: Opening) -> str:
    """Give the statements by id, with their places where their source is a document."""
    shown = opening.statements[:CITED]
    more = len(opening.statements) - len(shown)
    ids = ", ".join(each.id for each in shown) + (f" and {more:,} more" if more > 0 else "")
    papers = [each for each in shown if not _in_table(case, each.source)]
    places = dict.fromkeys(", ".join(filter(None, (e.source, e.locator))) for e in papers)
    return f"{ids}: {'; '.join(places)}" if places else ids


def _in_table(case: Case, source: str) -> bool:
    return source in case.sources and case.sources[source].type == "dataset"
