"""Option tables as text that goes into other programs: Markdown, HTML and CSV."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from melian.brief.endings import by_ending
from melian.brief.markdown import plain
from melian.case.csv_text import guarded, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from melian.brief.figures.option_table import Band, OptionTable

ACROSS = 24
"""States beside each other on a page."""

_STYLE = (
    "body{font:10pt Helvetica,Arial,sans-serif;margin:2em}"
    "table{border-collapse:collapse;margin-bottom:2em}"
    "caption{text-align:left;font-weight:bold;padding-bottom:.5em}"
    "th,td{padding:.15em .5em;text-align:center;font-variant-numeric:tabular-nums}"
    "th[scope=row],th[scope=rowgroup]{text-align:left;font-weight:normal}"
    "th[scope=rowgroup]{font-weight:bold;padding-top:.6em}"
    "thead th{border-bottom:1px solid}tbody:last-child tr:last-child>*{border-bottom:1px solid}"
)


def csv(table: OptionTable, title: str) -> str:
    """Give the table as CSV, one line for each row; no cell is a formula for a spreadsheet.

    The first column says which rows belong together, so that they can be sorted and filtered.
    """
    del title
    lines = [["", "State", *map(str, table.states)]]
    lines += [
        [guarded(band.heading), guarded(row.label), *row.cells]
        for band in table.bands
        for row in band.rows
    ]
    return "".join(f"{written(line, ',')}\n" for line in lines)


def markdown(table: OptionTable, title: str) -> str:
    """Give the table in Markdown, in blocks of states that fit on a page."""
    blocks = ["\n".join(_markdown_block(block)) for block in table.blocks(ACROSS)]
    return "\n\n".join([f"# {plain(title)}", *blocks, plain(" ".join(table.notes))]) + "\n"


def _markdown_block(table: OptionTable) -> Iterator[str]:
    yield f"| State | {' | '.join(map(str, table.states))} |"
    yield f"| --- |{' :---: |' * len(table.states)}"
    for band in table.bands:
        yield f"| **{plain(band.heading)}** |{' |' * len(table.states)}"
        for row in band.rows:
            yield f"| {plain(row.label)} | {' | '.join(row.cells)} |"


def html(table: OptionTable, title: str) -> str:
    """Give the table as an HTML page, in blocks of states that fit on a sheet of paper."""
    blocks = "\n".join(_html_block(block, title) for block in table.blocks(ACROSS))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{blocks}\n<p>{escape(' '.join(table.notes))}</p>\n</body>\n</html>\n"
    )


def _html_block(table: OptionTable, title: str) -> str:
    heads = "".join(f'<th scope="col">{number}</th>' for number in table.states)
    bands = "\n".join(_html_band(band, len(table.states) + 1) for band in table.bands)
    return (
        f"<table>\n<caption>{escape(title)}</caption>\n"
        f'<thead><tr><th scope="col">State</th>{heads}</tr></thead>\n{bands}\n</table>'
    )


def _html_band(band: Band, columns: int) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{escape(row.label)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
        + "</tr>"
        for row in band.rows
    )
    head = f'<tr><th scope="rowgroup" colspan="{columns}">{escape(band.heading)}</th></tr>'
    return f"<tbody>\n{head}\n{rows}\n</tbody>"


WRITERS: Mapping[str, Callable[[OptionTable, str], str]] = {
    ".csv": csv,
    ".md": markdown,
    ".html": html,
}


def writer(ending: str) -> Callable[[OptionTable, str], str]:
    """Give what writes an option table for a file's ending, such as ``.csv``.

    Raises:
        UsageError: nothing writes for that ending.
    """
    return by_ending(WRITERS, ending, "An option table cannot be written")
