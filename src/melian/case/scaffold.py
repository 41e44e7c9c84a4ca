"""A small case to begin with: it loads, it says what each part is for, and it is invented."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from melian.case.decoding import legible
from melian.case.loading import FILES
from melian.case.schema import schema_text
from melian.case.writing import set_value
from melian.problems import OutsideError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_FILE = "case.schema.json"


def scaffold(folder: Path, title: str) -> tuple[Path, ...]:
    """Write a commented case into an empty or new folder, and give the files written.

    Args:
        folder: is made, with those above it, where it does not exist.
        title: of the case; what else stands in it is an invented dispute over a harbour.

    Raises:
        UsageError: something is in the folder already.
        OutsideError: the folder cannot be made or written to.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{legible(str(folder))} is not empty. Name a folder that does not exist yet."
        )
    starter = resources.files("melian.case") / "starter"
    texts = {name: (starter / name).read_text(encoding="utf-8") for name in FILES}
    texts[FILES[0]] = set_value(texts[FILES[0]], ("title",), legible(title))
    texts[SCHEMA_FILE] = schema_text()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        name = legible(str(folder))
        raise OutsideError(f"{name} cannot be written to: {error.strerror or error}.") from error
    return tuple(folder / name for name in texts)
