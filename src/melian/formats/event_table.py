"""Event tables as streams of events: rows are read as they are asked for, and none is kept.

Codes are texts: ``010`` is not ``10``. A spreadsheet that takes them for numbers loses their zeros,
and what is left may be another code: an appeal (020) would be mass violence (20). So a code of two
digits, which names a whole category, is read only where some code of the table begins with a zero.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import TYPE_CHECKING, TextIO

from melian.case.cameo import PLOVER, ROOTS, plover_of
from melian.case.decoding import legible
from melian.case.event import Event
from melian.formats.event_cells import date_of, is_foreign, number_of, rows, text_of
from melian.formats.event_layouts import layout_of
from melian.problems import Location, OutsideError, Problem, Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from melian.case.dates import Date
    from melian.formats.event_layouts import Layout

HEAD = 1 << 16
"""How many bytes of a file are enough to know its layout."""

MOST_OF_A_KIND = 20
ROWS_AHEAD = 20_000
"""How many rows are looked at to find out whether codes kept their zeros."""

_CODE = re.compile(r"\d{2,4}")
_ZEROS = "A spreadsheet that takes codes for numbers loses zeros: import the column as text."
_KEPT_DATES = 100_000
_TEXTS = ("text", "context", "sector", "target_sector", "country", "target_country", "mode")


def open_table(path: Path) -> EventTable:
    """Open an event table.

    Raises:
        OutsideError: the file cannot be read.
        UsageError: it is no event table; the sentence says what one needs.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except (OSError, ValueError) as error:
        raise OutsideError(_unreadable(path, error)) from error
    layout = layout_of(head)
    if layout is None:
        raise UsageError(
            f"{legible(path.name)} is no event table. Its first line must name columns for the "
            "date, the actor and the CAMEO code or PLOVER type of each event, such as "
            "date,source,cameo,target (or be a row of GDELT, which has no header)."
        )
    table = EventTable(path, layout)
    table.zeros = table.keeps_zeros()
    return table


def _unreadable(path: Path, error: OSError | ValueError) -> str:
    return f"{legible(str(path))} cannot be read: {getattr(error, 'strerror', None) or error}."


class _Unread(Exception):
    """A row that is no event: why, as the parts of a problem."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.parts = code, message, hint


@dataclass
class EventTable:
    """The events of a table, and what cannot be read of them.

    Attributes:
        path: the file.
        layout: what kind of table it is.
        rows: how many rows were read so far, without the header.
        unread: how many of these are not events.
        zeros: whether codes are known to have kept the zeros before them.
    """

    path: Path
    layout: Layout
    rows: int = 0
    unread: int = 0
    zeros: bool = False
    _problems: list[Problem] = field(default_factory=list)
    _kinds: Counter[str] = field(default_factory=Counter)
    _dates: dict[str, Date | None] = field(default_factory=dict)

    def events(self) -> Iterator[Event]:
        """Give the events, in the order of the rows.

        Raises:
            OutsideError: the file cannot be read any further.
        """
        with self._opened() as file:
            table = rows(file, self.layout)
            if self.layout.header:
                next(table, None)
            for line, cells in table:
                self.rows += 1
                yield from self._row(line, cells)

    def keeps_zeros(self) -> bool:
        """Tell whether a code among the first rows has a zero before it."""
        index = self.layout.columns.get("cameo")
        if index is None:
            return False
        with self._opened() as file:
            some = islice(rows(file, self.layout), ROWS_AHEAD)
            return any(text_of(row[index]).startswith("0") for _, row in some if index < len(row))

    @contextmanager
    def _opened(self) -> Iterator[TextIO]:
        encoding = self.layout.encoding
        try:
            with self.path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
                yield file
        except (OSError, UnicodeError) as error:
            raise OutsideError(_unreadable(self.path, error)) from error

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems so far: the first of each kind, and how many more there are."""
        last = {problem.code: problem for problem in self._problems}
        more = [
            replace(last[kind], message=f"There are {left:,} more rows like this one.")
            for kind, count in self._kinds.items()
            if (left := count - MOST_OF_A_KIND) > 0
        ]
        return tuple(sorted([*self._problems, *more]))

    def _row(self, line: int, cells: list[str]) -> Iterator[Event]:
        try:
            yield from self._events(line, cells)
        except _Unread as reason:
            self.unread += 1
            self._note(line, *reason.parts)

    def _note(
        self, line: int, code: str, message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> None:
        self._kinds[code] += 1
        if self._kinds[code] <= MOST_OF_A_KIND:
            at = Location(legible(self.path.name), line)
            self._problems.append(Problem(at, code, message, hint, severity))

    def _events(self, line: int, cells: list[str]) -> Iterator[Event]:
        """Give the event of a row; in POLECAT, one for each actor and recipient that it lists."""
        self._whole(line, cells)
        said = {name: text_of(cells[index]) for name, index in self.layout.columns.items()}
        cameo, plover = (
            _code(said.get("cameo", ""), zeros=self.zeros),
            _type(said.get("plover", "")),
        )
        if not (cameo or plover):
            raise _Unread("no-code", "The row has no code.", "Give each event a CAMEO code.")
        date, score = self._date(said["date"]), self._score(line, said.get("goldstein", ""))
        texts = {name: said[name] for name in _TEXTS if name in said}
        mark = _mark(said.get("id", ""), cells)
        parties = product(self._names(said["actor"]), self._names(said.get("target", "")))
        for number, (actor, target) in enumerate(parties, start=1):
            yield Event(
                line=line,
                id=said.get("id", ""),
                mark=mark if number == 1 else f"{mark}-{number}",
                date=date,
                actor=actor,
                target=target,
                cameo=cameo,
                plover=plover or plover_of(cameo),
                goldstein=score,
                **texts,
            )

    def _whole(self, line: int, cells: list[str]) -> None:
        width = self.layout.width
        if len(cells) < width or any(cells[width:]):
            message = f"The row has {len(cells)} cells, and {width} are expected."
            hint = "Look for a missing or surplus separator, or a cell that lacks its quotes."
            raise _Unread("bad-row", message, hint)
        if not self._kinds["not-utf-8"] and is_foreign("".join(cells)):
            message = "The file is not UTF-8 throughout; the rest was read as Windows-1252."
            hint = "Save it as UTF-8, if letters look wrong."
            self._note(line, "not-utf-8", message, hint, Severity.WARNING)

    def _date(self, text: str) -> Date:
        if text not in self._dates:
            if len(self._dates) > _KEPT_DATES:
                self._dates.clear()
            self._dates[text] = date_of(text)
        date = self._dates[text]
        if date is None:
            message = f'"{text[:40]}" is not a date.' if text else "The date is missing."
            raise _Unread("bad-date", message, "Write 2008-08-06, or 20080806.")
        return date

    def _score(self, line: int, text: str) -> float | None:
        score = number_of(text) if text else None
        if text and score is None:
            message = f'"{text[:40]}" is not a number.'
            hint = "The event was read without it; write a number such as -5.0."
            self._note(line, "bad-number", message, hint, Severity.WARNING)
        return score

    def _names(self, text: str) -> list[str]:
        if self.layout.name != "polecat" or ";" not in text:
            return [text]
        return list(dict.fromkeys(name.strip() for name in text.split(";")))


def _code(text: str, *, zeros: bool) -> str:
    code = text.lstrip("'")  # by which spreadsheets mark a number as text
    if not code:
        return ""
    if not _CODE.fullmatch(code) or code[:2] not in ROOTS:
        message = f'"{text[:40]}" is no code of CAMEO.'
        hint = f"Codes have two to four digits, the first two from 01 to 20. {_ZEROS}"
        raise _Unread("bad-code", message, hint)
    if len(code) == 2 and not zeros:
        message = f'"{code}" may be 0{code} without its zero: no code of the table begins with one.'
        hint = f"Write 0{code}, or {code}0 for what {code} says. {_ZEROS}"
        raise _Unread("lost-zero", message, hint)
    return code


def _type(text: str) -> str:
    if text and text.upper() not in PLOVER:
        message = f'"{text[:40]}" is no type of PLOVER.'
        raise _Unread("bad-type", message, f"There are {', '.join(PLOVER)}.")
    return text.upper()


def _mark(name: str, cells: list[str]) -> str:
    """Give what tells the event from others: its id, or else a digest of all that the row says."""
    if name:
        return "-".join(re.findall(r"[\w.:]+", name)) or name
    row = "\x1f".join(cells).encode("utf-8", "surrogateescape")
    return hashlib.sha256(row).hexdigest()[:12]
