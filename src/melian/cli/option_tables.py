"""The option table that ``melian stability --table`` prints, or writes into a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from melian import verbs
from melian.case.wording import counted
from melian.cli.coalitions import unasked_sentences
from melian.cli.common import console

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from melian.brief.figures.option_table import OptionTable
    from melian.case.model import Case
    from melian.conflict.result import Concept

MOST_SHOWN = 60
LABEL = 34  # columns of the terminal, at the most, that labels take


def show_table(
    case: Case, concepts: tuple[Concept, ...], coalition: list[str], output: Path | None
) -> None:
    """Print the option table, or write it into a file where one is named."""
    unasked = verbs.unasked(case, coalition)
    groups = () if unasked else verbs.coalitions(case, coalition)
    most = MOST_SHOWN if output is None else verbs.MOST_IN_A_FILE
    table = verbs.option_table(case, concepts, groups, most)
    table = replace(table, remarks=unasked_sentences(case, unasked))
    if output is None:
        _print_table(table)
    else:
        _write_table(case, table, output)


def _write_table(case: Case, table: OptionTable, file: Path) -> None:
    """Write the option table into a file, as its ending says."""
    verbs.write_text(verbs.option_table_text(case, table, file.suffix), file)
    more = f"; {counted(table.left_out, 'other state')} left out" if table.left_out else ""
    typer.echo(f"wrote {file}{more}", err=True)
    for remark in table.remarks:
        typer.echo(f"melian: {remark}", err=True)


def _print_table(table: OptionTable) -> None:
    """Print the option table, in blocks of as many states as the terminal is wide."""
    out = console()
    cell = max((len(str(number)) for number in table.states), default=1) + 2
    labels = min(max((len(r.label) for b in table.bands for r in b.rows), default=0) + 1, LABEL)
    for block in table.blocks(max((out.width - labels - 2) // cell, 1)):
        out.print(_block(block, labels))
    for note in table.notes:
        out.print(note, markup=False)


def _block(block: OptionTable, labels: int) -> Table:
    from rich.padding import Padding
    from rich.table import Column, Table
    from rich.text import Text

    heads = (Column(Text(str(number)), justify="right", no_wrap=True) for number in block.states)
    shown = Table(
        Column("State", width=labels, overflow="fold"),
        *heads,
        box=None,
        padding=(0, 0, 0, 0),
        pad_edge=False,
        collapse_padding=False,
    )
    for column in shown.columns[1:]:
        column.min_width = max(len(str(number)) for number in block.states) + 2
    for band in block.bands:
        shown.add_row(Text(band.heading, style="bold"))
        for row in band.rows:
            shown.add_row(
                Padding(Text(row.label), (0, 0, 0, 1)), *(Text(each) for each in row.cells)
            )
    return shown
