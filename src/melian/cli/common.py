"""What all commands share: naming a case, printing data, telling of problems."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from melian import verbs
from melian.case.wording import counted
from melian.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

    from melian.problems import Problem

CaseName = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="A folder with a case.yaml, the name of a built-in case, or a file of coded "
        "statements (.csv, .dna).",
        show_default=False,
    ),
]
CaseOrFile = Annotated[
    str,
    typer.Argument(
        metavar="CASE_OR_FILE",
        help="A case, or a file that holds a conflict (.gmcr) or coded statements (.csv, .dna).",
        show_default=False,
    ),
]
At = Annotated[str, typer.Option(help="Only what was in force then: 2008, 2008-04 or 2008-04-06.")]
From = Annotated[str, typer.Option("--from", help="Only what was in force from then on.")]
Until = Annotated[str, typer.Option(help="Only what was in force until then.")]
Json = Annotated[bool, typer.Option("--json", help="Print data for programs.")]


def path_of(text: str) -> Path:
    """Give the path that a user typed; an empty one would be the folder one is in.

    Raises:
        typer.BadParameter: it is empty.
    """
    if not text.strip():
        raise typer.BadParameter("the name is empty; name a file or a folder.")
    return Path(text)


def console() -> Console:
    """Give the terminal to print on; its width is kept to what reads well."""
    from rich.console import Console

    wide = Console(highlight=False)
    return wide if wide.width <= 110 else Console(highlight=False, width=110)


def print_data(data: Any) -> None:
    """Print data as JSON: laid out on a terminal, in one line for a program."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table with hairlines."""
    from rich import box
    from rich.table import Column, Table
    from rich.text import Text

    out, cells = console(), [[*row] for row in rows]
    wide = widths([head, *cells], out.width)
    heads = (
        Column(Text(name), overflow="fold", width=w) for name, w in zip(head, wide, strict=True)
    )
    table = Table(
        *heads, title=Text(title) if title else None, title_justify="left", box=box.SIMPLE_HEAD
    )
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    out.print(table)


def widths(rows: Sequence[Sequence[str]], room: int) -> list[int | None]:
    """Give the widths of the columns of a table; None for as wide as they are, if all fits.

    Words stay whole as far as there is room, long ones like compounds of German before anything
    else; what is left goes to the narrowest columns that need it.

    Args:
        rows: the cells, those of the head among them.
        room: how many characters a line has.
    """
    from rich.cells import cell_len

    columns = [*zip(*rows, strict=True)]
    free = room - 3 * len(columns) - 1  # a blank on either side of each, and between
    full = [max(cell_len(line) for cell in c for line in cell.split("\n")) for c in columns]
    if sum(full) <= free:
        return [None] * len(columns)
    words = [max((cell_len(w) for cell in c for w in cell.split()), default=1) for c in columns]
    cap = max(words)
    while cap > 1 and sum(min(word, cap) for word in words) > free:
        cap -= 1
    found = [min(word, cap) for word in words]
    for _ in range(free - sum(found)):
        short = [n for n, (has, needs) in enumerate(zip(found, full, strict=True)) if has < needs]
        if short:
            found[min(short, key=lambda n: found[n])] += 1
    return [*found]


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems, each with its place and what to type instead."""
    from rich.text import Text

    out = console()
    for problem in problems:
        grave = problem.severity is Severity.ERROR
        line = Text(str(problem.location), style="bold")
        line.append(f" {problem.severity.value}", style="red" if grave else "yellow")
        line.append(f" [{problem.code}] {problem.message}", style="not bold")
        out.print(line, soft_wrap=True)
        if problem.hint:
            out.print(Text(f"    {problem.hint}", style="dim"), soft_wrap=True)


def tell_if_cut_short(*, complete: bool) -> None:
    """Say on stderr when an answer is not complete."""
    if not complete:
        typer.echo(
            "melian: cut short: there is more than was searched, and shares are of what was found.",
            err=True,
        )


def opened(name: str, columns: Mapping[str, str] | None = None, kind: str = "") -> verbs.Opened:
    """Open a case; say on stderr when its text has errors, and go on with what is sound."""
    case = verbs.open_case(name, columns, kind)
    if case.errors:
        some = counted(len(case.errors), "error")
        typer.echo(
            f"melian: {name} has {some}; what they touch is left out. See: melian check {name}",
            err=True,
        )
    return case


def finish(case: verbs.Opened) -> None:
    """End a command: exit code 1 when the case has errors."""
    if case.errors:
        raise typer.Exit(1)
