"""Changes to the text of a table that leave all other lines as they are, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case import csv_text
from melian.case.notes import Notes
from melian.case.splicing import newline
from melian.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from melian.case.csv_text import Row


def append_row(text: str, cells: Mapping[str, str]) -> str:
    r"""Give the table with one more row.

    Args:
        text: of ``statements.csv`` or ``deeds.csv``, with its header.
        cells: texts by column; columns that are not named stay empty.

    Raises:
        UsageError: the table has no header or no such column.

    >>> append_row("id,actor\ns1,nato\n", {"actor": "russia"})
    'id,actor\ns1,nato\n,russia\n'
    """
    return append_rows(text, [cells])


def append_rows(text: str, rows: Iterable[Mapping[str, str]]) -> str:
    r"""Give the table with more rows, in their order.

    Args:
        text: of ``statements.csv`` or ``deeds.csv``, with its header.
        rows: texts by column, for each row; columns that are not named stay empty.

    Raises:
        UsageError: the table has no header or no such column.

    >>> append_rows("id,actor\n", [{"id": "s1", "actor": "nato"}, {"actor": "russia"}])
    'id,actor\ns1,nato\n,russia\n'
    """
    header, between, end = _header(text), csv_text.separator(text), newline(text)
    lines = [_line(header, between, cells) for cells in rows]
    gap = "" if text.endswith(("\n", "\r")) or not lines else end
    return text + gap + "".join(line + end for line in lines)


def add_columns(text: str, names: Iterable[str]) -> str:
    r"""Give the table with those columns at the end of its header that it does not have.

    Raises:
        UsageError: the table has no header.

    >>> add_columns("id,actor\ns1,nato\n", ["actor", "note"])
    'id,actor,note\ns1,nato\n'
    """
    header, between = _header(text), csv_text.separator(text)
    new = [name for name in names if name not in header]
    at = _rows(text)[0].end
    return text[:at] + "".join(between + name for name in new) + text[at:]


def replace_row(text: str, number: int, cells: Mapping[str, str]) -> str:
    """Give the table with other texts in the row of a number; other columns stay as they are.

    Args:
        text: of the table, with its header.
        number: of the row, counted from 1, without the header and blank rows.
        cells: texts by column.

    Raises:
        UsageError: there is no such row or column.
    """
    header, row = _header(text), _row(text, number)
    known = {name: cell.text for name, cell in zip(header, row.cells, strict=False) if name}
    rest = [cell.text for cell in row.cells[len(header) :]]
    line = _line(header, csv_text.separator(text), {**known, **cells}, rest)
    return text[: row.start] + line + text[row.end :]


def remove_row(text: str, number: int) -> str:
    """Give the table without the row of a number, counted as for :func:`replace_row`.

    Raises:
        UsageError: there is no such row.
    """
    row = _row(text, number)
    rest = text[row.end :]
    for end in ("\r\n", "\n", "\r"):
        if rest.startswith(end):
            return text[: row.start] + rest.removeprefix(end)
    return text[: row.start]


def _rows(text: str) -> list[Row]:
    return [row for row in csv_text.rows(text, Notes("")) if not row.blank]


def _header(text: str) -> list[str]:
    rows = _rows(text)
    if not rows:
        raise UsageError("The table is empty; write its first line, which names the columns.")
    return [cell.text.lower() for cell in rows[0].cells]


def _row(text: str, number: int) -> Row:
    rows = _rows(text)[1:]
    if not 1 <= number <= len(rows):
        raise UsageError(f"There is no row {number}; the table has {len(rows)}.")
    return rows[number - 1]


def _line(
    header: list[str], between: str, cells: Mapping[str, str], rest: Iterable[str] = ()
) -> str:
    for name in cells:
        if name not in header:
            hint = did_you_mean(name, header, f"It has {', '.join(header)}.")
            raise UsageError(f'The table has no column "{name[:60]}". {hint}')
    row = [cells.get(name, "") if name else "" for name in header]
    return csv_text.written([*row, *rest], between)
