"""The brief: composed, printed and written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from melian.problems import OutsideError
from melian.verbs.files import reason, short

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from melian.brief.document import Brief
    from melian.case.dates import Period
    from melian.verbs.opening import Opened


def brief(opened: Opened, within: Period | None = None) -> Brief:
    """Compose the brief of a case: the answer, its reasons, its sources.

    A conflict that is too large to solve is told in the brief; the rest of it stands.

    Args:
        opened: the case.
        within: the moment or window to look at; all time, when left out.
    """
    from melian.brief.compose import compose
    from melian.brief.gathering import gather
    from melian.case.spans import EVER, span_of

    window = EVER if within is None else span_of(within)
    made = compose(gather(opened.case, window))
    if not opened.errors:
        return made
    count = len(opened.errors)
    note = f"{count} in the text of the case; what they touch is left out"
    return replace(made, made={**made.made, "Errors": note})


def render(made: Brief, ending: str) -> str:
    """Give the text of a brief as a file's ending asks: .html, .md or .json.

    Raises:
        UsageError: the ending is none of these.
    """
    from melian.brief.printing import printer

    return printer(ending)(made)


def writable(path: Path) -> None:
    """Make sure, before any work, that a brief can be written to a path.

    Raises:
        UsageError: its ending is none that a brief can be printed as.
        OutsideError: its folder does not exist.
    """
    from melian.brief.printing import printer

    printer(path.suffix)
    try:
        folder, file = path.parent.is_dir(), path.is_file() or not path.exists()
    except (OSError, ValueError) as error:
        raise OutsideError(f"{short(path)} cannot be written: {reason(error)}.") from error
    if not folder:
        raise OutsideError(f'There is no folder "{path.parent}" to write {path.name} into.')
    if not file:
        raise OutsideError(f'"{path}" is no file, and is not written over; name another.')


def write(made: Brief, path: Path) -> None:
    """Write a brief as its file's ending says: .html, .md or .json.

    Raises:
        UsageError: the ending is none of these.
        OutsideError: the file cannot be written.
    """
    text = render(made, path.suffix)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutsideError(f"{short(path)} cannot be written: {reason(error)}.") from error


def summary(made: Brief, width: int, case: str) -> RenderableType:
    """Give the answer of a brief as the terminal prints it."""
    from melian.brief.terminal import terminal

    return terminal(made, width, case=case)
