"""CSV text as rows of cells that know where they stand.

Python's csv module gives no offsets, which problems and writing back need. Separators are commas,
semicolons or tabs (whichever the header line has most of), line ends any of the three kinds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.case.decoding import entry_text
from melian.case.yaml_tree import ScalarNode
from melian.problems import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from melian.case.notes import Notes

_BREAK = re.compile(r"\r\n|\r|\n")
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
"""How a cell begins that a spreadsheet would take for a formula, were it not guarded."""

_QUOTES = re.compile(r'"[^"]*+"')


@dataclass(frozen=True, slots=True)
class Row:
    """A record: its cells, and its offsets without the line end."""

    cells: tuple[ScalarNode, ...]
    start: int
    end: int
    line: int

    @property
    def blank(self) -> bool:
        """Whether no cell says anything."""
        return not any(cell.text for cell in self.cells)


def separator(text: str) -> str:
    """Give the separator of a table: what its first line has most of outside quotes."""
    header = _QUOTES.sub("", _BREAK.split(text.lstrip("\r\n"), maxsplit=1)[0])
    return max(",;\t", key=header.count)


def rows(text: str, notes: Notes) -> Iterator[Row]:
    """Give the records of a table, the header first; blank ones are among them.

    A quotation mark that is never closed, or closed in the middle of a cell, is noted, and taken
    as a character like any other.
    """
    between = separator(text)
    plain = re.compile(rf"[^{between}\r\n]*+")
    quoted = re.compile(rf'[ ]*+"((?:[^"]|"")*+)"[ ]*+(?=[{between}\r\n]|\Z)')
    position, line, line_start = 0, 1, 0
    while position < len(text):
        start, first_line, cells = position, line, []
        while True:
            found = quoted.match(text, position)
            end = found.end() if found else plain.match(text, position).end()  # type: ignore[union-attr]
            value = found[1].replace('""', '"') if found else text[position:end]
            at = Location(notes.file, line, position - line_start + 1)
            cell = _cell(entry_text(_BREAK.sub("\n", value), at, notes), position, end, at)
            cells.append(cell)
            if not found and value.lstrip().startswith('"'):
                _stray(cell, notes)
            for inner in _BREAK.finditer(text, position, end) if found else ():
                line, line_start = line + 1, inner.end()
            position = end + 1
            if text[end : end + 1] != between:
                break
        yield Row(tuple(cells), start, end, first_line)
        after = _BREAK.match(text, end)
        position = after.end() if after else end
        line, line_start = line + 1, position


def _cell(value: str, start: int, end: int, at: Location) -> ScalarNode:
    return ScalarNode(value.strip(), start, end, at.line, at.column, style="'")


def _stray(cell: ScalarNode, notes: Notes) -> None:
    message = f"A quotation mark is not closed where the cell ends: {cell.text[:40]}"
    hint = 'Put the whole cell in "...", and write "" for each mark within it.'
    notes.warning(cell, "stray-quote", message, hint)


def written(cells: Iterable[str], between: str) -> str:
    """Give a record as a line, without its end.

    >>> written(["a", "b, c"], ",")
    'a,"b, c"'
    """
    return between.join(_quoted(cell, between) for cell in cells)


def guarded(cell: str) -> str:
    """Give a cell that a spreadsheet takes for text, whatever it begins with.

    >>> guarded("=1+1"), guarded("'-1"), guarded("'tis")
    ("'=1+1", "''-1", "'tis")
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Give a cell as it was before :func:`guarded` marked it.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _quoted(cell: str, between: str) -> str:
    plain = cell == cell.strip() and not any(mark in cell for mark in f'"\r\n{between}')
    return cell if plain else '"' + cell.replace('"', '""') + '"'
