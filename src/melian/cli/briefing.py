"""The command brief: the printed answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from melian import verbs
from melian.cli.common import At, CaseName, From, Json, Until, console, finish, opened
from melian.cli.statements import Named, StatementType, named


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian brief nato-russia-2008 -o brief.html")(brief)


def brief(
    case: CaseName,
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A file ending in .html, .md or .json."),
    ] = None,
    at: At = "",
    since: From = "",
    until: Until = "",
    names: Named = None,
    statement_type: StatementType = "",
    json: Json = False,
) -> None:
    """Print the brief: the answer, its reasons, and who said what, cited."""
    if output is not None:
        verbs.writable(output)
        verbs.spare_case(case, output)
    within = verbs.period(at, since, until)
    found = opened(case, named(names), statement_type)
    made = verbs.brief(found, within)
    if output is not None:
        verbs.write(made, output)
        typer.echo(f"wrote {output}", err=True)
    if json:
        typer.echo(verbs.render(made, ".json"), nl=False)
    elif output is None:
        out = console()
        out.print(verbs.summary(made, out.width, case))
    finish(found)
