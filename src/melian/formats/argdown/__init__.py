"""Argument maps of Argdown (https://argdown.org): its plain syntax, and the JSON it writes.

``docs/argdown.md`` says what becomes of what, both ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.case.decoding import decode, legible, printable
from melian.case.notes import Notes
from melian.formats import json_tree
from melian.formats.argdown import json_map
from melian.formats.argdown.converting import convert
from melian.formats.argdown.syntax import parse as parse_map
from melian.formats.argdown.writing import written
from melian.formats.file_text import content_of
from melian.problems import Location, OutsideError

if TYPE_CHECKING:
    from pathlib import Path

    from melian.case.model import Case
    from melian.formats.json_tree import Node
    from melian.problems import Problem

__all__ = ["from_json", "parse", "read", "written"]


def read(path: Path) -> tuple[Case, tuple[Problem, ...]]:
    """Give the case in an Argdown file (``.argdown``, ``.ad``, or its ``.json``).

    Also given is what of the file is not used, each with its line and column.

    Raises:
        OutsideError: the file cannot be read, or is JSON that does not hold an Argdown map.
    """
    name = legible(path.stem)
    if path.suffix.lower() == ".json":
        return from_json(json_tree.read(path), name)
    notes = Notes(legible(str(path)))
    return _read(decode(content_of(path), notes), name, notes)


def parse(text: str, name: str = "map") -> tuple[Case, tuple[Problem, ...]]:
    """Give the case that an Argdown text says, as :func:`read` does for a file."""
    return _read(text, name, Notes(f"{name}.argdown"))


def from_json(root: Node, name: str) -> tuple[Case, tuple[Problem, ...]]:
    """Give the case in the content of a JSON file, as :func:`read` does for the file."""
    if not json_map.is_map(root):
        raise OutsideError(
            f'"{root.file}" holds no Argdown map; write one with: argdown json MAP.argdown'
        )
    notes = Notes(root.file)
    return convert(json_map.convert(root), name, notes), tuple(notes.problems)


def _read(text: str, name: str, notes: Notes) -> tuple[Case, tuple[Problem, ...]]:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    notes.text = printable(lines, notes)
    shown = legible(notes.text)
    if shown != notes.text:
        at = next(i for i, (a, b) in enumerate(zip(shown, notes.text, strict=True)) if a != b)
        before = shown[:at]
        place = Location(notes.file, before.count("\n") + 1, at - before.rfind("\n"))
        code = f"U+{ord(notes.text[at]):04X}"
        message = f"The text holds a character that is not shown but obeyed ({code})."
        notes.warning(place, "control-character", message, "Delete it; it was read as a space.")
    case = convert(parse_map(shown, notes), name, notes)
    return case, tuple(sorted(notes.problems, key=lambda problem: problem.location))
