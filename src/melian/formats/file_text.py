"""The text of somebody else's file, with what is doubtful about it noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.decoding import LARGEST, decode, legible, printable
from melian.problems import OutsideError

if TYPE_CHECKING:
    from pathlib import Path

    from melian.case.notes import Notes


def content_of(path: Path, most: int = LARGEST) -> bytes:
    """Give the bytes of a file.

    Raises:
        OutsideError: the file cannot be read, or is too large.
    """
    name = legible(str(path))[:200]
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise OutsideError(f'"{name}" cannot be read: {error.strerror or error}.') from error
    if len(content) > most:
        raise OutsideError(f'"{name}" has more than {most // 1_000_000} MB and is not read.')
    return content


def text_of(path: Path, notes: Notes, most: int = LARGEST) -> str:
    """Give the text of a file; whatever encoding a spreadsheet saved it in is read.

    Raises:
        OutsideError: the file cannot be read, or is too large.
    """
    return printable(decode(content_of(path, most), notes).removeprefix("\ufeff"), notes)
