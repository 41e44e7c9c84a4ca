"""The program ``melian``: its commands, its exit codes, and its one way of failing.

Exit codes: 0 fine, 1 the case has errors, 2 wrong use.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import Annotated

import typer

from melian import __version__
from melian.cli import (
    agenda,
    arguing,
    auditing,
    backbone,
    briefing,
    casework,
    discourse_coalitions,
    evolution,
    exchange,
    explaining,
    hypergame,
    inverse,
    levers,
    networks,
    openings,
    outcomes,
    polarisation,
    scaling,
    solving,
    trends,
)
from melian.problems import MelianError

app = typer.Typer(
    name="melian",
    help="Analyse a dispute from what its parties say and do.",
    epilog="Start with: melian brief nato-russia-2008",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
casework.add_to(app)
exchange.add_to(app)
auditing.add_to(app)
networks.add_to(app)
trends.add_to(app)
backbone.add_to(app)
discourse_coalitions.add_to(app)
scaling.add_to(app)
openings.add_to(app)
agenda.add_to(app)
polarisation.add_to(app)
solving.add_to(app)
outcomes.add_to(app)
evolution.add_to(app)
hypergame.add_to(app)
levers.add_to(app)
inverse.add_to(app)
arguing.add_to(app)
explaining.add_to(app)
briefing.add_to(app)


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"melian {__version__}")
        raise typer.Exit


@app.callback()
def program(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Analyse a dispute from what its parties say and do."""


def main() -> None:
    """Run the program; what goes wrong on purpose is a sentence on stderr and exit code 2."""
    if sys.stdout is None or sys.stderr is None:  # closed by the caller
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may not know every letter
    if hasattr(signal, "SIGPIPE"):  # a reader such as head may have seen enough
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        app(standalone_mode=True)
        sys.stdout.flush()
    except MelianError as error:
        typer.echo(f"melian: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        typer.echo(f"melian: the answer cannot be written: {error.strerror}.", err=True)
        os._exit(2)  # what is left in the buffer cannot be written either
