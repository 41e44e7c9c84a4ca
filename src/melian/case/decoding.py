"""Bytes to text: whatever an editor or a spreadsheet saved is read, and doubts are noted."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from melian.problems import Location

if TYPE_CHECKING:
    from melian.case.notes import Notes

LARGEST = 20_000_000

# What YAML calls printable, and the line breaks; a byte order mark counts only at the start.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def decode(data: bytes, notes: Notes) -> str:
    """Give the text of a file, with the byte order mark left out and line ends as they were.

    UTF-8 is expected, UTF-16 with a byte order mark is recognised (a spreadsheet's "Unicode
    text"), anything else is taken for Windows-1252, with a warning.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        notes.warning(
            Location(notes.file, line, column),
            "not-utf-8",
            "The file is not UTF-8; it was read as Windows-1252.",
            "Save it as UTF-8 (in a spreadsheet: CSV UTF-8).",
        )
        return data.decode("cp1252", errors="replace")


def printable(text: str, notes: Notes) -> str:
    """Give the text with every control character replaced by a space; offsets stay the same."""
    first = _UNPRINTABLE.search(text)
    if first is None:
        return text
    before = text[: first.start()]
    notes.error(
        Location(notes.file, before.count("\n") + 1, first.start() - before.rfind("\n")),
        "control-character",
        f"The file holds a character that is not text (U+{ord(first[0]):04X}).",
        "Delete it; it was read as a space.",
    )
    return _UNPRINTABLE.sub(" ", text)
