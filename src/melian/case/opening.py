"""What a file of a case holds: only ordinary files within its folder are read, and no large ones.

A case comes by mail or from a repository, so a file in it may be a link to something private, a
pipe that nobody writes to, or a device without an end.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from melian.case.decoding import LARGEST

if TYPE_CHECKING:
    from pathlib import Path


class NotRead(Exception):
    """A file that is not read: why, as the parts of a problem."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        """Take what the problem will say."""
        super().__init__(f"{message} {hint}")
        self.code = code
        self.message = message
        self.hint = hint


def contents(folder: Path, name: str) -> bytes:
    """Give the bytes of a file in a folder; the folder itself may be a link.

    Raises:
        NotRead: it leads out of the folder, is no ordinary file, or is too large.
        OSError: it cannot be opened.
    """
    if not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise NotRead(
            "outside-folder",
            f"{name} is a link that leads out of the folder of the case, and is not read.",
            "Copy the file itself into the folder.",
        )
    with open(folder / name, "rb", opener=_ordinary) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        message = f"The file has more than {LARGEST // 1_000_000} MB and is not read."
        raise NotRead("too-large", message, "Split the case into several.")
    return data


def _ordinary(path: str, flags: int) -> int:
    """Open a file, without waiting for anybody at the other end of a pipe."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    name = os.path.basename(path)  # noqa: PTH119 - what open gives to an opener is a text
    raise NotRead("not-a-file", f"{name} is no ordinary file.", "Put a text file in its place.")
