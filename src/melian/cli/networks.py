"""Commands about discourse: who stands with whom, on what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import counted
from melian.cli.common import Json, print_table
from melian.cli.network_files import Behind, Format, Out, Output, give, give_series
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
    end,
    read,
)
from melian.problems import UsageError

if TYPE_CHECKING:
    from melian.discourse.networks.building import Network
    from melian.discourse.networks.windows import Window

MOST_SHOWN = 20

Kind = Annotated[
    str, typer.Option("--type", help="congruence, conflict, subtract, ignore or two-mode.")
]
Aggregation = Annotated[
    str, typer.Option(help="Of a two-mode network: subtract, combine or ignore the qualifier.")
]
Normalize = Annotated[
    str,
    typer.Option(help="none; average, jaccard or cosine; of two-mode, activity or prominence."),
]
Isolates = Annotated[bool, typer.Option("--isolates", help="Keep those without any statement.")]
TIME = "Over time"
WindowWidth = Annotated[
    int,
    typer.Option(
        "--window",
        help="A network for each window of so many units.",
        min=0,
        rich_help_panel=TIME,
    ),
]
WindowUnit = Annotated[
    str, typer.Option(help="days, weeks, months, years or statements.", rich_help_panel=TIME)
]
Step = Annotated[
    int, typer.Option(help="So many units later each window begins.", rich_help_panel=TIME)
]
Kernel = Annotated[
    str,
    typer.Option(
        help="Let statements count for more the nearer they are to the middle of the window: "
        "uniform, triangular, epanechnikov or gaussian.",
        rich_help_panel=TIME,
    ),
]
Compat = Annotated[str, typer.Option(help="dna-3.1.2: count as DNA does, defects included.")]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian network nato-russia-2008 --normalize average")(network)


def network(
    source: Source,
    *,
    kind: Kind = "congruence",
    rows: Rows = "actor",
    columns: Columns = "concept",
    qualifier: Qualifier = "sign",
    aggregation: Aggregation = "subtract",
    normalize: Normalize = "none",
    duplicates: Duplicates = "include",
    isolates: Isolates = False,
    since: Since = "",
    until: Until = "",
    names: Named = None,
    statement_type: StatementType = "",
    window: WindowWidth = 0,
    unit: WindowUnit = "months",
    step: Step = 1,
    kernel: Kernel = "",
    compat: Compat = "",
    output: Output = None,
    form: Format = "",
    behind: Behind = None,
    json: Json = False,
) -> None:
    """Say who stands with whom: how often two agree or disagree on what both speak of.

    congruence:  pairs of statements in the same sense, on the same concept;
    conflict:    pairs in the opposite sense;
    subtract:    congruence less conflict;
    ignore:      pairs on the same concept, in whatever sense;
    two-mode:    who speaks of what, and in which sense.
    """
    design = verbs.designed(
        kind,
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        aggregation=aggregation,
        normalization=normalize,
        duplicates=duplicates,
        isolates=isolates,
        within=verbs.period("", since, until),
        compat=compat,
    )
    out = Out.of(output, form, source, behind, json=json)
    if kernel and not window:
        raise UsageError("A kernel needs to know how wide it is. Add --window 3, say.")
    statements = read(source, names, statement_type)
    if window:
        moving = verbs.Moving(unit, window, step, kernel)
        series = verbs.networks(statements.table, design, moving)
        _tell_unplaced(*verbs.unplaced(statements.table, design, unit), unit)
        if not give_series(statements.table, series, moving, out):
            _print_series(series)
    else:
        found = verbs.network(statements.table, design)
        if not give(statements.table, found, out):
            _print(found)
    end(statements)


def _tell_unplaced(outside: int, count: int, unit: str) -> None:
    """Say on stderr how many statements are in no window, for want of a date."""
    if outside:
        needed = "the day" if unit in {"days", "statements"} else f"one of the {unit}"
        typer.echo(
            f"melian: {outside:,} of {counted(count, 'statement')} are in no window: their dates, "
            f"if any, do not say {needed}.",
            err=True,
        )


def _print(found: Network) -> None:
    """Print the strongest ties, those below zero among them, and how much they rest on."""
    ties = verbs.strongest(found)
    two = found.design.mode == "two"
    head = (found.design.rows, found.design.columns if two else "with", "tie")
    shown = [(one, other, _figure(tie)) for one, other, tie in ties[:MOST_SHOWN]]
    print_table("", head, shown)
    width, height = len(found.columns), len(found.rows)
    pairs = height * width if two else height * (height - 1) // 2
    some = counted(len(found.statements), "statement")
    tied = f"{len(ties):,} of {counted(pairs, 'pair')} tied"
    left = len(ties) - len(shown)
    typer.echo(f"{some}, {tied}" + (f"; {left:,} weaker ties are not shown." if left else "."))


def _figure(tie: float) -> str:
    return f"{tie:,.3f}".rstrip("0").rstrip(".")


def _print_series(series: list[tuple[Window, Network]]) -> None:
    """Print a line for each window: how much is said in it, and the strongest tie."""
    rows = []
    for window, found in series:
        ties = verbs.strongest(found)
        first = f"{ties[0][0]} - {ties[0][1]}: {_figure(ties[0][2])}" if ties else "none"
        numbers = (f"{len(found.statements):,}", f"{len(ties):,}")
        rows.append((f"{window.first} to {window.last}", *numbers, first))
    print_table("", ("window", "statements", "ties", "the strongest"), rows)
