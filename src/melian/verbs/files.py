"""Files and folders that are named by a user: what goes wrong with them, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.problems import OutsideError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def write_text(text: str, path: Path) -> None:
    """Write a text into a file that a user names; a pipe or a device is written to as it is.

    Raises:
        UsageError: it is a link to a file.
        OutsideError: it cannot be written.
    """
    try:
        special = path.exists() and not path.is_file()
        link = path.is_symlink() and not special
        if special:
            path.write_text(text, encoding="utf-8", newline="")
    except (OSError, ValueError) as error:
        raise _unwritten(path, error) from error
    if link:
        raise UsageError(
            f"{short(path)} is a link and is not written over; name the file itself, or - to print."
        )
    if not special:
        put_text(text, path)


def put_text(text: str, path: Path) -> None:
    """Make a file hold a text; a link of its name is replaced, and what it leads to stays as it is.

    Raises:
        OutsideError: the file cannot be written.
    """
    from melian.case.drafts import put

    try:
        put(text.encode("utf-8"), path)
    except (OSError, ValueError) as error:
        raise _unwritten(path, error) from error


def _unwritten(path: Path, error: OSError | ValueError) -> OutsideError:
    return OutsideError(f"{short(path)} cannot be written: {reason(error)}.")


def ordinary(path: Path) -> None:
    """Make sure that a file is no pipe or device, which may never come to an end.

    Raises:
        OutsideError: it is one.
    """
    try:
        special = path.exists() and not (path.is_file() or path.is_dir())
    except (OSError, ValueError) as error:
        raise OutsideError(f"{short(path)} cannot be read: {reason(error)}.") from error
    if special:
        raise OutsideError(f"{short(path)} is no ordinary file. Save what it gives in a file.")


def short(path: Path) -> str:
    """Give a path as a sentence names it: in quotes, cut short when it is long."""
    text = str(path)
    return f'"{text[:80]}"' if len(text) <= 80 else f'"{text[:80]} ..."'


def reason(error: OSError | ValueError) -> str:
    """Give why a file cannot be had, as the system says it."""
    return (isinstance(error, OSError) and error.strerror) or str(error)
