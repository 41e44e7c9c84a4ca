"""``melian polarisation``: two camps, how far they are apart, and who changes sides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from melian import verbs
from melian.cli.common import Json, print_data
from melian.cli.polarised import print_found
from melian.cli.statements import (
    Columns,
    Drawn,
    Duplicates,
    Named,
    Qualifier,
    Rows,
    Seed,
    Since,
    Source,
    StatementType,
    Times,
    Until,
    end,
    endings,
    read,
)
from melian.problems import UsageError

Measure = Annotated[
    str,
    typer.Option(
        help="opposition: clash between camps less agreement between them; modularity: who stands "
        "nearer to whom than chance would have it."
    ),
]
Normalize = Annotated[str, typer.Option(help="average, cosine or none.")]
Least = Annotated[
    int, typer.Option(help="Only actors with so many statements are put into a camp.", min=1)
]
Disputed = Annotated[
    float,
    typer.Option(
        help="Only concepts on which this share of the statements goes against most: 0.2.",
        min=0,
        max=0.5,
    ),
]
Window = Annotated[
    int, typer.Option("--window", help="Camps in each window of so many units.", min=0)
]
WindowUnit = Annotated[str, typer.Option(help="days, weeks, months, years or statements.")]
Step = Annotated[int, typer.Option(help="So many units later each window begins.")]
WorkSteps = Annotated[
    int | None, typer.Option("--work", help="Steps that the proof may take.", min=0)
]
Compat = Annotated[str, typer.Option(help="dna-3.1.2: say what DNA makes of these camps, too.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write it into a file (.csv, .json), or draw it (.svg)."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog="Example: melian polarisation debate.csv --rows organization --disputed 0.2 "
        "--window 6"
    )(polarisation)


def polarisation(
    source: Source,
    *,
    measure: Measure = "opposition",
    rows: Rows = "actor",
    columns: Columns = "concept",
    qualifier: Qualifier = "sign",
    normalize: Normalize = "average",
    duplicates: Duplicates = "document",
    least: Least = 2,
    disputed: Disputed = 0.0,
    since: Since = "",
    until: Until = "",
    names: Named = None,
    statement_type: StatementType = "",
    window: Window = 0,
    unit: WindowUnit = "weeks",
    step: Step = 1,
    resample: Drawn = "documents",
    draws: Times = 200,
    seed: Seed = 1,
    work: WorkSteps = None,
    compat: Compat = "",
    output: Output = None,
    json: Json = False,
) -> None:
    """Say how far a debate is divided into two camps, who is in which, and how firmly.

    The camps are the best of all divisions, and that is proved, or bounded. With --window, who
    stays with a camp through time, who changes sides, and who turned round on what.
    """
    endings(output, ".csv", ".json", ".svg")
    if compat not in {"", "dna-3.1.2"}:
        raise UsageError(f'--compat does not know "{compat[:40]}". Known is: dna-3.1.2.')
    design = verbs.designed(
        "subtract",
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        aggregation="subtract",
        normalization=normalize,
        duplicates=duplicates,
        isolates=False,
        within=verbs.period("", since, until),
        compat="",
    )
    asked = verbs.PolarisationAsked(
        measure=measure,
        least=least,
        disputed=disputed,
        work=work,
        resample=resample,
        draws=draws,
        seed=seed,
        window=window,
        unit=unit,
        step=step,
        as_dna=bool(compat),
    )
    statements = read(source, names, statement_type)
    found = verbs.polarisation(statements.table, design, asked)
    if output is not None:
        verbs.write_text(verbs.polarisation_text(statements.table, found, output.suffix), output)
        typer.echo(f"wrote {output}", err=True)
    elif json:
        print_data(verbs.polarisation_data(found))
    else:
        print_found(found)
    end(statements)
