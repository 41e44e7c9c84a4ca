"""``melian backbone``: which concepts the structure of a network hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from melian import verbs
from melian.case.wording import counted
from melian.cli.common import Json, print_data, print_table
from melian.cli.networks import Compat, Kind, Normalize
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
    from melian.discourse.backbone import Backbone


_NOTHING = 1e-9
_FEW = 4  # so many actors can first be tied in patterns that differ


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: melian backbone nato-russia-2008")(backbone)


def backbone(
    source: Source,
    *,
    kind: Kind = "congruence",
    rows: Rows = "actor",
    columns: Columns = "concept",
    qualifier: Qualifier = "sign",
    normalize: Normalize = "none",
    duplicates: Duplicates = "document",
    since: Since = "",
    until: Until = "",
    names: Named = None,
    statement_type: StatementType = "",
    compat: Compat = "",
    json: Json = False,
) -> None:
    """Say which concepts the structure of the network of actors hangs on, and which it can spare.

    Concepts are left out one after the other, each time the one whose loss changes the
    network least. What is left at the end is the backbone.
    """
    if kind == "two-mode":
        raise UsageError("A backbone is that of a one-mode network. Take another --type.")
    design = verbs.designed(
        kind,
        rows=rows,
        columns=columns,
        qualifier=qualifier,
        normalization=normalize,
        duplicates=duplicates,
        within=verbs.period("", since, until),
        compat=compat,
    )
    statements = read(source, names, statement_type)
    found = verbs.backbone(statements.table, design)
    if json:
        print_data(verbs.backbone_data(found))
    else:
        _print(found)
    end(statements)


def _print(found: Backbone) -> None:
    """Print the concepts, those that carry most first."""
    whole = found.steps[-1].loss if found.steps else 0.0
    if not whole:
        typer.echo("No two actors are tied, so that there is no structure to hang on anything.")
        return
    before = (found.statements, *(step.statements for step in found.steps[:-1]))
    steps = [*zip(found.steps, before, strict=True)]
    lines = [
        (
            "; ".join(map(str, step.concepts)),
            f"{had - step.statements:,}",
            _share(step.loss / whole),
        )
        for step, had in steps
        if step.loss > _NOTHING
    ]
    head = (found.design.columns, "statements", "structure lost with it and all below")
    print_table("", head, reversed(lines))
    spared = sum(len(step.concepts) for step in found.steps if step.loss <= _NOTHING)
    some = f"{found.statements:,} statements by {counted(found.actors, 'actor')}."
    typer.echo(f"{some} What is at the top is spared last." if len(lines) > 1 else some)
    if spared:
        typer.echo(f"Nothing changes without {counted(spared, 'more value')}.")
    if found.tied < _FEW:
        typer.echo(
            f"Only {found.tied} of {counted(found.actors, 'actor')} are tied to anybody: too few "
            "to speak of a structure."
        )


def _share(share: float) -> str:
    return f"{share:.1%}"
