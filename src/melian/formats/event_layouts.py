"""Which event table a file is: known by the columns that it names, or by how many it has.

ICEWS (Boschee et al., *ICEWS Coded Event Data*, 2015), POLECAT (Halterman et al., *PLOVER and
POLECAT*, 2023) and any other table with columns for a date, an actor and a CAMEO code or PLOVER
type are known by their header. GDELT (Leetaru and Schrodt 2013) has none, and is known by its 57 or
58 columns (version 1.0) or 61 (2.0), the second of which is a day.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The columns of each field, with blanks for what stands between words, the surest first.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("event id", "globaleventid", "global event id"),
    "date": ("event date", "date", "sqldate", "day"),
    "actor": ("source name", "actor name", "actor1name", "source", "actor"),
    "target": ("target name", "recipient name", "actor2name", "target", "recipient"),
    "cameo": ("cameo code", "cameo", "eventcode", "event code"),
    "plover": ("event type", "plover", "plover type"),
    "mode": ("event mode", "mode"),
    "goldstein": ("intensity", "goldstein", "goldsteinscale", "goldstein scale"),
    "text": ("event text",),
    "context": ("contexts", "context"),
    "sector": ("source sectors", "actor sectors"),
    "target_sector": ("target sectors", "recipient sectors"),
    "country": ("source country", "actor country", "actor1countrycode"),
    "target_country": ("target country", "recipient country", "actor2countrycode"),
}
_GDELT = {
    "id": 0,
    "date": 1,
    "actor": 6,
    "country": 7,
    "target": 16,
    "target_country": 17,
    "cameo": 26,
    "goldstein": 30,
}
_GDELT_WIDTHS = (57, 58, 61)
_SEPARATORS = "\t,;"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out.

    Attributes:
        name: icews, polecat, gdelt or event; the ids of its deeds begin with it.
        columns: where each field of an event stands, from 0.
        separator: what stands between cells.
        encoding: as a byte order mark says; UTF-8 without one.
        header: whether the first row names the columns.
        width: how many cells a row has.
    """

    name: str
    columns: Mapping[str, int]
    separator: str
    encoding: str
    header: bool
    width: int


def layout_of(head: bytes) -> Layout | None:
    """Give the layout of the table that begins with these bytes, nothing if it is none.

    >>> found = layout_of(b"source,event_text,target,date,cameo,goldstein")
    >>> found.name, found.columns["actor"], found.columns["date"]
    ('event', 0, 3)
    """
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    lines = head.decode(encoding, errors="replace").splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    try:
        cells = next(csv.reader([first], delimiter=separator), [])
    except csv.Error:  # a cell without an end
        return None
    columns = _named(cells)
    if {"date", "actor"} <= columns.keys() and not {"cameo", "plover"}.isdisjoint(columns):
        return Layout(_name(cells), columns, separator, encoding, header=True, width=len(cells))
    if _is_gdelt(cells):
        return Layout("gdelt", _GDELT, separator, encoding, header=False, width=len(cells))
    return None


def is_event_table(head: bytes) -> bool:
    """Tell whether a file that begins with these bytes is an event table."""
    return layout_of(head) is not None


def _plain(cell: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", cell.lower()))


def _named(cells: Sequence[str]) -> dict[str, int]:
    names = [_plain(cell) for cell in cells]
    first = {
        field: next((names.index(name) for name in known if name in names), None)
        for field, known in _COLUMNS.items()
    }
    return {field: index for field, index in first.items() if index is not None}


def _name(cells: Sequence[str]) -> str:
    names = {_plain(cell) for cell in cells}
    for name, telling in (
        ("gdelt", {"globaleventid"}),
        ("polecat", {"event type", "recipient name"}),
        ("icews", {"event id", "source name", "cameo code"}),
    ):
        if telling <= names:
            return name
    return "event"


def _is_gdelt(cells: Sequence[str]) -> bool:
    if len(cells) not in _GDELT_WIDTHS:
        return False
    number, day, code = cells[0], cells[1], cells[_GDELT["cameo"]]
    return number.isdecimal() and len(day) == len("20080806") and (day + code).isdecimal()
