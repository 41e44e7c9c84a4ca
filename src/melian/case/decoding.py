"""Bytes to text: whatever an editor or a spreadsheet saved is read, and doubts are noted.

What is read may be shown on a terminal, which obeys some characters instead of showing them, or
shows what follows them backwards. They can be written in a file plainly, which :func:`printable`
sees, or escaped, which only shows once an entry is read: so :func:`legible`
looks at each.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from melian.problems import Location

if TYPE_CHECKING:
    from melian.case.notes import Notes, Placed

LARGEST = 20_000_000

# What YAML calls printable, and the line breaks; a byte order mark counts only at the start.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

# Controls (C0, delete, C1) but tab and line end, marks that turn the direction of writing, and
# halves of a surrogate pair, which cannot be printed at all.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_AS_SPACE = "Delete it; it was read as a space."


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
        _AS_SPACE,
    )
    return _UNPRINTABLE.sub(" ", text)


def legible(text: str) -> str:
    r"""Give the text with a space for each character that a terminal would obey, not show.

    >>> legible("a\x1b[31m\u202eb")
    'a [31m b'
    """
    return _OBEYED.sub(" ", text)


def entry_text(text: str, at: Placed, notes: Notes) -> str:
    """Give the legible text of an entry, and note where it was not."""
    found = _OBEYED.search(text)
    if found is None:
        return text
    message = f"The text holds a character that is not shown but obeyed (U+{ord(found[0]):04X})."
    notes.warning(at, "control-character", message, _AS_SPACE)
    return legible(text)
