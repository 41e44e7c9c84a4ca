"""Commands on the text of a case: new, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted
from melian.cli.common import CaseOrFile, Json, finish, print_data, print_problems
from melian.cli.statements import Named, StatementType, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.problems import Problem


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog="Example: melian new harbour --title 'The harbour dispute'")(new)
    app.command(epilog="Example: melian check nato-russia-2008")(check)


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where to write it.", show_default=False)
    ],
    *,
    title: Annotated[str, typer.Option(help="What the dispute is called.")] = "",
    json: Json = False,
) -> None:
    """Write a commented case to start from."""
    name = folder.resolve().name
    written = verbs.new(folder, title or name.replace("-", " ").capitalize())
    if json:
        print_data({"folder": str(folder), "files": [str(path) for path in written]})
        return
    for path in written:
        typer.echo(f"wrote {path}")
    typer.echo(f"Edit {folder / 'case.yaml'}, then: melian check {folder}")


def check(
    case: CaseOrFile, *, names: Named = None, statement_type: StatementType = "", json: Json = False
) -> None:
    """Say what is wrong in the text of a case, where, and what to type instead."""
    found = verbs.open_case(case, named(names), statement_type)
    if json:
        print_data({"problems": [problem.as_dict() for problem in found.problems]})
    else:
        _print(found.problems, found)
    finish(found)


def _print(problems: Sequence[Problem], found: verbs.Opened) -> None:
    print_problems(problems)
    case = found.case
    errors, all_ = len(found.errors), len(problems)
    summary = f"{counted(errors, 'error')}, {counted(all_ - errors, 'warning')}"
    typer.echo(
        f"{case.title or case.id}: {counted(len(case.actors), 'actor')}, "
        f"{counted(len(case.concepts), 'concept')}, "
        f"{counted(len(case.statements), 'statement')}, {counted(len(case.deeds), 'deed')}. "
        f"{summary if problems else 'No problems.'}"
    )
