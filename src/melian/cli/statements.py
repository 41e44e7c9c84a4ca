"""What commands on statements share: where they are read from, and which of them count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.case.wording import series
from melian.problems import Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_DRAWS = 100_000
"""More draws make no interval surer, and would not come to an end."""

MOST_TOLD = 20
"""So many rows that are wrong are told one by one."""

Source = Annotated[
    str,
    typer.Argument(
        metavar="CASE_OR_FILE",
        help="A case, a table of coded statements (.csv) or a database of DNA (.dna).",
        show_default=False,
    ),
]
Rows = Annotated[str, typer.Option("--rows", help="The variable of the rows: who.")]
Columns = Annotated[str, typer.Option("--columns", help="The variable of the columns: on what.")]
Qualifier = Annotated[str, typer.Option("--qualifier", help="The variable of the sense.")]
Duplicates = Annotated[
    str,
    typer.Option(
        help="Count what is said again once per document, day, week, month, year or range; "
        "or include it."
    ),
]
Since = Annotated[str, typer.Option("--from", help="Only statements made from then on.")]
Until = Annotated[str, typer.Option("--until", help="Only statements made until then.")]
Named = Annotated[
    list[str] | None,
    typer.Option(
        "--names",
        help="What a table or a .dna file calls something: concept=claim,person=speaker.",
    ),
]
StatementType = Annotated[
    str,
    typer.Option(help="Of a .dna file: which statements; those that are most, when left out."),
]
Drawn = Annotated[
    str, typer.Option("--resample", help="For intervals, draw documents, coders, days, statements.")
]
Times = Annotated[
    int,
    typer.Option("--draws", help="How often to draw; 0 for no intervals.", min=0, max=MOST_DRAWS),
]
Seed = Annotated[int, typer.Option(help="Of all that is random: the same gives the same.", min=0)]


def read(source: str, names: Sequence[str] | None, statement_type: str = "") -> verbs.Statements:
    """Read the statements that a user names."""
    return verbs.statements(source, named(names), statement_type)


def named(names: Sequence[str] | None) -> dict[str, str]:
    """Give what stands on both sides of each equals sign; commas part several.

    Raises:
        UsageError: something has none.

    >>> named(["person=speaker,date=day", "concept=claim"])
    {'person': 'speaker', 'date': 'day', 'concept': 'claim'}
    """
    pairs = [each.partition("=") for text in names or () for each in _parted(text) if each.strip()]
    for role, _, name in pairs:
        if not (role.strip() and name.strip()):
            raise UsageError(
                f'"{role[:40]}" in --names names nothing. Write what it holds: concept={role[:40]}'
            )
    return {role.strip(): name.strip() for role, _, name in pairs}


def _parted(text: str) -> list[str]:
    """Part at the commas, if each part has an equals sign: names may have commas, too."""
    parts = text.split(",")
    return parts if all("=" in each for each in parts if each.strip()) else [text]


def endings(output: Path | None, *known: str) -> None:
    """Make sure, before any work, that a file can be written as its name ends.

    Args:
        output: the file; nothing is asked where there is none.
        known: the endings, as in ".csv".

    Raises:
        UsageError: it ends otherwise.
    """
    if output is not None and output.suffix.lower() not in known:
        some = series(known, "or")
        raise UsageError(f'"{output.name}" cannot be written: its name has to end in {some}.')


def end(statements: verbs.Statements) -> None:
    """Say what was wrong in the text, and end with exit code 1 if something was."""
    errors = [each for each in statements.problems if each.severity is Severity.ERROR]
    for problem in errors[:MOST_TOLD]:
        typer.echo(f"melian: {problem.location}: {problem.message} {problem.hint}", err=True)
    if len(errors) > MOST_TOLD:
        typer.echo(f"melian: and {len(errors) - MOST_TOLD:,} more rows are wrong.", err=True)
    if errors:
        raise typer.Exit(1)
