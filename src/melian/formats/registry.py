"""The formats that cases are made from and written to, and how a file's format is told.

A format is a module with ``read(path)``, which gives a case and what is wrong with the file, or
with ``written(case)``, which gives a text, or both. The module is imported when it is needed.
What ``read`` gives may have further items: sentences on what was made of the file.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from melian.case.decoding import legible
from melian.formats.event_layouts import is_event_table
from melian.problems import OutsideError, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = 4096
"""How many bytes at the beginning of a file its format is told by."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing cases, or a part of what they hold, into one file.

    Attributes:
        name: as it is typed after ``--as``.
        title: what it is, in a few words.
        module: reads and writes it.
        endings: of files in it, such as ``.gmcr``.
        recognises: tells by the first bytes of a file whether it may be in this format.
        reads: whether the module has ``read(path)``.
        writes: whether the module has ``written(case)``.
        into: whether ``read(path, case)`` asks for the case that it is read into.
        columns: whether ``read`` takes ``columns=``, names of columns by what they hold.
        kinds: whether ``read`` takes ``kind=``, which of several kinds of statements to read.
    """

    name: str
    title: str
    module: str
    endings: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    reads: bool = True
    writes: bool = False
    into: bool = False
    columns: bool = False
    kinds: bool = False

    def load(self) -> Any:
        """Give the module that reads and writes it."""
        return importlib.import_module(self.module)


def _is_object(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


_MAP_JSON = re.compile(rb'\s*\{\s*"(arguments|statements)"\s*:\s*\{')
_MAP_LINE = re.compile(  # a title with its text, a premise with a conclusion below it, a relation
    rb"^(\[[^\]\n]+\]: (?!https?:|[.#/<])|<[^>/!?\n]+>:|[ \t]+(\+>|->|<\+|<-|><|<_|_>|[+-]) [\[<]"
    rb"|[ \t]*\(1\) .+\n([ \t]*\(\d+\) .+\n)*[ \t]*--)",
    re.MULTILINE,
)


def _is_map(head: bytes) -> bool:
    """Tell Argdown: its JSON, or a text with a line that begins as those of Argdown do."""
    head = head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return bool(_MAP_JSON.match(head)) or (
        not head.lstrip().startswith((b"{", b"<?", b"<!")) and bool(_MAP_LINE.search(head))
    )


_AIF = re.compile(rb"\"(nodeID|edgeID|AIF)\"\s*:")


def _is_aif(head: bytes) -> bool:
    return _is_object(head) and bool(_AIF.search(head))


def _is_statement_table(head: bytes) -> bool:
    """Tell a table of statements by its header (:mod:`melian.formats.statement_tables`)."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n")[0].lower()
    names = {name.strip(b' "\r') for name in re.split(rb"[,;\t]", first)}
    said = {b"concept", b"claim"} & names and {b"agreement", b"agree"} & names
    return bool(said and {b"person", b"speaker", b"organization", b"organisation"} & names)


def _is_database(head: bytes) -> bool:
    return head.startswith(b"SQLite format 3\0")


FORMATS: tuple[Format, ...] = (
    Format(
        "statements",
        "a table of coded statements",
        "melian.formats.statement_tables",
        (".csv", ".tsv", ".txt"),
        _is_statement_table,
        writes=True,
        columns=True,
    ),
    Format(
        "dna",
        "a database of the Discourse Network Analyzer",
        "melian.formats.dna",
        (".dna",),
        _is_database,
        columns=True,
        kinds=True,
    ),
    Format("aif", "an argument graph", "melian.formats.aif", (".aif",), _is_aif, writes=True),
    Format(
        "argdown",
        "an argument map",
        "melian.formats.argdown",
        (".argdown", ".ad"),
        _is_map,
        writes=True,
    ),
    Format(
        "gmcr",
        "a conflict of gmcr-py",
        "melian.formats.gmcr",
        (".gmcr",),
        _is_object,
        writes=True,
    ),
    Format(
        "events",
        "an event table: ICEWS, POLECAT, GDELT and others with CAMEO codes",
        "melian.formats.events",
        (".csv", ".tsv", ".tab", ".txt"),
        is_event_table,
        into=True,
    ),
)


def named(name: str, *, reads: bool = False, writes: bool = False) -> Format:
    """Give the format of a name, which reads or writes as is asked.

    Raises:
        UsageError: there is none.
    """
    fit = {f.name: f for f in FORMATS if f.reads >= reads and f.writes >= writes}
    if name not in fit:
        hint = did_you_mean(name, fit, f"The formats here are: {', '.join(fit)}.")
        raise UsageError(f'"{legible(name[:40])}" is no format here. {hint}')
    return fit[name]


def of_file(path: Path, *, columns: bool = False) -> Format:
    """Give the format that a file can be read in: by ending and content, content, or ending.

    Args:
        path: of the file.
        columns: whether it is a table whose columns are named elsewhere than in its header.

    Raises:
        OutsideError: the file cannot be read.
        UsageError: it is in none of the formats.
    """
    head = _head(path)
    fit = [f for f in FORMATS if f.reads and (f.columns if columns else f.recognises(head))]
    fit.sort(key=lambda f: (path.suffix.lower() not in f.endings, not f.recognises(head)))
    fit = fit or [f for f in FORMATS if f.reads and path.suffix.lower() in f.endings]
    if not fit:
        names = ", ".join(f"{f.name} ({f.title})" for f in FORMATS if f.reads)
        raise UsageError(
            f'"{legible(path.name)[:200]}" is in no format that can be told from its content. '
            f"Say with --as which it is: {names}."
        )
    return fit[0]


def of_statements(path: Path, *, columns: bool = False) -> Format | None:
    """Give the format of a file of coded statements, which is a case by itself; None for another.

    Args:
        path: of the file.
        columns: whether it is one for sure, whatever its columns are called.

    Raises:
        OutsideError: the file cannot be read.
    """
    head, ending = _head(path), path.suffix.lower()
    fit = [f for f in FORMATS if f.columns and (f.recognises(head) or ending in f.endings)]
    fit.sort(key=lambda f: not f.recognises(head))
    others = (f for f in FORMATS if not f.columns and f.reads and f.recognises(head))
    known = bool(fit) and (fit[0].recognises(head) or columns)
    return fit[0] if fit and (known or not any(others)) else None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        name = legible(str(path))[:200]
        raise OutsideError(f'"{name}" cannot be read: {error.strerror or error}.') from error


def of_ending(path: Path) -> Format:
    """Give the format that a file is written in, by its ending.

    Raises:
        UsageError: no format that is written has it.
    """
    fit = [f for f in FORMATS if f.writes and path.suffix.lower() in f.endings]
    if not fit:
        known = ", ".join(f"{f.endings[0]} ({f.title})" for f in FORMATS if f.writes)
        raise UsageError(
            f'"{legible(path.name)[:200]}" ends in nothing that a case is written as. '
            f"Let it end in one of these, or name the format with --as: {known}."
        )
    return fit[0]
