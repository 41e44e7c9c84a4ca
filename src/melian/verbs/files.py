"""Files and folders that are named by a user: what goes wrong with them, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.problems import OutsideError

if TYPE_CHECKING:
    from pathlib import Path


def write_text(text: str, path: Path) -> None:
    """Write a text into a file.

    Raises:
        OutsideError: the file cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except (OSError, ValueError) as error:
        raise OutsideError(f"{short(path)} cannot be written: {reason(error)}.") from error


def short(path: Path) -> str:
    """Give a path as a sentence names it: in quotes, cut short when it is long."""
    text = str(path)
    return f'"{text[:80]}"' if len(text) <= 80 else f'"{text[:80]} ..."'


def reason(error: OSError | ValueError) -> str:
    """Give why a file cannot be had, as the system says it."""
    return (isinstance(error, OSError) and error.strerror) or str(error)
