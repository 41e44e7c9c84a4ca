"""Files that come about whole: written under another name first, then put in their place at once.

So nobody ever finds half a file, and what is a link is replaced and not followed.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


def draft(content: bytes, target: Path, folder: Path) -> Path:
    """Write the bytes into a file in a folder, from where it is to take the place of a target.

    It may be read by whoever may read the file that it will replace.

    Raises:
        OSError: it cannot be written; nothing is left of it then.
    """
    number, name = tempfile.mkstemp(prefix=".melian-", dir=folder)
    made = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        made.chmod(_mode(target))
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return made


def put(content: bytes, target: Path) -> None:
    """Make a file hold the bytes, all of them or, when it fails, what it held before.

    Raises:
        OSError: it cannot be written.
    """
    made = draft(content, target, target.parent)
    try:
        made.replace(target)
    finally:
        made.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """Give the permissions of a file, or those of a new one."""
    try:
        found = target.lstat().st_mode
    except FileNotFoundError:
        found = 0
    return stat.S_IMODE(found) if stat.S_ISREG(found) else 0o666 & ~_umask()


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
