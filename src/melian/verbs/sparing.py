"""The files of a case are never written over by what is made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.problems import OutsideError, UsageError
from melian.verbs.files import reason, short
from melian.verbs.opening import locate

if TYPE_CHECKING:
    from pathlib import Path


def spare_case(name: str, path: Path) -> None:
    """Make sure, before anything is written, that no file of a case is written over.

    Args:
        name: of the case that is opened.
        path: of the file that is to be written.

    Raises:
        UsageError: it is a file of that case, or of another that lies there.
    """
    from melian.case.loading import CASE_FILE, FILES

    source = locate(name)
    folder = source if source.is_dir() else source.parent
    own = [folder / file for file in FILES] if (folder / CASE_FILE).exists() else [source]
    try:
        target = path.resolve()
        if (target.parent / CASE_FILE).exists():
            own += [target.parent / file for file in FILES]
        spoilt = any(target == each.resolve() or _same(target, each) for each in own)
    except (OSError, ValueError) as error:
        raise OutsideError(f"{short(path)} cannot be written: {reason(error)}.") from error
    if spoilt:
        raise UsageError(f"{short(path)} is the case's own file; name another.")


def _same(one: Path, other: Path) -> bool:
    """Tell whether two names are of one file, such as two links, or names in other letters."""
    return one.exists() and other.exists() and one.samefile(other)
