"""Changed texts back into the folder of a case: all of them or none, and never over another's work.

Each file is written beside the old one and takes its place at once, so that nobody ever finds half
a file. A byte order mark stays where one was.
"""

from __future__ import annotations

import codecs
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from melian.case.decoding import LARGEST, legible
from melian.problems import OutsideError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def save(folder: Path, texts: Mapping[str, str], before: Mapping[str, str]) -> tuple[Path, ...]:
    """Write changed files of a case, and give their paths.

    Args:
        folder: of the case; is made where it does not exist.
        texts: what the files are to hold, by name.
        before: what they held when they were read; a file that is not named must not exist.

    Raises:
        UsageError: a file is not UTF-8, or holds something else than it did when it was read.
        OutsideError: a file would be too large to be read again, or cannot be written.
    """
    drafts: dict[Path, Path] = {}
    try:
        contents = {name: _content(folder, name, texts[name], before.get(name)) for name in texts}
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            drafts[(folder / name).resolve()] = _draft(folder, content)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        name = legible(str(folder))
        raise OutsideError(f"{name} cannot be written to: {error.strerror or error}.") from error
    return tuple(folder / name for name in texts)


def _content(folder: Path, name: str, text: str, before: str | None) -> bytes:
    """Give the bytes of a file, after making sure that it is still as it was read."""
    path = folder / name
    old = path.read_bytes() if path.exists() else None
    try:
        found = None if old is None else old.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8; save it as UTF-8 first, then try again.") from error
    if found != before:
        raise UsageError(f"{name} was changed in the meantime and is left as it is; try again.")
    mark = codecs.BOM_UTF8 if old is not None and old.startswith(codecs.BOM_UTF8) else b""
    content = mark + text.encode("utf-8")
    if len(content) > LARGEST:
        most = f"{LARGEST // 1_000_000} MB"
        raise OutsideError(f"{name} would have more than {most}; split the case into several.")
    return content


def _draft(folder: Path, content: bytes) -> Path:
    """Write the bytes into a file that nobody reads yet."""
    number, name = tempfile.mkstemp(prefix=".melian-", dir=folder)
    with os.fdopen(number, "wb") as file:
        file.write(content)
    draft = Path(name)
    draft.chmod(0o666 & ~_umask())
    return draft


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
