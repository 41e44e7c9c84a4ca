"""Changed texts back into the folder of a case: all of them or none, and never over another's work.

Each file takes the place of the old one at once (:mod:`melian.case.drafts`), ``case.yaml`` last, as
a case begins to be one with it. Where one cannot, those before it get back what they held. A byte
order mark stays where one was.
"""

from __future__ import annotations

import codecs
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from melian.case.decoding import LARGEST, legible
from melian.case.drafts import draft
from melian.problems import OutsideError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

LAST = "case.yaml"


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
    names = sorted(texts, key=lambda name: name == LAST)
    try:
        contents = {name: _content(folder, name, texts[name], before.get(name)) for name in names}
        _write({(folder / name).resolve(): each for name, each in contents.items()}, folder)
    except OSError as error:
        name = legible(str(folder))
        raise OutsideError(f"{name} cannot be written to: {error.strerror or error}.") from error
    return tuple(folder / name for name in texts)


def _write(contents: Mapping[Path, bytes], folder: Path) -> None:
    """Make all files hold their bytes, or none of them, whatever happens meanwhile."""
    begun = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with TemporaryDirectory(prefix=".melian-", dir=folder) as stage:
            new = {path: draft(each, path, Path(stage)) for path, each in contents.items()}
            held = {path: path.read_bytes() for path in contents if path.exists()}
            old = {path: draft(each, path, Path(stage)) for path, each in held.items()}
            _replace(new, old)
    except BaseException:
        if begun:
            with suppress(OSError):  # others may have put something there
                folder.rmdir()
        raise


def _replace(new: Mapping[Path, Path], old: Mapping[Path, Path]) -> None:
    done: list[Path] = []
    try:
        for path, made in new.items():
            done.append(path)
            made.replace(path)
    except BaseException:
        for path in done:
            with suppress(OSError):  # so that the others get theirs back
                old[path].replace(path) if path in old else path.unlink()
        raise


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
