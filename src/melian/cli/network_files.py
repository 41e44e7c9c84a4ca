"""Where networks go: into a file, to another program, or as data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian import verbs
from melian.cli.common import print_data
from melian.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.discourse.networks.building import Network
    from melian.discourse.networks.windows import Window
    from melian.discourse.statements.table import Table

FILES = "Files"
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Write it into a file, by its ending: the matrix (.csv, .json), a graph (.graphml, "
        ".gexf), a picture (.svg, .matrix.svg), or the statements that count (.events.csv).",
        rich_help_panel=FILES,
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        help="Print it, or write it, as csv, json, graphml, gexf, svg, matrix.svg or events.",
        rich_help_panel=FILES,
    ),
]
Behind = Annotated[
    bool | None,
    typer.Option(
        "--statements/--no-statements",
        help="Add to every tie the statements behind it; in graphs they are, unless too many.",
        rich_help_panel=FILES,
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Out:
    """Where the answer goes: into a file, to a program, or to who reads it."""

    file: Path | None
    wanted: verbs.Wanted

    @classmethod
    def of(
        cls, file: Path | None, form: str, source: str, behind: bool | None, *, json: bool
    ) -> Out:
        """Give where the answer goes, from what was typed.

        Raises:
            UsageError: there is no such format, or two are asked for.
        """
        if json and form not in {"", "json"}:
            raise UsageError(f"--json and --format {form[:20]} ask for two formats. Take one.")
        if file is not None and str(file) == "-":
            file = None
            if not (form or json):
                raise UsageError("Say what to print. Add --format csv, json, graphml or gexf.")
        named = "json" if json and file is None else form
        chosen = verbs.network_format(named, file)
        if behind and chosen not in {"json", "graphml", "gexf"}:
            raise UsageError(
                "Statements behind ties are told as data and in graphs. Add --json, or write "
                ".json, .graphml or .gexf."
            )
        return cls(file, verbs.Wanted(chosen, Path(source).name, behind))


def give(table: Table, found: Network, out: Out) -> bool:
    """Write or print a network as what is asked for; tell whether anything was."""
    if _as_data(out):
        print_data(verbs.network_data(found, table if out.wanted.statements else None))
    elif out.wanted.form:
        _put(verbs.network_text(table, found, out.wanted), out)
    return bool(out.wanted.form)


def give_series(
    table: Table, series: Sequence[tuple[Window, Network]], moving: verbs.Moving, out: Out
) -> bool:
    """Write or print the networks of windows likewise."""
    if _as_data(out):
        behind = table if out.wanted.statements else None
        print_data(verbs.series_data(series, moving, behind))
    elif out.wanted.form:
        _put(verbs.series_text(table, series, moving, out.wanted), out)
    return bool(out.wanted.form)


def _as_data(out: Out) -> bool:
    return out.file is None and out.wanted.form == "json"


def _put(written: verbs.Written, out: Out) -> None:
    """Write a text, and say what it lacks."""
    if out.file is None:
        typer.echo(written.text, nl=False)
    else:
        verbs.write_text(written.text, out.file)
        typer.echo(f"wrote {out.file}", err=True)
    if written.short:
        typer.echo(
            "melian: too many statements stand behind the ties, and are left out. To have them, "
            "take a shorter period, or leave out what is said again (--duplicates).",
            err=True,
        )
